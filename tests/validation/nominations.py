"""Rankings of nominated people against an outside truth, with intervals.

    python -m tests.validation.nominations TIES.csv TRUTH.csv

TIES.csv has source and target, TRUTH.csv id and truth, higher for the more influential;
people without a tie score nothing. The score is compared with in-degree, and with a
score in which brokerage weighs as it did before it was judged on more records. Equals
are drawn in random orders; intervals are over samples of the people, the same for all.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hcpgraph.model.names import DEFAULT_LAYERS, LAYERS
from hcpgraph.model.ties import NO_POST, NO_TIME, Ties
from hcpgraph.ranking import Weights, everyone, prior, read
from tests.validation.prior_records import doublings
from tests.validation.records import known_by_ties, measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]

TOP = 10
DRAWS = 1000
ONCE = 0.136  # the weight of brokerage in the first version


def nominations(path: Path, place: dict[str, int]) -> Ties:
    """The ties of a CSV file among some people, as nominations without a time."""
    rows = pd.read_csv(path, dtype={"source": str, "target": str})
    rows = rows[rows.source.isin(place) & rows.target.isin(place)]
    rows = rows[rows.source != rows.target]
    count = len(rows)
    return Ties(
        source=rows.source.map(place).to_numpy(np.int32),
        target=rows.target.map(place).to_numpy(np.int32),
        layer=np.full(count, LAYERS.index("nomination"), np.int8),
        at=np.full(count, NO_TIME),
        post=np.full(count, NO_POST, np.int32),
        weight=np.ones(count, np.float32),
        area=np.full(count, -1, np.int16),
    )


def scores(ties: Ties, people: int) -> dict[str, Reals]:
    """In-degree and scores of everyone, nothing for those without a tie."""
    table = read(
        ties, known_by_ties(everyone(ties)), layers=DEFAULT_LAYERS, measure=measure
    )
    brokered = Weights({**prior().value, "brokered": ONCE})
    found = {
        "in-degree": table.audience,
        "score": doublings(table, prior()),
        f"score with brokerage {ONCE}": doublings(table, brokered),
    }
    every = {}
    for name, value in found.items():
        every[name] = np.zeros(people)
        every[name][table.account] = value
    return every


def ndcg(score: Reals, truth: Reals, rng: np.random.Generator) -> float:
    """NDCG of the first ten with the truth itself as gain; equals in random order."""
    first = np.lexsort((rng.random(len(score)), -score))[:TOP]
    discount = 1.0 / np.log2(np.arange(2, TOP + 2))
    return float(truth[first] @ discount / (np.sort(truth)[::-1][:TOP] @ discount))


def spearman(score: Reals, truth: Reals) -> float:
    ranks = [pd.Series(value).rank().to_numpy() for value in (score, truth)]
    return float(np.corrcoef(*ranks)[0, 1])


def main() -> None:
    ties, outside = map(Path, sys.argv[1:3])
    truth = pd.read_csv(outside, dtype={"id": str})
    place = {name: number for number, name in enumerate(truth["id"])}
    value = truth["truth"].to_numpy(np.float64)
    every = scores(nominations(ties, place), len(place))
    rng, drawn = np.random.default_rng(0), {name: [] for name in every}
    for _ in range(DRAWS):
        some = rng.integers(0, len(value), len(value))
        for name, score in every.items():
            drawn[name].append(
                (
                    spearman(score[some], value[some]),
                    ndcg(score[some], value[some], rng),
                )
            )
    base = np.array(drawn["in-degree"])
    for name, score in every.items():
        middle = np.mean([ndcg(score, value, rng) for _ in range(DRAWS)])
        gap = np.quantile(np.array(drawn[name]) - base, [0.05, 0.95], axis=0)
        sys.stdout.write(
            f"{name}: Spearman {spearman(score, value):.3f}, NDCG@{TOP} {middle:.3f};"
            f" less in-degree: Spearman {gap[0, 0]:+.3f} to {gap[1, 0]:+.3f},"
            f" NDCG {gap[0, 1]:+.3f} to {gap[1, 1]:+.3f}\n"
        )


if __name__ == "__main__":
    main()
