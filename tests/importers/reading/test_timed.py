"""Times in the formats and zones that people write, in UTC."""

from __future__ import annotations

import duckdb
import pytest

from hcpgraph.importers.reading.times import timed


def read(cell, **options):
    """The time in UTC, whether no zone was named, and why it cannot be read."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        query = f"({timed('(select $1::varchar as t)', 't', **options)})"
        found = connection.execute(
            f'select "at"::varchar, no_zone, time_reason from {query}', [cell]
        )
        return found.fetchone()


@pytest.mark.parametrize(
    ("cell", "at", "no_zone"),
    [
        ("2025-03-01", "2025-03-01 00:00:00", True),
        ("2025-03-01 12:00", "2025-03-01 12:00:00", True),
        ("2025/3/1 7:05", "2025-03-01 07:05:00", True),
        ("2025-03-01T12:00:00+01:00", "2025-03-01 11:00:00", False),
        ("2025-03-01 12:00:00 MST", "2025-03-01 19:00:00", False),
        ("2025-07-01 12:00 Europe/Berlin", "2025-07-01 10:00:00", False),
        ("Sat Mar 01 12:00:00 MST 2025", "2025-03-01 19:00:00", False),
        ("Wed Oct 10 20:19:24 +0200 2018", "2018-10-10 18:19:24", False),
        ("Mar 1, 2025 8:19 PM", "2025-03-01 20:19:00", True),
        ("14-Aug-25", "2025-08-14 00:00:00", True),
        ("1740830400", "2025-03-01 12:00:00", False),
        ("1740830400123", "2025-03-01 12:00:00.123", False),
        (None, None, False),
    ],
)
def test_what_is_certain_needs_no_format(cell, at, no_zone):
    """Year first, month by name, Unix time, zones by offset or by name."""
    assert read(cell) == (at, no_zone, None)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("03/04/2025", "whether the day or the month comes first"),
        ("03.04.25 11:00", "whether the day or the month comes first"),
        ("25/12/2025", "whether the day or the month comes first"),
        ("2025-03-01 12:00 IST", "what zone it names is not certain"),
        ("2025-03-01 12:00 Asia/Nowhere", "what zone it names is not certain"),
        ("45000.5", "neither ISO 8601 nor Unix time"),
        ("20250301", "neither ISO 8601 nor Unix time"),
        ("yesterday", "neither ISO 8601 nor Unix time"),
        ("2150-01-01", "out of range"),
    ],
)
def test_what_is_not_certain_is_not_read(cell, reason):
    """And the reason says what to do."""
    at, _, found = read(cell)

    assert at is None
    assert reason in found


def test_formats_zones_and_their_names():
    """The first format that fits; summer time; names that the user explains."""
    days = {"formats": ("%d/%m/%y %H:%M:%S", "%d.%m.%Y"), "zone": "Europe/Berlin"}
    names = (("SE Asia Standard Time", "Asia/Bangkok"), ("IST", "Asia/Kolkata"))

    assert read("22/09/17 11:00:24", **days)[0] == "2017-09-22 09:00:24"
    assert read("01.02.2025", **days)[0] == "2025-01-31 23:00:00"
    assert read("2022-09-17 11:00:24", **days)[0] == "2022-09-17 09:00:24"  # ISO
    assert read("22/09/17 11:00:24 PST", **days)[0] == "2017-09-22 19:00:24"
    assert "fits no [time] format" in read("9/22/17 1:00:00", **days)[2]
    assert "fits no [time] format" in read("1740830400", **days)[2]
    assert read("1740830400", formats=("unix",))[0] == "2025-03-01 12:00:00"
    cell = "2022-12-03 17:33:21 SE Asia Standard Time"
    assert read(cell, names=names)[0] == "2022-12-03 10:33:21"
    assert read("2022-12-03 17:33 IST", names=names)[0] == "2022-12-03 12:03:00"
