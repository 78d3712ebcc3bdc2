"""Compares what transformers and clinner make of the same folders and pieces.

usage: checkpoint_parity.py lists MODEL COUNT > LISTS.json          random pieces
       checkpoint_parity.py head MODEL FOLDER                       MODEL with a random masked-LM head, as HF saves it
       checkpoint_parity.py compare KIND FOLDER LISTS.json STATES   the largest difference of hidden states and logits

KIND is `mlm` (AutoModel and AutoModelForMaskedLM) or `tagger` (BertForTokenClassification).
"""

import json
import random
import sys

import torch
from safetensors.torch import load_file
from transformers import AutoModel, AutoModelForMaskedLM, AutoTokenizer, BertForTokenClassification


def lists(model, count):
    draw = random.Random(7)
    size = AutoTokenizer.from_pretrained(model).vocab_size
    print(json.dumps([[draw.randrange(1000, size) for _ in range(draw.randint(1, 60))] for _ in range(int(count))]))


def head(model, folder):
    torch.manual_seed(3)
    network = AutoModelForMaskedLM.from_pretrained(model)
    torch.nn.init.normal_(network.cls.predictions.bias, std=0.1)
    network.save_pretrained(folder)
    AutoTokenizer.from_pretrained(model).save_pretrained(folder)


def compare(kind, folder, path, states):
    ours = load_file(states)
    loaded = {"mlm": AutoModelForMaskedLM, "tagger": BertForTokenClassification}[kind].from_pretrained(folder).eval()
    encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    differences, place = {"hidden": 0.0, "logits": 0.0}, 0
    with torch.no_grad(), open(path, encoding="utf-8") as file:
        for pieces in json.load(file):
            ids = torch.tensor([[tokenizer.cls_token_id, *pieces, tokenizer.sep_token_id]])
            theirs = {"hidden": encoder(ids).last_hidden_state, "logits": loaded(ids).logits}
            for name, values in theirs.items():
                part = ours[name][place:place + len(pieces)]
                scale = max(1.0, values.abs().max().item())
                differences[name] = max(differences[name], (part - values[0, 1:-1]).abs().max().item() / scale)
            place += len(pieces)
    assert place == len(ours["hidden"]), "states of other pieces"
    print(json.dumps(differences))


{"lists": lists, "head": head, "compare": compare}[sys.argv[1]](*sys.argv[2:])
