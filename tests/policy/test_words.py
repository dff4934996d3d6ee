"""Which words may leave: names under all their spellings stay."""

from __future__ import annotations

import pytest

from hcpgraph.policy import Words, load

ANNA = [("name", "Dr. Anna Smith, MD"), ("handle", "annas_84"), ("id", "129403047242")]
TERMS = ["breast cancer", "breastcancer", "lung cancer"]


@pytest.fixture
def said():
    """Words of a study in which some people must never be listed."""

    def make(called=ANNA, terms=TERMS):
        return Words(called, terms, load().words)

    return make


@pytest.mark.parametrize(
    "text",
    [
        *("annasmith", "AnnaSmith", "ANNASMITH", "DrAnnaSmith", "AnnaSmithMD"),
        *("anna_smith", "annasmith2024", "AnnaSmith2024", "smithanna", "asmith"),
        *("TeamAnnaSmith", "thankyouannasmith", "Smith", "TeamSmith", "smithlab"),
        *(
            "drsmith",
            "ÁnnaSmíth",
            "\uff41\uff4e\uff4e\uff41smith",
            "annas_84",
            "annas84",
        ),
        *("askannas84", "129403047242", "@annas_84", "Anna Smith"),
        "https://x.com/annas_84/status/1",
        "exports/annasmith-followers.jsonl.gz",
        "user_129403047242.json",
    ],
)
def test_a_name_is_known_under_all_its_spellings(text, said):
    """Titles, degrees, digits, accents, capitals and order hide nobody."""
    assert said().calls(text)


@pytest.mark.parametrize(
    ("called", "text"),
    [
        (("name", "Jörg Müller"), "joergmueller"),
        (("name", "Jörg Müller"), "jorgmuller"),
        (("name", "Søren Łukasz Weiß"), "SorenWeiss"),
        (("name", "María José Núñez"), "mariajosenunez"),
        (("name", "王小明"), "王小明"),
        (("name", "Анна Смирнова"), "АннаСмирнова"),
        (("name", "annaSmith"), "annasmith"),
        (("handle", "anna@mastodon.social"), "anna"),
        (("handle", "bo1"), "bo1"),
        (("id", "did:plc:abcdefgh"), "did:plc:abcdefgh"),
        (("id", "7"), "7"),
    ],
)
def test_names_of_all_languages_and_platforms(called, text, said):
    """Written with or without accents, with letters written out, with a host."""
    assert said([called]).calls(text)


@pytest.mark.parametrize(
    "text",
    [
        *("immunotherapy", "MedTwitter", "asco24", "tnbc", "posts-2025-h1.jsonl.gz"),
        *("breastcancer", "patientsafety", "", "#", "Mostly Oncology, US"),
    ],
)
def test_other_words_may_leave(text, said):
    """What calls nobody is no secret."""
    assert not said().calls(text)


def test_words_that_people_take_for_names_stay_words(said):
    """Somebody who calls herself so takes no topic away; her handle itself stays."""
    words = said([("name", "Breast Cancer Survivor Jane"), ("handle", "cancer")])

    assert not words.calls("cancersurvivor")
    assert not words.calls("lungcancerawareness")
    assert words.calls("survivorjane")
    assert words.calls("jane")
    assert words.calls("cancer")


def test_terms_are_those_of_the_vocabulary(said):
    """However they are written."""
    assert said().is_term("#BreastCancer")
    assert not said().is_term("annasmith")


def test_nobody_is_called_where_nobody_is_held_back(said):
    """Without such people every word may leave."""
    assert not said([]).calls("annasmith")


def test_a_text_of_any_length_is_looked_through(said):
    """A file may quote a word of 100,000 letters, and have a name as long."""
    letters = "xq" * 50_000
    words = said([*ANNA, ("handle", "ab" * 5_000), ("name", "Lou Verylongname")])

    assert not words.calls(letters)
    assert words.calls(f"{letters}annasmith{letters}")
    assert words.calls(f"{letters}verylongname")
    assert words.calls(f"{letters}{'ab' * 50_000}{letters}")
