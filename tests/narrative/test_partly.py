"""What is known in part is said, with counts, before anything else."""

from __future__ import annotations

import numpy as np

from hcpgraph.model.names import LAYERS
from hcpgraph.model.note import CAUTION
from hcpgraph.model.ties import NO_POST, NO_TIME, Ties
from hcpgraph.narrative import partly
from hcpgraph.ranking import PartialLayer


def acts(at, layer="mention"):
    count = len(at)
    return Ties(
        source=np.arange(count), target=np.arange(count) + 1,
        layer=np.full(count, LAYERS.index(layer)), at=np.array(at),
        post=np.full(count, NO_POST), weight=np.ones(count), area=np.full(count, -1),
    )  # fmt: skip


def test_a_partial_layer_is_counted():
    """Known for whom, of how many, and what was done."""
    found = PartialLayer("follow", np.array([3, 9], np.int32), 486, left_out=True)

    note = partly.partly_known(found)

    assert note.startswith("followers are known for 2 of 486 people; left out of")
    assert (note.kind, note.weight) == (partly.PARTLY, CAUTION)
    assert note.data == {"layer": "follow", "known": 2, "people": 486, "left_out": True}


def test_what_maps_leave_out_is_counted():
    """In a note, and in the title of a figure, of connections likewise."""
    found = PartialLayer("connection", np.array([3, 9], np.int32), 1486, left_out=True)

    note = partly.left_out_of_network(found)

    assert note == (
        "connections are known for 2 of 1,486 people; left out of the network, as of"
        " the score"
    )
    assert (note.kind, note.weight) == (partly.PARTLY, CAUTION)
    assert partly.left_out_of_title(found) == (
        "without connections (known for 2 of 1,486 people)"
    )


def test_times_of_some_responses():
    """Counted only where some have one and some have none; follows never have."""
    (note,) = partly.partly_timed(acts([5, NO_TIME, 7]))

    assert note.startswith("times are known for 2 of 3 responses")
    assert partly.partly_timed(acts([5, 6])) == ()
    assert partly.partly_timed(acts([NO_TIME, NO_TIME])) == ()
    assert partly.partly_timed(acts([5, NO_TIME], layer="follow")) == ()


def test_texts_of_some_posts():
    """Counted where some posts have none."""
    (note,) = partly.partly_written(3, 5)

    assert note.startswith("texts are known for 3 of 5 posts")


def test_such_notes_stand_first_and_once():
    """Others keep their order behind them."""
    note = partly.partly_written(3, 5)[0]

    assert partly.missing_first(["a", note, "b"]) == (note, "a", "b")
