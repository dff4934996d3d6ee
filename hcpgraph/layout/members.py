"""Layout of members inside the disc of their community."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.layout.discs import push_apart
from hcpgraph.layout.springs import springs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]
    Positions = NDArray[np.intp]

_LEADER_ROOM = 24.0  # room that the strongest account gets over that of a weak one
_LEADERS_SHARE = 0.6  # extra room for all, as a share of that of all accounts
_FILLED = 0.7  # share of a disc that its members' own discs cover
_ROUNDS = 50
_ATTENTION = 0.5  # how much attention draws to the middle, beside the springs


def shares(strength: Reals) -> Reals:
    """How much room each account asks for, 1 for those without attention.

    Leaders get more, for their dot and their name, but all leaders together no
    more than a share of the page.

    Args:
        strength: attention received, shape (n,), not negative.

    Returns:
        Shape (n,), at least 1, in the order of strength.

    >>> import numpy as np
    >>> shares(np.array([0.0, 1.0, 9.0])).round(2).tolist()
    [1.0, 1.18, 2.62]
    """
    total, top = float(strength.sum()), float(strength.max(initial=0.0))
    if total == 0:
        return np.ones(len(strength))
    most = min(_LEADER_ROOM, _LEADERS_SHARE * len(strength) * top / total)
    return 1 + most * strength / top


def rooms(share: Reals, label: Positions, radius: Reals) -> Reals:
    """The radius each member has for itself.

    Args:
        share: room asked for, shape (n,), positive.
        label: community of each node, shape (n,).
        radius: of each community's disc, shape (k,).

    Returns:
        Shape (n,), positive; in each community the members' discs cover the
        same share of the community's disc.
    """
    total = np.bincount(label, share, minlength=len(radius))
    return np.asarray(radius[label] * np.sqrt(_FILLED * share / total[label]))


def settle(xy: Reals, own: Reals, label: Positions, radius: Reals) -> Reals:
    """Push members off each other while each community stays in its disc.

    Args:
        xy: members relative to the centre of their community, shape (n, 2).
        own: the radius each member has for itself, shape (n,).
        label: community of each node, shape (n,).
        radius: of each community's disc, shape (k,).

    Returns:
        New coordinates relative to the centre, shape (n, 2).
    """
    # far from each other, communities cannot touch while they share one pass
    side = int(np.ceil(np.sqrt(len(radius))))
    community = np.arange(len(radius))
    grid = np.column_stack([community % side, community // side])
    offset = (grid * 3.0 * float(radius.max()))[label]
    limit = np.maximum(radius[label] - own, 0.0)
    for _ in range(_ROUNDS):
        xy = push_apart(xy + offset, own) - offset
        distance = np.hypot(xy[:, 0], xy[:, 1])
        outside = distance > limit
        xy[outside] *= (limit[outside] / distance[outside])[:, None]
    return xy


def arrange(
    source: Positions,
    target: Positions,
    weight: Reals,
    share: Reals,
    outward: Reals,
    *,
    seed: int,
) -> Reals:
    """Place the members of one community in the unit disc.

    Springs say where each member stands, so that those tied to each other stand
    together; the account that needs most room, by its in-degree, is drawn
    towards the middle. Distances from the middle are then evened out until all of
    the disc is used. The whole is turned and mirrored so that members face the
    communities they are tied to.

    Args:
        source: one end of each tie inside the community, shape (m,).
        target: the other end, shape (m,).
        weight: shape (m,), positive.
        share: room that each member asks for, shape (n,).
        outward: where the member's ties to other communities pull, shape (n, 2).
        seed: of the random start.

    Returns:
        Coordinates within the unit disc, shape (n, 2).
    """
    count = len(share)
    if count == 1:
        return np.zeros((1, 2))
    xy = springs(count, source, target, weight, seed=seed)
    z = xy[:, 0] + 1j * xy[:, 1]
    pull = outward[:, 0] + 1j * outward[:, 1]
    turns = (np.vdot(z, pull), np.vdot(z.conj(), pull))
    if abs(turns[1]) > abs(turns[0]):
        z = z.conj()
    angle = np.angle(z) + np.angle(max(turns, key=abs))
    far = np.empty(count)
    far[np.argsort(np.abs(z), kind="stable")] = np.linspace(0.0, 1.0, count)
    order = np.argsort(far - _ATTENTION * np.log(share), kind="stable")
    inner = np.cumsum(share[order]) - share[order] / 2  # room nearer the middle
    distance = np.empty(count)
    distance[order] = np.sqrt(inner / share.sum())
    return np.column_stack([distance * np.cos(angle), distance * np.sin(angle)])
