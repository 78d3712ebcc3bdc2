#!/usr/bin/env bash
# Fine-tuning steps of MiniLM with a linear head on the train sentences of NCBI-disease, 16 random sentences a batch, in
# bfloat16, two threads. Peer: Hugging Face's BertForTokenClassification as run_ner trains it. In pieces that are no
# padding.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 3)
set -euo pipefail
. Benchmarks/common.sh
finetune_speed finetune-speed-bf16 bfloat16
