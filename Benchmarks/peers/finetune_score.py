"""Hugging Face's linear head on a token-per-line corpus as their example scripts train it: strict F1 on dev and test.

usage: finetune_score.py MODEL CONLL_FOLDER [key=value...]    epochs, batch, rate, precision, seed

Padding to the longest of a batch, AdamW without decay, gradients clipped to 1, a rate that falls to 0. Prints one line
of JSON; F1 is seqeval's.
"""

import contextlib
import json
import random
import sys
import time

import conll
import torch
from seqeval.metrics import f1_score
from transformers import AutoTokenizer, BertForTokenClassification, get_linear_schedule_with_warmup

folder, path = sys.argv[1:3]
options = dict(word.split("=", 1) for word in sys.argv[3:])
epochs, size = int(options.get("epochs", 3)), int(options.get("batch", 16))
seed = int(options.get("seed", 1))
bfloat16 = options.get("precision", "float32") == "bfloat16"
random.seed(seed)
torch.manual_seed(seed)
torch.set_num_threads(2)
tokenizer = AutoTokenizer.from_pretrained(folder)


def precision():
    return torch.autocast("cpu", dtype=torch.bfloat16) if bfloat16 else contextlib.nullcontext()


sets = {name: conll.sentences(f"{path}/{name}.tsv") for name in ("train", "devel", "test")}
labels = sorted({tag for _, tags in sets["train"] for tag in tags})


def encoded(examples):
    encoding = tokenizer([words for words, _ in examples], is_split_into_words=True, truncation=True, max_length=256)
    rows = []
    for number, (_, tags) in enumerate(examples):
        row, last = [], None
        for word in encoding.word_ids(number):
            row.append(-100 if word is None or word == last else labels.index(tags[word]))
            last = word
        rows.append((encoding["input_ids"][number], row))
    return rows


def padded(rows):
    longest = max(len(ids) for ids, _ in rows)
    fill = lambda values, with_what: torch.tensor([v + [with_what] * (longest - len(v)) for v in values])
    ids = fill([ids for ids, _ in rows], 0)
    mask = fill([[1] * len(ids) for ids, _ in rows], 0)
    return ids, mask, fill([row for _, row in rows], -100)


def f1(rows):
    network.eval()
    gold, predicted = [], []
    with torch.no_grad():
        for first in range(0, len(rows), 32):
            ids, mask, tags = padded(rows[first:first + 32])
            with precision():
                guesses = network(input_ids=ids, attention_mask=mask).logits.argmax(-1)
            for guess, tag in zip(guesses, tags):
                kept = tag != -100
                gold.append([labels[value] for value in tag[kept]])
                predicted.append([labels[value] for value in guess[kept]])
    network.train()
    return 100 * f1_score(gold, predicted)


rows = {name: encoded(examples) for name, examples in sets.items()}
network = BertForTokenClassification.from_pretrained(folder, num_labels=len(labels))
optimizer = torch.optim.AdamW(network.parameters(), lr=float(options.get("rate", 5e-5)), weight_decay=0)
steps = epochs * -(-len(rows["train"]) // size)
schedule = get_linear_schedule_with_warmup(optimizer, 0, steps)
network.train()
pieces, start = 0, time.time()
for _ in range(epochs):
    random.shuffle(rows["train"])
    for first in range(0, len(rows["train"]), size):
        ids, mask, tags = padded(rows["train"][first:first + size])
        with precision():
            loss = network(input_ids=ids, attention_mask=mask, labels=tags).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        pieces += int(mask.sum())
seconds = time.time() - start
print(json.dumps({
    "seed": seed, "epochs": epochs, "pieces_per_second": round(pieces / seconds), "precision": options.get("precision"),
    "devel_f1": f1(rows["devel"]), "test_f1": f1(rows["test"])}))
