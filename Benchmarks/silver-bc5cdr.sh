#!/usr/bin/env bash
# BC5CDR's staged weak labels and our own silver labels of the raw abstracts (lexicons, rules, abbreviations; no gold), which add
# what the staged functions are silent about, and mentions of four and more tokens. Our label models and Snorkel's and skweak's
# on the same votes. Rules and settings were chosen on the valid split.
set -euo pipefail
. Benchmarks/common.sh
silver BC5CDR Benchmarks/literature-bc5cdr.yml 4 bc5cdr/pubtator/CDR_TrainingSet.PubTator.txt.gz bc5cdr/pubtator/CDR_DevelopmentSet.PubTator.txt.gz \
  bc5cdr/pubtator/CDR_TestSet.PubTator.txt.gz
