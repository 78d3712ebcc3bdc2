#!/usr/bin/env bash
# Label models on NCBI-disease's staged weak labels (recommended functions; votes counted a token and type, outside only where
# nobody votes). Ours: majority vote and the hidden Markov model, alone, with abbreviation closure, and with consistency over the
# corpus too. Peers: Snorkel's label model and skweak's HMM. All learn from the votes on train and the scored split; closure and
# its rules were chosen on the valid split.
set -euo pipefail
. Benchmarks/common.sh
label_models NCBI-Disease
