"""The part of an area that counts in scores: without layers that are left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import ranking
from hcpgraph.graph import layer_weights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored
    from hcpgraph.model.ties import Accounts, Ties


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Ties that count, and the accounts in them.

    Accounts known by a layer that is left out, such as the followers on two pages, are
    not among them: their number would change the scores of others.

    Attributes:
        ties: of the layers that count.
        accounts: everyone who occurs in them.
        allowed: who may be listed, one per row of ``accounts``.
    """

    ties: Ties
    accounts: Accounts
    allowed: NDArray[np.bool_]

    def with_rest(self, scored: Scored, accounts: Accounts) -> Scored:
        """All of *accounts*, those that do not count last and without any score."""
        rest = np.setdiff1d(accounts.account, scored.account)
        if not len(rest):
            return scored
        none = np.zeros(len(rest))
        return replace(
            scored,
            account=np.concatenate([scored.account, rest]),
            score=np.concatenate([scored.score, none]),
            contribution={
                name: np.concatenate([column, none])
                for name, column in scored.contribution.items()
            },
            signal={
                name: np.concatenate([column, none])
                for name, column in scored.signal.items()
            },
        )


def counted(
    ties: Ties,
    accounts: Accounts,
    allowed: NDArray[np.bool_],
    *,
    layers: Mapping[str, float],
    left_out: bool,
) -> Counted:
    """What counts of some ties; all of it unless layers are left out.

    Args:
        ties: of an area and a period.
        accounts: everyone who occurs in *ties*.
        allowed: who may be listed, one per row of *accounts*.
        layers: weight of each layer that counts.
        left_out: whether there are ties of layers that do not count.
    """
    if not left_out:
        return Counted(ties, accounts, allowed)
    kept = ties.where(layer_weights(layers)[ties.layer] > 0)
    rows = accounts.rows_of(ranking.everyone(kept))
    return Counted(kept, accounts.at(rows), allowed[rows])
