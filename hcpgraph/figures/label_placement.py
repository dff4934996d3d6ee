"""Label placement without overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]

# Where a label is tried, in degrees: beside first, as text is read along lines.
_DIRECTIONS: Final = (0, 180, 30, 150, -30, -150, 60, 120, -60, -120, 90, -90)
_GAPS: Final = (2.0, 7.0, 16.0, 28.0, 44.0, 64.0, 90.0)  # points from the rim
_LINE_FROM = 7.0  # points beyond which a line must lead from label to account
_PAD = 1.5  # points kept free around a label
_COVERED = 2.5  # how many points farther a label goes to spare one small account


@dataclass(frozen=True, slots=True)
class LabelSpot:
    """Where a label stands, in points.

    Attributes:
        centre: middle of the label.
        line: from the rim of the account to the label, None where it stands so
            near that no line is needed.
    """

    centre: tuple[float, float]
    line: tuple[tuple[float, float], tuple[float, float]] | None


class LabelPlacement:
    """The free room of a page: what has been set stays, what comes must fit.

    All lengths are in points, from the lower left corner of the page.
    """

    def __init__(self, width: float, height: float, crowd: Reals) -> None:
        """Begin with an empty page.

        Args:
            width: of the page.
            height: of the page.
            crowd: small accounts that labels should spare but may cover, as
                coordinates, shape (n, 2).
        """
        self._size = np.array([width, height])
        self._crowd = crowd
        self._taken = np.empty((0, 4))  # left, low, right, high
        self._lines = np.empty((0, 4))  # from x, y to x, y

    def take(self, centre: Reals, size: Reals) -> None:
        """Keep a box free of labels that come later, shape (2,) each."""
        box = np.concatenate([centre - size / 2, centre + size / 2])
        self._taken = np.vstack([self._taken, box])

    def find(self, anchor: Reals, rim: float, size: Reals) -> LabelSpot | None:
        """Room for a label of *size* near a disc, taken for it; None if there is none.

        Near is better than far, and sparing small accounts better than covering
        them; of equally good spots the first tried is taken.

        Args:
            anchor: middle of the disc that the label names, shape (2,).
            rim: its radius.
            size: width and height of the label, shape (2,).
        """
        gap = np.repeat(_GAPS, len(_DIRECTIONS))
        turn = np.deg2rad(np.tile(_DIRECTIONS, len(_GAPS)))
        way = np.column_stack([np.cos(turn), np.sin(turn)])
        edge = anchor + way * (rim + gap)[:, None]  # where the label touches
        centre = edge + way * size / 2
        usable = self._free(centre, size)
        for i in np.flatnonzero(usable & (gap > _LINE_FROM)):
            usable[i] = not self._crosses(anchor + way[i] * rim, edge[i])
        if not usable.any():
            return None
        cost = gap + _COVERED * self._covered(centre, size)
        best = int(np.argmin(np.where(usable, cost, np.inf)))
        self.take(centre[best], size)
        start = anchor + way[best] * rim
        line = None
        if gap[best] > _LINE_FROM:
            line = (_pair(start), _pair(edge[best] - way[best]))
            self._lines = np.vstack([self._lines, [*start, *edge[best]]])
        return LabelSpot(_pair(centre[best]), line)

    def _free(self, centre: Reals, size: Reals) -> NDArray[np.bool_]:
        low, high = centre - size / 2 - _PAD, centre + size / 2 + _PAD
        inside = np.all(low >= 0, axis=1) & np.all(high <= self._size, axis=1)
        hit = (low[:, None] < self._taken[None, :, 2:]) & (
            high[:, None] > self._taken[None, :, :2]
        )
        free = inside & ~np.any(np.all(hit, axis=2), axis=1)
        for line in self._lines:
            free &= ~_passes(line[:2], line[2:], low, high)
        return np.asarray(free)

    def _covered(self, centre: Reals, size: Reals) -> NDArray[np.int64]:
        low, high = centre - size / 2, centre + size / 2
        # one candidate after the other: all at once is candidates x accounts
        return np.array(
            [
                ((self._crowd > a) & (self._crowd < b)).all(axis=1).sum()
                for a, b in zip(low, high, strict=True)
            ]
        )

    def _crosses(self, start: Reals, end: Reals) -> bool:
        """Whether a line passes through a label, a leader or another line."""
        low, high = self._taken[:, :2], self._taken[:, 2:]
        own = np.all((low <= start) & (start <= high), axis=1)
        through = _passes(start, end, low, high) & ~own
        return bool(through.any()) or bool(_cut(start, end, self._lines).any())


def _passes(start: Reals, end: Reals, low: Reals, high: Reals) -> NDArray[np.bool_]:
    """Which boxes a line passes through, shape (n,)."""
    # the part of the line between the two sides of each box, along each axis; an
    # axis along which the line does not move is given a tiny step
    way = np.where(end == start, 1e-12, end - start)
    one, two = (low - start) / way, (high - start) / way
    enters = np.minimum(one, two).max(axis=1)
    leaves = np.maximum(one, two).min(axis=1)
    return np.asarray((enters < leaves) & (leaves > 0) & (enters < 1))


def _cut(start: Reals, end: Reals, lines: Reals) -> NDArray[np.bool_]:
    """Which lines another one crosses, shape (n,)."""
    from_, to = lines[:, :2], lines[:, 2:]
    apart = _side(start, end, from_) * _side(start, end, to) < 0
    return np.asarray(apart & (_side(from_, to, start) * _side(from_, to, end) < 0))


def _side(start: Reals, end: Reals, point: Reals) -> Reals:
    """On which side of a line a point lies: its sign, 0 on the line."""
    way, off = end - start, point - start
    return np.asarray(way[..., 0] * off[..., 1] - way[..., 1] * off[..., 0])


def _pair(point: Reals) -> tuple[float, float]:
    return float(point[0]), float(point[1])
