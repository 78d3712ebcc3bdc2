"""medspaCy's default pipeline (tokenizer, PyRuSH, target matcher, ConText) over notes; prints MB/s, tokens/s and tokens.

usage: label_medspacy.py NOTES.jsonl [BYTES]

The notes, up to BYTES of them, are in memory before the clock starts; the figure is the median of at least three passes and two
seconds.
"""

import json
import logging
import statistics
import sys
import time
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
import medspacy

with open(sys.argv[1], encoding="utf-8") as file:
    texts = [json.loads(line)["text"] for line in file]
if len(sys.argv) > 2:
    limit = int(sys.argv[2])
    # Every n-th note, so that each source has its part.
    step = max(1, sum(len(text.encode()) for text in texts) // limit)
    texts = texts[::step]
size = sum(len(text.encode()) for text in texts)
nlp = medspacy.load()


def run():
    return sum(len(doc) for doc in nlp.pipe(texts))


run()
seconds = []
begin = time.perf_counter()
while len(seconds) < 3 or time.perf_counter() - begin < 2:
    start = time.perf_counter()
    tokens = run()
    seconds.append(time.perf_counter() - start)
median = statistics.median(seconds)
print(size / 1e6 / median, round(tokens / median), tokens)
