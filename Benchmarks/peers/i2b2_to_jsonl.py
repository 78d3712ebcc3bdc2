"""Writes a folder of i2b2-2014-style XML as JSON Lines documents for the peers.

usage: i2b2_to_jsonl.py FOLDER OUT.jsonl

The types are the TYPE attributes; offsets stay code points.
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def main():
    folder, out = sys.argv[1:]
    with open(out, "w", encoding="utf-8") as file:
        for path in sorted(pathlib.Path(folder).glob("*.xml")):
            root = ElementTree.parse(path).getroot()
            entities = [
                {"type": tag.get("TYPE"), "spans": [[int(tag.get("start")), int(tag.get("end"))]]}
                for tag in root.find("TAGS")
            ]
            document = {"id": path.stem, "text": root.findtext("TEXT"), "entities": entities}
            file.write(json.dumps(document, ensure_ascii=False) + "\n")


main()
