#!/usr/bin/env bash
# Peak memory of `clinner label` on the bundled unlabeled notes, a hundred and four hundred times over, with the
# quickstart's functions. No peer.
set -euo pipefail
. Benchmarks/common.sh
build

once=$bench/labelling-memory.jsonl config=corpora/labelling-memory.yml
trap 'rm -f "$config"' EXIT
rm -f "$once"
$clinner convert --quiet --to jsonl corpora/sample/unlabeled "$once" >&2
for times in 100 400; do
  notes=$bench/labelling-memory-$times.jsonl
  python3 Benchmarks/repeat_notes.py "$once" "$times" "$notes"
  sed "s#{ path: sample/unlabeled }#{ path: $notes }#" corpora/quickstart.yml >"$config"
  $clinner label "$config" --set "runs=$bench/runs" --set name=labelling-memory >&2
  python3 Benchmarks/figures.py labelling-memory "$bench/runs/labelling-memory"
done
