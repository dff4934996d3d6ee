"""One file, one transaction: what comes in, what is known, what is refused."""

from __future__ import annotations

import pytest

from hcpgraph.errors import AlreadyImported, RejectedRows, StoreError
from hcpgraph.model.files import RowType
from hcpgraph.store import Labelling, Store
from tests.store.rows import NO_LABELS, tie

POST = {
    "native_id": "p1",
    "author_id": "1",
    "kind": "original",
    "created_at": "2025-01-01 00:00:00",
    "text": "hello",
}


def test_rows_without_a_post_add_up_and_standing_ties_count_once(exports):
    """Two mentions are two; following twice is still following."""
    ties = [tie("1", "2"), tie("1", "2"), tie("3", "2", "follow")]

    report = exports.add("a", RowType.TIES, ties=[*ties, tie("3", "2", "follow")])

    assert (report.read, report.accepted, report.known) == (4, 3, 1)
    assert exports.ask("select layer, weight from tie order by layer") == [
        (0, 1.0),
        (1, 2.0),
    ]


def test_accounts_are_numbered_densely_in_the_order_of_their_ids(exports):
    """Numbers are the study's own: 0, 1, 2, and the same on every machine."""
    exports.add("a", RowType.TIES, ties=[tie("9", "10"), tie("2", "9")])

    found = exports.ask("select account, native_id from account order by account")

    assert found == [(0, "10"), (1, "2"), (2, "9")]


def test_a_post_in_two_files_counts_once(exports):
    """Exports overlap; attention does not double because of that."""
    mention = tie("1", "2", post_id="p1", at="2025-01-01 00:00:00")
    exports.add("a", RowType.POSTS, posts=[POST], ties=[mention])

    report = exports.add(
        "b", RowType.POSTS, posts=[POST, {**POST, "native_id": "p2"}], ties=[mention]
    )

    assert (report.read, report.accepted, report.known) == (2, 1, 1)
    assert exports.ask("select count(*) from post") == [(2,)]
    assert exports.ask("select count(*), sum(weight) from tie") == [(1, 1.0)]


def test_a_post_named_by_id_alone_gives_way_to_its_text(exports):
    """A ties file may name a post before the export that holds it arrives."""
    stub = {**POST, "text": None}
    exports.add("a", RowType.TIES, posts=[stub], ties=[tie("1", "2", post_id="p1")])

    exports.add("b", RowType.POSTS, posts=[POST])

    assert exports.ask("select post, text, file from post") == [(0, "hello", 1)]


def test_the_same_file_twice_is_refused_without_effect(exports):
    """Nobody is counted twice because somebody clicked twice."""
    exports.add("a", RowType.TIES, ties=[tie("1", "2")])

    with pytest.raises(AlreadyImported, match="already imported as"):
        exports.add("a", RowType.TIES, ties=[tie("1", "2")])

    assert exports.ask("select sum(weight) from tie") == [(1.0,)]


def test_rejected_rows_are_kept_with_line_and_reason(exports):
    """Nothing is dropped without a line that says so."""
    ties = [tie("1", str(n)) for n in range(2, 202)]

    report = exports.add("a", RowType.TIES, ties=ties, rejects=[(7, "no target")])

    assert (report.read, report.rejected, report.reasons) == (
        201,
        1,
        ((7, "no target"),),
    )
    assert exports.ask("select * from reject") == [(0, 7, "no target")]


def test_too_many_bad_rows_refuse_the_file_whole(exports):
    """A file that is mostly noise is not half imported."""
    bad = [(line, "no target") for line in (3, 4)]

    with pytest.raises(RejectedRows, match="2 of 3 rows are unusable") as caught:
        exports.add("a", RowType.TIES, ties=[tie("1", "2")], rejects=bad)

    assert (caught.value.rejected, caught.value.read) == (2, 3)
    assert exports.ask("select count(*) from tie") == [(0,)]
    assert exports.ask("select count(*) from account") == [(0,)]


def test_a_failure_at_the_last_step_leaves_nothing(exports):
    """Work and record stand in one transaction: all of a file or none of it."""
    exports.add("a", RowType.TIES, ties=[tie("1", "2")])
    broken = Labelling(posts=(), accounts=("select no_such_column from account",))

    with pytest.raises(StoreError):
        exports.add("b", RowType.TIES, labelling=broken, ties=[tie("3", "4")])

    assert exports.ask("select count(*) from account") == [(2,)]
    assert exports.ask("select count(*) from source_file") == [(1,)]


def test_an_interrupt_leaves_nothing_and_the_study_usable(exports):
    """Ctrl-C in the middle of a file is as if the file had not been named."""
    exports.add("a", RowType.TIES, ties=[tie("1", "2")])
    arrival = exports.arrival("b", RowType.TIES, ties=[tie("3", "4")])

    with Store.open(exports.study, write=True) as store:
        connection = store._connection
        with pytest.raises(KeyboardInterrupt):
            store.import_file(_Interrupting(arrival), NO_LABELS)
        assert connection.execute("select count(*) from tie").fetchall() == [(1,)]
        assert store.import_file(arrival, NO_LABELS).accepted == 1


class _Interrupting:
    """An arrival during which someone presses Ctrl-C, late in the work."""

    def __init__(self, arrival):
        self.digest = arrival.digest
        self.platform = arrival.platform
        self.max_rejected = arrival.max_rejected
        self.suppressing = arrival.suppressing

    @property
    def description(self):
        raise KeyboardInterrupt


def test_profiles_of_several_files_complete_each_other(exports):
    """What a later file does not say, an earlier one still does."""
    first = {"native_id": "1", "handle": "Ann", "name": "Ann A", "followers": 5}
    second = {"native_id": "1", "bio": "nurse", "followers": 7}
    exports.add("a", RowType.ACCOUNTS, accounts=[first])

    report = exports.add("b", RowType.ACCOUNTS, accounts=[second])

    assert report.accepted == 1
    assert exports.ask("select handle, name, bio, followers from account") == [
        ("Ann", "Ann A", "nurse", 7)
    ]


def test_an_account_said_twice_alike_is_already_known(exports):
    """The table after an import tells news from repetition."""
    row = {"native_id": "1", "handle": "ann", "name": "Ann A"}
    exports.add("a", RowType.ACCOUNTS, accounts=[row])

    report = exports.add("b", RowType.ACCOUNTS, accounts=[row, {"native_id": "2"}])

    assert (report.read, report.accepted, report.known) == (2, 1, 1)


def test_roster_rows_become_people_and_registry_matches(exports):
    """A registry number stands with the basis on which it may be kept."""
    row = {"handle": "ann", "name": "Ann", "role": "RN", "npi": "1234567893"}

    exports.add("a", RowType.PEOPLE, people=[{**row, "match_basis": "optin"}])

    assert exports.ask("select name, role from person") == [("Ann", "RN")]
    assert exports.ask("select number, match_basis from registry_match") == [
        ("1234567893", "optin")
    ]


def test_an_area_named_by_a_file_becomes_an_area(exports):
    """A column of areas wins over any vocabulary, known names or not."""
    exports.add("a", RowType.TIES, ties=[tie("1", "2", area="Lyme  Disease")])

    assert exports.ask("select slug, origin from area") == [("lyme-disease", "file")]
    assert exports.ask("select area from tie") == [(0,)]
