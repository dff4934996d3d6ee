"""Ask a study who leads: ties in, ranked and released people out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import ranking
from hcpgraph.graph import from_stream, incoming_from_stream, stream_of
from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.model.query import EVERY_AREA
from hcpgraph.model.ranking import Ranking
from hcpgraph.model.table import Table
from hcpgraph.study import releasing
from hcpgraph.study.backtesting import past_notes
from hcpgraph.study.scoring import SCORE, by_area, read_scored_areas
from hcpgraph.study.selecting import release, scope_of, ties_by_area, time_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from hcpgraph.graph import Graph, Incoming
    from hcpgraph.graph.csr_construction import TieStream
    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.scores import Scores
    from hcpgraph.model.table import Cell
    from hcpgraph.store import Store
    from hcpgraph.study.scoring import Question, ScoredArea

_PERSON = ("role", "specialty", "institution", "country")


@dataclass(frozen=True, slots=True, eq=False)
class ListedPeople:
    """The first people of one area (or of the whole study) who may be listed.

    Attributes:
        area: slug, or None for the whole study.
        standings: those to list, best first.
        notes: who was held back, and other facts a reader must know.
    """

    area: str | None
    standings: Scored
    notes: tuple[str, ...]


def _lead(store: Store, question: Question, *, top: int) -> list[ListedPeople]:
    """The *top* people of each area that was asked for, by score or by a measure."""
    if question.by == SCORE:

        def lead(place: ScoredArea) -> ListedPeople:
            listed = _listed(place, question, top=top)
            basis = (listed.basis,) if listed.basis else ()
            notes = (*place.notes, *basis, *past_notes(place, question))
            return ListedPeople(place.area, listed, notes)

        return by_area("listing", lead, read_scored_areas(store, question))
    selection = question.selection
    if not (selection.area or selection.since or selection.until):
        # the largest question there is, answered without the ties in memory
        stream = store.stream_ties(scope_of(selection, ()), selection.layers)
        return [_by_measure(store, question, stream, top=top)]
    return [
        _by_measure(
            store,
            question,
            stream_of(ties, selection.layers),
            top=top,
            area=slug,
            notes=time_notes(ties, selection),
        )
        for slug, ties in ties_by_area(store, selection)
    ]


def _listed(place: ScoredArea, question: Question, *, top: int) -> Scored:
    """The first *top* of those who may be listed, with intervals if asked for."""
    among = place.standings.only(place.accounts, place.allowed)
    if not question.draws:
        return among.head(top)
    return ranking.with_intervals(
        among,
        place.ties,
        place.accounts,
        weights=place.weights,
        layers=question.selection.layers,
        top=top,
        resamples=question.draws,
        seed=question.seed,
    )


def _by_measure(
    store: Store,
    question: Question,
    stream: TieStream,
    *,
    top: int,
    area: str | None = None,
    notes: tuple[str, ...] = (),
) -> ListedPeople:
    engine = question.engine
    incoming = question.by in engine.read_incoming
    rows = incoming_from_stream(stream) if incoming else from_stream(stream)
    roles = store.read_roles(rows.ids)
    allowed, held = release(store, question.selection, roles)

    def score(name: str, rows: Graph | Incoming) -> Scores:
        return engine.score(rows, name)

    standings = ranking.rank_by(
        rows, question.by, score=score, allowed=allowed, top=top
    )
    return ListedPeople(area, standings, (*held, *notes))


def list_people(store: Store, question: Question, *, top: int) -> Ranking:
    """The first *top* people of each area, with names, as one ranking.

    Raises:
        ValueError: if *top* is negative.
    """
    if top < 0:
        raise ValueError(f"top must be 0 or more, got {top}")
    selection, by = question.selection, question.by
    leaders = _lead(store, question, top=top)
    names = _columns_named(by, several=selection.area == EVERY_AREA)
    table, emptied = _table(store, leaders, names, by=by)
    return Ranking(
        table=table,
        area=selection.area,
        by=by,
        notes=(*_joined_notes(leaders), *emptied),
        parameters={
            **selection.parameters(),
            "by": by,
            "top": top,
            "engine": question.engine.name,
            "seed": question.seed,
            "resamples": question.draws,
            "own_weights": dict(question.own_weights),
        },
    )


def _columns_named(by: str, *, several: bool) -> tuple[str, ...]:
    first = ("area",) if several else ()
    parts = CONTRIBUTIONS if by == SCORE else ()
    certainty = ("p_top10", "tier") if by == SCORE else ()
    return (
        *first,
        *("rank", "id", "handle", "name", "score", "rank_low", "rank_high"),
        *parts,
        *_PERSON,
        *certainty,
    )


def _table(
    store: Store, leaders: Sequence[ListedPeople], names: Sequence[str], *, by: str
) -> tuple[Table, tuple[str, ...]]:
    """The listed people of all areas, looked up at once, with the columns *names*."""
    accounts = [one.standings.account for one in leaders]
    every = np.concatenate([np.empty(0, np.int32), *accounts])
    people, emptied = releasing.read_profiles(store, every)
    parts = [_columns(one, by=by) for one in leaders]

    def column(name: str) -> Sequence[Cell]:
        if name in people:
            return people[name]
        return [cell for part in parts for cell in part[name]]

    return Table({name: column(name) for name in names}), emptied


def _columns(leaders: ListedPeople, *, by: str) -> dict[str, Sequence[Cell]]:
    """How the listed people of one area stand, column by column."""
    listed = leaders.standings
    count = len(listed)
    columns: dict[str, Sequence[Cell]] = {
        "area": [leaders.area] * count,
        "rank": list(range(1, count + 1)),
        "score": listed.score.tolist(),
        "rank_low": _cells(listed.low, count),
        "rank_high": _cells(listed.high, count),
        "p_top10": _cells(listed.p_top10, count),
        "tier": _cells(listed.tier, count),
    }
    if by == SCORE:
        for name in CONTRIBUTIONS:
            columns[name] = listed.contribution[name].tolist()
    return columns


def _cells(column: NDArray[np.number] | None, count: int) -> list[Cell]:
    """What was computed; empty cells if it was not."""
    return [None] * count if column is None else column.tolist()


def _joined_notes(leaders: Sequence[ListedPeople]) -> tuple[str, ...]:
    """The notes of all areas, each with its area if there are several."""
    if len(leaders) == 1:
        return leaders[0].notes
    return tuple(f"{one.area}: {note}" for one in leaders for note in one.notes)
