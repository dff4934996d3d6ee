"""The built-in vocabulary, and what is refused in a user's."""

from __future__ import annotations

import pytest

from hcpgraph import areas
from hcpgraph.errors import VocabularyError


def written(folder, text):
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_users_file_is_read(tmp_path):
    """Lists that are missing are empty, and a missing name comes from the slug."""
    path = written(
        tmp_path, '[long-covid]\nmesh = "D000094024"\nhashtags = ["#LongCovid"]\n'
    )

    found = areas.load(path)

    area = areas.Area("long-covid", "Long covid", "D000094024", ("#LongCovid",), (), ())
    assert found == areas.Vocabulary((area,), "mine.toml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[asthma\n", "not valid TOML"),
        ("", "no areas in it"),
        ("title = 'x'\n", "'title' stands outside an area"),
        (
            "[asthma]\nterms = ['wheeze']\n[asthma]\nterms = ['x']\n",
            "area 'asthma' is declared twice",
        ),
        ("['breast cancer']\nterms = ['breast']\n", "a slug is"),
        ("[Asthma]\nterms = ['wheeze']\n", "a slug is"),
        ("[ms]\nhashtags = ['ms']\n", "a slug is"),
        ("[asthma]\n", "area 'asthma' is empty"),
        ("[asthma]\nexclude = ['dog']\n", "area 'asthma' is empty"),
        ("[asthma]\ntags = ['x']\n", "unknown key 'tags'"),
        ("[asthma]\nterms = 'wheeze'\n", "terms must be a list"),
        ("[asthma]\nterms = [1]\n", "terms must be a list"),
        ("[asthma]\nterms = ['ra']\n", "'ra' is too short"),
        ("[asthma]\nexclude = ['']\n", "'' is too short"),
        ("[asthma]\nhashtags = ['#']\n", "'#' is too short"),
        ("[asthma]\nhashtags = ['two words']\n", "is no hashtag"),
        ("[asthma]\nhashtags = ['covid-19']\n", "is no hashtag"),
        ("[asthma]\nterms = ['気管支喘息']\n", "list it under hashtags"),
        ("[asthma]\nterms = ['wheeze']\nmesh = 'asthma'\n", "is no descriptor id"),
        ("[asthma]\nterms = ['wheeze']\nname = ''\n", "is no text with words"),
    ],
)
def test_faults_are_told_in_one_line(tmp_path, text, message):
    """Each fault names the file and what is wrong, on one line."""
    path = written(tmp_path, text)

    with pytest.raises(VocabularyError, match=message) as caught:
        areas.load(path)

    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_told(tmp_path):
    """A wrong path is a vocabulary that cannot be used."""
    with pytest.raises(VocabularyError, match="cannot be read"):
        areas.load(tmp_path / "none.toml")


def test_a_file_in_another_encoding_is_told(tmp_path):
    """Latin-1 is not guessed at."""
    path = tmp_path / "mine.toml"
    path.write_bytes('[asthma]\nname = "Asthmé"\n'.encode("latin-1"))

    with pytest.raises(VocabularyError, match="UTF-8"):
        areas.load(path)


def test_rows_are_folded_and_number_from_first():
    """Phrases become hashtags; slug and name become terms; nothing repeats."""
    area = areas.Area(
        "bowel-disease", "Bowel Disease", None, ("#IBD_chat",), ("Côlon",), ("Dogs",)
    )
    vocabulary = areas.Vocabulary((area,), "mine.toml")

    area_rows, term_rows = areas.rows(vocabulary, first=7)

    assert area_rows == [(7, "bowel-disease", "Bowel Disease", None, "mine.toml")]
    assert term_rows == [
        (7, "exclude", "dogs"),
        (7, "hashtag", "boweldisease"),
        (7, "hashtag", "ibd chat"),
        (7, "term", "bowel disease"),
        (7, "term", "colon"),
    ]


def test_the_built_in_vocabulary_is_whole():
    """Every area has a heading, hashtags and terms, and words are not repeated."""
    found = areas.load()

    assert found.origin == "built-in"
    assert len(found.areas) >= 24
    for area in found.areas:
        assert area.mesh, area.slug
        assert area.hashtags, area.slug
        assert area.terms, area.slug
        for words in (area.hashtags, area.terms, area.exclude):
            bare = [areas.folded(word) for word in words]
            assert len(set(bare)) == len(bare), area.slug


def test_no_area_excludes_its_own_terms():
    """A term whose words hold an excluded one could never be found."""
    _, term_rows = areas.rows(areas.load())
    terms = [(area, term) for area, kind, term in term_rows if kind == "term"]
    exclude = [(area, term) for area, kind, term in term_rows if kind == "exclude"]

    clashes = [
        (term, word)
        for area, term in terms
        for other, word in exclude
        if area == other and f" {word} " in f" {term} "
    ]

    assert clashes == []
