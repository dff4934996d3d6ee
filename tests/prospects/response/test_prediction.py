"""A likely response is learned from the past, and checked on what was held back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hcpgraph.compiled import THREADS
from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.prospects.response import history
from hcpgraph.prospects.response.prediction import likely_responses
from hcpgraph.ranking.record.incoming_edges import everyone
from tests.validation.records import read_record

DATA = Path(__file__).parents[3] / "../shared/data"
DAY = 86_400


def world(people=150, acts=3000, seed=0, circles=6):
    """Rows of people who mostly turn to the same few others of their circle."""
    rng = np.random.default_rng(seed)
    circle = np.arange(people) % circles
    active = rng.lognormal(0, 1, people)
    friends = [
        rng.choice(np.flatnonzero(circle == circle[one]), 6) for one in range(people)
    ]
    rows = [
        (one, int(friend), "follow")
        for one in range(0, people, 2)
        for friend in friends[one]
    ]
    for i, one in enumerate(rng.choice(people, acts, p=active / active.sum()).tolist()):
        to = int(
            rng.choice(friends[one]) if rng.random() < 0.8 else rng.integers(people)
        )
        rows.append((one, to, "reply", i * DAY // 20, i))
    return rows


@pytest.fixture
def ask(make_ties):
    """Likely responses of everyone in some rows but the known."""

    def likely(rows, known=(), *, candidates=None, **options):
        ties, known = make_ties(rows), np.array(known, np.int32)
        if candidates is None:
            candidates = np.setdiff1d(everyone(ties), known).astype(np.int32)
        return likely_responses(ties, candidates, known, DEFAULT_LAYERS, **options)

    return likely


def test_a_habit_is_more_likely_than_a_surprise(ask):
    """Those who turned to the known people before are most likely to do so again."""
    rows, known = world(), [0, 7, 14, 21]

    found = ask(rows, known)

    turned = {s for s, t, layer, *_ in rows if t in known and layer == "reply"}
    before = np.isin(found.account, sorted(turned))
    assert found.probability[before].mean() > 2 * found.probability[~before].mean()
    assert ((found.probability > 0) & (found.probability < 1)).all()
    assert found.days == pytest.approx(25, rel=0.1)


def test_it_foresees_what_was_held_back_better_than_its_rivals(ask):
    """The check compares pairs with plain ways to foretell ties, and says so."""
    found = ask(world(acts=6000), [0, 7, 14, 21])

    rivals = ("common", "adamic_adar", "pagerank")
    assert found.check.auc() > max(found.check.auc(name) for name in rivals)
    assert found.check.precision() > 3 * found.check.came.mean()
    assert found.check.brier < found.check.base
    assert "likely response: to one of your contacts within" in found.note
    assert "held-out AUC ." in found.note
    assert "Adamic-Adar ." in found.note


def test_what_is_said_is_what_is_seen(ask):
    """Over worlds, probabilities of persons come true on average and in bands."""
    checks = [ask(world(seed=seed), [0, 7, 14, 21]).check for seed in range(4)]

    said = np.concatenate([check.person for check in checks])
    seen = np.concatenate([check.did for check in checks])
    assert said.mean() == pytest.approx(seen.mean(), rel=0.15)
    for low, high in ((0.0, 0.1), (0.1, 0.3), (0.3, 1.0)):
        band = (said >= low) & (said < high)
        assert said[band].mean() == pytest.approx(seen[band].mean(), abs=0.06)
    assert checks[0].off < 0.1


def test_with_nobody_known_it_is_of_anybody(ask):
    """Then the active are likely, and the note says what is meant."""
    rows = world()

    found = ask(rows)

    acts = np.bincount(
        [s for s, _, layer, *_ in rows if layer == "reply"], minlength=150
    )
    assert np.corrcoef(acts[found.account], found.probability)[0, 1] > 0.4
    assert "to anybody within" in found.note


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "0 interactions have a time, 120 are needed"),
        (world(acts=100), "interactions have a time, 120 are needed"),
        ([row[:3] for row in world()], "0 interactions have a time"),
        (
            [(*row[:3], 5) for row in world()],
            "nearly all interactions have the same time",
        ),
        (world(people=1000, acts=300), "15 are needed in each"),
    ],
)
def test_no_number_is_made_up(ask, rows, why):
    """Too little dated history gives no probability, and the reason."""
    found = ask(rows, [0, 7])

    assert found.probability is None
    assert found.check is None
    assert found.note.startswith("likely response: not predicted, as ")
    assert why in found.note


def test_strangers_and_crowds_of_known_people(ask):
    """Known people without ties count for nothing; many, or all but one, are borne."""
    rows = world()

    assert (ask(rows, [5000]).probability == ask(rows).probability).all()
    assert ask(rows, range(149)).account.tolist() == [149]
    large = ask(world(people=400, acts=5000), range(300))
    assert len(large.probability) == 100


def test_many_candidates_are_taken_in_turn(ask, monkeypatch):
    """However many pairs are held at once, everyone gets the same probability."""
    rows, known = world(), [0, 7, 14]
    whole = ask(rows, known).probability

    monkeypatch.setattr(history, "_CELLS", 50)

    assert ask(rows, known).probability == pytest.approx(whole)


def test_a_known_candidate_is_refused(ask):
    """Who is known already is no prospect."""
    with pytest.raises(ValueError, match="a candidate is known already"):
        ask(world(), [3], candidates=np.array([3, 4], np.int32))
    with pytest.raises(ValueError, match="have no tie"):
        ask(world(), [3], candidates=np.array([4, 5000], np.int32))


def test_order_and_threads_leave_no_trace(ask, monkeypatch):
    """The same ties in another order, on other cores, give the same bytes."""
    rows = world(people=2100, acts=8000, circles=300)
    found = []
    for threads, given in (("1", rows), ("2", rows)):
        monkeypatch.setenv(THREADS, threads)
        found.append(ask(given, range(0, 60, 3)))

    assert found[0].probability.tobytes() == found[1].probability.tobytes()
    assert found[0].note == found[1].note
    other = ask(rows[::-1], range(0, 60, 3))
    assert other.probability == pytest.approx(found[0].probability, rel=1e-6)


@pytest.mark.skipif(not DATA.exists(), reason="real records are not here")
@pytest.mark.parametrize("name", ["abacbs17", "bosc17", "user2018"])
def test_on_real_meetings_it_beats_its_rivals(name):
    """Pairs that come true are ranked above others more often than by any rival."""
    ties = read_record(DATA / "conference_edges" / f"{name}.csv")
    order = np.argsort(-np.bincount(ties.target), kind="stable")
    known = np.sort(order[:10]).astype(np.int32)

    found = likely_responses(
        ties, np.setdiff1d(everyone(ties), known), known, DEFAULT_LAYERS
    )

    check = found.check
    assert check.auc() > 0.02 + max(check.auc(x) for x in ("common", "adamic_adar"))
    assert check.auc() > check.auc("pagerank")
    assert check.brier < check.base
    assert check.off < 0.02
