"""lxml's own parse of i2b2 XML and the extraction of the text and the tags into tuples; prints MB/s, files and tags.

usage: xml_read_lxml.py FOLDER

The files are in memory before the clock starts; the figure is the median of at least seven passes and two seconds.
"""

import pathlib
import statistics
import sys
import time

from lxml import etree


def read(data):
    root = etree.fromstring(data)
    text = root.findtext("TEXT")
    tags = [
        (
            tag.tag,
            tag.get("id"),
            int(tag.get("start")),
            int(tag.get("end")),
            tag.get("text"),
            tag.get("TYPE"),
            tag.get("comment"),
        )
        for tag in root.find("TAGS")
    ]
    return text, tags


files = [path.read_bytes() for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xml"))]
size = sum(len(data) for data in files)
documents = [read(data) for data in files]
seconds = []
begin = time.perf_counter()
while len(seconds) < 7 or time.perf_counter() - begin < 2:
    start = time.perf_counter()
    documents = [read(data) for data in files]
    seconds.append(time.perf_counter() - start)
print(size / 1e6 / statistics.median(seconds), len(documents), sum(len(tags) for _, tags in documents))
