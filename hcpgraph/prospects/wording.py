"""A reason in words, for the person who has to make the call."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.model.prospects import Link, Pick

# layer -> what the prospect does to the known person, and what is done to them
VERBS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "follow": ("follows", "followed by"),
        "mention": ("mentions", "mentioned by"),
        "reply": ("replies to", "answered by"),
        "repost": ("reposts", "reposted by"),
        "quote": ("quotes", "quoted by"),
        "mention_in_repost": ("passes on mentions of", "in mentions passed on by"),
        "connection": ("connected to", "connected to"),
        "nomination": ("nominates", "nominated by"),
        "coauthor": ("coauthor of", "coauthor of"),
        "colleague": ("colleague of", "colleague of"),
        "referral": ("refers to", "receives referrals from"),
        "attendance": ("attends with", "attends with"),
    }
)


def word(
    pick: Pick,
    names: Mapping[int, str],
    area: str | None = None,
    *,
    of: int | None = None,
) -> str:
    """Why this person, in one line.

    Args:
        pick: the prospect.
        names: account number -> how a known person is written. Links to people
            without a name here are left out: not everyone may be named.
        area: the disease area, or None for the whole study.
        of: how many people the rank is out of.

    >>> from hcpgraph.model.prospects import Link, Pick
    >>> pick = Pick(7, 4, "leader", 57, 0.4, 2, 143, (Link(1, "reply", 6, True, True),))
    >>> word(pick, {1: "@ann"}, "asthma", of=812)
    'rank 4 of 812 in asthma; community 2 (143 accounts); replies to and answered \
by @ann (6 ties); 57 accounts not reached yet'
    """
    rank = f"rank {pick.rank}" if of is None else f"rank {pick.rank} of {of}"
    place = rank if area is None else f"{rank} in {area}"
    members = _count(pick.community_size, "account")
    links = [
        f"{_link(link)} {names[link.known]} ({_count(link.ties, 'tie')})"
        for link in pick.links
        if link.known in names
    ]
    new = (
        f"{_count(pick.gain, 'account')} not reached yet"
        if pick.gain
        else "adds no new account"
    )
    return "; ".join([place, f"community {pick.community} ({members})", *links, new])


def _link(link: Link) -> str:
    does, done = VERBS[link.layer]
    if link.toward_known and link.from_known and does != done:
        return f"{does} and {done}"
    return does if link.toward_known else done


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
