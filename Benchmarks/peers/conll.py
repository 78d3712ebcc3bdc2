"""Reads a token-per-line corpus: one token a line with its tag in the last column, a blank line after each sentence."""


def sentences(path):
    """Pairs of words and tags."""
    result, words, tags = [], [], []
    with open(path, encoding="utf-8") as file:
        for line in [*file, "\n"]:
            if line.strip():
                parts = line.rstrip("\n").split("\t")
                words.append(parts[0])
                tags.append(parts[-1])
            elif words:
                result.append((words, tags))
                words, tags = [], []
    return result
