"""What a ranking lacks."""

from __future__ import annotations

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking import Weights, is_sparse, layers_left_out, rank, sparse_notes

DAY = 86_400
COUNT = Weights({"listeners": 1.0, "followers": 1.0})


def left_out(rows, make_ties, make_accounts, measure, hidden=0):
    ties, accounts = make_ties(rows), make_accounts(60)
    listed = rank(
        ties, accounts, layers=DEFAULT_LAYERS, measure=measure, weights=COUNT
    ).only(accounts, accounts.account >= hidden)
    return layers_left_out(
        ties, accounts, listed,
        layers=DEFAULT_LAYERS, measure=measure, weights=COUNT,
    )  # fmt: skip


ROWS = [
    *((source, 50, "follow") for source in (1, 2, 3, 4, 5)),
    *((source, 51, "mention", DAY) for source in (1, 2, 3)),
    (1, 52, "mention", DAY),
    (2, 52, "follow"),
]


def test_who_lives_on_a_layer_falls_without_it(make_ties, make_accounts, measure):
    """50 leads by follows alone, 51 by mentions alone."""
    follow, mention = left_out(ROWS, make_ties, make_accounts, measure, hidden=50)

    assert (follow.layer, follow.ties) == ("follow", 6)
    assert [follow.rank_of(who) for who in (50, 51, 52)] == [None, 1, 2]
    assert (mention.layer, mention.ties) == ("mention", 4)
    assert [mention.rank_of(who) for who in (50, 51, 52)] == [1, None, 2]


def test_movers_come_with_both_ranks_the_gone_first(make_ties, make_accounts, measure):
    """Those of whom nothing is left have no rank; who stays put is no mover."""
    follow, mention = left_out(ROWS, make_ties, make_accounts, measure, hidden=50)

    assert follow.movers()[0] == (50, 1, 0)
    assert mention.movers(most=1)[0][2] == 0
    assert len(mention.movers(top=1)) == 0


def test_one_layer_alone_cannot_be_left_out(make_ties, make_accounts, measure):
    """Nothing would be left to rank by."""
    rows = [(1, 50, "nomination"), (2, 50, "nomination")]

    assert left_out(rows, make_ties, make_accounts, measure) == ()


def thinness(rows, make_ties, make_accounts, measure, hidden=0):
    ties, accounts = make_ties(rows), make_accounts(200)
    listed = rank(ties, accounts, layers=DEFAULT_LAYERS, measure=measure)
    return is_sparse(
        ties, listed.only(accounts, accounts.account >= hidden), DEFAULT_LAYERS
    )


def test_enough_is_not_thin(make_ties, make_accounts, measure):
    """Forty accounts that each respond to three people are enough."""
    rows = [
        (source, target, "mention", DAY)
        for source in range(40)
        for target in (150, 151, 152)
    ]

    assert thinness(rows, make_ties, make_accounts, measure, hidden=150) == ()


def test_each_shortage_is_told_with_its_numbers(make_ties, make_accounts, measure):
    """How many there are, and how many are wanted."""
    found = thinness(
        [(1, 150, "mention", DAY)], make_ties, make_accounts, measure, hidden=150
    )

    assert found == (
        "1 account responds (30 needed)",
        "1 response in all (100 needed)",
        "median of 1 distinct responders among the first 1 (3 needed)",
    )


def test_the_threshold_itself_is_enough(make_ties, make_accounts, measure):
    """Thirty accounts with four responses each."""
    rows = [(s, t, "mention", DAY) for s in range(30) for t in (150, 151, 152, 153)]

    assert thinness(rows, make_ties, make_accounts, measure, hidden=150) == ()
    assert len(thinness(rows[4:], make_ties, make_accounts, measure, hidden=150)) == 1


def test_follows_alone_say_another_thing(make_ties, make_accounts, measure):
    """However many they are, they say nothing of responses."""
    rows = [(source, 150, "follow") for source in range(100)]

    (found,) = thinness(rows, make_ties, make_accounts, measure)

    assert "standing ties only" in found


def test_the_note_is_one_line_or_none(make_ties, make_accounts, measure):
    """It stands beneath a ranking, and only where there is something to say."""
    ties, accounts = make_ties([(1, 9, "mention", DAY)]), make_accounts(10)
    listed = rank(ties, accounts, layers=DEFAULT_LAYERS, measure=measure)

    (note,) = sparse_notes(ties, listed, DEFAULT_LAYERS)

    assert note.startswith("sparse data: 1 account responds")
    assert note.endswith("treat ranks as indicative")
    assert sparse_notes(ties, listed.head(0), DEFAULT_LAYERS) == ()
