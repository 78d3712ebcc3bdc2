#!/usr/bin/env bash
# The path on the bundled notes, and what silver labels bring there: gold only, from the same adapted encoder. No peer.
set -euo pipefail
. Benchmarks/common.sh
build

config=corpora/quickstart.yml
[ -f runs/quickstart/evaluation.json ] || $clinner adapt $config >&2
gold='train.stages=[{data: gold, epochs: 20, learningRate: 1e-4}]'
$clinner adapt $config --set name=quickstart-gold --set "encoder=$PWD/runs/quickstart/encoder" \
  --set pretrain.enabled=false --set "$gold" >&2
python3 Benchmarks/figures.py quickstart
