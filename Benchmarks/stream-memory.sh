#!/usr/bin/env bash
# The peak memory of streaming through 10, 100 and 1,000 MB of notes: many text files, one JSON Lines file, one CSV
# table. There is no peer. Needs a gigabyte of disk below TMPDIR, which is freed again.
#
# CLINNER_BENCH_SIZES   the sizes in MB (default 10 100 1000)
set -euo pipefail
. Benchmarks/common.sh
build_measure

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
lines=$bench/stream-memory.lines
: >"$lines"
for kind in files jsonl csv; do
  for size in ${CLINNER_BENCH_SIZES:-10 100 1000}; do
    case $kind in
      files) path=$folder/notes format=text ;;
      jsonl) path=$folder/notes.jsonl format=jsonl ;;
      csv) path=$folder/notes.csv format=table ;;
    esac
    python3 Benchmarks/make_corpus.py "$kind" "$size" "$path"
    read -r peak _ <<<"$($measure stream-memory "$path" "$format")"
    echo "$kind $size $peak" >>"$lines"
    rm -rf "$path"
  done
done
python3 Benchmarks/figures.py stream-memory "$lines"
