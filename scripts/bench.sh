#!/usr/bin/env bash
# Runs one benchmark of Benchmarks/, ours and the peer's in one run; without a name it lists them.
#
# usage: scripts/bench.sh [NAME]
#
# The benchmark finds the peers' Python in CLINNER_PEERS_PYTHON and the data in CLINNER_DATA. Each line it prints that
# begins with {"figure" also goes, with date, commit and processor, to Benchmarks/results.jsonl.
# Exit codes are the benchmark's own (66: data is missing), 64 for an unknown name, 69 without python3's venv.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

names() { find Benchmarks -maxdepth 1 -name '*.sh' -printf '%f\n' 2>/dev/null | sed 's/\.sh$//' | sort; }

# The names with the fewest edits away from $1 (Levenshtein), best first.
nearest() {
  names | awk -v wanted="$1" '
    {
      n = length(wanted); m = length($0)
      for (j = 0; j <= m; j++) row[j] = j
      for (i = 1; i <= n; i++) {
        diagonal = row[0]; row[0] = i
        for (j = 1; j <= m; j++) {
          cost = diagonal + (substr(wanted, i, 1) != substr($0, j, 1))
          diagonal = row[j]
          if (row[j] + 1 < cost) cost = row[j] + 1
          if (row[j - 1] + 1 < cost) cost = row[j - 1] + 1
          row[j] = cost
        }
      }
      print row[m], $0
    }' | sort -n | head -n 3 | cut -d' ' -f2 | paste -sd' '
}

name=${1:-}
if [ -z "$name" ]; then
  names
  exit 0
fi
if [ ! -f "Benchmarks/$name.sh" ]; then
  echo "bench: no benchmark '$name'; nearest: $(nearest "$name")" >&2
  exit 64
fi

deps=${CLINNER_DEPS:-$PWD/.deps}
peers=$deps/peers
requirements=Benchmarks/peers/requirements.txt
if ! cmp -s "$requirements" "$peers/requirements.txt"; then
  echo "bench: setting up the peers in $peers" >&2
  python3 -m venv --clear "$peers" || exit 69
  "$peers/bin/pip" install --quiet --disable-pip-version-check -r "$requirements" >&2
  # Last, so that an installation that was broken off is begun again.
  cp "$requirements" "$peers/requirements.txt"
fi
export CLINNER_DEPS=$deps CLINNER_PEERS_PYTHON=$peers/bin/python CLINNER_DATA=${CLINNER_DATA:-$PWD/../shared/data}
processor=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)
commit=$(git rev-parse --short HEAD)$(git diff --quiet HEAD -- ':!Benchmarks/results.jsonl' || echo -dirty)
stamp="\"benchmark\":\"$name\",\"date\":\"$(date -u +%F)\",\"commit\":\"$commit\",\"processor\":\"$processor\"}"
bash "Benchmarks/$name.sh" | while IFS= read -r line; do
  printf '%s\n' "$line"
  [[ $line != '{"figure"'* ]] || printf '%s\n' "${line%\}},$stamp" >>Benchmarks/results.jsonl
done
