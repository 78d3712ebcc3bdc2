"""Snorkel's label model on the weak labels of others, a row a token; prints a JSON line with strict F1 of mentions.

usage: label_model_snorkel.py FOLDER SPLIT

Rows are tokens on which a function votes, columns the recommended functions, silence is an abstention; the class of a
token is its type, neighbors of one type are one mention, and what nobody votes on is outside. It learns from the votes on the
train split and on the scored one, as ours does.
"""

import gzip
import json
import sys

import numpy
from snorkel.labeling.model import LabelModel

folder, split = sys.argv[1:]
with open(f"{folder}/meta.json", encoding="utf-8") as file:
    meta = json.load(file)
types = meta["entity_types"]
functions = [meta["lf"].index(name) for name in meta["lf_rec"]]


def read(name):
    with gzip.open(f"{folder}/{name}.json.gz", "rt", encoding="utf-8") as file:
        return list(json.load(file).values())


def votes(document):
    rows = numpy.full((len(document["data"]["text"]), len(functions)), -1)
    for column, function in enumerate(functions):
        for start, end, label in document["weak_labels"][function]:
            rows[start:end, column] = types.index(label) + 1
    return rows


scored = read(split)
matrices = [votes(document) for document in read("train") + scored]
rows = numpy.concatenate([matrix[(matrix >= 0).any(1)] for matrix in matrices])
model = LabelModel(cardinality=len(types) + 1, verbose=False)
model.fit(rows, n_epochs=500, seed=20)
found = predicted = gold = 0
for document, matrix in zip(scored, matrices[-len(scored) :]):
    labels = numpy.zeros(len(matrix), int)
    voted = (matrix >= 0).any(1)
    if voted.any():
        labels[voted] = model.predict_proba(matrix[voted])[:, 1:].argmax(1) + 1
    mentions, start = set(), 0
    for end in range(1, len(labels) + 1):
        if end == len(labels) or labels[end] != labels[start]:
            if labels[start]:
                mentions.add((start, end, types[labels[start] - 1]))
            start = end
    true = {tuple(mention) for mention in document["label"]}
    found, predicted, gold = found + len(mentions & true), predicted + len(mentions), gold + len(true)
print(json.dumps({"f1": round(200 * found / (predicted + gold), 2)}))
