"""Values in queries, without bound parameters."""

from __future__ import annotations

import ast
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hcpgraph.store
from hcpgraph.model.statements import IfAny
from hcpgraph.store.sql import execute, literal, rows, run_statements

STORE = Path(hcpgraph.store.__file__).parent


@pytest.fixture(scope="module")
def connection():
    """A database in memory."""
    with duckdb.connect() as opened:
        yield opened


texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.one_of(
        st.none(),
        texts,
        st.integers(-(2**63), 2**63 - 1),
        st.lists(texts),
        st.datetimes(),
    )
)
def test_a_value_comes_back_as_it_was_given(connection, value):
    """Quotes, line ends, the character 0: no text is read as anything but text."""
    ((found,),) = execute(connection, "select $value", {"value": value}).fetchall()

    assert found == value


def test_a_value_is_not_searched_for_names(connection):
    """What a user types cannot ask for other values, or write queries."""
    asked = {"one": "$two", "two": "'); drop table account; --"}

    found = execute(connection, "select $one, $two", asked).fetchall()

    assert found == [("$two", "'); drop table account; --")]


def test_a_name_without_a_value_is_an_error(connection):
    """A slip in a query does not pass as an empty value."""
    with pytest.raises(KeyError, match="two"):
        execute(connection, "select $one, $two", {"one": 1})


def test_kinds_that_no_query_needs_are_refused():
    """Never a guess at how the database would read a value."""
    with pytest.raises(TypeError, match="no literal"):
        literal(b"bytes")


def test_rows_keep_their_order_and_their_nulls(connection):
    """Many rows are one statement."""
    given_rows = [(2, "it's"), (1, None)]

    found = connection.execute(f"select * from (values {rows(given_rows)})").fetchall()

    assert found == given_rows


@pytest.mark.parametrize("path", sorted(STORE.glob("*.py")), ids=lambda p: p.name)
def test_no_query_binds_parameters(path):
    """The first bound parameter would make DuckDB import pandas."""
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]

    binding = [
        ast.unparse(call)
        for call in calls
        if call.func.attr == "executemany"
        or (call.func.attr == "execute" and len(call.args) + len(call.keywords) > 1)
    ]

    assert not binding


@pytest.mark.parametrize(
    ("asked", "ran"), [("select 1", [1, 3]), ("from seen", [2, 3])]
)
def test_what_waits_for_an_answer_runs_if_the_answer_fits(connection, asked, ran):
    """One of two ways is gone, and what stands behind them is run in any case."""
    write = "insert into seen values ({})".format

    run_statements(
        connection,
        (
            "create or replace temp table seen (step integer)",
            IfAny(asked, then=(write(1),), otherwise=(write(2),)),
            write(3),
        ),
    )

    assert [step for (step,) in connection.execute("from seen").fetchall()] == ran
