"""Tagging speed of ONNX Runtime: the encoder with a linear head, in fp32 or with dynamic int8 weights.

usage: tagging_speed.py MODEL CONLL_FILE FOLDER [key=value...]    mode (fp32, int8), batch

Sentences are sorted by length and padded to the longest of their batch. The models are exported to FOLDER once. Prints
one line of JSON; speed is in pieces that are no padding, and the first pass is not counted.
"""

import json
import os
import sys
import time

import conll
import numpy
import onnxruntime

model, path, folder = sys.argv[1:4]
options = dict(word.split("=", 1) for word in sys.argv[4:])
mode = options.get("mode", "fp32")
size = int(options.get("batch", 32))


def exported():
    files = {name: f"{folder}/{name}.onnx" for name in ("fp32", "int8")}
    if all(map(os.path.exists, files.values())):
        return files[mode]
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from transformers import BertForTokenClassification

    os.makedirs(folder, exist_ok=True)
    network = BertForTokenClassification.from_pretrained(model, num_labels=3).eval()
    ones = torch.ones(1, 8, dtype=torch.long)
    axes = {0: "batch", 1: "pieces"}
    torch.onnx.export(
        network, (ones, ones), files["fp32"], input_names=["input_ids", "attention_mask"], output_names=["logits"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes}, dynamo=False, opset_version=17)
    quantize_dynamic(files["fp32"], files["int8"], weight_type=QuantType.QInt8)
    return files[mode]


def sentences():
    from transformers import AutoTokenizer

    words = [words for words, _ in conll.sentences(path)]
    tokenizer = AutoTokenizer.from_pretrained(model)
    return tokenizer(words, is_split_into_words=True, truncation=True, max_length=256)["input_ids"]


file = exported()
encoded = sorted(sentences(), key=len)
batches = []
for first in range(0, len(encoded), size):
    rows = encoded[first:first + size]
    longest = max(map(len, rows))
    batches.append((
        numpy.array([row + [0] * (longest - len(row)) for row in rows]),
        numpy.array([[1] * len(row) + [0] * (longest - len(row)) for row in rows])))
settings = onnxruntime.SessionOptions()
settings.intra_op_num_threads = 2
session = onnxruntime.InferenceSession(file, settings, providers=["CPUExecutionProvider"])
for is_measured in (False, True):
    times = []
    for ids, mask in batches:
        start = time.perf_counter()
        session.run(None, {"input_ids": ids, "attention_mask": mask})[0].argmax(-1)
        times.append(time.perf_counter() - start)
times.sort()
print(json.dumps({
    "pieces_per_second": round(sum(map(len, encoded)) / sum(times)), "batches": len(batches), "mode": mode,
    "p50_ms": 1000 * times[len(times) // 2], "p99_ms": 1000 * times[min(len(times) - 1, len(times) * 99 // 100)]}))
