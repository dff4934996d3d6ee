"""Worlds of original posts and what they cause: cascades, bursts, loyal audiences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.names import LAYERS
from hcpgraph.model.ties import Ties

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HOUR: Final = 3_600
_YEAR: Final = 365 * 24 * _HOUR
_MOST: Final = 500  # responses to one original, a quarter of the people
_LOYAL: Final = 0.7  # of the responses, to one's favourites
_RESPONSES: Final = [LAYERS.index(n) for n in ("repost", "quote", "reply")]
_MENTION: Final = LAYERS.index("mention")


@dataclass(frozen=True)
class Cascades:
    """How a world is drawn: people write originals, and others respond to these.

    Attributes:
        people: how many.
        acts: responses in all, about.
        spread: of the log of the true rate, the expected number of responses.
        sizes: of the responses to one original: ``"one"``, ``"geometric"``,
            ``"pareto"``, ``"lognormal"``.
        size: mean of the geometric, tail exponent of the Pareto, or log mean of the
            lognormal number of responses.
        wide: log spread of the lognormal number.
        by_size: share of the log rate that lies in the size of the responses, not in
            the number of originals.
        mentions: share of the acts that are mentions, each an original of its own.
        delay: median hours from an original to a response.
        days: length of the record.
        favourites: people that each responder mostly responds to, chosen by their
            rate, 0 for none.
        chosen_anew: whether the true rate is that by which favourites are chosen, not
            what those who happened to choose a person are expected to respond.
        groups: communities that keep to themselves, 0 for none.
        meeting: share of the originals on five days in the middle.
        drift: log change of a person's rate over the year, its spread.
        bursts: periods of a few days that hold all originals of a person; 0 for none.
    """

    people: int = 2_000
    acts: int = 20_000
    spread: float = 1.0
    sizes: str = "one"
    size: float = 0.0
    wide: float = 0.0
    by_size: float = 0.0
    mentions: float = 0.0
    delay: float = 3.0
    days: int = 365
    favourites: int = 0
    chosen_anew: bool = False
    groups: int = 0
    meeting: float = 0.0
    drift: float = 0.0
    bursts: int = 0


# E[n^2] / E[n] of the last one is 27, as at large meetings (mean 4.8, maximum 300).
CASCADES: Final = {
    "single responses": Cascades(),
    "bursty": Cascades(bursts=4),
    "homophily": Cascades(groups=10),
    "congress": Cascades(meeting=0.8),
    "loyal audiences": Cascades(favourites=5),
    "loyal, chosen anew": Cascades(favourites=5, chosen_anew=True),
    "drifting rates": Cascades(drift=1.5),
    "geometric, mean 2": Cascades(sizes="geometric", size=2.0),
    "geometric, mean 5": Cascades(sizes="geometric", size=5.0),
    "Pareto(2)": Cascades(sizes="pareto", size=2.0),
    "Pareto(1.3)": Cascades(sizes="pareto", size=1.3),
    "as at large meetings": Cascades(sizes="lognormal", size=0.4, wide=1.45),
}
# Not looked at while anything was chosen; judged once, at the end.
KEPT_ASIDE: Final = {
    "Pareto(1.6), some by size": Cascades(sizes="pareto", size=1.6, by_size=0.3),
    "large, with mentions": Cascades(
        sizes="lognormal", size=0.4, wide=1.45, mentions=0.3
    ),
    "large, two weeks": Cascades(
        sizes="lognormal", size=0.2, wide=1.3, mentions=0.3, days=14, meeting=0.6
    ),
    "large, many acts": Cascades(acts=60_000, sizes="lognormal", size=0.4, wide=1.45),
    "geometric, mean 8, slow": Cascades(sizes="geometric", size=8.0, delay=48.0),
    "cascades of loyal audiences": Cascades(
        sizes="geometric", size=3.0, favourites=5
    ),
    "cascades, drift, congress": Cascades(
        sizes="geometric", size=3.0, drift=1.0, meeting=0.5
    ),
    "cascades in groups, 500 people": Cascades(
        people=500, acts=5_000, sizes="pareto", size=2.0, groups=5
    ),
    "wide rates, Pareto(1.5)": Cascades(spread=1.5, sizes="pareto", size=1.5),
}  # fmt: skip
# Not looked at while it was chosen how lists of edges are treated; judged once, then.
EDGES_ASIDE: Final = {
    "geometric, mean 6, a day": Cascades(sizes="geometric", size=6.0, delay=24.0),
    "large, three weeks, slow": Cascades(
        sizes="lognormal", size=0.3, wide=1.4, mentions=0.2, delay=12.0, days=21,
        meeting=0.4,
    ),
    "Pareto(1.4), two days": Cascades(sizes="pareto", size=1.4, delay=48.0),
    "large in groups, 1,000 people": Cascades(
        people=1_000, acts=10_000, sizes="lognormal", size=0.4, wide=1.4, groups=6
    ),
    "cascades in bursts": Cascades(sizes="geometric", size=4.0, bursts=6),
    "large, loyal audiences": Cascades(
        sizes="lognormal", size=0.4, wide=1.45, favourites=5
    ),
    "Pareto(1.7), drift": Cascades(sizes="pareto", size=1.7, drift=1.2),
    "single responses, two weeks": Cascades(days=14, meeting=0.6),
    "single responses, strong drift": Cascades(drift=2.0),
}  # fmt: skip


def draw_cascades(plan: Cascades, seed: int) -> tuple[NDArray[np.float64], Ties]:
    """The expected responses of everyone, and the ties of such a world."""
    rng = np.random.default_rng(seed)
    rate = np.exp(plan.spread * rng.normal(size=plan.people))
    active = np.exp(rng.normal(size=plan.people))
    author, size = _originals(plan, rate, rng)
    at = _moments(plan, author, rng)
    original = np.repeat(np.arange(len(author)), size)
    if plan.favourites:
        expected, source = _loyal(plan, rate, active, author, original, rng)
        rate = rate if plan.chosen_anew else expected
    else:
        source = _responders(plan, active, author[original], rng)
    # nobody responds twice to one original
    _, first = np.unique(original * plan.people + source, return_index=True)
    original, source = original[first], source[first]
    late = plan.delay * np.exp(1.5 * rng.normal(size=len(original))) * _HOUR
    when = np.minimum(at[original] + late, plan.days * 24 * _HOUR - 1)
    layer = rng.choice(_RESPONSES, len(original), p=[0.8, 0.1, 0.1])
    alone = np.bincount(original, minlength=len(author))[original] == 1
    named = alone & (rng.random(len(original)) < 0.5)
    post = len(author) + np.arange(len(original))
    ties = Ties(
        source=source.astype(np.int32),
        target=author[original].astype(np.int32),
        layer=np.where(named, _MENTION, layer).astype(np.int8),
        at=when.astype(np.int64),
        post=post.astype(np.int32),
        weight=np.ones(len(post), np.float32),
        area=np.full(len(post), -1, np.int16),
        original=np.where(named, post, original).astype(np.int32),
    )
    return rate, ties.where(ties.source != ties.target)


def without_originals(ties: Ties) -> Ties:
    """The same record as a list of edges: source, target, layer and time."""
    unknown = np.full(len(ties), -1, np.int32)
    return Ties(
        source=ties.source,
        target=ties.target,
        layer=ties.layer,
        at=ties.at,
        post=unknown,
        weight=ties.weight,
        area=ties.area,
    )


def _originals(
    plan: Cascades, rate: NDArray[np.float64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The author of each original, and how many respond to it."""
    single = round(plan.acts * (plan.mentions if plan.sizes != "one" else 1.0))
    mean = float(_sizes(plan, 100_000, np.random.default_rng(0)).mean())
    often = rate ** (1.0 - plan.by_size)
    larger = rate**plan.by_size
    many = round((plan.acts - single) / mean / (rate.sum() / often.sum()))
    author = rng.choice(plan.people, many, p=often / often.sum())
    size = _sizes(plan, many, rng) * larger[author]
    # whole numbers with the same mean
    size = np.floor(size + rng.random(many)) if plan.by_size else size
    alone = rng.choice(plan.people, single, p=rate / rate.sum())
    size = np.minimum(np.concatenate([size, np.ones(single)]), _MOST)
    return np.concatenate([author, alone]), size.astype(np.int64)


def _sizes(plan: Cascades, count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    if plan.sizes == "geometric":
        return rng.geometric(1.0 / plan.size, count).astype(np.float64)
    if plan.sizes == "pareto":
        return np.floor(np.minimum(rng.random(count) ** (-1.0 / plan.size), _MOST))
    if plan.sizes == "lognormal":
        drawn = np.exp(plan.size + plan.wide * rng.normal(size=count))
        return np.ceil(np.minimum(drawn, 300.0))
    return np.ones(count)


def _moments(
    plan: Cascades, author: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """When each original is written, in seconds from the start."""
    share = rng.random(len(author))
    if plan.drift:
        # times of a density that rises or falls exponentially over the year
        tilt = plan.drift * rng.normal(size=plan.people)[author]
        share = np.log1p(share * np.expm1(tilt)) / tilt
    if plan.bursts:
        centre = rng.random((plan.people, plan.bursts))
        chosen = centre[author, rng.integers(0, plan.bursts, len(author))]
        share = np.clip(chosen + 0.01 * rng.normal(size=len(author)), 0.0, 1.0)
    if plan.meeting:
        there = rng.random(len(author)) < plan.meeting
        days = 0.5 + 5.0 / plan.days * (rng.random(len(author)) - 0.5)
        share = np.where(there, days, share)
    return share * plan.days * 24 * _HOUR


def _responders(
    plan: Cascades,
    active: NDArray[np.float64],
    author: NDArray[np.int64],
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Who responds, one for each response to a post of *author*."""
    source = rng.choice(plan.people, len(author), p=active / active.sum())
    if plan.groups:
        group = rng.integers(0, plan.groups, plan.people)
        own = rng.random(len(author)) < 0.8
        for one in range(plan.groups):
            inside = np.flatnonzero(group == one)
            rows = np.flatnonzero(own & (group[author] == one))
            weight = active[inside] / active[inside].sum()
            source[rows] = rng.choice(inside, len(rows), p=weight)
    return source


def _loyal(
    plan: Cascades,
    rate: NDArray[np.float64],
    active: NDArray[np.float64],
    author: NDArray[np.int64],
    original: NDArray[np.int64],
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """What everyone is expected to receive, and who responds; changes *author*.

    Seven in ten responses go to one of the favourites of the responder, whom each
    chooses once, by rate. The first to respond decides who wrote an original; who
    else responds to it has the author among the favourites seven times in ten, too.
    """
    share, weight = rate / rate.sum(), active / active.sum()
    favourite = rng.choice(plan.people, (plan.people, plan.favourites), p=share)
    first = rng.choice(plan.people, len(author), p=weight)
    pick = favourite[first, rng.integers(0, plan.favourites, len(author))]
    loyal = rng.random(len(author)) < _LOYAL
    author[:] = np.where(loyal, pick, rng.choice(plan.people, len(author), p=share))
    fan = np.repeat(np.arange(plan.people), plan.favourites)
    chosen = np.bincount(favourite.ravel(), weight[fan], plan.people) / plan.favourites
    source = rng.choice(plan.people, len(original), p=weight)
    order = np.argsort(favourite.ravel(), kind="stable")
    bounds = np.searchsorted(favourite.ravel()[order], np.arange(plan.people + 1))
    for row in np.flatnonzero(rng.random(len(original)) < _LOYAL):
        fans = fan[
            order[bounds[author[original[row]]] : bounds[author[original[row]] + 1]]
        ]
        if len(fans):
            source[row] = rng.choice(fans)
    new = np.flatnonzero(np.diff(original, prepend=-1))
    source[new] = first[original[new]]
    return _LOYAL * chosen + (1.0 - _LOYAL) * share, source
