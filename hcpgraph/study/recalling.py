"""Areas scored lately, so that a list, its check and its pictures score them once.

Each area is held by itself: who ranked all of them has each of them at once.

A study is a file that other programs may write, so what is recalled holds only while
the file, and what waits beside it to be written, have neither changed size nor time.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable
    from pathlib import Path

    from hcpgraph.study.scoring import Question, ScoredArea

_MOST: Final = 1_000_000  # ties held in all: some 40 MB

_held: OrderedDict[Hashable, ScoredArea] = OrderedDict()


def key(study: Path, question: Question, area: str | None) -> Hashable:
    """What scores depend on: the study as it is, which ties and people, how weighed.

    How many are listed, and with intervals or without, makes no difference to them.
    """
    asked = question.selection
    return (
        *(_state(path) for path in (study, study.with_name(f"{study.name}.wal"))),
        *(area, asked.since, asked.until, asked.audience),
        *(asked.country, asked.specialty, asked.role),
        tuple(sorted(asked.layers.items())),
        tuple(sorted(question.own_weights.items())),
        *(question.engine.name, question.seed, question.learn),
    )


def recall(asked: Hashable) -> ScoredArea | None:
    """The field of a question asked before; None if it is not held."""
    if asked in _held:
        _held.move_to_end(asked)
    return _held.get(asked)


def remember(asked: Hashable, field: ScoredArea) -> None:
    """Hold *field*; those not asked for the longest go if there are too many ties."""
    _held[asked] = field
    _held.move_to_end(asked)
    while sum(len(held.ties) for held in _held.values()) > _MOST:
        _held.popitem(last=False)


def _state(path: Path) -> Hashable:
    """Which file this is and when it was last written; None if there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
