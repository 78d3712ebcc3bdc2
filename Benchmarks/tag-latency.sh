#!/usr/bin/env bash
# NCBI-disease's test sentences one at a time through MiniLM and a linear head, two threads: p50 and p99 of ours in
# bfloat16 and in float32, each beside ONNX Runtime with dynamic int8 weights.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 3)
set -euo pipefail
. Benchmarks/common.sh
tagging_rounds tag-latency bfloat16 int8 1
tagging_rounds tag-latency-fp32 float32 int8 1
