"""Prospects: people to approach, each with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hcpgraph.model.consent import ALL, CHANNELS
from hcpgraph.model.names import suggest
from hcpgraph.model.quotas import Quotas
from hcpgraph.model.table import Listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.model.introductions import Introduction
    from hcpgraph.model.table import Table


@dataclass(frozen=True, slots=True)
class Pick:
    """One prospect by account number, before names are released.

    Attributes:
        account: account number.
        rank: rank in the area among people, from 1.
        kind: what the person is to the plan: ``leader``, ``rising``, ``broker`` or
            ``voice``.
        gain: expected additional accounts reached, given the known and all
            picked before reach; expected.
        coverage: share of the area's accounts reached by the known and by all
            picks up to this one, expected, in [0, 1].
        audience: in-neighbours of this person and of nobody known or picked
            before.
        community: community of the person in the area, as printed: from 1.
        community_size: members of that community.
        response: probability to turn to one of the known people in the period that
            follows; None where the data are too sparse to say.
        introductions: paths from known people to this one, the strongest first.
    """

    account: int
    rank: int
    kind: str
    gain: float
    coverage: float
    audience: int
    community: int
    community_size: int
    response: float | None = None
    introductions: tuple[Introduction, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """How many people a plan has, of which kinds, and how influence is modelled.

    Attributes:
        budget: how many to suggest.
        limits: how many of a group there may or must be.
        anyone: also people who were silent, or do not work in the area.
        probability: of influence: ``"learned"``, ``"weighted"``, or one number.
        model: ``"ic"`` for independent cascade, ``"lt"`` for linear threshold.
        error: the list reaches at least (1 - 1/e - error) of the best.
        channel: how people will be approached, one of ``model.consent.CHANNELS``;
            ``"all"`` for no channel in particular.

    Raises:
        ValueError: if there is no such channel.
    """

    budget: int = 25
    limits: Quotas = field(default_factory=Quotas)
    anyone: bool = False
    probability: str | float = "learned"
    model: str = "ic"
    error: float = 0.1
    channel: str = ALL

    def __post_init__(self) -> None:
        if self.channel not in CHANNELS:
            raise ValueError(
                f"no channel {self.channel!r}; {suggest(self.channel, CHANNELS)}"
            )


@dataclass(frozen=True, slots=True)
class Certificate:
    """How far a choice of people can be from the best there is.

    Attributes:
        lower: accounts that the known and the chosen reach, at least (expected).
        upper: accounts that the known and any choice allowed reach, at most.
        probability: with which both hold, in (0, 1).
    """

    lower: float
    upper: float
    probability: float

    @property
    def ratio(self) -> float:
        """Share of the best possible reach that is certain, in [0, 1]."""
        return self.lower / self.upper if self.upper else 1.0


@dataclass(frozen=True, slots=True)
class ProspectPlan:
    """People to approach by account number, and how good the choice is.

    Attributes:
        picks: in the order to approach them.
        reach: name of a choice -> share of the area's accounts that it and the known
            people reach with its first 0, 1, 2, ... people; ``"chosen"`` is that of
            *picks*.
        certificate: how far *picks* can be from the best choice; None without any.
        notes: notes for the reader.
    """

    picks: tuple[Pick, ...]
    reach: Mapping[str, tuple[float, ...]]
    certificate: Certificate | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prospects(Listed):
    """People to approach in order, as released.

    Attributes:
        table: at least ``rank, id, handle, name, kind, gain, coverage, reason``.
        area: the disease area, or None for the whole study.
        notes: how many were known, excluded or not listed, and why.
        parameters: query parameters, for reproduction.
        reach: how choices compare: name of a choice -> share of the area that it
            and the known people reach with its first 0, 1, 2, ... people, in [0, 1].
            ``"chosen"`` is the table's; the others are what one would do without
            it (``"ranking"``, ``"in-degree"``).
        certificate: how far the choice can be from the best; None if nobody could
            be chosen.
    """

    table: Table
    area: str | None
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)
    reach: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    certificate: Certificate | None = None

    def __repr__(self) -> str:
        return f"Prospects({self.area or 'whole study'}, {len(self)} people)"
