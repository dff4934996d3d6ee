"""Weights: where they come from, and one's own."""

from __future__ import annotations

import pytest

from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.ranking import FAMILY, Weights, prior


def test_the_prior_weighs_what_has_earned_it():
    """Authority and brokerage weigh nothing unless asked for, and none is negative."""
    weighed = {family for family in CONTRIBUTIONS if prior().of_family(family) > 0}
    assert weighed == {"reach", "resonance", "activity"}
    assert min(prior().value.values()) >= 0
    assert set(prior().origin.values()) == {"prior"}
    assert prior().shrunk == 1.0


def test_attention_weighs_more_than_ones_own_doing():
    """No posting makes up for being heard: listeners weigh more than posts."""
    assert prior().of_family("resonance") > prior().of_family("activity")


def test_a_signal_is_replaced_and_remembered():
    """One's own weight stands, and says that it is one's own."""
    mine = prior().changed({"exchanges": 0.5})

    assert mine.value["exchanges"] == 0.5
    assert mine.origin["exchanges"] == "user"
    assert mine.origin["listeners"] == "prior"
    assert "exchanges" not in prior().value


@pytest.mark.parametrize("family", CONTRIBUTIONS)
def test_a_contribution_is_scaled(family):
    """Its signals keep their proportions; from nought they start alike."""
    twice = prior().changed({family: 2 * prior().of_family(family)})
    again = prior().changed({family: 0.0}).changed({family: 1.0})

    for name in prior().used():
        factor = 2.0 if FAMILY[name] == family else 1.0
        assert twice.value[name] == pytest.approx(factor * prior().value[name])
    assert again.of_family(family) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("family", "signal"), [("authority", "area_pagerank"), ("brokerage", "brokered")]
)
def test_a_contribution_without_weight_means_one_signal(family, signal):
    """A weight given to authority or brokerage goes to the signal that is explained."""
    mine = prior().changed({family: 0.3})

    assert mine.of_family(family) == mine.value[signal] == 0.3
    assert mine.used() == tuple(n for n in FAMILY if n in {*prior().used(), signal})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rech": 1.0}, "did you mean 'reach'"),
        ({"listners": 1.0}, "did you mean 'listeners'"),
        ({"reach": -1.0}, "give 0 or more"),
        ({"reach": float("nan")}, "give 0 or more"),
        ({"reach": 1.0, "followers": 2.0}, "the one or the other"),
    ],
)
def test_bad_weights_are_refused(changes, words):
    """A weight that is unknown, negative, no number or ambiguous says so."""
    with pytest.raises(ValueError, match=words):
        prior().changed(changes)


def test_weights_check_themselves():
    """However they are made, unknown signals and negative weights are refused."""
    with pytest.raises(ValueError, match="no signal"):
        Weights({"charm": 1.0})
    with pytest.raises(ValueError, match="give 0 or more"):
        Weights({"listeners": -0.1})
