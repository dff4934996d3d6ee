"""What a backtest says goes by its intervals, and the words are for every outcome."""

from __future__ import annotations

import pytest

from hcpgraph.model.note import CAUTION, USEFUL
from hcpgraph.narrative import verdicts
from hcpgraph.ranking.validation.backtest import PRODUCT, RANDOM, RIVAL, Judged
from hcpgraph.ranking.validation.negative_control import CONTROL, Control


def judged(name, difference=None):
    span = (0.1, 0.3)
    return Judged(
        name, 0.2, *span, precision=0.2, precision_span=span, at=(0.2,),
        at_span=(span,), difference=difference,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "said", "weight"),
    [
        ("ahead", "hcpgraph is ahead of the plain rival, ", USEFUL),
        ("level", "hcpgraph is level with the plain rival, ", USEFUL),
        ("behind", "hcpgraph is behind the plain rival, ", CAUTION),
    ],
)
def test_the_rival_has_a_sentence(word, said, weight):
    """With the difference and its interval; being behind is a caution."""
    found = verdicts.against_rival([judged(RIVAL, (-0.0001, -0.012, 0.03, word))])

    assert found.startswith(said)
    assert found.endswith(": NDCG +0.000 (90 % interval -0.012 to +0.030)")
    assert (found.kind, found.data["verdict"]) == ("rival", word)
    assert found.weight == weight


def test_the_negative_control_is_no_method_to_be_ahead_of():
    """It is counted neither as beaten nor as level."""
    ahead = (0.5, 0.4, 0.6, "ahead")
    found = verdicts.verdicts(
        [judged(PRODUCT), judged(RANDOM, ahead), judged(CONTROL, ahead)]
    )

    assert dict(found.data) == {"ahead": 1, "level": 0, "behind": 0}


def test_a_control_that_predicts_is_a_caution():
    """The validation is not to be relied on; silence is said, too."""
    silent = verdicts.negative_control(Control(0.21, 0.2, 0.12, 0.29, silent=True))
    loud = verdicts.negative_control(Control(0.6, 0.2, 0.12, 0.29, silent=False))

    assert silent.endswith(
        "NDCG 0.21, random order 0.20 (90 % interval 0.12 to 0.29): silent"
    )
    assert silent.weight == USEFUL
    assert loud.startswith("negative control not silent: NDCG 0.60, ")
    assert loud.weight == CAUTION
