"""Open and close the DuckDB file of a study, and word what can go wrong."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import duckdb

from hcpgraph.errors import (
    FullDisk,
    LockedStudy,
    NewerStudy,
    NotAStudy,
    StoreError,
    UnusableContent,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_MAGIC: Final = b"DUCK"  # bytes 8 to 12 of every DuckDB file
_NO_ROOM: Final = (
    "No space left on device",
    "File too large",
    "Disk quota exceeded",
    "not enough space on the disk",
)
# how DuckDB words that a value does not fit where it should go
_CONTENT: Final = ("Constraint Error", "Conversion Error", "Out of Range Error")
_POLL_SECONDS: Final = 0.2

# An embedded database must not reach for the network, nor for variables of Python
# instead of tables, whatever a query names.
_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}


def connect(path: Path, *, write: bool) -> duckdb.DuckDBPyConnection:
    """Open the database at *path*; only with *write* may it be created.

    Raises:
        NotAStudy: if the file is absent or of another kind.
        LockedStudy: if another process holds it.
        NewerStudy: if a later DuckDB wrote it.
    """
    _check_kind(path, write=write)
    with worded(path):
        connection = duckdb.connect(str(path), read_only=not write, config=_CONFIG)
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set preserve_insertion_order = true")
    # at a Python prompt DuckDB would draw a bar of its own on stdout
    _set_bar(connection, shown=False)
    return connection


def _check_kind(path: Path, *, write: bool) -> None:
    """Refuse other files before DuckDB guesses what they are.

    Given a SQLite file, DuckDB would try to download an extension for it.
    """
    if path.is_dir():
        raise NotAStudy(path, "this is a folder; a study is one file")
    if not path.exists():
        if not write:
            raise NotAStudy(path, "no such study; make one with: hcpgraph import")
        if not path.parent.is_dir():
            raise NotAStudy(path, f"there is no folder {path.parent}")
        return
    try:
        with path.open("rb") as stream:
            head = stream.read(12)
    except OSError as error:
        raise StoreError(path, f"cannot be opened: {error.strerror}") from error
    if head[8:12] != _MAGIC:
        raise NotAStudy(path, "this file is no study (not a DuckDB file)")


@contextmanager
def worded(path: Path) -> Iterator[None]:
    """Turn DuckDB's errors into those of hcpgraph, one line each."""
    try:
        yield
    except duckdb.Error as error:
        raise _in_words(path, str(error)) from error


def lacks_room(error: duckdb.Error) -> bool:
    """Whether it is the disk that has no room left."""
    return any(sign in str(error) for sign in _NO_ROOM)


def _in_words(path: Path, text: str) -> StoreError:
    """The error of hcpgraph that says what DuckDB meant by *text*."""
    if any(sign in text for sign in _NO_ROOM):
        return FullDisk(path, "the disk is full; the study is as it was before")
    if "Could not set lock" in text or "being used by another process" in text:
        holder = re.search(r"PID (\d+)", text)
        who = f"process {holder[1]}" if holder else "another process"
        return LockedStudy(path, f"{who} has this study open; try again when it ends")
    if "storage version" in text or "database file with version" in text:
        return NewerStudy(
            path, "a newer DuckDB wrote this study; upgrade: pip install -U duckdb"
        )
    if "not a valid DuckDB database file" in text or "orrupt" in text:
        return NotAStudy(path, "the file is damaged or no study")
    if text.startswith(_CONTENT):
        return UnusableContent(path, f"cannot be stored ({' '.join(text.split())})")
    first = " ".join(text.split("\n\n", maxsplit=1)[0].split())
    return StoreError(path, first)


def _counts(connection: duckdb.DuckDBPyConnection) -> bool:
    """Have DuckDB count how far a query is, without showing it; false if it cannot."""
    if not _set_bar(connection, shown=True):
        return False
    connection.execute("set enable_progress_bar_print = false")
    # an interrupted query shows its bar all the same, unless it is far from due
    connection.execute("set progress_bar_time = 1000000000")
    return True


def _set_bar(connection: duckdb.DuckDBPyConnection, *, shown: bool) -> bool:
    """Switch DuckDB's bar; false in notebooks without ipywidgets, which have none."""
    try:
        connection.execute(f"set enable_progress_bar = {shown}")
    except duckdb.InvalidInputException:
        return False
    return True


@contextmanager
def watched(
    connection: duckdb.DuckDBPyConnection, tell: Callable[[float], None] | None
) -> Iterator[None]:
    """Tell *tell* how far the queries inside have come, 0 to 1, never less than before.

    DuckDB knows how far it has read a file, but only another thread can ask. The
    first query reads the file and takes longest; those that follow begin at 0 again.
    """
    if tell is None or not _counts(connection):
        yield
        return
    over = threading.Event()

    def ask() -> None:
        furthest = 0.0
        while not over.wait(_POLL_SECONDS):
            furthest = max(furthest, min(1.0, connection.query_progress() / 100))
            tell(furthest)

    watcher = threading.Thread(target=ask, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
