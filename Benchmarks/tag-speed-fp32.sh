#!/usr/bin/env bash
# Tagging NCBI-disease's test sentences with MiniLM and a linear head in float32, two threads, sorted by length.
# Peer: ONNX Runtime, 32 sentences at a time.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 3)
set -euo pipefail
. Benchmarks/common.sh
tagging_rounds tag-speed-fp32 float32 fp32
