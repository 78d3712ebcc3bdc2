"""Fine-tunes Hugging Face's BertForTokenClassification on JSON Lines documents and scores character spans.

What a user would run instead: the settings of transformers' run_ner example (AdamW without decay, linear decay of the
learning rate without warm-up, gradients clipped at norm 1, label on a word's first piece, the last epoch's model).

usage: hf_ner.py MODEL_FOLDER TRAIN.jsonl DEV.jsonl [--test TEST.jsonl] [--epochs 3] [--lr 5e-5] [--batch 16] [--bf16]
                 [--window 256] [--threads 2] [--types A,B] [--limit N] [--seed 1]

A document is {"id", "text", "entities": [{"type", "spans": [[start, end], ...]}]}, offsets in code points. Progress goes
to standard error; standard output gets one JSON line with strict micro precision, recall and F1 (an entity counts when
its type and all its spans agree), minutes, pieces a second (real pieces, no padding) and peak memory.
"""

import argparse
import contextlib
import json
import os
import random
import re
import resource
import sys
import time
from dataclasses import dataclass

os.environ["HF_HUB_OFFLINE"] = "1"

import tokenizers
import torch
import transformers

WORD = re.compile(r"\w+|[^\w\s]")
IGNORED = -100  # what cross_entropy leaves out


@dataclass
class Window:
    """A run of words of one document that fits the model."""

    document: int
    words: list  # (start, end) in code points
    ids: list  # pieces with [CLS] and [SEP]
    first: list  # index in ids of each word's first piece
    tags: list  # tag of each word


def read_documents(path, types, limit):
    documents = []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                document = json.loads(line)
                entities = {
                    (entity["type"], tuple(tuple(span) for span in entity["spans"]))
                    for entity in document["entities"]
                    if not types or entity["type"] in types
                }
                documents.append((document["text"], entities))
            except (ValueError, KeyError, TypeError) as error:
                sys.exit(f"{path}:{number}: not a document: {type(error).__name__}: {error}")
            if len(documents) == limit:
                break
    return documents


def tag_words(words, entities):
    """BIO tags, and how many entities they cannot say: discontinuous, overlapping, or cut inside a word."""
    tags, lost = ["O"] * len(words), 0
    starts = {start: index for index, (start, _) in enumerate(words)}
    ends = {end: index for index, (_, end) in enumerate(words)}
    # Longer entities first: of two that overlap, the outer one is kept.
    for entity_type, spans in sorted(entities, key=lambda entity: (entity[1][0][0] - entity[1][-1][1], entity)):
        first, last = starts.get(spans[0][0]), ends.get(spans[0][1])
        if len(spans) > 1 or first is None or last is None or any(tag != "O" for tag in tags[first : last + 1]):
            lost += 1
            continue
        tags[first : last + 1] = ["B-" + entity_type] + ["I-" + entity_type] * (last - first)
    return tags, lost


def cut(counts, ends_sentence, room):
    """Where windows of at most `room` pieces begin and end; a cut falls after a sentence's end where one is near."""
    bounds, begin, pieces, sentence = [], 0, 0, None
    index = 0
    while index < len(counts):
        if pieces + counts[index] > room and index > begin:
            end = sentence if sentence is not None and sentence - begin > (index - begin) // 2 else index
            bounds.append((begin, end))
            begin = index = end
            pieces, sentence = 0, None
            continue
        pieces += counts[index]
        index += 1
        if ends_sentence[index - 1]:
            sentence = index
    if begin < len(counts):
        bounds.append((begin, len(counts)))
    return bounds


def make_windows(documents, tokenizer, size):
    windows, lost = [], 0
    special = [tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]")]
    for number, (text, entities) in enumerate(documents):
        spans = [match.span() for match in WORD.finditer(text)]
        encoding = tokenizer.encode([text[a:b] for a, b in spans], is_pretokenized=True, add_special_tokens=False)
        pieces = [[] for _ in spans]
        for piece, word in zip(encoding.ids, encoding.word_ids):
            pieces[word].append(piece)
        kept = [index for index, ids in enumerate(pieces) if ids]
        words, pieces = [spans[index] for index in kept], [pieces[index][: size - 2] for index in kept]
        tags, lost_here = tag_words(words, entities)
        lost += lost_here
        following = [start for start, _ in words[1:]] + [len(text)]
        ends_sentence = [
            text[a:b] in ".!?" or "\n" in text[b:start] for (a, b), start in zip(words, following, strict=True)
        ]
        for begin, end in cut([len(ids) for ids in pieces], ends_sentence, size - 2):
            window = Window(number, words[begin:end], [special[0]], [], tags[begin:end])
            for ids in pieces[begin:end]:
                window.first.append(len(window.ids))
                window.ids.extend(ids)
            window.ids.append(special[1])
            windows.append(window)
    return windows, lost


def collate(windows, tag_ids=None):
    longest = max(len(window.ids) for window in windows)
    ids = torch.zeros(len(windows), longest, dtype=torch.long)
    mask = torch.zeros_like(ids)
    labels = torch.full_like(ids, IGNORED)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        mask[row, : len(window.ids)] = 1
        if tag_ids:
            labels[row, window.first] = torch.tensor([tag_ids[tag] for tag in window.tags])
    return ids, mask, labels


def decode(words, tags):
    """Entities of a BIO sequence; an I- that continues nothing begins one, as in conlleval."""
    entities, open_type, begin, end = set(), None, 0, 0
    for (start, stop), tag in zip([*words, (0, 0)], [*tags, "O"]):
        mark, _, entity_type = tag.partition("-")
        if open_type and (mark != "I" or entity_type != open_type):
            entities.add((open_type, ((begin, end),)))
            open_type = None
        if mark != "O" and open_type is None:
            open_type, begin = entity_type, start
        end = stop
    return entities


def train(model, windows, tag_ids, options, precision):
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.lr, weight_decay=0.0, fused=True)
    steps = options.epochs * -(-len(windows) // options.batch)
    schedule = transformers.get_linear_schedule_with_warmup(optimizer, 0, steps)
    model.train()
    pieces, began = 0, time.perf_counter()
    for epoch in range(options.epochs):
        random.shuffle(windows)
        total, epoch_began = 0.0, time.perf_counter()
        for begin in range(0, len(windows), options.batch):
            ids, mask, labels = collate(windows[begin : begin + options.batch], tag_ids)
            pieces += int(mask.sum())
            optimizer.zero_grad()
            with precision():
                loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * (len(windows[begin : begin + options.batch]) / len(windows))
        print(f"epoch {epoch + 1}: loss {total:.4f}, {time.perf_counter() - epoch_began:.1f} s", file=sys.stderr)
    return pieces, time.perf_counter() - began


def score(model, windows, documents, tags, precision):
    """Strict micro scores over whole documents, and the tagging speed (windows sorted by length, 32 a batch)."""
    predicted = [set() for _ in documents]
    pieces, began = 0, time.perf_counter()
    model.eval()
    ordered = sorted(windows, key=lambda window: len(window.ids))
    with torch.no_grad():
        for begin in range(0, len(ordered), 32):
            batch = ordered[begin : begin + 32]
            ids, mask, _ = collate(batch)
            pieces += int(mask.sum())
            with precision():
                best = model(input_ids=ids, attention_mask=mask).logits.argmax(-1)
            for row, window in enumerate(batch):
                names = [tags[tag] for tag in best[row, window.first].tolist()]
                predicted[window.document] |= decode(window.words, names)
    seconds = time.perf_counter() - began
    gold_count = sum(len(gold) for _, gold in documents)
    predicted_count = sum(len(entities) for entities in predicted)
    correct = sum(len(entities & gold) for entities, (_, gold) in zip(predicted, documents))
    found, right = correct / max(gold_count, 1), correct / max(predicted_count, 1)
    return {
        "precision": round(100 * right, 2),
        "recall": round(100 * found, 2),
        "f1": round(200 * correct / max(gold_count + predicted_count, 1), 2),
        "gold": gold_count,
        "predicted": predicted_count,
        "correct": correct,
        "pieces_per_second": round(pieces / seconds),
    }


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("train")
    parser.add_argument("dev")
    parser.add_argument("--test", help="score this file too")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--lr", type=float, default=5e-5)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--window", type=int, default=256, help="pieces, [CLS] and [SEP] included")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--types", help="only these entity types, separated by commas")
    parser.add_argument("--limit", type=int, help="at most so many documents of each file")
    parser.add_argument("--bf16", action="store_true", help="autocast to bfloat16")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    options = parse_arguments()
    began = time.perf_counter()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    types = set(options.types.split(",")) if options.types else None
    tokenizer = tokenizers.Tokenizer.from_file(f"{options.model}/tokenizer.json")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # "[SEP]" in a note is text

    splits = {"train": options.train, "dev": options.dev}
    if options.test:
        splits["test"] = options.test
    documents, windows = {}, {}
    for split, path in splits.items():
        documents[split] = read_documents(path, types, options.limit)
        windows[split], lost = make_windows(documents[split], tokenizer, options.window)
        print(
            f"{split}: {len(documents[split])} documents, {len(windows[split])} windows, "
            f"{sum(len(window.ids) for window in windows[split])} pieces, {lost} entities that BIO over words cannot say",
            file=sys.stderr,
        )
    tags = ["O"] + sorted({tag for window in windows["train"] for tag in window.tags} - {"O"})
    model = transformers.BertForTokenClassification.from_pretrained(
        options.model, num_labels=len(tags), dtype=torch.float32
    )

    def precision():
        return torch.autocast("cpu", dtype=torch.bfloat16) if options.bf16 else contextlib.nullcontext()

    tag_ids = {tag: number for number, tag in enumerate(tags)}
    pieces, seconds = train(model, windows["train"], tag_ids, options, precision)
    result = {
        "peer": "hf_ner",
        "transformers": transformers.__version__,
        "epochs": options.epochs,
        "lr": options.lr,
        "batch": options.batch,
        "precision": "bf16" if options.bf16 else "fp32",
        "seed": options.seed,
        "train_documents": len(documents["train"]),
        "train_minutes": round(seconds / 60, 3),
        "train_pieces_per_second": round(pieces / seconds),
    }
    for split in splits:
        if split != "train":
            result[split] = score(model, windows[split], documents[split], tags, precision)
    result["minutes"] = round((time.perf_counter() - began) / 60, 3)
    result["peak_rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(result))


main()
