"""What a picture of a study shows, as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hcpgraph.model.people import GivenLists
from hcpgraph.model.prospects import PlanOptions
from hcpgraph.model.query import EVERY_AREA, Query

if TYPE_CHECKING:
    from hcpgraph.model.prospects import Prospects

_BUDGET: Final = 25


@dataclass(frozen=True, slots=True)
class FigureRequest:
    """What a picture shows.

    Attributes:
        query: area, period, audience, seed.
        top: how many leaders are named.
        lists: people already known and never to suggest, for a plan.
        budget: how many people a plan suggests; a network shows a plan if this or
            one of the lists is given.
        plan: a plan that is made already.
        families: the two families of layers that are set against each other; none for
            the two with most people in both.
        page: ``"slide"`` or ``"print"``.

    Raises:
        ValueError: if every area is asked for at once.
    """

    query: Query = field(default_factory=Query)
    top: int = 20
    lists: GivenLists = field(default_factory=GivenLists)
    budget: int | None = None
    plan: Prospects | None = None
    families: tuple[str, ...] = ()
    page: str = "slide"

    def __post_init__(self) -> None:
        if self.query.area == EVERY_AREA:
            raise ValueError("a figure shows one area, or the whole study: name one")

    @property
    def is_plan(self) -> bool:
        """Whether it shows prospects."""
        return bool(self.lists) or self.budget is not None or self.plan is not None

    @property
    def options(self) -> PlanOptions:
        """How a plan is made."""
        return PlanOptions(budget=_BUDGET if self.budget is None else self.budget)
