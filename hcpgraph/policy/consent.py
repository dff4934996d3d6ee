"""What people allow: statements that conflict, and the least permissive of them.

The least permissive wins: one no outweighs every yes, in whatever order they were said
or read, and a term that is over is a no. A yes of the same channel and purpose that was
given after a term began renews it. What is asked for and not yet given is no yes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.model.consent import (
    ALL,
    CONTACT,
    INFORMED,
    NO,
    NOTICE,
    PENDING,
    PROFILING,
    TRACKING,
    YES,
    Permission,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hcpgraph.model.consent import Statement

# All else is contact, for whatever purpose.
_NOT_CONTACT: Final = (PROFILING, TRACKING)


def in_force(one: Statement, on: date) -> bool:
    """Whether a statement counts as it was said: its term has begun and is not over.

    A no counts at once and for good.

    >>> from datetime import date
    >>> from hcpgraph.model.consent import Statement
    >>> yes = Statement("email", "contact", "yes", until=date(2026, 3, 31))
    >>> in_force(yes, date(2026, 3, 31)), in_force(yes, date(2026, 4, 1))
    (True, False)
    """
    if one.status in (NO, INFORMED):
        return True
    begun = one.given is None or one.given <= on
    return begun and (one.until is None or on <= one.until)


def decide(
    statements: Iterable[Statement], on: date, *, channel: str, purpose: str
) -> Permission:
    """Whether a person allows a purpose by a channel.

    Args:
        statements: all that is known of the person.
        on: the day.
        channel: one of ``CHANNELS``; ``"all"`` asks of no channel in particular.
        purpose: ``"profiling"``, ``"contact"`` (for any purpose), ``"medical"`` or
            ``"commercial"`` (contact for it).

    >>> from datetime import date
    >>> from hcpgraph.model.consent import Statement
    >>> said = [Statement("email", "contact", s) for s in ("yes", "no")]
    >>> decide(said, date(2026, 1, 1), channel="email", purpose="medical")
    Permission(allowed=False, objected=True, basis='', until=None)
    """
    told = sorted(
        (one for one in set(statements) if _speaks_of(one, channel, purpose)),
        key=_by_day,
    )
    against = [one for one in told if _refuses(one, told, on)]
    granted = [
        one
        for one in told
        if one.status == YES
        and in_force(one, on)
        and one.purpose in (ALL, CONTACT, purpose)
    ]
    open_ = any(one.status == PENDING for one in told)
    if against or open_ or not granted:
        return Permission(allowed=False, objected=bool(against))
    ends = [one.until for one in granted if one.until is not None]
    basis = next((one.basis for one in reversed(granted) if one.basis), "")
    # as long as one of them holds, something is allowed
    until = max(ends) if len(ends) == len(granted) else None
    return Permission(allowed=True, objected=False, basis=basis, until=until)


def objects_to_profiling(statements: Iterable[Statement], on: date) -> bool:
    """Whether a person may not be scored."""
    return decide(statements, on, channel=ALL, purpose=PROFILING).objected


def objects_to_contact(
    statements: Iterable[Statement], on: date, *, channel: str, purpose: str
) -> bool:
    """Whether a person may not be approached."""
    return decide(statements, on, channel=channel, purpose=purpose).objected


def bases(
    statements: Iterable[Statement],
    on: date,
    *,
    purpose: str | None = None,
    channel: str | None = None,
) -> frozenset[str]:
    """The bases on which something is allowed of a person on a day.

    Args:
        statements: all that is known of the person.
        on: the day.
        purpose: what is allowed; None for anything.
        channel: how; None for any.
    """
    every = set(statements)
    granted = (
        one
        for one in every
        if one.status == YES
        and in_force(one, on)
        and (purpose is None or _speaks_of(one, one.channel, purpose))
        and (channel is None or one.channel in (ALL, channel))
    )
    return frozenset(
        one.basis or "consent"
        for one in granted
        if decide(
            every,
            on,
            channel=channel or one.channel,
            purpose=purpose or one.purpose,
        ).allowed
    )


def strictness(
    statements: Iterable[Statement], on: date, *, channel: str, purpose: str
) -> int | None:
    """How little a person allows: 0 yes, 1 not yet, 2 no; None if nothing is said."""
    told = [one for one in statements if _speaks_of(one, channel, purpose)]
    if not told:
        return None
    found = decide(told, on, channel=channel, purpose=purpose)
    return 2 if found.objected else int(not found.allowed)


def informed(statements: Iterable[Statement]) -> bool:
    """Whether a person was informed of where the data came from."""
    return any(one.status == INFORMED for one in statements)


def _speaks_of(one: Statement, channel: str, purpose: str) -> bool:
    """Whether a statement decides about a purpose by a channel."""
    if one.status == INFORMED or one.purpose == NOTICE:
        return False
    if purpose in _NOT_CONTACT or one.purpose in _NOT_CONTACT:
        # nobody is scored by e-mail: a channel says nothing of it
        everything = (one.purpose, one.channel) == (ALL, ALL)
        return purpose in _NOT_CONTACT and (one.purpose == purpose or everything)
    if one.channel not in (ALL, channel):
        return False
    # who asks for contact of any kind hears of every objection to one
    return one.purpose in (ALL, CONTACT, purpose) or purpose in (ALL, CONTACT)


def _refuses(one: Statement, told: Iterable[Statement], on: date) -> bool:
    """Whether a statement is a no, or its term is over and was not renewed."""
    if one.status == NO:
        return True
    if one.until is None or on <= one.until:
        return False
    return not any(
        other.status == YES
        and (other.channel, other.purpose) == (one.channel, one.purpose)
        and in_force(other, on)
        and one.given is not None
        and other.given is not None
        and other.given > one.given
        for other in told
    )


def _by_day(one: Statement) -> tuple[str, ...]:
    """An order in which the newest comes last."""
    days = ("" if day is None else day.isoformat() for day in (one.given, one.until))
    return (*days, one.channel, one.purpose, one.status, one.basis, one.said_in)
