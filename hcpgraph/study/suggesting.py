"""Ask a study whom to approach next: the question, and the lists that come with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.engines import open_engine
from hcpgraph.model.query import EVERY_AREA, Selection, moment
from hcpgraph.model.quotas import Quotas
from hcpgraph.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hcpgraph.model.people import PersonList
    from hcpgraph.model.prospects import Prospects
    from hcpgraph.study.core import Study, When

    People = Path | str | PersonList | Iterable[str] | None


def prospects(  # noqa: PLR0913 - one keyword per thing an analyst may ask
    study: Study,
    area: str | None = None,
    *,
    known: People = None,
    exclude: People = None,
    include: People = None,
    allow_unmatched: bool = False,
    budget: int = 25,
    at_most: Iterable[str] = (),
    at_least: Iterable[str] = (),
    mix: str | None = None,
    anyone: bool = False,
    probability: str | float = "learned",
    model: str = "ic",
    error: float = 0.1,
    since: When = None,
    until: When = None,
    audience: str = "auto",
    country: str | None = None,
    specialty: str | None = None,
    role: str | None = None,
    seed: int = 0,
) -> Prospects:
    """Whom to approach next: those who together reach most of an area, and why.

    Args:
        study: the study.
        area: slug of a disease area; None for the whole study.
        known: people already known: a CSV file with a column ``id``,
            ``handle`` or ``npi``, or ids and ``@handles``. What they reach counts as
            reached. Never stored.
        exclude: people never to suggest, likewise.
        include: people who must be on the list, likewise.
        allow_unmatched: go on where nobody of *exclude* is in the study.
        budget: how many to suggest.
        at_most: how many of a group there may be: ``"country=2"`` for two of each
            country, ``"country:DE=5"`` for five of one; columns are ``country``,
            ``region``, ``specialty``, ``institution``, ``community``, ``team``
            (institution and specialty) and ``kind``.
        at_least: how many of a group there must be, likewise.
        mix: at least so many of a kind: ``"leader=10,rising=5"``.
        anyone: also people who were silent, or do not work in the area.
        probability: of influence: ``"learned"`` from who responded to whom,
            ``"weighted"`` for the weighted cascade, or one number for every tie.
        model: ``"ic"`` for independent cascade, ``"lt"`` for linear threshold.
        error: how far below 1 - 1/e of the best reach the list may fall.
        since: first moment of the period, inclusive, UTC.
        until: last moment of the period, exclusive, UTC.
        audience: ``"auto"``, ``"hcp"`` or ``"all"``.
        country: only people of this country.
        specialty: only people of this specialty.
        role: only people of this role.
        seed: for the random steps.

    Raises:
        UnknownArea: if the study has no such area.
        ExportError: if a list of people cannot be read.
        UnmatchedList: if nobody of *exclude* is in the study.
        InfeasibleLimits: if no list keeps all limits; it says which cannot be kept.
        ValueError: if a limit cannot be read, or a number is out of its range.
    """
    from hcpgraph.prospects import ProspectRequest  # noqa: PLC0415 - imports need no numba
    from hcpgraph.study import (  # noqa: PLC0415 - likewise
        person_lists,
        planning,
        scoring,
    )

    if area == EVERY_AREA:
        raise ValueError("prospects are for one area, or the whole study: name one")
    selection = Selection(
        area=area, since=moment(since), until=moment(until), audience=audience,
        country=country, specialty=specialty, role=role,
    )  # fmt: skip
    limits = Quotas.parse(at_most, at_least, mix)
    question = scoring.Question(selection, open_engine(), seed=seed)
    lists = [person_lists.as_person_list(one) for one in (known, exclude, include)]
    with Store.open(study.path) as store:
        found = person_lists.find_lists(store, *lists, allow_unmatched=allow_unmatched)
        wish = ProspectRequest(
            known=found.known.accounts, exclude=found.exclude.accounts,
            include=found.include.accounts, budget=budget, limits=limits,
            anyone=anyone, probability=probability, model=model, error=error,
            seed=seed,
        )  # fmt: skip
        place = scoring.read_scored_areas(store, question)[0]
        return planning.plan(store, place, question, wish, found)
