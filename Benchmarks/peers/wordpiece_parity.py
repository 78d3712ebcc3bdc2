"""Pieces and offsets of Hugging Face's tokenizers for random strings and for the lines of files.

usage: wordpiece_parity.py strings COUNT SEED > STRINGS     random Unicode strings, one a line
       wordpiece_parity.py lines FOLDER > LINES             every line of every text below a folder, gzip too
       wordpiece_parity.py digests MODEL LINES > DIGESTS    one digest a line

A digest is FNV-1a over the ids and the offsets in code points.
"""

import gzip
import os
import random
import sys

# Blocks that a tokenizer treats in ways of their own, drawn as often as all of Unicode.
BLOCKS = [
    (0x20, 0x7E), (0x20, 0x7E), (0x20, 0x7E), (0xA0, 0x17F), (0x300, 0x36F), (0x370, 0x5FF), (0x900, 0x97F),
    (0x1100, 0x11FF), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x2BFF), (0x3000, 0x30FF), (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3), (0xFB00, 0xFDFF), (0xFE00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F300, 0x1FAFF), (0x20000, 0x2FA1F),
    (0xE0000, 0xE01EF), (0x1, 0x1F), (0x1, 0x10FFFF),
]


def strings(count, seed):
    draw = random.Random(seed)
    for _ in range(count):
        text = []
        blocks = draw.choices(BLOCKS, k=draw.randint(1, 3))
        for _ in range(draw.randint(1, 24)):
            point = draw.randint(*draw.choice(blocks))
            # Line feeds part the strings; surrogates are no characters.
            if point != 0x0A and point != 0x0D and not 0xD800 <= point <= 0xDFFF:
                text.append(chr(point))
        sys.stdout.write("".join(text) + "\n")


def lines(folder):
    for path, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            file = os.path.join(path, name)
            with gzip.open(file) if name.endswith(".gz") else open(file, "rb") as data:
                content = data.read()
            try:
                text = content.decode("utf-8")
            except UnicodeDecodeError:
                continue
            for line in text.replace("\r", "\n").split("\n"):
                sys.stdout.write(line + "\n")


def digests(model, path):
    os.environ["TOKENIZERS_PARALLELISM"] = "true"
    from tokenizers import BertWordPieceTokenizer

    tokenizer = BertWordPieceTokenizer(f"{model}/vocab.txt", lowercase=True)
    with open(path, encoding="utf-8", newline="\n") as file:
        texts = file.read().split("\n")[:-1]
    for first in range(0, len(texts), 10_000):
        for encoding in tokenizer.encode_batch(texts[first:first + 10_000], add_special_tokens=False):
            digest = 0xCBF29CE484222325
            for number, (start, end) in zip(encoding.ids, encoding.offsets):
                for value in (number, start, end):
                    digest = (digest ^ value) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
            print(f"{digest:016x}")


sys.stdout.reconfigure(encoding="utf-8", newline="\n")
{"strings": lambda: strings(int(sys.argv[2]), int(sys.argv[3])), "lines": lambda: lines(sys.argv[2]),
 "digests": lambda: digests(*sys.argv[2:4])}[sys.argv[1]]()
