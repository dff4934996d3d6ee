"""A download in pieces: however it is cut and ordered, the study is the same."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcpgraph.importers import describe
from hcpgraph.model.files import ImportOptions
from hcpgraph.store import ImportJob, Labelling, Store
from tests.importers.x_made import ADA, BOB, EVE, SUE, mentions, page, post, refers

NOTHING = Labelling((), ())
PEOPLE = (ADA, BOB, EVE, SUE)

TIES = """
with person as (
    select account, coalesce(native_id, '@' || handle) as id from account)
select s.id, t.id, layer.name, "at", post.native_id, weight from tie
join person s on s.account = source join person t on t.account = target
join layer using (layer) left join post using (post) order by all
"""
POSTS = "select native_id, text, kind, refers_to from post order by all"
ACCOUNTS = "select coalesce(native_id, '@' || handle) from account order by all"


class Study:
    """A study in a folder of its own, and the pages brought into it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.path = self.folder / "study.duckdb"

    def add(self, name, *objects):
        path = self.folder / name
        path.write_text("\n".join(map(json.dumps, objects)))
        digest = hashlib.sha256(path.read_bytes() + name.encode()).hexdigest()
        description = describe(path, ImportOptions())
        with Store.open(self.path, write=True) as store:
            return store.import_file(
                ImportJob(description, lambda: digest, "x", 0), NOTHING
            )

    def remove(self, name):
        with Store.open(self.path, write=True) as store:
            store.remove_file(name, NOTHING)

    def holds(self):
        with Store.open(self.path) as store:
            ask = store._connection.execute
            return {
                "ties": ask(TIES).fetchall(),
                "posts": ask(POSTS).fetchall(),
                "accounts": ask(ACCOUNTS).fetchall(),
                "labels": ask("select count(*) from post_area").fetchall(),
            }


@pytest.fixture
def study(tmp_path):
    return Study(tmp_path)


ORIGINAL = post(1, ADA, "first")
REPLY = post(
    2,
    BOB,
    "@ada yes",
    referenced_tweets=refers("replied_to", 1),
    entities=mentions(ADA, EVE, start=0),
)
RENAMED = post(3, EVE, "RT @old_ada: first", referenced_tweets=refers("retweeted", 1))
QUOTE = post(4, SUE, "look", referenced_tweets=refers("quoted", 1))


def in_study(study):
    return [tie[:3] for tie in study.holds()["ties"]]


def test_a_reference_is_resolved_when_the_post_arrives_and_undone_with_it(study):
    """The mention gives way to the reply, the handle in the text to the author."""
    study.add("late", page(REPLY, RENAMED, QUOTE))
    before = study.holds()
    assert in_study(study) == [
        ("2", "1", "mention"),
        ("2", "3", "mention"),
        ("3", "@old_ada", "repost"),
    ]

    study.add("early", page(ORIGINAL))
    assert in_study(study) == [
        ("2", "1", "reply"),
        ("2", "3", "mention"),
        ("3", "1", "repost"),
        ("4", "1", "quote"),
    ]
    assert "@old_ada" not in [name for (name,) in study.holds()["accounts"]]

    study.remove("early")
    assert study.holds() == before


def test_what_waits_is_said(study):
    """The notes tell what the study lacks, not what the file lacks."""
    study.add("early", page(ORIGINAL))

    assert study.add("late", page(REPLY, QUOTE)).notes == ()
    (note,) = study.add(
        "more", page(post(5, ADA, referenced_tweets=refers("quoted", 99)))
    ).notes
    assert note.startswith("1 posts refer to posts that are not in the study so far")


def test_a_post_without_its_text_gives_way_within_a_file(study):
    """What only came along in full says more than a row that is nearly empty."""
    bare = {"id": "2", "author_id": "2"}
    study.add("a", page(bare, ORIGINAL, tweets=[REPLY]))

    assert in_study(study) == [("2", "1", "reply"), ("2", "3", "mention")]
    assert ("2", "@ada yes", "reply", "1") in study.holds()["posts"]


def edit(number, history, by, text, **more):
    ids = [str(n) for n in history]
    return post(number, by, text, edit_history_tweet_ids=ids, **more)


VERSIONS = (
    edit(20, [20], ADA, "one", entities=mentions(BOB)),
    edit(21, [20, 21], ADA, "two", entities=mentions(EVE)),
    edit(22, [20, 21, 22], ADA, "three", entities=mentions(EVE, SUE)),
)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0)])
def test_an_edited_post_is_one_post(study, order):
    """The newest version stands, with its ties alone; without it, the one before."""
    quotes = [
        post(30 + n, SUE, referenced_tweets=refers("quoted", 20 + n)) for n in (0, 1)
    ]
    study.add("quotes", page(*quotes))
    for n in order:
        study.add(f"v{n}", page(VERSIONS[n]))

    assert ("22", "three", "original", None) in study.holds()["posts"]
    assert len(study.holds()["posts"]) == 3
    assert in_study(study) == [
        ("1", "3", "mention"),
        ("1", "4", "mention"),
        ("4", "1", "quote"),
        ("4", "1", "quote"),
    ]

    study.remove("v2")
    left = max(n for n in order if n != 2)
    assert str(20 + left) in [row[0] for row in study.holds()["posts"]]


def test_versions_that_a_later_file_shows_to_be_one_are_joined_and_parted(study):
    """Until then they were posts of their own; so they are when that file goes."""
    first, second = (dict(VERSIONS[n]) for n in (0, 1))
    del second["edit_history_tweet_ids"]
    study.add("a", page(first, second))
    before = study.holds()
    assert len(before["posts"]) == 2

    study.add("b", page(VERSIONS[2]))
    assert [row[0] for row in study.holds()["posts"]] == ["22"]

    study.remove("b")
    assert study.holds() == before


NUMBERS = st.integers(1, 6)


@st.composite
def posts(draw, number):
    """A post of a small world, always the same for the same number."""
    by = PEOPLE[number % 4]
    more = {}
    referred = draw(st.lists(
        st.tuples(st.sampled_from(["replied_to", "quoted", "retweeted"]), NUMBERS),
        max_size=2, unique_by=lambda pair: pair[0],
    ))  # fmt: skip
    if referred:
        more["referenced_tweets"] = [r for kind, n in referred for r in refers(kind, n)]
    named = draw(st.lists(st.sampled_from(PEOPLE), max_size=3))
    if named:
        more["entities"] = mentions(*named, start=draw(st.sampled_from([0, 3])))
        if draw(st.booleans()):
            for mention in more["entities"]["mentions"]:
                del mention["id"]
    if draw(st.booleans()) and "replied_to" in [kind for kind, _ in referred]:
        more["in_reply_to_user_id"] = draw(st.sampled_from(PEOPLE))["id"]
    text = draw(st.sampled_from(["words", "RT @ada: words", "RT @nobody: words"]))
    if number > 4 and draw(st.booleans()):
        history = ["1" if number == 5 else "2", str(number)]
        more["edit_history_tweet_ids"] = history
        by = PEOPLE[int(history[0]) % 4]
    return post(number, by, text, **more)


@st.composite
def downloads(draw):
    """Posts, which file each is in (some in several), and a row of imports."""
    world = [draw(posts(number)) for number in range(1, 7)]
    places = [draw(st.sets(st.integers(0, 2), min_size=1)) for _ in world]
    along = [draw(st.booleans()) for _ in world]
    files = {}
    for n in range(3):
        rows = [p for p, at, way in zip(world, places, along, strict=True)
                if n in at and not way]  # fmt: skip
        tweets = [p for p, at, way in zip(world, places, along, strict=True)
                  if n in at and way]  # fmt: skip
        files[f"f{n}"] = page(*rows, tweets=tweets)
    steps = draw(st.lists(st.sampled_from(sorted(files)), min_size=3, max_size=6))
    return files, steps


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(download=downloads())
def test_any_cut_order_and_removal_gives_what_one_file_gives(download):
    """A step imports a file that is not there and removes one that is."""
    check(*download)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(download=downloads())
def test_many_cuts_orders_and_removals_give_what_one_file_gives(download):
    """The same, for long."""
    check(*download)


def check(files, steps):
    with tempfile.TemporaryDirectory() as a, tempfile.TemporaryDirectory() as b:
        pieces, whole = Study(a), Study(b)
        here = []
        for name in steps:
            if name in here:
                here.remove(name)
                pieces.remove(name)
            else:
                here.append(name)
                report = pieces.add(name, files[name])
                total = report.accepted + report.known + report.rejected
                assert total == report.read
        whole.add("whole", page(users=()), *(files[name] for name in sorted(here)))
        assert pieces.holds() == whole.holds()
