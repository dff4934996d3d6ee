"""Who works in an area."""

from __future__ import annotations

import duckdb
import pytest

from hcpgraph.store.queries.working import read_working
from hcpgraph.store.schema import migrate


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        migrate(opened, 0)
        opened.execute(
            "insert into area values (0, 'asthma', 'Asthma', null, 'own'),"
            " (1, 'gout', 'Gout', null, 'own')"
        )
        opened.execute(
            "insert into account_area values (5, 0, 'roster', null, null, null),"
            " (3, 0, 'posts', 2, 0.1, null), (4, 0, 'posts', 1, 0.9, null),"
            " (6, 0, 'posts', 9, 0.05, null), (3, 0, 'bio', null, null, 'asthma'),"
            " (9, 1, 'bio', null, null, 'gout')"
        )
        yield opened


def test_those_who_work_in_an_area_come_once_in_order(connection):
    """A roster, a bio, or two posts that are a tenth of all; not one in passing."""
    assert read_working(connection, "asthma").tolist() == [3, 5]


def test_an_area_nobody_works_in_is_empty(connection):
    """No answer is an empty one, not an error."""
    assert read_working(connection, "none").tolist() == []
