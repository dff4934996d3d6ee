"""CSR construction from batches of ties, by counting: two passes, no sort.

The first pass counts the ties of each row, the second puts each where its row has
room. What is held is the rows alone, never the ties beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, TypeAlias

import numpy as np

from hcpgraph.compiled import compiled
from hcpgraph.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from hcpgraph.graph.rows import Bounds, Columns

    Worth: TypeAlias = NDArray[np.float32] | NDArray[np.float64]
    Batch: TypeAlias = tuple[Columns, Columns, Worth | None]

MOST_NODES: Final = int(np.iinfo(np.int32).max)


class TieStream(Protocol):
    """Ties in batches, the same batches each time one asks.

    A batch is source and target, account numbers, shape (k,), int32, and what each
    tie is worth, at least 0, shape (k,), float32 or float64; or None, in all batches
    alike, where each tie is worth 1.

    Attributes:
        n_accounts: account numbers lie in [0, n_accounts).
    """

    @property
    def n_accounts(self) -> int: ...

    def __iter__(self) -> Iterator[Batch]: ...


@dataclass(frozen=True, slots=True, eq=False)
class TieArrays:
    """Ties that are in memory already, as one batch.

    Attributes:
        source: account numbers, from 0, shape (m,), int32.
        target: account numbers, from 0, shape (m,), int32.
        worth: of each tie, at least 0, shape (m,), or None where each is worth 1.
        n_accounts: account numbers lie below it.
    """

    source: Columns
    target: Columns
    worth: Worth | None
    n_accounts: int

    @classmethod
    def of(cls, source: Columns, target: Columns, worth: Worth | None = None) -> Self:
        """The same, whatever the highest account number is."""
        highest = max(source.max(initial=-1), target.max(initial=-1))
        return cls(source, target, worth, 1 + int(highest))

    def __iter__(self) -> Iterator[Batch]:
        yield self.source, self.target, self.worth


@dataclass(frozen=True, slots=True, eq=False)
class FilledRows:
    """Rows as they were filled: not yet sorted, repeated ties still apart.

    Attributes:
        ids: the account of each row, ascending, shape (n,), int32.
        bounds: where each row starts, and the end, shape (n + 1,).
        columns: the other end of each tie, a position in ``ids``, shape (m,).
        worth: of each tie, shape (m,), or None where each is worth 1.
        turned: how many ties have each account as their other end, shape (n,),
            float64.
    """

    ids: Columns
    bounds: Bounds
    columns: Columns
    worth: Worth | None
    turned: NDArray[np.float64]


def fill(stream: TieStream, *, by_target: bool, everyone: bool = False) -> FilledRows:
    """Read a stream twice, into a row per account that occurs in it.

    Self loops and ties worth 0 are no ties, but their accounts are kept.

    Args:
        stream: the ties.
        by_target: make rows of targets, else of sources.
        everyone: make a row per account number, whether or not it occurs.

    Raises:
        GraphError: if there are more accounts than a graph holds, or an account
            number lies outside of what the stream says.
    """
    n_accounts = stream.n_accounts
    if n_accounts > MOST_NODES:
        raise GraphError(
            f"account numbers reach {n_accounts - 1}; a graph holds at most "
            f"{MOST_NODES} accounts"
        )
    seen = np.full(n_accounts, everyone)
    length, turned = np.zeros(n_accounts, np.int64), np.zeros(n_accounts)
    kind: np.dtype[Any] | None = None
    for source, target, worth in stream:
        row, other = (target, source) if by_target else (source, target)
        kind = None if worth is None else worth.dtype
        if not _count(row, other, worth, seen, length, turned):
            raise GraphError(f"an account number lies outside [0, {n_accounts})")
    seen |= (length > 0) | (turned > 0)
    ids = np.flatnonzero(seen).astype(np.int32)
    number = None
    if len(ids) < n_accounts:
        length, turned = length[ids], turned[ids]
        number = np.cumsum(seen, dtype=np.int32)
        number -= np.int32(1)
    bounds = np.zeros(len(ids) + 1, np.int64)
    np.cumsum(length, out=bounds[1:])
    columns = np.empty(bounds[-1], np.int32)
    amount = None if kind is None else np.empty(bounds[-1], kind)
    slot = length  # the counts have done their work
    slot[:] = bounds[:-1]
    for source, target, worth in stream:
        row, other = (target, source) if by_target else (source, target)
        amounts = None if worth is None or amount is None else (worth, amount)
        _place((row, other), number, slot, columns, amounts)
    return FilledRows(ids, bounds, columns, amount, turned)


@compiled
def _count(
    row: Columns,
    other: Columns,
    worth: Worth | None,
    seen: NDArray[np.bool_],
    length: Bounds,
    turned: NDArray[np.float64],
) -> bool:
    """Count the ties of a batch; false at an account number that is none.

    Accounts without a counted tie are marked as seen.
    """
    n_accounts = len(seen)
    for i in range(len(row)):
        a, b = row[i], other[i]
        if a < 0 or b < 0 or a >= n_accounts or b >= n_accounts:
            return False
        if a != b and (worth is None or worth[i] > 0):
            length[a] += 1
            turned[b] += 1
        else:
            seen[a] = True
            seen[b] = True
    return True


@compiled
def _place(
    ends: tuple[Columns, Columns],
    number: Columns | None,
    slot: Bounds,
    columns: Columns,
    amounts: tuple[Worth, Worth] | None,
) -> None:
    """Put the ties of a batch into their rows, each behind those before it."""
    row, other = ends
    for i in range(len(row)):
        a, b = row[i], other[i]
        if a == b or (amounts is not None and not amounts[0][i] > 0):
            continue
        if number is not None:
            a, b = number[a], number[b]
        at = slot[a]
        slot[a] = at + 1
        columns[at] = b
        if amounts is not None:
            amounts[1][at] = amounts[0][i]
