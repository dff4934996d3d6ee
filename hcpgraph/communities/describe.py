"""Communities by name: what most of their members share and others do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_KNOWN: Final = 5  # members of whom something is known, below which nothing is said
_MOSTLY: Final = 0.5  # share of them that a name must fit
_OFTENER: Final = 1.5  # how much oftener than among all others


def name_groups(
    label: NDArray[np.int32],
    known: Mapping[str, Sequence[str | None]],
    *,
    least: int = 1,
) -> dict[int, str]:
    """Communities by what most of their members share and others do not.

    A value names a community if it fits at least half of the members of whom the
    field is known, and half as many again as it fits among everyone else. The field
    that stands out most comes first, at most two are named.

    Args:
        label: community of each account, shape (n,), from 0.
        known: field -> its value for each account; None where it is not known.
        least: members whom a value must fit.
    """
    count = int(label.max(initial=-1)) + 1
    fitting: dict[int, list[tuple[float, int, str]]] = {}
    for place, cells in enumerate(known.values()):
        rows = np.array([i for i, cell in enumerate(cells) if cell], np.intp)
        if not len(rows):
            continue
        values, code = np.unique(
            np.array([str(cells[i]) for i in rows], np.str_), return_inverse=True
        )
        cell = label[rows].astype(np.int64) * len(values) + code
        table = np.bincount(cell, minlength=count * len(values))
        table = table.reshape(count, len(values))
        told, overall = table.sum(axis=1), table.sum(axis=0)
        for group in np.flatnonzero(told >= _KNOWN).tolist():
            value = int(np.argmax(table[group]))
            inside = table[group, value] / told[group]
            others = max(int(told.sum() - told[group]), 1)
            outside = (overall[value] - table[group, value]) / others
            if table[group, value] < least:
                continue
            if inside >= _MOSTLY and inside >= _OFTENER * outside:
                apart = inside - outside
                fitting.setdefault(group, []).append((-apart, place, values[value]))
    return {
        group: "Mostly " + ", ".join(str(value) for _, _, value in sorted(found)[:2])
        for group, found in sorted(fitting.items())
    }
