"""What a study takes from the clock: when it is changed, and today for consent."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """Now, in UTC, to the second, without a zone as the tables keep it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def today() -> date:
    """Today, in UTC: the one thing that a result takes from the clock."""
    return now().date()
