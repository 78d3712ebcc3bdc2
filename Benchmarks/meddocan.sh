#!/usr/bin/env bash
# Real i2b2-2014-style XML in, the same format out: trains on MEDDOCAN's train XML, tags its dev XML, scores the XML.
# Peer: Hugging Face token classification on the same notes for as many epochs, in fp32 as ours.
set -euo pipefail
. Benchmarks/common.sh
need meddocan/i2b2xml-train.tar.gz meddocan/i2b2xml-dev.tar.gz
build

folder=$bench/meddocan
for split in train dev; do
  [ -d "$folder/$split" ] && continue
  mkdir -p "$folder/$split.new"
  tar -xzf "$CLINNER_DATA/meddocan/i2b2xml-$split.tar.gz" -C "$folder/$split.new" --strip-components=2
  mv "$folder/$split.new" "$folder/$split"
done
$clinner train Benchmarks/meddocan.yml >&2
rm -rf "$folder/tagged"
$clinner tag --model runs/meddocan/tagger/model-best --input "$folder/dev" --output "$folder/tagged" >&2
$clinner evaluate --gold "$folder/dev" --predicted "$folder/tagged" --json >"$folder/evaluation.json"
for split in train dev; do python3 Benchmarks/peers/i2b2_to_jsonl.py "$folder/$split" "$folder/$split.jsonl"; done
"$CLINNER_PEERS_PYTHON" Benchmarks/peers/hf_ner.py "$CLINNER_DEPS/models/minilm-l6" "$folder/train.jsonl" \
  "$folder/dev.jsonl" --epochs 1 --lr 2e-4 --batch 8 >"$folder/peer.json"
python3 Benchmarks/figures.py meddocan "$folder/evaluation.json" "$folder/peer.json"
