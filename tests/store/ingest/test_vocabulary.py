"""Disease areas in the study: numbers for good, words as the last file has them."""

from __future__ import annotations

import duckdb
import pytest

from hcpgraph.store import Labelling, Store

NOTHING = Labelling(posts=(), accounts=())
ASTHMA = ("asthma", "Asthma", "D001249", "built-in")
COPD = ("copd", "COPD", None, "built-in")
GOUT = ("gout", "Gout", None, "mine.toml")


@pytest.fixture
def study(tmp_path):
    """A study that knows COPD and asthma, in this order, by a word each."""
    path = tmp_path / "study.duckdb"
    write(
        path, [COPD, ASTHMA], [("asthma", "term", "asthma"), ("copd", "term", "copd")]
    )
    return path


def write(path, areas, terms):
    with Store.open(path, write=True) as store:
        store.write_vocabulary(areas, terms, NOTHING)


def read(path, query):
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_areas_are_numbered_in_the_order_given(study):
    """The order of the file, not of the alphabet."""
    assert read(study, "select area, slug from area order by area") == [
        (0, "copd"),
        (1, "asthma"),
    ]


def test_new_areas_follow_and_known_ones_keep_their_number(study):
    """Ties that name an area by number stay with it."""
    write(study, [GOUT, (*ASTHMA[:3], "mine.toml")], [("gout", "term", "gout")])

    assert read(study, "select area, slug, mesh, origin from area order by area") == [
        (0, "copd", None, "built-in"),
        (1, "asthma", "D001249", "mine.toml"),
        (2, "gout", None, "mine.toml"),
    ]


def test_an_area_said_again_has_the_new_words_alone(study):
    """Words of areas that are not mentioned stay."""
    write(study, [ASTHMA], [("asthma", "hashtag", "ourasthma")])

    assert read(study, "select area, kind, term from area_term order by all") == [
        (0, "term", "copd"),
        (1, "hashtag", "ourasthma"),
    ]


def test_nothing_temporary_is_left(study):
    """A second vocabulary through the same door meets no leftovers."""
    with Store.open(study, write=True) as store:
        for slug in ("one", "two"):
            store.write_vocabulary([(slug, slug, None, "mine.toml")], [], NOTHING)

    assert len(read(study, "select slug from area")) == 4
