"""Scores of records that might have been."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking import Weights, prior, rank
from hcpgraph.ranking.record.recency import JUST_NOW, average
from hcpgraph.ranking.record.vouching import SHARE
from hcpgraph.ranking.uncertainty.resampling import HALF_LIVES, open_resamples

DAY = 86_400


@pytest.fixture
def open_up(make_ties, make_accounts, measure):
    """What the scores of a record rest on."""

    def compute(rows, count, weights=None):
        ties, accounts = make_ties(rows), make_accounts(count)
        scale = Weights(weights) if weights else prior()
        found = rank(
            ties, accounts, layers=DEFAULT_LAYERS, measure=measure, weights=scale
        )
        return found, open_resamples(
            found, ties, accounts, weights=scale, layers=DEFAULT_LAYERS
        )

    return compute


def drawn(chances, draws=400):
    return np.stack(chances.draw(0, range(draws)), axis=1)


ACTS = [
    (source, target, "mention", DAY * (7 * source + target), 10 * source + target)
    for source in range(1, 40)
    for target in (0, source // 2)
    if source != target
]


def test_draws_lie_around_the_score(open_up):
    """Scores of draws are near those of the record, a little below for the curve."""
    found, chances = open_up(ACTS, 40)

    mean = drawn(chances)[:, 0].mean(axis=0)[found.account[0]]

    assert found.score[0] - 0.5 < mean < found.score[0] + 0.05


RING = [
    (one, (one + step) % 12, "mention", DAY * one, 10 * one + step)
    for one in range(12)
    for step in (1, 2)
]
STRANGERS = [(source, 0, "mention", 11 * DAY, 200 + source) for source in range(20, 30)]


def test_resamples_discount_the_responders_that_the_score_discounts(open_up):
    """The signals behind the draws are those of the list, to the last stranger."""
    found, chances = open_up([*RING, *STRANGERS], 30)

    there = np.argsort(found.account)
    for k, name in enumerate(HALF_LIVES):
        ranked = found.signal[name][there]
        assert chances.units.value[:, k] == pytest.approx(ranked, abs=1e-6)
    # two of the ring, and ten strangers who all responded just now
    assert ranked[0] <= 2 + 10 * SHARE * average(JUST_NOW)
    assert chances.units.value[0, 0] == 12


def test_only_followers_vary_as_counts_do(open_up):
    """With reach alone, log2 of 30 followers errs by 1 / (ln 2 sqrt(30)), or .26."""
    rows = [(source, 0, "follow") for source in range(1, 31)]
    _, chances = open_up(rows, 31, {"followers": 1.0})

    assert drawn(chances)[:, 0, 0].std() == pytest.approx(0.26, abs=0.03)


def test_attention_is_of_responders_where_anyone_responds(open_up):
    """Follows are the attention of a study of follows, and of no other."""
    follows = [(source, 0, "follow") for source in range(1, 8)]

    _, alone = open_up(follows, 8)
    _, mixed = open_up([*follows, (1, 2, "mention", 5, 1)], 8)

    assert drawn(alone)[:, 1, 0].mean() == pytest.approx(np.log2(8), abs=0.15)
    assert not drawn(mixed)[:, 1, 0].any()


def test_activity_is_said_to_count_where_it_does(open_up):
    """Mentions make people active; nominations do not."""
    _, mentions = open_up([(0, 1, "mention", 5, 0), (1, 0, "reply", 9, 1)], 2)
    _, nominations = open_up([(0, 1, "nomination"), (1, 0, "nomination")], 2)

    assert mentions.active
    assert not nominations.active


def test_a_single_late_post_leaves_its_author_unsure(open_up):
    """How lately someone spoke hangs on one post, unless another is as late."""
    heard = [(source, 0, "mention", DAY * 50, 100 + source) for source in range(5, 30)]
    alone = [*heard, (0, 5, "reply", DAY * 90, 1)]
    backed = [*alone, (0, 6, "reply", DAY * 90, 2)]
    only = {"last_spoken": 1.0}

    spread = [
        drawn(open_up(rows, 30, only)[1])[:, 0, 0].std() for rows in (alone, backed)
    ]

    assert spread[0] > 0.05
    assert spread[1] < 1e-9


def test_a_draw_is_the_same_in_whatever_part(open_up):
    """Each depends on its own number, not on those that are made with it."""
    _, chances = open_up(ACTS, 40)

    alone = [np.stack(chances.draw(0, range(n, n + 1)), axis=1) for n in range(5)]

    assert (np.concatenate(alone) == drawn(chances, 5)).all()


def test_nobody_stands_in_no_draw(open_up):
    """A record without ties is drawn without trouble."""
    _, chances = open_up([], 0)

    assert drawn(chances, 3).shape == (3, 2, 0)
