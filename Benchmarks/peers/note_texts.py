"""Prints the notes and dialogues of aci-bench and mts-dialog and the texts of MACCROBAT as JSON Lines of id and text.

usage: note_texts.py DATA_FOLDER
"""

import csv
import gzip
import json
import pathlib
import sys

data = pathlib.Path(sys.argv[1])
csv.field_size_limit(1 << 30)


def put(name, text):
    if text:
        print(json.dumps({"id": name, "text": text}, ensure_ascii=False))


def table(path, columns):
    opened = gzip.open(path, "rt", encoding="utf-8-sig", newline="") if path.suffix == ".gz" else None
    with opened or open(path, encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            for column in columns:
                put(f"{path.stem}-{number}-{column}", row[column])


sys.stdout.reconfigure(encoding="utf-8")
for path in sorted((data / "aci-bench").glob("*.csv.gz")):
    table(path, ["note", "dialogue"])
for path in sorted((data / "mts-dialog").glob("*.csv*")):
    table(path, ["section_text", "dialogue"])
for path in sorted((data / "maccrobat2020" / "brat").glob("*.txt")):
    put(path.stem, path.read_bytes().decode())
