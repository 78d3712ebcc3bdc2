#!/usr/bin/env bash
# Masked-LM steps of MiniLM on medquad's answers in float32, two threads, 16 windows of 128 pieces a batch and 4 of 512. Peer:
# Hugging Face's BertForMaskedLM with its own collator, which scores every piece where ours scores the masked ones.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 3)
set -euo pipefail
. Benchmarks/common.sh
need medquad-text
text=$bench/mlm-speed.txt
gunzip -c "$CLINNER_DATA/medquad-text/medquad-text.txt.gz" | head -c 1500000 >"$text" || true
for shape in 'length=128 batch=16 steps=5' 'length=512 batch=4 steps=5'; do
  # shellcheck disable=SC2086
  training_rounds mlm-speed-fp32 pretrain "$CLINNER_DEPS/models/minilm-l6" "$text" float32 $shape
  python3 Benchmarks/figures.py training-rounds "masked LM, ${shape%% *}, float32" medquad "$bench/mlm-speed-fp32.rounds"
done
