"""Days of consent: on which it was said, and the last on which it holds.

A time of day with a zone becomes the day in UTC. A term that ends within a day does not
hold on that day, as a day on which something is allowed is allowed as a whole. Whether
the day or the month comes first in 03/04/2025 is never guessed.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

_EARLIEST: Final = date(1990, 1, 1)
_ENDLESS: Final = date(2100, 1, 1)  # databases write a day far ahead for no end
_ISO: Final = re.compile(
    r"(?P<year>\d{4})[-/.]?(?P<month>\d{2})[-/.]?(?P<day>\d{2})"
    r"(?:[T ]+(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE,
)
_DAY_FIRST: Final = re.compile(
    r"(\d{1,2})[.](\d{1,2})[.](\d{4})(?:[ ,]+(\d{1,2}):(\d{2})"
    r"(?::(\d{2}))?)?"
)
_SLASHED: Final = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[ ,]+.*)?")
_NAMED: Final = re.compile(
    r"(?:(\d{1,2})[ .-]+([^\W\d]+)\.?[ ,-]+(\d{4})|([^\W\d]+)\.? (\d{1,2}),? (\d{4}))"
)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january janvier enero gennaio ene gen janv",
            "feb februar february février febrero febbraio fevr févr",
            "mar märz march mars marzo mrz mär",
            "apr april avril abril aprile abr avr",
            "may mai mayo maggio mag",
            "jun juni june juin junio giugno giu",
            "jul juli july juillet julio luglio lug juil",
            "aug august août agosto ago aout",
            "sep september septembre septiembre settembre sept set",
            "oct oktober october octobre octubre ottobre okt ott",
            "nov november novembre noviembre",
            "dec dezember december décembre diciembre dicembre dez dic déc",
        ),
        start=1,
    )
    for name in names.split()
}


def day_of(cell: str) -> date | None:
    """The day on which something was said, in UTC; None where the cell is empty.

    Raises:
        ValueError: if it is no day, or not certainly one.

    >>> day_of("2026-03-31T23:30:00-05:00"), day_of("31.03.2026")
    (datetime.date(2026, 4, 1), datetime.date(2026, 3, 31))
    """
    found = _read(cell)
    return None if found is None else _within(found[0].date())


def last_day(cell: str) -> date | None:
    """The last day of a term; None where the cell is empty or the term without end.

    Raises:
        ValueError: if it is no day, or not certainly one.

    >>> last_day("2026-03-31"), last_day("2026-03-31T12:00:00Z")
    (datetime.date(2026, 3, 31), datetime.date(2026, 3, 30))
    """
    found = _read(cell)
    if found is None:
        return None
    moment, timed = found
    if moment.date() >= _ENDLESS:
        return None
    # to the last minute of a day is to its end
    whole = not timed or (moment.hour, moment.minute) == (23, 59)
    return _within(moment.date() - timedelta(days=0 if whole else 1))


def _within(day: date) -> date:
    if not _EARLIEST <= day < _ENDLESS:
        raise ValueError("a day before 1990 or after 2099")
    return day


def _read(cell: str) -> tuple[datetime, bool] | None:
    """The time in UTC, and whether a time of day is said."""
    text = cell.strip()
    if not text:
        return None
    try:
        found = _iso(text) or _day_first(text) or _slashed(text) or _with_month(text)
    except (ValueError, OverflowError) as error:
        raise ValueError("no such day") from error
    if found is None:
        raise ValueError("not certainly a day; write it as 2026-12-31")
    return found


def _iso(text: str) -> tuple[datetime, bool] | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    hour, minute, second = (
        int(found[name] or 0) for name in ("hour", "minute", "second")
    )
    moment = datetime(year, month, day, tzinfo=UTC) + timedelta(
        hours=hour, minutes=minute, seconds=second
    )
    zone = found["zone"]
    # a spreadsheet writes a day as midnight without a zone
    timed = bool(found["hour"]) and bool(zone or hour or minute or second)
    return moment - _offset(zone), timed


def _offset(zone: str | None) -> timedelta:
    """How far a zone is ahead of UTC."""
    if zone is None or zone[0] not in "+-":
        return timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return ahead if zone[0] == "+" else -ahead


def _day_first(text: str) -> tuple[datetime, bool] | None:
    """31.12.2026, in which the day comes first wherever it is written."""
    found = _DAY_FIRST.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
    moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    return moment, bool(hour or minute or second)


def _slashed(text: str) -> tuple[datetime, bool] | None:
    """12/31/2026 or 31/12/2026, where one of them cannot be a month."""
    found = _SLASHED.fullmatch(text)
    if found is None:
        return None
    first, second, year = (int(part) for part in found.groups())
    if first <= 12 and second <= 12 and first != second:
        raise ValueError("whether the day or the month comes first is not certain")
    month, day = (second, first) if first > 12 else (first, second)
    return datetime(year, month, day, tzinfo=UTC), False


def _with_month(text: str) -> tuple[datetime, bool] | None:
    """31 Dec 2026, December 31, 2026."""
    found = _NAMED.fullmatch(text)
    if found is None:
        return None
    day, name, year = found.group(1, 2, 3) if found[1] else found.group(5, 4, 6)
    month = _MONTHS.get(name.casefold())
    return (
        None
        if month is None
        else (datetime(int(year), month, int(day), tzinfo=UTC), False)
    )
