#!/usr/bin/env bash
# A libFuzzer run over the parser of every format: executions and findings. There is no peer.
#
# CLINNER_FUZZ_RUNS   executions over all formats together (default 10,500,000)
# CLINNER_FUZZ_SECONDS   the most seconds for one format (default 1,800)
# CLINNER_FUZZ_FORMATS   the formats, separated by blanks (default all)
# CLINNER_FUZZ_JOBS   how many formats at a time (default the number of processors)
#
# The package manager does not link a fuzzer, so the modules are compiled here. Findings stay in
# $CLINNER_DEPS/bench/fuzz/FORMAT/findings; what was fixed belongs into Tests/Fixtures/fuzz/FORMAT.
set -euo pipefail
. Benchmarks/common.sh

folder=$bench/fuzz
mkdir -p "$folder/build"
jobs=${CLINNER_FUZZ_JOBS:-$(nproc)}
seconds=${CLINNER_FUZZ_SECONDS:-1800}

# module NAME: compiles a Swift target, instrumented, into an object file and a module.
module() {
  local name=$1
  find "Sources/$name" -name '*.swift' -print0 | sort -z | xargs -0 swiftc -parse-as-library -swift-version 6 -O -wmo \
    -sanitize=fuzzer,address -module-name "$name" -package-name clinner -enable-testing "${include[@]}" \
    -emit-module -emit-module-path "$folder/build/$name.swiftmodule" -c -o "$folder/build/$name.o"
}

compile() {
  include=(-I "$folder/build" -I Sources/CNettle)
  local name file
  rm -f "$folder"/build/*.o
  for name in CLibXML2 CZlib; do
    for file in Sources/"$name"/*.c; do
      # shellcheck disable=SC2046
      clang -O1 -g -fsanitize=fuzzer-no-link,address -I "Sources/$name/include" $(pkg-config --cflags libxml-2.0) \
        -c "$file" -o "$folder/build/$name-$(basename "$file" .c).o"
    done
    # What the package manager writes for a C target.
    printf 'module %s { header "%s" export * }\n' "$name" "$PWD/Sources/$name/include/$name.h"
  done >"$folder/build/module.modulemap"
  for name in Essentials ClinicalText CorpusIO; do module "$name"; done
  swiftc -parse-as-library -swift-version 6 -O -wmo -sanitize=fuzzer,address -module-name TestSupport -package-name clinner \
    "${include[@]}" -emit-module -emit-module-path "$folder/build/TestSupport.swiftmodule" \
    -c -o "$folder/build/TestSupport.o" Tests/TestSupport/*.swift
  swiftc -parse-as-library -swift-version 6 -O -wmo -sanitize=fuzzer,address -module-name Fuzz -package-name clinner \
    "${include[@]}" -o "$folder/fuzz" Benchmarks/fuzz/Fuzz.swift \
    Tests/CorpusIOTests/{InputBundle,InputCheck,FixtureInputs}.swift "$folder"/build/*.o -lxml2 -lnettle -lz
}

# total LOG: the executions that the runs in a log made.
total() { awk '/stat::number_of_executed_units/ { sum += $2 } END { print sum + 0 }' "$1"; }

# fuzz FORMAT RUNS: runs the fuzzer until it made its executions, again after each finding, ten times at the most.
fuzz() {
  local format=$1 wanted=$2 here=$folder/$1 deadline=$((SECONDS + seconds)) done=0 round left status
  mkdir -p "$here/corpus" "$here/findings"
  rm -rf "$here/seeds"
  mkdir "$here/seeds"
  CLINNER_FUZZ_FORMAT=$format CLINNER_FUZZ_SEEDS=$here/seeds "$folder/fuzz" >&2
  : >"$here/log"
  for round in 1 2 3 4 5 6 7 8 9 10; do
    left=$((deadline - SECONDS))
    if [ "$done" -ge "$wanted" ] || [ "$left" -le 0 ]; then break; fi
    status=0
    # Round trips go through files: in memory where there is such a folder.
    CLINNER_FUZZ_FORMAT=$format TMPDIR=${CLINNER_FUZZ_TMPDIR:-/dev/shm} "$folder/fuzz" -runs=$((wanted - done)) \
      -max_total_time="$left" -max_len=2048 -timeout=10 -rss_limit_mb=2048 -detect_leaks=0 -seed=$((20 + round)) \
      -dict="$folder/dictionary" -print_final_stats=1 -verbosity=0 -artifact_prefix="$here/findings/" \
      "$here/corpus" "$here/seeds" >>"$here/log" 2>&1 || status=$?
    done=$(total "$here/log")
    [ "$status" -ne 0 ] || [ "$left" -gt 0 ] || break
  done
  python3 Benchmarks/figures.py fuzz "$format" "$done" "$here/findings"
}

dictionary() {
  local word
  for word in '%% a.txt\x0a' '%% a.ann\x0a' '%% a.xml\x0a' '%% a.con\x0a' '<TEXT>' '</TEXT>' '<TAGS>' '<![CDATA[' ']]>' \
    '<!ENTITY' '<!DOCTYPE' '&amp;' '&#13;' ' start=\"' ' end=\"' ' id=\"' '\x09' '\x0d\x0a' '||' '{\"id\":\"' '\"text\":\"' \
    '\"spans\":[[' '\\ud800' '\\u0000' '-1' '9223372036854775808' '\xef\xbb\xbf' '\x1f\x8b' '\xf0\x9f\x98\xb7' 'B-' 'I-'; do
    printf '"%s"\n' "$word"
  done
}

# Swift's own report of a crash would crash under the sanitizer; memory that its runtime keeps is no leak.
export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
[ -n "${CLINNER_FUZZ_COMPILED:-}" ] || compile
[ -z "${CLINNER_FUZZ_COMPILE_ONLY:-}" ] || exit 0
dictionary >"$folder/dictionary"
formats=${CLINNER_FUZZ_FORMATS:-$("$folder/fuzz" | tr '\n' ' ')}
each=$((${CLINNER_FUZZ_RUNS:-10500000} / $(wc -w <<<"$formats") + 1))
export folder seconds
export -f fuzz total
# shellcheck disable=SC2086
printf '%s\n' $formats | xargs -P "$jobs" -I{} bash -c 'fuzz "$1" "$2"' _ {} "$each" | tee "$folder/figures"
python3 Benchmarks/figures.py fuzz-total "$folder/figures"
