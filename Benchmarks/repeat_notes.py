"""Writes the documents of a JSON Lines file a number of times, each with an id of its own.

usage: repeat_notes.py NOTES.jsonl TIMES OUTPUT.jsonl
"""

import json
import sys

path, times, output = sys.argv[1], int(sys.argv[2]), sys.argv[3]
with open(path, encoding="utf-8") as file:
    notes = [json.loads(line) for line in file]
with open(output, "w", encoding="utf-8") as file:
    for number in range(times):
        for note in notes:
            file.write(json.dumps({"id": f"{note['id']}-{number}", "text": note["text"]}, ensure_ascii=False) + "\n")
