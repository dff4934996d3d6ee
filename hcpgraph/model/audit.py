"""The audit trail as an answer: its entries, and whether they are as they were."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hcpgraph.model.table import Listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hcpgraph.model.table import Table


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries of the trail are asked for; None for all.

    Attributes:
        person: only outputs that name this person: an id, ``platform:id`` or
            ``@handle``.
        since: only entries from then on, UTC.
        until: only entries before then, UTC.
        user: only those of this user.
        viewer: only those for this viewer.
    """

    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    user: str | None = None
    viewer: str | None = None


@dataclass(frozen=True, slots=True)
class AuditTrail(Listed):
    """Entries of the audit trail.

    Attributes:
        table: a row per entry, or per entry and person.
        notes: what a reader must know.
        parameters: what was asked, a person as a keyed hash.
    """

    table: Table
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"AuditTrail({len(self.table)} rows)"


@dataclass(frozen=True, slots=True)
class AuditCheck(Listed):
    """Whether the audit trail is as it was written.

    Attributes:
        table: a row per finding; none if the trail is as it was written.
        entries: how many entries it has.
        digest: of the last entry, to be kept elsewhere; None without entries.
        notes: what could not be checked.
    """

    table: Table
    entries: int
    digest: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether nothing was found."""
        return not len(self.table)

    def __repr__(self) -> str:
        return f"AuditCheck({self.entries} entries, {len(self.table)} findings)"
