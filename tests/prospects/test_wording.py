"""A reason reads like a sentence and names nobody it should not."""

from __future__ import annotations

import pytest

from hcpgraph.model.names import LAYERS
from hcpgraph.model.prospects import Link, Pick
from hcpgraph.prospects import word
from hcpgraph.prospects.wording import VERBS


def pick(*links, gain=1):
    return Pick(7, 3, "voice", gain, 0.5, 2, 1, tuple(links))


def test_singular_and_nothing_new():
    """One account is one account, and none is said plainly."""
    assert word(pick(), {}).endswith(
        "community 2 (1 account); 1 account not reached yet"
    )
    assert word(pick(gain=0), {}).endswith("adds no new account")


@pytest.mark.parametrize(
    ("toward", "back", "words"),
    [
        (True, False, "reposts @kim (2 ties)"),
        (False, True, "reposted by @kim (2 ties)"),
        (True, True, "reposts and reposted by @kim (2 ties)"),
    ],
)
def test_direction_is_worded(toward, back, words):
    """Who turns to whom is told apart."""
    assert words in word(pick(Link(1, "repost", 2, toward, back)), {1: "@kim"})


def test_the_unnamed_stay_unnamed():
    """A link to someone whose name was not released is left out."""
    assert "mention" not in word(pick(Link(1, "mention", 2, True, False)), {})


def test_every_layer_has_words():
    """No layer can make a reason fail."""
    assert set(VERBS) == set(LAYERS)
