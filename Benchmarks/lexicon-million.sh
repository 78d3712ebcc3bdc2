#!/usr/bin/env bash
# A lexicon of a million terms, made as variants from the staged Disease Ontology and RxNorm names: building it, loading it,
# what it takes on disk and in memory, and matching the raw notes and dialogues of aci-bench, mts-dialog and MACCROBAT
# (normalizing, folding, matching). One core.
#
# CLINNER_BENCH_ROUNDS   how many rounds of loading and matching (default 7)
# CLINNER_BENCH_TERMS    how many terms (default 1000000)
set -euo pipefail
. Benchmarks/common.sh
need lexicons/disease-ontology/do-terms.tsv.gz lexicons/rxnorm aci-bench mts-dialog maccrobat2020
build_measure

table=$bench/lexicon-million.tsv lexicon=$bench/lexicon-million.lexicon notes=$bench/text-processing.jsonl
rounds=$bench/lexicon-million.rounds
python3 Benchmarks/make_lexicon.py "${CLINNER_BENCH_TERMS:-1000000}" "$CLINNER_DATA" "$table"
"$CLINNER_PEERS_PYTHON" Benchmarks/peers/note_texts.py "$CLINNER_DATA" >"$notes"

# run NAME COMMAND...: one measurement on one processor.
run() {
  local values
  values=$(taskset -c 0 "$measure" "${@:2}")
  echo "bench: $1: $values" >&2
  echo "$1 $values" >>"$rounds"
}

: >"$rounds"
for _ in 1 2 3; do run build lexicon-build "$table" "$lexicon"; done
for ((round = 1; round <= ${CLINNER_BENCH_ROUNDS:-7}; round++)); do
  run load lexicon-load "$lexicon" "$notes"
  run exact lexicon-match "$lexicon" "$notes"
  run edit lexicon-match "$lexicon" "$notes" exact,inflection,edit
  run variants lexicon-match "$lexicon" "$notes" exact,inflection,hyphen,wordOrder,spelling,edit
done
python3 Benchmarks/figures.py lexicon-million "$rounds"
