"""Kinds of prospects: leader, rising, broker or local influencer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.ranking import Scored

LEADER: Final = "leader"
RISING: Final = "rising"
BROKER: Final = "broker"
VOICE: Final = "voice"

LEADING_SHARE: Final = 0.1  # of the area's list
LEADING_BY: Final = ("reach", "resonance", "authority")
# From here on a node is a connector: most of its ties leave its own community
# (Guimera and Amaral 2005, doi:10.1038/nature03288).
CONNECTOR: Final = 0.62
RISING_FROM: Final = 0.2  # probability to enter the top decile in the next period
RISING_SHARE: Final = 0.1  # of those whose momentum is known
COVERED_FROM: Final = 0.5  # members reached, from which a community is covered
OPENING_FROM: Final = 0.25  # audience in communities not covered


def kind(
    scored: Scored,
    places: NDArray[np.intp],
    participation: NDArray[np.float64],
    *,
    rising: NDArray[np.float64] | None = None,
    momentum: NDArray[np.float64] | None = None,
    uncovered_share: NDArray[np.float64] | None = None,
) -> list[str]:
    """Say what each of some ranked people is.

    The first that fits, from what is established to what is left:

    * leader: by rank among the top decile, and mostly by attention received (reach,
      resonance or authority), not for speaking much;
    * rising: likely to enter the top decile, by a probability of at least one in five;
      or, where no probabilities were predicted, among the tenth with most momentum;
    * broker: attention comes from many communities (participation coefficient
      of at least .62), at least a quarter of it from communities that the people
      already known do not cover;
    * voice: anyone else, with an audience in one community, or in communities covered
      already.

    Who leads can no longer rise, and who rises is best approached now, whatever
    they bridge; so leader goes before rising, and rising before broker.

    Args:
        scored: everyone who may be listed, best first; a list by one measure
            has no parts, and its top decile are leaders.
        places: positions in *scored*, from 0, shape (k,).
        participation: of each place, in [0, 1), shape (k,).
        rising: probability of each place to enter the top decile, in [0, 1], shape
            (k,); NaN where it is not known. None if none is.
        momentum: growth of attention of each place, shape (k,), above 0 if it grows;
            NaN where it is not known. Read where *rising* is None.
        uncovered_share: of each place, as from ``uncovered_share()``, shape
            (k,); None to call any connector a broker.

    Returns:
        One of ``model.limits.KINDS`` for each place.
    """
    leading = scored.ranks()[places] <= np.ceil(LEADING_SHARE * len(scored))
    if scored.contribution:
        parts = {name: a[places] for name, a in scored.contribution.items()}
        leading_by = [parts[name] for name in LEADING_BY if name in parts]
        leading &= np.max(leading_by, axis=0) >= np.max(list(parts.values()), axis=0)
    if rising is not None:
        up = rising >= RISING_FROM  # false for NaN
    else:
        up = _fastest(np.full(len(places), np.nan) if momentum is None else momentum)
    bridging = participation >= CONNECTOR
    if uncovered_share is not None:
        bridging &= uncovered_share >= OPENING_FROM
    words = np.select([leading, up, bridging], [LEADER, RISING, BROKER], VOICE)
    return [str(word) for word in words]


def _fastest(momentum: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The top decile of those whose momentum is known, if it is above 0; no ties."""
    known = momentum[~np.isnan(momentum)]
    if not len(known):
        return np.zeros(len(momentum), np.bool_)
    seats = int(np.ceil(RISING_SHARE * len(known)))
    edge = np.sort(known)[-seats]
    # of people equal at the end of the tenth, none is in
    above = momentum >= edge if (known >= edge).sum() == seats else momentum > edge
    rises: NDArray[np.bool_] = above & (momentum > 0)
    return rises


def uncovered_share(
    source: NDArray[np.int32],
    target: NDArray[np.int32],
    community: NDArray[np.int32],
    reached: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """The share of an account's audience in communities not covered yet, in [0, 1].

    A community is covered if at least half of its members are known or in-neighbours of
    someone known. Members are the accounts with any tie.

    Args:
        source: positions of the sources, shape (m,).
        target: of the targets, shape (m,); no pair twice.
        community: of each account, from 0, shape (n,).
        reached: the known and their audience, shape (n,).

    Returns:
        Shape (n,); 0 for someone without an audience.
    """
    n = len(community)
    in_degree = np.bincount(target, minlength=n)
    member = (in_degree > 0) | (np.bincount(source, minlength=n) > 0)
    width = int(community.max(initial=-1)) + 1
    members = np.bincount(community[member], minlength=width)
    there = np.bincount(community[member & reached], minlength=width)
    uncovered = there < COVERED_FROM * members
    fresh = np.bincount(target, uncovered[community[source]], n)
    return np.where(in_degree > 0, fresh / np.maximum(in_degree, 1), 0.0)


def participation(
    source: NDArray[np.int32],
    target: NDArray[np.int32],
    community: NDArray[np.int32],
    n_accounts: int,
) -> NDArray[np.float64]:
    """How evenly an account's audience is spread over communities, in [0, 1).

    1 - sum((k_c / k)^2) over the k in-neighbours, k_c of them
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
