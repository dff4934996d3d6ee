"""Posts of one year: author, time, kind, and the accounts they respond to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.demo.cast import (
    BOT,
    BROKER,
    COMPANY,
    LEADER,
    LOUD,
    MEDIA,
    NO_AREA,
    ORDINARY,
    ORGANISATION,
    PATIENT,
    PUBLIC,
    REGIONS,
)
from hcpgraph.demo.draws import weighted
from hcpgraph.demo.rates import QUARTERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.demo.cast import Cast
    from hcpgraph.demo.rates import Rates
    from hcpgraph.demo.size import Size


YEAR_START: Final = 1_735_689_600  # 2025-01-01T00:00:00Z, a Wednesday
DAY: Final = 86_400
DAYS: Final = 365
_FIRST_POST: Final = 9_100_000_000_000_000_000

ORIGINAL, REPLY, REPOST, QUOTE = range(4)
_MENTION: Final = 4  # an original that names others; only while drawing
MOST_NAMED: Final = 3

_OFF_TOPIC: Final = 0.06
_VISITING: Final = 0.06  # share of ordinary posts about another area
_OTHER_REGION: Final = 0.5
_DELETED: Final = 0.03

# Shares of original, reply, repost, quote, mention; by kind or persona.
_HABITS: Final = (
    (0.32, 0.24, 0.28, 0.11, 0.05),  # professionals
    (0.45, 0.22, 0.15, 0.10, 0.08),  # leaders
    (0.20, 0.25, 0.15, 0.05, 0.35),  # loud
    (0.60, 0.05, 0.20, 0.05, 0.10),  # organisations
    (0.80, 0.02, 0.08, 0.02, 0.08),  # companies and media
    (0.40, 0.00, 0.55, 0.00, 0.05),  # bots
    (0.30, 0.35, 0.25, 0.05, 0.05),  # patients and the public
)
# Their row, of those who are no professionals.
_HABIT_OF: Final = {
    ORGANISATION: 3,
    COMPANY: 4,
    MEDIA: 4,
    BOT: 5,
    PATIENT: 6,
    PUBLIC: 6,
}

_OLDEST: Final = 120 * 86_400  # older posts are not answered any more
_LATEST: Final = 0.6  # chance that it is the latest post, else the one before, ...
_REFERABLE: Final = (0, 3, 4)  # originals, quotes and mentions


@dataclass(frozen=True, slots=True, eq=False)
class Posts:
    """The posts of the year, sorted by time; accounts are rows of ``Cast``.

    Attributes:
        id: ascending, shape (m,), int64, nineteen digits.
        at: Unix seconds, shape (m,), int64.
        author: shape (m,), int32.
        kind: ``ORIGINAL``, ``REPLY``, ``REPOST`` or ``QUOTE``, shape (m,), int8.
        area: what it is about, ``NO_AREA`` when off topic, shape (m,), int8.
        target: whom it attends to, shape (m, 3), int32; -1 where nobody. For a
            reply, repost or quote the first is the author of the other post.
        refers: row of the post it answers, reposts or quotes, shape (m,), int32;
            -1 where none.
        deleted: deleted since: answered by others, but in no export itself.
    """

    id: NDArray[np.int64]
    at: NDArray[np.int64]
    author: NDArray[np.int32]
    kind: NDArray[np.int8]
    area: NDArray[np.int8]
    target: NDArray[np.int32]
    refers: NDArray[np.int32]
    deleted: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.at)


def draw_posts(cast: Cast, rates: Rates, size: Size, rng: np.random.Generator) -> Posts:
    """Draw the posts of the year from the planted rates."""
    m = size.posts
    author = weighted(rng, rates.posting, m)
    area = _areas(cast, author, size.areas, rng)
    at = _times(area, rng)
    order = np.argsort(at, kind="stable")
    author, area, at = author[order], area[order], at[order]
    habit = np.cumsum(_HABITS, axis=1)[_habits(cast)[author]]
    kind = (rng.random(m)[:, None] * habit[:, -1:] > habit).sum(axis=1)
    kind[area == NO_AREA] = ORIGINAL
    target = _targets(cast, rates, author=author, area=area, at=at, kind=kind, rng=rng)
    refers = refer(author, area, at, kind, target[:, 0], rng=rng)
    # who has posted nothing lately is named instead
    kind[(kind != ORIGINAL) & (refers < 0)] = _MENTION
    kind[kind == _MENTION] = ORIGINAL
    return Posts(
        id=_FIRST_POST + (at - YEAR_START) * 1_000_000 + np.arange(m),
        at=at,
        author=author.astype(np.int32),
        kind=kind.astype(np.int8),
        area=area.astype(np.int8),
        target=target,
        refers=refers,
        deleted=_deleted(kind, refers, rng),
    )


def _areas(
    cast: Cast, author: NDArray[np.int64], areas: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    u = rng.random(len(author))
    area = cast.area[author].astype(np.int64)
    away = (u < _VISITING) & (cast.kind[author] == ORDINARY)
    area[away] = rng.integers(0, areas, int(away.sum()))
    second = cast.second[author]
    area = np.where((second != NO_AREA) & (u < 0.5), second, area)
    return np.where(rng.random(len(author)) < _OFF_TOPIC, NO_AREA, area)


def _times(area: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Fewer posts at weekends and at night, more in the week of the area's congress."""
    day = np.empty(len(area), np.int64)
    for one in np.unique(area):
        dates = np.arange(DAYS)
        weight = np.where((dates + 2) % 7 >= 5, 0.45, 1.0)
        week = 7 * (11 + 6 * int(one))
        weight[week : week + 5] *= 2.5
        those = area == one
        day[those] = weighted(rng, weight, int(those.sum()))
    hours = 1.0 + 3.0 * np.sin(np.pi * np.clip(np.arange(24) - 5, 0, 18) / 18)
    hour = weighted(rng, hours, len(area))
    return YEAR_START + day * DAY + hour * 3_600 + rng.integers(0, 3_600, len(area))


def _habits(cast: Cast) -> NDArray[np.int64]:
    """Row of ``_HABITS`` of each account, shape (n,)."""
    habit = np.zeros(len(cast), np.int64)
    for persona, row in _HABIT_OF.items():
        habit[cast.persona == persona] = row
    habit[cast.kind == LEADER] = 1
    habit[cast.kind == LOUD] = 2
    return habit


def chances(
    cast: Cast, rates: Rates, *, area: int, region: int, quarter: int
) -> NDArray[np.float64]:
    """Probability that an interaction is with each account, shape (n,).

    They sum to 1. The interaction is by someone of *region*, in a post about *area*,
    in *quarter*. Interactions by bots are spread evenly over all who work in the area.
    """
    pull = rates.appeal * rates.growth[:, quarter] * cast.works_in(area)
    near = (cast.region == region) | (cast.kind == BROKER)
    pull = pull * np.where(near, 1.0, _OTHER_REGION)
    share: NDArray[np.float64] = pull / pull.sum()
    return share


def quarter_of(at: NDArray[np.int64]) -> NDArray[np.int64]:
    """The quarter of the year, from 0, of times in Unix seconds."""
    return np.minimum((at - YEAR_START) * QUARTERS // (DAYS * DAY), QUARTERS - 1)


def _targets(
    cast: Cast,
    rates: Rates,
    *,
    author: NDArray[np.int64],
    area: NDArray[np.int64],
    at: NDArray[np.int64],
    kind: NDArray[np.int64],
    rng: np.random.Generator,
) -> NDArray[np.int32]:
    """Accounts that each post responds to, shape (m, 3), -1 where nobody."""
    target = np.full((len(author), MOST_NAMED), -1, np.int64)
    acts = kind != ORIGINAL
    bot, region = cast.persona[author] == BOT, cast.region[author]
    quarter = quarter_of(at)
    for of_area in range(int(area.max()) + 1):
        here = acts & (area == of_area)
        those = np.flatnonzero(here & bot)
        evenly = cast.works_in(of_area).astype(np.float64)
        target[those, 0] = weighted(rng, evenly, len(those))
        for of_region in range(len(REGIONS)):
            for q in range(QUARTERS):
                those = np.flatnonzero(
                    here & ~bot & (region == of_region) & (quarter == q)
                )
                pull = chances(cast, rates, area=of_area, region=of_region, quarter=q)
                drawn = weighted(rng, pull, MOST_NAMED * len(those))
                target[those] = drawn.reshape(-1, MOST_NAMED)
    _thin(target, kind == _MENTION, cast.kind[author] == LOUD, rng)
    return _without_oneself(target, author).astype(np.int32)


def _thin(
    target: NDArray[np.int64],
    mention: NDArray[np.bool_],
    loud: NDArray[np.bool_],
    rng: np.random.Generator,
) -> None:
    """Keep one target of each post, more in mentions, two or three of the loud."""
    u = rng.random(len(target))
    target[~mention, 1:] = -1
    target[~loud & (u > 0.3), 1] = -1
    target[~loud, 2] = -1
    target[loud & (u > 0.5), 2] = -1


def _without_oneself(
    target: NDArray[np.int64], author: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Nobody is named twice in a post, nor names themselves."""
    target[target == author[:, None]] = -1
    target[target[:, 1] == target[:, 0], 1] = -1
    twice = (target[:, 2] == target[:, 0]) | (target[:, 2] == target[:, 1])
    target[twice, 2] = -1
    return np.take_along_axis(target, np.argsort(target < 0, axis=1, kind="stable"), 1)


def _deleted(
    kind: NDArray[np.int64], refers: NDArray[np.int32], rng: np.random.Generator
) -> NDArray[np.bool_]:
    """A few originals that were answered or quoted, but never reposted."""
    answered = np.zeros(len(kind), bool)
    reposted = np.zeros(len(kind), bool)
    answered[refers[(refers >= 0)]] = True
    reposted[refers[(refers >= 0) & (kind == REPOST)]] = True
    plain = (kind == ORIGINAL) & answered & ~reposted
    deleted: NDArray[np.bool_] = plain & (rng.random(len(kind)) < _DELETED)
    return deleted


def refer(
    author: NDArray[np.int64],
    area: NDArray[np.int64],
    at: NDArray[np.int64],
    kind: NDArray[np.int64],
    target: NDArray[np.int32],
    *,
    rng: np.random.Generator,
) -> NDArray[np.int32]:
    """Find a recent post by each interaction's *target* about the same area.

    Args:
        author: of each post, shape (m,).
        area: of each post, shape (m,).
        at: Unix seconds, ascending, shape (m,).
        kind: as drawn, shape (m,).
        target: whom the post attends to, shape (m,), -1 for nobody.
        rng: random numbers.

    Returns:
        The row of the post referred to, shape (m,), always an earlier one; -1 for
        posts that refer to none, and where the target has none to refer to.
    """
    m = len(at)
    span = m + 1
    lane = author * (area.max() + 2) + area + 1
    eligible = np.flatnonzero(np.isin(kind, _REFERABLE))
    eligible = eligible[np.argsort(lane[eligible] * span + eligible, kind="stable")]
    keys = lane[eligible] * span + eligible
    wanted = target.astype(np.int64) * (area.max() + 2) + area + 1
    back = np.floor(np.log1p(-rng.random(m)) / np.log(1 - _LATEST)).astype(np.int64)
    latest = np.searchsorted(keys, wanted * span + np.arange(m)) - 1
    earlier = np.maximum(latest - back, 0)
    place = np.where(lane[eligible[earlier]] == wanted, earlier, latest)
    found = eligible[np.maximum(place, 0)]
    usable = (
        np.isin(kind, (1, 2, 3))
        & (target >= 0)
        & (latest >= 0)
        & (lane[found] == wanted)
        & (at - at[found] < _OLDEST)
        & (at > at[found])
    )
    return np.where(usable, found, -1).astype(np.int32)
