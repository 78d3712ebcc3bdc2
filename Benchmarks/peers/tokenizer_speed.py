"""WordPiece of Hugging Face's tokenizers on one thread over the lines of a text, offsets included.

usage: tokenizer_speed.py MODEL TEXT

Prints one line of JSON: the best of three passes.
"""

import json
import os
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"
from tokenizers import BertWordPieceTokenizer

tokenizer = BertWordPieceTokenizer(f"{sys.argv[1]}/vocab.txt", lowercase=True)
with open(sys.argv[2], encoding="utf-8", newline="\n") as file:
    text = file.read()
lines = [line for line in text.split("\n") if line]
best = float("inf")
for _ in range(3):
    pieces = 0
    start = time.perf_counter()
    for encoding in tokenizer.encode_batch(lines, add_special_tokens=False):
        pieces += len(encoding.ids)
    best = min(best, time.perf_counter() - start)
print(json.dumps({
    "pieces_per_second": round(pieces / best), "pieces": pieces,
    "megabytes_per_second": len(text.encode()) / 1e6 / best}))
