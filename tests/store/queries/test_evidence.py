"""The posts behind ties."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest

from hcpgraph.store.queries.evidence import Post, read_hashtags, read_posts


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        opened.execute(
            "create table post (post integer, platform varchar, native_id varchar,"
            " author integer, created_at timestamp, kind varchar, replies bigint,"
            " reposts bigint, quotes bigint, text varchar, hashtags varchar[])"
        )
        opened.execute(
            "insert into post values"
            " (1, 'x', '101', 7, '2025-01-01', 'original', 1, 2, null, 'words',"
            " ['asthma', 'ERS']),"
            " (2, 'x', '102', 8, null, 'repost', 5, 900, 5, 'words', []),"
            " (3, 'x', '103', 9, null, 'reply', null, null, null, 'words', null)"
        )
        yield opened


def test_posts_come_by_number_each_once(connection):
    """Whatever the order in which they are asked for."""
    found = read_posts(connection, np.array([3, 1, 3], np.int32))

    assert found == [
        Post(1, "x", "101", 7, "original", 1735689600, 3),
        Post(3, "x", "103", 9, "reply", None, 0),
    ]


def test_a_repost_has_no_answers_of_its_own(connection):
    """The platform shows the numbers of the original on it."""
    (found,) = read_posts(connection, np.array([2], np.int32))

    assert found.answers == 0


def test_no_posts_are_no_error(connection):
    """A study of follows has none."""
    assert read_posts(connection, np.empty(0, np.int32)) == []


def test_hashtags_of_posts_that_have_any(connection):
    """What a post is about, as its author tagged it; others are left out."""
    found = read_hashtags(connection, np.array([3, 2, 1, 1], np.int32))

    assert found == {1: ["asthma", "ERS"]}
