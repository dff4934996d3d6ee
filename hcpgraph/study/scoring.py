"""Score the people of the areas that a study is asked about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hcpgraph import progress, ranking
from hcpgraph.compiled import parallel_map
from hcpgraph.errors import UnknownMeasure
from hcpgraph.model.names import MEASURES
from hcpgraph.study import recalling
from hcpgraph.study.selecting import area_slugs, release, ties_by_area, time_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeVar

    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.engines import Engine
    from hcpgraph.graph import Graph
    from hcpgraph.model.query import Selection
    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.scores import Scores
    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking import Past, Weights
    from hcpgraph.store import Store

    Item = TypeVar("Item")
    Result = TypeVar("Result")

SCORE = "score"


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
class AreaData:
    """The people of one area (or of the whole study), and who may be named.

    Attributes:
        area: slug, or None for the whole study.
        ties: the ties between them.
        accounts: everyone who occurs in the ties.
        allowed: who may be listed, one per row of ``accounts``.
        notes: who was held back, and other facts a reader must know.
    """

    area: str | None
    ties: Ties
    accounts: Accounts
    allowed: NDArray[np.bool_]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ScoredArea(AreaData):
    """The same people, ranked by their ties.

    Attributes:
        standings: everyone, best first.
        weights: of the signals.
        history: the moments of the past that the weights were learned from.
    """

    standings: Scored
    weights: Weights
    history: tuple[Past, ...]


def read_scored_areas(store: Store, question: Question) -> list[ScoredArea]:
    """Score every area that was asked for; one read of the study serves them all."""
    slugs = area_slugs(store, question.selection)
    areas = (None,) if question.selection.area is None else slugs
    keys = {area: recalling.key(store.path, question, area) for area in areas}
    recalled = ((area, recalling.recall(key)) for area, key in keys.items())
    fields = {area: field for area, field in recalled if field is not None}
    if len(fields) < len(areas):
        with progress.step("reading ties"):
            found = list(ties_by_area(store, question.selection))
            new = [
                read_area_data(store, question.selection, area, ties)
                for area, ties in found
                if area not in fields
            ]
        scored = by_area("scoring", lambda one: _score(question, one), new)
        for one in scored:
            fields[one.area] = one
            recalling.remember(keys[one.area], one)
    return [fields[area] for area in areas]


def by_area(
    name: str, step: Callable[[Item], Result], areas: Sequence[Item]
) -> list[Result]:
    """Do a step for each area, side by side, and tell of each done under *name*."""
    with progress.step(name, len(areas) if len(areas) > 1 else None) as tick:

        def told(area: Item) -> Result:
            found = step(area)
            tick()
            return found

        return parallel_map(told, areas)


def read_area_data(
    store: Store, selection: Selection, slug: str | None, ties: Ties
) -> AreaData:
    """Read who occurs in the ties of an area, and who of them may be listed."""
    accounts = store.read_accounts(
        ranking.everyone(ties),
        area=slug,
        since=selection.since,
        until=selection.until,
    )
    return AreaData(slug, ties, accounts, *release(store, selection, accounts))


def _score(question: Question, place: AreaData) -> ScoredArea:
    """Score the people of an area, by weights moved by its past if asked for."""
    ties, accounts, selection = place.ties, place.accounts, question.selection
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
    listed = standings.only(accounts, place.allowed)
    thin = ranking.sparse_notes(ties, listed, selection.layers)
    notes = (*place.notes, *thin, *time_notes(ties, selection))
    if weights is not start:
        notes = (*notes, f"weights: {weights.note}")
    return ScoredArea(
        place.area, ties, accounts, place.allowed, notes, standings, weights, history
    )
