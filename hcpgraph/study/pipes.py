"""Exports that come through a pipe: kept in a file until they are imported.

An export is read more than once, from its beginning; a pipe gives its bytes once.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO, Final

from hcpgraph import importers, progress
from hcpgraph.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator

STDIN: Final = Path("-")
_DEVICE: Final = "is a device; name a file, or pipe one in"
_WAITING: Final = "waiting for what comes through {}"


@contextmanager
def readable(path: Path) -> Iterator[Path]:
    """A file with what *path* holds: itself, or what came through a pipe.

    Raises:
        ExportError: if it is a terminal or a device.
        OSError: if it cannot be read.
    """
    if path != STDIN and stat.S_ISREG(path.stat().st_mode):
        yield path
        return
    with TemporaryDirectory(prefix="hcpgraph-") as folder:
        spool = Path(folder) / "piped"
        with _opened(path) as source:
            _check(path, source)
            importers.write_copy(path, spool, iter(partial(source.read, 2**20), b""))
        yield spool


@contextmanager
def waited_for(path: Path) -> Iterator[None]:
    """Read a small file inside, a list or a vocabulary; a pipe gives it but once.

    Raises:
        ExportError: if it is a device, as some never end.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # who reads it, says so
        mode = 0
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        raise ExportError(path, _DEVICE)
    if not stat.S_ISFIFO(mode):
        yield
        return
    with progress.step(_WAITING.format(path)):
        yield


def _opened(path: Path) -> BinaryIO:
    if path == STDIN:
        try:
            return os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0)
        except (AttributeError, OSError) as error:  # closed, or a notebook's
            raise ExportError(path, "there is no standard input to read") from error
    # of a device not even a byte is asked for
    if stat.S_ISCHR(path.stat().st_mode) or stat.S_ISBLK(path.stat().st_mode):
        return os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0)
    with progress.step(_WAITING.format(path)):  # until somebody writes to it
        return path.open("rb", buffering=0)


def _check(path: Path, source: BinaryIO) -> None:
    mode = os.fstat(source.fileno()).st_mode
    if source.isatty():
        raise ExportError(path, "is a terminal; name a file, or pipe one in")
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        raise ExportError(path, _DEVICE)
