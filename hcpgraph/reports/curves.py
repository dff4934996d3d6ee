"""Curves of coverage on the page, as SVG draws them."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH: Final = 640
HEIGHT: Final = 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 132, 12, 34
_LINE: Final = 15  # between the names of two curves
_MOST_TICKS: Final = 6
_ROUNDING: Final = 1e-9  # tenths that a sum of shares misses by a hair


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a chart.

    Attributes:
        name: what it shows.
        points: as the attribute ``points`` of a polyline.
        label: where its name stands, (x, y).
        last: its last value in words.
    """

    name: str
    points: str
    label: tuple[float, float]
    last: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Curves over 0, 1, 2, ... people, with axes.

    Attributes:
        curves: the first is the one that matters.
        across: (x, words) of the ticks below.
        up: (y, words) of the ticks at the left.
        box: left, top, right, bottom of the plane.
    """

    curves: tuple[Curve, ...]
    across: tuple[tuple[float, str], ...]
    up: tuple[tuple[float, str], ...]
    box: tuple[float, float, float, float]


def coverage(series: Mapping[str, Sequence[float]], first: int = 0) -> Chart | None:
    """Coverage curves: expected share of an area reached by the first people.

    Args:
        series: name -> share with the first 0, 1, 2, ... people, in [0, 1].
        first: how many people the first value is of.

    Returns:
        None where no curve has two points.
    """
    kept = {name: shares for name, shares in series.items() if len(shares) > 1}
    if not kept:
        return None
    longest = max(len(shares) for shares in kept.values()) - 1
    every = [share for shares in kept.values() for share in shares]
    low, high = _bounds(min(every), max(every))
    right, bottom = WIDTH - _RIGHT, HEIGHT - _BOTTOM

    def at(people: int, share: float) -> tuple[float, float]:
        x = _LEFT + (right - _LEFT) * people / longest
        y = bottom - (bottom - _TOP) * (share - low) / (high - low)
        return round(x, 1), round(y, 1)

    ends = {name: at(0, shares[-1])[1] for name, shares in kept.items()}
    heights = _apart(ends)
    curves = tuple(
        Curve(
            name,
            " ".join(f"{x},{y}" for x, y in (at(i, s) for i, s in enumerate(shares))),
            (at(len(shares) - 1, low)[0] + 8, heights[name]),
            f"{shares[-1]:.0%}",
        )
        for name, shares in kept.items()
    )
    step = max(1, -(-longest // _MOST_TICKS))
    across = tuple((at(i, low)[0], str(i + first)) for i in range(0, longest + 1, step))
    marks = [low + (high - low) * i / 4 for i in range(5)]
    up = tuple((at(0, mark)[1], f"{100 * mark:.3g}%") for mark in marks)
    return Chart(curves, across, up, (_LEFT, _TOP, right, bottom))


def _bounds(low: float, high: float) -> tuple[float, float]:
    """Tenths around what is drawn, at least two apart: curves are close together.

    >>> _bounds(0.71, 0.84), _bounds(0.98, 1.0), _bounds(0.0, 0.03)
    ((0.7, 0.9), (0.8, 1.0), (0.0, 0.2))
    """
    first = floor(10 * low + _ROUNDING)
    last = min(10, max(ceil(10 * high - _ROUNDING), first + 2))
    return min(first, last - 2) / 10, last / 10


def _apart(ends: Mapping[str, float]) -> dict[str, float]:
    """Heights for the names of curves, none over another, near where each ends."""
    heights: dict[str, float] = {}
    last = float("-inf")
    for name in sorted(ends, key=lambda one: (ends[one], one)):
        last = max(ends[name], last + _LINE)
        heights[name] = last
    below = last - (HEIGHT - _BOTTOM)
    return {name: round(y - max(below, 0), 1) for name, y in heights.items()}
