"""What can go wrong with a study, in words: what it is, where, and what to do.

DuckDB speaks to programmers. Nothing of what it says reaches people; programs find
it as the cause of the error.
"""

from __future__ import annotations

import errno
import os
import re
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
    from collections.abc import Iterator
    from pathlib import Path

NONE: Final = "no such study; make one with: hcpgraph import"

_NO_ROOM: Final = (
    "No space left on device",
    "File too large",
    "Disk quota exceeded",
    "not enough space on the disk",
    "max_temp_directory_size",
)
_LOCKED: Final = ("Could not set lock", "being used by another process")
_OPEN_HERE: Final = "with a different configuration"
_GONE: Final = "database does not exist"
_NEWER: Final = ("storage version", "database file with version")
_JOURNAL: Final = ("replaying WAL", "This WAL was created")
_CLOSED: Final = ("Permission denied", "Operation not permitted", "Read-only file sys")
_DAMAGED: Final = (
    "not a valid DuckDB database file",
    "orrupt",
    "checksum",
    "Could not read enough bytes",
    "Serialization Error",
    "Failed to deserialize",
)
# how DuckDB words that a value does not fit where it should go
_CONTENT: Final = ("Constraint Error", "Conversion Error", "Out of Range Error")
_VALUE: Final = re.compile(r"(?:convert|cast) (?:string|value) [\"'](.{1,80}?)[\"']")
# What the system itself gives as reasons; DuckDB ends its sentences with them.
_SYSTEM: Final = tuple(f": {os.strerror(number)}" for number in sorted(errno.errorcode))


def lacks_room(error: duckdb.Error) -> bool:
    """Whether it is the disk that has no room left."""
    return _says(str(error), _NO_ROOM)


@contextmanager
def worded(path: Path) -> Iterator[None]:
    """Turn DuckDB's errors into those of hcpgraph, one line each."""
    try:
        yield
    except duckdb.Error as error:
        raise in_words(path, error) from error


def in_words(path: Path, error: duckdb.Error) -> StoreError:
    """The error of hcpgraph that says what DuckDB meant."""
    text = str(error)
    return (
        _of_the_disk(path, text)
        or _of_others(path, text)
        or _of_the_file(path, text)
        or _of_a_step(path, text, type(error).__name__)
    )


def _of_the_disk(path: Path, text: str) -> StoreError | None:
    """No room, no memory, no permission."""
    if _says(text, _NO_ROOM):
        return FullDisk(path, "the disk is full; the study is as it was before")
    if text.startswith("Out of Memory"):
        return StoreError(
            path,
            "there is not enough memory for this; the study is as it was before."
            " Close other programs and try again",
        )
    if _says(text, _CLOSED):
        return StoreError(
            path,
            "you may not use this study, or write beside it; ask its owner, or copy it"
            " to a folder of your own",
        )
    return None


def _of_others(path: Path, text: str) -> StoreError | None:
    """Somebody else has the study, or a newer program wrote it."""
    if _says(text, _LOCKED):
        holder = re.search(r"PID (\d+)", text)
        who = f"process {holder[1]}" if holder else "another process"
        return LockedStudy(path, f"{who} has this study open; try again when it ends")
    if _OPEN_HERE in text:
        return LockedStudy(
            path, "this program has the study open; close it there first"
        )
    if _says(text, _NEWER):
        return NewerStudy(
            path, "a newer DuckDB wrote this study; upgrade: pip install -U duckdb"
        )
    return None


def _of_the_file(path: Path, text: str) -> StoreError | None:
    """The file or its journal is damaged, or cannot be reached."""
    if _says(text, _JOURNAL):
        journal = f"{path.name}.wal"
        return NotAStudy(
            path,
            f"the file {journal} beside it belongs to another study or is damaged; move"
            " it to another folder, and import again what was imported last",
        )
    if _GONE in text:
        return NotAStudy(path, NONE)
    if _says(text, _DAMAGED):
        return NotAStudy(
            path, "the file is damaged or no study; put back a copy of it, or move it"
        )
    reason = next((said for said in _SYSTEM if said in text), None)
    if reason is not None or text.startswith("IO Error"):
        return StoreError(
            path, f"cannot be read or written{reason or ', for reasons unknown'}"
        )
    return None


def _of_a_step(path: Path, text: str, kind: str) -> StoreError:
    """A value that does not fit, or a fault of hcpgraph itself."""
    if text.startswith(_CONTENT):
        value = _VALUE.search(" ".join(text.split()))
        shown = f", such as {value[1]!r}" if value else ""
        return UnusableContent(path, f"holds values that cannot be stored{shown}")
    return StoreError(
        path,
        f"a step failed in the database ({kind}) and nothing was changed; this should"
        " not happen, please report it",
    )


def _says(text: str, signs: tuple[str, ...]) -> bool:
    return any(sign in text for sign in signs)
