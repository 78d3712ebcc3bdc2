"""Writes one tiny BERT in every layout in which published ones come, and tensors of every kind that torch.save stores.

usage: make_checkpoints.py        writes the folders and files beside this file
"""

import collections
import json
import pathlib

import safetensors.torch
import tokenizers
import torch
import transformers

HERE = pathlib.Path(__file__).parent
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "pain", "chest", "Pain", "##ful", "##s", "é", "e"]
IDS = [2, 6, 5, 8, 10, 3]


def folder(name, configuration):
    path = HERE / name
    path.mkdir(exist_ok=True)
    values = configuration.to_diff_dict() | {"model_type": "bert"}
    values.pop("transformers_version", None)
    (path / "config.json").write_text(json.dumps(values, indent=1, sort_keys=True) + "\n")
    return path


def vocabulary(path):
    (path / "vocab.txt").write_text("\n".join(PIECES) + "\n")


def tokenizer(path, lowercase, strip_accents):
    model = tokenizers.models.WordPiece({piece: i for i, piece in enumerate(PIECES)}, unk_token="[UNK]")
    whole = tokenizers.Tokenizer(model)
    whole.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=lowercase, strip_accents=strip_accents)
    whole.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    whole.add_special_tokens(PIECES[:5])
    whole.save(str(path / "tokenizer.json"))


def sharded(path, state, stem, suffix, save):
    """Two files, the second with the layers."""
    parts = [{}, {}]
    for name, tensor in state.items():
        parts["encoder.layer" in name][name] = tensor
    files = [f"{stem}-0000{i}-of-00002.{suffix}" for i in (1, 2)]
    for file, part in zip(files, parts):
        save(part, path / file)
    weight_map = {name: files["encoder.layer" in name] for name in state}
    index = {"metadata": {"total_size": sum(t.numel() * 4 for t in state.values())}, "weight_map": weight_map}
    (path / f"{stem}.{suffix}.index.json").write_text(json.dumps(index, indent=1, sort_keys=True) + "\n")


def main():
    torch.manual_seed(7)
    configuration = transformers.BertConfig(
        vocab_size=len(PIECES), hidden_size=4, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8,
        max_position_embeddings=8)
    model = transformers.BertForMaskedLM._from_config(configuration, attn_implementation="eager").eval()
    # Weights of a size at which every tensor matters to the hidden states.
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.3)
        hidden = model.bert(input_ids=torch.tensor([IDS])).last_hidden_state[0]
    safetensors.torch.save_file(
        {"hidden": hidden.contiguous(), "ids": torch.tensor(IDS)}, HERE / "hidden.safetensors")

    whole = collections.OrderedDict((name, tensor.clone()) for name, tensor in model.state_dict().items())
    encoder = {name.removeprefix("bert."): tensor for name, tensor in whole.items() if name.startswith("bert.")}
    pooler = {"pooler.dense.weight": torch.eye(4), "pooler.dense.bias": torch.zeros(4)}
    old = collections.OrderedDict(
        (name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"), tensor)
        for name, tensor in whole.items())
    old["bert.embeddings.position_ids"] = torch.arange(8).expand((1, -1))

    path = folder("safetensors", configuration)
    vocabulary(path)
    safetensors.torch.save_file(encoder | pooler, path / "model.safetensors", metadata={"format": "pt"})

    path = folder("safetensors-sharded", configuration)
    tokenizer(path, lowercase=False, strip_accents=None)
    sharded(path, whole, "model", "safetensors", safetensors.torch.save_file)

    path = folder("bin", configuration)
    vocabulary(path)
    # As from_pretrained's models have it: _metadata is an attribute of the state dict, parameters may be in it.
    state = model.state_dict(keep_vars=True)
    torch.save(state, path / "pytorch_model.bin")

    path = folder("bin-sharded", configuration)
    tokenizer(path, lowercase=True, strip_accents=None)
    sharded(path, encoder, "pytorch_model", "bin", torch.save)

    path = folder("bin-legacy", configuration)
    vocabulary(path)
    torch.save(old, path / "pytorch_model.bin", _use_new_zipfile_serialization=False)

    numbers = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4) / 8 - 1
    kinds = {
        "float": numbers,
        "half": numbers.half(),
        "bfloat16": numbers.bfloat16(),
        "double": numbers.double(),
        "long": torch.tensor([-1, 1 << 40]),
        "int": torch.tensor([[-7, 7]], dtype=torch.int32),
        "transposed": numbers.permute(2, 0, 1),
        "half transposed": numbers.half().transpose(0, 2),
        "slice": numbers[1, 1:],
        "every other": numbers[:, ::2, 1::2],
        "column": numbers[..., 3],
        "parameter": torch.nn.Parameter(numbers[0]),
        "scalar": torch.tensor(2.5),
        "empty": torch.zeros(0, 4),
        "row": torch.arange(8).expand((1, -1)),
    }
    torch.save(kinds, HERE / "kinds.bin")
    torch.save(kinds, HERE / "kinds-legacy.bin", _use_new_zipfile_serialization=False)
    plain = {name: tensor.detach().contiguous().clone() for name, tensor in kinds.items()}
    wide = {torch.float16: torch.float32, torch.bfloat16: torch.float32, torch.float64: torch.float32,
            torch.int32: torch.int64}
    safetensors.torch.save_file({n: t.to(wide.get(t.dtype, t.dtype)) for n, t in plain.items()}, HERE / "kinds.safetensors")
    torch.save({"flags": torch.tensor([True, False])}, HERE / "bool.bin")


main()
