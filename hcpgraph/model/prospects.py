"""People worth approaching, each with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hcpgraph.model.table import Listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.model.table import Table


@dataclass(frozen=True, slots=True)
class Link:
    """How a prospect is tied to a person already known.

    Attributes:
        known: account number of the known person.
        layer: the strongest layer between the two.
        ties: distinct ties between the two in that layer, both ways.
        toward_known: true if the prospect pays attention to the known person in
            that layer.
        from_known: true if the known person pays attention to the prospect.
    """

    known: int
    layer: str
    ties: int
    toward_known: bool
    from_known: bool


@dataclass(frozen=True, slots=True)
class Pick:
    """One prospect by account number, before names are released.

    Attributes:
        account: account number.
        rank: rank in the area among people, from 1.
        kind: what the person is to the plan: ``leader``, ``broker``, ``voice``.
        gain: accounts that pay attention to this person and to nobody known or
            picked before.
        coverage: share of the area's accounts reached by the known and by all
            picks up to this one, in [0, 1].
        community: community of the person in the area, as printed: from 1.
        community_size: members of that community.
        links: ties to known people, the strongest first.
    """

    account: int
    rank: int
    kind: str
    gain: int
    coverage: float
    community: int
    community_size: int
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Prospects(Listed):
    """People to approach in order, as released.

    Attributes:
        table: at least ``rank, id, handle, name, kind, gain, coverage, reason``.
        area: the disease area, or None for the whole study.
        notes: how many were known, excluded or held back, and why.
        parameters: what was asked for, so that it can be asked again.
    """

    table: Table
    area: str | None
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Prospects({self.area or 'whole study'}, {len(self)} people)"
