#!/usr/bin/env bash
# Tagging NCBI-disease's test sentences with MiniLM and a linear head, two threads, sorted by length: ours in bfloat16,
# ONNX Runtime with dynamic int8 weights, 32 sentences at a time. What bfloat16 costs is measured on the dev sentences
# with a tagger trained for three epochs.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 3)
set -euo pipefail
. Benchmarks/common.sh
tagging_rounds tag-speed-best bfloat16 int8
tagging_precision
