"""Copies of exports that cannot be read where they are."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write_copy(source: Path, target: Path, pieces: Iterable[bytes]) -> None:
    """Write *pieces* of the export *source* to the file *target*.

    Raises:
        ExportError: if there is no room for them.
    """
    try:
        with target.open("wb") as stream:
            for piece in pieces:
                stream.write(piece)
    except OSError as error:
        raise no_room(source, target, error) from error


def no_room(source: Path, target: Path, error: OSError) -> ExportError:
    """The error of a copy *target* for which there is no room.

    Raises:
        OSError: if it failed for another reason.
    """
    if error.errno not in _NO_ROOM:
        raise error
    return ExportError(
        source,
        f"is read from a copy, for which there is no room in {target.parent};"
        " name a folder with more room in TMPDIR",
    )
