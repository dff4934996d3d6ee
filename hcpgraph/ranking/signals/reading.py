"""All signals of one area and period, as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.names import suggest
from hcpgraph.ranking.signals import (
    activity,
    authority,
    breadth,
    brokerage,
    reach,
    resonance,
)
from hcpgraph.ranking.signals.record import open_record
from hcpgraph.ranking.signals.table import SignalTable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts, Ties
    from hcpgraph.ranking.signals.about import Signal
    from hcpgraph.ranking.signals.record import GraphMeasure, Record

DIGITS: Final = 6
_FINER: Final = 9

_READ: Final[dict[Signal, Callable[[Record], NDArray[np.float64]]]] = {
    reach.FOLLOWERS: reach.followers,
    reach.PROFESSIONAL_FOLLOWERS: reach.professional_followers,
    resonance.RESPONDERS: resonance.responders_of,
    **{s: resonance.READ_LATE[s.name] for s in resonance.LATE},
    resonance.RESPONSES: resonance.repeated,
    **{s: resonance.READ_BY_LAYER[s.name] for s in resonance.BY_LAYER},
    resonance.NEW_RESPONDERS: resonance.new_responders,
    resonance.LAST_RESPONSE: resonance.last_response,
    resonance.STEADINESS: resonance.steadiness,
    resonance.FIRST_RESPONSE: resonance.first_response,
    resonance.PROFESSIONAL_RESPONDERS: resonance.professional_responders,
    resonance.PEER_SHARE: resonance.peer_share,
    resonance.EXCHANGES: resonance.exchanges,
    authority.PAGERANK: authority.pagerank,
    authority.AREA_PAGERANK: authority.area_pagerank,
    brokerage.BROKERED: brokerage.brokered,
    breadth.BREADTH: breadth.breadth,
    breadth.DEPTH: breadth.depth,
    activity.POSTS: activity.posts,
    **{s: activity.READ_LATE_POSTS[s.name] for s in activity.LATE_POSTS},
    activity.LAST_SPOKEN: activity.last_spoken,
}
SIGNALS: Final[tuple[Signal, ...]] = tuple(_READ)
_BY_NAME: Final = {signal.name: measure for signal, measure in _READ.items()}
FAMILY: Final[dict[str, str]] = {signal.name: signal.family for signal in SIGNALS}
# Those that walk the whole network; all others are sums over ties.
COSTLY: Final = frozenset({"pagerank", "area_pagerank", "brokered"})


def read(
    ties: Ties,
    accounts: Accounts,
    *,
    layers: Mapping[str, float],
    measure: GraphMeasure,
    seed: int = 0,
    communities: NDArray[np.int32] | None = None,
    responder_areas: NDArray[np.float64] | None = None,
    only: Collection[str] | None = None,
) -> SignalTable:
    """Read the signals of everyone who occurs in *ties*.

    Args:
        ties: the ties of an area and a period.
        accounts: attributes of the accounts; holds everyone in *ties*.
        layers: weight of each layer that counts, from 0 up.
        measure: computes PageRank of a graph, on whatever engine.
        seed: of the communities that brokerage looks across.
        communities: label of each of ``everyone(ties)``, from 0; None to find them.
        responder_areas: as ``responder_areas`` counts them for ``everyone(ties)``;
            None where only one area is known.
        only: names of the signals to read; None for all. ``COSTLY`` names those that
            take long.

    Returns:
        One row per account, one column per signal read, in the order of ``SIGNALS``.
        A signal that the study cannot give is 0 for everyone.

    Raises:
        ValueError: if a signal or a layer is unknown, a layer's weight is negative,
            or *accounts* lacks someone.
    """
    for name in only or ():
        if name not in FAMILY:
            raise ValueError(f"no signal {name!r}; {suggest(name, FAMILY)}")
    record = open_record(
        ties, accounts, layers=layers, measure=measure, seed=seed,
        communities=communities, responder_areas=responder_areas,
    )  # fmt: skip
    wanted = [s for s in SIGNALS if only is None or s.name in only]
    names = tuple(signal.name for signal in wanted)
    return SignalTable(
        account=record.account,
        names=names,
        value=measured(record, names),
        audience=record.pairs.audience(),
    )


def measured(record: Record, names: Sequence[str]) -> NDArray[np.float64]:
    """The signals *names* of everyone in *record*, shape (n, len(names)), from 0."""
    value = np.zeros((record.n_accounts, len(names)))
    for column, name in enumerate(names):
        value[:, column] = rounded(_BY_NAME[name](record))
    return value


def rounded(value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Signals to ``DIGITS`` decimals.

    Sums of the same terms in another order differ in the last digits, and people with
    equal signals must stay equal: also where they lie halfway between two decimals, as
    a half-life to the power of seven does.

    >>> rounded(np.array([0.5**7, 0.5**7 + 1e-17, 0.5**7 - 1e-17])).tolist()
    [0.007812, 0.007812, 0.007812]
    """
    return np.round(np.round(value, _FINER), DIGITS)
