"""skweak's hidden Markov model on the weak labels of others; prints a JSON line with strict F1 of mentions.

usage: label_model_skweak.py FOLDER SPLIT

The recommended functions, as spans of spaCy documents made of the staged tokens; defaults of skweak. It learns from the
votes on the train split and on the scored one, as ours does.
"""

import contextlib
import gzip
import json
import sys

import numpy
import spacy
from skweak.generative import HMM
from spacy.tokens import Doc, Span

folder, split = sys.argv[1:]
numpy.random.seed(20)
with open(f"{folder}/meta.json", encoding="utf-8") as file:
    meta = json.load(file)
functions = {name: meta["lf"].index(name) for name in meta["lf_rec"]}
vocabulary = spacy.blank("en").vocab


def read(name):
    with gzip.open(f"{folder}/{name}.json.gz", "rt", encoding="utf-8") as file:
        return list(json.load(file).values())


def document(record):
    doc = Doc(vocabulary, words=record["data"]["text"])
    for name, place in functions.items():
        doc.spans[name] = [Span(doc, start, end, label) for start, end, label in record["weak_labels"][place]]
    return doc


scored = read(split)
documents = [document(record) for record in read("train") + scored]
with contextlib.redirect_stdout(sys.stderr):
    model = HMM("hmm", meta["entity_types"])
    model.fit(documents)
found = predicted = gold = 0
for record, doc in zip(scored, documents[-len(scored) :]):
    mentions = {(span.start, span.end, span.label_) for span in model(doc).spans["hmm"]}
    true = {tuple(mention) for mention in record["label"]}
    found, predicted, gold = found + len(mentions & true), predicted + len(mentions), gold + len(true)
print(json.dumps({"f1": round(200 * found / (predicted + gold), 2)}))
