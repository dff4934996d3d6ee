"""``compare``: whose score changed between two periods, beyond sampling error."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import ranking
from hcpgraph.model.columns import profile_fields
from hcpgraph.model.comparison import Comparison
from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.model.query import EVERY_AREA, utc_time
from hcpgraph.model.ties import NO_TIME
from hcpgraph.narrative import notes, reasons, times
from hcpgraph.narrative.partly import missing_first
from hcpgraph.ranking.change.comparison import Period, shifts
from hcpgraph.study.scored_area import draws_of, scored_area

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from hcpgraph.model.query import Query, When
    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.table import Cell, Table
    from hcpgraph.ranking.change.comparison import Shifts
    from hcpgraph.study.open_study import OpenStudy
    from hcpgraph.study.scored_area import ScoredArea

    Bounds = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One period: who may be listed, best first, and the row of each by account."""

    place: ScoredArea
    row: Mapping[int, int]
    ranks: NDArray[np.int64]

    @property
    def scored(self) -> Scored:
        """The scored people who may be listed."""
        return self.place.listed

    def value(self, account: int, column: NDArray[np.float64]) -> float:
        row = self.row.get(account)
        return 0.0 if row is None else float(column[row])


def answer(
    opened: OpenStudy, query: Query, spans: tuple[Bounds, Bounds], *, top: int
) -> Comparison:
    """The people whose score changed, the best ranked in either period first.

    Args:
        opened: the study.
        query: what is asked, but for the period; one measure serves both, the prior.
        spans: the two periods, as ``spans_of`` gives them.
        top: people listed.

    Raises:
        UnknownArea: if the study has no such area.
        ValueError: if nothing with a time happened in one of the periods.
    """
    if top < 0 or draws_of(query) < 2:
        raise ValueError("top must be 0 or more, resamples 2 or more")
    if query.area == EVERY_AREA:
        raise ValueError("two periods are compared in one area, or the whole study")
    sides = [_side(opened, query, span) for span in spans]
    said_of_last = sides[1].place.notes
    layers = _common_layers(query, sides)
    if layers != query.layers:
        both = replace(query, layers=layers)
        sides = [_side(opened, both, span) for span in spans]
    before, after = (
        Period(s.scored, s.place.counted.ties, s.place.counted.accounts) for s in sides
    )
    found = shifts(
        before, after,
        weights=ranking.prior(), layers=layers, draws=draws_of(query),
        seed=query.seed,
    )  # fmt: skip
    table, emptied = _table(opened, query, sides, found, top=top)
    said = (times.period(*spans[0]), times.period(*spans[1]))
    return Comparison(
        table=table,
        area=query.area,
        compared=len(found.account),
        moved=int(found.sure.sum()),
        notes=missing_first(
            (
                *notes.compared(said, found, len(table)),
                *said_of_last,
                *emptied,
            )
        ),
        parameters={
            **query.parameters(),
            "before": [times.stamp(end) for end in spans[0]],
            "after": [times.stamp(end) for end in spans[1]],
            "top": top,
            "resamples": draws_of(query),
            "seed": query.seed,
        },
    )


def spans_of(
    at: When, before: tuple[When, When] | None, after: tuple[When, When] | None
) -> tuple[Bounds, Bounds]:
    """The two periods that are asked for.

    Raises:
        ValueError: if they overlap, or are not given.
    """
    if at is not None and before is None and after is None:
        before, after = (None, at), (at, None)
    if before is None or after is None or at not in {None, after[0]}:
        raise ValueError("give both periods, before and after, or a cut-off, at")
    early = (utc_time(before[0]), utc_time(before[1]))
    late = (utc_time(after[0]), utc_time(after[1]))
    if early[1] is None or late[0] is None or early[1] > late[0]:
        raise ValueError(
            "the periods overlap: the first must end where the second begins, or before"
        )
    return early, late


def _common_layers(query: Query, sides: Sequence[_Side]) -> Mapping[str, float]:
    """The layers that count in both periods; partial ones may count in neither."""
    return {
        name: weight
        for name, weight in query.layers.items()
        if all(name in side.place.layers for side in sides)
    }


def _side(opened: OpenStudy, query: Query, span: Bounds) -> _Side:
    """The people of one period, ranked."""
    place = scored_area(opened, replace(query, since=span[0], until=span[1]))
    if not (place.ties.at != NO_TIME).any():
        raise ValueError(
            f"{times.period(*span)}: no tie has a time, so there is nothing to compare"
        )
    row = {int(account): row for row, account in enumerate(place.listed.account)}
    return _Side(place, row, place.listed.ranks())


def _table(
    opened: OpenStudy,
    query: Query,
    sides: Sequence[_Side],
    found: Shifts,
    *,
    top: int,
) -> tuple[Table, tuple[str, ...]]:
    """People with a significant change, the best ranked in either period first."""
    rows = np.flatnonzero(found.sure).tolist()
    account = {row: int(found.account[row]) for row in rows}

    def first(row: int) -> tuple[int, float, int]:
        one = account[row]
        ranks = [int(s.ranks[s.row[one]]) for s in sides if one in s.row]
        return min(ranks), -abs(float(found.change[row])), row

    rows = sorted(rows, key=first)[:top]
    people = [account[row] for row in rows]
    profiles, emptied = opened.profiles(people)
    up = [bool(found.change[row] > 0) for row in rows]
    columns: dict[str, Sequence[Cell]] = {
        **{name: profiles[name] for name in profile_fields("compare")},
        "moved": [_moved(sides, a, u) for a, u in zip(people, up, strict=True)],
    }
    for name, side in zip(("before", "after"), sides, strict=True):
        columns |= _ranks(query, side, people, name)
    columns["change"] = [float(found.change[row]) for row in rows]
    columns["p"] = [float(found.p[row]) for row in rows]
    columns["reason"] = [_reason(sides, a, u) for a, u in zip(people, up, strict=True)]
    table = opened.table("compare", columns)
    return table, (*emptied, *opened.withheld(table))


def _ranks(
    query: Query, side: _Side, people: Sequence[int], name: str
) -> dict[str, Sequence[Cell]]:
    """The rank of each person in one period, with its interval."""
    rows = [side.row.get(account) for account in people]
    listed = ranking.with_intervals(
        side.scored, side.place.counted.ties, side.place.counted.accounts,
        weights=ranking.prior(), layers=side.place.layers,
        top=max((row + 1 for row in rows if row is not None), default=0),
        resamples=draws_of(query), seed=query.seed, unknown=side.place.unknown,
    )  # fmt: skip
    assert listed.low is not None  # with_intervals gives them
    assert listed.high is not None
    columns: dict[str, NDArray[np.integer]] = {
        "rank": side.ranks,
        "low": listed.low,
        "high": listed.high,
    }
    return {
        f"{word}_{name}": [None if row is None else int(column[row]) for row in rows]
        for word, column in columns.items()
    }


def _moved(sides: Sequence[_Side], account: int, up: bool) -> str:
    """new: nobody responded before; gone: nobody does any more; else up or down."""
    other = sides[0] if up else sides[1]
    if other.value(account, other.scored.signal["listeners"]) > 0:
        return "up" if up else "down"
    return "new" if up else "gone"


def _reason(sides: Sequence[_Side], account: int, up: bool) -> str:
    """The contribution that changed most in the direction of the whole."""
    change = {
        name: late - early
        for name in CONTRIBUTIONS
        for early, late in [
            [s.value(account, s.scored.contribution[name]) for s in sides]
        ]
    }
    name = max(CONTRIBUTIONS, key=lambda name: change[name] if up else -change[name])
    signal = reasons.counted_by(name)
    if any(signal not in side.scored.signal for side in sides):
        return reasons.changed(name, change[name])
    early, late = (s.value(account, s.scored.signal[signal]) for s in sides)
    return reasons.changed(name, change[name], (early, late))
