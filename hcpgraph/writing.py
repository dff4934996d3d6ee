"""Bytes into files, devices and pipes: the one door through which results leave.

A regular file is written whole or not at all: a draft beside it takes its place in one
step. Through a link its target is written, and the link stays. A device, a FIFO or
an open descriptor (``/dev/stdout``, ``/dev/fd/3``, ``>(process)``) is written into as
it is; nothing can take its place, and nothing can stand beside it.
"""

from __future__ import annotations

import os
import select
import stat
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from hcpgraph import progress
from hcpgraph.errors import OutputError
from hcpgraph.model.signs import for_screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LINKS: Final = 40  # links from one to the next that a system follows
_DESCRIPTORS: Final = "/dev/fd"  # of this process, where it is no link into /proc
_ALL: Final = 0o666  # what the umask takes from


@dataclass(frozen=True, slots=True)
class _Target:
    """Where bytes go.

    Attributes:
        path: as it was named.
        place: the file behind all links.
        state: of that file; None if there is none yet.
        descriptor: what is open already; None if the place must be opened.
    """

    path: Path
    place: Path
    state: os.stat_result | None = None
    descriptor: int | None = None

    @property
    def regular(self) -> bool:
        """Whether the file can be replaced as a whole."""
        if self.descriptor is not None:
            return False
        return self.state is None or stat.S_ISREG(self.state.st_mode)


def write(path: Path, content: bytes) -> None:
    """Write *content* to *path*; of a regular file a reader never sees half.

    Raises:
        OutputError: if the folder is missing, closed to us, or full.
    """
    write_together({path: content})


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write files that belong together: no name is taken before all bytes are down.

    Raises:
        OutputError: if one of them cannot be written.
    """
    targets = {path: _target(path) for path in contents}
    drafts: dict[Path, Path] = {}
    try:
        for path, target in targets.items():
            if target.regular:
                drafts[path] = target.place.with_name(f".hcpgraph-{uuid4().hex}.part")
                with _worded(path):
                    _write_draft(drafts[path], contents[path], target.state)
        for path, target in targets.items():
            with _worded(path):
                if target.regular:
                    os.replace(drafts[path], target.place)
                else:
                    _write_into(target, contents[path])
    finally:  # a failure or Ctrl-C leaves no draft behind
        for draft in drafts.values():
            with suppress(OSError):  # of a folder that is gone, so is the draft
                draft.unlink(missing_ok=True)


def check(path: Path) -> None:
    """Refuse early what cannot be written; nothing is touched.

    Raises:
        OutputError: if *path* is a folder, lies in none, or may not be written.
    """
    target = _target(path)
    if target.regular and not target.place.parent.is_dir():
        raise OutputError(path, "No such file or directory")


def is_regular(path: Path) -> bool:
    """Whether *path* is, or would become, a regular file.

    >>> is_regular(Path("leaders.csv"))
    True
    """
    return _target(path).regular


def is_same(path: Path, other: Path) -> bool:
    """Whether two names are those of one file; a name of none is like no other."""
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return False


@contextmanager
def _worded(path: Path) -> Iterator[None]:
    """Any error of the system about *path*, as an ``OutputError``."""
    try:
        yield
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error


def _target(path: Path) -> _Target:
    """What *path* leads to.

    Raises:
        OutputError: if that can never be written.
    """
    with _worded(path):
        descriptor = _descriptor(path)
        if descriptor is not None:
            return _Target(path, path, descriptor=descriptor)
        try:
            state = path.stat()
        except FileNotFoundError:
            place = Path(os.path.realpath(path))
            with suppress(FileNotFoundError):
                place.lstat()  # a name that is too long is refused here
            return _Target(path, place)
    _refuse(path, state)
    return _Target(path, Path(os.path.realpath(path)), state)


def _refuse(path: Path, state: os.stat_result) -> None:
    """Folders and disks are no files, and a closed file was closed on purpose."""
    if stat.S_ISDIR(state.st_mode):
        raise OutputError(path, "it is a folder; name a file in it")
    if stat.S_ISBLK(state.st_mode):
        raise OutputError(path, "it is a disk; name a file on it")
    if stat.S_ISREG(state.st_mode) and not os.access(path, os.W_OK):
        raise OutputError(path, "Permission denied")


def _descriptor(path: Path) -> int | None:
    """The open descriptor behind *path*, as 1 behind /dev/stdout."""
    own = {_DESCRIPTORS, f"/proc/{os.getpid()}/fd"}
    for _ in range(_LINKS):
        parent = os.path.realpath(path.parent)
        if parent in own and path.name.isdecimal():
            return int(path.name)
        if not path.is_symlink():
            return None
        path = Path(parent, os.readlink(path))
    return None


def _write_draft(draft: Path, content: bytes, replaced: os.stat_result | None) -> None:
    """A new file with the rights of the one that it will replace, or by the umask."""
    rights = _ALL if replaced is None else stat.S_IMODE(replaced.st_mode) & 0o777
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(draft, flags, rights), "wb") as stream:
        if replaced is not None:
            if hasattr(os, "fchown"):  # not on Windows
                with suppress(PermissionError):  # only root gives files away
                    os.fchown(stream.fileno(), replaced.st_uid, replaced.st_gid)
            draft.chmod(rights)  # the umask took its part of them
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())  # a full disk may say so no earlier


def _write_into(target: _Target, content: bytes) -> None:
    """Into what is there, without another name, another owner or a cut."""
    for printed in (sys.stdout, sys.stderr):  # what was printed before comes before
        if printed is not None:
            printed.flush()
    if target.descriptor is not None:
        opened = os.dup(target.descriptor)
    else:
        with progress.step(f"waiting until {target.path} is read"):  # of a FIFO
            opened = os.open(target.place, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
    with os.fdopen(opened, "wb", buffering=0) as stream:
        if os.isatty(opened):
            content = _shown(target.path, content)
        rest = memoryview(content)
        while rest:
            taken = stream.write(rest)  # a pipe takes a part at a time
            if taken is None:  # or, if it is not to wait, nothing until it is read
                select.select([], [opened], [])
            rest = rest[taken or 0 :]


def _shown(path: Path, content: bytes) -> bytes:
    """As a terminal may have it."""
    shown = for_screen(content)
    if shown is None:
        raise OutputError(path, "it is a terminal, and the content is no text")
    return shown
