"""The register of everything that hcpgraph keeps outside a study.

Results go where somebody says. What is kept besides, beside the study or in the
temporary folder, stands here, with what becomes of it when a person is erased.
"""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hcpgraph.store import rewriting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ABANDONED: Final = 3600  # seconds after which nobody is at work on it any more


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that is kept outside the study.

    Attributes:
        name: what it is.
        paths: where it stands for a study, if it is there.
        lasting: true for what stays and holds keyed hashes of people alone, so that
            an erasure searches it; false for what is removed.
    """

    name: str
    paths: Callable[[Path], Iterator[Path]]
    lasting: bool


def _beside(ending: str) -> Callable[[Path], Iterator[Path]]:
    def paths(study: Path) -> Iterator[Path]:
        path = study.with_name(f"{study.name}{ending}")
        if path.exists():
            yield path

    return paths


def _unfinished(study: Path) -> Iterator[Path]:
    """What makers of studies and of results left beside the study that died."""
    for pattern in (".hcpgraph-*.new*", ".hcpgraph-*.part"):
        yield from _old(study.parent, pattern)


def _copies(study: Path) -> Iterator[Path]:
    yield from (path for path in rewriting.leftovers(study) if path.exists())


def _imports(_study: Path) -> Iterator[Path]:
    """Copies of files that an import made, and did not live to remove.

    Folders of that name may be somebody's own, so that they are only searched.
    """
    for folder in _old(Path(tempfile.gettempdir()), "hcpgraph-*"):
        yield from (path for path in sorted(folder.glob("*")) if _is_readable(path))


def _is_readable(path: Path) -> bool:
    return path.is_file() and os.access(path, os.R_OK)


def _old(folder: Path, pattern: str) -> Iterator[Path]:
    for path in sorted(folder.glob(pattern)):
        age = 0.0
        with suppress(FileNotFoundError):  # its maker has taken it away
            age = time.time() - path.lstat().st_mtime
        if age > _ABANDONED:
            yield path


REGISTER: Final = (
    Kept("audit trail", _beside(".audit.jsonl"), lasting=True),
    Kept("head of the audit trail", _beside(".audit.head"), lasting=True),
    Kept("journal of the database", _beside(".wal"), lasting=True),
    Kept("spilled rows of the database", _beside(".tmp"), lasting=False),
    Kept("copies of an erasure", _copies, lasting=False),
    Kept("studies and results that were being made", _unfinished, lasting=False),
    Kept("copies of files that were being imported", _imports, lasting=True),
)


def lasting(study: Path) -> tuple[Path, ...]:
    """Files that stay when somebody is erased, to be searched."""
    return tuple(
        path for kept in REGISTER if kept.lasting for path in kept.paths(study)
    )


def remove_others(study: Path) -> tuple[Path, ...]:
    """Remove what must not outlast an erasure; gives what was removed.

    The study must be held for writing, so that none of it is in use.
    """
    gone = tuple(
        path for kept in REGISTER if not kept.lasting for path in kept.paths(study)
    )
    for path in gone:
        rewriting.remove(path)
    return gone
