"""Times and periods in words, UTC."""

from __future__ import annotations

from datetime import UTC, datetime, time


def second(at: int) -> str:
    """A time, to the second.

    >>> second(1735689661)
    '2025-01-01T00:01:01Z'
    """
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%S}Z"


def stamp(end: datetime | None) -> str | None:
    """A time as provenance keeps it; None for no bound.

    >>> stamp(datetime(2025, 1, 1)), stamp(None)
    ('2025-01-01T00:00:00Z', None)
    """
    return None if end is None else f"{end.isoformat()}Z"


def day_or_second(end: datetime | None) -> str | None:
    """A time as people write it: the day alone for midnight.

    >>> day_or_second(datetime(2025, 1, 1)), day_or_second(datetime(2025, 1, 1, 6))
    ('2025-01-01', '2025-01-01T06:00:00Z')
    """
    if end is not None and end.time() == time.min:
        return f"{end:%Y-%m-%d}"
    return stamp(end)


def period(first: datetime | None, last: datetime | None) -> str:
    """A period, its end exclusive.

    >>> period(None, datetime(2025, 1, 1)), period(datetime(2025, 1, 1, 6), None)
    ('all before 2025-01-01', 'all from 2025-01-01T06:00:00Z on')
    """
    begin, end = day_or_second(first), day_or_second(last)
    if begin and end:
        return f"{begin} to {end}"
    return f"all before {end}" if end else f"all from {begin} on"
