#!/usr/bin/env bash
# What adaptation is worth: the same fine-tuning from the adapted and from the published encoder, five seeds each, strict F1
# on dev with intervals, on MACCROBAT's case reports and on NCBI-disease's abstracts. The encoder is adapted once a corpus,
# to train text and unlabeled text; no text of a test file.
#
# CLINNER_BENCH_ROUNDS   how many seeds (default 5)
set -euo pipefail
. Benchmarks/common.sh
need maccrobat2020/brat maccrobat2020/suggested-split.tsv ncbi-disease bc5cdr aci-bench mts-dialog primock57-notes
build
for corpus in ${CLINNER_BENCH_CORPORA:-maccrobat ncbi}; do
  config=Benchmarks/adaptation-$corpus.yml
  $clinner pretrain "$config" "${resume[@]}" >&2
  $clinner ablate "$config" "${resume[@]}" --set "name=adaptation-$corpus-gain" --set pretrain.enabled=false \
    --set "encoder=$PWD/runs/adaptation-$corpus/encoder" --set "ablate.seeds=${CLINNER_BENCH_ROUNDS:-5}" >&2
  python3 Benchmarks/figures.py adaptation-gain "$corpus" "runs/adaptation-$corpus-gain/ablation/ablation.json"
done
