"""spaCy's blank English tokenizer and its rule sentencizer over notes; prints MB/s, sentences and tokens.

usage: text_processing_spacy.py NOTES.jsonl

The notes are in memory before the clock starts; the figure is the median of at least three passes and two seconds.
"""

import json
import statistics
import sys
import time

import spacy

with open(sys.argv[1], encoding="utf-8") as file:
    texts = [json.loads(line)["text"] for line in file]
size = sum(len(text.encode()) for text in texts)
nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
nlp.max_length = max(map(len, texts)) + 1


def run():
    sentences = tokens = 0
    for doc in nlp.pipe(texts):
        sentences += sum(1 for _ in doc.sents)
        tokens += len(doc)
    return sentences, tokens


run()
seconds = []
begin = time.perf_counter()
while len(seconds) < 3 or time.perf_counter() - begin < 2:
    start = time.perf_counter()
    counts = run()
    seconds.append(time.perf_counter() - start)
print(size / 1e6 / statistics.median(seconds), *counts)
