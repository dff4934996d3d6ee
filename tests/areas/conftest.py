"""A database with the tables that the labelling queries read and write."""

from __future__ import annotations

import duckdb
import pytest

from hcpgraph import areas
from hcpgraph.store.sql import run_statements

_TABLES = """
create table area(area smallint primary key, slug varchar unique, name varchar,
    mesh varchar, origin varchar);
create table area_term(area smallint, kind varchar, term varchar);
create table account(account integer primary key, name varchar, bio varchar,
    listable boolean);
create table post(post integer primary key, platform varchar, native_id varchar,
    author integer, kind varchar, refers_to varchar, text varchar, hashtags varchar[]);
create view post_name as select platform, native_id, post from post;
create table person(person integer primary key, specialty varchar, area varchar);
create table person_account(person integer, account integer);
create table file_area(file integer, area smallint);
create table post_area(post integer, area smallint, evidence varchar);
create table account_area(account integer, area smallint, source varchar,
    posts integer, share double, evidence varchar);
create table account_role(account integer, role varchar, source varchar,
    evidence varchar);
create temp table new_post(post integer);
create temp table touched_account(account integer);
"""


class Study:
    """The tables, with shorthands to fill them and to run the queries."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(_TABLES)

    def use(self, vocabulary):
        area_rows, term_rows = areas.rows(vocabulary)
        self.connection.executemany(
            "insert into area values (?, ?, ?, ?, ?)", area_rows
        )
        self.connection.executemany("insert into area_term values (?, ?, ?)", term_rows)

    def add_posts(self, *texts, author=0, first=0):
        """Original posts with these texts, numbered from *first*, to be labelled."""
        for number, text in enumerate(texts, first):
            self.add_post(number, text, author=author)

    def add_post(self, number, text, *, author=0, hashtags=None, repeats=None):
        kind = "original" if repeats is None else "repost"
        refers_to = None if repeats is None else str(repeats)
        self.connection.execute(
            "insert into post values (?, 'x', ?, ?, ?, ?, ?, ?)",
            [number, str(number), author, kind, refers_to, text, hashtags],
        )
        self.connection.execute("insert into new_post values (?)", [number])

    def add_account(self, number, *, name=None, bio=None, role=None, listable=True):
        self.connection.execute(
            "insert into account values (?, ?, ?, ?)", [number, name, bio, listable]
        )
        self.connection.execute("insert into touched_account values (?)", [number])
        if role:
            self.connection.execute(
                "insert into account_role values (?, ?, 'bio', 'test')", [number, role]
            )

    def label(self):
        run_statements(self.connection, (*areas.label_posts, *areas.label_accounts))

    def next_file(self):
        """Forget what is new, as after an import."""
        self.connection.execute("delete from new_post; delete from touched_account")

    def rows(self, query):
        return self.connection.execute(query).fetchall()

    def post_areas(self):
        """For each post, its areas and the evidence of each."""
        found = {}
        query = """select post, slug, evidence from post_area join area using (area)
            order by post, slug"""
        for post, slug, evidence in self.rows(query):
            found.setdefault(post, {})[slug] = evidence
        return found

    def account_areas(self, source):
        query = """select account, slug, posts, share, evidence
            from account_area join area using (area)
            where source = ? order by account, slug"""
        return self.connection.execute(query, [source]).fetchall()


@pytest.fixture
def empty_study():
    with_tables = Study()
    yield with_tables
    with_tables.connection.close()


@pytest.fixture
def study(empty_study):
    """A database with the built-in vocabulary."""
    empty_study.use(areas.load())
    return empty_study
