#!/usr/bin/env bash
# Silver labels of BC5CDR from nothing but lexicons and rules, on the raw abstracts; then of MACCROBAT's dev set and of the bundled
# train and dev notes, a type. Rules were chosen on the dev split, those for notes on the train notes.
set -euo pipefail
. Benchmarks/common.sh
need maccrobat2020
lexicon_only Benchmarks/literature-bc5cdr.yml Chemical,Disease bc5cdr/pubtator/CDR_DevelopmentSet.PubTator.txt.gz \
  bc5cdr/pubtator/CDR_TestSet.PubTator.txt.gz
{
  printf 'maccrobat-dev '
  $measure silver Benchmarks/maccrobat.yml dev Disease,Symptom,Medication,Dosage,Procedure,Test \
    headers=lexicons/section-headers.tsv
  for set in train dev; do
    printf 'bundled-%s ' $set
    $measure silver corpora/quickstart.yml $set Disease,Symptom,Medication,Dosage,Frequency,Route,Procedure,Test \
      headers=lexicons/section-headers.tsv
  done
} >>"$bench/lexicon-only.lines"
python3 Benchmarks/figures.py lexicon-only "$bench/lexicon-only.lines"
