"""The description of each person chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.prospects import Pick
from hcpgraph.prospects.introductions.search import introduction_paths
from hcpgraph.prospects.response.prediction import likely_responses

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.prospects.influence.maximizing import Choice
    from hcpgraph.prospects.problem import ProblemInstance
    from hcpgraph.prospects.response.prediction import ResponsePrediction

# People from whom it is learned who responds, the best ranked; more cost much and
# teach little.
_LEARNED_FROM: Final = 20_000
_LEARNED_UP_TO: Final = 3_000_000  # ties of a study; above, those of the area


def describe(
    problem: ProblemInstance, choice: Choice, place: NDArray[np.intp]
) -> tuple[tuple[Pick, ...], str]:
    """Everyone chosen with kind, reach, likely response and ways in.

    Args:
        problem: the question.
        choice: the answer.
        place: of each person chosen among the candidates, shape (k,).

    Returns:
        The picks in order, and how well likely responses were predicted in the past.
    """
    area, found = problem.area, problem.found
    chosen = found.account[place]
    response: list[float | None] = [None] * len(chosen)
    note = "likely response: not predicted, as none of your contacts is in this area"
    if len(problem.known):
        likely = _likely(problem, chosen)
        response, note = _of_chosen(likely, chosen), likely.note
    through = introduction_paths(
        problem.ties,
        chosen,
        _introducing(problem),
        problem.layers,
        named=problem.accounts.account[problem.people.allowed],
    )
    audience = _audiences(problem, choice.positions)
    coverage = (choice.spread[1:] / area.pairs.n_accounts).tolist()
    community = area.community[choice.positions].tolist()
    picks = tuple(
        Pick(
            account=account,
            rank=int(found.rank[place[i]]),
            kind=problem.kinds[place[i]],
            gain=float(choice.gains[i]),
            coverage=coverage[i],
            audience=audience[i],
            community=community[i] + 1,
            community_size=int(area.sizes[community[i]]),
            response=response[i],
            introductions=through.get(account, ()),
        )
        for i, account in enumerate(chosen.tolist())
    )
    return picks, note


def additional_audience(problem: ProblemInstance, chosen: NDArray[np.intp]) -> int:
    """The additional audience: in-neighbours of the chosen, of nobody known.

    Args:
        problem: the question.
        chosen: positions in the area; they and the known do not count.
    """
    pairs = problem.area.pairs
    held = np.union1d(problem.known, chosen)
    fresh = pairs.source[np.isin(pairs.target, chosen)]
    return len(np.setdiff1d(fresh, np.union1d(known_audience(problem), held)))


def known_audience(problem: ProblemInstance) -> NDArray[np.int32]:
    """Positions of the in-neighbours of known people, ascending."""
    pairs = problem.area.pairs
    return np.unique(pairs.source[np.isin(pairs.target, problem.known)])


def _likely(problem: ProblemInstance, chosen: NDArray[np.int32]) -> ResponsePrediction:
    """How likely the candidates are to turn to someone known; the chosen among them."""
    record = problem.people.record
    if record is not None and len(record) > _LEARNED_UP_TO:
        record = None
    learned_from = problem.found.account[:_LEARNED_FROM]
    return likely_responses(
        problem.ties if record is None else record,
        np.union1d(learned_from, chosen),
        problem.request.known,
        problem.layers,
        seed=problem.request.seed,
    )


def _of_chosen(
    likely: ResponsePrediction, chosen: NDArray[np.int32]
) -> list[float | None]:
    """How likely each of the chosen is to respond; None where that is not known."""
    if likely.probability is None:
        return [None] * len(chosen)
    row = np.searchsorted(likely.account, chosen)
    return list(likely.probability[row].tolist())


def _introducing(problem: ProblemInstance) -> NDArray[np.int32]:
    """The known who may be named as the ones to ask."""
    may = problem.accounts.account[problem.people.introducing]
    return np.intersect1d(problem.request.known, may)


def _audiences(problem: ProblemInstance, chosen: NDArray[np.intp]) -> list[int]:
    """The additional audience of each of the chosen, beyond those ranked before."""
    pairs, last = problem.area.pairs, len(chosen)
    turn = np.full(pairs.n_accounts, last, np.intp)
    turn[chosen] = np.arange(last)
    turn[problem.known] = -1
    first = np.full(pairs.n_accounts, last, np.intp)
    np.minimum.at(first, pairs.source, turn[pairs.target])
    first[turn == -1] = -1
    return list(np.bincount(first[first >= 0], minlength=last)[:last].tolist())
