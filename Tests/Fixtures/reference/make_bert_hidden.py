"""Records hidden states of the reference BertModel (fp32, eager attention, dropout off) for three sentences.

usage: make_bert_hidden.py MODEL_FOLDER        writes bert-hidden.safetensors and bert-hidden.json beside this file
"""

import json
import pathlib
import sys

import safetensors.torch
import tokenizers
import torch
import transformers

SENTENCES = {
    "short": "Denies chest pain.",
    "medium": "Started lisinopril 10 mg PO daily for hypertension; no cough.",
    "long": (
        "67 year old man with coronary artery disease, type 2 diabetes and chronic kidney disease presents with three "
        "days of worsening dyspnea on exertion, orthopnea and bilateral leg swelling; troponin 0.04, BNP 1850, chest "
        "x-ray shows pulmonary edema with small effusions."
    ),
}


def main():
    folder = sys.argv[1]
    here = pathlib.Path(__file__).parent
    torch.set_num_threads(2)
    tokenizer = tokenizers.Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    model = transformers.BertModel.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()

    tensors, cases = {}, []
    for name, text in SENTENCES.items():
        encoding = tokenizer.encode(text)
        with torch.no_grad():
            output = model(input_ids=torch.tensor([encoding.ids]), output_hidden_states=True)
        tensors[f"{name}.last_hidden_state"] = output.last_hidden_state[0].clone()
        cases.append({"name": name, "text": text, "ids": encoding.ids, "tokens": encoding.tokens})
    # What layer 0 reads: word, position and type embeddings, summed and normalized.
    with torch.no_grad():
        embedded = model.embeddings(input_ids=torch.tensor([cases[0]["ids"]]))
    tensors["short.embeddings"] = embedded[0].clone()

    safetensors.torch.save_file(tensors, here / "bert-hidden.safetensors")
    note = {"made_with": f"transformers {transformers.__version__}, torch {torch.__version__}", "cases": cases}
    (here / "bert-hidden.json").write_text(json.dumps(note, indent=1) + "\n")


main()
