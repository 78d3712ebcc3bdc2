"""Prints the figures of a benchmark, one JSON line each, from the files that its runs left.

usage: figures.py maccrobat PEER.json | meddocan EVALUATION.json

`ours` and `peer` are what was measured, `ratio` ours over peer, `split` the notes a score is from.
"""

import json
import sys


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def figure(name, unit, ours, peer=None, split=None, runs=1):
    ratio = round(ours / peer, 3) if peer else None
    line = {"figure": name, "unit": unit, "ours": ours, "peer": peer, "ratio": ratio, "split": split, "runs": runs}
    print(json.dumps(line), flush=True)


def f1(evaluation):
    counts = evaluation["micro"]
    wrong = counts["falsePositives"] + counts["falseNegatives"]
    return round(200 * counts["truePositives"] / max(1, 2 * counts["truePositives"] + wrong), 2)


def maccrobat(peer_path):
    peer = load(peer_path)
    run = "runs/maccrobat"
    pretraining = load(f"{run}/encoder/pretraining.json")
    training = load(f"{run}-gold/tagger/training.json")
    steps = load(f"{run}/manifest.json")["steps"]
    for split in ("dev", "test"):
        scores = {name: load(f"{run}{name}/evaluation.json")[split] for name in ("-silver", "-gold", "")}
        figure("strict F1, silver only", "%", f1(scores["-silver"]), split=split)
        figure("strict F1, gold only", "%", f1(scores["-gold"]), peer[split]["f1"], split)
        figure("strict F1, silver then gold", "%", f1(scores[""]), peer[split]["f1"], split)
    figure("perplexity before adaptation", "", round(pretraining["perplexityBefore"], 3), split="held out")
    figure("perplexity after adaptation", "", round(pretraining["perplexityAfter"], 3), split="held out")
    figure("adaptation", "pieces/s", round(pretraining["pieces"] / pretraining["seconds"]))
    figure("fine-tuning", "pieces/s", round(training["pieces"] / training["seconds"]), peer["train_pieces_per_second"])
    for name, step in steps.items():
        figure(f"step {name}", "min", round(step["seconds"] / 60, 2))
    peak = round(max(step["peakMemory"] for step in steps.values()))
    figure("peak memory", "MB", peak, peer["peak_rss_mb"])


def meddocan(path):
    result = load(path)
    training = load("runs/meddocan/tagger/training.json")
    figure("strict F1 of tagged XML", "%", f1(result), split="dev")
    figure("fine-tuning", "pieces/s", round(training["pieces"] / training["seconds"]))
    steps = load("runs/meddocan/manifest.json")["steps"]
    figure("step train", "min", round(steps["train"]["seconds"] / 60, 2))
    figure("peak memory", "MB", round(steps["train"]["peakMemory"]))


{"maccrobat": maccrobat, "meddocan": meddocan}[sys.argv[1]](sys.argv[2])
