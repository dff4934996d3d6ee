"""Who moved, and who may: on a world with planted rising stars."""

from __future__ import annotations

from functools import partial

import pytest

from hcpgraph.errors import ThinRecord
from hcpgraph.ranking import prior
from hcpgraph.study import Study

AREAS = ("breast-cancer", "lung-cancer", "diabetes", "heart-failure", "asthma")
LAST_QUARTER = "2025-10-01"


def test_most_of_those_named_are_planted_rising_stars(full):
    """In the last quarter against the time before, few are named, most rightly so."""
    named, planted = [], set()
    for area in AREAS:
        changes = full.study.compare(area, at=LAST_QUARTER, resamples=40)
        table = changes.table
        named += zip(table["id"], table["moved"], strict=True)
        planted |= full.who(planted_kind="rising", area=area)
        assert changes.moved == len(table) <= changes.compared

    risen = [account for account, moved in named if moved in {"up", "new"}]
    # resampled by original post, few of the five that single posts would name; some by
    # late responders nobody vouches for, who are discounted
    assert set(risen) & planted
    assert len(set(risen) - planted) <= len(risen) / 3


def test_ranks_are_those_of_the_two_rankings(full):
    """What compare says of a period, rank says too, if it weighs signals alike."""
    changes = full.study.compare("diabetes", at=LAST_QUARTER, resamples=40)
    rank = partial(full.study.rank, "diabetes", top=10_000, weights=dict(prior().value))
    listed = {"before": rank(until=LAST_QUARTER), "after": rank(since=LAST_QUARTER)}

    for name, ranking in listed.items():
        place = dict(zip(ranking.table["id"], ranking.table["rank"], strict=True))
        ids, ranks = changes.table["id"], changes.table[f"rank_{name}"]
        assert ids
        assert [place.get(account) for account in ids] == list(ranks)
        rows = zip(
            changes.table[f"low_{name}"],
            ranks,
            changes.table[f"high_{name}"],
            strict=True,
        )
        assert all(rank is None or low <= rank <= high for low, rank, high in rows)


def test_rising_stars_are_released_like_leaders(full):
    """Only people who may be listed, of the audience, country and role asked for."""
    hidden = full.who(listable="false")
    found = full.study.rising("asthma", top=1000)
    nurses = full.study.rising("asthma", top=1000, role="nurse")

    assert not hidden & set(found.table["id"])
    assert set(nurses.table["role"]) == {"nurse"}
    assert found.check["brier"] < 1.1 * found.check["brier_base_rate"]
    assert sum(found.calibration["people"]) > 500
    assert found.parameters["area"] == "asthma"
    assert repr(found).startswith("Rising(asthma, ")


def test_the_list_is_cut_and_repeats(full):
    """The first two of a longer list, the same bytes again."""
    long = full.study.rising("asthma", top=6)
    short = full.study.rising("asthma", top=2)

    assert short.table == long.table.head(2)
    assert len(full.study.rising("asthma", top=0)) == 0
    with pytest.raises(ValueError, match="top"):
        full.study.rising("asthma", top=-1)


def test_a_study_without_times_says_so(tmp_path):
    """Follows alone cannot be compared over time, nor foretell anything."""
    ties = tmp_path / "ties.csv"
    ties.write_text("source,target,kind\n1,2,follow\n3,2,follow\n", encoding="utf-8")
    study = Study(tmp_path / "study.duckdb")
    study.add(ties)

    with pytest.raises(ValueError, match="has a time"):
        study.compare(at="2025-01-01")
    with pytest.raises(ThinRecord, match="have a time"):
        study.rising()
