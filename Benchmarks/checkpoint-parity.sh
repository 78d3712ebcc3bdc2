#!/usr/bin/env bash
# Whether folders mean the same to transformers and to us: a folder that transformers wrote, read by us, and an adapted
# encoder and a plain tagger that we wrote, read by transformers. The largest difference of hidden states and logits,
# relative to the largest value of a sequence.
set -euo pipefail
. Benchmarks/common.sh
build
swift build -c release --product measure-training >&2
work=$bench/parity
model=$CLINNER_DEPS/models/minilm-l6
parity=Benchmarks/peers/checkpoint_parity.py
mkdir -p "$work"
"$CLINNER_PEERS_PYTHON" $parity lists "$model" 50 >"$work/lists.json"
"$CLINNER_PEERS_PYTHON" $parity head "$model" "$work/written-by-transformers" >&2
$clinner adapt corpora/quickstart.yml --quiet --set name=parity --set "runs=$work/runs" --set pretrain.epochs=1 \
  --set pretrain.newPieces=20 --set pretrain.newPieceNotes=3 --set train.lstmSize=0 --set train.decoder=softmax \
  --set 'train.stages=[{data: gold, epochs: 1}]' >&2
run=$work/runs/parity
while read -r kind folder name; do
  .build/release/measure-training states "$folder" "$work/lists.json" "kind=$kind" "output=$work/states.safetensors"
  "$CLINNER_PEERS_PYTHON" $parity compare "$kind" "$folder" "$work/lists.json" "$work/states.safetensors" \
    >"$work/difference.json"
  python3 Benchmarks/figures.py checkpoint-parity "$name" "$work/difference.json"
done <<END
mlm $work/written-by-transformers written by transformers
mlm $run/encoder an adapted encoder of ours
tagger $run/tagger/model-best a plain tagger of ours
END
