"""How much of what must never leave is found: ``python -m tests.policy.measuring``."""

from __future__ import annotations

import csv
from collections import defaultdict
from math import sqrt
from pathlib import Path

from hcpgraph.policy import sensitive
from tests.policy import made_up

LABELLED = Path(__file__).parent / "labelled"
NONE = "none"
EACH = 100  # numbers and addresses that are drawn, by language


def rows(name):
    """Language, form, kind and text of one file."""
    with (LABELLED / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def wilson(hits, count, z=1.96):
    """The interval of a share (Wilson 1927) at 95 %."""
    share = hits / count
    middle = share + z * z / (2 * count)
    half = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (middle - half) / (1 + z * z / count), (middle + half) / (1 + z * z / count)


def recalls(labelled, by):
    """(found, all) of the texts that tell something, by kind or by language."""
    found = defaultdict(lambda: [0, 0])
    for row in labelled:
        if row["kind"] != NONE:
            counts = found[row[by]]
            counts[0] += row["kind"] in sensitive.load().kinds(row["text"])
            counts[1] += 1
    return {name: tuple(counts) for name, counts in found.items()}


def precisions(labelled, by):
    """(rightly, all) of the texts that are withheld, by language or by kind found."""
    found = defaultdict(lambda: [0, 0])
    for row in labelled:
        kinds = sensitive.load().kinds(row["text"])
        if kinds:
            counts = found[row["language"] if by == "language" else min(kinds)]
            counts[0] += row["kind"] != NONE
            counts[1] += 1
    return {name: tuple(counts) for name, counts in found.items()}


def drawn():
    """(found, all) of numbers and addresses that are drawn, by kind."""
    made = {
        "telephone": [
            text
            for language in made_up.TELEPHONES
            for text in made_up.telephones(language, EACH)
        ],
        "address": [
            text
            for language in made_up.STREETS
            for text in made_up.streets(language, EACH)
        ],
        "mail": made_up.mails(EACH),
        "identity": made_up.documents(EACH),
    }
    rules = sensitive.load()
    return {
        kind: (sum(kind in rules.kinds(text) for text in texts), len(texts))
        for kind, texts in made.items()
    }


def line(name, hits, count):
    """A row of a table: the share and its interval."""
    low, high = wilson(hits, count)
    return f"| {name} | {hits} of {count} | {hits / count:.2f} ({low:.2f}-{high:.2f}) |"


def report():
    """The tables, line by line."""
    labelled = rows("aside")
    for by in ("kind", "language"):
        yield f"recall by {by}"
        yield from (line(n, *c) for n, c in recalls(labelled, by).items())
    yield "precision by language"
    yield from (line(n, *c) for n, c in precisions(labelled, "language").items())
    yield "drawn numbers and addresses"
    yield from (line(n, *c) for n, c in drawn().items())


if __name__ == "__main__":
    print("\n".join(report()))  # noqa: T201 - a program of the tests
