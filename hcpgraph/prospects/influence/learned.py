"""Influence probabilities, estimated from past responses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.special import betaln

from hcpgraph.model.ties import NO_TIME
from hcpgraph.prospects.influence.exposures import exposures, interaction_rows
from hcpgraph.prospects.influence.probabilities import InfluenceProbabilities
from hcpgraph.ranking.record.incoming_edges import fold
from hcpgraph.ranking.record.recency import SLOWLY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.prospects.influence.exposures import Exposures
    from hcpgraph.ranking.record.incoming_edges import IncomingEdges

RESPONSES: Final = "responses"
CASCADE: Final = "weighted cascade"
PERIOD: Final = 1 / 6  # of the period
ENOUGH: Final = 30  # responses, below which no probability is read from them
_LEAST: Final = 2.0  # exposures a prior is worth at least, as a uniform one does
_ROUNDS: Final = 8
_STEPS: Final = 7


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """Probabilities, and where they come from.

    Attributes:
        probabilities: the influence probabilities, over everyone in the ties.
        basis: ``"responses"``, or ``"weighted cascade"`` where the data are too
            little.
        note: the same in a sentence, for the reader.
        posts: of each account over the period, shape (n,); None where probabilities
            are not those of a response to one post.
    """

    probabilities: InfluenceProbabilities
    basis: str
    note: str
    posts: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class BetaPrior:
    """What is believed of a pair before anything is known of it: a beta law.

    Attributes:
        mean: probability to respond to one post, in (0, 1).
        exposures: how many exposures the belief is worth, at least 2.
    """

    mean: float
    exposures: float

    def given(
        self, responses: NDArray[np.float64], exposures: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """The probability after some responses in some exposures.

        >>> BetaPrior(0.1, 10.0).given(np.array([0.0, 5.0]), np.array([10.0])).tolist()
        [0.05, 0.3]
        """
        return (responses + self.mean * self.exposures) / (exposures + self.exposures)


def learned_probabilities(
    ties: Ties,
    accounts: Accounts,
    layers: Mapping[str, float],
    *,
    half_life: float = SLOWLY,
) -> Learned:
    """Influence probability of each edge, estimated from past responses.

    A person who answers one post in three of a colleague has a probability of a third
    for the next; a silent follower, of nearly 0. The
    probability that t moves s is, per pair,

        (responses of s to t + m k) / (posts of t that s could see + k)

    [1], both counts decayed by age. m is the mean and k the weight, in exposures, of
    a beta prior that makes the counts of all pairs likeliest (empirical Bayes), one
    for pairs with a standing tie and one for all other pairs of accounts, so that a
    single response out of the blue is not taken for a habit.

    Interactions are mentions, replies, reposts and quotes, one post towards one person
    counting once; every other layer is exposure alone. A repost by t is no post of
    its own. A follow with a time exposes from then on, every other tie throughout.
    Posts that made no tie have no time, and are taken to be spread over the period
    evenly. An account wrote at least as many posts as anyone responded to.

    Args:
        ties: the ties of an area and a period.
        accounts: attributes of the accounts; holds everyone in *ties*.
        layers: weight of each layer that counts; what weighs 0 does not, all others
            count alike.
        half_life: after which an interaction counts half, as a share of the period,
            positive. Age is measured in activity time (see
            ``recency``).

    Returns:
        The probabilities of every pair, in (0, 1), over everyone in
        *ties*. Without times, posts or ``ENOUGH`` responses they are those of the
        weighted cascade: 1 / out-degree of s.

    Raises:
        ValueError: if *layers* names no known layer, or *half_life* is not positive.

    References:
        [1] Goyal, Bonchi and Lakshmanan (2010), "Learning influence probabilities in
            social networks", WSDM. doi:10.1145/1718487.1718518
    """
    if not half_life > 0:
        raise ValueError(f"half_life must be above 0, got {half_life}")
    pairs = fold(ties, layers)
    interactions = interaction_rows(ties, layers)
    if not (interactions & (ties.at != NO_TIME)).any():
        return _cascade(pairs, "no response has a time")
    seen = exposures(ties, accounts, pairs, layers=layers, half_life=half_life)
    responses, posts = float(seen.responses[:, 0].sum()), float(seen.posts[:, 0].sum())
    if responses < ENOUGH:
        return _cascade(pairs, f"only {responses:.0f} responses, {ENOUGH} needed")
    # any tie but an interaction is an exposure
    exposed = (pairs.standing > 0) | (seen.responses[:, 0] == 0)
    probability = np.empty(len(pairs.source))
    of_exposed = fit_prior(*_tally(seen, exposed))
    of_others = fit_prior(*_tally_of_others(pairs, seen, exposed))
    for part, prior in ((exposed, of_exposed), (~exposed, of_others)):
        probability[part] = prior.given(seen.responses[part, 1], seen.posts[part, 1])
    note = (
        f"influence probabilities: estimated from {responses:,.0f} responses to"
        f" {posts:,.0f} visible posts (half-life: {_share(half_life)} of the period)"
    )
    if exposed.any():
        note += f"; followers respond to {of_exposed.mean:.2%} of visible posts"
    return Learned(
        probabilities_of(pairs, probability), RESPONSES, note, seen.written[:, 0]
    )


def over_a_period(learned: Learned) -> InfluenceProbabilities:
    """How likely each account moves its in-neighbours at least once in a period.

    Frequent posters reach farther: with p for one post, and k posts in a sixth of
    the period on average (one at least), 1 - (1 - p)^k. Where probabilities are not of
    one post, they stay as they are.

    Args:
        learned: of each pair.
    """
    probabilities = learned.probabilities
    if learned.posts is None or probabilities.probability is None:
        return probabilities
    times = np.maximum(learned.posts * PERIOD, 1.0)[probabilities.influencer]
    never = times * np.log1p(-probabilities.probability.astype(np.float64))
    within = -np.expm1(never).astype(np.float32)
    return InfluenceProbabilities(
        probabilities.ids, probabilities.indptr, probabilities.influencer, within
    )


def _cascade(pairs: IncomingEdges, why: str) -> Learned:
    """Probabilities of the weighted cascade: equal for all out-edges of an account."""
    note = f"influence probabilities: weighted cascade (1 / out-degree), as {why}"
    return Learned(probabilities_of(pairs, None), CASCADE, note)


def _share(half_life: float) -> str:
    """A half-life in words.

    >>> _share(0.5), _share(0.125)
    ('half', '0.12')
    """
    return "half" if half_life == SLOWLY else f"{half_life:.2g}"


def probabilities_of(
    pairs: IncomingEdges, value: NDArray[np.float64] | None
) -> InfluenceProbabilities:
    """Pairs, sorted by source, as rows of influence probabilities.

    Args:
        pairs: the directed edges.
        value: influence probability of each pair, shape (p,); None for the weighted
            cascade, equal for all out-edges of an account.
    """
    indptr = np.zeros(pairs.n_accounts + 1, np.int64)
    np.cumsum(np.bincount(pairs.source, minlength=pairs.n_accounts), out=indptr[1:])
    probability = None if value is None else value.astype(np.float32)
    return InfluenceProbabilities(pairs.account, indptr, pairs.target, probability)


def fit_prior(
    responses: NDArray[np.float64],
    posts: NDArray[np.float64],
    count: NDArray[np.float64],
) -> BetaPrior:
    """The beta law under which the counts of many pairs are likeliest.

    Maximises the beta-binomial likelihood on a grid over the logarithms of its mean
    and weight, drawn closer round the best point again and again.

    Args:
        responses: of pairs, at most the posts, shape (k,).
        posts: that they could see, shape (k,).
        count: how many pairs are like this, shape (k,).
    """
    seen = float((count * posts).sum())
    told = float((count * responses).sum())
    mean = np.log((told + 0.5) / (seen + 1.0))
    weight, wide = np.log(100.0), np.log(50.0)
    for _ in range(_ROUNDS):
        around = np.linspace(-wide, wide, _STEPS)
        means = np.minimum(mean + around, np.log(0.5))
        weights = np.maximum(weight + around, np.log(_LEAST))
        fit = [
            [
                _likelihood(np.exp(m), np.exp(k), responses, posts, count)
                for k in weights
            ]
            for m in means
        ]
        i, j = np.unravel_index(int(np.argmax(fit)), (_STEPS, _STEPS))
        mean, weight, wide = float(means[i]), float(weights[j]), wide / 2.0
    return BetaPrior(float(np.exp(mean)), float(np.exp(weight)))


def _likelihood(
    mean: float,
    weight: float,
    responses: NDArray[np.float64],
    posts: NDArray[np.float64],
    count: NDArray[np.float64],
) -> float:
    a, b = mean * weight, (1.0 - mean) * weight
    each = betaln(responses + a, posts - responses + b) - betaln(a, b)
    return float((count * each).sum())


def _tally(
    seen: Exposures, part: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Responses, exposures and number of like pairs among *part*."""
    posts = _rounded(seen.posts[part, 0])
    responses = np.minimum(seen.responses[part, 0], posts)
    return _counted(responses, posts, np.ones(len(posts)))


def _tally_of_others(
    pairs: IncomingEdges, seen: Exposures, exposed: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The same of all pairs of accounts but the *exposed*.

    Most of them are silent, and so no pairs here: those that are known by a response
    all have one.
    """
    responses, posts, count = _tally(seen, ~exposed)
    listed = np.bincount(pairs.target, minlength=pairs.n_accounts)
    silent = pairs.n_accounts - 1.0 - listed
    written = _rounded(seen.written[:, 0])
    return _counted(
        np.concatenate([responses, np.zeros(len(written))]),
        np.concatenate([posts, written]),
        np.concatenate([count, silent]),
    )


def _counted(
    responses: NDArray[np.float64],
    posts: NDArray[np.float64],
    count: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Like pairs together; those never exposed say nothing."""
    told = (posts > 0) & (count > 0)
    silent, spoke = told & (responses == 0), told & (responses > 0)
    # most pairs are silent, and whole numbers are quicker counted than sorted
    quiet = np.bincount(posts[silent].astype(np.int64), count[silent])
    at = np.flatnonzero(quiet)
    both, place = np.unique(responses[spoke] + 1j * posts[spoke], return_inverse=True)
    loud = np.bincount(place, count[spoke], len(both))
    return (
        np.concatenate([np.zeros(len(at)), both.real]),
        np.concatenate([at.astype(np.float64), both.imag]),
        np.concatenate([quiet[at], loud]),
    )


def _rounded(amount: NDArray[np.float64]) -> NDArray[np.float64]:
    """Whole numbers of two digits: enough for a prior, and few to count."""
    size = 10.0 ** np.maximum(np.floor(np.log10(np.maximum(amount, 1.0))) - 1.0, 0.0)
    rounded: NDArray[np.float64] = np.ceil(amount / size) * size
    return rounded
