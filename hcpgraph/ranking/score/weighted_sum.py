"""The default score: a sum of named contributions, each of weighted signals.

    contribution_k = sum over its signals of weight * log2(1 + signal)
    score = sum over k

A doubling of what a person has adds the same everywhere in the list, so a
hundred more listeners mean much to a newcomer and little to a star; the scale
is fixed, so a score means the same in every area and period. No weight is negative,
so nobody gains by doing or having less. How the weights were found, and how well they
predict attention to come, is in ``weights``, ``prior.toml`` and docs/methods.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.model.ranking import Scored
from hcpgraph.model.ranks import best_first, levelled
from hcpgraph.ranking.score.weights import prior
from hcpgraph.ranking.signals import FAMILY, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.score.weights import Weights
    from hcpgraph.ranking.signals import GraphMeasure, SignalTable


def rank(
    ties: Ties,
    accounts: Accounts,
    *,
    layers: Mapping[str, float],
    measure: GraphMeasure,
    weights: Weights | None = None,
    seed: int = 0,
) -> Scored:
    """Order everyone by how much of a community's attention they hold.

    Args:
        ties: the ties of an area and a period.
        accounts: attributes of the accounts; holds everyone in *ties*.
        layers: weight of each layer that counts, from 0 up.
        measure: computes PageRank of a graph, on whatever engine.
        weights: of the signals; None takes ``prior()``. Signals that weigh nothing
            are not computed.
        seed: of the communities that brokerage looks across.

    Returns:
        Everyone who occurs in *ties*, each once. Contributions are finite, from
        0 up, and add up to the score. A signal the study cannot give, such as
        reach without follows, contributes nothing; ``lacking`` names it.

    Raises:
        ValueError: if a layer is unknown, negative or not finite, or *accounts*
            lacks someone.
    """
    scale = prior() if weights is None else weights
    table = read(
        ties, accounts, layers=layers, measure=measure, seed=seed, only=scale.used()
    )
    return standings(table, scale)


def standings(table: SignalTable, weights: Weights) -> Scored:
    """The score of everyone, from signals that have been read.

    Args:
        table: the signals; those that *weights* does not weigh are shown, not counted.
        weights: of the signals; those that *table* lacks contribute nothing.

    Returns:
        As ``rank`` does: highest first; equal scores by in-degree, then by account.
    """
    added = contributions(table, weights)
    score = levelled(sum(added.values(), np.zeros(len(table))))
    order = best_first(score, -table.audience, table.account)
    return Scored(
        account=table.account[order],
        score=score[order],
        contribution={name: value[order] for name, value in added.items()},
        signal={name: table[name][order] for name in table.names},
    )


def contributions(
    table: SignalTable, weights: Weights
) -> dict[str, NDArray[np.float64]]:
    """What each family of signals adds to the score, in the order of the table.

    Returns:
        A value per account for each of ``names.CONTRIBUTIONS``, shape (n,), from 0.
    """
    worth = table.doublings() * weights.along(table.names)
    return {
        family: worth[:, [FAMILY[name] == family for name in table.names]].sum(axis=1)
        for family in CONTRIBUTIONS
    }


def lacking(scored: Scored) -> tuple[str, ...]:
    """The contributions that gave nobody anything: the study holds nothing of them.

    >>> empty = np.empty(0)
    >>> lacking(Scored(np.empty(0, np.int32), empty, {"reach": empty}))
    ('reach',)
    """
    return tuple(name for name, value in scored.contribution.items() if not value.any())
