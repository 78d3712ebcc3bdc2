#!/usr/bin/env bash
# Fine-tuning steps of MiniLM with a linear head on the train sentences of NCBI-disease, 16 random sentences a batch, in
# float32, two threads. Peer: Hugging Face's BertForTokenClassification as run_ner trains it. In pieces that are no padding.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 3)
set -euo pipefail
. Benchmarks/common.sh
need ncbi-disease
training_rounds finetune-speed-fp32 finetune "$CLINNER_DEPS/models/minilm-l6" "$(conll_of ncbi-disease)" float32 steps=60
python3 Benchmarks/figures.py training-rounds 'fine-tuning MiniLM, float32' ncbi-train "$bench/finetune-speed-fp32.rounds"
