"""Ties as pairs of small numbers: in memory, and on disk where they are many."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Final

import numpy as np

from hcpgraph.compiled import compiled
from hcpgraph.errors import FullDisk, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]

IN_MEMORY: Final = 2**26  # ties; half a gigabyte


class EncodedTies:
    """Ties in the order they came, used as a context manager.

    Attributes:
        total: how many there are.
    """

    def __init__(self, study: Path) -> None:
        self._study = study
        self._blocks: list[tuple[Numbers, Numbers]] = []
        self._spilled: list[int] = []
        self._file: IO[bytes] | None = None
        self._counts = np.zeros(0, np.int64)
        self.total = 0

    def append(self, sources: Numbers, targets: Numbers, *, ids: int) -> None:
        """Add ties between numbers below *ids*.

        Raises:
            FullDisk: if there is no room beside the study for all of them.
        """
        if ids > len(self._counts):
            counts = np.zeros(max(ids, 2 * len(self._counts)), np.int64)
            counts[: len(self._counts)] = self._counts
            self._counts = counts
        _count(sources, self._counts)
        self.total += len(sources)
        if self.total <= IN_MEMORY:
            self._blocks.append((sources, targets))
            return
        with self._worded():
            if self._file is None:
                self._file = TemporaryFile(dir=self._study.parent)  # noqa: SIM115 - closed with self
            self._file.write(sources.data)
            self._file.write(targets.data)
        self._spilled.append(len(sources))

    def take_counts(self, ids: int) -> NDArray[np.int64]:
        """How many ties each number below *ids* is the source of; kept no longer."""
        counts, self._counts = self._counts[:ids], self._counts[:0].copy()
        return counts

    def blocks(self) -> Iterator[tuple[Numbers, Numbers]]:
        """All ties again, source and target, block by block."""
        yield from self._blocks
        if self._file is None:
            return
        with self._worded():
            self._file.seek(0)
        for length in self._spilled:
            both = np.empty((2, length), np.int32)
            with self._worded():
                self._file.readinto(both.data)  # type: ignore[attr-defined]  # a file of bytes can
            yield both[0], both[1]

    @contextmanager
    def _worded(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno == errno.ENOSPC:
                text = "the disk is full; the study is as it was before"
                raise FullDisk(self._study, text) from error
            text = f"no temporary file beside it: {error.strerror}"
            raise StoreError(self._study, text) from error

    def close(self) -> None:
        """Let go of all ties."""
        self._blocks.clear()
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> EncodedTies:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@compiled
def _count(numbers: Numbers, counts: NDArray[np.int64]) -> None:
    for number in numbers:
        counts[number] += 1
