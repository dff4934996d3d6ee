"""Do intervals of ranks tell the truth? Worlds of known rates, and parts of records.

    python -m tests.validation.coverage [--draws 50] [--aside] [--edges-aside]
                                        [--data FOLDER]

Prints for each world, over worlds drawn afresh, the share of the first hundred whose
interval holds the rank by true rate; for worlds of cascades, with originals and as a
list of edges, also how many boundaries of tiers have their leaders in the wrong order.
With a folder of records (CSV files with source, target, kind, timestamp, and original
where known): ranked on a random 70 % of the originals, or of blocks of time where these
are not known, the share of the first hundred whose interval holds the rank on all.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.names import ACTS, DEFAULT_LAYERS, LAYERS
from hcpgraph.model.ties import NO_POST, NO_TIME, Ties
from hcpgraph.ranking import everyone, prior, rank, with_intervals
from tests.validation.cascades import (
    CASCADES,
    EDGES_ASIDE,
    KEPT_ASIDE,
    Cascades,
    draw_cascades,
    without_originals,
)
from tests.validation.records import known_by_ties, measure, records

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored

TOP: Final = 100
KEPT: Final = 0.7
BLOCKS: Final = 100
_DAY: Final = 86_400
_KINDS: Final = [LAYERS.index(name) for name in ACTS]


@dataclass(frozen=True)
class Plan:
    """How a world is drawn: people with lognormal rates, and posts that name them.

    Attributes:
        people: how many.
        acts: responses in about as many rows, 0 for none.
        spread: of the log of the rate of being responded to.
        activity: spread of the log of own posting, beyond what the rate explains.
        linked: power of the rate that own posting grows with.
        follows: follow ties; their rate is that of responses but for some noise.
        standing: the layer of the ties that are not acts.
        timed: whether acts have a time.
        posted: whether it is known which acts one post made.
    """

    people: int = 2_000
    acts: int = 20_000
    spread: float = 1.0
    activity: float = 1.0
    linked: float = 0.0
    follows: int = 0
    standing: str = "follow"
    timed: bool = True
    posted: bool = True


WORLDS: Final = {
    "plain": Plan(),
    "many acts": Plan(acts=100_000),
    "few acts": Plan(acts=4_000),
    "few stars": Plan(spread=1.5),
    "hardly any difference": Plan(spread=0.6),
    "loud and quiet people": Plan(activity=1.5),
    "activity follows the rate": Plan(linked=0.5, activity=0.7),
    "acts and follows": Plan(follows=20_000, linked=0.5, activity=0.7),
    "no times": Plan(timed=False),
    "no posts": Plan(posted=False),
    "300 people": Plan(people=300, acts=3_000),
    "follows alone": Plan(acts=0, follows=20_000),
    "many follows alone": Plan(acts=0, follows=100_000),
    "nominations alone": Plan(people=300, acts=0, follows=3_000, standing="nomination"),
}


def draw_world(plan: Plan, seed: int) -> tuple[NDArray[np.float64], Ties]:
    """The true rate of everyone, and the ties of one year of such a world."""
    rng = np.random.default_rng(seed)
    rate = np.exp(plan.spread * rng.normal(size=plan.people))
    posting = rate**plan.linked * np.exp(plan.activity * rng.normal(size=plan.people))
    posts = plan.acts // 2
    author = rng.choice(plan.people, posts, p=posting / posting.sum())
    post = np.repeat(np.arange(posts), rng.integers(1, 4, posts))
    at = np.sort(rng.integers(0, 365 * _DAY, posts))[post]
    fame = rate if not plan.acts else rate**0.8 * np.exp(
        0.3 * rng.normal(size=plan.people)
    )  # fmt: skip
    pairs = np.unique(
        rng.integers(0, plan.people, plan.follows) * plan.people
        + rng.choice(plan.people, plan.follows, p=fame / fame.sum())
    )
    source = np.concatenate([author[post], pairs // plan.people])
    target = rng.choice(plan.people, len(post), p=rate / rate.sum())
    target = np.concatenate([target, pairs % plan.people])
    acts = rng.choice(_KINDS, len(post), p=[0.4, 0.2, 0.3, 0.1])
    standing = np.full(len(pairs), LAYERS.index(plan.standing))
    made = np.concatenate([post, np.full(len(pairs), NO_POST)])
    when = np.concatenate([at, np.full(len(pairs), NO_TIME)])
    return rate, Ties(
        source=source.astype(np.int32),
        target=target.astype(np.int32),
        layer=np.concatenate([acts, standing]).astype(np.int8),
        at=when if plan.timed else np.full(len(when), NO_TIME),
        post=(made if plan.posted else np.full(len(made), NO_POST)).astype(np.int32),
        weight=np.ones(len(source), np.float32),
        area=np.full(len(source), -1, np.int16),
    ).where(source != target)


def ranked(ties: Ties, *, top: int | None = TOP) -> Scored:
    """The first *top* with intervals, or everyone without."""
    accounts = known_by_ties(everyone(ties))
    found = rank(ties, accounts, layers=DEFAULT_LAYERS, measure=measure)
    if top is None:
        return found
    return with_intervals(
        found, ties, accounts, weights=prior(), layers=DEFAULT_LAYERS, top=top
    )


def held(listed: Scored, place: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whose interval holds *place*, a rank by account number."""
    assert listed.low is not None
    assert listed.high is not None
    true = place[listed.account]
    inside: NDArray[np.bool_] = (listed.low <= true) & (true <= listed.high)
    return inside


def places(rate: NDArray[np.float64]) -> NDArray[np.int64]:
    """The rank of each by true rate, from 1."""
    place = np.empty(len(rate), np.int64)
    place[np.argsort(-rate, kind="stable")] = np.arange(1, len(rate) + 1)
    return place


@dataclass(frozen=True)
class Found:
    """How one world judged a list.

    Attributes:
        held: share of the first hundred whose interval holds the rank by true rate.
        wrong: boundaries of tiers whose leaders stand in the wrong order.
        boundaries: boundaries of tiers.
    """

    held: float
    wrong: int
    boundaries: int


def judged(rate: NDArray[np.float64], ties: Ties) -> Found:
    """Rank a world and hold the list against the true rates."""
    listed = ranked(ties)
    assert listed.tier is not None
    leader = np.flatnonzero(np.diff(listed.tier, prepend=0))
    true = rate[listed.account[leader]]
    return Found(
        held=float(held(listed, places(rate)).mean()),
        wrong=int((true[:-1] < true[1:]).sum()),
        boundaries=len(true) - 1,
    )


def in_world(plan: Plan, seed: int) -> float:
    """The share of the first hundred whose interval holds the rank by true rate."""
    return judged(*draw_world(plan, seed)).held


def in_cascades(plan: Cascades, seed: int, *, edges: bool) -> Found:
    """The same in a world of cascades, which a list of edges does not name."""
    rate, ties = draw_cascades(plan, seed)
    return judged(rate, without_originals(ties) if edges else ties)


def in_record(ties: Ties, seed: int) -> float:
    """The share whose interval, from 70 % of the originals, holds the rank on all.

    Responses of an unknown original are kept or lost by the person responded to and
    the block of time, a hundredth of the record.
    """
    whole = ranked(ties, top=None).account
    place = np.zeros(int(whole.max()) + 1, np.int64)
    place[whole] = np.arange(1, len(whole) + 1)
    return float(held(ranked(ties.where(kept(ties, seed))), place).mean())


def kept(ties: Ties, seed: int) -> NDArray[np.bool_]:
    """A random 70 % of what can be lost together, shape (m,)."""
    original = ties.originals()
    span = max(int(ties.at.max() - ties.at.min()), 1)
    block = (ties.at - ties.at.min()) * BLOCKS // (span + 1)
    known = original != NO_POST
    alone = ties.target.astype(np.int64) * BLOCKS + block
    units = np.stack([known, np.where(known, original, alone)])
    found, unit = np.unique(units, axis=1, return_inverse=True)
    chosen = np.random.default_rng(seed).random(found.shape[1]) < KEPT
    return np.asarray(chosen[unit.ravel()], np.bool_)


def say(line: str) -> None:
    """Print a line at once, as the next may take minutes."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Print the coverage of every world, and of the records of a folder."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--draws", type=int, default=50)
    ask.add_argument("--aside", action="store_true", help="judge the worlds kept aside")
    ask.add_argument("--edges-aside", action="store_true", help="those of edge lists")
    ask.add_argument("--data", type=Path, action="append", default=[])
    asked = ask.parse_args()
    for name, plan in WORLDS.items():
        found = [in_world(plan, seed) for seed in range(asked.draws)]
        say(f"{name:28s}{np.mean(found):.3f}  (least {min(found):.2f})")
    worlds = KEPT_ASIDE if asked.aside else CASCADES
    for name, world in (EDGES_ASIDE if asked.edges_aside else worlds).items():
        for edges in (False, True):
            seen = [in_cascades(world, n, edges=edges) for n in range(asked.draws)]
            wrong = sum(one.wrong for one in seen)
            of = sum(one.boundaries for one in seen)
            say(
                f"{name:31s}{'edges' if edges else 'originals':10s}"
                f"{np.mean([one.held for one in seen]):.3f}  tiers {wrong} of {of}"
            )
    for name, ties in records(asked.data):
        shares = [in_record(ties, seed) for seed in range(5)]
        say(f"{name:28s}{np.mean(shares):.3f}")


if __name__ == "__main__":
    main()
