"""Open the DuckDB file of a study, once it is sure that it is one."""

from __future__ import annotations

import os
import stat
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb

from hcpgraph.errors import LockedStudy, NotAStudy, StoreError
from hcpgraph.store import holding
from hcpgraph.store.faults import NONE, worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MAGIC: Final = b"DUCK"  # bytes 8 to 12 of every DuckDB file
_LONGEST_NAME: Final = 255 - len(".wal")  # bytes; a journal is named after its study
_POLL_SECONDS: Final = 0.2
# Readers, and writers that look before they write, hold a study for a moment.
_PATIENCE: Final = 0.5  # seconds
_PAUSE: Final = 0.02

# An embedded database must not reach for the network, nor for variables of Python
# instead of tables, whatever a query names.
_CONFIG: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    # of new files: from this version on a journal says whose it is, and since when
    "storage_compatibility_version": "v1.4.0",
}


def connect(path: Path, *, write: bool) -> duckdb.DuckDBPyConnection:
    """Open the database at *path*; only with *write* may it be created.

    Raises:
        NotAStudy: if the file is absent or of another kind.
        LockedStudy: if another process holds it, and not only for a moment.
        NewerStudy: if a later DuckDB wrote it.
        StoreError: if it may not be read, or not be written with *write*.
    """
    file = locate(path, write=write)
    patient_until = time.monotonic() + _PATIENCE
    while True:
        try:
            return _open(file, path, write=write)
        except LockedStudy:
            if time.monotonic() > patient_until:
                raise
            time.sleep(_PAUSE)


@contextmanager
def connected(path: Path, *, write: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database at *path*, open for the statements inside."""
    connection = connect(path, write=write)
    try:
        yield connection
    finally:
        disconnect(connection)


def disconnect(connection: duckdb.DuckDBPyConnection) -> None:
    """Close a database; the only way to, as others may wait for it."""
    holding.let_go(connection)


def _open(file: Path, path: Path, *, write: bool) -> duckdb.DuckDBPyConnection:
    def opening() -> duckdb.DuckDBPyConnection:
        return duckdb.connect(str(file), read_only=not write, config=_CONFIG)

    with worded(path):
        connection = holding.hold(file, path, opening, write=write)
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("set preserve_insertion_order = true")
        # at a Python prompt DuckDB would draw a bar of its own on stdout
        _set_bar(connection, shown=False)
    return connection


def locate(path: Path, *, write: bool) -> Path:
    """The file that *path* means, however DuckDB would read that name.

    To DuckDB ``:memory:``, ``md:x`` and ``~`` are no files, and a SQLite file is a
    reason to download an extension.

    Raises:
        NotAStudy: if nothing is there that could be, or with *write* become, a study.
        StoreError: if it may not be read, or not be written with *write*.
    """
    file = _real(path)
    try:
        found = file.stat()
    except FileNotFoundError:
        _check_place(path, file, write=write)
        return file
    except NotADirectoryError:
        raise NotAStudy(path, "a part of this path is a file, no folder") from None
    except OSError as error:
        raise StoreError(path, f"cannot be reached: {error.strerror}") from error
    _check_kind(path, file, found.st_mode)
    if write:
        _check_writable(path, file)
    return file


def _real(path: Path) -> Path:
    """The path from the root, through all links."""
    try:
        str(path).encode()
        return Path(os.path.realpath(path))
    except UnicodeEncodeError:
        raise NotAStudy(path, "its name is no UTF-8 text; rename it") from None
    except ValueError:  # the character 0
        raise NotAStudy(path, "this is no name for a file") from None
    except OSError as error:  # the folder that we are in is gone
        raise StoreError(path, f"cannot be reached: {error.strerror}") from error


def _check_place(path: Path, file: Path, *, write: bool) -> None:
    """Refuse to make a study in a folder that is not there or not open to us."""
    if not write:
        if path.is_symlink():
            raise NotAStudy(path, f"a link to {file}, which is not there")
        raise NotAStudy(path, NONE)
    if len(os.fsencode(file.name)) > _LONGEST_NAME:
        raise NotAStudy(path, f"its name is longer than {_LONGEST_NAME} bytes")
    if not file.parent.is_dir():
        raise NotAStudy(path, f"there is no folder {_folder(path, file)}")
    _check_folder(path, file)


def _folder(path: Path, file: Path) -> Path:
    """The folder of *file*, in the user's words where these say it."""
    return file.parent if path.is_symlink() else path.parent


def _check_kind(path: Path, file: Path, mode: int) -> None:
    """Refuse other files before DuckDB guesses what they are."""
    if stat.S_ISDIR(mode):
        raise NotAStudy(path, "this is a folder; a study is one file")
    if not stat.S_ISREG(mode):
        raise NotAStudy(path, "this is a device or a pipe; a study is one file")
    try:
        head = holding.read_head(file, 12)
    except FileNotFoundError:  # it was there a moment ago
        raise NotAStudy(path, NONE) from None
    except OSError as error:
        raise StoreError(path, f"cannot be opened: {error.strerror}") from error
    if head is not None and head[8:12] != _MAGIC:
        raise NotAStudy(path, "this file is no study (not a DuckDB file)")


def _check_writable(path: Path, file: Path) -> None:
    if not os.access(file, os.W_OK):
        if not file.exists():  # it was there a moment ago
            raise NotAStudy(path, NONE)
        raise StoreError(
            path, "the file is read-only; copy it to a folder of your own to change it"
        )
    _check_folder(path, file)


def _check_folder(path: Path, file: Path) -> None:
    """Refuse a folder in which no journal could be kept beside the study."""
    if not os.access(file.parent, os.W_OK | os.X_OK):
        raise StoreError(
            path,
            f"nothing may be written in the folder {_folder(path, file)}, where a study"
            " that changes keeps a journal; use a folder of your own",
        )


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
