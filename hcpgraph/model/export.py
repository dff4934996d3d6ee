"""A study as another tool takes it: what a workbook holds, and what was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hcpgraph.model.people import GivenLists
from hcpgraph.model.prospects import PlanOptions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class WorkbookOptions:
    """What a workbook holds.

    Attributes:
        top: leaders.
        lists: people already known and never to suggest; without them a workbook has
            no prospects.
        plan: how prospects are chosen.
    """

    top: int = 50
    lists: GivenLists = field(default_factory=GivenLists)
    plan: PlanOptions = field(default_factory=PlanOptions)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        path: the file; None if nothing was written.
        provenance: the file beside it that says what it was made of; None where
            nothing can stand beside.
        content: the bytes of the file.
        parameters: what was asked.
        notes: what a reader must know: who is not named, what is empty and why.
        people: everybody who is named, for the audit trail.
    """

    path: Path | None
    provenance: Path | None
    content: bytes
    parameters: Mapping[str, object]
    notes: tuple[str, ...]
    people: tuple[str, ...] = ()
