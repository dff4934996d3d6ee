"""Ties and attributes of the accounts, as columns."""

from __future__ import annotations

from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.names import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

NO_TIME: Final = np.iinfo(np.int64).min  # ``Ties.at`` of a tie whose time is unknown
NO_POST: Final = -1
NO_AREA: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """Ties as parallel columns: account ``source[i]`` pays attention to ``target[i]``.

    Influence is therefore read along *incoming* ties. A period, a layer or an
    area is a mask over these columns, not another read of the study.

    Attributes:
        source: account numbers, shape (m,), int32.
        target: account numbers, shape (m,), int32.
        layer: index into ``names.LAYERS``, shape (m,), int8.
        at: Unix seconds in UTC, shape (m,), int64; ``NO_TIME`` when unknown.
        post: number of the post that made the tie, shape (m,), int32;
            ``NO_POST`` for ties no post made.
        weight: how much, shape (m,), float32, finite, positive.
        area: index into ``areas``, shape (m,), int16; ``NO_AREA`` for ties read
            without regard to area. A tie in two areas stands in two rows.
        areas: the disease areas that ``area`` points into.
        original: number of the original post that the tie's post reposts, quotes or
            replies to, or of that post itself; where conversations are known, one
            number for all of a conversation. Equal numbers are lost together. Shape
            (m,), int32 or int64; ``NO_POST`` where unknown, None if unknown for all.

    The arrays are made read-only. They are sorted by (area, source, target,
    layer, at, post) when a study reads them.
    """

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    layer: NDArray[np.int8]
    at: NDArray[np.int64]
    post: NDArray[np.int32]
    weight: NDArray[np.float32]
    area: NDArray[np.int16]
    areas: tuple[str, ...] = ()
    original: NDArray[np.signedinteger] | None = None

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.source)

    def where(self, mask: NDArray[np.bool_]) -> Ties:
        """The ties for which *mask*, shape (m,), is true, in the same order."""
        return Ties(
            source=self.source[mask],
            target=self.target[mask],
            layer=self.layer[mask],
            at=self.at[mask],
            post=self.post[mask],
            weight=self.weight[mask],
            area=self.area[mask],
            areas=self.areas,
            original=None if self.original is None else self.original[mask],
        )

    def digest(self) -> bytes:
        """Equal for equal columns; tells ties apart that are looked at in turn."""
        found = blake2b(str(self.areas).encode())
        for column in (
            *(self.source, self.target, self.layer, self.at, self.post),
            *(self.weight, self.area, self.originals()),
        ):
            found.update(np.ascontiguousarray(column).tobytes())
        return found.digest()

    def originals(self) -> NDArray[np.signedinteger]:
        """The original post behind each tie, ``NO_POST`` where unknown, shape (m,)."""
        if self.original is None:
            return np.broadcast_to(np.int32(NO_POST), len(self))
        return self.original


def in_layers(
    layer: NDArray[np.signedinteger], codes: Iterable[int]
) -> NDArray[np.bool_]:
    """Which of some ties are in one of several layers.

    Args:
        layer: index into ``names.LAYERS`` of each tie, shape (m,).
        codes: such indices.

    >>> in_layers(np.array([0, 2, 1], np.int8), (1, 2))
    array([False,  True,  True])
    """
    # a look-up per tie; numpy's isin sorts or builds a table for each call
    wanted = np.zeros(len(LAYERS), np.bool_)
    wanted[list(codes)] = True
    found: NDArray[np.bool_] = wanted[layer]
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Roles:
    """What decides who may be listed, account by account.

    Attributes:
        account: account numbers, shape (n,), int32, ascending.
        role: index into ``names.ROLES``, shape (n,), int8.
        listable: false for accounts that must never be listed, shape (n,), bool.
    """

    account: NDArray[np.int32]
    role: NDArray[np.int8]
    listable: NDArray[np.bool_]

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.account)

    def rows_of(self, accounts: NDArray[np.int32]) -> NDArray[np.intp]:
        """The row of each account number; all must be present."""
        rows = np.searchsorted(self.account, accounts)
        # a number past the last account, or of an empty table, has no row at all
        if (rows >= len(self)).any() or (self.account[rows] != accounts).any():
            raise ValueError("some account numbers are not in this table")
        return rows


@dataclass(frozen=True, slots=True, eq=False)
class Accounts(Roles):
    """What ranking and prospects may know of accounts, row by row. No names.

    Attributes:
        account: account numbers, shape (n,), int32, ascending.
        role: index into ``names.ROLES``, shape (n,), int8.
        listable: false for accounts that must never be listed, shape (n,), bool.
        followers: as the platform counted them, shape (n,), int64; -1 unknown.
        posts: posts in the study (in the area and period asked for) by the
            account, shape (n,), int64.
        described: whether the account has a bio, from which its role can be read,
            shape (n,), bool; None where all have.
    """

    followers: NDArray[np.int64]
    posts: NDArray[np.int64]
    described: NDArray[np.bool_] | None = None

    def at(self, rows: NDArray[np.intp]) -> Accounts:
        """The accounts of some rows, in their order."""
        return Accounts(
            account=self.account[rows],
            role=self.role[rows],
            listable=self.listable[rows],
            followers=self.followers[rows],
            posts=self.posts[rows],
            described=None if self.described is None else self.described[rows],
        )


def freeze(value: object) -> None:
    """Make every array of a dataclass read-only and check that none is ragged."""
    lengths = set()
    for field in fields(value):  # type: ignore[arg-type]  # callers are dataclasses
        array = getattr(value, field.name)
        if isinstance(array, np.ndarray):
            array.setflags(write=False)
            lengths.add(len(array))
    if len(lengths) > 1:
        raise ValueError(f"columns of {type(value).__name__} differ in length")
