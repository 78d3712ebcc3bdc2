"""Records loss, logits and gradients of the reference BertForMaskedLM with a head that a formula defines.

The published encoder has no masked-LM head, so its weights are: transform.dense.weight = 0.5 * identity,
transform.dense.bias = 0.01, transform.LayerNorm at its default (weight 1, bias 0), decoder tied to the word
embeddings, decoder bias 0. Dropout is off; the loss is the mean over the labeled positions. Of each parameter's gradient
stand here its norm and its product with cos(0.7 i), i counting the elements, in double precision.

usage: make_mlm.py MODEL_FOLDER > mlm.json
"""

import json
import sys

import tokenizers
import torch
import transformers

TEXT = "Patient was started on metformin 500 mg twice daily for type 2 diabetes and denies nausea or abdominal pain."
MASKED = ("started", "twice", "diabetes", "nausea")
def main():
    torch.set_num_threads(2)
    folder = sys.argv[1]
    tokenizer = tokenizers.Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    model = transformers.BertForMaskedLM(transformers.BertConfig.from_pretrained(folder, attn_implementation="eager"))
    encoder = transformers.BertModel.from_pretrained(folder, add_pooling_layer=False)
    model.bert.load_state_dict(encoder.state_dict())
    head = model.cls.predictions
    with torch.no_grad():
        head.transform.dense.weight.copy_(0.5 * torch.eye(model.config.hidden_size))
        head.transform.dense.bias.fill_(0.01)
        head.bias.zero_()
    assert head.decoder.weight is model.bert.embeddings.word_embeddings.weight
    model.eval()

    encoding = tokenizer.encode(TEXT)
    mask = tokenizer.token_to_id("[MASK]")
    masked = [position for position, token in enumerate(encoding.tokens) if token in MASKED]
    assert len(masked) == len(MASKED)
    inputs = [mask if position in masked else piece for position, piece in enumerate(encoding.ids)]
    labels = [piece if position in masked else -100 for position, piece in enumerate(encoding.ids)]
    output = model(input_ids=torch.tensor([inputs]), labels=torch.tensor([labels]))
    output.loss.backward()

    def summary(gradient):
        values = gradient.double().flatten()
        return [values.norm().item(), (values * torch.cos(0.7 * torch.arange(len(values)).double())).sum().item()]

    print(
        json.dumps(
            {
                "made_with": f"transformers {transformers.__version__}, torch {torch.__version__}",
                "text": TEXT,
                "input_ids": inputs,
                "labels": labels,
                "loss": output.loss.item(),
                "logits": [
                    {"position": position, "first": output.logits[0, position, :16].tolist()} for position in masked[:2]
                ],
                "gradients": {
                    name: summary(parameter.grad)
                    for name, parameter in model.named_parameters()
                    if parameter.grad is not None
                },
            },
            indent=1,
        )
    )


main()
