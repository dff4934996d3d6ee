"""Ties in one order, whatever order the database gave them in.

Sorting in SQL by seven columns takes longer than reading. An import writes ties
nearly in order, and (area, source, target) fit in one integer: what is in order
already is only looked at, and what repeats a pair is sorted further by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Columns: TypeAlias = Mapping[str, NDArray[Any]]

_LATER = ("weight", "post", "at", "layer")  # the last one counts first


def in_order(found: Columns) -> dict[str, NDArray[Any]]:
    """The rows sorted by (area, source, target, layer, at, post, weight).

    Args:
        found: the columns of ties, shape (m,) each; a column may be absent if it
            says the same of every tie.
    """
    if "area" not in found and _ascend(found["source"], found["target"]):
        return dict(found)
    key = _pairs(found)
    order = np.argsort(key, kind="stable")
    key = key[order]
    same = key[1:] == key[:-1]
    repeated = np.zeros(len(key), np.bool_)
    repeated[1:] = same
    repeated[:-1] |= same
    place = np.flatnonzero(repeated)
    rows = order[place]
    later = [found[name][rows] for name in _LATER if name in found]
    # equal keys stand together, so their rows keep the places they have
    order[place] = rows[np.lexsort((*later, key[place]))]
    return {name: column[order] for name, column in found.items()}


def _ascend(source: NDArray[np.int32], target: NDArray[np.int32]) -> bool:
    """Whether pairs are sorted, each once; quicker than to make integers of them."""
    same = source[1:] == source[:-1]
    onward = np.where(same, target[1:] > target[:-1], source[1:] > source[:-1])
    return bool(onward.all())


def _pairs(found: Columns) -> NDArray[np.int64]:
    """Area, source and target in one integer that sorts like them."""
    source, target = found["source"], found["target"]
    if not len(source):
        return np.empty(0, np.int64)
    accounts = 1 + int(max(source.max(), target.max()))
    key = source.astype(np.int64)
    if "area" in found:
        # 2**15 areas of 2**24 accounts: no study comes near 2**63
        key += found["area"].astype(np.int64) * accounts
    key *= accounts
    key += target
    return key
