"""The people of an area, read and scored, with the graph and the communities of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import memo, progress, ranking
from hcpgraph.compiled import parallel_map
from hcpgraph.engines import open_engine
from hcpgraph.graph import from_stream, from_ties
from hcpgraph.model.names import LAYERS
from hcpgraph.model.query import SCORE
from hcpgraph.model.ties import in_layers
from hcpgraph.narrative import notes, partly
from hcpgraph.ranking.explain.discounted import strangers
from hcpgraph.ranking.record.incoming_edges import STANDING_CODES
from hcpgraph.study.counted import Counted, counted
from hcpgraph.study.open_study import scope_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeVar

    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.model.query import Query
    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.scores import Partition
    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking import (
        GraphMeasure,
        PartialLayer,
        Past,
        UnknownGain,
        Weights,
    )
    from hcpgraph.study.open_study import OpenStudy

    Item = TypeVar("Item")
    Result = TypeVar("Result")

# People with responses, below which nobody is ranked by these alone.
ENOUGH: Final = 10


@dataclass(frozen=True, eq=False)  # no slots: graph and communities wait to be asked
class AreaData:
    """The people of one area (or of the whole study), and who may be named.

    Attributes:
        query: what was asked, of this area alone.
        ties: the ties between them.
        accounts: everyone who occurs in the ties.
        allowed: who may be listed, one per row of ``accounts``.
        partial: layers that are known for some of the people only.
        notes: people not listed by reason, and other facts a reader must know.
    """

    query: Query
    ties: Ties
    accounts: Accounts
    allowed: NDArray[np.bool_]
    partial: tuple[PartialLayer, ...]
    notes: tuple[str, ...]

    @property
    def area(self) -> str | None:
        """The slug; None for the whole study."""
        return self.query.area

    @cached_property
    def layers(self) -> Mapping[str, float]:
        """Weight of each layer that counts in the score."""
        out = {one.layer for one in self.partial if one.left_out}
        return {name: w for name, w in self.query.layers.items() if name not in out}

    @cached_property
    def counted(self) -> Counted:
        """The ties and accounts that count in the score."""
        return counted(
            self.ties,
            self.accounts,
            self.allowed,
            layers=self.layers,
            left_out=len(self.layers) < len(self.query.layers),
        )

    @cached_property
    def graph(self) -> Graph:
        """The graph over account numbers, of the layers that count in the score."""
        return memo.once(
            _graph_key(replace(self.query, layers=self.layers)),
            lambda: from_ties(self.ties, self.layers),
            rows=_edges,
        )

    @cached_property
    def partition(self) -> Partition:
        """The communities that a list has."""
        return find_communities(self.graph, seed=self.query.seed)


@dataclass(frozen=True, eq=False)
class ScoredArea(AreaData):
    """The same people, ranked by their ties.

    Attributes:
        scored: everyone, best first.
        weights: of the signals.
        history: the past cut-offs that the weights were learned from.
        unknown: what partial layers add, or may add, to scores; None without them.
    """

    scored: Scored
    weights: Weights
    history: tuple[Past, ...]
    unknown: UnknownGain | None = None

    @cached_property
    def without(self) -> tuple[str, ...]:
        """Contributions of which nothing is left, as partial layers are left out."""
        if len(self.layers) == len(self.query.layers):
            return ()
        return tuple(n for n in ranking.lacking(self.scored) if n == "reach")

    @cached_property
    def listed(self) -> Scored:
        """The scored people who may be listed, best first."""
        here = np.isin(self.accounts.account, self.counted.accounts.account)
        return self.scored.only(self.accounts, self.allowed & here)

    @cached_property
    def by_family(self) -> dict[str, Scored]:
        """People who may be listed, ranked by the layers of each family alone.

        None where all ties are of one family. The same as a query for these layers.
        """
        several = ranking.families_of(self.counted.ties, self.layers)
        return {
            family: _score(_of_layers(self, layers)).listed
            for family, layers in several.items()
        }


def scored_areas(opened: OpenStudy, query: Query) -> list[ScoredArea]:
    """Score every area that is asked for; one read of the study serves them all."""
    parts = opened.parts(query)
    key = {part: ("scored", part, query.score_key()) for part in parts}
    missing = [part for part in parts if key[part] not in opened.memo]
    new: dict[str | None, ScoredArea] = {}
    if missing:
        data = [one for one in area_data(opened, query) if one.area in missing]
        new = {one.area: one for one in by_area("scoring", _score, data)}
    found = []
    for part in parts:
        if part in new:
            opened.memo.keep(key[part], new[part], rows=len(new[part].accounts))
            found.append(new[part])
        else:
            again = partial(_read_and_score, opened, replace(query, area=part))
            found.append(opened.memo.once(key[part], again))
    return found


def _read_and_score(opened: OpenStudy, query: Query) -> ScoredArea:
    """One area that there was no room to keep."""
    return _score(area_data(opened, query)[0])


def scored_area(opened: OpenStudy, query: Query) -> ScoredArea:
    """One area, or the whole study, scored."""
    return scored_areas(opened, query)[0]


def area_data(opened: OpenStudy, query: Query) -> list[AreaData]:
    """Who occurs in the ties of each area that is asked for, and who may be listed."""
    return [
        _area_data(opened, replace(query, area=part), ties)
        for part, ties in opened.ties(query)
    ]


def _area_data(opened: OpenStudy, query: Query, ties: Ties) -> AreaData:
    def read() -> tuple[Accounts, NDArray[np.bool_], tuple[str, ...]]:
        accounts = opened.store.read_accounts(
            ranking.everyone(ties),
            area=query.area,
            since=query.since,
            until=query.until,
        )
        return accounts, *opened.release(query, accounts)

    key = ("people", query.area, query.people_key())
    accounts, allowed, held = opened.memo.once(
        key, read, rows=lambda found: len(found[0])
    )
    people = accounts.account[allowed]
    partial = partial_layers(opened, query, people, active=lambda: _active(ties))
    said = (
        *(partly.partly_known(one) for one in partial),
        *partly.partly_timed(ties),
        *partly.partly_described(accounts),
        *(partly.partly_written(*opened.texts()) if query.area else ()),
    )
    return AreaData(query, ties, accounts, allowed, partial, (*said, *held))


def _active(ties: Ties) -> NDArray[np.int32] | None:
    """Accounts with ties of layers that do not stand; None where these are too few."""
    others = ties.where(~in_layers(ties.layer, STANDING_CODES))
    enough = len(np.unique(others.target)) >= ENOUGH
    return ranking.everyone(others) if enough else None


def partial_layers(
    opened: OpenStudy,
    query: Query,
    people: NDArray[np.int32],
    *,
    active: Callable[[], NDArray[np.int32] | None] = lambda: None,
) -> tuple[PartialLayer, ...]:
    """The layers that are known for some of *people* only.

    Args:
        opened: the study.
        query: its layers are looked at.
        people: accounts that may be listed, ascending.
        active: gives the accounts with ties of other layers, or None where these are
            too few to rank by; asked where a layer is partial.
    """

    def known(others: NDArray[np.int32] | None) -> tuple[PartialLayer, ...]:
        found = (
            ranking.partial_layer(layer, counts, people, active=others)
            for layer in ranking.LISTED
            if layer in query.layers and (counts := opened.layer_counts(layer))
        )
        return tuple(filter(None, found))

    partial = known(None)
    others = active() if partial else None
    return partial if others is None else known(others)


def read_graph(opened: OpenStudy, query: Query) -> Graph:
    """The graph of one area, or of the whole study, over account numbers.

    Raises:
        UnknownArea: if the study has no such area.
        ValueError: if every area is asked for at once.
    """
    query.one_area("a graph is of")

    def read() -> Graph:
        whole = query.area is None and ("ties", None, query.ties_key())
        if whole and whole not in opened.memo:
            # not all ties of a study may fit into memory; its graph may
            with progress.step("reading ties"):
                stream = opened.store.stream_ties(scope_of(query, ()), query.layers)
                return from_stream(stream)
        return from_ties(opened.ties(query)[0][1], query.layers)

    opened.slugs(query)
    return opened.memo.once(_graph_key(query), read, rows=_edges)


def find_communities(graph: Graph, *, seed: int, resolution: float = 1.0) -> Partition:
    """The Leiden communities of a graph."""
    from hcpgraph.communities import leiden  # noqa: PLC0415 - rankings by a measure need none

    with progress.step("finding communities"):
        return leiden(graph, resolution=resolution, seed=seed)


def measure_of(query: Query) -> GraphMeasure:
    """Measures of a graph, on the engine that was asked for."""
    engine = open_engine(query.engine)
    return lambda name, graph: engine.score(graph, name)


def draws_of(query: Query) -> int:
    """How often scores are resampled."""
    if query.resamples is None:
        return ranking.RESAMPLES if query.by == SCORE else 0
    return query.resamples


def by_area(
    name: str, step: Callable[[Item], Result], areas: Sequence[Item]
) -> list[Result]:
    """Do a step for each area, side by side, and report each done under *name*."""
    kept = memo.keeper()
    with progress.step(name, len(areas) if len(areas) > 1 else None) as tick:

        def reported(area: Item) -> Result:
            with memo.kept_in(kept):  # threads begin without
                found = step(area)
            tick()
            return found

        return parallel_map(reported, areas)


def _of_layers(place: AreaData, layers: Sequence[str]) -> AreaData:
    """What would have been read of an area, had only some layers been asked for."""
    query, there = place.query, place.counted
    ties = there.ties.where(
        in_layers(there.ties.layer, [LAYERS.index(layer) for layer in layers])
    )
    rows = there.accounts.rows_of(ranking.everyone(ties))
    asked = replace(query, layers={layer: query.layers[layer] for layer in layers})
    return AreaData(asked, ties, there.accounts.at(rows), there.allowed[rows], (), ())


def _score(place: AreaData) -> ScoredArea:
    """Score the people of an area, by weights updated on its past if asked for."""
    query, ties, accounts = place.query, place.counted.ties, place.counted.accounts
    measure = measure_of(query)
    start = ranking.prior().changed(query.weights)
    history: tuple[Past, ...] = ()
    if query.learn and len(ties) <= ranking.LEARNED_UP_TO:
        history = ranking.splits(
            ties, accounts, layers=place.layers, measure=measure,
            seed=query.seed, only=start.used(),
        )  # fmt: skip
    weights = ranking.fit(history, start)
    ranked = _ranked(place, place.counted, place.layers, weights)
    listed = ranked.only(accounts, place.counted.allowed)
    said = (
        *place.notes,
        *ranking.sparse_notes(ties, listed, place.layers),
        *notes.undated(ties, has_period=query.has_period),
        *notes.discounted(*strangers(ties)),
    )
    if weights is not start:
        said = (*said, f"weights: {weights.note}")
    return ScoredArea(
        query, place.ties, place.accounts, place.allowed, place.partial, said,
        place.counted.with_rest(ranked, place.accounts), weights, history,
        _unknown(place, listed, weights),
    )  # fmt: skip


def _ranked(
    place: AreaData, data: Counted, layers: Mapping[str, float], weights: Weights
) -> Scored:
    """Everyone, best first, by some layers."""
    query = place.query
    return ranking.rank(
        data.ties, data.accounts, layers=layers, measure=measure_of(query),
        weights=weights, seed=query.seed,
    )  # fmt: skip


def _unknown(place: AreaData, listed: Scored, weights: Weights) -> UnknownGain | None:
    """What partial layers add to scores, or may add; None if there are none."""
    if not place.partial:
        return None
    names = {one.layer for one in place.partial}
    layers = place.query.layers
    without = {name: w for name, w in layers.items() if name not in names}
    whole = Counted(place.ties, place.accounts, place.allowed)
    known = np.ones(len(listed), np.bool_)
    for one in place.partial:
        known &= one.is_known(listed.account)
    return ranking.unknown_gain(
        listed,
        _ranked(place, whole, layers, weights),
        _ranked(place, whole, without, weights),
        known=known,
        claimed=place.accounts.followers[place.accounts.rows_of(listed.account)],
    )


def _graph_key(query: Query) -> tuple[object, ...]:
    return "graph", query.area, query.graph_key()


def _edges(graph: Graph) -> int:
    return graph.n_edges
