"""Fit the prior weights on a folder of records, and say how well they travel.

    python -m tests.validation.fit_prior FOLDER [FOLDER ...] [-o prior.toml]

Each CSV file (source,target,kind,timestamp) is one record. It is cut at several
moments; the signals before each are held against the distinct accounts that respond
after it. Every record has the same say, whatever its size. Printed is how well weights
fitted on all *other* records rank each one, beside plain counts, and the same after the
weights were moved by the record's own past.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking import Weights, fit, splits, standings
from hcpgraph.ranking.score.fitting import ridge, weighted_rows
from tests.validation.judging import baselines, ndcg, places
from tests.validation.records import cut, measure, records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.ranking import Past
    from tests.validation.records import Cut

FITTED = (
    "listeners", "listeners_of_late", "listeners_lately", "listeners_just_now",
    "brokered", "posts", "last_spoken",
)  # fmt: skip
# No record at hand has follows or roles, and authority makes predictions no better:
# these are set, small, and judged on nominations and on worlds with planted rates.
SET = {"followers": 0.15, "professional_followers": 0.1, "area_pagerank": 0.05}
SHRINK = 0.5
MOMENTS = (0.25, 0.35, 0.5, 0.65)
JUDGED = (0.35, 0.5, 0.65)


def fit_prior(known: Mapping[str, Sequence[Past]]) -> Weights:
    """Weights from 0 up that foretell later attention in all records alike."""
    rows, later = [], []
    for pasts in known.values():
        say = 1.0 / np.sqrt(len(pasts) * len(known))
        for past in pasts:
            x, t = weighted_rows(past, FITTED)
            rows.append(x * say)
            later.append(t * say)
    found: NDArray[np.float64] = ridge(
        np.concatenate(rows),
        np.concatenate(later),
        start=np.zeros(len(FITTED)),
        shrink=SHRINK,
    )
    value = {**SET, **dict(zip(FITTED, found.round(3).tolist(), strict=True))}
    return Weights(value, dict.fromkeys(value, "prior"))


def judged(now: Cut, past: Past, prior: Weights) -> dict[str, float]:
    """NDCG of plain counts, of the prior, and of the prior moved by the own past."""
    row = {name: ndcg(score, past) for name, score in baselines(now).items()}
    history = splits(
        now.past, now.accounts(), layers=DEFAULT_LAYERS, measure=measure,
        only=prior.used(),
    )  # fmt: skip
    for name, weights in (
        ("prior of other records", prior),
        ("moved by its own past", fit(history, prior)),
    ):
        row[name] = ndcg(places(standings(past.table, weights), past), past)
    return row


def travel(folders: Sequence[Path]) -> tuple[pd.DataFrame, Weights]:
    """Judge each record by weights of the others; the weights fitted on all."""
    cuts = {
        name: {share: cut(ties, share) for share in MOMENTS}
        for name, ties in records(folders)
    }
    known = {
        name: {share: now.known((*FITTED, *SET)) for share, now in of.items()}
        for name, of in cuts.items()
    }
    table = {}
    for name, of in cuts.items():
        others = {n: list(p.values()) for n, p in known.items() if n != name}
        prior = fit_prior(others)
        for share in JUDGED:
            table[name, share] = judged(of[share], known[name][share], prior)
    return pd.DataFrame(table), fit_prior(
        {n: list(p.values()) for n, p in known.items()}
    )


def shown(table: pd.DataFrame, share: float) -> str:
    """The judgements at one cut, by record."""
    return table.xs(share, axis=1, level=1).round(3).to_string()


def toml(weights: Weights, table: pd.DataFrame) -> str:
    """The weights, and in comments how well they travel."""
    lines = [
        "# The weight of log2(1 + signal), by signal.",
        "# Written by python -m tests.validation.fit_prior; see docs/methods.md.",
        "#",
        "# NDCG on the second half of each record, ranked by its first half, with",
        "# weights fitted on the other records alone:",
        *(f"#   {line}" for line in shown(table, 0.5).splitlines()),
        "",
        "[weights]",
    ]
    lines += [f"{name} = {value}" for name, value in weights.value.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("folders", nargs="+", type=Path)
    ask.add_argument("-o", type=Path, help="write the weights there")
    args = ask.parse_args()
    table, weights = travel(args.folders)
    for share in JUDGED:
        sys.stdout.write(f"cut at {share}\n{shown(table, share)}\n\n")
    text = toml(weights, table)
    sys.stdout.write(text)
    if args.o:
        args.o.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
