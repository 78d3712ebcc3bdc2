#!/usr/bin/env bash
# A feature-based CRF on NCBI-disease: word, affixes up to four code points, shapes, bigrams, a window of two words to each
# side; both penalties 0.1, 100 iterations. Peer: CRFsuite on the same features, which ours writes to a file. Seconds are those
# of training alone, once features are numbered; F1 is seqeval's strict one for both.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 5)
set -euo pipefail
. Benchmarks/common.sh
need ncbi-disease
build_measure
folder=$(conll_of ncbi-disease)
features=$bench/feature-crf
$measure feature-crf extract "$folder" "$features"
score() { "$CLINNER_PEERS_PYTHON" Benchmarks/peers/feature_crf.py score "$features" "$1" | sed 's/^{/,/'; }
: >"$bench/feature-crf.rounds"
for ((round = 1; round <= ${CLINNER_BENCH_ROUNDS:-5}; round++)); do
  for who in ours peer; do
    if [ $who = ours ]; then
      line=$($measure feature-crf train "$folder" "$features/ours" 100)
    else
      line=$("$CLINNER_PEERS_PYTHON" Benchmarks/peers/feature_crf.py train "$features" "$features/peer" 100)
    fi
    echo "{\"who\":\"$who\",${line:1:-1}$(score "$features/$who")" | tee -a "$bench/feature-crf.rounds" >&2
  done
done
python3 Benchmarks/figures.py feature-crf "$bench/feature-crf.rounds"
