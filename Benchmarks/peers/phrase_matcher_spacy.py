"""spaCy's blank English tokenizer and its PhraseMatcher on lower case over notes; prints MB/s and matches.

usage: phrase_matcher_spacy.py NOTES.jsonl TERMS.tsv [COUNT]

The notes and the terms (the first column, the first COUNT lines below the header) are in memory before the clock starts; the
figure is the median of at least three passes and two seconds.
"""

import json
import statistics
import sys
import time

import spacy
from spacy.matcher import PhraseMatcher

with open(sys.argv[1], encoding="utf-8") as file:
    texts = [json.loads(line)["text"] for line in file]
with open(sys.argv[2], encoding="utf-8") as file:
    next(file)
    terms = [line.split("\t", 1)[0].rstrip("\n") for line in file if not line.startswith("#")]
if len(sys.argv) > 3:
    terms = terms[: int(sys.argv[3])]
size = sum(len(text.encode()) for text in texts)
nlp = spacy.blank("en")
nlp.max_length = max(map(len, texts)) + 1
matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
start = time.perf_counter()
for begin in range(0, len(terms), 10000):
    matcher.add("TERM", list(nlp.tokenizer.pipe(terms[begin : begin + 10000])))
built = time.perf_counter() - start


def run():
    return sum(len(matcher(doc)) for doc in nlp.pipe(texts))


run()
seconds = []
begin = time.perf_counter()
while len(seconds) < 3 or time.perf_counter() - begin < 2:
    start = time.perf_counter()
    matches = run()
    seconds.append(time.perf_counter() - start)
print(size / 1e6 / statistics.median(seconds), matches, f"{built:.1f}")
