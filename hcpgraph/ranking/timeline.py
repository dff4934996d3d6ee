"""Attention over time: responders by period, momentum and bursts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import bdtr, bdtrc, pdtrc

from hcpgraph.model.names import ACT_CODES
from hcpgraph.model.table import Table
from hcpgraph.model.ties import NO_TIME, in_layers
from hcpgraph.model.timeline import Burst, Timeline
from hcpgraph.ranking.record.incoming_edges import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties

    Whole = NDArray[np.int64]

UNITS: Final = ("day", "week", "month", "quarter", "year")
_MOST_PERIODS: Final = 60
_RESPONDED: Final = 1.0  # responders that a leader has in a usual period, at least
_FEW_PERIODS: Final = 4
_STRETCH: Final = 4  # the last stretch is one part in so many
_UNLIKELY: Final = 0.05  # for all people of a picture together
_BURST: Final = 0.01  # for all periods of a person together
_BURSTS_EACH: Final = 2
_NEAR: Final = 3  # periods on either side of one
_LEAST: Final = 4  # responders of a burst, at least


def follow(ties: Ties, people: Whole, table: Table, *, area: str | None) -> Timeline:
    """Responses to some people over time, in periods that suit the data's density.

    Args:
        ties: of one area.
        people: account numbers, the foremost first, shape (n,).
        table: who they are, a row each.
        area: slug, or None for the whole study.
    """
    interactions = in_layers(ties.layer, ACT_CODES)
    interactions &= (ties.at != NO_TIME) & (ties.source != ties.target)
    counted = ties.where(interactions)
    at, source, target = counted.at, counted.source, counted.target
    order = np.argsort(people, kind="stable")
    place = np.searchsorted(people[order], target)
    place = np.minimum(place, max(len(people) - 1, 0))
    theirs = people[order][place] == target if len(people) else np.zeros(0, np.bool_)
    person = order[place[theirs]] if len(people) else np.empty(0, np.intp)
    unit, edges = _periods(at, int(theirs.sum()) / max(len(people), 1))
    period = np.searchsorted(edges, at, side="right") - 1
    shape = (len(people), len(edges) - 1)
    responders = _distinct(person, period[theirs], source[theirs], shape)
    everyone = _distinct(np.zeros(len(at), np.intp), period, source, (1, shape[1]))[0]
    stretch = max(round(shape[1] / _STRETCH), 1)
    late = period >= shape[1] - stretch
    before = (period >= shape[1] - 2 * stretch) & ~late
    moved = [
        (_distinct(person, np.zeros(len(person), np.intp), source[theirs],
                   (len(people), 1), part[theirs])[:, 0],
         _pairs(source[part], target[part]))
        for part in (late, before)
    ]  # fmt: skip
    change = _changes(*moved[0], *moved[1])
    return Timeline(
        table=Table({**table.columns, **change}),
        area=area,
        unit=unit,
        starts=tuple(_utc(edge) for edge in edges.tolist()),
        responders=responders,
        everyone=everyone,
        bursts=tuple(
            _bursts(responders, everyone, (person, period[theirs], at[theirs]))
        ),
        stretch=stretch,
        dated=len(at),
        undated=int((ties.at == NO_TIME).sum()),
    )


def _utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


def _periods(at: Whole, responders: float) -> tuple[str, Whole]:
    """The shortest unit with enough responses to leaders, and the start of each period.

    Args:
        at: Unix seconds of all interactions.
        responders: interactions towards a usual leader.
    """
    if not len(at):
        return UNITS[0], np.zeros(1, np.int64)
    span = np.array([at.min(), at.max()])
    choices = [(unit, _edges(span, unit)) for unit in UNITS]
    few = [c for c in choices if len(c[1]) - 1 <= _MOST_PERIODS] or choices[-1:]
    for unit, edges in few:
        if responders / (len(edges) - 1) >= _RESPONDED:
            return unit, edges
    long = [c for c in few if len(c[1]) - 1 >= _FEW_PERIODS]
    return (long or few[:1])[-1]


def _edges(span: Whole, unit: str) -> Whole:
    """Where the periods of a unit begin that hold a span, and where the last ends."""
    days = span // 86_400
    if unit == "day":
        return np.arange(days[0], days[1] + 2) * 86_400
    if unit == "week":
        monday = (days + 3) // 7 * 7 - 3  # the first of January 1970 was a Thursday
        return np.arange(monday[0], monday[1] + 8, 7) * 86_400
    months = span.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    step = {"month": 1, "quarter": 3, "year": 12}[unit]
    first, last = months // step
    starts = (np.arange(first, last + 2) * step).astype("datetime64[M]")
    return starts.astype("datetime64[s]").astype(np.int64)


def _distinct(
    row: NDArray[np.intp],
    column: NDArray[np.intp],
    source: NDArray[np.int32],
    shape: tuple[int, int],
    mask: NDArray[np.bool_] | None = None,
) -> Whole:
    """Distinct sources in each cell of a table of that shape."""
    cell = row.astype(np.int64) * shape[1] + column
    if mask is not None:
        cell, source = cell[mask], source[mask]
    width = int(source.max(initial=0)) + 1
    pairs = distinct(cell * width + source)
    return np.bincount(pairs // width, minlength=shape[0] * shape[1]).reshape(shape)


def _pairs(source: NDArray[np.int32], target: NDArray[np.int32]) -> int:
    """Number of distinct pairs of a responder and a target."""
    width = int(target.max(initial=0)) + 1
    return len(distinct(source.astype(np.int64) * width + target))


def _changes(
    recent: Whole, all_recent: int, before: Whole, all_before: int
) -> dict[str, list[int] | list[float | None] | list[bool]]:
    """Momentum: recent responders beside those before, apart from the area's own.

    If nothing but the area had changed, the recent part of both would be binomial
    with the area's own recent part; what is less likely than ``_UNLIKELY``, divided
    by the number of people, is sure.
    """
    both = recent + before
    part = all_recent / max(all_recent + all_before, 1)
    usual = all_recent / all_before if all_before else 0.0
    low, high = bdtr(recent, both, part), bdtrc(recent - 1, both, part)
    p_value = 2 * np.minimum(low, np.where(recent > 0, high, 1.0))
    sure = (p_value < _UNLIKELY / max(len(both), 1)) & (all_before > 0)
    change = [
        float(now / (then * usual)) if then and usual else None
        for now, then in zip(recent.tolist(), before.tolist(), strict=True)
    ]
    return {
        "recent": recent.tolist(),
        "before": before.tolist(),
        "change": change,
        "sure": sure.tolist(),
    }


def _bursts(
    responders: Whole,
    everyone: Whole,
    interactions: tuple[NDArray[np.intp], NDArray[np.intp], Whole],
) -> list[Burst]:
    """Periods with far more responders than the person's others, by person and time.

    What a usual period would have is the person's own mean of the others, or the
    median of those around it if that is more: a steady rise is no burst. It goes in
    proportion to everyone's attention in the period: a busy week of all is none of
    one. Counts are taken as Poisson.
    """
    person, period, at = interactions
    periods = responders.shape[1]
    if periods < _FEW_PERIODS:
        return []
    found = []
    for row, values in enumerate(responders):
        usual = (values.sum() - values) / (periods - 1)
        others = everyone - values  # one loud person makes no busy week
        rest = np.maximum((others.sum() - others) / (periods - 1), 1e-9)
        expected = np.maximum(usual, _around(values))
        expected = expected * np.maximum(others / rest, 1.0)
        p_value = pdtrc(values - 1.0, np.maximum(expected, 0.5))
        sudden = (values >= _LEAST) & (values >= 2 * expected)
        sudden &= p_value < _BURST / periods
        best = np.flatnonzero(sudden)
        best = best[np.argsort(p_value[best], kind="stable")][:_BURSTS_EACH]
        for place in np.sort(best).tolist():
            when = np.sort(at[(person == row) & (period == place)])
            middle = _utc(int(when[len(when) // 2]))
            found.append(
                Burst(row, place, middle, int(values[place]), float(expected[place]))
            )
    return found


def _around(values: Whole) -> NDArray[np.float64]:
    """The median of the periods next to each, ``_NEAR`` on either side."""
    padded = np.pad(values.astype(np.float64), _NEAR, mode="reflect")
    window = np.lib.stride_tricks.sliding_window_view(padded, 2 * _NEAR + 1)
    return np.asarray(np.median(np.delete(window, _NEAR, axis=1), axis=1))
