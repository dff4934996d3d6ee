"""What only part of a study has is neither rewarded nor punished, and said first."""

from __future__ import annotations

import csv
import re

import numpy as np
import pytest

from hcpgraph import demo
from hcpgraph.model.note import CAUTION
from hcpgraph.study import Study

SECOND = 1_700_000_000


def write(path, head, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(head)
        csv.writer(file).writerows(rows)
    return path


def acts(people=60, count=800, seed=1):
    """Mentions between people, some of whom are mentioned far more than others."""
    rng = np.random.default_rng(seed)
    rate = np.exp(rng.normal(size=people))
    source = rng.integers(0, people, count)
    target = rng.choice(people, count, p=rate / rate.sum())
    at = SECOND + np.sort(rng.integers(0, 10**7, count))
    return [
        (f"p{s}", f"p{t}", "mention", str(when))
        for s, t, when in zip(
            source.tolist(), target.tolist(), at.tolist(), strict=True
        )
        if s != t
    ]


@pytest.fixture
def add(tmp_path):
    """A study of tables: name -> (head, rows)."""

    def make(**tables):
        folder = tmp_path / "-".join(tables)
        folder.mkdir(exist_ok=True)
        files = [
            write(folder / f"{name}.csv", head, rows)
            for name, (head, rows) in tables.items()
        ]
        study = Study(folder / "study.duckdb")
        study.add(*files)
        return study

    return make


ACTS = (("source", "target", "kind", "timestamp"), acts())
FOLLOW = ("follower", "followed")


def page(owner, count):
    """Followers of one person, most of them in no other layer."""
    return [(f"f{owner}-{i}", f"p{owner}") for i in range(count)]


def ranks(study):
    table = study.rank(top=1_000).table
    return dict(zip(table["id"], table["rank"], strict=True))


def test_two_follower_pages_change_no_rank(add):
    """Whose page was downloaded gains nothing; the first note tells of it."""
    few = [row for owner in (7, 11) for row in page(owner, 150)]
    plain = add(acts=ACTS)
    paged = add(acts=ACTS, seven=(FOLLOW, few))

    found = paged.rank(top=1_000)

    before, after = ranks(plain), ranks(paged)
    assert {name: after[name] for name in before} == before
    assert found.notes[0].startswith("followers are known for 2 of 60 people")
    assert found.notes[0].weight == CAUTION


def test_reach_is_empty_where_it_is_left_out(add):
    """Missing is not zero: no cell says that somebody reaches nobody."""
    few = [row for owner in (7, 11) for row in page(owner, 150)]

    table = add(acts=ACTS, pages=(FOLLOW, few)).rank(top=30).table

    assert set(table["reach"]) == {None}
    assert min(table["resonance"][:20]) > 0


def test_a_layer_asked_for_alone_is_not_left_out(add):
    """By followers alone people with a page are compared, and it is said."""
    few = [row for owner in (7, 11) for row in page(owner, 150)]

    found = add(acts=ACTS, pages=(FOLLOW, few)).rank(top=5, layers={"follow": 1.0})

    assert set(found.table["id"][:2]) == {"p7", "p11"}
    assert "cannot be compared" in found.notes[0]


def test_intervals_tell_what_pages_might_change(add):
    """Intervals of the first are wider than without any thought of followers."""
    few = [row for owner in range(12) for row in page(owner, 5 * 2 ** (owner % 6))]
    plain = add(acts=ACTS).rank(top=40).table
    paged = add(acts=ACTS, few=(FOLLOW, few)).rank(top=40).table

    def widths(table):
        return np.subtract(table["rank_high"], table["rank_low"])[:10]

    assert np.mean(widths(paged)) > 1.3 * np.mean(widths(plain))
    assert all(
        low <= rank <= high
        for low, rank, high in zip(
            paged["rank_low"], paged["rank"], paged["rank_high"], strict=True
        )
    )


def test_the_same_is_said_everywhere(add, tmp_path):
    """Explanation, report, workbook, prospects, compare and backtest say it first."""
    few = [row for owner in (7, 11) for row in page(owner, 150)]
    study = add(acts=ACTS, pages=(FOLLOW, few))
    said = "followers are known for 2 of 60 people"

    assert study.explain("p7").notes[0].startswith(said)
    assert study.backtest().notes[0].startswith(said)
    assert study.prospects(known=["p3"]).notes[0].startswith(said)
    assert (
        study.rank(by="in_degree").notes[0].startswith("followers are known for 2 of")
    )
    assert study.compare(at="2024-01-10").notes[0].startswith(said)


def test_lists_of_accounts_followed_measure_everybody_alike(add):
    """What two people follow is no list of followers: nothing is partial."""
    follows = {
        f"of{owner}": (
            FOLLOW,
            [(f"p{owner}", f"p{i}") for i in range(60) if i != owner],
        )
        for owner in (7, 11)
    }

    notes = add(acts=ACTS, **follows).rank().notes

    assert not any(note.startswith("followers are known") for note in notes)


def test_follows_alone_rank_whom_they_can(add):
    """Without any other layer the people with a list stay first, and all are unsure."""
    rng = np.random.default_rng(3)
    pairs = {
        (f"p{s}", f"p{t}")
        for t in range(20)
        for s in rng.integers(0, 120, 10 + 3 * t).tolist()
        if s != t
    }

    found = add(follows=(FOLLOW, sorted(pairs))).rank(top=1_000)

    assert found.notes[0].startswith("followers are known for 20 of")
    assert set(found.table["id"][:20]) == {f"p{t}" for t in range(20)}
    assert max(found.table["rank_low"][20:]) <= 20
    assert min(found.table["rank_high"][:20]) > 20


def test_complete_follows_are_no_partial_layer(add):
    """Everybody with a list: reach counts, and no note is written."""
    rng = np.random.default_rng(3)
    pairs = {
        (f"p{s}", f"p{t}")
        for t in range(60)
        for s in rng.integers(0, 60, 8 + t % 17).tolist()
        if s != t
    }

    found = add(acts=ACTS, follows=(FOLLOW, sorted(pairs))).rank()

    assert not any(note.startswith("followers are known") for note in found.notes)
    assert min(found.table["reach"]) > 0


def test_undated_people_are_neither_old_nor_new(add):
    """Half the acts without a time: said, and the undated lose no activity."""
    head, rows = ACTS
    undated = [(s, t, kind, "" if int(s[1:]) % 2 else at) for s, t, kind, at in rows]

    found = add(acts=(head, undated)).rank(top=60)

    assert re.match(r"times are known for \d+ of \d+ responses", found.notes[0])
    activity = dict(zip(found.table["id"], found.table["activity"], strict=True))
    odd = [value for name, value in activity.items() if int(name[1:]) % 2]
    even = [value for name, value in activity.items() if not int(name[1:]) % 2]
    assert np.median(odd) == pytest.approx(np.median(even), rel=0.25)


def test_a_claimed_audience_is_a_column_of_its_own(tmp_path):
    """The number of the profile, apart from reach; empty where nobody says."""
    world = demo.make_world(seed=7, size=demo.TINY)
    files = demo.write_exports(world, tmp_path / "exports")
    study = Study(tmp_path / "study.duckdb")
    study.add(*files)

    table = study.rank(top=3).table
    first = study.explain(str(table["id"][0]))

    assert all(isinstance(cell, int) and cell > 0 for cell in table["audience_claimed"])
    assert first.audience_claimed == table["audience_claimed"][0]
    assert any("Audience claimed by the profile" in line for line in first.signals.says)


def test_without_profiles_no_audience_is_claimed(add):
    """An empty cell, not 0."""
    assert set(add(acts=ACTS).rank(top=5).table["audience_claimed"]) == {None}


def test_maps_and_communities_leave_out_what_the_score_leaves_out(add, tmp_path):
    """Two downloaded pages are no communities, no dots and no ties; titles say so."""
    few = [row for owner in (7, 11) for row in page(owner, 150)]
    plain, paged = add(acts=ACTS), add(acts=ACTS, pages=(FOLLOW, few))
    said = "followers are known for 2 of 60 people; left out of the network"

    found, before = paged.communities(), plain.communities()

    assert found.table.columns == before.table.columns
    assert found.notes[0].startswith(said)
    graph, partition = paged.graph_with_communities()
    assert graph.n_nodes == len(partition.ids) == 60
    for kind in ("network", "communities"):
        drawn = paged.figure(kind)
        title = drawn.texts[0].get_text()
        assert "without followers (known for 2 of 60 people)" in title
    for study in (plain, paged):
        nodes = study.export("nodes", tmp_path / f"{study is paged}.csv")
        study.export("ties", tmp_path / f"ties-{study is paged}.csv")
        assert any(note.startswith(said) for note in nodes.notes) == (study is paged)
    for name in ("{}.csv", "ties-{}.csv"):
        first, again = (tmp_path / name.format(one) for one in (False, True))
        assert again.read_bytes() == first.read_bytes()


def test_the_graph_for_own_analyses_has_every_tie(add):
    """Nothing is left out of what is asked for by itself, nor of follows alone."""
    few = [row for owner in (7, 11) for row in page(owner, 150)]
    study = add(acts=ACTS, pages=(FOLLOW, few))

    assert study.graph().n_nodes == 360
