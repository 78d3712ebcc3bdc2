"""The likelihood of a batch of sequences and its gradient in emissions and transitions with pytorch-crf.

usage: crf_speed.py make FILE SEQUENCES STEPS TAGS | FILE SEQUENCES STEPS TAGS

`make` writes a batch: emissions, transitions, starts, ends as 32-bit floats, then tags as 32-bit integers. The other form
prints one line of JSON: the milliseconds that a batch takes, the median of many passes, on one thread or on two, whichever is
faster, and figures to compare.
"""

import json
import statistics
import sys
import time

import numpy
import torch


def make(path, sequences, steps, tags):
    random = numpy.random.default_rng(1)
    with open(path, "wb") as file:
        for shape in [(sequences, steps, tags), (tags, tags), (tags,), (tags,)]:
            file.write(random.uniform(-2, 2, shape).astype("<f4").tobytes())
        file.write(random.integers(0, tags, (sequences, steps)).astype("<i4").tobytes())


def measure(path, sequences, steps, tags):
    from torchcrf import CRF

    raw = open(path, "rb").read()
    sizes = [sequences * steps * tags, tags * tags, tags, tags]
    floats = numpy.frombuffer(raw, "<f4", sum(sizes)).copy()
    parts = numpy.split(floats, numpy.cumsum(sizes)[:-1])
    labels = torch.tensor(numpy.frombuffer(raw, "<i4", sequences * steps, 4 * sum(sizes)).reshape(sequences, steps).astype("int64"))
    emissions = torch.tensor(parts[0].reshape(sequences, steps, tags), requires_grad=True)
    crf = CRF(tags, batch_first=True)
    with torch.no_grad():
        crf.transitions.copy_(torch.tensor(parts[1].reshape(tags, tags)))
        crf.start_transitions.copy_(torch.tensor(parts[2]))
        crf.end_transitions.copy_(torch.tensor(parts[3]))
    times = {}
    for threads in (1, 2):
        torch.set_num_threads(threads)
        seconds = []
        end = time.perf_counter() + 10
        while len(seconds) < 45 and (len(seconds) < 3 or time.perf_counter() < end):
            emissions.grad = None
            crf.zero_grad()
            start = time.perf_counter()
            value = crf(emissions, labels, reduction="sum")
            value.backward()
            seconds.append(time.perf_counter() - start)
        times[threads] = 1000 * statistics.median(seconds)
    print(json.dumps({
        "ms": min(times.values()), "ms_by_threads": times, "log_likelihood": value.item(),
        "emissions": emissions.grad.double().norm().item(), "transitions": crf.transitions.grad.double().norm().item()}))


if sys.argv[1] == "make":
    make(sys.argv[2], *map(int, sys.argv[3:]))
else:
    measure(sys.argv[1], *map(int, sys.argv[2:]))
