#!/usr/bin/env bash
# Silver labels of NCBI-disease from nothing but lexicons and rules, on the raw abstracts. Rules were chosen on the dev split.
set -euo pipefail
. Benchmarks/common.sh
lexicon_only Benchmarks/literature-ncbi.yml Disease ncbi-disease/pubtator/NCBIdevelopset_corpus.txt \
  ncbi-disease/pubtator/NCBItestset_corpus.txt
python3 Benchmarks/figures.py lexicon-only "$bench/lexicon-only.lines"
