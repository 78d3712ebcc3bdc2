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

# peer_environment NAME: a virtual environment of its own for peers that do not go with the others, from
# Benchmarks/peers/requirements-NAME.txt; prints its Python.
peer_environment() {
  local folder=$CLINNER_DEPS/peers-$1 requirements=Benchmarks/peers/requirements-$1.txt
  if ! cmp -s "$requirements" "$folder/requirements.txt"; then
    echo "bench: setting up the peers of $1 in $folder" >&2
    python3 -m venv --clear "$folder" || exit 69
    "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$requirements" >&2
    cp "$requirements" "$folder/requirements.txt"
  fi
  echo "$folder/bin/python"
}

# silver FOLDER EXPERIMENT LONG RAW...: staged weak labels with our silver labels of the raw texts as one function more, which
# abstains where a staged one votes unless its mention has LONG tokens; our label models and two peers on the same votes.
silver() {
  local folder=$CLINNER_DATA/weak-labels/$1 staged=$bench/staged-$1 output=$bench/silver-$1 experiment=$2 long=$3 split peer raw
  shift 3
  need "weak-labels/$(basename "$folder")/meta.json" "$@"
  build_measure
  rm -rf "$staged" "$output"
  mkdir -p "$staged"
  cp "$folder/meta.json" "$staged/"
  for split in train valid test; do gunzip -c "$folder/$split.json.gz" >"$staged/$split.json"; done
  raw=("${@/#/$CLINNER_DATA/}")
  $measure stage-votes "$experiment" "$staged" "$output" "${raw[@]}" backoff "long=$long" >&2
  for split in train valid test; do gzip -f "$output/$split.json"; done
  label_models_of "$output"
}

# lexicon_only EXPERIMENT TYPES SPLIT PATH...: our silver labels alone against the gold of a dev and a test set.
lexicon_only() {
  local experiment=$1 types=$2
  need "$3" "$4" lexicons
  build_measure
  : >"$bench/lexicon-only.lines"
  printf 'dev ' >>"$bench/lexicon-only.lines"
  $measure silver "$experiment" "$CLINNER_DATA/$3" "$types" >>"$bench/lexicon-only.lines"
  printf 'test ' >>"$bench/lexicon-only.lines"
  $measure silver "$experiment" "$CLINNER_DATA/$4" "$types" >>"$bench/lexicon-only.lines"
}

# label_models FOLDER: majority vote and our label model, alone, with closure, and with closure and consistency, and two
# peers, on the valid and test split of staged weak labels.
label_models() {
  need "weak-labels/$1/meta.json"
  build_measure
  label_models_of "$CLINNER_DATA/weak-labels/$1"
}

# label_models_of FOLDER: the same on any folder of that layout.
label_models_of() {
  local folder=$1 python split peer
  python=$(peer_environment labelmodels)
  : >"$bench/label-model.lines"
  for split in valid test; do
    # shellcheck disable=SC2086
    for options in "majority" "majority closure" "majority closure consistency" "" "closure" "closure consistency"; do
      $measure label-model "$folder" $split $options >>"$bench/label-model.lines"
    done
    for peer in snorkel skweak; do
      "$python" "Benchmarks/peers/label_model_$peer.py" "$folder" $split 2>/dev/null |
        sed "s/^{/{\"peer\":\"$peer\",\"split\":\"$split\",/" >>"$bench/label-model.lines"
    done
  done
  python3 Benchmarks/figures.py label-model "$bench/label-model.lines"
}

# training_rounds NAME KIND MODEL DATA PRECISION [key=value...]: training steps of ours and of Hugging Face in turn, on two
# threads; every line of figures goes to $bench/NAME.rounds.
training_rounds() {
  local name=$1 kind=$2 model=$3 data=$4 precision=$5 round who
  shift 5
  swift build -c release --product measure-training >&2
  : >"$bench/$name.rounds"
  for ((round = 1; round <= ${CLINNER_BENCH_ROUNDS:-3}; round++)); do
    for who in ours peer; do
      if [ $who = ours ]; then
        .build/release/measure-training "$kind" "$model" "$data" "precision=$precision" "seed=$round" "$@"
      else
        HF_HUB_OFFLINE=1 "$CLINNER_PEERS_PYTHON" Benchmarks/peers/training_speed.py "$kind" "$model" "$data" \
          "precision=$precision" "seed=$round" "$@" 2>/dev/null
      fi | sed "s/^{/{\"who\":\"$who\",/" | tee -a "$bench/$name.rounds" >&2
    done
  done
}

# finetune_rounds NAME PRECISION STEPS: training_rounds of MiniLM with a linear head on NCBI-disease's train sentences.
finetune_rounds() {
  need ncbi-disease
  training_rounds "$1" finetune "$CLINNER_DEPS/models/minilm-l6" "$(conll_of ncbi-disease)" "$2" "steps=$3"
}

# finetune_speed NAME PRECISION
finetune_speed() {
  finetune_rounds "$1" "$2" 60
  python3 Benchmarks/figures.py training-rounds "fine-tuning MiniLM, $2" ncbi-train "$bench/$1.rounds"
}

# mlm_speed NAME PRECISION: training_rounds of MiniLM's masked-LM steps on medquad's answers, at two lengths.
mlm_speed() {
  local text=$bench/mlm-speed.txt shape
  need medquad-text
  gunzip -c "$CLINNER_DATA/medquad-text/medquad-text.txt.gz" | head -c 1500000 >"$text" || true
  for shape in 'length=128 batch=16 steps=5' 'length=512 batch=4 steps=5'; do
    # shellcheck disable=SC2086
    training_rounds "$1" pretrain "$CLINNER_DEPS/models/minilm-l6" "$text" "$2" $shape
    python3 Benchmarks/figures.py training-rounds "masked LM, ${shape%% *}, $2" medquad "$bench/$1.rounds"
  done
}

# tagging_rounds NAME PRECISION MODE [SENTENCES]: tagging of NCBI-disease's test sentences, ours and ONNX Runtime's in turn,
# so many sentences at a time.
tagging_rounds() {
  local name=$1 precision=$2 mode=$3 sentences=${4:-32} model=$CLINNER_DEPS/models/minilm-l6 file round
  need ncbi-disease
  file=$(conll_of ncbi-disease)/test.tsv
  swift build -c release --product measure-training >&2
  : >"$bench/$name.rounds"
  for ((round = 1; round <= ${CLINNER_BENCH_ROUNDS:-3}; round++)); do
    .build/release/measure-training tag "$model" "$file" "precision=$precision" \
      "pieces=$([ "$sentences" = 1 ] && echo 0 || echo 1024)" |
      sed 's/^{/{"who":"ours",/' | tee -a "$bench/$name.rounds" >&2
    HF_HUB_OFFLINE=1 "$CLINNER_PEERS_PYTHON" Benchmarks/peers/tagging_speed.py "$model" "$file" "$bench/onnx" "mode=$mode" \
      "batch=$sentences" 2>/dev/null | tail -1 | sed 's/^{/{"who":"peer",/' | tee -a "$bench/$name.rounds" >&2
  done
  if [ "$sentences" = 1 ]; then
    python3 Benchmarks/figures.py latency "tagging one sentence, $precision against $mode" ncbi-test "$bench/$name.rounds"
  else
    python3 Benchmarks/figures.py training-rounds "tagging with MiniLM, $precision against $mode" ncbi-test \
      "$bench/$name.rounds"
  fi
}

# tagging_precision: F1 on dev of one trained tagger in float32 and in bfloat16.
tagging_precision() {
  .build/release/measure-training score "$CLINNER_DEPS/models/minilm-l6" "$(conll_of ncbi-disease)" \
    precision=bfloat16 epochs=3 rate=2e-4 >"$bench/tagging-precision.json"
  python3 Benchmarks/figures.py tagging-precision "$bench/tagging-precision.json"
}

# conll_of NAME: the staged token-per-line files of a corpus, unpacked; prints their folder.
conll_of() {
  local folder=$bench/conll-$1 file
  mkdir -p "$folder"
  for file in "$CLINNER_DATA/$1/conll"/*; do
    case $file in
      *.gz) gunzip -c "$file" >"$folder/$(basename "$file" .gz)" ;;
      *) cp -f "$file" "$folder/" ;;
    esac
  done
  chmod -R u+w "$folder"
  echo "$folder"
}

# ner NAME: the experiment Benchmarks/NAME.yml with several seeds; the mean of its strict F1 on dev and test.
ner() {
  local seed runs=()
  for ((seed = 1; seed <= ${CLINNER_BENCH_ROUNDS:-3}; seed++)); do
    $clinner adapt "Benchmarks/$1.yml" "${resume[@]}" --set "seed=$seed" --set "name=$1-seed-$seed" >&2
    runs+=("runs/$1-seed-$seed")
  done
  python3 Benchmarks/figures.py ner "$1" "${runs[@]}"
}
