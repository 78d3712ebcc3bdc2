#!/usr/bin/env bash
# The likelihood of a batch of sequences in a linear chain and its gradient in emissions and transitions, 32 sequences of 128
# steps and 9 tags, two threads. Peer: pytorch-crf, the same batch, loss.backward(), on one thread or on two, whichever is faster.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 7)
set -euo pipefail
. Benchmarks/common.sh
build_measure
shape=(32 128 9)
"$CLINNER_PEERS_PYTHON" Benchmarks/peers/crf_speed.py make "$bench/crf-speed.bin" "${shape[@]}"
: >"$bench/crf-speed.rounds"
for ((round = 1; round <= ${CLINNER_BENCH_ROUNDS:-7}; round++)); do
  $measure chain "$bench/crf-speed.bin" "${shape[@]}" |
    sed 's/^{/{"who":"ours",/' | tee -a "$bench/crf-speed.rounds" >&2
  "$CLINNER_PEERS_PYTHON" Benchmarks/peers/crf_speed.py "$bench/crf-speed.bin" "${shape[@]}" 2>/dev/null |
    sed 's/^{/{"who":"peer",/' | tee -a "$bench/crf-speed.rounds" >&2
done
python3 Benchmarks/figures.py crf-speed "$bench/crf-speed.rounds"
