#!/usr/bin/env bash
# The whole path on MACCROBAT 2020, and the peer fine-tuned on the same gold notes in the same run.
#
# Ours: masked-LM adaptation, then silver only, gold only, silver then gold from the same adapted encoder.
# Peer: Hugging Face token classification on the published encoder, as many epochs, in fp32 as ours. Both on
# two threads, one after the other.
set -euo pipefail
. Benchmarks/common.sh
need maccrobat2020/brat maccrobat2020/suggested-split.tsv aci-bench mts-dialog primock57-notes
build

config=Benchmarks/maccrobat.yml
$clinner adapt $config "${resume[@]}" >&2
adapted=(--set "encoder=$PWD/runs/maccrobat/encoder" --set pretrain.enabled=false)
$clinner adapt $config "${resume[@]}" --set name=maccrobat-gold "${adapted[@]}" \
  --set 'train.stages=[{data: gold, epochs: 5, learningRate: 2e-4}]' >&2
$clinner adapt $config "${resume[@]}" --set name=maccrobat-silver "${adapted[@]}" \
  --set 'train.stages=[{data: silver, epochs: 1, learningRate: 2e-4}]' >&2

types=Disease_disorder=Disease,Sign_symptom=Symptom,Medication,Dosage,Therapeutic_procedure=Procedure
types=$types,Diagnostic_procedure=Test
for split in train dev test; do
  python3 Benchmarks/peers/brat_to_jsonl.py "$CLINNER_DATA/maccrobat2020/brat" \
    "$CLINNER_DATA/maccrobat2020/suggested-split.tsv" $split $types "$bench/maccrobat-$split.jsonl"
done
"$CLINNER_PEERS_PYTHON" Benchmarks/peers/hf_ner.py "$CLINNER_DEPS/models/minilm-l6" "$bench/maccrobat-train.jsonl" \
  "$bench/maccrobat-dev.jsonl" --test "$bench/maccrobat-test.jsonl" --epochs 5 --lr 2e-4 --batch 8 \
  >"$bench/maccrobat-peer.json"
python3 Benchmarks/figures.py maccrobat "$bench/maccrobat-peer.json"
