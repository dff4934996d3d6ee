"""A database with the tables that the queries for roles read and write."""

from __future__ import annotations

import duckdb
import pytest

from hcpgraph.identity import assign_roles
from hcpgraph.store.sql import run_statements

_TABLES = """
create table account(account integer primary key, name varchar, bio varchar,
    listable boolean);
create table person(person integer primary key, role varchar, specialty varchar,
    listable boolean);
create table person_account(person integer, account integer);
create table account_role(account integer, role varchar, source varchar,
    evidence varchar);
create temp table touched_account(account integer);
"""


class Study:
    """The tables, with shorthands to fill them and to run the queries."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(_TABLES)

    def add_accounts(self, accounts):
        """Accounts from (name, bio), numbered from 0, all touched."""
        rows = [(number, *said, True) for number, said in enumerate(accounts)]
        self.connection.executemany("insert into account values (?, ?, ?, ?)", rows)
        self.connection.execute(
            "insert into touched_account select account from account"
        )

    def add_person(self, person, account, role, *, specialty=None, listable=True):
        self.connection.execute(
            "insert into person values (?, ?, ?, ?)",
            [person, role, specialty, listable],
        )
        self.connection.execute(
            "insert into person_account values (?, ?)", [person, account]
        )

    def assign(self):
        run_statements(self.connection, assign_roles)

    def rows(self, query):
        return self.connection.execute(query).fetchall()

    def roles(self, source="bio"):
        found = self.connection.execute(
            "select account, role from account_role where source = ?", [source]
        )
        return dict(found.fetchall())

    def closed(self):
        """Accounts that must not be listed."""
        query = "select account from account where not listable"
        return {account for (account,) in self.rows(query)}


@pytest.fixture
def study():
    with_tables = Study()
    yield with_tables
    with_tables.connection.close()
