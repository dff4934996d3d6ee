"""What things are called, and what to answer to a slip."""

from __future__ import annotations

import pytest

from hcpgraph.cli.options import FORMATS as PRINTED
from hcpgraph.engines import open_engine
from hcpgraph.exports.tables import WRITERS
from hcpgraph.model import names
from hcpgraph.model.names import suggest
from hcpgraph.study.questions.figure import DRAWINGS


def test_layers_keep_their_codes():
    """Studies hold codes: a layer keeps its place for good, new ones come last."""
    assert names.LAYERS[:12] == (
        "follow",
        "mention",
        "reply",
        "repost",
        "quote",
        "mention_in_repost",
        "connection",
        "nomination",
        "coauthor",
        "colleague",
        "referral",
        "attendance",
    )


def test_names_are_told_apart():
    """No list names anything twice, and parts are parts of their whole."""
    for listed in (names.LAYERS, names.ROLES, names.MEASURES, names.CONTRIBUTIONS):
        assert len(set(listed)) == len(listed)
    assert set(names.DEFAULT_LAYERS) == set(names.LAYERS) - {"mention_in_repost"}
    assert set(names.DEFAULT_LAYERS.values()) == {1.0}
    assert set(names.ACTS) < set(names.LAYERS)
    assert set(names.ROLES) == names.HCP_ROLES | names.NOT_PEOPLE | {"unknown"}
    assert not names.HCP_ROLES & names.NOT_PEOPLE


def test_every_name_has_something_behind_it():
    """What is offered exists."""
    assert set(names.MEASURES) == open_engine().supported
    assert set(names.FIGURES) == set(DRAWINGS)
    assert set(PRINTED) == {"table", *WRITERS}


def test_defaults_cannot_be_changed_by_accident():
    """One caller's weights are not another's."""
    with pytest.raises(TypeError):
        names.DEFAULT_LAYERS["follow"] = 2.0


ANSWERS = {
    "a slip": ("pagernak", ["pagerank", "hits"], "did you mean 'pagerank'?"),
    "nothing close": ("zzz", ["b", "a"], "choose from: a, b"),
    "nothing at all": ("zzz", [], "there is none"),
    "too many": (
        "zzz",
        [f"name-{n:02}" for n in range(13)],
        "choose from: " + ", ".join(f"name-{n:02}" for n in range(12)) + ", ...",
    ),
    "exactly twelve": (
        "zzz",
        [f"name-{n:02}" for n in range(12)],
        "choose from: " + ", ".join(f"name-{n:02}" for n in range(12)),
    ),
}


@pytest.mark.parametrize(("word", "known", "answer"), ANSWERS.values(), ids=ANSWERS)
def test_a_slip_is_answered_with_the_closest_name(word, known, answer):
    """Or with the first dozen, sorted."""
    assert suggest(word, known) == answer
    assert suggest(word, reversed(known)) == answer
