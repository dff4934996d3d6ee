"""A reason in words, for the person who has to make the call."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.model.introductions import Introduction, Step
    from hcpgraph.model.prospects import Pick

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
        names: account number -> how a known person is written. Ties to people without
            a name here are left out: not everyone may be named.
        area: the disease area, or None for the whole study.
        of: how many people the rank is out of.

    >>> from hcpgraph.model.prospects import Pick
    >>> from hcpgraph.model.introductions import Step, Introduction
    >>> way = Introduction(1, (Step(7, 1, "reply", 4, (), 2),), 0.7)
    >>> pick = Pick(7, 4, "leader", 8.1, 0.4, 57, 2, 143, 0.31, (way,))
    >>> word(pick, {1: "@ann"}, "asthma", of=812)
    'rank 4 of 812 in asthma; community 2 (143 accounts); replies to and answered \
by @ann (6 ties); reaches 57 accounts that neither your contacts nor higher-ranked \
prospects reach'
    """
    rank = f"rank {pick.rank}" if of is None else f"rank {pick.rank} of {of}"
    place = rank if area is None else f"{rank} in {area}"
    members = _count(pick.community_size, "account")
    direct = (word_way(way, names) for way in pick.ways if len(way.steps) == 1)
    reached = (
        f"reaches {_count(pick.audience, 'account')} that neither your contacts nor"
        " higher-ranked prospects reach"
        if pick.audience
        else "reaches no account that your contacts or higher-ranked prospects do not"
    )
    circle = f"community {pick.community} ({members})"
    return "; ".join([place, circle, *filter(None, direct), reached])


def word_way(way: Introduction, names: Mapping[int, str]) -> str | None:
    """How to get to a prospect from a known person, said of the prospect.

    Args:
        way: from a known person to the prospect.
        names: account number -> how a person is written, for everyone who may be
            named.

    Returns:
        None if somebody on the way has no name here: not everyone may be named.

    >>> from hcpgraph.model.introductions import Step, Introduction
    >>> word_way(Introduction(1, (Step(7, 1, "reply", 4, (), 2),), 0.7), {1: "@ann"})
    'replies to and answered by @ann (6 ties)'
    >>> steps = Step(1, 2, "mention", 5), Step(7, 2, "reply", 3, (), 2)
    >>> long = Introduction(1, steps, 0.3)
    >>> word_way(long, {1: "@ann", 2: "@bob"})
    'through @bob to @ann: replies to and answered by @bob (5 ties), who is mentioned \
by @ann (5 ties)'
    """
    chain = way.people[-2::-1]  # from next to the prospect back to the known person
    if not names.keys() >= set(chain):
        return None
    parts: list[str] = []
    for one, step in zip(chain, reversed(way.steps), strict=True):
        verbs = _step(step, step.target == one, is_clause=bool(parts))
        ties = _count(step.ties + step.back, "tie")
        parts.append(f"{verbs} {names[one]} ({ties})")
    if len(parts) == 1:
        return parts[0]
    between = " and ".join(names[one] for one in chain[:-1])
    return f"through {between} to {names[chain[-1]]}: " + ", who ".join(parts)


def _step(step: Step, outward: bool, *, is_clause: bool) -> str:
    """What one person does to the next, or has done by them."""
    does, done = VERBS[step.layer]
    if is_clause:
        does, done = (
            f"is {verb}" if _needs_is(verb) else verb for verb in (does, done)
        )
    if does == done:
        return does
    if step.back:
        return f"{does} and {done}"
    return does if outward else done


def _needs_is(verb: str) -> bool:
    """Whether words such as "mentioned by" want an "is" after "who"."""
    return not verb.split(maxsplit=1)[0].endswith("s")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
