"""The files of a folder, and what of it cannot be looked at."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINKED: Final = "passed over: a link to a folder; name that folder to import it"
_NO_FILE: Final = "passed over: a pipe or a device, and no file"


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """Something in a folder.

    Attributes:
        path: where it stands.
        error: why it cannot be read; None if nothing speaks against it.
        note: why it is passed over; None if it is a file.
    """

    path: Path
    error: str | None = None
    note: str | None = None


def walk(folder: Path) -> Iterator[FolderEntry]:
    """What is in a folder and those inside it, sorted by path; no hidden files."""
    found: list[FolderEntry] = []

    def complain(error: OSError) -> None:
        found.append(FolderEntry(Path(error.filename), error=unreadable(error)))

    for name, folders, files in os.walk(folder, onerror=complain):
        place = Path(name)
        folders[:] = [inside for inside in folders if not inside.startswith(".")]
        links = [inside for inside in folders if (place / inside).is_symlink()]
        found += [FolderEntry(place / inside, note=_LINKED) for inside in links]
        found += [_look(place / each) for each in files if not each.startswith(".")]
    yield from sorted(found, key=lambda each: each.path)


def _look(path: Path) -> FolderEntry:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return FolderEntry(path, error=unreadable(error))
    return FolderEntry(path, note=None if stat.S_ISREG(mode) else _NO_FILE)


def unreadable(error: OSError | ValueError) -> str:
    """Why a file or a folder cannot be read, for people."""
    # names with a NUL inside are no error of the system
    reason = getattr(error, "strerror", None) or str(error)
    return f"cannot be read: {reason}"
