#!/usr/bin/env bash
# The most memory of one process that fine-tunes MiniLM with a linear head on NCBI-disease, 16 random sentences a batch, in
# float32. Peer: Hugging Face's BertForTokenClassification.
set -euo pipefail
. Benchmarks/common.sh
need ncbi-disease
training_rounds finetune-memory finetune "$CLINNER_DEPS/models/minilm-l6" "$(conll_of ncbi-disease)" float32 steps=30
python3 Benchmarks/figures.py training-memory 'peak memory of fine-tuning MiniLM' ncbi-train "$bench/finetune-memory.rounds"
