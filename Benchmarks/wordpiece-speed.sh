#!/usr/bin/env bash
# WordPiece with offsets over medquad's answers on one thread. Peer: Hugging Face's tokenizers, one thread.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 3)
set -euo pipefail
. Benchmarks/common.sh
need medquad-text
gunzip -c "$CLINNER_DATA/medquad-text/medquad-text.txt.gz" >"$bench/medquad.txt"
swift build -c release --product measure-training >&2
model=$CLINNER_DEPS/models/minilm-l6
: >"$bench/wordpiece-speed.rounds"
for ((round = 1; round <= ${CLINNER_BENCH_ROUNDS:-3}; round++)); do
  taskset -c 0 .build/release/measure-training wordpiece "$model" "$bench/medquad.txt" |
    sed 's/^{/{"who":"ours",/' | tee -a "$bench/wordpiece-speed.rounds" >&2
  taskset -c 0 "$CLINNER_PEERS_PYTHON" Benchmarks/peers/tokenizer_speed.py "$model" "$bench/medquad.txt" |
    sed 's/^{/{"who":"peer",/' | tee -a "$bench/wordpiece-speed.rounds" >&2
done
python3 Benchmarks/figures.py training-rounds 'WordPiece with offsets, one thread' medquad "$bench/wordpiece-speed.rounds"
