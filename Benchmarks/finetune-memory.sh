#!/usr/bin/env bash
# The most memory of one process that fine-tunes MiniLM with a linear head on NCBI-disease, 16 random sentences a batch, in
# float32. Peer: Hugging Face's BertForTokenClassification.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 3)
set -euo pipefail
. Benchmarks/common.sh
finetune_rounds finetune-memory float32 30
python3 Benchmarks/figures.py training-memory 'peak memory of fine-tuning MiniLM' ncbi-train \
  "$bench/finetune-memory.rounds"
