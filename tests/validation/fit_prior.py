"""Fit the prior weights on a folder of records, and say how well they travel.

    python -m tests.validation.fit_prior FOLDER [FOLDER ...] [-o prior.toml]

Each CSV file (source,target,kind,timestamp) is one record. It is cut at several
cutoffs; the signals before each are held against the distinct accounts that respond
after it. Every record has the same say, whatever its size. Printed is how well weights
fitted on the records of all *other* series rank each one, beside plain counts, and the
same after the weights were updated on the record's own past, with intervals.
``python -m tests.validation.weigh_signals`` prints what each weight is worth.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hcpgraph.ranking.validation.backtest import PRODUCT, Cutoff, judge
from tests.validation.judging import LARGE, ndcg
from tests.validation.prior_records import (
    HALF,
    JUDGED,
    fitted,
    known,
    of_others,
    resampled,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcpgraph.ranking import Weights
    from tests.validation.prior_records import Known, Moment

PRIOR = "weights of other series"
MOVED = "updated on its own past"
RIVAL = "recent responders x log(1 + posts)"
ORDERS = 5  # of equal scores


def judged(now: Moment, weights: Weights) -> dict[str, float]:
    """NDCG of plain counts, of the prior, and of the prior moved by the own past."""
    table = now.past.table
    rival = table["listeners_lately"] * np.log1p(table["posts"])
    row = {name: ndcg(score, now.past) for name, score in now.rules.items()}
    row[RIVAL] = ndcg(rival, now.past)
    row[PRIOR] = now.accuracy(weights)
    row[MOVED] = now.accuracy(now.updated(weights))
    return row


def travel(every: Sequence[Known]) -> pd.DataFrame:
    """Each record by weights of the others; a column per record and cut."""
    weights = of_others(every)
    return pd.DataFrame(
        {
            (one.name, share): judged(one.at[share], weights[one.name])
            for one in every
            for share in JUDGED
        }
    )


def against(one: Known, weights: Weights, rule: str) -> tuple[float, ...]:
    """NDCG at half of a record and its interval, and the same less that of a rule.

    Samples of the people, the same for both sides.
    """
    now = one.at[HALF]
    rng, people = np.random.default_rng(0), np.arange(len(now.past.table))
    random = [rng.random(len(people)) for _ in range(ORDERS)]
    score = now.score(now.updated(weights))
    orders = {
        name: tuple(np.lexsort((equals, -value)) for equals in random)
        for name, value in ((PRODUCT, score), (rule, now.rules[rule]))
    }
    cut = Cutoff(
        HALF, now.past.at, len(people), people.astype(np.int32), now.past.later, orders
    )
    top = 100 if len(people) > LARGE else 20
    product, other = judge([cut], top=top)
    assert other.difference is not None
    return product.ndcg, product.low, product.high, *other.difference[:3]


def shown(table: pd.DataFrame, share: float) -> str:
    """The judgements at one cut, a row per record."""
    return table.xs(share, axis=1, level=1).T.round(3).to_string()


def best_rule(table: pd.DataFrame, every: Sequence[Known]) -> str:
    """The one rule that is best in the mean of the larger records."""
    half = table.xs(HALF, axis=1, level=1)
    larger = [one.name for one in every if one.larger] or list(half)
    rules = half.drop(index=[PRIOR, MOVED, RIVAL])
    return str(rules[larger].mean(axis=1).idxmax())


def summary(table: pd.DataFrame, every: Sequence[Known]) -> str:
    """Gains over the best rule of all, over the best of each, and how often ahead."""
    rule = best_rule(table, every)
    lines = [f"best simple rule in the mean of the larger records: {rule}"]
    half = table.xs(HALF, axis=1, level=1)
    over = table.T.groupby(level=0).mean().T
    rules = half.drop(index=[PRIOR, MOVED, RIVAL])
    larger = [one for one in every if one.larger]
    for label, some in (
        ("all", list(every)),
        ("larger", larger),
        ("medical", [one for one in every if one.medical]),
        *(
            (f"larger of {folder}", [one for one in larger if one.folder == folder])
            for folder in sorted({one.folder for one in every})
        ),
    ):
        names = [one.name for one in some]
        if not names:
            continue
        ahead = int((half.loc[MOVED, names] > rules[names].max()).sum())
        lines.append(
            f"{label}: {len(names)} records, ahead of every rule on {ahead}, less the"
            f" best rule of each {(half.loc[MOVED] - rules.max())[names].mean():+.3f}"
        )
        for name, cut in (("half", half), ("three cuts", over)):
            for against_it in (rule, RIVAL):
                gain = (cut.loc[MOVED] - cut.loc[against_it])[names].to_dict()
                mean, low, high = resampled(gain, every)
                lines.append(
                    f"  {name}: {cut.loc[MOVED, names].mean():.3f}, gain over"
                    f" {against_it}: {mean:+.3f} [{low:+.3f}, {high:+.3f}]"
                )
    return "\n".join(lines)


def by_record(table: pd.DataFrame, every: Sequence[Known]) -> str:
    """A row of Markdown per record, at half: intervals by samples of the people."""
    weights, rule = of_others(every), best_rule(table, every)
    lines = [f"| record | people | best rule | {rule} | score | 90 % | difference |"]
    half = table.xs(HALF, axis=1, level=1).drop(index=[PRIOR, MOVED, RIVAL])
    for one in sorted(every, key=lambda one: -one.at[HALF].responded):
        mean, low, high, gain, least, most = against(one, weights[one.name], rule)
        lines.append(
            f"| {one.name} | {one.at[HALF].responded:,} | {half[one.name].max():.2f} |"
            f" {half.loc[rule, one.name]:.2f} | {mean:.2f} | {low:.2f} to {high:.2f} |"
            f" {gain:+.2f} ({least:+.2f} to {most:+.2f}) |"
        )
    return "\n".join(lines)


def toml(weights: Weights, table: pd.DataFrame, every: Sequence[Known]) -> str:
    """The weights, and in comments how well they travel."""
    lines = [
        "# The weight of log2(1 + signal), by signal.",
        "# Written by python -m tests.validation.fit_prior; see docs/methods.md.",
        "#",
        "# NDCG on the second half of each record, ranked by its first half, with",
        "# weights fitted on the records of all other series:",
        *(f"#   {line}" for line in summary(table, every).splitlines()),
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
    every = known(args.folders)
    table = travel(every)
    for share in JUDGED:
        sys.stdout.write(f"cut at {share}\n{shown(table, share)}\n\n")
    sys.stdout.write(by_record(table, every) + "\n\n")
    text = toml(fitted(every), table, every)
    sys.stdout.write(text)
    if args.o:
        args.o.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
