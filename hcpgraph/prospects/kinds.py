"""What a prospect is to the plan: a leader, a broker or a local voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Standings

LEADER: Final = "leader"
BROKER: Final = "broker"
VOICE: Final = "voice"

LEADING_SHARE: Final = 0.1  # of the area's list
LEADING_BY: Final = ("reach", "resonance", "authority")
# From here on a node is a connector: most of its ties leave its own community
# (Guimera and Amaral 2005, doi:10.1038/nature03288).
CONNECTOR: Final = 0.62


def kind(
    standings: Standings,
    places: NDArray[np.intp],
    participation: NDArray[np.float64],
) -> list[str]:
    """Say what each of some ranked people is.

    * leader: among the top tenth, and mostly for being heard (reach, resonance
      or authority), not for speaking much;
    * broker: attention comes from many communities (participation coefficient
      of at least .62);
    * voice: anyone else, heard in one circle.

    Args:
        standings: everyone who may be listed, best first; a list by one measure
            has no parts, and its top tenth are leaders.
        places: positions in *standings*, from 0, shape (k,).
        participation: of each place, in [0, 1), shape (k,).
    """
    leading = places < np.ceil(LEADING_SHARE * len(standings))
    if standings.contribution:
        parts = {name: a[places] for name, a in standings.contribution.items()}
        heard = [parts[name] for name in LEADING_BY if name in parts]
        leading &= np.max(heard, axis=0) >= np.max(list(parts.values()), axis=0)
    other = np.where(participation >= CONNECTOR, BROKER, VOICE)
    return [str(word) for word in np.where(leading, LEADER, other)]


def participation(
    source: NDArray[np.int32],
    target: NDArray[np.int32],
    community: NDArray[np.int32],
    n_accounts: int,
) -> NDArray[np.float64]:
    """How evenly an account's audience is spread over communities, in [0, 1).

    1 - sum((k_c / k)^2) over the k accounts that attend to someone, k_c of them
    in community c; 0 for someone without an audience.
    """
    if not len(source):
        return np.zeros(n_accounts)
    width = int(community.max()) + 1
    key, count = np.unique(
        target.astype(np.int64) * width + community[source], return_counts=True
    )
    total = np.bincount(target, minlength=n_accounts).astype(np.float64)
    squares = np.bincount(key // width, count.astype(np.float64) ** 2, n_accounts)
    return np.where(total > 0, 1 - squares / np.maximum(total, 1) ** 2, 0.0)
