"""Signals side by side: everyone, every signal, always the same."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.ranking import SIGNALS, SignalTable, read


@pytest.fixture
def ties(make_ties):
    rows = [(i % 7, (3 * i) % 11, "mention", i) for i in range(60)]
    return make_ties([*rows, (1, 2, "follow"), (3, 4, "nomination"), (5, 5, "reply")])


def test_every_signal_of_everyone(ties, make_accounts, measure):
    """A column a signal, a row an account; numbers from 0."""
    table = read(ties, make_accounts(11), layers=DEFAULT_LAYERS, measure=measure)

    assert table.names == tuple(signal.name for signal in SIGNALS)
    assert table.value.shape == (11, len(SIGNALS))
    assert np.isfinite(table.value).all()
    assert (table.value >= 0).all()


def test_a_signal_alone_is_the_same(ties, make_accounts, measure):
    """What else is read makes no difference."""
    options = {"layers": DEFAULT_LAYERS, "measure": measure}
    table = read(ties, make_accounts(11), **options)

    for name in table.names:
        alone = read(ties, make_accounts(11), only=[name], **options)
        assert alone.names == (name,)
        assert alone.value[:, 0].tobytes() == table[name].tobytes()


def test_the_order_of_ties_leaves_no_trace(ties, make_accounts, measure):
    """Shuffled ties give the same bytes."""
    options = {"layers": DEFAULT_LAYERS, "measure": measure}
    shuffled = ties.where(np.random.default_rng(1).permutation(len(ties)))

    one = read(ties, make_accounts(11), **options)
    other = read(shuffled, make_accounts(11), **options)

    assert one.value.tobytes() == other.value.tobytes()


def test_unknown_signals_are_refused(ties, make_accounts, measure):
    """A name that no signal has says so, in the asking and in the table."""
    with pytest.raises(ValueError, match="did you mean 'listeners'"):
        read(
            ties, make_accounts(11),
            layers=DEFAULT_LAYERS, measure=measure, only=["listners"],
        )  # fmt: skip
    table = read(
        ties, make_accounts(11), layers=DEFAULT_LAYERS, measure=measure, only=["posts"]
    )
    with pytest.raises(ValueError, match="no signal 'reach'"):
        table["reach"]


def test_values_fit_their_names():
    """A table whose columns and names differ cannot be made."""
    with pytest.raises(ValueError, match="do not fit"):
        SignalTable(np.arange(2, dtype=np.int32), ("a",), np.zeros((2, 2)), np.zeros(2))
