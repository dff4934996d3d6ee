"""What a study holds for longer than the policy allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hcpgraph.model.table import Listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hcpgraph.model.table import Table


@dataclass(frozen=True, slots=True)
class Limit:
    """How long data of the people of a country are kept.

    Attributes:
        country: as rosters have it; None for people of whom no country is known.
        region: of the policy.
        before: what is older than that goes.
    """

    country: str | None
    region: str
    before: datetime


@dataclass(frozen=True, slots=True)
class Expired(Listed):
    """What is older than the retention of the policy, and what became of it.

    Attributes:
        table: a row per region and kind (``what``: posts, ties, accounts): ``before``,
            ``rows``, ``oldest``.
        removed: table of the study to rows removed; None if nothing was to be.
        notes: notes for the reader.
    """

    table: Table
    removed: Mapping[str, int] | None = None
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        said = "listed" if self.removed is None else "removed"
        return f"Expired({len(self)} kinds of rows, {said})"
