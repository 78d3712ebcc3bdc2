# What the benchmarks share; sourced, not run.

bench=$CLINNER_DEPS/bench
mkdir -p "$bench"
export CLINNER_BENCH=$bench
clinner=.build/release/clinner
# CLINNER_BENCH_RESUME=1 goes on with runs of the same configuration that were broken off.
resume=(${CLINNER_BENCH_RESUME:+--resume})

# need NAME...: ends with 66 where data is missing.
need() {
  local name missing=()
  for name in "$@"; do [ -e "$CLINNER_DATA/$name" ] || missing+=("$name"); done
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "bench: missing below CLINNER_DATA ($CLINNER_DATA): ${missing[*]}" >&2
  exit 66
}

build() { swift build -c release --product clinner >&2; }

measure=.build/release/measure
build_measure() { swift build -c release --product measure >&2; }

# alternate NAME OURS PEER: runs both commands in turn on one processor; each prints its speed first. The speeds go to
# $bench/NAME.rounds.
alternate() {
  local round who speed rest
  : >"$bench/$1.rounds"
  for ((round = 1; round <= ${CLINNER_BENCH_ROUNDS:-7}; round++)); do
    for who in ours peer; do
      # shellcheck disable=SC2046
      read -r speed rest <<<"$(taskset -c 0 $([ $who = ours ] && echo "$2" || echo "$3"))"
      echo "bench: $1, round $round, $who: $speed MB/s ($rest)" >&2
      echo "$who $speed" >>"$bench/$1.rounds"
    done
  done
}
