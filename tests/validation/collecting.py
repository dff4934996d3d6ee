"""Does it pay to collect what ``info --gaps`` suggests?

    python -m tests.validation.collecting [--draws 12] [--deleted 0.8] [--aside]

The follower lists of a random part of the people of a world are deleted
(``tests.validation.partial``), and ten of them are given back: the suggested ones, ten
at random, those of the ten people who truly have the most followers (as profiles would
show), or those of the first ten people of the list without one. Printed are the mean
width of the intervals of the first twenty of the reduced list, with the difference to
the suggested ten and its 90 % interval over draws; the mean width of the intervals of
the first twenty of the complete list; the share of the latter whose complete rank lies
in the interval; and Kendall's tau between complete rank and middle of the interval.
The first line has the sum of the gains of the suggested ten, to hold against what they
narrow together.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import stats

from hcpgraph.study import Study
from tests.validation.coverage import say
from tests.validation.partial import (
    KEPT_ASIDE,
    TOP,
    WORLDS,
    World,
    draw_demo,
    draw_world,
    fresh_list,
    ranked,
    without_lists,
)

if TYPE_CHECKING:
    from hcpgraph.model.ranking import Ranking

GIVEN: Final = 10
RULES: Final = ("nothing", "suggested", "random", "most followed", "first of the list")
_CHOSEN: Final = ("alike .2", "alike .5", "alike .9", "follows alone", "demo")
_ASIDE: Final = ("Pareto(1.5) fame", "alike .7, 500 people")
_COVERED: Final = 0.9


@dataclass(frozen=True)
class Outcome:
    """A list after some follower lists were given back.

    Attributes:
        width: mean width of the intervals of the first of the reduced list.
        first: mean width of the intervals of the first of the complete list.
        held: share of the latter whose complete rank lies in the interval.
        tau: Kendall's tau of complete rank and middle of the interval among them.
    """

    width: float
    first: float
    held: float
    tau: float


def suggestions(world: World) -> dict[str, float]:
    """Whose lists the command suggests to collect, in order, with the gain of each."""
    with tempfile.TemporaryDirectory() as folder:
        ranked(world, Path(folder), top=1)
        table = Study(Path(folder) / "study.duckdb").gaps(
            top=TOP, audience="all"
        ).table  # fmt: skip
    rows = zip(table["id"], table["collect"], table["gain"], strict=True)
    return {
        str(name): float(gain or 0)  # type: ignore[arg-type]  # a number
        for name, what, gain in rows
        if what == "followers"
    }


def given_back(world: World, part: World, names: list[str]) -> World:
    """The reduced world with the lists of some people."""
    back = [row for row in world.follows if row[1] in set(names)]
    return World(part.acts, sorted({*part.follows, *back}))


def chosen(
    world: World, part: World, less: Ranking, suggested: list[str], seed: int
) -> dict[str, list[str]]:
    """Whose lists are given back under each rule."""
    known = {row[1] for row in part.follows}
    followers = Counter(row[1] for row in world.follows)
    missing = sorted(followers.keys() - known)
    most = sorted(missing, key=lambda name: (-followers[name], name))[:GIVEN]
    rng = np.random.default_rng([seed, 2])
    listed = [str(name) for name in less.table["id"] if name not in known]
    return {
        "nothing": [],
        # where profiles are to be collected first, the most followed come next
        "suggested": suggested[:GIVEN] or most,
        "random": rng.permutation(missing)[:GIVEN].tolist(),
        "most followed": most,
        "first of the list": listed[:GIVEN],
    }


def judged(
    world: World, whole: Ranking, deleted: float, seed: int
) -> tuple[list[Outcome], float]:
    """What each of ``RULES`` brings after one deletion, and the gains promised."""
    part = without_lists(world, deleted, seed)
    less = fresh_list(part)
    gains = suggestions(part)
    rules = chosen(world, part, less, list(gains), seed)
    targets = [str(name) for name in less.table["id"][:TOP]]
    found = []
    for rule in RULES:
        back = given_back(world, part, rules[rule])
        after = fresh_list(back) if rules[rule] else less
        found.append(_outcome(whole, after, targets))
    return found, sum(list(gains.values())[:GIVEN])


def _outcome(whole: Ranking, after: Ranking, targets: list[str]) -> Outcome:
    true, rows = _rows(whole), _rows(after)
    first = [n for n, (rank, _, _) in true.items() if rank <= TOP and n in rows]

    def width(names: list[str]) -> float:
        return float(np.mean([rows[n][2] - rows[n][1] for n in names]))

    middle = [rows[n][1] + rows[n][2] for n in first]
    held = [rows[n][1] <= true[n][0] <= rows[n][2] for n in first]
    tau = stats.kendalltau([true[n][0] for n in first], middle).statistic
    return Outcome(width(targets), width(first), float(np.mean(held)), float(tau))


def _rows(ranking: Ranking) -> dict[str, tuple[int, int, int]]:
    table = ranking.table
    columns = (table["rank"], table["rank_low"], table["rank_high"])
    return {
        str(name): (int(rank), int(low), int(high))  # type: ignore[arg-type]  # whole numbers
        for name, rank, low, high in zip(table["id"], *columns, strict=True)
    }


def interval(values: list[float]) -> tuple[float, float]:
    """A 90 % interval of the mean."""
    error = float(np.std(values, ddof=1) / np.sqrt(len(values)))
    half = error * float(stats.t.ppf((1 + _COVERED) / 2, len(values) - 1))
    return float(np.mean(values)) - half, float(np.mean(values)) + half


def main() -> None:
    """Print what each rule brings in each world."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--draws", type=int, default=12)
    ask.add_argument("--deleted", type=float, default=0.8)
    ask.add_argument("--world", action="append", default=[])
    ask.add_argument("--aside", action="store_true", help="run the worlds kept aside")
    asked = ask.parse_args()
    plans = {**WORLDS, **KEPT_ASIDE}
    for name in asked.world or (_ASIDE if asked.aside else _CHOSEN):
        found, promised = [], []
        for seed in range(asked.draws):
            number = seed + (100 if asked.aside else 0)
            world = draw_demo(number) if name == "demo" else draw_world(
                plans[name], number
            )  # fmt: skip
            whole = fresh_list(world)
            outcome, gains = judged(world, whole, asked.deleted, number)
            found.append(outcome)
            promised.append(gains)
        say(f"{name:22s} gains of the suggested ten, summed: {np.mean(promised):.1f}")
        for place, rule in enumerate(RULES):
            own = [row[place] for row in found]
            more = [row[place].width - row[1].width for row in found]
            low, high = interval(more) if rule != "suggested" else (0.0, 0.0)
            say(
                f"{name:22s} {rule:18s} width {np.mean([o.width for o in own]):6.1f}"
                f" ({np.mean(more):+.1f}, {low:+.1f} to {high:+.1f})"
                f" first {np.mean([o.first for o in own]):6.1f}"
                f" held {np.mean([o.held for o in own]):.3f}"
                f" tau {np.mean([o.tau for o in own]):.2f}"
            )


if __name__ == "__main__":
    main()
