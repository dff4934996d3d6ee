"""Signals, dates and counts in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from hcpgraph.ranking import SIGNALS

if TYPE_CHECKING:
    from collections.abc import Mapping

_ABOUT: Final = {signal.name: signal for signal in SIGNALS}
# What is said where each account counts once; other weights need the unit in full.
_SAID: Final[Mapping[str, str]] = {
    "followers": "{} accounts follow this person or are connected to them",
    "professional_followers": "{} of those who follow are health professionals",
    "listeners": "{} distinct accounts responded",
    "listeners_of_late": "recency-weighted responders: {} (half-life 50 % of the"
    " period)",
    "listeners_lately": "recency-weighted responders: {} (half-life one sixth of the"
    " period)",
    "listeners_just_now": "recency-weighted responders: {} (half-life one twentieth of"
    " the period)",
    "brokered": "effective audience across communities: {} accounts",
    "pagerank": "PageRank: {} times that of the average account",
    "area_pagerank": "PageRank from recently active accounts: {} times that of the"
    " average account",
    "posts": "{} own posts, at most two for each responder",
    "last_spoken": "recency of last post: {} (1 = at the end; half-life one sixth of"
    " the period)",
}
# layer -> what somebody does who attends in it
DOES: Final[Mapping[str, str]] = {
    "follow": "follow",
    "mention": "mention",
    "reply": "reply to",
    "repost": "repost",
    "quote": "quote",
    "mention_in_repost": "pass on mentions of",
    "connection": "connect to",
    "nomination": "nominate",
    "coauthor": "write with",
    "colleague": "work with",
    "referral": "refer to",
    "attendance": "attend with",
}
LINKS: Final[Mapping[str, str]] = {"x": "https://x.com/i/web/status/{}"}


def signal(name: str, value: float, *, plain: bool) -> str:
    """A signal in words, with its value.

    Args:
        name: of the signal.
        value: of the person.
        plain: whether every layer weighs 1, so that accounts are counted as they are.

    >>> signal("listeners", 212.0, plain=True)
    '212 distinct accounts responded'
    >>> signal("steadiness", 3.0, plain=True)
    'people respond to this person all along, not in one burst: 3 eighths of the \
record with a response, 0 to 8'
    """
    if plain and name in _SAID:
        return _SAID[name].format(number(value))
    about = _ABOUT[name]
    return f"{about.meaning}: {number(value)} {about.unit}"


def number(value: float) -> str:
    """A plain number: whole ones whole, others with three digits.

    >>> number(212.0), number(40.25), number(0.12345), number(1234.5)
    ('212', '40.2', '0.123', '1234')
    """
    if value == int(value):
        return str(int(value))
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> count(1, "post"), count(3, "post"), count(0, "reply", "replies")
    ('1 post', '3 posts', '0 replies')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def day(at: int | None) -> str | None:
    """The day of a moment, UTC.

    >>> day(1735689600), day(None)
    ('2025-01-01', None)
    """
    return None if at is None else _moment(at).strftime("%Y-%m-%d")


def minute(at: int) -> str:
    """The minute of a moment, UTC.

    >>> minute(1735689660)
    '2025-01-01 00:01'
    """
    return _moment(at).strftime("%Y-%m-%d %H:%M")


def percent(share: float) -> str:
    """A share as a percentage.

    >>> percent(0.125)
    '12 %'
    """
    return f"{share * 100:.0f} %"


def link(platform: str, native_id: str) -> str:
    """Where a post can be read, or its id where the platform has no known address.

    >>> link("x", "123"), link("forum", "a/7")
    ('https://x.com/i/web/status/123', 'a/7')
    """
    return LINKS.get(platform, "{}").format(native_id)


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
