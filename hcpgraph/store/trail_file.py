"""The audit trail as files beside a study: lines appended under a lock, and a head.

The lines are in ``STUDY.audit.jsonl``, which is only ever appended to and is locked by
whoever does; ``STUDY.audit.head`` is replaced in one step. What they say is decided
elsewhere: here are bytes.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import TrailError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALL: Final = 0o666  # what the umask takes from
_PATIENCE: Final = 30.0  # seconds that other writers may take
_PAUSE: Final = 0.002
_PLACE: Final = 0x7FFF0000  # of the byte that Windows locks, past every line
_BINARY: Final = getattr(os, "O_BINARY", 0)


class TrailFile:
    """The two files of a trail.

    Args:
        study: the study; through a link, the trail is that of the study it leads to.
    """

    def __init__(self, study: Path) -> None:
        place = Path(os.path.realpath(study))
        self.path = place.with_name(f"{place.name}.audit.jsonl")
        self.head_path = place.with_name(f"{place.name}.audit.head")
        self._study = place

    @property
    def paths(self) -> tuple[Path, Path]:
        """Everything that a trail is made of."""
        return self.path, self.head_path

    def read(self) -> tuple[bytes | None, bytes | None]:
        """Lines and head as they are between two writers; None for what is missing.

        Raises:
            TrailError: if they cannot be read.
        """
        with self._worded("read"):
            try:
                descriptor = os.open(self.path, os.O_RDONLY | _BINARY)
            except FileNotFoundError:
                return None, self._head()
            try:
                self._lock(descriptor, alone=False)
                with os.fdopen(os.dup(descriptor), "rb") as stream:
                    return stream.read(), self._head()
            finally:
                self._close(descriptor)

    @contextmanager
    def alone(self) -> Iterator[OpenTrail]:
        """The trail open for one writer; others wait.

        Raises:
            TrailError: if it cannot be written.
        """
        with self._worded("written"):
            descriptor = self._opened()
            try:
                self._lock(descriptor, alone=True)
                yield OpenTrail(descriptor, self.head_path)
            finally:
                self._close(descriptor)

    def _opened(self) -> int:
        """The lines, open for writing; new ones have the rights of the study."""
        flags = os.O_RDWR | os.O_CREAT | _BINARY | getattr(os, "O_CLOEXEC", 0)
        rights = _ALL
        with suppress(FileNotFoundError):
            rights = stat.S_IMODE(self._study.stat().st_mode) & _ALL
        descriptor = os.open(self.path, flags, rights | stat.S_IRUSR | stat.S_IWUSR)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise TrailError(self.path, "it is no regular file; move it away")
        return descriptor

    def _head(self) -> bytes | None:
        try:
            return self.head_path.read_bytes()
        except FileNotFoundError:
            return None

    @contextmanager
    def _worded(self, what: str) -> Iterator[None]:
        """Any error of the system, as a ``TrailError``."""
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise TrailError(self.path, f"cannot be {what}: {reason}") from error

    def _lock(self, descriptor: int, *, alone: bool) -> None:
        """Wait until nobody else writes, or gives up."""
        until = time.monotonic() + _PATIENCE
        while not _locked(descriptor, alone=alone):
            if time.monotonic() > until:
                raise TrailError(
                    self.path, "another program has it locked; try again once it ends"
                )
            time.sleep(_PAUSE)

    def _close(self, descriptor: int) -> None:
        if sys.platform == "win32":
            with suppress(OSError):  # not locked yet
                os.lseek(descriptor, _PLACE, os.SEEK_SET)
                msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        os.close(descriptor)  # elsewhere this unlocks


class OpenTrail:
    """The lines and the head of a trail, while nobody else writes."""

    def __init__(self, descriptor: int, head_path: Path) -> None:
        self._descriptor = descriptor
        self._head_path = head_path

    def size(self) -> int:
        """Bytes of all lines."""
        return os.fstat(self._descriptor).st_size

    def read(self, start: int = 0) -> bytes:
        """The lines from a byte on."""
        os.lseek(self._descriptor, start, os.SEEK_SET)
        parts = []
        while part := os.read(self._descriptor, 1 << 20):
            parts.append(part)
        return b"".join(parts)

    def read_head(self) -> bytes | None:
        """The head; None if there is none."""
        try:
            return self._head_path.read_bytes()
        except FileNotFoundError:
            return None

    def append(self, line: bytes) -> None:
        """Add a line, down to the disk; of one that does not fit nothing stays."""
        size = self.size()
        try:
            self._write(size, line)
            os.fsync(self._descriptor)
        except OSError:
            with suppress(OSError):  # what is left is cut by the next writer
                self.cut(size)
            raise

    def overwrite(self, start: int, content: bytes) -> None:
        """Other bytes in the place of as many."""
        self._write(start, content)
        os.fsync(self._descriptor)

    def cut(self, size: int) -> None:
        """Drop what lies behind *size*: the part of a line that was not finished."""
        os.ftruncate(self._descriptor, size)

    def write_head(self, content: bytes) -> None:
        """Another head, in one step.

        Not down to the disk by itself: a file system that keeps the order of its
        changes has it there with the next line.
        """
        draft = self._head_path.with_name(f"{self._head_path.name}.part")
        rights = stat.S_IMODE(os.fstat(self._descriptor).st_mode) & _ALL
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
        try:
            with os.fdopen(os.open(draft, flags, rights), "wb") as stream:
                stream.write(content)
            os.replace(draft, self._head_path)
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise

    def _write(self, start: int, content: bytes) -> None:
        os.lseek(self._descriptor, start, os.SEEK_SET)
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]


def _locked(descriptor: int, *, alone: bool) -> bool:
    """Lock for writing (*alone*) or for reading; false if somebody else has it."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _PLACE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
