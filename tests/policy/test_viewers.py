"""Viewers and regions of a policy: what they say, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hcpgraph.model.column import NOBODY
from hcpgraph.model.columns import LISTS
from hcpgraph.model.names import LAYERS
from hcpgraph.policy import load, parse, region_of

VIEWER = """
[viewers.field]
columns = ["rank", "rank_*", "name", "reason"]
without = ["rank_low"]
purposes = ["commercial"]
[viewers.field.rows]
country = ["Germany", "DE"]
role = ["clinician"]
basis = ["optin"]
[regions.eu]
countries = ["DE"]
basis = ["consent"]
channels = ["email"]
retention_days = 30
"""


def test_the_viewer_where_nobody_is_named_sees_today_s_lists():
    """All columns of all lists, and everybody."""
    viewer = load().viewers["medical"]

    assert viewer.everything
    assert all(
        viewer.sees(listing, column.name)
        for listing, columns in LISTS.items()
        for column in columns
    )


def test_the_packaged_viewers_are_those_of_the_trade():
    """Each has a purpose; who sells sees no score, and outside nobody at all."""
    viewers = load().viewers

    assert set(viewers) == {
        *("sales", "kam", "msl", "medical", "compliance", "safety", "outside"),
    }
    assert viewers["sales"].purposes == ("commercial",)
    for column in ("score", "tier", "response", "path", "topics", "evidence", "link"):
        assert not viewers["sales"].shows(column)
    assert viewers["sales"].sees("rank", "name")
    assert viewers["safety"].sees("evidence", "link")
    assert viewers["kam"].sees("prospects", "reason")
    assert viewers["compliance"].everything
    for listing, columns in LISTS.items():
        if any(column.privacy != NOBODY for column in columns):
            seen = [c.name for c in columns if viewers["outside"].sees(listing, c.name)]
            assert seen == []
        else:
            assert all(viewers["outside"].sees(listing, c.name) for c in columns)


def test_a_file_changes_what_it_names_and_nothing_else():
    """Viewers beside the packaged ones; words, people and audiences as they come."""
    before, after = load(), parse(VIEWER, "own.toml")

    assert set(after.viewers) == {*before.viewers, "field"}
    assert after.viewers["sales"] == before.viewers["sales"]
    assert after.words == before.words
    assert after.audiences == before.audiences
    assert after.regions["uk"] == before.regions["uk"]
    assert parse("", "own.toml") == before


def test_rules_of_a_viewer_are_read_as_they_stand():
    """Patterns, exceptions, rows without case, basis and purposes."""
    viewer = parse(VIEWER, "own.toml").viewers["field"]

    assert viewer.sees("rank", "rank_high")
    assert not viewer.sees("rank", "rank_low")
    assert not viewer.sees("rank", "score")
    assert viewer.rows == {
        "country": frozenset({"germany", "de"}),
        "role": frozenset({"clinician"}),
    }
    assert viewer.basis == {"optin"}
    assert viewer.purposes == ("commercial",)
    assert viewer.some_people
    assert not viewer.everything


def test_a_text_is_seen_where_all_that_it_tells_of_is():
    """A reason tells of rank, community and who introduces."""
    rules = VIEWER.replace('"reason"]', '"reason", "community"]')
    with_all = rules.replace('"community"]', '"community", "introducer"]')

    assert not parse(rules, "own.toml").viewers["field"].sees("prospects", "reason")
    assert parse(with_all, "own.toml").viewers["field"].sees("prospects", "reason")


def test_what_a_column_tells_of_is_a_column():
    """``of`` names columns that a policy can name."""
    every = {column.name for columns in LISTS.values() for column in columns}

    assert {
        name for columns in LISTS.values() for column in columns for name in column.of
    } <= every


def test_the_page_of_the_policy_says_what_columns_are_made_of():
    """Whoever writes rules reads there which columns go together."""
    page = (Path(__file__).parents[2] / "docs" / "policy.md").read_text("utf-8")
    said = {
        (listing, column): made
        for listing, column, made in re.findall(
            r"^\| `([a-z ]+)` \| `(\w+)` \| (.*`.*) \|$", page, re.MULTILINE
        )
    }

    declared = {
        (listing, column.name): column.of
        for listing, columns in LISTS.items()
        for column in columns
        if column.of
    }
    assert said.keys() == declared.keys()
    for key, of in declared.items():
        layers = of == LAYERS
        assert layers or said[key] == ", ".join(f"`{name}`" for name in of)


def test_a_country_has_the_rules_of_its_region():
    """By code or name, without case; every other country has those of the others."""
    regions = parse(VIEWER, "own.toml").regions

    assert region_of(regions, "de").retention_days == 30
    assert region_of(regions, "de").basis == ("consent",)
    assert region_of(regions, "united kingdom").name == "uk"
    assert region_of(regions, "Chile").name == "others"
    assert region_of(regions, None).name == "others"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('columns = ["rank"', 'colums = ["rank"', "no rule 'colums'"),
        ('"name"', '"nme"', "no column 'nme'; did you mean 'name'"),
        ('columns = ["rank", "rank_*", "name", "reason"]\n', "", "'columns' must be"),
        ('["rank_low"]', '"rank_low"', "'without' must be a list of texts"),
        ('["commercial"]', '["commerce"]', "no purpose 'commerce'"),
        ('["commercial"]', "[]", "'purposes' must name one"),
        ('role = ["clinician"]', 'role = ["clinican"]', "did you mean 'clinician'"),
        ('role = ["clinician"]', 'rle = ["clinician"]', "no rule 'rle'"),
        ("country = [", "countries = [", "no rule 'countries'"),
        ('["Germany", "DE"]', "7", "'country' must be a list of texts"),
        ("[viewers.field]", "[viewer.field]", "no rule 'viewer'"),
        ("retention_days = 30", "retention_days = true", "must be a number from 1"),
        ("retention_days = 30", "retention = 30", "no rule 'retention'"),
        ('countries = ["DE"]', 'countries = ["GB"]', "'gb' is in both eu and uk"),
        ("[regions.eu]", "[regions.others]", "is every other country; name none"),
    ],
)
def test_a_rule_that_is_half_understood_is_refused(old, new, words):
    """By its name, in one line; a viewer never sees more for a slip of the pen."""
    assert old in VIEWER
    with pytest.raises(ValueError, match=words) as caught:
        parse(VIEWER.replace(old, new), "own.toml")
    assert "\n" not in str(caught.value)
