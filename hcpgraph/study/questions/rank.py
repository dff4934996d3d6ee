"""``rank``: who leads. Ties in, ranked and released people out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import ranking
from hcpgraph.engines import open_engine
from hcpgraph.graph import from_stream, incoming_from_stream, stream_of
from hcpgraph.model.columns import LISTS
from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.model.query import EVERY_AREA, SCORE
from hcpgraph.model.ranking import Ranking
from hcpgraph.narrative import notes, partly
from hcpgraph.study import viewing
from hcpgraph.study.open_study import scope_of
from hcpgraph.study.past_check import past_notes
from hcpgraph.study.questions import families
from hcpgraph.study.scored_area import (
    by_area,
    draws_of,
    partial_layers,
    scored_areas,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.graph import Graph, Incoming
    from hcpgraph.graph.csr_construction import TieStream
    from hcpgraph.model.query import Query
    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.scores import Scores
    from hcpgraph.model.table import Cell, Table
    from hcpgraph.model.ties import Ties
    from hcpgraph.study.open_study import OpenStudy
    from hcpgraph.study.scored_area import ScoredArea

_OF_SCORE = (*CONTRIBUTIONS, "p_top10", "tier")  # a ranking by a measure has none


@dataclass(frozen=True, slots=True, eq=False)
class ListedPeople:
    """The first people of one area (or of the whole study) who may be listed.

    Attributes:
        area: slug, or None for the whole study.
        scored: those to list, best first.
        notes: people not listed by reason, and other facts a reader must know.
        by_family: family of layers -> people ranked by its ties alone; empty where
            all ties are of one.
        unknown: contributions of layers that are left out, as few people have them.
    """

    area: str | None
    scored: Scored
    notes: tuple[str, ...]
    by_family: Mapping[str, Scored] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def answer(opened: OpenStudy, query: Query, *, top: int) -> Ranking:
    """The first *top* people of each area, with names, as one ranking.

    Raises:
        ValueError: if *top* is negative.
    """
    if top < 0:
        raise ValueError(f"top must be 0 or more, got {top}")
    viewing.check_layers(opened.viewer, query)
    leaders = _lead(opened, query, top=top)
    several = query.area == EVERY_AREA
    table, emptied = _table(opened, leaders, by=query.by, several=several)
    return Ranking(
        table=table,
        area=query.area,
        by=query.by,
        notes=(*_joined_notes(leaders), *emptied),
        parameters={
            **query.parameters(),
            "by": query.by,
            "top": top,
            "engine": query.engine,
            "seed": query.seed,
            "resamples": draws_of(query),
            "own_weights": dict(query.weights),
        },
    )


def _lead(opened: OpenStudy, query: Query, *, top: int) -> list[ListedPeople]:
    """The *top* people of each area that is asked for, by score or by a measure."""
    if query.by == SCORE:

        def lead(place: ScoredArea) -> ListedPeople:
            listed = first_listed(place, top=top, draws=draws_of(query))
            basis = (listed.basis,) if listed.basis else ()
            said = (*place.notes, *basis, *past_notes(place), *_cut(listed))
            return ListedPeople(
                place.area, listed, said, place.by_family, place.without
            )

        return by_area("listing", lead, scored_areas(opened, query))
    if query.area is None and not query.has_period:
        return [_lead_whole(opened, query, top=top)]
    return [_lead_area(opened, query, *one, top=top) for one in opened.ties(query)]


def _lead_whole(opened: OpenStudy, query: Query, *, top: int) -> ListedPeople:
    """The largest question there is, answered without the ties in memory."""

    def stream(layers: Mapping[str, float]) -> TieStream:
        asked = replace(query, layers=layers)
        return opened.store.stream_ties(scope_of(asked, ()), layers)

    found, held = _by_measure(opened, query, stream(query.layers), top=top)
    present = set(opened.store.count_layers()) & set(query.layers)
    own = _families(opened, query, ranking.families_among(present), stream)
    return ListedPeople(None, found, (*held, *_cut(found)), own)


def _lead_area(
    opened: OpenStudy, query: Query, area: str | None, ties: Ties, *, top: int
) -> ListedPeople:
    """The first of one area, or of a period of the study, by a measure."""
    found, held = _by_measure(opened, query, stream_of(ties, query.layers), top=top)
    said = notes.undated(ties, has_period=query.has_period)
    several = ranking.families_of(ties, query.layers)
    own = _families(opened, query, several, partial(stream_of, ties))
    return ListedPeople(area, found, (*held, *said, *_cut(found)), own)


def _families(
    opened: OpenStudy,
    query: Query,
    several: Mapping[str, Sequence[str]],
    stream: Callable[[Mapping[str, float]], TieStream],
) -> dict[str, Scored]:
    """The people ranked by the measure in the network of each family."""
    found = {}
    for family, names in several.items():
        layers = {layer: query.layers[layer] for layer in names}
        found[family], _ = _by_measure(opened, query, stream(layers), top=None)
    return found


def first_listed(place: ScoredArea, *, top: int, draws: int) -> Scored:
    """The first *top* people who may be listed, with intervals if asked for.

    Args:
        place: the area.
        top: people listed.
        draws: resamples behind the intervals; 0 for none.
    """
    if not draws:
        return place.listed.head(top)
    return ranking.with_intervals(
        place.listed,
        place.counted.ties,
        place.counted.accounts,
        weights=place.weights,
        layers=place.layers,
        top=top,
        resamples=draws,
        seed=place.query.seed,
        unknown=place.unknown,
    )


def _by_measure(
    opened: OpenStudy,
    query: Query,
    stream: TieStream,
    *,
    top: int | None,
) -> tuple[Scored, tuple[str, ...]]:
    """The first of a network by a measure, and who is not listed, by reason."""
    engine = open_engine(query.engine)
    incoming = query.by in engine.read_incoming
    rows = incoming_from_stream(stream) if incoming else from_stream(stream)
    allowed, held = opened.release(query, opened.store.read_roles(rows.ids))

    def score(name: str, rows: Graph | Incoming) -> Scores:
        return engine.score(rows, name)

    unsaid = tuple(
        partly.partly_known(one, by_measure=True)
        for one in partial_layers(opened, query, rows.ids[allowed])
    )
    found = ranking.rank_by(rows, query.by, score=score, allowed=allowed, top=top)
    return found, (*unsaid, *held)


def _cut(listed: Scored) -> tuple[str, ...]:
    """That more people have the score of the last one listed, if so."""
    return notes.equals_cut(len(listed), listed.cut)


def _table(
    opened: OpenStudy, leaders: Sequence[ListedPeople], *, by: str, several: bool
) -> tuple[Table, tuple[str, ...]]:
    """The listed people of all areas, looked up at once."""
    accounts = [one.scored.account for one in leaders]
    every = np.concatenate([np.empty(0, np.int32), *accounts])
    people, emptied = opened.profiles(every)
    claimed = opened.store.read_claimed(every)
    parts = [_columns(one, by=by) for one in leaders]
    left_out = {*(() if several else ("area",)), *(() if by == SCORE else _OF_SCORE)}

    def column(name: str) -> Sequence[Cell]:
        if name in people:
            return people[name]
        if name == "audience_claimed":
            return claimed
        return [cell for part in parts for cell in part[name]]

    names = [one.name for one in LISTS["rank"] if one.name not in left_out]
    table = opened.table("rank", {name: column(name) for name in names})
    return table, (*emptied, *opened.withheld(table))


def _columns(leaders: ListedPeople, *, by: str) -> dict[str, Sequence[Cell]]:
    """How the listed people of one area stand, column by column."""
    listed = leaders.scored
    count = len(listed)
    columns: dict[str, Sequence[Cell]] = {
        "area": [leaders.area] * count,
        "rank": listed.ranks().tolist(),
        "score": listed.score.tolist(),
        "rank_low": _cells(listed.low, count),
        "rank_high": _cells(listed.high, count),
        "p_top10": _cells(listed.p_top10, count),
        "tier": _cells(listed.tier, count),
        **families.columns(leaders.by_family, listed.account),
    }
    if by == SCORE:
        for name in CONTRIBUTIONS:
            left_out = name in leaders.unknown
            column = None if left_out else listed.contribution[name]
            columns[name] = _cells(column, count)
    return columns


def _cells(column: NDArray[np.number] | None, count: int) -> list[Cell]:
    """What was computed; empty cells if it was not."""
    return [None] * count if column is None else column.tolist()


def _joined_notes(leaders: Sequence[ListedPeople]) -> tuple[str, ...]:
    """The notes of all areas, each with its area if there are several."""
    if len(leaders) == 1:
        return leaders[0].notes
    return tuple(notes.of_area(one.area, n) for one in leaders for n in one.notes)
