"""Prints the figures of a benchmark, one JSON line each, from the files that its runs left.

usage: figures.py quickstart | maccrobat PEER.json | meddocan EVALUATION.json PEER.json
       figures.py fuzz FORMAT EXECUTIONS FINDINGS_FOLDER | fuzz-total FIGURES
       figures.py rounds FIGURE UNIT SPLIT ROUNDS
       figures.py stream-memory LINES
       figures.py lexicon-million ROUNDS
       figures.py label-model LINES | lexicon-only LINES
       figures.py labelling-memory RUN
       figures.py training-rounds FIGURE SPLIT ROUNDS | training-memory FIGURE SPLIT ROUNDS
       figures.py latency FIGURE SPLIT ROUNDS | tagging-precision SCORES
       figures.py finetune-f1 ROUNDS
       figures.py adaptation-gain CORPUS ABLATION | ner NAME RUN...
       figures.py crf-speed ROUNDS | feature-crf ROUNDS
       figures.py parity FIGURE LINES DIFFERENT | checkpoint-parity FIGURE DIFFERENCES

`ours` and `peer` are what was measured, `ratio` ours over peer, `split` the notes a score is from.
"""

import json
import os
import statistics
import sys


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def figure(name, unit, ours, peer=None, split=None, runs=1):
    ratio = round(ours / peer, 3) if ours is not None and peer else None
    line = {"figure": name, "unit": unit, "ours": ours, "peer": peer, "ratio": ratio, "split": split, "runs": runs}
    print(json.dumps(line), flush=True)


def f1(evaluation):
    counts = evaluation["micro"]
    wrong = counts["falsePositives"] + counts["falseNegatives"]
    return round(200 * counts["truePositives"] / max(1, 2 * counts["truePositives"] + wrong), 2)


def maccrobat(peer_path):
    peer = load(peer_path)
    run = "runs/maccrobat"
    training = load(f"{run}-gold/tagger/training.json")
    for split in ("dev", "test"):
        scores = {name: load(f"{run}{name}/evaluation.json")[split] for name in ("-silver", "-gold", "")}
        figure("strict F1, silver only", "%", f1(scores["-silver"]), split=split)
        figure("strict F1, gold only", "%", f1(scores["-gold"]), peer[split]["f1"], split)
        figure("strict F1, silver then gold", "%", f1(scores[""]), peer[split]["f1"], split)
    adaptation(run)
    for name in ("silver", "gold"):
        step = load(f"{run}-{name}/manifest.json")["steps"]["train"]
        figure(f"step train, {name} only", "min", round(step["seconds"] / 60, 2))
    against(peer, training, steps(run))


def against(peer, training, peak_memory):
    """Speed and memory beside the peer's, which trains in fp32 as well."""
    pieces = round(training["pieces"] / training["seconds"])
    figure("fine-tuning", "pieces/s", pieces, peer["train_pieces_per_second"])
    figure("peak memory", "MB", peak_memory, peer["peak_rss_mb"])


def adaptation(run):
    pretraining = load(f"{run}/encoder/pretraining.json")
    figure("perplexity before adaptation", "", round(pretraining["perplexityBefore"], 3), split="held out")
    figure("perplexity after adaptation", "", round(pretraining["perplexityAfter"], 3), split="held out")
    figure("adaptation", "pieces/s", round(pretraining["pieces"] / pretraining["seconds"]))


def steps(run):
    records = load(f"{run}/manifest.json")["steps"]
    for name, step in records.items():
        figure(f"step {name}", "min", round(step["seconds"] / 60, 2))
    return round(max(step["peakMemory"] for step in records.values()))


def adaptation_gain(corpus, path):
    """Strict F1 on dev from the adapted encoder (ours) and from the published one (peer), and the paired difference."""
    f1s = {}
    for cell in load(path)["cells"]:
        f1s.setdefault("none" if cell["factor"] else "adapted", {})[cell["seed"]] = 100 * cell["result"]["devF1"]
    seeds = sorted(set(f1s["adapted"]) & set(f1s["none"]))
    adapted, plain = ([f1s[name][seed] for seed in seeds] for name in ("adapted", "none"))
    figure(
        f"strict F1 with and without adaptation, {corpus}", "%", round(statistics.mean(adapted), 2),
        round(statistics.mean(plain), 2), f"{corpus}-dev", len(seeds))
    gains = [ours - theirs for ours, theirs in zip(adapted, plain)]
    quantile = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776}.get(len(gains), 2.776)
    margin = quantile * statistics.stdev(gains) / len(gains) ** 0.5 if len(gains) > 1 else None
    figure(
        f"gain by adaptation, {corpus}", "points", round(statistics.mean(gains), 2), None, f"{corpus}-dev", len(gains))
    if margin is not None:
        figure(f"its 95 % interval, to either side, {corpus}", "points", round(margin, 2), None, f"{corpus}-dev", len(gains))


def ner(name, *runs):
    """Means over the runs of one experiment with several seeds."""
    for split in ("dev", "test"):
        scores = [f1(load(f"{run}/evaluation.json")[split]) for run in runs]
        figure(f"strict F1, {name}, mean", "%", round(statistics.mean(scores), 2), split=split, runs=len(runs))
        figure(f"strict F1, {name}, lowest", "%", min(scores), split=split, runs=len(runs))
    reports = [load(f"{run}/tagger/calibration.json") for run in runs]
    for key, what in (("after", "calibrated, cross-fitted"), ("before", "as they come")):
        errors = [report[key]["expectedCalibrationError"] for report in reports]
        figure(
            f"expected calibration error, {name}, {what}", "", round(statistics.mean(errors), 4), split="dev",
            runs=len(runs))


def quickstart():
    run = "runs/quickstart"
    for split in ("dev", "test"):
        figure("strict F1, gold only", "%", f1(load(f"{run}-gold/evaluation.json")[split]), split=split)
        figure("strict F1, silver then gold", "%", f1(load(f"{run}/evaluation.json")[split]), split=split)
    labeling = load(f"{run}/silver/labeling.json")
    figure("strict F1 of the silver labels", "%", f1(labeling["trainEvaluation"]), split="train")
    adaptation(run)
    training = load(f"{run}/tagger/training.json")
    figure("fine-tuning", "pieces/s", round(training["pieces"] / training["seconds"]))
    figure("peak memory", "MB", steps(run))


def meddocan(path, peer_path):
    peer = load(peer_path)
    figure("strict F1 of tagged XML", "%", f1(load(path)), peer["dev"]["f1"], "dev")
    against(peer, load("runs/meddocan/tagger/training.json"), steps("runs/meddocan"))


def fuzz(name, executions, folder):
    """Executions of the fuzzer of one format and the inputs that it found something with."""
    findings = [name for name in os.listdir(folder) if not name.startswith(".")]
    figure(f"fuzz, {name}", "executions", int(executions), split=f"{len(findings)} findings")


def fuzz_total(path):
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    findings = sum(int(line["split"].split()[0]) for line in lines)
    figure("fuzz, all formats", "executions", sum(line["ours"] for line in lines), split=f"{findings} findings")


def rounds(name, unit, split, path):
    """Medians of alternating rounds: a file of lines `ours VALUE` and `peer VALUE`."""
    values = {"ours": [], "peer": []}
    with open(path, encoding="utf-8") as file:
        for line in file:
            who, value = line.split()
            values[who].append(float(value))
    ours, peer = (statistics.median(values[who]) for who in ("ours", "peer"))
    figure(name, unit, round(ours, 4), round(peer, 4), split, len(values["ours"]))


def training_lines(path):
    """The lines of alternating training runs, ours and the peer's."""
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    return ([line for line in lines if line["who"] == who] for who in ("ours", "peer"))


def training_rounds(name, split, path):
    """Medians of the speed of alternating training runs."""
    ours, peer = training_lines(path)
    median = lambda lines, key: statistics.median(line[key] for line in lines)
    speeds = (median(lines, "pieces_per_second") for lines in (ours, peer))
    figure(name, "pieces/s", *speeds, split, len(ours))


def training_memory(name, split, path):
    """Medians of the most memory of alternating training runs."""
    ours, peer = training_lines(path)
    values = (statistics.median(line["peak_mb"] for line in lines) for lines in (ours, peer))
    figure(name, "MB", *values, split, len(ours))


def latency(name, split, path):
    """Medians of the median and of the 99th percentile of the time a sentence takes."""
    ours, peer = training_lines(path)
    for key in ("p50", "p99"):
        values = (statistics.median(line[f"{key}_ms"] for line in lines) for lines in (ours, peer))
        figure(f"{name}, {key}", "ms", *(round(value, 2) for value in values), split, len(ours))


def tagging_precision(path):
    """One trained tagger's F1 in both precisions; float32 stands where a peer would."""
    line = load(path)
    figure(
        "F1 of a tagger in bfloat16 against float32", "%", round(line["devel_f1_bfloat16"], 2),
        round(line["devel_f1_float32"], 2), "ncbi-devel")


def finetune_f1(path):
    """Means over the seeds, each with the least and the greatest."""
    ours, peer = training_lines(path)
    for split in ("devel", "test"):
        mine = [line[f"{split}_f1_float32"] for line in ours]
        theirs = [line[f"{split}_f1"] for line in peer]
        name = f"F1 of a linear head, {min(mine):.1f} to {max(mine):.1f} against {min(theirs):.1f} to {max(theirs):.1f}"
        figure(
            name, "%", round(statistics.mean(mine), 2), round(statistics.mean(theirs), 2), f"ncbi-{split}", len(mine))


def crf_speed(path):
    """Medians of alternating rounds; both must have computed the same thing."""
    ours, peer = training_lines(path)
    for key in ("log_likelihood", "emissions", "transitions"):
        mine, theirs = ours[0][key], peer[0][key]
        if abs(mine - theirs) > 1e-4 * abs(theirs):
            sys.exit(f"bench: {key} differs: {mine} and {theirs}")
    times = (round(statistics.median(line["ms"] for line in lines), 4) for lines in (ours, peer))
    figure("CRF forward and backward, 32 sequences of 128 steps, 9 tags, two threads", "ms", *times, None, len(ours))


def feature_crf(path):
    """Medians of alternating rounds on the same features, and the scores, which no round changes."""
    ours, peer = training_lines(path)
    times = (round(statistics.median(line["seconds"] for line in lines), 3) for lines in (ours, peer))
    figure("training a feature CRF, 100 iterations", "s", *times, "ncbi-train", len(ours))
    for split in ("devel", "test"):
        figure("strict F1, feature CRF", "%", *(lines[0][split] for lines in (ours, peer)), f"ncbi-{split}", len(ours))


def parity(name, count, different):
    """How many of so many lines differ; there should be none."""
    figure(f"{name}, of {int(count):,}", "different", int(different), 0)


def checkpoint_parity(name, path):
    for what, value in load(path).items():
        figure(f"largest difference of {what}, {name}", "relative", float(f"{value:.1e}"), 0)


def stream_memory(path):
    """Peak memory of streaming through corpora of growing size: a file of lines `KIND MEGABYTES PEAK`."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            kind, size, peak = line.split()
            figure("peak memory of streaming", "MB", float(peak), split=f"{size} MB, {kind}")


def label_model(path):
    """Our models on staged weak labels, beside the better of two peers."""
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    for split in ("valid", "test"):
        peers = {line["peer"]: line["f1"] for line in lines if line["split"] == split and "peer" in line}
        for name, score in sorted(peers.items()):
            figure(f"strict F1, {name}", "%", None, score, split)
        for line in lines:
            if line["split"] != split or "peer" in line:
                continue
            added = [name for name in ("closure", "consistency") if line[name]]
            model = " with ".join([line["model"], " and ".join(added)] if added else [line["model"]])
            figure(f"strict F1, {model}", "%", line["f1"], max(peers.values()), split)
            if line["model"] == "hmm" and len(added) == 2:
                for key in sorted(key for key in line if key.startswith("recall of")):
                    figure(f"{key}, {model}", "%", line[key], split=split)


def labelling_memory(run):
    """The peak memory of the label step, by the number of notes it labeled."""
    notes = load(f"{run}/silver/labeling.json")["documents"]
    figure("peak memory of labeling", "MB", round(load(f"{run}/manifest.json")["steps"]["label"]["peakMemory"]), split=f"{notes} notes")


def lexicon_only(path):
    """Silver labels of lexicons and rules alone against gold, for each split a type, and the recall of kinds of mentions."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            split, scores = line.split(" ", 1)
            scores = json.loads(scores)
            figure("strict F1, silver", "%", scores["f1"], split=split)
            for key, value in scores.items():
                if isinstance(value, dict):
                    figure(f"strict F1, silver, {key}", "%", value["f1"], split=split)
                elif key.startswith("recall of"):
                    figure(f"{key}, silver", "%", value, split=split)


def lexicon_million(path):
    """Medians of the rounds: lines of a measurement's name and what it printed."""
    rounds = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, *values = line.split()
            rounds.setdefault(name, []).append([float(value) for value in values])
    medians = {name: [statistics.median(column) for column in zip(*lines)] for name, lines in rounds.items()}
    runs = {name: len(lines) for name, lines in rounds.items()}
    terms, split = medians["build"][1], "made from disease-ontology and rxnorm"
    figure("build of a lexicon of a million terms, one core", "s", round(medians["build"][0], 2), None, split, runs["build"])
    figure("file of a lexicon", "bytes/term", round(medians["build"][2] / terms, 1), None, split)
    figure("load of a lexicon of a million terms", "ms", round(medians["load"][0], 2), None, split, runs["load"])
    figure("memory of a loaded lexicon after matching", "bytes/term", round(medians["load"][1] / terms, 1), None, split)
    notes = "aci-bench, mts-dialog, maccrobat"
    for name, what in [("exact", "exact and inflection"), ("edit", "with one edit"), ("variants", "all variants")]:
        title = f"raw text to matches of a million terms, one core, {what}"
        figure(title, "MB/s", round(medians[name][0], 2), None, notes, runs[name])


commands = {
    "quickstart": quickstart,
    "maccrobat": maccrobat,
    "meddocan": meddocan,
    "fuzz": fuzz,
    "fuzz-total": fuzz_total,
    "rounds": rounds,
    "stream-memory": stream_memory,
    "lexicon-million": lexicon_million,
    "label-model": label_model,
    "lexicon-only": lexicon_only,
    "labelling-memory": labelling_memory,
    "training-rounds": training_rounds,
    "training-memory": training_memory,
    "latency": latency,
    "finetune-f1": finetune_f1,
    "adaptation-gain": adaptation_gain,
    "ner": ner,
    "crf-speed": crf_speed,
    "feature-crf": feature_crf,
    "parity": parity,
    "checkpoint-parity": checkpoint_parity,
    "tagging-precision": tagging_precision,
}
commands[sys.argv[1]](*sys.argv[2:])
