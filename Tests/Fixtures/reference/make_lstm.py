"""Records torch.nn.LSTM, bidirectional, one layer, on packed sequences of different lengths, with its gradients.

usage: make_lstm.py > lstm.json
"""

import json

import torch

LENGTHS = [5, 3, 1]
INPUT, HIDDEN = 8, 6


def rounded(tensor):
    """Inputs and weights are cut to four places first, so that the text holds exactly what the LSTM read."""
    return torch.tensor([round(value, 4) for value in tensor.flatten().tolist()]).view(tensor.shape)


def main():
    torch.set_num_threads(1)
    torch.manual_seed(7)
    lstm = torch.nn.LSTM(INPUT, HIDDEN, num_layers=1, bidirectional=True, batch_first=True)
    with torch.no_grad():
        for parameter in lstm.parameters():
            parameter.copy_(rounded(parameter))
    data = rounded(torch.randn(len(LENGTHS), max(LENGTHS), INPUT))
    for row, length in enumerate(LENGTHS):
        data[row, length:] = 0
    data.requires_grad_()
    packed = torch.nn.utils.rnn.pack_padded_sequence(data, LENGTHS, batch_first=True)
    output, _ = torch.nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True)
    output.square().sum().backward()
    print(
        json.dumps(
            {
                "made_with": f"torch {torch.__version__}",
                "lengths": LENGTHS,
                "weights": {
                    name: [round(x, 4) for x in parameter.flatten().tolist()]
                    for name, parameter in lstm.named_parameters()
                },
                "weight_shapes": {name: list(parameter.shape) for name, parameter in lstm.named_parameters()},
                # [sequence][step][unit], padded with zeros after each sequence's length.
                "input": [[[round(x, 4) for x in step] for step in row] for row in data.tolist()],
                "output": output.tolist(),
                # Of the sum of the squared outputs.
                "input_gradient": data.grad.tolist(),
                "weight_gradient_norms": {name: p.grad.norm().item() for name, p in lstm.named_parameters()},
            }
        )
    )


main()
