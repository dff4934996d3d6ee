"""The studies that this program has open, whichever of its threads has them.

A lock of the system belongs to the whole program: it keeps no thread from another,
and it is lost as soon as any thread opens and closes the locked file once more, if
only to look at its head. So what is open is kept here, and left alone.
"""

from __future__ import annotations

import os
import threading
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import LockedStudy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb

# What tells a file from others under all its names: the device, the number on it.
_Place = tuple[int, int]

_guard = threading.RLock()  # once more in a thread that collects garbage in between


@dataclass(frozen=True, slots=True)
class _Hold:
    """What a connection has open.

    Attributes:
        place: of the file.
        write: whether it has the study alone.
    """

    place: _Place
    write: bool


# Who forgets to close a connection closes it all the same.
_held: Final[weakref.WeakKeyDictionary[duckdb.DuckDBPyConnection, _Hold]] = (
    weakref.WeakKeyDictionary()
)


def hold(
    file: Path,
    path: Path,
    opening: Callable[[], duckdb.DuckDBPyConnection],
    *,
    write: bool,
) -> duckdb.DuckDBPyConnection:
    """Open a study by *opening*, unless another thread has it: writers have it alone.

    Raises:
        LockedStudy: if another thread has it.
    """
    with _guard:
        place = _place(file)
        others = [one for one in _held.values() if one.place == place]
        if any(write or one.write for one in others):
            raise LockedStudy(
                path, "this program has the study open; close it there first"
            )
        connection = opening()
        place = place or _place(file)
        if place is not None:
            _held[connection] = _Hold(place, write)
        return connection


def let_go(connection: duckdb.DuckDBPyConnection) -> None:
    """Close a connection."""
    with _guard:
        connection.close()
        _held.pop(connection, None)


def is_held(path: Path) -> bool:
    """Whether *path* is a study that this program has open, and must not be read."""
    try:
        place = _place(path)
    except (OSError, ValueError):
        return False
    with _guard:
        return any(one.place == place for one in _held.values())


def read_head(file: Path, count: int) -> bytes | None:
    """The first bytes of a file; None if it is a study that this program has open.

    Raises:
        OSError: if it cannot be read.
    """
    with _guard:  # between the two nobody may take a lock
        if is_held(file):
            return None
        with file.open("rb") as stream:
            return stream.read(count)


def _place(file: Path) -> _Place | None:
    try:
        found = os.stat(file)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _forget() -> None:
    """A child of this process has none of its locks."""
    global _guard  # noqa: PLW0603 - another thread may have held the parent's
    _guard = threading.RLock()
    _held.clear()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_forget)
