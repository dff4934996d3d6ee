"""Non-negative ridge regression of later responders on signals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.ranking.record.history import splits
from hcpgraph.ranking.score.weights import OWN_PAST, USER, Weights, prior
from hcpgraph.ranking.signals import FAMILY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.record.history import Past
    from hcpgraph.ranking.signals import GraphMeasure

FLOOR: Final = (
    0.1  # the regression weight of people without later responders, per doubling
)
ENOUGH: Final = 20  # people responded to later, below which a past teaches nothing
LEARNED_UP_TO: Final = 300_000  # ties; reading the past of more takes too long
STRENGTH: Final = 1000.0  # people whose later attention equals the prior's say


def learn(
    ties: Ties,
    accounts: Accounts,
    *,
    layers: Mapping[str, float],
    measure: GraphMeasure,
    seed: int = 0,
    start: Weights | None = None,
) -> Weights:
    """The weights for these ties: the prior, updated on their own past.

    Args:
        ties: the ties of an area and a period.
        accounts: attributes of the accounts; holds everyone in *ties*.
        layers: weight of each layer that counts.
        measure: computes PageRank of a graph, on whatever engine.
        seed: of the communities that brokerage looks across.
        start: the weights to move; None takes ``prior()``.

    Returns:
        New weights, or *start* itself where nothing can be learned, as in a study
        without times.
    """
    before = prior() if start is None else start
    history = splits(
        ties, accounts,
        layers=layers, measure=measure, seed=seed, only=before.used(),
    )  # fmt: skip
    return fit(history, before)


def fit(history: Sequence[Past], start: Weights) -> Weights:
    """Move the prior towards what the study's own past teaches.

    Minimises, over weights w from 0 up,

        sum over cuts s of (1 / S) sum_i v_i (t_i - a_s - x_i w)^2
            + shrink * sum_k sd_k^2 (w_k - c p_k)^2

    with t the later attention and x the signals, both in doublings, v the share of
    the say that each person has (more for those responded to), p the start, c the one
    factor that brings it to the scale of t, sd_k the spread of signal k, and
    shrink = ``STRENGTH`` / (people responded to later, mean over the cuts). The
    result is divided by c, so that scores keep their scale.

    Args:
        history: the past at several cut-offs, read by ``history.splits``; all tables
            with the same columns.
        start: where to start from, such as the prior. Signals that it does not weigh
            stay without weight; reach and what users weighed stay as they are.

    Returns:
        New weights; *start* itself where the past is too sparse to teach anything.
    """
    cuts = [past for past in history if (past.later > 0).sum() >= ENOUGH]
    names = tuple(name for name in start.used() if _can_be_learned(name, start))
    if not cuts or not names:
        return start
    people = float(np.mean([(past.later > 0).sum() for past in cuts]))
    design = [weighted_rows(past, names) for past in cuts]
    x = np.concatenate([rows for rows, _ in design]) / np.sqrt(len(cuts))
    t = np.concatenate([later for _, later in design]) / np.sqrt(len(cuts))
    before = start.along(names)
    guess = x @ before
    if not guess @ t > 0:
        return start
    factor = float(guess @ t / (guess @ guess))
    shrink = STRENGTH / people
    learned = ridge(x, t, start=factor * before, shrink=shrink) / factor
    return Weights(
        {**start.value, **dict(zip(names, learned.tolist(), strict=True))},
        {**start.origin, **dict.fromkeys(names, OWN_PAST)},
        shrunk=shrink / (1.0 + shrink),
        note=f"{start.note}, updated on {len(cuts)} past cut-offs of this study",
    )


def _can_be_learned(name: str, start: Weights) -> bool:
    """Follows have no time, so that the past cannot tell what they predicted."""
    return FAMILY[name] != "reach" and start.origin.get(name) != USER


def weighted_rows(
    past: Past, names: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Signals and later attention in doublings, centred, scaled by their say.

    Returns:
        Shapes (n, k) and (n,); the squares of the scales sum to 1.
    """
    at = [past.table.names.index(name) for name in names]
    x, t = np.log2(1.0 + past.table.value[:, at]), past.truth
    say = FLOOR + t
    say = say / say.sum()
    scale = np.sqrt(say)
    return (x - say @ x) * scale[:, None], (t - say @ t) * scale


def ridge(
    x: NDArray[np.float64],
    t: NDArray[np.float64],
    *,
    start: NDArray[np.float64],
    shrink: float,
) -> NDArray[np.float64]:
    """Weights from 0 up that explain *t* by *x*, drawn towards *start*.

    The pull on each weight is in proportion to the spread of its signal, so that the
    unit of a signal does not matter. Signals without any spread keep their start.

    Args:
        x: one row per person, shape (n, k).
        t: shape (n,).
        start: from 0 up, shape (k,).
        shrink: strength of the pull, above 0.
    """
    from scipy.optimize import nnls  # noqa: PLC0415 - slow to load, seldom needed

    spread = np.sqrt((x**2).sum(axis=0))
    varied = spread > 0
    result = start.copy()
    if not varied.any():
        return result
    unit, root = x[:, varied] / spread[varied], np.sqrt(shrink)
    rows = np.vstack([unit, root * np.eye(int(varied.sum()))])
    goal = np.concatenate([t, root * start[varied] * spread[varied]])
    # the normal equations are small whatever the number of people
    gram = rows.T @ rows
    factor = np.linalg.cholesky(gram)
    found, _ = nnls(factor.T, np.linalg.solve(factor, rows.T @ goal))
    result[varied] = found / spread[varied]
    return result
