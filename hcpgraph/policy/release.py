"""Who may be listed, decided once, where names leave the study."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.model.names import ROLES, suggest
from hcpgraph.policy.rules import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Roles
    from hcpgraph.policy.rules import Policy

AUTO = "auto"


@dataclass(frozen=True, slots=True, eq=False)
class Released:
    """Which accounts may be listed.

    Attributes:
        mask: true for those who may, one per row of the accounts, shape (n,).
        held: reason -> how many were held back for it, in the order of the
            rules; only reasons that occur. With the released they add up to n.
        audience: the audience that was applied, never ``"auto"``.
    """

    mask: NDArray[np.bool_]
    held: Mapping[str, int]
    audience: str

    def __post_init__(self) -> None:
        self.mask.setflags(write=False)


def release(
    accounts: Roles, *, audience: str = AUTO, policy: Policy | None = None
) -> Released:
    """Decide who may appear on a list for *audience*.

    Each account is held back for one reason at most, the strictest first: not
    listable, then not a person, then not of the audience. Nothing tells one
    account that is not listable from another.

    Args:
        accounts: everyone who might be listed.
        audience: an audience of the policy, or ``"auto"``: health professionals
            when any role is known, else everyone.
        policy: the rules; those that come with the toolkit by default.

    Raises:
        ValueError: if the policy has no such audience.
    """
    policy = load() if policy is None else policy
    chosen = resolve(accounts, audience)
    if chosen not in policy.audiences:
        known = {AUTO, *policy.audiences}
        raise ValueError(f"no audience {audience!r}; {suggest(audience, known)}")
    seen = policy.audiences[chosen]
    free = np.ones(len(accounts), np.bool_)
    held: dict[str, int] = {}

    def hold(these: NDArray[np.bool_], reason: str) -> None:
        count = int((free & these).sum())
        if count:
            held[reason] = held.get(reason, 0) + count
        free[these] = False

    hold(~accounts.listable, policy.not_listable)
    for role, reason in policy.leave_out.items():
        hold(_has(accounts, [role]), reason)
    if seen.roles is not None:
        hold(~_has(accounts, seen.roles), seen.reason)
    return Released(free, MappingProxyType(held), chosen)


def resolve(accounts: Roles, audience: str) -> str:
    """The audience of a list: for ``"auto"``, ``"hcp"`` once any role is known."""
    if audience != AUTO:
        return audience
    return "hcp" if (accounts.role != ROLES.index("unknown")).any() else "all"


def _has(accounts: Roles, roles: Iterable[str]) -> NDArray[np.bool_]:
    return np.isin(accounts.role, [ROLES.index(role) for role in roles])
