"""Disc packing: separation, compaction, shelves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]
    Positions = NDArray[np.intp]

ASPECT = 1.6  # width over height of the whole: what a slide leaves for a map
_SQUEEZE = 0.03  # share of the way to the middle that a disc falls in a round
_GOLDEN = np.pi * (3 - np.sqrt(5))
_PAIR_BUDGET = 40_000_000  # pairs looked at in one packing, so that time is bounded


def push_apart(xy: Reals, radius: Reals, *, share: float = 0.5) -> Reals:
    """Move every two overlapping discs away from each other, once.

    Smaller discs give way to larger ones, in proportion to area.

    Args:
        xy: centres, shape (n, 2).
        radius: shape (n,), positive.
        share: of each overlap that is undone, in (0, 1]; below 1 because a disc
            squeezed from several sides would otherwise jump.

    Returns:
        New centres, shape (n, 2).
    """
    first, second = _near(xy, radius)
    apart = xy[first] - xy[second]
    distance = np.hypot(apart[:, 0], apart[:, 1])
    overlap = radius[first] + radius[second] - distance
    touching = overlap > 0
    first, second = first[touching], second[touching]
    apart, distance = apart[touching], distance[touching]
    same = distance == 0
    turn = first[same] * _GOLDEN
    apart[same] = np.column_stack([np.cos(turn), np.sin(turn)])
    distance[same] = 1.0
    step = apart * (share * overlap[touching] / distance)[:, None]
    area = radius**2
    yields = (area[second] / (area[first] + area[second]))[:, None]
    moved = xy.copy()
    for axis in (0, 1):
        moved[:, axis] += np.bincount(
            first, (step * yields)[:, axis], minlength=len(xy)
        )
        moved[:, axis] -= np.bincount(
            second, (step * (1 - yields))[:, axis], minlength=len(xy)
        )
    return moved


def _near(xy: Reals, radius: Reals) -> tuple[Positions, Positions]:
    """All pairs that might overlap, and some that do not, by (first, second).

    A few discs are many times as large as most; searching around every disc as
    far as the largest reach would give thirty times the pairs.
    """
    usual = float(np.quantile(radius, 0.9))
    large = np.flatnonzero(radius > usual)
    tree = cKDTree(xy)
    pairs = tree.query_pairs(2 * usual, output_type="ndarray")
    found = tree.query_ball_point(
        xy[large], radius[large] + float(radius.max()), return_sorted=True
    )
    around = np.array([j for near in found for j in near], np.intp)
    middle = np.repeat(large, [len(near) for near in found])
    first = np.concatenate([pairs[:, 0], np.minimum(middle, around)])
    second = np.concatenate([pairs[:, 1], np.maximum(middle, around)])
    # each pair once, in one order whatever the tree's: sums of floats depend on it
    code = np.unique(first * len(xy) + second)
    first, second = code // len(xy), code % len(xy)
    return first[first != second], second[first != second]


def pack(xy: Reals, radius: Reals) -> Reals:
    """Draw discs together until they nearly touch, wider than high.

    Args:
        xy: where the discs would like to be, relative to each other, shape (k, 2).
        radius: shape (k,), positive.

    Returns:
        Centres, shape (k, 2), of discs of which no two overlap; their longest
        direction lies along the first axis.
    """
    count = len(xy)
    if count == 1:
        return np.zeros((1, 2))
    xy = _lie_down(xy * np.sqrt((radius**2).sum() * 2), radius)
    rounds = int(np.clip(2 * _PAIR_BUDGET // count**2, 30, 250))
    fall = _SQUEEZE * np.array([ASPECT**-2, 1.0])
    for left in np.linspace(1.0, 0.0, rounds):
        xy = push_apart(xy * (1 - fall * left), radius)
    for _ in range(rounds // 2):
        xy = push_apart(xy, radius)
    return _spread(xy, radius)


def _lie_down(xy: Reals, radius: Reals) -> Reals:
    """Turn the longest direction to the horizontal, and stretch it to the page."""
    weight = radius**2 / (radius**2).sum()
    xy = xy - weight @ xy
    _, axes = np.linalg.eigh((xy * weight[:, None]).T @ xy)
    # an eigenvector may point either way: let its larger part point up
    larger = np.abs(axes).argmax(axis=0)
    turned = xy @ (axes * np.sign(axes[larger, [0, 1]]))[:, ::-1]
    wide, high = np.sqrt(weight @ turned**2)
    if high * ASPECT > wide > 0:
        turned[:, 0] *= high * ASPECT / wide
    return np.asarray(turned)


def _spread(xy: Reals, radius: Reals) -> Reals:
    """Scale distances up by what the worst overlap still needs, usually nothing."""
    first, second = _near(xy, radius)
    distance = np.hypot(*(xy[first] - xy[second]).T)
    need = (radius[first] + radius[second]) / np.maximum(distance, 1e-9)
    return xy * max(1.0, float(need.max(initial=1.0)))


def shelve(width: Reals, height: Reals) -> Reals:
    """Set boxes in rows, the highest first, like books on shelves.

    A box that outdoes all others gets the first row for itself.

    Args:
        width: of each box, shape (k,), positive.
        height: of each box, shape (k,).

    Returns:
        The centre of each box, shape (k, 2); rows go downwards.

    >>> import numpy as np
    >>> side = np.array([6.0, 1.0, 1.0])
    >>> shelve(side, side).tolist()
    [[3.0, -3.0], [0.5, -6.5], [1.5, -6.5]]
    """
    area = width * height
    order = np.argsort(-height, kind="stable")
    alone = len(order) > 1 and height[order[1]] < height[order[0]] / 2
    row_width = max(float(width.max()), float(np.sqrt(ASPECT * area.sum())))
    centres = np.empty((len(width), 2))
    x = y = row_height = 0.0
    for turn, box in enumerate(order.tolist()):
        full = x > 0 and x + width[box] > row_width + 1e-9
        if full or (turn == 1 and alone):
            x, y, row_height = 0.0, y - row_height, 0.0
        row_height = max(row_height, float(height[box]))
        centres[box] = x + width[box] / 2, y - row_height / 2
        x += float(width[box])
    return centres
