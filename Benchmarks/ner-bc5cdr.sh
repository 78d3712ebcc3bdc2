#!/usr/bin/env bash
# BERT-BiLSTM-CRF on BC5CDR's gold abstracts, the bundled encoder, several seeds: strict F1 on dev and test, and what the
# calibration of its confidences leaves. Settings were chosen on dev.
#
# CLINNER_BENCH_ROUNDS   how many seeds (default 3)
set -euo pipefail
. Benchmarks/common.sh
need bc5cdr
build
ner ner-bc5cdr
