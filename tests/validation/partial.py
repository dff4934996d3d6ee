"""Do intervals hold when followers are known for some people only?

    python -m tests.validation.partial [--draws 50] [--deleted 0.8] [--aside]

A study with the followers of everybody is ranked; then the follower lists of a random
part of the people are deleted, all follows of them, and what is left is ranked again as
a user would: files in, list out. Of the first twenty with all the lists, those that are
still in the study at all, printed are the share whose rank lies in the interval printed
without the lists; the share whose rank without them lies in the interval printed with
all; the median width of the intervals; how often the first note says that followers are
partly known; and the share of people with a list among the first twenty of the second
ranking, less that among all people (nobody may gain by having a list).
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import demo
from hcpgraph.model.layer_counts import LayerCounts
from hcpgraph.ranking import partial_layer
from hcpgraph.study import Study
from tests.validation.coverage import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Ranking

TOP: Final = 20
_START: Final = 1_700_000_000
_YEAR: Final = 365 * 86_400
_KINDS: Final = ("mention", "reply", "repost", "quote")


@dataclass(frozen=True)
class Plan:
    """How a world is drawn: people with lognormal rates of responses and of followers.

    Attributes:
        people: how many.
        acts: responses in all, about; 0 for none.
        follows: follows in all, about.
        alike: correlation of the logs of the two rates.
        spread: of the log of each rate.
        tail: exponent of a Pareto factor of the rate of followers; 0 for none.
        prominent: whether lists are kept of those with the most responses.
    """

    people: int = 300
    acts: int = 3_000
    follows: int = 6_000
    alike: float = 0.5
    spread: float = 1.0
    tail: float = 0.0
    prominent: bool = False


WORLDS: Final = {
    "alike .2": Plan(alike=0.2),
    "alike .5": Plan(alike=0.5),
    "alike .9": Plan(alike=0.9),
    "follows alone": Plan(acts=0),
    "few follows": Plan(follows=1_200),
    "famous few": Plan(spread=1.5),
    "1,200 people": Plan(people=1_200, acts=12_000, follows=24_000),
}
# Not looked at while anything was chosen; run once, at the end, on worlds of their own.
KEPT_ASIDE: Final = {
    "alike .7, 500 people": Plan(people=500, acts=6_000, follows=9_000, alike=0.7),
    "Pareto(1.5) fame": Plan(tail=1.5),
    "not alike": Plan(alike=0.0),
    "many follows": Plan(follows=20_000, alike=0.6, spread=0.8),
    "lists of the prominent": Plan(prominent=True),
    "follows alone, 600 people": Plan(people=600, acts=0, follows=15_000),
}
# In which partial layers are hard to tell from complete ones.
HARD: Final = {
    "one follow per person": Plan(follows=300),
    "one follow, alone": Plan(acts=0, follows=300),
    "rates spread by 2": Plan(spread=2.0),
    "spread by 2, alone": Plan(acts=0, spread=2.0),
    "one response per person": Plan(acts=300),
    "100 people": Plan(people=100, acts=500, follows=1_000),
}


@dataclass(frozen=True)
class World:
    """The rows of a study.

    Attributes:
        acts: source, target, kind, timestamp.
        follows: follower, followed.
        prominent: whether lists are kept of those with the most responses.
    """

    acts: list[tuple[str, ...]]
    follows: list[tuple[str, str]]
    prominent: bool = False


def draw_world(plan: Plan, seed: int) -> World:
    """One such world."""
    rng = np.random.default_rng(seed)
    first, other = rng.normal(size=(2, plan.people))
    heard = np.exp(plan.spread * first)
    fame = np.exp(
        plan.spread * (plan.alike * first + np.sqrt(1 - plan.alike**2) * other)
    )
    active = np.exp(rng.normal(size=plan.people))
    if plan.tail:
        fame *= 1.0 + rng.pareto(plan.tail, plan.people)

    def pairs(count: int, rate: NDArray[np.float64]) -> NDArray[np.int64]:
        source = rng.choice(plan.people, count, p=active / active.sum())
        target = rng.choice(plan.people, count, p=rate / rate.sum())
        return np.column_stack([source, target])[source != target]

    acts = pairs(plan.acts, heard)
    at = np.sort(rng.integers(0, _YEAR, len(acts))) + _START
    kind = rng.choice(_KINDS, len(acts), p=[0.4, 0.2, 0.3, 0.1])
    follows = np.unique(pairs(plan.follows, fame), axis=0)
    return World(
        acts=[
            (f"p{s}", f"p{t}", str(k), str(when))
            for (s, t), k, when in zip(acts.tolist(), kind, at.tolist(), strict=True)
        ],
        follows=[(f"p{s}", f"p{t}") for s, t in follows.tolist()],
        prominent=plan.prominent,
    )


def draw_demo(seed: int) -> World:
    """The synthetic world that comes with hcpgraph: its mentions and follows."""
    world = demo.make_world(seed=seed, size=demo.SMALL)
    posts = world.posts
    acts = []
    for author, at, targets in zip(
        posts.author.tolist(), posts.at.tolist(), posts.target.tolist(), strict=True
    ):
        acts += [(f"p{author}", f"p{t}", "mention", str(at)) for t in targets if t >= 0]
    follows = zip(
        world.follows.source.tolist(), world.follows.target.tolist(), strict=True
    )
    return World(acts, [(f"p{s}", f"p{t}") for s, t in follows])


def ranked(world: World, folder: Path, *, top: int = 10_000) -> Ranking:
    """The list of a study of these rows."""
    files = []
    if world.acts:
        files.append(folder / "acts.csv")
        _write(files[-1], ("source", "target", "kind", "timestamp"), world.acts)
    if world.follows:
        files.append(folder / "follows.csv")
        _write(files[-1], ("follower", "followed"), world.follows)
    study = Study(folder / "study.duckdb")
    study.add(*files)
    return study.rank(top=top, audience="all")


def _write(path: Path, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(head)
        csv.writer(file).writerows(rows)


def fresh_list(world: World) -> Ranking:
    """The same in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return ranked(world, Path(folder))


def without_lists(world: World, deleted: float, seed: int) -> World:
    """The world when the follower lists of a part of the people are deleted."""
    rng = np.random.default_rng([seed, 1])
    people = sorted({row[1] for row in world.follows})
    order = rng.permutation(people).tolist()
    if world.prominent:
        heard = Counter(row[1] for row in world.acts)
        order.sort(key=lambda name: heard[name])
    gone = set(order[: round(deleted * len(people))])
    return World(world.acts, [row for row in world.follows if row[1] not in gone])


@dataclass(frozen=True)
class Found:
    """How one deletion judged the intervals.

    Attributes:
        held: share of the first with everything whose rank is in the interval without.
        reverse: share whose rank without is in the interval with everything.
        width: median width of the first twenty's intervals without.
        usual: median width of their intervals with everything.
        gone: share of them without any tie left.
        told: whether the first note says that followers are partly known.
        rewarded: share of people with a list among the first of the second list, less
            that among all people.
    """

    held: float
    reverse: float
    width: float
    usual: float
    gone: float
    told: bool
    rewarded: float


def judged(world: World, whole: Ranking, deleted: float, seed: int) -> Found:
    """Delete lists, rank again, and hold the two lists against each other."""
    part = without_lists(world, deleted, seed)
    less = fresh_list(part)
    before, after = _rows(whole), _rows(less)
    first = [name for name, (rank, _, _) in before.items() if rank <= TOP]
    there = [n for n in first if n in after]
    held = [_inside(before[n][0], after[n]) for n in there]
    back = [_inside(after[n][0], before[n]) for n in there]
    known = {row[1] for row in part.follows}
    leading = [name for name, (rank, _, _) in after.items() if rank <= TOP]
    return Found(
        held=float(np.mean(held)),
        reverse=float(np.mean(back)),
        width=float(np.median([after[n][2] - after[n][1] for n in there])),
        usual=float(np.median([before[n][2] - before[n][1] for n in first])),
        gone=1.0 - len(there) / len(first),
        told=bool(less.notes) and less.notes[0].startswith("followers are known for"),
        rewarded=float(np.mean([n in known for n in leading]))
        - len(known) / max(len(before), 1),
    )


def recognised(plan: Plan, seed: int, deleted: float) -> bool:
    """Whether the follows of such a world are taken for a partial layer."""
    world = without_lists(draw_world(plan, seed), deleted, seed)
    listed = Counter(target for _, target in world.follows)
    responders = Counter(target for _, target in {row[:2] for row in world.acts})
    names = sorted({n for row in (*world.acts, *world.follows) for n in row[:2]})
    counts = LayerCounts(
        account=np.arange(len(names), dtype=np.int32),
        listed=np.array([listed[name] for name in names]),
        responders=np.array([responders[name] for name in names]),
    )
    return partial_layer("follow", counts, counts.account) is not None


def _rows(ranking: Ranking) -> dict[str, tuple[int, int, int]]:
    table = ranking.table
    columns = (table["rank"], table["rank_low"], table["rank_high"])
    rows = zip(*columns, strict=True)
    return {
        str(name): (int(rank), int(low), int(high))  # type: ignore[arg-type]  # whole numbers
        for name, (rank, low, high) in zip(table["id"], rows, strict=True)
    }


def _inside(rank: int, row: tuple[int, int, int]) -> bool:
    return row[1] <= rank <= row[2]


def main() -> None:
    """Print what each world says of each share of deleted lists."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--draws", type=int, default=50)
    ask.add_argument("--deleted", type=float, action="append", default=[])
    ask.add_argument("--world", action="append", default=[])
    ask.add_argument("--aside", action="store_true", help="run the worlds kept aside")
    ask.add_argument(
        "--recognised", action="store_true", help="print how often layers look partial"
    )
    asked = ask.parse_args()
    if asked.recognised:
        for name, plan in {**WORLDS, **HARD}.items():
            shares = [
                np.mean([recognised(plan, seed, part) for seed in range(asked.draws)])
                for part in (0.0, 0.5, 0.8, 0.95)
            ]
            say(f"{name:24s}" + " ".join(f"{share:.2f}" for share in shares))
        return
    plans = KEPT_ASIDE if asked.aside else WORLDS
    first = 100 if asked.aside else 0
    for name in asked.world or [*plans, *([] if asked.aside else ["demo"])]:
        for deleted in asked.deleted or [0.5, 0.8, 0.95]:
            found = []
            for seed in range(asked.draws):
                # five worlds, and fresh deletions in each
                number = first + seed % 5
                world = draw_demo(number) if name == "demo" else draw_world(
                    plans[name], number
                )  # fmt: skip
                found.append(judged(world, _whole(name, number, world), deleted, seed))
            held = np.array([one.held for one in found])
            say(
                f"{name:14s} {deleted:.0%} deleted: held {held.mean():.3f}"
                f" (se {held.std() / np.sqrt(len(held)):.3f}, least {held.min():.2f}),"
                f" reverse {np.mean([one.reverse for one in found]):.3f},"
                f" width {np.median([one.width for one in found]):.0f}"
                f" (was {np.median([one.usual for one in found]):.0f}),"
                f" gone {np.mean([one.gone for one in found]):.2f},"
                f" told {np.mean([one.told for one in found]):.2f},"
                f" rewarded {np.mean([one.rewarded for one in found]):+.3f}"
            )


_KEPT: Final[dict[tuple[str, int], Ranking]] = {}


def _whole(name: str, seed: int, world: World) -> Ranking:
    """The list with everything, once a world."""
    if (name, seed) not in _KEPT:
        _KEPT[name, seed] = fresh_list(world)
    return _KEPT[name, seed]


if __name__ == "__main__":
    main()
