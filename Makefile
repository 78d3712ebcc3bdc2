# Thin: what a target does stands in the scripts and in Package.swift. CLINNER_DEPS, from the environment or the
# command line, moves .deps; CLINNER_CUDA=1 from the environment brings and links libtorch with CUDA. Debug (test) and
# release (build) lie side by side in .build; neither rebuilds the other.
.PHONY: setup build quickstart test lint format bench clean

setup: ; @scripts/bootstrap.sh
build: setup ; swift build -c release
quickstart: build ; .build/release/clinner adapt corpora/quickstart.yml
test: setup ; swift test --no-parallel
lint: ; swift format lint --strict --recursive Sources Tests Package.swift
format: ; swift format format --in-place --recursive Sources Tests Package.swift
bench: ; @scripts/bench.sh $(NAME)
clean: ; rm -rf .build
