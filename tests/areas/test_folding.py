"""Python and the database fold alike."""

from __future__ import annotations

import unicodedata

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.areas.folding import folded, folded_sql

# Characters that this Python's Unicode does not know may be letters or accents to
# the database, which knows a newer one.
_KNOWN = st.characters(exclude_categories=["Cs", "Cn"])
_connection = duckdb.connect()


def in_sql(texts):
    staged = pa.table({"text": pa.array(texts, pa.string())})
    query = f"select {folded_sql('text')} from staged"
    _connection.register("staged", staged)
    return [row for (row,) in _connection.execute(query).fetchall()]


@settings(deadline=None)
@given(st.lists(st.text(_KNOWN), min_size=1, max_size=50))
def test_database_and_python_fold_alike(texts):
    """A term of the vocabulary is compared with exactly what it was turned into."""
    found = in_sql(texts)

    assert found == [folded(text) for text in texts]


def test_every_letter_folds_alike():
    """No single character, alone or within a word, makes a difference."""
    letters = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000]
    letters = [letter for letter in letters if unicodedata.category(letter) != "Cn"]
    texts = [f"a{letter}B" for letter in letters]

    found = in_sql(texts)

    assert found == [folded(text) for text in texts]


@given(st.text(_KNOWN))
def test_words_stand_one_blank_apart(text):
    """Phrases can be looked up with plain blanks between their words."""
    found = folded(text)

    assert "  " not in found
    assert found == found.strip(" ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#BCSM", "bcsm"),
        ("Crohn\u2019s", "crohn s"),
        ("Crohn's", "crohn s"),
        ("Überlebensrate", "uberlebensrate"),
        ("non-small-cell", "non small cell"),
        ("cancer🎗️care", "cancer care"),
        ("a\x00b", "a b"),
        ("乳癌", "乳癌"),
        ("", ""),
    ],
)
def test_folding_of_known_texts(text, expected):
    """Case, accents, apostrophes, hyphens and emoji do not count."""
    assert folded(text) == expected
    assert in_sql([text]) == [expected]
