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
