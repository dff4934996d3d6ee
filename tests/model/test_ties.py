"""Ties and accounts as columns: read-only, of one length, found by number."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from hcpgraph.model.ties import NO_POST, NO_TIME, Accounts, Ties


def ties(count=3, **changed):
    columns = {
        "source": np.arange(count, dtype=np.int32),
        "target": np.arange(1, count + 1, dtype=np.int32),
        "layer": np.zeros(count, np.int8),
        "at": np.full(count, NO_TIME, np.int64),
        "post": np.full(count, NO_POST, np.int32),
        "weight": np.ones(count, np.float32),
        "area": np.zeros(count, np.int16),
        "original": np.arange(count, dtype=np.int32),
    }
    return Ties(**{**columns, **changed}, areas=("asthma",))


def accounts(numbers):
    count = len(numbers)
    return Accounts(
        account=np.array(numbers, np.int32),
        role=np.zeros(count, np.int8),
        listable=np.ones(count, np.bool_),
        followers=np.full(count, -1, np.int64),
        posts=np.zeros(count, np.int64),
    )


@pytest.mark.parametrize("name", [f.name for f in fields(Ties) if f.name != "areas"])
def test_no_column_of_ties_can_be_written_to(name):
    """A mask is another table; the ties stay as they were read."""
    with pytest.raises(ValueError, match="read-only"):
        getattr(ties(), name)[0] = 1


@pytest.mark.parametrize("name", [f.name for f in fields(Ties) if f.name != "areas"])
def test_every_column_of_ties_has_the_same_length(name):
    """One column short is a bug that must not reach a measure."""
    short = getattr(ties(2), name)

    with pytest.raises(ValueError, match="columns of Ties differ in length"):
        ties(3, **{name: short})


def test_a_mask_keeps_rows_in_order():
    """All columns are cut alike, and the areas stay."""
    cut = ties().where(np.array([True, False, True]))

    assert cut.source.tolist() == [0, 2]
    assert cut.target.tolist() == [1, 3]
    assert len(cut) == 2
    assert cut.areas == ("asthma",)
    assert cut.originals().tolist() == [0, 2]
    assert cut.weight.dtype == np.float32


def test_originals_may_be_unknown_for_all():
    """Whoever builds ties without originals says that none is known."""
    unknown = ties(original=None)

    assert unknown.originals().tolist() == [NO_POST] * 3
    assert unknown.where(np.ones(3, np.bool_)).original is None


def test_no_ties_are_a_table_too():
    """Nothing selected is no error."""
    assert len(ties().where(np.zeros(3, bool))) == 0


def test_rows_of_accounts_are_found_by_number():
    """In any order, also twice."""
    table = accounts([2, 5, 9])

    assert table.rows_of(np.array([9, 2, 9], np.int32)).tolist() == [2, 0, 2]
    assert len(table.rows_of(np.array([], np.int32))) == 0


@pytest.mark.parametrize("number", [0, 3, 10])
def test_a_number_that_is_not_there_is_refused(number):
    """Before, between or after those that are."""
    with pytest.raises(ValueError, match="not in this table"):
        accounts([2, 5, 9]).rows_of(np.array([number], np.int32))


def test_nobody_can_be_found_in_an_empty_table():
    """Not even by the first row."""
    with pytest.raises(ValueError, match="not in this table"):
        accounts([]).rows_of(np.array([1], np.int32))
