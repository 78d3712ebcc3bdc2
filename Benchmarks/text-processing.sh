#!/usr/bin/env bash
# Normalization, sections, sentences and words over the notes and dialogues of aci-bench and mts-dialog and MACCROBAT's
# texts, one core. Peer: spaCy's blank English tokenizer with its rule sentencizer. Texts in memory, ours and the peer's
# in turn on one processor.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 7)
set -euo pipefail
. Benchmarks/common.sh
need aci-bench mts-dialog maccrobat2020
build_measure

notes=$bench/text-processing.jsonl
"$CLINNER_PEERS_PYTHON" Benchmarks/peers/note_texts.py "$CLINNER_DATA" >"$notes"
alternate text-processing "$measure text-processing $notes lexicons/section-headers.tsv" \
  "$CLINNER_PEERS_PYTHON Benchmarks/peers/text_processing_spacy.py $notes"
python3 Benchmarks/figures.py rounds 'normalization, sections, sentences and words, one core' MB/s \
  'aci-bench, mts-dialog, maccrobat' "$bench/text-processing.rounds"
