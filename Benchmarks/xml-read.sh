#!/usr/bin/env bash
# Reading MEDDOCAN's XML with its tags into documents, one core. Peer: lxml's own parse and extraction of text and tags
# into tuples. Files in memory, ours and the peer's in turn on one processor.
#
# CLINNER_BENCH_ROUNDS   how many rounds (default 7)
set -euo pipefail
. Benchmarks/common.sh
need meddocan/i2b2xml-train.tar.gz meddocan/i2b2xml-dev.tar.gz meddocan/i2b2xml-test.tar.gz
build_measure

folder=$bench/xml-read
if [ ! -d "$folder" ]; then
  mkdir -p "$folder.new"
  for split in train dev test; do
    tar -xzf "$CLINNER_DATA/meddocan/i2b2xml-$split.tar.gz" -C "$folder.new" --strip-components=2
  done
  mv "$folder.new" "$folder"
fi
alternate xml-read "$measure xml-read $folder" "$CLINNER_PEERS_PYTHON Benchmarks/peers/xml_read_lxml.py $folder"
python3 Benchmarks/figures.py rounds 'XML read into documents, one core' MB/s "meddocan, $(find "$folder" -name '*.xml' | wc -l) files" \
  "$bench/xml-read.rounds"
