"""Enumerates every tag path of small linear chains: log Z, log-likelihood, best path, marginals and gradients.

Nothing but Python's own arithmetic, so that it cannot share a mistake with a forward-backward pass.
score(tags) = start[t0] + sum emissions[i][ti] + sum transitions[t(i-1)][ti] + end[t(n-1)]

usage: make_crf.py > crf.json
"""

import itertools
import json
import math
import random

SHAPES = [(2, 1), (2, 5), (3, 4), (4, 5), (4, 3)]  # (tags, steps)


def draw(generator, *shape, scale=2.0):
    if not shape:
        return round(generator.uniform(-scale, scale), 3)
    return [draw(generator, *shape[1:], scale=scale) for _ in range(shape[0])]


def score(case, tags):
    total = case["start"][tags[0]] + case["end"][tags[-1]]
    total += sum(case["emissions"][step][tag] for step, tag in enumerate(tags))
    return total + sum(case["transitions"][a][b] for a, b in zip(tags, tags[1:]))


def solve(case):
    tag_count, step_count = len(case["start"]), len(case["emissions"])
    paths = list(itertools.product(range(tag_count), repeat=step_count))
    scores = [score(case, path) for path in paths]
    highest = max(scores)
    log_z = highest + math.log(math.fsum(math.exp(value - highest) for value in scores))
    probabilities = [math.exp(value - log_z) for value in scores]

    def expected(holds):
        return math.fsum(p for p, path in zip(probabilities, paths) if holds(path))

    best = max(range(len(paths)), key=scores.__getitem__)
    assert sum(value > highest - 1e-6 for value in scores) == 1, "the best path must be the only one"
    case["log_z"] = log_z
    case["log_likelihood"] = score(case, case["tags"]) - log_z
    case["best_path"] = list(paths[best])
    case["best_score"] = scores[best]
    case["marginals"] = [
        [expected(lambda path: path[step] == tag) for tag in range(tag_count)] for step in range(step_count)
    ]
    # transition_marginals[step][a][b]: tag a at step, tag b at step + 1.
    case["transition_marginals"] = [
        [[expected(lambda path: path[step : step + 2] == (a, b)) for b in range(tag_count)] for a in range(tag_count)]
        for step in range(step_count - 1)
    ]
    return case


def main():
    generator = random.Random(20)
    cases = []
    for tag_count, step_count in SHAPES:
        case = {
            "emissions": draw(generator, step_count, tag_count),
            "transitions": draw(generator, tag_count, tag_count),
            "start": draw(generator, tag_count),
            "end": draw(generator, tag_count),
            "tags": [generator.randrange(tag_count) for _ in range(step_count)],
        }
        cases.append(solve(case))
    # The last case once more with scores so large that exp overflows where log Z is not computed in log space.
    large = {key: cases[-1][key] for key in ("transitions", "start", "end", "tags")}
    large["emissions"] = [[value * 400 for value in row] for row in cases[-1]["emissions"]]
    cases.append(solve(large))
    print('{"cases": [')
    print(",\n".join(json.dumps(case) for case in cases))
    print("]}")


main()
