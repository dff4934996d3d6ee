"""From the study to arrays: areas, layers, periods, people.

Ties come in one order, whatever order they are stored in.
"""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from hcpgraph.model.files import RowType
from hcpgraph.model.names import LAYERS, ROLES
from hcpgraph.model.ties import NO_AREA, NO_POST, NO_TIME
from hcpgraph.store import Labelling, Scope, Store
from hcpgraph.store.queries.reading import in_order
from tests.store.rows import tie

ALL = tuple(LAYERS)
JUNE = "2025-06-01 00:00:00"
LABELS = Labelling(
    posts=(
        "insert into area select 0, 'asthma', 'Asthma', null, 'test'"
        " where not exists (select 1 from area)",
        "insert into post_area select post, 0, 'text' from post"
        " where text = 'asthma' and post in (select post from new_post)",
    ),
    accounts=(
        "delete from account_area where account in (select * from touched_account)",
        "insert into account_area (account, area, source, evidence)"
        " select account, 0, 'bio', 'bio' from account where bio = 'asthma'"
        " and account in (select * from touched_account)",
    ),
)


def post(name, text):
    return {"native_id": name, "author_id": "1", "kind": "original", "text": text}


@pytest.fixture
def study(exports):
    """Two in asthma (2 and 3) and two not (1 and 4), tied in every way."""
    exports.add(
        "a",
        RowType.POSTS,
        labelling=LABELS,
        posts=[post("p1", "asthma"), post("p2", "weather")],
        ties=[
            tie("1", "2", post_id="p1", at=JUNE),
            tie("1", "3", post_id="p2", at=JUNE),
            tie("2", "3", "follow"),
            tie("2", "4", "follow"),
            tie("4", "1", "quote", area="asthma"),
            tie("4", "1", "mention_in_repost", post_id="p1", at=JUNE),
        ],
        accounts=[
            {"native_id": n, "bio": "asthma", "followers": 9} for n in ("2", "3")
        ],
    )
    return exports.study


def read(study, *, areas=(), layers=ALL, since=None, until=None):
    with Store.open(study) as store:
        return store.read_ties(Scope(areas, layers, since, until))


def pairs(ties):
    return list(zip(ties.source.tolist(), ties.target.tolist(), strict=True))


def test_without_an_area_every_tie_is_read_once_in_order(study):
    """The whole study: sorted, whatever order rows were written in."""
    ties = read(study)

    assert pairs(ties) == sorted(pairs(ties))
    assert len(ties) == 6
    assert set(ties.area.tolist()) == {NO_AREA}
    assert ties.at.tolist().count(NO_TIME) == 3
    assert ties.post.tolist().count(NO_POST) == 3


def test_a_tie_of_a_post_belongs_to_the_posts_areas(study):
    """Who is mentioned in a post about asthma is heard about asthma."""
    assert (0, 1) in pairs(read(study, areas=("asthma",), layers=("mention",)))
    assert (0, 2) not in pairs(read(study, areas=("asthma",), layers=("mention",)))


def test_a_follow_belongs_to_the_areas_both_ends_work_in(study):
    """Following someone of another field says nothing about this one."""
    assert pairs(read(study, areas=("asthma",), layers=("follow",))) == [(1, 2)]


def test_a_tie_of_a_post_without_a_text_belongs_to_the_areas_of_both_ends(exports):
    """A text that is not known makes no area; the people at both ends do."""
    unread = {"native_id": "p3", "author_id": "2", "kind": "original"}
    exports.add(
        "a",
        RowType.POSTS,
        labelling=LABELS,
        posts=[unread, post("p4", "weather")],
        ties=[
            tie("2", "3", post_id="p3", at=JUNE),
            tie("2", "4", post_id="p3", at=JUNE),
            tie("3", "2", post_id="p4", at=JUNE),
        ],
        accounts=[{"native_id": n, "bio": "asthma"} for n in ("2", "3")],
    )

    found = read(exports.study, areas=("asthma",), layers=("mention",))

    with Store.open(exports.study) as store:
        ids = store.read_ids(np.array([*found.source, *found.target], np.int32))
    assert ids == ["2", "3"]


def test_an_area_in_the_file_wins(study):
    """A tie that a file places in an area is there, whoever the ends are."""
    assert pairs(read(study, areas=("asthma",), layers=("quote",))) == [(3, 0)]


def test_layers_and_periods_are_chosen_while_reading(study):
    """Since is inclusive, until exclusive; ties without a time are in every period."""
    june, july = datetime(2025, 6, 1), datetime(2025, 7, 1)  # noqa: DTZ001 - UTC

    assert len(read(study, layers=("mention",))) == 2
    assert len(read(study, layers=("mention",), since=june, until=july)) == 2
    assert len(read(study, layers=("mention",), until=june)) == 0
    assert len(read(study, layers=("follow",), until=june)) == 2


def test_several_areas_come_in_one_read(study):
    """Area numbers point into the areas that were asked for, in that order."""
    ties = read(study, areas=("nowhere", "asthma"))

    assert set(ties.area.tolist()) == {1}
    assert ties.areas == ("nowhere", "asthma")


def test_accounts_carry_posts_of_the_area(study):
    """Own posts are counted in the area and period that are asked about."""
    numbers = np.arange(4, dtype=np.int32)
    with Store.open(study) as store:
        overall = store.read_accounts(numbers, area=None)
        within = store.read_accounts(numbers, area="asthma")

    assert overall.posts.tolist() == [2, 0, 0, 0]
    assert within.posts.tolist() == [1, 0, 0, 0]
    assert overall.followers.tolist() == [-1, 9, 9, -1]
    assert set(overall.role.tolist()) == {ROLES.index("unknown")}


def test_filters_fold_case_and_accents(exports):
    """A country is the same country however it was typed."""
    exports.add(
        "a",
        RowType.PEOPLE,
        people=[{"native_id": "1", "country": "Österreich"}, {"native_id": "2"}],
    )
    with Store.open(exports.study) as store:
        found = store.read_matching(np.array([0, 1], np.int32), country="osterreich")

    assert found.tolist() == [True, False]


def test_profiles_stand_in_the_order_asked_for(study):
    """A list keeps its ranks, and who is asked for twice is there twice."""
    with Store.open(study) as store:
        profiles = store.read_profiles([3, 0, 2, 0], ("name", "role"))

    assert profiles == {
        "id": ["4", "1", "3", "1"],
        "name": [None] * 4,
        "role": ["unknown"] * 4,
    }


def test_ids_carry_their_platform_once_there_are_two(exports):
    """Two platforms may use one number for two people."""
    exports.add("a", RowType.TIES, ties=[tie("1", "@bob")])
    exports.add("b", RowType.TIES, platform="bluesky", ties=[tie("1", "2")])
    with Store.open(exports.study) as store:
        ids = store.read_ids(np.arange(4, dtype=np.int32))
        one, other = store.resolve("x:1"), store.resolve("bluesky:1")

    assert ids == ["x:1", "x:@bob", "bluesky:1", "bluesky:2"]
    assert one != other


def test_responses_to_one_post_share_its_number(exports):
    """Reposts of a post of the study, or of one it does not hold, belong together."""

    def said(name, kind="original", refers_to=None):
        return {**post(name, name), "kind": kind, "refers_to": refers_to}

    exports.add(
        "a",
        RowType.POSTS,
        posts=[
            said("p1"),
            said("p2", "repost", "p1"),
            said("p3", "quote", "unseen"),
            said("p4", "repost", "unseen"),
            said("p5", "reply"),
        ],
        ties=[
            *(tie(str(n), "9", post_id=f"p{n}", at=JUNE) for n in range(1, 6)),
            tie("6", "9", "follow"),
        ],
    )

    with Store.open(exports.study) as store:
        ties = store.read_ties(Scope((), ALL))

    order = np.argsort(ties.source)
    own, of_it, quote, repost, reply, follow = ties.originals()[order].tolist()
    assert own == of_it == ties.post[order][0]
    assert quote == repost
    assert quote not in {own, *ties.post.tolist()}
    assert reply == follow == NO_POST


FIRST_TO_LAST = ("area", "source", "target", "layer", "at", "post", "weight")


def some_ties(count, *, accounts, seed, without=()):
    rng = np.random.default_rng(seed)
    columns = {
        "area": rng.integers(0, 2, count).astype(np.int16),
        "source": rng.integers(0, accounts, count).astype(np.int32),
        "target": rng.integers(0, accounts, count).astype(np.int32),
        "layer": rng.integers(0, 3, count).astype(np.int8),
        "at": rng.integers(-1, 2, count),
        "post": rng.integers(-1, 3, count).astype(np.int32),
        "weight": rng.integers(1, 3, count).astype(np.float32),
    }
    return {name: column for name, column in columns.items() if name not in without}


def rows(columns):
    names = [name for name in FIRST_TO_LAST if name in columns]
    return list(zip(*(columns[name].tolist() for name in names), strict=True))


@pytest.mark.parametrize("accounts", [2, 9, 2_000_000_000])
@pytest.mark.parametrize("without", [(), ("area",), ("area", "at", "post")])
def test_every_column_counts_in_its_turn(accounts, without):
    """Area, source, target, layer, time, post, weight: as tuples would be sorted."""
    for seed in range(5):
        ties = some_ties(200, accounts=accounts, seed=seed, without=without)

        found = in_order(ties)

        assert rows(found) == sorted(rows(ties))
        assert {n: c.dtype for n, c in found.items()} == {
            n: c.dtype for n, c in ties.items()
        }


def test_ties_in_order_are_not_copied():
    """What an import wrote in order is only looked at."""
    source, target = np.arange(5, dtype=np.int32), np.zeros(5, np.int32)

    found = in_order({"source": source, "target": target})

    assert found["source"] is source


def test_no_ties_are_in_order():
    """A study without ties has nothing to sort."""
    nothing = np.empty(0, np.int32)

    assert len(in_order({"source": nothing, "target": nothing})["source"]) == 0
