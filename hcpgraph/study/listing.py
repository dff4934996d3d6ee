"""Ask a study who leads: ties in, ranked and released people out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import policy, ranking, steps
from hcpgraph.errors import UnknownArea, UnknownMeasure
from hcpgraph.graph import from_stream, incoming_from_stream, stream_of
from hcpgraph.model.names import CONTRIBUTIONS, MEASURES
from hcpgraph.model.ranking import Ranking
from hcpgraph.model.selection import EVERY_AREA
from hcpgraph.model.table import Table
from hcpgraph.model.ties import NO_TIME
from hcpgraph.store import Scope, Store
from hcpgraph.study import recalling
from hcpgraph.study.backtesting import past_notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.engines import Engine
    from hcpgraph.graph import Graph, Incoming
    from hcpgraph.graph.filling import TieStream
    from hcpgraph.model.ranking import Standings
    from hcpgraph.model.scores import Scores
    from hcpgraph.model.selection import Selection
    from hcpgraph.model.table import Cell
    from hcpgraph.model.ties import Accounts, Roles, Ties
    from hcpgraph.ranking import Past, Weights

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
        resamples: draws behind the intervals of ranks; 0 for none; None for 200
            by score, and none by a measure, which has no intervals.
        own_weights: of signals or contributions, in place of those that hcpgraph has.
        learn: whether the study's own past moves the weights.
    """

    selection: Selection
    engine: Engine
    by: str = SCORE
    seed: int = 0
    resamples: int | None = None
    own_weights: Mapping[str, float] = field(default_factory=dict)
    learn: bool = True

    def __post_init__(self) -> None:
        if self.by != SCORE and self.by not in MEASURES:
            raise UnknownMeasure(self.by, (SCORE, *MEASURES))
        if self.resamples is not None and self.resamples < 0:
            raise ValueError(f"resamples must be 0 or more, got {self.resamples}")
        if self.by != SCORE and self.own_weights:
            raise ValueError(f"{self.by!r} has no signals to weigh; rank by score")
        if self.by != SCORE and self.resamples:
            raise ValueError(
                f"ranks by {self.by!r} have no intervals; leave resamples out, or rank"
                " by score"
            )

    def measure(self, name: str, graph: Graph) -> Scores:
        """A measure of a graph, on the engine that was asked for."""
        return self.engine.score(graph, name)

    @property
    def draws(self) -> int:
        """How often scores are drawn anew."""
        if self.resamples is None:
            return ranking.RESAMPLES if self.by == SCORE else 0
        return self.resamples


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
        weights: of the signals.
        history: the moments of the past that the weights were learned from.
    """

    area: str | None
    ties: Ties
    accounts: Accounts
    standings: Standings
    allowed: NDArray[np.bool_]
    notes: tuple[str, ...]
    weights: Weights
    history: tuple[Past, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Leaders:
    """The first people of one area (or of the whole study) who may be listed.

    Attributes:
        area: slug, or None for the whole study.
        standings: those to list, best first.
        notes: who was held back, and other facts a reader must know.
    """

    area: str | None
    standings: Standings
    notes: tuple[str, ...]


def read_fields(store: Store, question: Question) -> list[Field]:
    """Score every area that was asked for; one read of the study serves them all."""
    slugs = area_slugs(store, question.selection)
    areas = (None,) if question.selection.area is None else slugs
    keys = {area: recalling.key(store.path, question, area) for area in areas}
    recalled = ((area, recalling.recall(key)) for area, key in keys.items())
    fields = {area: field for area, field in recalled if field is not None}
    if len(fields) < len(areas):
        with steps.step("reading ties"):
            found = list(ties_by_area(store, question.selection))
        new = [(area, ties) for area, ties in found if area not in fields]
        for area, ties in steps.each("scoring", new):
            fields[area] = _field(store, question, area, ties)
            recalling.remember(keys[area], fields[area])
    return [fields[area] for area in areas]


def ties_by_area(
    store: Store, selection: Selection
) -> Iterator[tuple[str | None, Ties]]:
    """The ties of each area that was asked for, or of the whole study."""
    slugs = area_slugs(store, selection)
    if selection.area == EVERY_AREA and not slugs:
        return
    ties = store.read_ties(_scope(selection, slugs))
    if not slugs:
        yield None, ties
    for i, slug in enumerate(slugs):
        yield slug, ties.where(ties.area == i)


def _scope(selection: Selection, slugs: tuple[str, ...]) -> Scope:
    layers = tuple(selection.layers)
    return Scope(slugs, layers, selection.since, selection.until)


def _lead(store: Store, question: Question, *, top: int) -> list[Leaders]:
    """The *top* people of each area that was asked for, by score or by a measure."""
    if question.by == SCORE:
        return [
            Leaders(
                place.area,
                _listed(place, question, top=top),
                (*place.notes, *past_notes(place, question)),
            )
            for place in steps.each("listing", read_fields(store, question))
        ]
    selection = question.selection
    if not (selection.area or selection.since or selection.until):
        # the largest question there is, answered without the ties in memory
        stream = store.stream_ties(_scope(selection, ()), selection.layers)
        return [_by_measure(store, question, stream, top=top)]
    return [
        _by_measure(
            store,
            question,
            stream_of(ties, selection.layers),
            top=top,
            area=slug,
            notes=_time_notes(ties, selection),
        )
        for slug, ties in ties_by_area(store, selection)
    ]


def _listed(place: Field, question: Question, *, top: int) -> Standings:
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
) -> Leaders:
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
    return Leaders(area, standings, (*held, *notes))


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
    selection = question.selection
    accounts = store.read_accounts(
        ranking.everyone(ties),
        area=slug,
        since=selection.since,
        until=selection.until,
    )
    start = ranking.prior().changed(question.own_weights)
    history: tuple[Past, ...] = ()
    if question.learn and len(ties) <= ranking.LEARNED_UP_TO:
        history = ranking.splits(
            ties, accounts, layers=selection.layers, measure=question.measure,
            seed=question.seed, only=start.used(),
        )  # fmt: skip
    weights = ranking.fit(history, start)
    standings = ranking.rank(
        ties, accounts, layers=selection.layers, measure=question.measure,
        weights=weights, seed=question.seed,
    )  # fmt: skip
    allowed, notes = release(store, selection, accounts)
    listed = standings.only(accounts, allowed)
    thin = ranking.thin_notes(ties, listed, selection.layers)
    notes = (*notes, *thin, *_time_notes(ties, selection))
    if weights is not start:
        notes = (*notes, f"weights: {weights.note}")
    return Field(slug, ties, accounts, standings, allowed, notes, weights, history)


def release(
    store: Store, selection: Selection, accounts: Roles
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
    return Ranking(
        table=_table(store, leaders, names, by=by),
        area=selection.area,
        by=by,
        notes=_joined_notes(leaders),
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
    store: Store, leaders: Sequence[Leaders], names: Sequence[str], *, by: str
) -> Table:
    """The listed people of all areas, looked up at once, with the columns *names*."""
    accounts = [one.standings.account for one in leaders]
    people = store.read_profiles(np.concatenate([np.empty(0, np.int32), *accounts]))
    parts = [_columns(one, by=by) for one in leaders]

    def column(name: str) -> Sequence[Cell]:
        if name in people:
            return people[name]
        return [cell for part in parts for cell in part[name]]

    return Table({name: column(name) for name in names})


def _columns(leaders: Leaders, *, by: str) -> dict[str, Sequence[Cell]]:
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


def _joined_notes(leaders: Sequence[Leaders]) -> tuple[str, ...]:
    """The notes of all areas, each with its area if there are several."""
    if len(leaders) == 1:
        return leaders[0].notes
    return tuple(f"{one.area}: {note}" for one in leaders for note in one.notes)
