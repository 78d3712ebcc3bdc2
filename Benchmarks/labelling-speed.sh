#!/usr/bin/env bash
# Raw text to the matches of the staged Disease Ontology and RxNorm terms, over the notes and dialogues of aci-bench and
# mts-dialog and MACCROBAT's texts, one core. Ours normalizes, divides into sections, sentences and words, folds and matches, as
# documents are labeled. Peer: spaCy's blank English tokenizer and PhraseMatcher on lower case, with the same terms. Texts and
# terms in memory, ours and the peer's in turn on one processor.
#
# Then raw text to the votes of all labeling functions of the quickstart, regular expressions included, and the entities they
# become by majority. Peer: medspaCy's default pipeline, on every twentieth note, in an environment of its own.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 7)
set -euo pipefail
. Benchmarks/common.sh
need lexicons/disease-ontology/do-terms.tsv.gz lexicons/rxnorm aci-bench mts-dialog maccrobat2020
build_measure

table=$bench/labelling-speed.tsv lexicon=$bench/labelling-speed.lexicon notes=$bench/text-processing.jsonl
python3 Benchmarks/make_lexicon.py staged "$CLINNER_DATA" "$table"
"$CLINNER_PEERS_PYTHON" Benchmarks/peers/note_texts.py "$CLINNER_DATA" >"$notes"
"$measure" lexicon-build "$table" "$lexicon" >/dev/null
alternate labelling-speed "$measure lexicon-label $lexicon $notes lexicons/section-headers.tsv" \
  "$CLINNER_PEERS_PYTHON Benchmarks/peers/phrase_matcher_spacy.py $notes $table"
python3 Benchmarks/figures.py rounds 'raw text to lexicon matches, one core' MB/s \
  'aci-bench, mts-dialog, maccrobat' "$bench/labelling-speed.rounds"

medspacy=$(peer_environment medspacy)
types=Disease,Symptom,Medication,Dosage,Frequency,Route,Procedure,Test
alternate labelling-votes "$measure votes corpora/quickstart.yml $notes lexicons/section-headers.tsv $types" \
  "$medspacy Benchmarks/peers/label_medspacy.py $notes 200000"
python3 Benchmarks/figures.py rounds 'raw text to all votes, one core' MB/s \
  'aci-bench, mts-dialog, maccrobat' "$bench/labelling-votes.rounds"
