"""What a study holds of a layer of lists, and of texts."""

from __future__ import annotations

import numpy as np

from hcpgraph.model.files import RowType
from hcpgraph.store import Store
from tests.store.rows import tie


def counts(exports, layer="follow"):
    """(id, listed, responders) of everyone counted."""
    with Store.open(exports.study) as store:
        found = store.count_layer(layer)
        if found is None:
            return None
        ids = store.read_ids(found.account)
    rows = zip(ids, found.listed.tolist(), found.responders.tolist(), strict=True)
    return {name: (listed, responders) for name, listed, responders in rows}


def test_follower_lists_count_and_following_lists_do_not(exports):
    """A list of what one account follows tells nothing of the followers on it."""
    exports.add("of", RowType.TIES, ties=[tie(s, "9", "follow") for s in "123"])
    exports.add("by", RowType.TIES, ties=[tie("1", t, "follow") for t in "678"])

    assert counts(exports) == {"9": (3, 0)}


def test_a_table_of_follows_counts_for_everybody(exports):
    """Several sources and several targets: each tie counts."""
    exports.add(
        "all", RowType.TIES,
        ties=[tie(s, t, "follow") for s, t in ("12", "23", "13")],
    )  # fmt: skip

    assert counts(exports) == {"2": (1, 0), "3": (2, 0)}


def test_responders_are_distinct(exports):
    """One account that responds twice is one."""
    exports.add(
        "acts", RowType.TIES,
        ties=[
            tie("1", "2", at="2025-01-01"), tie("1", "2", "reply", at="2025-01-02"),
            tie("3", "2", at="2025-01-01"), tie("1", "3", "follow"),
        ],
    )  # fmt: skip

    assert counts(exports) == {"2": (0, 2), "3": (1, 0)}


def test_a_layer_that_is_not_there(exports):
    """None, which is not the same as nobody."""
    exports.add("acts", RowType.TIES, ties=[tie("1", "2", at="2025-01-01")])

    assert counts(exports) is None


def test_texts_are_counted(exports):
    """Posts with a text, and all of them."""
    posts = [
        {"native_id": "p1", "author_id": "1", "kind": "original", "text": "asthma"},
        {"native_id": "p2", "author_id": "1", "kind": "original"},
    ]
    exports.add("posts", RowType.POSTS, posts=posts)

    with Store.open(exports.study) as store:
        assert store.count_texts() == (1, 2)
        claimed = store.read_claimed(np.array([0], np.int32))
    assert claimed == [None]
