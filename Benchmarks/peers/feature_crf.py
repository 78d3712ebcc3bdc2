"""A feature-based CRF with CRFsuite, and the scores of anybody's tags.

usage: feature_crf.py train FEATURES OUTPUT ITERATIONS
       feature_crf.py score FEATURES OUTPUT

`train` learns from FEATURES/train.tsv (a word a line: its tag and its features with tabs between them) with both penalties at
0.1 by L-BFGS, writes the tags it finds in the devel and test files to OUTPUT, and prints one line of JSON. `score` prints the
strict F1 of both files of tags in OUTPUT.
"""

import json
import os
import sys
import time


def sentences(path):
    """Pairs of lists of features and tags."""
    features, tags = [], []
    with open(path, encoding="utf-8", newline="\n") as file:
        for line in file:
            line = line[:-1]
            if line:
                tag, *own = line.split("\t")
                tags.append(tag)
                features.append(own)
            elif tags:
                yield features, tags
                features, tags = [], []


def train(folder, output, iterations):
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.1, "c2": 0.1, "max_iterations": int(iterations)})
    for features, tags in sentences(f"{folder}/train.tsv"):
        trainer.append(features, tags)
    os.makedirs(output, exist_ok=True)
    start = time.perf_counter()
    trainer.train(f"{output}/model.crfsuite")
    seconds = time.perf_counter() - start
    tagger = pycrfsuite.Tagger()
    tagger.open(f"{output}/model.crfsuite")
    for split in ("devel", "test"):
        with open(f"{output}/{split}.tags", "w") as file:
            for features, _ in sentences(f"{folder}/{split}.tsv"):
                file.write("".join(f"{tag}\n" for tag in tagger.tag(features)) + "\n")
    last = trainer.logparser.last_iteration or {}
    print(json.dumps({"seconds": seconds, "loss": last.get("loss"), "iterations": last.get("num")}))


def score(folder, output):
    from seqeval.metrics import f1_score
    from seqeval.scheme import IOB2

    scores = {}
    for split in ("devel", "test"):
        gold = [tags for _, tags in sentences(f"{folder}/{split}.tsv")]
        with open(f"{output}/{split}.tags") as file:
            found = [block.split("\n") for block in file.read().strip("\n").split("\n\n")]
        scores[split] = round(100 * f1_score(gold, found, mode="strict", scheme=IOB2), 2)
    print(json.dumps(scores))


{"train": train, "score": score}[sys.argv[1]](*sys.argv[2:])
