"""Notes are sentences with their data: tests and programs need not read the words."""

from __future__ import annotations

import copy
import json
import pickle

import numpy as np
import pytest

from hcpgraph.model.note import CAUTION, ROUTINE, USEFUL, Note
from hcpgraph.model.query import Query
from hcpgraph.model.ties import NO_POST, NO_TIME, Ties
from hcpgraph.narrative import notes


def ties(*at):
    one = np.ones(len(at), np.int32)
    times = np.array(at, np.int64)
    return Ties(
        source=one,
        target=one + 1,
        layer=np.zeros(len(at), np.int8),
        at=times,
        post=one * NO_POST,
        weight=one.astype(np.float32),
        area=one.astype(np.int16),
    )


def test_a_note_is_its_sentence():
    """It prints, compares and is saved as text."""
    note = Note("12 ties", "undated", {"ties": 12}, CAUTION)

    assert note == "12 ties"
    assert f"{note}!" == "12 ties!"
    assert json.dumps([note]) == '["12 ties"]'


@pytest.mark.parametrize(
    "twin", [copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))]
)
def test_a_copy_is_the_same_note(twin):
    """Kind, data and weight go with the sentence."""
    note = Note("12 ties", "undated", {"ties": 12}, CAUTION)

    found = twin(note)

    assert (found, found.kind, dict(found.data)) == (note, "undated", {"ties": 12})
    assert found.weight == CAUTION


def test_who_was_held_back_is_counted_by_reason():
    """Each reason is a note of its own; the audience is routine."""
    audience, bots, others = notes.held_back("hcp", {"bot": 2}, 3)

    assert (audience.kind, audience.weight) == ("audience", ROUTINE)
    assert (bots.kind, bots.data["people"], bots.weight) == ("not listed", 2, USEFUL)
    assert (others.kind, others.data["people"]) == ("filtered", 3)


@pytest.mark.parametrize(
    ("at", "weight", "words"),
    [
        ((5, NO_TIME), USEFUL, "1 undated tie, counted in every period"),
        (
            (NO_TIME, NO_TIME),
            CAUTION,
            "no dated ties in this period; the result rests on 2 undated ties",
        ),
    ],
)
def test_undated_ties_are_told_where_a_period_is_asked_for(at, weight, words):
    """It is a caution where the whole result rests on them."""
    (note,) = notes.undated(ties(*at), has_period=True)

    assert (note, note.weight) == (words, weight)
    assert notes.undated(ties(*at), has_period=False) == ()
    assert notes.undated(ties(5), has_period=True) == ()


def test_a_note_of_one_area_among_several_names_it():
    """In the sentence and in the data."""
    note = notes.of_area("asthma", notes.topics_left_out(3))

    assert note.startswith("asthma: topics left out: 3")
    assert dict(note.data) == {"topics": 3, "area": "asthma"}
    assert notes.of_area("asthma", "anything") == "asthma: anything"


def test_an_empty_file_says_why():
    """With the area, and the period if one was asked for."""
    note = notes.empty_export(Query.of("asthma", since="2025-01-01"), "network")

    assert note == "the network is empty: no ties in asthma in this period"
    assert note.weight == CAUTION


@pytest.mark.parametrize("missing", [(2,), tuple(range(1, 13)), (1, 2, 3)])
def test_who_is_not_in_the_study_is_named_by_line(missing):
    """Up to ten lines; all of a list are a case of their own."""
    note = notes.shortfall(
        "known", "crm.csv", 3 if missing == (1, 2, 3) else 20, missing
    )

    assert note.kind == "not found"
    assert note.data["missing"] == len(missing)
    assert ("2 more" in note) == (len(missing) == 12)
    assert ("none of 3 entries" in note) == (missing == (1, 2, 3))
