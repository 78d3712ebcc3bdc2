#!/usr/bin/env bash
# Strict F1 of MiniLM with a linear head on NCBI-disease after three epochs at 5e-5, 16 sentences a batch, float32, several
# seeds: ours and Hugging Face's. About 20 minutes a seed.
#
# CLINNER_BENCH_ROUNDS   how many seeds (default 3)
set -euo pipefail
. Benchmarks/common.sh
need ncbi-disease
model=$CLINNER_DEPS/models/minilm-l6
corpus=$(conll_of ncbi-disease)
swift build -c release --product measure-training >&2
: >"$bench/finetune-f1.rounds"
for ((seed = 1; seed <= ${CLINNER_BENCH_ROUNDS:-3}; seed++)); do
  .build/release/measure-training score "$model" "$corpus" "seed=$seed" | sed 's/^{/{"who":"ours",/' |
    tee -a "$bench/finetune-f1.rounds" >&2
  HF_HUB_OFFLINE=1 "$CLINNER_PEERS_PYTHON" Benchmarks/peers/finetune_score.py "$model" "$corpus" "seed=$seed" 2>/dev/null |
    sed 's/^{/{"who":"peer",/' | tee -a "$bench/finetune-f1.rounds" >&2
done
python3 Benchmarks/figures.py finetune-f1 "$bench/finetune-f1.rounds"
