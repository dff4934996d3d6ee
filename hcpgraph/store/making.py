"""Make a study, bring an old one up to date, and take one of nothing away again.

A study appears under its name whole, with its tables and its vocabulary. So a
process that dies leaves a study or none, whoever else looks at that name; and of
two that make one at the same time, one does.
"""

from __future__ import annotations

import errno
import os
import secrets
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import LockedStudy, NotAStudy
from hcpgraph.store import boundaries, schema
from hcpgraph.store.connection import connect, connected, disconnect, locate
from hcpgraph.store.erasing.rewriting import clear_away
from hcpgraph.store.faults import NONE, worded
from hcpgraph.store.ingest.vocabulary import has_vocabulary, write_vocabulary
from hcpgraph.store.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import duckdb

    from hcpgraph.store.ingest.vocabulary import VocabularyRows

    # says what a new study knows before its first file
    FirstWords = Callable[[], VocabularyRows]

_UNFINISHED: Final = (".hcpgraph-", ".new")
_ABANDONED: Final = 3600  # seconds after which nobody is at work on it any more
_TRIES: Final = 10
# of file systems that know no second name for a file
_NO_LINKS: Final = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)

# What tells a file from another, and from itself once it was written: the device,
# the number on it, the size, the time.
Seal = tuple[int, int, int, int]


def open_for_writing(
    path: Path, words: FirstWords | None, *, must_exist: bool
) -> tuple[duckdb.DuckDBPyConnection, bool]:
    """Open the study at *path*, up to date, and hold it.

    Args:
        path: the study.
        words: what to write into a study without any vocabulary; None for nothing.
        must_exist: refuse to make a study.

    Returns:
        The connection, and whether this call made the study and nobody else has
        used it yet.

    Raises:
        NotAStudy: if the file is of another kind, or absent and *must_exist*.
        LockedStudy: if another process holds it.
        NewerStudy: if a later version wrote it; it is not touched.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            held = _hold(path, words, must_exist=must_exist)
        except NotAStudy as error:
            # it may be that whoever made it has taken it away meanwhile
            there = os.path.exists(path) and error.reason != NONE
            if must_exist or not tries_left or there:
                raise
            continue
        if held is not None:
            return held
    raise LockedStudy(path, "other processes make and remove this study all the time")


def _hold(
    path: Path, words: FirstWords | None, *, must_exist: bool
) -> tuple[duckdb.DuckDBPyConnection, bool] | None:
    """One try; None if another process took the study away meanwhile."""
    made = None
    file = locate(path, write=not must_exist)
    if not file.exists():
        made = _make(path, file, words)
    if made is None:
        locate(path, write=True)
        _look(path, must_exist=must_exist)
    before = _seal(file)
    if before is None:
        return None
    connection = connect(path, write=True)
    try:
        clear_away(file)
        # what was opened may have lost its name; and before it was held, others may
        # have used it
        held = _seal(file)
        if not _same(before, held):
            disconnect(connection)
            return None
        _bring_up(connection, path, words)
    except BaseException:
        disconnect(connection)
        raise
    return connection, held == made


def remove_made(path: Path) -> None:
    """Take a study of nothing away, while it is held; the one who made it may."""
    file = locate(path, write=True)
    # Windows keeps files that are open; then an empty study stays
    with suppress(PermissionError):
        file.unlink()
        boundaries.reach("removed")
        file.with_name(f"{file.name}.wal").unlink(missing_ok=True)


def _make(path: Path, file: Path, words: FirstWords | None) -> Seal | None:
    """Make the study; None if somebody else did in the meantime."""
    _clear_away(file.parent)
    start, end = _UNFINISHED
    unfinished = file.with_name(f"{start}{secrets.token_hex(8)}{end}")
    try:
        with worded(path), connected(unfinished, write=True) as connection:
            _bring_up(connection, path, words)
        boundaries.reach("made")
        seal = _seal(unfinished)
        done = _name(unfinished, file)
        boundaries.reach("named")
    finally:
        for rest in (unfinished, unfinished.with_name(f"{unfinished.name}.wal")):
            rest.unlink(missing_ok=True)
    return seal if done else None


def _name(unfinished: Path, file: Path) -> bool:
    """Give the file its name, unless another bears it."""
    try:
        file.hardlink_to(unfinished)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS or file.exists():
            raise
        unfinished.rename(file)
    return True


def _clear_away(folder: Path) -> None:
    """Remove what makers left that died at it."""
    start, end = _UNFINISHED
    for rest in folder.glob(f"{start}*{end}*"):
        with suppress(OSError):
            if time.time() - rest.stat().st_mtime > _ABANDONED:
                rest.unlink()


def _look(path: Path, *, must_exist: bool) -> None:
    """Read what version the study is of, without touching it.

    Raises:
        NewerStudy: if a later version wrote it.
        NotAStudy: if it is of another kind, or empty and *must_exist*.
    """
    with worded(path), connected(path, write=False) as connection:
        version = schema.read_version(connection, path)
    if must_exist and version == 0:
        raise NotAStudy(path, schema.EMPTY)


def _bring_up(
    connection: duckdb.DuckDBPyConnection, path: Path, words: FirstWords | None
) -> None:
    """Take all steps to the newest version in one transaction, words included.

    A study may have been left without words by a version that wrote them apart.
    """
    with worded(path):
        version = schema.read_version(connection, path)
        wordless = words is not None and (
            version == 0 or not has_vocabulary(connection)
        )
    if version == len(schema.MIGRATIONS) and not wordless:
        return
    with transaction(connection, path):
        schema.migrate(connection, version)
        if words is not None and wordless:
            write_vocabulary(connection, words())


def _seal(file: Path) -> Seal | None:
    try:
        found = os.stat(file)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _same(before: Seal, after: Seal | None) -> bool:
    """Whether the name still means the same file."""
    return after is not None and before[:2] == after[:2]
