"""Ask a study who leads: ties in, ranked and released people out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import policy, ranking
from hcpgraph.errors import UnknownArea, UnknownMeasure
from hcpgraph.model.names import CONTRIBUTIONS, MEASURES
from hcpgraph.model.ranking import Ranking
from hcpgraph.model.selection import EVERY_AREA
from hcpgraph.model.table import Table
from hcpgraph.model.ties import NO_TIME
from hcpgraph.store import Scope, Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hcpgraph.engines import Engine
    from hcpgraph.graph import Graph
    from hcpgraph.model.ranking import Standings
    from hcpgraph.model.scores import Scores
    from hcpgraph.model.selection import Selection
    from hcpgraph.model.table import Cell
    from hcpgraph.model.ties import Accounts, Ties

SCORE = "score"
_PERSON = ("role", "specialty", "institution", "country")


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is asked of a study.

    Attributes:
        selection: which ties, and which people.
        engine: where measures run.
        by: ``"score"`` or the name of a measure.
        seed: for the random steps.
    """

    selection: Selection
    engine: Engine
    by: str = SCORE
    seed: int = 0

    def __post_init__(self) -> None:
        if self.by != SCORE and self.by not in MEASURES:
            raise UnknownMeasure(self.by, (SCORE, *MEASURES))


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """The people of one area (or of the whole study), ranked, and who may be named.

    Attributes:
        area: slug, or None for the whole study.
        ties: the ties they were ranked by.
        accounts: everyone who occurs in the ties.
        standings: everyone, best first.
        allowed: who may be listed, one per row of ``accounts``.
        notes: who was held back, and other facts a reader must know.
    """

    area: str | None
    ties: Ties
    accounts: Accounts
    standings: Standings
    allowed: NDArray[np.bool_]
    notes: tuple[str, ...]


def read_fields(store: Store, question: Question) -> list[Field]:
    """Rank every area that was asked for; one read of the study serves them all."""
    selection = question.selection
    slugs = area_slugs(store, selection)
    if selection.area == EVERY_AREA and not slugs:
        return []
    ties = store.read_ties(
        Scope(slugs, tuple(selection.layers), selection.since, selection.until)
    )
    return [
        _field(
            store, question, slug, ties if slug is None else ties.where(ties.area == i)
        )
        for i, slug in enumerate(slugs or (None,))
    ]


def area_slugs(store: Store, selection: Selection) -> tuple[str, ...]:
    """The areas a selection asks for; none means the whole study.

    Raises:
        UnknownArea: if the study has no such area.
    """
    if selection.area is None:
        return ()
    if selection.area == EVERY_AREA:
        return store.area_slugs(with_ties=True)
    known = store.area_slugs()
    if selection.area not in known:
        raise UnknownArea(selection.area, known)
    return (selection.area,)


def _field(store: Store, question: Question, slug: str | None, ties: Ties) -> Field:
    selection, layers = question.selection, question.selection.layers
    accounts = store.read_accounts(
        ranking.everyone(ties),
        area=slug,
        since=selection.since,
        until=selection.until,
    )

    def measure(name: str, graph: Graph) -> Scores:
        return question.engine.score(graph, name)

    if question.by == SCORE:
        standings = ranking.rank(
            ties, accounts, layers=layers, measure=measure, seed=question.seed
        )
    else:
        standings = ranking.rank_by(
            ties, accounts, question.by, layers=layers, measure=measure
        )
    allowed, notes = release(store, selection, accounts)
    notes = (*notes, *_time_notes(ties, selection))
    return Field(slug, ties, accounts, standings, allowed, notes)


def release(
    store: Store, selection: Selection, accounts: Accounts
) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """Who of *accounts* may be listed, and in words who was held back."""
    audience = selection.audience
    if audience == policy.AUTO:
        audience = "hcp" if store.knows_roles() else "all"
    released = policy.release(accounts, audience=audience)
    notes = [f"audience: {released.audience}"]
    notes += [f"not listed: {n} {reason}" for reason, n in released.held.items()]
    allowed = released.mask
    if selection.has_filter:
        fits = store.read_matching(
            accounts.account,
            country=selection.country,
            specialty=selection.specialty,
            role=selection.role,
        )
        notes.append(f"other people filtered out: {int((allowed & ~fits).sum())}")
        allowed = allowed & fits
    return allowed, tuple(notes)


def _time_notes(ties: Ties, selection: Selection) -> tuple[str, ...]:
    timeless = int((ties.at == NO_TIME).sum())
    if not timeless or not (selection.since or selection.until):
        return ()
    if timeless == len(ties):
        return (
            f"no tie of this period has a time; {timeless} without one, which count"
            " in every period, are all there is",
        )
    return (f"{timeless} ties without a time are kept in every period",)


def list_people(
    store: Store, fields: Sequence[Field], question: Question, *, top: int
) -> Ranking:
    """The first *top* people of each field, with names, as one ranking."""
    selection, by = question.selection, question.by
    parts = [(field, _columns(store, field, by=by, top=top)) for field in fields]
    names = list(_columns_named(by, several=selection.area == EVERY_AREA))
    table = Table(
        {name: [cell for _, part in parts for cell in part[name]] for name in names}
    )
    return Ranking(
        table=table,
        area=selection.area,
        by=by,
        notes=_joined_notes(fields),
        parameters={
            **selection.parameters(),
            "by": by,
            "top": top,
            "engine": question.engine.name,
            "seed": question.seed,
        },
    )


def _columns_named(by: str, *, several: bool) -> tuple[str, ...]:
    first = ("area",) if several else ()
    parts = CONTRIBUTIONS if by == SCORE else ()
    return (
        *first,
        *("rank", "id", "handle", "name", "score", "rank_low", "rank_high"),
        *parts,
        *_PERSON,
    )


def _columns(
    store: Store, field: Field, *, by: str, top: int
) -> dict[str, Sequence[Cell]]:
    """The listed people of one field, column by column."""
    listed = field.standings.only(field.accounts, field.allowed).head(top)
    profiles = store.read_profiles(listed.account.tolist())
    count = len(listed)
    columns: dict[str, Sequence[Cell]] = {
        "area": [field.area] * count,
        "rank": list(range(1, count + 1)),
        **profiles,
        "score": listed.score.tolist(),
        # no interval is computed yet: empty, never made up
        "rank_low": [None] * count,
        "rank_high": [None] * count,
    }
    if by == SCORE:
        for name in CONTRIBUTIONS:
            columns[name] = listed.contribution[name].tolist()
    return columns


def _joined_notes(fields: Sequence[Field]) -> tuple[str, ...]:
    """The notes of all fields, each with its area if there are several."""
    if len(fields) == 1:
        return fields[0].notes
    return tuple(f"{field.area}: {note}" for field in fields for note in field.notes)
