"""A reason reads like a sentence and names nobody it should not."""

from __future__ import annotations

import pytest

from hcpgraph.model.introductions import Introduction, Step
from hcpgraph.model.names import LAYERS
from hcpgraph.model.prospects import Pick
from hcpgraph.narrative.prospects import VERBS, word, word_way


def pick(*ways, audience=1):
    return Pick(7, 3, "voice", 1.0, 0.5, audience, 2, 1, ways=tuple(ways))


def test_singular_and_nothing_new():
    """One account is one account, and none is said plainly."""
    assert word(pick(), {}).endswith(
        "community 2 (1 account); reaches 1 account that neither your contacts nor"
        " higher-ranked prospects reach"
    )
    assert "reaches no account that your contacts" in word(pick(audience=0), {})


def test_who_can_introduce_is_part_of_the_reason():
    """Ties to known people are told; longer ways have a place of their own."""
    near = Introduction(1, (Step(7, 1, "repost", 2),), 0.5)
    far = Introduction(2, (Step(2, 1, "reply", 9), Step(7, 1, "repost", 2)), 0.2)

    text = word(pick(near, far), {1: "@kim", 2: "@lee"})

    assert "; reposts @kim (2 ties); " in text
    assert "@lee" not in text


def test_the_unnamed_stay_unnamed():
    """A tie to someone whose name was not released is left out."""
    assert "mention" not in word(
        pick(Introduction(1, (Step(7, 1, "mention", 2),), 0.5)), {}
    )


def test_every_layer_has_words():
    """No layer can make a reason fail."""
    assert set(VERBS) == set(LAYERS)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step(7, 1, "repost", 2), "reposts @kim (2 ties)"),
        (Step(1, 7, "repost", 1), "reposted by @kim (1 tie)"),
        (Step(7, 1, "repost", 2, (), 1), "reposts and reposted by @kim (3 ties)"),
        (Step(1, 7, "coauthor", 1, (), 1), "coauthor of @kim (2 ties)"),
    ],
)
def test_a_way_of_one_step_is_worded_plainly(step, words):
    """Who turns to whom is told apart, and counted together."""
    assert word_way(Introduction(1, (step,), 0.5), {1: "@kim"}) == words


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("back", [0, 1])
def test_a_longer_way_names_everyone_on_it(layer, back):
    """It reads from the prospect to the one who can introduce, for every layer."""
    steps = (
        Step(1, 2, layer, 4, (), back),
        Step(3, 2, layer, 1),
        Step(7, 3, "reply", 2, (), 1),
    )

    text = word_way(Introduction(1, steps, 0.1), {1: "@ann", 2: "@bob", 3: "@cy"})

    assert text.startswith(
        "through @cy and @bob to @ann: replies to and answered by @cy (3 ties), who "
    )
    assert f" @ann ({4 + back} ties)" in text


def test_a_way_with_somebody_unnamed_is_not_worded():
    """Neither a known person nor one between is named without a name."""
    way = Introduction(1, (Step(1, 2, "reply", 4), Step(7, 2, "reply", 1)), 0.1)

    assert word_way(way, {1: "@ann"}) is None
    assert word_way(way, {2: "@bob"}) is None
    assert word_way(way, {1: "@ann", 2: "@bob"})
