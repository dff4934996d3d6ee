"""From ids as people write them to positions 0..n-1, in ascending order of id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from hcpgraph.errors import GraphError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Ids: TypeAlias = NDArray[Any]
    Positions: TypeAlias = NDArray[np.int32]

_MOST_NODES = np.iinfo(np.int32).max
_TABLE_PER_VALUE = 4  # a lookup table is quicker than sorting up to this size


def number_ends(
    source: ArrayLike, target: ArrayLike, ids: ArrayLike | None
) -> tuple[Ids, Positions, Positions]:
    """The nodes that ties run between, and where each end stands among them.

    Args:
        source: ids, shape (m,), integers or text.
        target: ids, shape (m,), of the same kind.
        ids: all nodes, when some have no tie; each once, in any order.

    Returns:
        Ids ascending, shape (n,), and the positions of both ends, shape (m,).

    Raises:
        GraphError: if ids are neither integers nor text, columns differ in
            length, or a tie runs to a node that is not in *ids*.
    """
    ends = [as_ids(source, "source"), as_ids(target, "target")]
    if len(ends[0]) != len(ends[1]):
        raise GraphError(
            f"source has {len(ends[0])} entries and target has {len(ends[1])}; "
            "each tie needs one of both"
        )
    listed = [] if ids is None else [as_ids(ids, "ids")]
    ends = same_kind([*ends, *listed])
    if ids is None:
        nodes, at = _distinct(np.concatenate(ends))
    else:
        nodes = _each_once(ends.pop())
        at = _look_up(np.concatenate(ends), nodes)
    if len(nodes) > _MOST_NODES:
        raise GraphError(f"{len(nodes)} nodes; a graph holds at most {_MOST_NODES}")
    tail, head = np.split(at.astype(np.int32), [len(ends[0])])
    return nodes, tail, head


def as_ids(values: ArrayLike, what: str) -> Ids:
    """One column of ids as an array of integers or of text.

    Raises:
        GraphError: for anything else, such as fractions or missing values.
    """
    if isinstance(values, (list, tuple)):
        # numpy would turn a mixture with text into text, and long integers into
        # fractions
        return _from_objects(list(values), what)
    if np.ma.is_masked(values):
        raise GraphError(f"{what}: some values are missing; drop those ties first")
    array = np.asarray(values)
    if array.ndim != 1:
        raise GraphError(f"{what} must be one column, not {array.ndim} dimensions")
    if array.dtype.kind in "iuU":
        return array
    if not len(array):  # of no kind
        return np.empty(0, np.int64)
    if array.dtype.kind in "OT":
        return _from_objects(array.tolist(), what)
    raise GraphError(f"{what} must hold integers or text, not {array.dtype}")


def same_kind(columns: list[Ids]) -> list[Ids]:
    """Bring columns of ids to one dtype that holds all of them.

    Raises:
        GraphError: if some are text and some are integers.
    """
    filled = [column for column in columns if len(column)] or columns[:1]
    if len({column.dtype.kind == "U" for column in filled}) > 1:
        raise GraphError("some ids are integers and some are text; use one kind")
    common = np.result_type(*filled)
    if common.kind == "f":  # numpy's answer to int64 with uint64 loses digits
        if any(column.min() < 0 for column in filled):
            raise GraphError("ids below 0 and ids above 2**63 - 1 do not fit together")
        common = np.dtype(np.uint64)
    return [column.astype(common, copy=False) for column in columns]


def _from_objects(values: list[Any], what: str) -> Ids:
    if not values:
        return np.empty(0, np.int64)
    if all(isinstance(value, str) for value in values):
        return np.array(values, np.str_)
    integral = (int, np.integer)
    if all(isinstance(v, integral) and not isinstance(v, bool) for v in values):
        largest, smallest = max(values), min(values)
        if largest < 2**63 and smallest >= -(2**63):
            return np.array(values, np.int64)
        if largest < 2**64 and smallest >= 0:
            return np.array(values, np.uint64)
    raise GraphError(
        f"{what} must hold integers of 64 bits or text, one kind throughout"
    )


def _distinct(values: Ids) -> tuple[Ids, NDArray[np.intp]]:
    """Ascending distinct values, and the place of every value among them."""
    if values.dtype.kind in "iu" and len(values):
        low, high = int(values.min()), int(values.max())
        if high - low < _TABLE_PER_VALUE * len(values):
            return _distinct_by_table(values, low, high)
    nodes, at = np.unique(values, return_inverse=True)
    return nodes, at


def _distinct_by_table(
    values: Ids, low: int, high: int
) -> tuple[Ids, NDArray[np.intp]]:
    wide = np.uint64 if values.dtype.kind == "u" else np.int64  # no sum overflows
    offset = (values.astype(wide, copy=False) - wide(low)).astype(np.intp)
    present = np.zeros(high - low + 1, np.bool_)
    present[offset] = True
    place = np.cumsum(present) - 1
    nodes = np.flatnonzero(present).astype(wide) + wide(low)
    return nodes.astype(values.dtype), place[offset]


def _each_once(ids: Ids) -> Ids:
    nodes = np.unique(ids)
    if len(nodes) != len(ids):
        raise GraphError(f"{len(ids) - len(nodes)} ids are listed more than once")
    return nodes


def _look_up(values: Ids, nodes: Ids) -> NDArray[np.intp]:
    at = np.searchsorted(nodes, values)
    unknown = np.ones(len(values), np.bool_)
    if len(nodes):
        unknown = nodes.take(at, mode="clip") != values
    if unknown.any():
        first = values[unknown][0].item()
        raise GraphError(f"a tie runs to {first!r}, which is not among the ids")
    return at
