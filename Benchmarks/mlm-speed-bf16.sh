#!/usr/bin/env bash
# Masked-LM steps of MiniLM on medquad's answers in bfloat16, two threads, 16 windows of 128 pieces a batch and 4 of 512.
# Peer: Hugging Face's BertForMaskedLM with its own collator, which scores every piece where ours scores the masked ones.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 3)
set -euo pipefail
. Benchmarks/common.sh
mlm_speed mlm-speed-bf16 bfloat16
