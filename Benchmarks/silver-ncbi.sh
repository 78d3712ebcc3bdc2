#!/usr/bin/env bash
# NCBI-disease's staged weak labels and our own silver labels of the raw abstracts (lexicons, rules, abbreviations; no gold), which
# add what the staged functions are silent about. Our label models and Snorkel's and skweak's on the same votes. Rules and
# settings were chosen on the valid split.
set -euo pipefail
. Benchmarks/common.sh
silver NCBI-Disease Benchmarks/literature-ncbi.yml 99 ncbi-disease/pubtator/NCBItrainset_corpus.txt.gz ncbi-disease/pubtator/NCBIdevelopset_corpus.txt \
  ncbi-disease/pubtator/NCBItestset_corpus.txt
