"""Training steps of Hugging Face's models on two threads, as their example scripts take them.

usage: training_speed.py finetune MODEL CONLL_FOLDER [key=value...]    steps, batch, precision, seed
       training_speed.py pretrain MODEL NOTES.txt [key=value...]       steps, batch, length, precision, seed

finetune: run_ner's defaults (padding to the longest of a batch, AdamW without decay, gradients clipped to 1, linear
decay). pretrain: run_mlm's collator (15 % of pieces, 80/10/10) on full windows. Prints one line of JSON; speed is in
pieces that are no padding, and the first two steps are not counted.
"""

import contextlib
import json
import random
import resource
import sys
import time

import conll
import torch
from transformers import (
    AutoTokenizer, BertForMaskedLM, BertForTokenClassification, DataCollatorForLanguageModeling,
    get_linear_schedule_with_warmup,
)

kind, folder, path = sys.argv[1:4]
options = dict(word.split("=", 1) for word in sys.argv[4:])
steps_wanted = int(options.get("steps", 60))
size = int(options.get("batch", 16))
seed = int(options.get("seed", 1))
bfloat16 = options.get("precision", "float32") == "bfloat16"
random.seed(seed)
torch.manual_seed(seed)
torch.set_num_threads(int(options.get("threads", 2)))
tokenizer = AutoTokenizer.from_pretrained(folder)


def precision():
    return torch.autocast("cpu", dtype=torch.bfloat16) if bfloat16 else contextlib.nullcontext()


def report(pieces, seconds, steps, loss):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({
        "pieces_per_second": round(pieces / seconds), "seconds": seconds, "steps": steps, "loss": loss,
        "peak_mb": peak}))


def train(model, batches, optimizer, schedule=None):
    pieces, loss, steps = 0, 0.0, 0
    start = time.perf_counter()
    for number, (inputs, count) in enumerate(batches):
        if number == 2:
            pieces, loss, steps, start = 0, 0.0, 0, time.perf_counter()
        with precision():
            value = model(**inputs).loss
        optimizer.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if schedule:
            schedule.step()
        pieces, loss, steps = pieces + count, loss + value.item(), steps + 1
        if number == steps_wanted + 1:
            break
    return pieces, time.perf_counter() - start, steps, loss / max(1, steps)


def finetune():
    labels = sorted({tag for _, tags in conll.sentences(f"{path}/train.tsv") for tag in tags})
    numbers = {label: number for number, label in enumerate(labels)}
    model = BertForTokenClassification.from_pretrained(folder, num_labels=len(labels))

    def encoded():
        rows = conll.sentences(f"{path}/train.tsv")
        encoding = tokenizer([words for words, _ in rows], is_split_into_words=True, truncation=True, max_length=256)
        result = []
        for index, (_, tags) in enumerate(rows):
            previous, targets = None, []
            for word in encoding.word_ids(index):
                targets.append(-100 if word is None or word == previous else numbers[tags[word]])
                previous = word
            result.append((encoding["input_ids"][index], targets))
        return result

    def batch(rows):
        longest = max(len(ids) for ids, _ in rows)
        pad = lambda values, filler: torch.tensor([v + [filler] * (longest - len(v)) for v in values])
        mask = pad([[1] * len(ids) for ids, _ in rows], 0)
        inputs = {"input_ids": pad([i for i, _ in rows], 0), "attention_mask": mask,
                  "labels": pad([t for _, t in rows], -100)}
        return inputs, int(mask.sum())

    data = encoded()
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-5, weight_decay=0.0)
    schedule = get_linear_schedule_with_warmup(optimizer, 0, 3 * ((len(data) + size - 1) // size))
    random.shuffle(data)
    batches = (batch(data[first:first + size]) for first in range(0, len(data), size))

    model.train()
    report(*train(model, batches, optimizer, schedule))


def pretrain():
    length = int(options.get("length", 128))
    with open(path, encoding="utf-8") as file:
        ids = tokenizer(file.read(), add_special_tokens=False, truncation=False)["input_ids"]
    windows = [
        [tokenizer.cls_token_id, *ids[first:first + length - 2], tokenizer.sep_token_id]
        for first in range(0, len(ids) - length + 2, length - 2)
    ]
    random.shuffle(windows)
    model = BertForMaskedLM.from_pretrained(folder)
    collator = DataCollatorForLanguageModeling(tokenizer=tokenizer, mlm_probability=0.15)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=0.01)

    def batches():
        for first in range(0, len(windows) - size + 1, size):
            inputs = collator([{"input_ids": window} for window in windows[first:first + size]])
            yield dict(inputs), size * length

    model.train()
    report(*train(model, batches(), optimizer))


{"finetune": finetune, "pretrain": pretrain}[kind]()
