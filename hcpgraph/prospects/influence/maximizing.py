"""Influence maximisation: the seed set of largest expected reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.graph.numbering import as_ids
from hcpgraph.model.influence import Influence
from hcpgraph.prospects.influence.opim import (
    BEST_FACTOR,
    Everyone,
    Goal,
    SelectionRule,
    pick,
    pick_greedily,
)
from hcpgraph.prospects.influence.probabilities import (
    WEIGHTED,
    InfluenceProbabilities,
    from_graph,
)
from hcpgraph.prospects.influence.rr_sampling import KNOWN, NOBODY
from hcpgraph.prospects.influence.rr_sets import RRSets, make_sampler

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from hcpgraph.graph import Graph

_FAILURE: Final = 0.001  # probability that a bound does not hold
_SHOWN: Final = 3  # unknown ids in a message


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Accounts chosen by position, and a way to compare others with them.

    Numbers of accounts are expectations, counted on random sets that the choice has
    not seen, so that it is not flattered.

    Attributes:
        positions: who was chosen, in order, shape (k,).
        gains: accounts that each adds to the known and those before, shape (k,).
        spread: accounts reached by the known and the first 0, 1, ..., k chosen,
            shape (k + 1,).
        lower: accounts that the known and all chosen reach, at least.
        upper: accounts that the known and any choice allowed reach, at most.
        probability: with which both bounds hold.
        sets: random sets drawn.
    """

    positions: NDArray[np.intp]
    gains: NDArray[np.float64]
    spread: NDArray[np.float64]
    lower: float
    upper: float
    probability: float
    sets: int
    _candidates: NDArray[np.intp] = field(repr=False)
    _picking: RRSets = field(repr=False)
    _validation: RRSets = field(repr=False)

    @property
    def certificate(self) -> float:
        """The share of the best possible reach that is certain, in [0, 1]."""
        return self.lower / self.upper if self.upper else 1.0

    def reach_of(self, positions: ArrayLike) -> NDArray[np.float64]:
        """What other people would reach, on the sets that judged the choice.

        Args:
            positions: candidates or known accounts in the order they are added,
                shape (k,).

        Returns:
            Accounts reached by the known and the first 0, 1, ..., k of *positions*,
            shape (k + 1,); never falling.

        Raises:
            ValueError: if one is neither a candidate nor known.
        """
        marks = self._validation.sampler.marks
        place = marks[_as_positions(positions)].astype(np.int64)
        if (place == NOBODY).any():
            raise ValueError("only candidates and known accounts can be compared")
        gains = np.zeros(len(place), np.int64)
        gains[place != KNOWN] = self._validation.caught(place[place != KNOWN])
        return _reach(self._validation, gains)

    def without_rule(self, budget: int) -> NDArray[np.intp]:
        """Greedy picks on the same sets if anyone could be chosen.

        Args:
            budget: how many to choose at most.

        Returns:
            Positions in the order picked; no certificate is given for them.
        """
        count = len(self._candidates)
        free = pick_greedily(self._picking, min(budget, count), Everyone(count))
        return self._candidates[free.places]


def maximize_influence(  # noqa: PLR0913 - options are keyword-only
    g: Graph,
    budget: int,
    known: ArrayLike = (),
    exclude: ArrayLike = (),
    *,
    candidates: ArrayLike | None = None,
    model: str = "ic",
    probability: str | ArrayLike = WEIGHTED,
    error: float = 0.1,
    seed: int = 0,
) -> Influence:
    """Influence maximisation: the seed set of largest expected reach.

    The most followed share their followers, so the best group is not the top of a
    list. Influence spreads from active accounts to their in-neighbours: with some
    probability each, once (independent cascade), or when the weights of active
    out-neighbours exceed a random threshold (linear threshold) [1]. The reach of a
    group is counted on random reverse-reachable sets, picks are greedy, and the
    certificate is a lower bound of reach over the optimum [2].

    Args:
        g: edges run from follower to followed.
        budget: how many to choose at most, from 0.
        known: ids active already. They count as reached, with all they activate;
            they are never chosen.
        exclude: ids never to choose. They can still be moved.
        candidates: ids to choose from; all if None.
        model: ``"ic"`` or ``"lt"``.
        probability: that an active account activates an in-neighbour:
            ``"weighted"`` to split 1 among its out-neighbours, by weight; a number in
            (0, 1] for all ties; one per tie in the order of ``g.indices``.
        error: how far below 1 - 1/e the certificate may stay.
        seed: of the random sets.

    Returns:
        The chosen in order, in the kind of the graph's ids; fewer than *budget* only
        if there are no more candidates. Equal gains go to the lower id. The same to
        the last bit on however many cores.

    Raises:
        ValueError: if an id is not in the graph, or a number out of its range.
        HcpgraphError: if even the smallest collections of sets do not fit into memory.

    >>> from hcpgraph.graph import Graph
    >>> g = Graph.from_edges([1, 2, 3, 4, 5], [9, 9, 9, 8, 8])
    >>> chosen = maximize_influence(g, 2)
    >>> chosen.ids.tolist(), chosen.certificate > 0.9
    ([9, 8], True)

    References:
        [1] Kempe, Kleinberg and Tardos (2003), "Maximizing the spread of influence
            through a social network", KDD. doi:10.1145/956750.956769
        [2] Tang, Tang, Xiao and Yuan (2018), "Online processing algorithms for
            influence maximization", SIGMOD. doi:10.1145/3183713.3183749
    """
    active = _positions(g, known, "known")
    barred = np.union1d(active, _positions(g, exclude, "exclude"))
    if candidates is None:
        asked = np.arange(g.n_nodes)
    else:
        asked = _positions(g, candidates, "candidates")
    chosen = choose(
        from_graph(g, probability),
        budget,
        known=active,
        candidates=np.setdiff1d(asked, barred),
        model=model,
        error=error,
        seed=seed,
    )
    return Influence(
        ids=g.ids[chosen.positions],
        gain=chosen.gains,
        spread=chosen.spread[1:],
        start=float(chosen.spread[0]),
        lower=chosen.lower,
        upper=chosen.upper,
        probability=chosen.probability,
        n_nodes=g.n_nodes,
        sets=chosen.sets,
        model=model,
    )


def choose(  # noqa: PLR0913 - each says something else about the wish
    probabilities: InfluenceProbabilities,
    budget: int,
    *,
    known: ArrayLike,
    candidates: ArrayLike,
    order: ArrayLike | None = None,
    rule: SelectionRule | None = None,
    model: str = "ic",
    error: float = 0.1,
    seed: int = 0,
) -> Choice:
    """Choose by position, under a rule if there is one.

    Args:
        probabilities: the influence probabilities.
        budget: how many to choose at most, from 0.
        known: positions of accounts that are active already.
        candidates: positions of the candidates, shape (c,), each once and
            none of them known.
        order: who comes first among candidates that add as much, such as their ranks,
            lower first, shape (c,); then, or if None, the lower position.
        rule: who may be chosen together; it names candidates by their place in
            *candidates*. None if anyone may.
        model: ``"ic"`` or ``"lt"``.
        error: how far below 1 - 1/e the certificate may stay.
        seed: of the random sets.

    Returns:
        The choice, shorter than *budget* only where the rule or the candidates end;
        candidates without gain come last, in *order*.

    Raises:
        ValueError: if an argument is out of its range.
        HcpgraphError: if even the smallest collections of sets do not fit into memory.
    """
    active, open_to = _as_positions(known), _as_positions(candidates)
    _check(probabilities, Goal(budget, error, _FAILURE), active, open_to)
    # candidates are numbered in their order, so that ties fall to the lower number
    first = _first_to_last(open_to, order)
    drawn = make_sampler(
        probabilities, known=active, candidates=open_to[first], model=model, seed=seed
    )
    inner = Everyone(len(first)) if rule is None else _Renumbered(rule, first)
    found = pick(drawn, Goal(min(budget, len(first)), error, _FAILURE), inner)
    spread = _reach(found.validation, found.validation.caught(found.places))
    return Choice(
        positions=open_to[first][found.places],
        gains=np.diff(spread),
        spread=spread,
        lower=found.lower,
        upper=found.upper,
        probability=1 - _FAILURE,
        sets=found.sets,
        _candidates=open_to[first],
        _picking=found.picking,
        _validation=found.validation,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Renumbered:
    """A rule for candidates that stand in another order.

    Attributes:
        rule: as given.
        place: of each candidate as the rule numbers them, shape (c,).
    """

    rule: SelectionRule
    place: NDArray[np.intp]

    def open(self, picked: list[int], gain: NDArray[np.int64]) -> NDArray[np.bool_]:
        given = np.empty_like(gain)
        given[self.place] = gain
        return self.rule.open(self.place[picked].tolist(), given)[self.place]

    def most(self, gain: NDArray[np.float64], size: int) -> float:
        given = np.empty_like(gain)
        given[self.place] = gain
        return self.rule.most(given, size)


def _reach(sets: RRSets, caught: NDArray[np.int64]) -> NDArray[np.float64]:
    """Accounts reached by the known, and with each who covers more sets."""
    covered = sets.covered + np.concatenate([[0], np.cumsum(caught)])
    return np.asarray(covered * sets.sampler.n_nodes / max(sets.drawn, 1), np.float64)


def _first_to_last(
    candidates: NDArray[np.intp], order: ArrayLike | None
) -> NDArray[np.intp]:
    """Places of candidates in the order in which ties go to them."""
    if order is None:
        return np.argsort(candidates, kind="stable")
    given = np.asarray(order)
    if given.shape != candidates.shape or given.dtype.kind not in "iuf":
        raise ValueError(
            f"order must be {len(candidates)} numbers, one for each candidate, not "
            f"{given.dtype} of shape {given.shape}"
        )
    return np.lexsort((candidates, given))


def _as_positions(values: ArrayLike) -> NDArray[np.intp]:
    return np.asarray(values).astype(np.intp).reshape(-1)  # () has no kind


def _check(
    probabilities: InfluenceProbabilities,
    goal: Goal,
    known: NDArray[np.intp],
    candidates: NDArray[np.intp],
) -> None:
    if goal.budget < 0:
        raise ValueError(f"budget must be 0 or more, got {goal.budget}")
    if not 0 < goal.error < BEST_FACTOR:
        raise ValueError(
            f"error must lie between 0 and {BEST_FACTOR:.3f}, got {goal.error}"
        )
    for what, positions in (("known", known), ("candidates", candidates)):
        if len(positions) and not (
            positions.min() >= 0 and positions.max() < probabilities.n_nodes
        ):
            raise ValueError(
                f"{what} must be positions from 0 to {probabilities.n_nodes - 1}"
            )
    if len(np.unique(candidates)) < len(candidates):
        raise ValueError("candidates must be named once each")
    if np.isin(candidates, known).any():
        raise ValueError("a known account cannot be a candidate: it is active already")


def _positions(graph: Graph, ids: ArrayLike, what: str) -> NDArray[np.intp]:
    """Where some ids stand in a graph.

    Raises:
        ValueError: if one is not in it.
    """
    asked = as_ids(list(np.asarray(ids, object).reshape(-1)), what)
    if not len(asked):
        return np.empty(0, np.intp)
    if (asked.dtype.kind == "U") != (graph.ids.dtype.kind == "U"):
        kind = "text" if graph.ids.dtype.kind == "U" else "integers"
        raise ValueError(f"{what}: the ids of this graph are {kind}")
    found = np.searchsorted(graph.ids, asked)
    there = found < graph.n_nodes
    there[there] = graph.ids[found[there]] == asked[there]
    if not there.all():
        missing = asked[~there].tolist()
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        raise ValueError(
            f"{what}: not in the graph: {', '.join(map(str, missing[:_SHOWN]))}{more}"
        )
    return found
