"""One file back out: the study is as if it had never come."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hcpgraph.errors import UnknownFile
from hcpgraph.model.files import RowType
from hcpgraph.store import Store
from tests.store.rows import NO_LABELS, Exports, tie

WHEN = "2025-01-01 00:00:00"
POSTS = [
    {"native_id": f"p{n}", "author_id": str(n), "kind": "original", "text": f"t{n}"}
    for n in range(4)
]


def remove(exports, name):
    with Store.open(exports.study, write=True) as store:
        return store.remove_file(name, NO_LABELS)


def content(exports):
    """Everything in the study, under ids rather than numbers."""
    name = "coalesce(native_id, '@' || handle)"
    return {
        "accounts": exports.ask(
            f"select {name}, name, bio, followers from account order by all"
        ),
        "posts": exports.ask("select native_id, text, kind from post order by all"),
        "ties": exports.ask(
            f"with n as (select account, {name} as name from account)"
            " select s.name, t.name, layer, native_id, weight from tie"
            " join n s on s.account = source join n t on t.account = target"
            " left join post using (post) order by all"
        ),
        "people": exports.ask("select name, role from person order by all"),
        "files": exports.ask("select format, read, rejected from source_file"),
    }


FILES = {
    "follows": {
        "unit": RowType.TIES,
        "ties": [tie("1", "2", "follow"), tie("2", "3", "follow"), tie("1", "3")],
    },
    "more": {
        "unit": RowType.TIES,
        "ties": [tie("1", "2", "follow"), tie("9", "1", "follow"), tie("1", "3")],
    },
    "early": {
        "unit": RowType.POSTS,
        "posts": POSTS[:3],
        "ties": [tie("1", "2", post_id="p1", at=WHEN)],
        "accounts": [{"native_id": "1", "name": "Ann", "followers": 3}],
    },
    "late": {
        "unit": RowType.POSTS,
        "posts": POSTS[1:],
        "ties": [
            tie("1", "2", post_id="p1", at=WHEN),
            tie("3", "1", "reply", post_id="p3", at=WHEN),
        ],
        "accounts": [{"native_id": "1", "bio": "nurse", "followers": 4}],
    },
    "people": {"unit": RowType.PEOPLE, "people": [{"native_id": "2", "role": "RN"}]},
}


REMOVALS = given(
    names=st.permutations(sorted(FILES)).map(lambda all_names: all_names[:3]),
    gone=st.integers(0, 2),
)


@settings(max_examples=5, deadline=None)
@REMOVALS
def test_removing_a_file_undoes_its_import(names, gone):
    """With the file and without: what is left is what the others brought."""
    check_removal(names, gone)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@REMOVALS
def test_removing_any_file_undoes_its_import(names, gone):
    """The same, of most of what can be imported in most orders."""
    check_removal(names, gone)


def check_removal(names, gone):
    with tempfile.TemporaryDirectory() as folder:
        (with_it, without) = (Path(folder, "with"), Path(folder, "without"))
        with_it.mkdir()
        without.mkdir()
        all_three, others = Exports(with_it), Exports(without)
        for name in names:
            all_three.add(name, **FILES[name])
            if name != names[gone]:
                others.add(name, **FILES[name])

        remove(all_three, names[gone])

        assert content(all_three) == content(others)


# A repost of somebody's words that names @bob, who is one account, then another.
RENAMING = {
    "was bob": {
        "unit": RowType.ACCOUNTS,
        "accounts": [{"native_id": "2", "handle": "bob"}],
    },
    "is user2": {
        "unit": RowType.ACCOUNTS,
        "accounts": [{"native_id": "2", "handle": "user2"}],
    },
    "another bob": {
        "unit": RowType.ACCOUNTS,
        "accounts": [{"native_id": "3", "handle": "Bob"}],
    },
    "repost": {
        "unit": RowType.POSTS,
        "posts": [{"native_id": "r", "author_id": "1", "kind": "repost", "text": "RT"}],
        "ties": [
            {**tie("1", "@bob", "repost", post_id="r", at=WHEN), "refers_to": "o"}
        ],
    },
    "original": {
        "unit": RowType.POSTS,
        "posts": [{**POSTS[0], "native_id": "o", "author_id": "4"}],
    },
}


HANDS = given(names=st.permutations(sorted(RENAMING)), known=st.integers(1, 4))


@settings(max_examples=5, deadline=None)
@HANDS
def test_a_file_leaves_nothing_behind_where_handles_change_hands(names, known):
    """Whom a post names is whoever bears the handle, or bore it, by what is left.

    Accounts that the file shows to be one stay one, so those are left out.
    """
    check_hands(names, known)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@HANDS
def test_no_file_leaves_anything_behind_where_handles_change_hands(names, known):
    """The same, in most of the orders there are."""
    check_hands(names, known)


def check_hands(names, known):
    *others, comes_and_goes = names[: known + 1]
    with tempfile.TemporaryDirectory() as folder:
        exports = Exports(Path(folder))
        for name in others:
            exports.add(name, **RENAMING[name])
        before = content(exports)
        exports.add(comes_and_goes, **RENAMING[comes_and_goes])
        shown = ("@bob",) in {row[:1] for row in before["accounts"]} and (
            comes_and_goes in {"was bob", "another bob"}
        )
        assume(not shown)

        remove(exports, comes_and_goes)

        assert content(exports) == before


def edited(*versions):
    """A file with some versions of a post, each of which lists them all."""
    post = {"author_id": "1", "kind": "original", "edits": list(versions)}
    return {
        "unit": RowType.POSTS,
        "posts": [{**post, "native_id": v, "text": f"v{v}"} for v in versions],
        "ties": [tie("1", "5", post_id=versions[-1], at=WHEN)],
    }


# Lists of versions that overlap, as of a post that was edited between two downloads.
EDITING = {
    "12": edited("11", "12"),
    "13": edited("12", "13"),
    "14": edited("13", "14"),
    "14 again": edited("12", "14"),
    "alone": edited("11"),
    "reply": {
        "unit": RowType.POSTS,
        "posts": [{"native_id": "20", "author_id": "2", "kind": "reply", "text": "t"}],
        "ties": [
            {
                **tie("2", "9", "reply", post_id="20", at=WHEN),
                "refers_to": "12",
                "target_id": None,
            }
        ],
    },
}


EDITS = given(names=st.permutations(sorted(EDITING)), known=st.integers(1, 5))


@settings(max_examples=5, deadline=None)
@EDITS
def test_versions_are_one_post_in_any_order_and_as_long_as_a_list_says_so(names, known):
    """Lists that share a version are of one post, whatever each begins with."""
    check_versions(names, known)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@EDITS
def test_all_versions_are_one_post_in_most_orders(names, known):
    """The same, in most of the orders there are."""
    check_versions(names, known)


def check_versions(names, known):
    *others, comes_and_goes = names[: known + 1]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sorted").mkdir()
        exports, in_order = Exports(Path(folder)), Exports(Path(folder, "sorted"))
        for name in others:
            exports.add(name, **EDITING[name])
        for name in sorted(others):
            in_order.add(name, **EDITING[name])
        before = content(exports)
        exports.add(comes_and_goes, **EDITING[comes_and_goes])

        remove(exports, comes_and_goes)

        assert content(exports) == before
        assert before | {"files": None} == content(in_order) | {"files": None}


def test_lists_that_share_a_version_are_of_one_post(exports):
    """The newest of all stands, whichever list holds them together."""
    for name in ("14", "12", "13"):
        exports.add(name, **EDITING[name])

    assert exports.ask("select native_id from post") == [("14",)]


def test_a_name_stays_with_whom_it_was_when_they_are_renamed(exports):
    """Nobody new appears because somebody chose another handle."""
    for name in ("was bob", "repost", "is user2", "original"):
        exports.add(name, **RENAMING[name])

    remove(exports, "original")

    assert exports.ask(
        "select target.native_id from tie join account target on account = target"
    ) == [("2",)]


def test_a_removed_file_can_be_imported_again(exports):
    """Removing forgets the digest too."""
    exports.add("a", **FILES["follows"])
    remove(exports, "a")

    report = exports.add("a", **FILES["follows"])

    assert report.accepted == 3


def test_a_file_is_named_by_path_part_or_digest(exports):
    """Whatever of these a user has at hand is enough."""
    exports.add("a", **FILES["follows"])
    exports.add("b", **FILES["people"])
    digest = exports.ask("select sha256 from source_file where path like '%b'")[0][0]

    assert remove(exports, "a") == str(exports.folder / "a")
    assert remove(exports, digest[:10]) == str(exports.folder / "b")
    assert exports.ask("select count(*) from account") == [(0,)]


def test_an_unknown_file_is_refused_with_the_closest(exports):
    """A slip of the keyboard removes nothing."""
    exports.add("follows.csv", **FILES["follows"])

    with pytest.raises(UnknownFile, match=r"did you mean '.*follows\.csv'"):
        remove(exports, str(exports.folder / "folows.csv"))
