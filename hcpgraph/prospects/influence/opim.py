"""OPIM-C: influence maximisation with a certificate of how near the best it is.

Greedy picks are made on one collection of random sets and judged on another. Both are
doubled until what the judge is sure of comes near enough to what the best choice could
reach at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import e, log, log2, sqrt
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from hcpgraph.errors import HcpgraphError
from hcpgraph.prospects.influence.rr_sets import no_sets, pilot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.prospects.influence.rr_sets import RRSampler, RRSets

BEST_FACTOR: Final = 1 - 1 / e  # of the best, that greedy picks reach at least

_PICKING, _VALIDATION = 0, 1  # streams of random sets
_FIRST, _MOST = 2**8, 2**22  # sets in a collection
_FIRST_WALKED: Final = 2**20  # accounts that the first collection may walk to
_LONGEST_FIRST: Final = 2**14
# A choice made on few sets is optimistic: sets are drawn until it keeps this much of
# its reach on other sets, or until enough sets were drawn that the rest is noise.
_FLATTERY: Final = 0.005
_SURE: Final = 20_000  # sets that a choice covers before it can be told
_ENOUGH_WALKED: Final = 2**24
_ENOUGH_SETS: Final = 2**21
_PREFIXES: Final = 8  # of the picks, at which the best choice is bounded
_BOUNDS: Final = 4  # each fails with an equal part of the probability allowed


class SelectionRule(Protocol):
    """Who may be chosen together."""

    def open(self, picked: list[int], gain: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which candidates may be picked next, by place, shape (c,).

        Of *gain*, what each would add, only the largest that is open is needed.
        """

    def most(self, gain: NDArray[np.float64], size: int) -> float:
        """At least the largest sum of *gain* over any *size* that may be chosen."""


@dataclass(frozen=True, slots=True)
class Everyone:
    """The rule that is none: any candidates may be chosen together.

    Attributes:
        count: how many candidates.
    """

    count: int

    def open(self, picked: list[int], gain: NDArray[np.int64]) -> NDArray[np.bool_]:
        return np.ones(self.count, np.bool_)

    def most(self, gain: NDArray[np.float64], size: int) -> float:
        if size >= len(gain):
            return float(gain.sum())
        first = len(gain) - size
        return float(np.partition(gain, first - 1)[first:].sum())


@dataclass(frozen=True, slots=True, eq=False)
class Goal:
    """What is asked of a choice.

    Attributes:
        budget: how many to pick at most.
        error: how far below 1 - 1/e the certificate may stay, in (0, 1 - 1/e).
        failure: probability with which a bound may fail, in (0, 1).
    """

    budget: int
    error: float
    failure: float


@dataclass(frozen=True, slots=True, eq=False)
class Picked:
    """A choice and what is certain of it; numbers are accounts, known included.

    Attributes:
        places: candidates in the order they were picked, shape (k,), int64.
        lower: accounts that the known and the picked reach, at least.
        upper: accounts that the known and any choice as large reach, at most.
        picking: sets that the choice was made on.
        validation: sets that the choice has not seen, to judge any choice on.
        sets: how many sets were drawn for it, in both collections.
    """

    places: NDArray[np.int64]
    lower: float
    upper: float
    picking: RRSets
    validation: RRSets
    sets: int


def pick(sampler: RRSampler, goal: Goal, rule: SelectionRule) -> Picked:
    """OPIM-C [1]: the set of largest joint reach, with a certificate.

    Both bounds hold with probability 1 - ``goal.failure`` at once, in whichever round
    it stops. The upper one uses that gains only shrink: after any of the picks, the
    best choice adds at most what its members would add one by one. Beyond [1], what
    the choice adds to the known is certified as well as the whole, and sets are drawn
    until the choice holds on sets it has not seen.

    Under a rule greedy picks are sure of half of the best alone where the rule is one
    partition, and of 1 / (p + 1) where it is the intersection of p [2]; the
    certificate says what was reached.

    Args:
        sampler: how sets are drawn; candidates in the order in which ties are broken.
        goal: what is asked.
        rule: who may be chosen together.

    Returns:
        The choice, shorter than the budget only where the rule leaves nobody. Where
        collections reach their largest size, the certificate is what was reached.

    Raises:
        HcpgraphError: if even the smallest collections do not fit into memory.

    References:
        [1] Tang, Tang, Xiao and Yuan (2018), "Online processing algorithms for
            influence maximization", SIGMOD. doi:10.1145/3183713.3183749
        [2] Fisher, Nemhauser and Wolsey (1978), "An analysis of approximations for
            maximizing submodular set functions II", Mathematical Programming
            Study 8, 73-87. doi:10.1007/BFb0121195
    """
    if not sampler.n_nodes:
        nothing = no_sets(sampler, _VALIDATION, large=False)
        return Picked(np.empty(0, np.int64), 0.0, 0.0, nothing, nothing, 0)
    large, size = _look_ahead(sampler)
    rounds = int(log2(_MOST // size)) + 1
    slack = log(_BOUNDS * rounds / goal.failure)
    pair = (
        no_sets(sampler, _PICKING, large=large),
        no_sets(sampler, _VALIDATION, large=large),
    )
    found = None
    while size <= _MOST:
        picking, validation = pair[0].grown(size), pair[1].grown(size)
        if picking is None or validation is None:
            break
        pair, size = (picking, validation), 2 * size
        greedy = pick_greedily(picking, goal.budget, rule)
        found, done = _validate(pair, greedy, goal, slack)
        if done:
            break
    if found is None:
        raise HcpgraphError(
            f"random sets of {sampler.n_nodes} accounts do not fit into memory; lower "
            "the probabilities or name fewer candidates"
        )
    return found


@dataclass(frozen=True, slots=True, eq=False)
class GreedyPicks:
    """What greedy picks cover of the sets they were picked on, beyond the known.

    Attributes:
        places: of the picks, in order.
        caught: sets that they cover.
        most: sets that any choice as large covers at most.
    """

    places: NDArray[np.int64]
    caught: int
    most: float


def _look_ahead(sampler: RRSampler) -> tuple[bool, int]:
    """Whether sets are large, and how many to draw at first: small ones cost little."""
    large, walked = pilot(sampler)
    fitting = _FIRST_WALKED / max(walked, 1.0)
    return large, 2 ** int(log2(min(max(fitting, _FIRST), _LONGEST_FIRST)))


def pick_greedily(sets: RRSets, budget: int, rule: SelectionRule) -> GreedyPicks:
    """Pick the candidate with the largest gain, again and again; ties to the first."""
    cover = sets.cover()
    places: list[int] = []
    caught, most = 0, rule.most(cover.gain.astype(np.float64), budget)
    looks = set(np.linspace(0, budget, _PREFIXES + 1).astype(int).tolist())
    while len(places) < budget:
        gain = np.where(rule.open(places, cover.gain), cover.gain, -1)
        gain[places] = -1
        place = int(np.argmax(gain)) if len(gain) else 0
        if not len(gain) or gain[place] < 0:
            break
        caught += int(gain[place])
        places.append(place)
        cover.take(place)
        if len(places) in looks:
            left = rule.most(cover.gain.astype(np.float64), budget)
            most = min(most, caught + left)
    return GreedyPicks(np.array(places, np.int64), caught, most)


def _validate(
    pair: tuple[RRSets, RRSets], greedy: GreedyPicks, goal: Goal, slack: float
) -> tuple[Picked, bool]:
    """What is certain of a choice, and whether that is enough."""
    picking, validation = pair
    caught = int(validation.caught(greedy.places).sum())
    n_nodes, drawn = validation.sampler.n_nodes, validation.drawn
    lower = _at_least(validation.covered + caught, slack) * n_nodes / drawn
    # everyone reaches themselves
    lower = max(lower, validation.sampler.n_known + len(greedy.places))
    upper = _at_most(picking.covered + greedy.most, slack) * n_nodes / drawn
    upper = max(min(upper, n_nodes), lower)
    found = Picked(greedy.places, lower, upper, picking, validation, 2 * drawn)
    walked = picking.walked + validation.walked
    tired = walked >= _ENOUGH_WALKED or drawn >= _ENOUGH_SETS
    if not len(greedy.places):
        told = not validation.sampler.n_known or validation.covered >= _SURE
        return found, told or tired
    target = BEST_FACTOR - goal.error
    added = _at_least(caught, slack) >= target * _at_most(greedy.most, slack)
    steady = caught >= _SURE and greedy.caught <= (1 + _FLATTERY) * caught
    return found, lower >= target * upper and ((added and steady) or tired)


def _at_least(count: int, slack: float) -> float:
    """Below the expectation of a count, but with probability exp(-slack) [1]."""
    root = sqrt(count + 2 * slack / 9) - sqrt(slack / 2)
    return max(0.0, root * root - slack / 18) if root > 0 else 0.0


def _at_most(count: float, slack: float) -> float:
    """Above the expectation of a count, but with probability exp(-slack) [1]."""
    return (sqrt(count + slack / 2) + sqrt(slack / 2)) ** 2
