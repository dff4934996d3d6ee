"""What each weight of the prior is worth, and what was tried beside it.

    python -m tests.validation.weigh_signals FOLDER [FOLDER ...]

Each set of signals is fitted on the records of all other series and judged at three
cuts of the record left out. Printed, as tables of Markdown: each weight with the 90 %
interval over samples of the series, and the NDCG lost without its signal; other signals
with the NDCG won with them; priors chosen by the shape of a record; and the ceiling, of
weights fitted on the very future that they are judged by.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.validation.judging import ndcg
from tests.validation.prior_records import (
    FITTED,
    HALF,
    JUDGED,
    fitted,
    known,
    of_others,
    resampled,
    shipped,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.ranking import Weights
    from tests.validation.prior_records import Known

    Chosen = Callable[[Known, float], Weights]

TRIED = (
    "brokered", "area_pagerank", "pagerank", "responses", "exchanges", "mentioners",
    "repliers", "reposters", "quoters", "new_listeners", "last_response", "steadiness",
    "first_response", "posts_of_late", "posts_lately",
)  # fmt: skip
BETWEEN = ("listeners_of_late", "listeners_lately")  # half-lives between others
DRAWS = 200
WIDTHS = (0.5, 1.0, 2.0)  # standard deviations within which records are alike
FACTORS = (0.5, 0.7, 0.85, 1.2, 1.5, 2.2)  # steps of the search of a ceiling
LEAST = 0.02
ROUNDS = 6


def accuracy(every: Sequence[Known], weights: Chosen) -> dict[str, float]:
    """Mean NDCG over the cuts of each record, by weights for it and the cut."""
    return {
        one.name: float(np.mean([one.at[s].accuracy(weights(one, s)) for s in JUDGED]))
        for one in every
    }


def travelled(every: Sequence[Known], names: tuple[str, ...]) -> dict[str, float]:
    """By weights of some signals, fitted on other series."""
    found = of_others(every, names)
    return accuracy(every, lambda one, _: found[one.name])


def spread(
    every: Sequence[Known], names: tuple[str, ...] = FITTED
) -> dict[str, tuple[float, float, float]]:
    """Each weight, fitted on all records, and its interval over samples of series."""
    series = sorted({one.series for one in every})
    rng, drawn = np.random.default_rng(0), []
    for _ in range(DRAWS):
        times = np.bincount(
            rng.integers(0, len(series), len(series)), None, len(series)
        )
        say = np.array([times[series.index(o.series)] for o in every], np.float64)
        drawn.append(fitted(every, names, say).along(names))
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
    middle = fitted(every, names).along(names)
    return {
        name: (float(m), float(a), float(b))
        for name, m, a, b in zip(names, middle, low, high, strict=True)
    }


def gain(
    new: Mapping[str, float], old: Mapping[str, float], every: Sequence[Known]
) -> str:
    """The difference of two results with its interval: all records, larger ones."""
    cells = []
    for some in (every, [one for one in every if one.larger] or every):
        value = {one.name: new[one.name] - old[one.name] for one in some}
        mean, low, high = resampled(value, every)
        cells.append(f"{mean:+.4f} ({low:+.4f} to {high:+.4f})")
    return " | ".join(cells)


def weights_table(every: Sequence[Known], plain: Mapping[str, float]) -> Iterator[str]:
    """Each weight with its interval, and what its signal is worth."""
    yield "| signal | weight | 90 % | NDCG with it, all records | larger |"
    for name, (weight, low, high) in spread(every).items():
        others = tuple(other for other in FITTED if other != name)
        worth = gain(plain, travelled(every, others), every)
        yield f"| `{name}` | {weight:.3f} | {low:.2f} to {high:.2f} | {worth} |"
    others = tuple(name for name in FITTED if name not in BETWEEN)
    worth = gain(plain, travelled(every, others), every)
    yield f"| {' and '.join(f'`{name}`' for name in BETWEEN)} | | | {worth} |"


def tried_table(every: Sequence[Known], plain: Mapping[str, float]) -> Iterator[str]:
    """The same of signals that weigh nothing, each added alone."""
    yield "| signal left out | weight | 90 % | NDCG with it, all records | larger |"
    for name in TRIED:
        more = (*FITTED, name)
        weight, low, high = spread(every, more)[name]
        worth = gain(travelled(every, more), plain, every)
        yield f"| `{name}` | {weight:.3f} | {low:.2f} to {high:.2f} | {worth} |"


def by_shape(every: Sequence[Known], width: float, trait: str | None) -> Chosen:
    """Weights fitted on records of other series, those of like shape counting more.

    Args:
        every: the records.
        width: standard deviations at which a record counts .6 of one just alike.
        trait: the one trait by which records are alike; None for all.
    """
    traits = list(every[0].at[HALF].shape) if trait is None else [trait]
    shape = np.array([[one.at[HALF].shape[t] for t in traits] for one in every])
    spreads = shape.std(axis=0)
    shape = (shape - shape.mean(axis=0)) / np.where(spreads > 0, spreads, 1.0)
    found = {}
    for row, one in enumerate(every):
        far = ((shape - shape[row]) ** 2).mean(axis=1) / width**2
        say = np.exp(-0.5 * far) * [other.series != one.series for other in every]
        found[one.name] = fitted(every, say=say)
    return lambda one, _: found[one.name]


def shape_table(every: Sequence[Known], plain: Mapping[str, float]) -> Iterator[str]:
    """What choosing the prior by the shape of a record wins."""
    yield "| prior chosen by | NDCG won, all records | larger |"
    for width in WIDTHS:
        found = accuracy(every, by_shape(every, width, None))
        yield f"| all traits, width {width:g} | {gain(found, plain, every)} |"
    for trait in every[0].at[HALF].shape:
        found = accuracy(every, by_shape(every, 1.0, trait))
        yield f"| {trait} | {gain(found, plain, every)} |"
    weights = of_others(every)
    moved = accuracy(every, lambda one, s: one.at[s].updated(weights[one.name]))
    yield f"| own past (as shipped) | {gain(moved, plain, every)} |"


def climbed(
    start: NDArray[np.float64], judge: Callable[[NDArray[np.float64]], float]
) -> float:
    """The highest accuracy that changing one weight at a time finds."""
    best, top = start, judge(start)
    for number in range(ROUNDS):
        before = top
        for at in np.random.default_rng(number).permutation(len(best)):
            for factor in FACTORS:
                trial = best.copy()
                trial[at] = max(trial[at], LEAST) * factor
                if (found := judge(trial)) > top:
                    best, top = trial, found
        if top == before:
            break
    return top


def ceiling(every: Sequence[Known]) -> Iterator[str]:
    """How far weights come that have seen the very future, at half."""
    some = [one for one in every if one.larger] or list(every)
    best = {one.name: _best_rule(one) for one in some}

    def said(label: str, value: Mapping[str, float]) -> str:
        ahead = sum(value[name] > best[name] for name in value)
        mean = np.mean(list(value.values()))
        return f"{label}: {mean:.3f}, ahead of every rule on {ahead} of {len(value)}"

    def of(weights: Chosen) -> dict[str, float]:
        return {one.name: one.at[HALF].accuracy(weights(one, HALF)) for one in some}

    others, pooled = of_others(every), fitted(every)
    start = pooled.along(FITTED)
    yield said("weights of other series", of(lambda one, _: others[one.name]))
    yield said("one set fitted on all these records", of(lambda _, __: pooled))
    yield said("fitted on each record itself", of(lambda one, _: fitted([one])))

    def chosen(values: NDArray[np.float64]) -> Weights:
        return shipped(dict(zip(FITTED, values.tolist(), strict=True)))

    climbs = {
        one.name: climbed(start, lambda w, m=one.at[HALF]: m.accuracy(chosen(w)))
        for one in some
    }
    yield said("NDCG itself climbed on each record's own future", climbs)


def _best_rule(one: Known) -> float:
    now = one.at[HALF]
    return max(ndcg(score, now.past) for score in now.rules.values())


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("folders", nargs="+", type=Path)
    every = known(ask.parse_args().folders)
    plain = travelled(every, FITTED)
    for table in (weights_table, tried_table, shape_table):
        for line in table(every, plain):
            sys.stdout.write(line + "\n")
        sys.stdout.write("\n")
    for line in ceiling(every):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
