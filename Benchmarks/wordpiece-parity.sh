#!/usr/bin/env bash
# Whether pieces and offsets are those of Hugging Face's tokenizers: for a million random Unicode strings, and for every
# line of every text below CLINNER_DATA. A line that differs is named.
set -euo pipefail
. Benchmarks/common.sh
need medquad-text
swift build -c release --product measure-training >&2
model=$CLINNER_DEPS/models/minilm-l6
parity=Benchmarks/peers/wordpiece_parity.py
"$CLINNER_PEERS_PYTHON" $parity strings 1000000 20 >"$bench/parity-strings.txt"
"$CLINNER_PEERS_PYTHON" $parity lines "$CLINNER_DATA" >"$bench/parity-lines.txt"
for kind in strings lines; do
  file=$bench/parity-$kind.txt
  .build/release/measure-training wordpiece-digests "$model" "$file" >"$bench/parity-$kind.ours"
  "$CLINNER_PEERS_PYTHON" $parity digests "$model" "$file" >"$bench/parity-$kind.peer"
  count=$(wc -l <"$bench/parity-$kind.peer")
  # diff ends with 1 where files differ.
  { diff --unchanged-line-format= --old-line-format=$'%dn\n' --new-line-format= "$bench/parity-$kind.ours" \
    "$bench/parity-$kind.peer" || true; } >"$bench/parity-$kind.different"
  head -5 "$bench/parity-$kind.different" | sed "s|^|bench: differs: $file:|" >&2
  python3 Benchmarks/figures.py parity "WordPiece as tokenizers has it, $kind" "$count" \
    "$(wc -l <"$bench/parity-$kind.different")"
done
