"""Ask a study whom to approach next: the question, and the lists that come with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.engines import open_engine
from hcpgraph.model.selection import EVERY_AREA, Selection, moment
from hcpgraph.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hcpgraph.model.prospects import Prospects
    from hcpgraph.study.core import Study, When


def prospects(  # noqa: PLR0913 - one keyword per thing an analyst may ask
    study: Study,
    area: str | None = None,
    *,
    known: Path | str | Iterable[str] | None = None,
    exclude: Path | str | Iterable[str] | None = None,
    budget: int = 25,
    since: When = None,
    until: When = None,
    audience: str = "auto",
    country: str | None = None,
    specialty: str | None = None,
    role: str | None = None,
    seed: int = 0,
) -> Prospects:
    """Whom to approach next: people of an area who are not known yet, and why.

    Args:
        study: the study.
        area: slug of a disease area; None for the whole study.
        known: people already known: a CSV file with a column ``id``,
            ``handle`` or ``npi``, or ids and ``@handles``. Never stored.
        exclude: people never to suggest, likewise.
        budget: how many to suggest.
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
    """
    from hcpgraph.study import (  # noqa: PLC0415 - imports need no numba
        listing,
        people,
        planning,
    )

    if area == EVERY_AREA:
        raise ValueError("prospects are for one area, or the whole study: name one")
    selection = Selection(
        area=area,
        since=moment(since),
        until=moment(until),
        audience=audience,
        country=country,
        specialty=specialty,
        role=role,
    )
    question = listing.Question(selection, open_engine(), seed=seed)
    known_list = people.as_person_list(known)
    exclude_list = people.as_person_list(exclude)
    with Store.open(study.path) as store:
        place = listing.read_fields(store, question)[0]
        return planning.plan(
            store,
            place,
            question,
            planning.find_people(store, known_list),
            planning.find_people(store, exclude_list),
            budget=budget,
        )
