"""Placeholders become accounts once an id is learnt."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.model.files import RowType
from hcpgraph.store import Store
from tests.store.rows import Exports, tie

BOB = {"native_id": "7", "handle": "BOB"}


def ties_by_name(exports):
    """Every tie under ids, whatever the numbers."""
    return exports.ask(
        "select coalesce(s.native_id, s.handle), coalesce(t.native_id, t.handle),"
        " layer, weight from tie join account s on s.account = source"
        " join account t on t.account = target order by all"
    )


def test_a_placeholder_takes_the_id_and_keeps_its_ties(exports):
    """Whoever was known by a handle is the account that bears it."""
    exports.add("a", RowType.TIES, ties=[tie("1", "@Bob", "follow")])

    exports.add("b", RowType.ACCOUNTS, accounts=[BOB])

    assert exports.ask("select count(*) from account") == [(2,)]
    assert ties_by_name(exports) == [("1", "7", 0, 1.0)]


def test_a_placeholder_merges_into_an_account_known_before(exports):
    """Id first, handle second, the link third: one person all the same."""
    exports.add("a", RowType.TIES, ties=[tie("1", "7", "follow")])
    exports.add("b", RowType.TIES, ties=[tie("1", "@bob", "follow"), tie("2", "@bob")])

    exports.add("c", RowType.ACCOUNTS, accounts=[BOB])

    assert exports.ask("select count(*) from account") == [(3,)]
    assert ties_by_name(exports) == [("1", "7", 0, 1.0), ("2", "7", 1, 1.0)]


def test_a_handle_met_later_is_the_account_that_bears_it(exports):
    """A handle whose id is known never makes a placeholder."""
    exports.add("a", RowType.ACCOUNTS, accounts=[BOB])

    exports.add("b", RowType.TIES, ties=[tie("1", "@bOb")])

    assert ties_by_name(exports) == [("1", "7", 1, 1.0)]


def test_two_handles_of_one_id_are_one_account(exports):
    """People rename themselves; both placeholders are the same person."""
    exports.add("a", RowType.TIES, ties=[tie("1", "@old"), tie("2", "@new")])

    exports.add(
        "b",
        RowType.ACCOUNTS,
        accounts=[{**BOB, "handle": "old"}, {**BOB, "handle": "new"}],
    )

    assert ties_by_name(exports) == [("1", "7", 1, 1.0), ("2", "7", 1, 1.0)]
    assert exports.ask("select count(*) from account") == [(3,)]


def test_a_correction_by_hand_survives_a_merge(exports):
    """What a person said of a placeholder holds for the account it becomes."""
    exports.add("a", RowType.TIES, ties=[tie("1", "7"), tie("1", "@bob")])

    with Store.open(exports.study, write=True) as store:
        store.write_correction(store.resolve("@bob"), {"role": "nurse"})

    exports.add("b", RowType.ACCOUNTS, accounts=[BOB])

    assert exports.ask("select native_id, role from profile where role = 'nurse'") == [
        ("7", "nurse")
    ]


FILES = (
    (
        "a",
        {"unit": RowType.TIES, "ties": [tie("1", "@bob"), tie("@bob", "1", "follow")]},
    ),
    ("b", {"unit": RowType.TIES, "ties": [tie("2", "7"), tie("7", "@eve")]}),
    ("c", {"unit": RowType.ACCOUNTS, "accounts": [BOB, {"native_id": "1"}]}),
    (
        "d",
        {"unit": RowType.ACCOUNTS, "accounts": [{"native_id": "8", "handle": "Eve"}]},
    ),
)


@settings(max_examples=12, deadline=None)
@given(order=st.permutations(FILES))
def test_the_order_of_imports_does_not_matter(order):
    """Whichever file comes first, the ties end between the same accounts."""
    with tempfile.TemporaryDirectory() as folder:
        exports = Exports(Path(folder))

        for name, content in order:
            exports.add(name, **content)

        assert ties_by_name(exports) == [
            ("1", "7", 1, 1.0),
            ("2", "7", 1, 1.0),
            ("7", "1", 0, 1.0),
            ("7", "8", 1, 1.0),
        ]
        assert exports.ask("select count(*) from account") == [(4,)]
