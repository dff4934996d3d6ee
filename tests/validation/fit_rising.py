"""Fit the prior of rising stars on a folder of records, and say how well it travels.

    python -m tests.validation.fit_rising FOLDER [FOLDER ...] [-o rising.toml]
                                          [--aside FOLDER]

Each CSV file (source,target,kind,timestamp) is one record, cut into periods; every
record has the same say. Printed is how well weights fitted on all *other* records
foretell each one, and the same moved by the record's own past.

With *--aside* the weights that are shipped and those fitted now are held against the
records of another folder, with 90 % intervals over samples of these records.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hcpgraph.errors import ThinRecord
from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking import everyone
from hcpgraph.ranking.change.calibration import BANDS, auc, check
from hcpgraph.ranking.change.rising import FEATURES, fit, follow, predict, prior
from tests.validation.records import known_by_ties, measure, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.ranking.change.calibration import Check
    from hcpgraph.ranking.change.rising import RiseCandidates

SHRINK = 10.0  # few enter, so the weights stay near those of the score alone
SAY = 1000  # people of one record
DRAWS = 4000


def fit_prior(known: Mapping[str, Sequence[RiseCandidates]]) -> NDArray[np.float64]:
    """Weights that foretell all records alike."""
    start = np.zeros(1 + len(FEATURES))
    start[1 + FEATURES.index("standing")] = 1.0
    return fit(pooled(known), start, strength=SHRINK).round(3)


def pooled(known: Mapping[str, Sequence[RiseCandidates]]) -> list[RiseCandidates]:
    """Every record's people, those of large ones drawn down to a fixed number."""
    found = []
    for pasts in known.values():
        count = sum(map(len, pasts))
        for number, past in enumerate(pasts):
            keep = np.random.default_rng(number).random(len(past)) < SAY / count
            found.append(part(past, keep))
    return found


def part(past: RiseCandidates, keep: NDArray[np.bool_]) -> RiseCandidates:
    """Those hopefuls for whom *keep* is true."""
    return replace(
        past, account=past.account[keep], x=past.x[keep], recent=past.recent[keep],
        new=past.new[keep], posts=past.posts[keep], entered=past.entered[keep],
    )  # fmt: skip


def judged(
    past: Sequence[RiseCandidates], prior: NDArray[np.float64]
) -> dict[str, float]:
    """Brier scores and AUC of the prior and of rivals."""
    moved = check(past, prior)
    assert moved is not None
    given = np.concatenate([predict(prior, one.x) for one in past])
    return {
        "people": float(len(given)),
        "entered": float(moved.entered.mean()),
        "Brier, base rate": moved.base,
        "Brier, prior of other records": float(((given - moved.entered) ** 2).mean()),
        "Brier, moved by its own past": moved.brier,
        "AUC, rank": auc(moved.rank, moved.entered),
        "AUC, momentum": auc(moved.momentum, moved.entered),
        "AUC, prior of other records": auc(given, moved.entered),
        "AUC, moved by its own past": auc(moved.given, moved.entered),
    }


def pasts(folders: Sequence[Path]) -> dict[str, tuple[RiseCandidates, ...]]:
    """The candidates of each record that is long enough, with who entered."""
    found = {}
    for name, ties in records(folders):
        among = everyone(ties)
        try:
            history = follow(
                ties, known_by_ties(among), among=among, layers=DEFAULT_LAYERS,
                measure=measure,
            )  # fmt: skip
        except ThinRecord:
            continue
        found[name] = history.past
    return found


def travel(folders: Sequence[Path]) -> tuple[pd.DataFrame, NDArray[np.float64]]:
    """Judge each record by weights of the others; the weights fitted on all."""
    known = pasts(folders)
    table = {
        name: judged(one, fit_prior({n: p for n, p in known.items() if n != name}))
        for name, one in known.items()
    }
    return pd.DataFrame(table), fit_prior(known)


def aside(
    known: Mapping[str, Sequence[RiseCandidates]], weights: NDArray[np.float64]
) -> Iterator[str]:
    """How weights do on records they were not fitted on, updated on their own pasts."""
    found = [one for p in known.values() if (one := check(p, weights)) is not None]
    sizes = np.array([len(one.given) for one in found])
    entered = np.concatenate([one.entered for one in found])
    given = np.concatenate([one.given for one in found])
    yield (
        f"{len(found)} records, {len(given):,} people, {given.sum():.0f} expected to"
        f" enter, {entered.sum()} entered"
    )
    yield mean_of("Brier, base rate less forecasts", [o.base - o.brier for o in found])
    yield mean_of("AUC, forecasts", [auc(one.given, one.entered) for one in found])
    yield mean_of("AUC, forecasts less rank", [_gain(one) for one in found])
    record = np.repeat(np.arange(len(found)), sizes)
    pick = np.random.default_rng(0).integers(0, len(found), (DRAWS, len(found)))
    for low, high in pairwise(BANDS):
        here = (given >= low) & ((given < high) | (high == BANDS[-1]))
        if not here.any():
            continue
        hits = np.bincount(record[here], entered[here], len(found))
        people = np.bincount(record[here], minlength=len(found))
        drawn = hits[pick].sum(axis=1) / np.maximum(people[pick].sum(axis=1), 1)
        least, most = np.quantile(drawn, [0.05, 0.95])
        yield (
            f"{low:.0%} to {high:.0%}: {here.sum():,} people, forecast"
            f" {given[here].mean():.2%}, entered {entered[here].mean():.2%}"
            f" ({least:.2%} to {most:.2%})"
        )


def _gain(found: Check) -> float:
    return auc(found.given, found.entered) - auc(found.rank, found.entered)


def mean_of(label: str, value: Sequence[float]) -> str:
    """A mean over records, and its interval over samples of these."""
    values = np.array(value)
    rng = np.random.default_rng(0)
    drawn = values[rng.integers(0, len(values), (DRAWS, len(values)))].mean(axis=1)
    low, high = np.quantile(drawn, [0.05, 0.95])
    return f"{label}: {values.mean():.5f} ({low:.5f} to {high:.5f})"


def toml(weights: NDArray[np.float64], table: pd.DataFrame) -> str:
    """The weights, and in comments how well they travel."""
    lines = [
        "# The weight of each feature in the log odds to enter the first tenth.",
        "# Written by python -m tests.validation.fit_rising; see docs/methods.md.",
        "#",
        "# Forecasts of four moments of each record, with weights fitted on the other",
        "# records alone:",
        *(
            f"#   {line}"
            for line in table.map("{:.4g}".format).to_string().splitlines()
        ),
        "",
        "[weights]",
    ]
    names = ("constant", *FEATURES)
    pairs = zip(names, weights.tolist(), strict=True)
    lines += [f"{name} = {value}" for name, value in pairs]
    return "\n".join(lines) + "\n"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("folders", nargs="+", type=Path)
    ask.add_argument("-o", type=Path, help="write the weights there")
    ask.add_argument("--aside", action="append", type=Path, default=[])
    args = ask.parse_args()
    table, weights = travel(args.folders)
    text = toml(weights, table)
    sys.stdout.write(text)
    others = pasts(args.aside)
    for label, value in (("shipped", prior()), ("fitted now", weights)):
        for line in aside(others, value) if others else ():
            sys.stdout.write(f"{label}: {line}\n")
    if args.o:
        args.o.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
