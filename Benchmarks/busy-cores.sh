#!/usr/bin/env bash
# Steps of fine-tuning in bfloat16 on two threads beside two processes that keep the cores busy: with threads that wait
# shortly, as clinner sets them (ours), and with libgomp's own default (peer).
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 3)
set -euo pipefail
. Benchmarks/common.sh
need ncbi-disease
model=$CLINNER_DEPS/models/minilm-l6
corpus=$(conll_of ncbi-disease)
swift build -c release --product measure-training >&2
busy=()
for _ in 1 2; do
  (while :; do :; done) &
  busy+=($!)
done
trap 'kill "${busy[@]}" 2>/dev/null' EXIT
unset OMP_WAIT_POLICY GOMP_SPINCOUNT
: >"$bench/busy-cores.rounds"
for ((round = 1; round <= ${CLINNER_BENCH_ROUNDS:-3}; round++)); do
  .build/release/measure-training finetune "$model" "$corpus" precision=bfloat16 steps=6 "seed=$round" |
    sed 's/^{/{"who":"ours",/' | tee -a "$bench/busy-cores.rounds" >&2
  GOMP_SPINCOUNT=300000 .build/release/measure-training finetune "$model" "$corpus" precision=bfloat16 steps=6 \
    "seed=$round" | sed 's/^{/{"who":"peer",/' | tee -a "$bench/busy-cores.rounds" >&2
done
python3 Benchmarks/figures.py training-rounds "fine-tuning beside two busy processes, short waiting against libgomp's" \
  ncbi-train "$bench/busy-cores.rounds"
