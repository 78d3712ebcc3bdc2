"""Makes a corpus of notes of some size: a folder of text files, a JSON Lines file or a CSV table.

usage: make_corpus.py files|jsonl|csv MEGABYTES PATH
"""

import json
import os
import random
import sys

kind, size, path = sys.argv[1], int(sys.argv[2]) * 1_000_000, sys.argv[3]
words = "patient seen today with pain in the left knee, took aspirin 5mg q6h; température 38.2 °C.\n".split(" ")
chooser = random.Random(20)
# Notes of one to eight thousand bytes, a thousand different ones, again and again.
notes = [" ".join(chooser.choices(words, k=chooser.randint(150, 1200))) for _ in range(1000)]


def bodies():
    written = number = 0
    while written < size:
        body = notes[number % len(notes)]
        yield number, body
        written += len(body.encode())
        number += 1


if kind == "files":
    os.makedirs(path)
    for number, body in bodies():
        with open(f"{path}/note-{number:07}.txt", "w", encoding="utf-8") as file:
            file.write(body)
else:
    with open(path, "w", encoding="utf-8", newline="") as file:
        if kind == "csv":
            file.write("id,text\n")
        for number, body in bodies():
            if kind == "csv":
                file.write(f'note-{number:07},"{body}"\n')
            else:
                file.write(json.dumps({"id": f"note-{number:07}", "text": body}, ensure_ascii=False) + "\n")
