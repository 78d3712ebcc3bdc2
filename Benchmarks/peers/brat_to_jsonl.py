"""Writes one split of a brat folder as JSON Lines documents for the peers.

usage: brat_to_jsonl.py FOLDER SPLIT.tsv SPLIT TYPES OUT.jsonl

TYPES is a comma-separated list of `type` or `type=new name`; other types are left out. Offsets stay code points.
"""

import json
import pathlib
import sys


def main():
    folder, split_file, split, types, out = sys.argv[1:]
    names = dict((pair.split("=") * 2)[:2] for pair in types.split(","))
    lines = pathlib.Path(split_file).read_text(encoding="utf-8").splitlines()[1:]
    members = sorted(line.split("\t")[0] for line in lines if line.split("\t")[1] == split)
    with open(out, "w", encoding="utf-8") as file:
        for member in members:
            text = pathlib.Path(folder, f"{member}.txt").read_text(encoding="utf-8")
            entities = []
            for line in pathlib.Path(folder, f"{member}.ann").read_text(encoding="utf-8").splitlines():
                if not line.startswith("T"):
                    continue
                kind, spans = line.split("\t")[1].split(" ", 1)
                if kind in names:
                    pairs = [[int(offset) for offset in span.split()] for span in spans.split(";")]
                    entities.append({"type": names[kind], "spans": pairs})
            file.write(json.dumps({"id": member, "text": text, "entities": entities}, ensure_ascii=False) + "\n")


main()
