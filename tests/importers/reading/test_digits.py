"""Numbers are read as Python reads them, and nothing else is."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hcpgraph.importers.reading.digits import read_rows, read_texts

numbers = st.one_of(st.integers(0, 2**64 - 1), st.integers(0, 99))
texts = st.one_of(numbers.map(str), st.text("0123456789/: x-", max_size=22))


def value_of(text):
    """The number that *text* writes, or None."""
    if not (text.isascii() and text.isdecimal()) or str(int(text)) != text:
        return None
    return int(text) if int(text) < 2**64 else None


@given(st.lists(texts, max_size=6))
def test_texts_are_numbers_if_they_are_written_again_as_they_were(cells):
    """One cell that is no number spoils them all."""
    ends = np.cumsum([0, *map(len, cells)])
    found = np.empty(len(cells), np.uint64)
    text = np.frombuffer("".join(cells).encode(), np.uint8)

    usable = read_texts(text, ends, found)

    values = [value_of(cell) for cell in cells]
    assert usable == (None not in values)
    if usable:
        assert found.tolist() == values


@given(st.lists(st.tuples(texts, texts), max_size=4), st.booleans())
def test_rows_hold_two_numbers_each(rows, cut):
    """Blanks around them do no harm; the last line may do without its end."""
    text = "".join(f"{first};{second}\n" for first, second in rows)[
        : -1 if cut else None
    ]
    letters = np.frombuffer(text.encode(), np.uint8)
    found = np.empty((2, len(rows)), np.uint64)

    n = read_rows(letters, (0, len(text), True), ord(";"), found)

    values = [[value_of(cell.strip(" ")) for cell in row] for row in rows]
    if any(None in row for row in values):
        assert n == -1
    else:
        assert n == len(rows)
        assert found.T.tolist() == values


def test_lines_are_read_from_the_first_to_the_last_that_begins_within():
    """Where a block of a file ends within a line, that line is read whole."""
    text = np.frombuffer(b"1,2\n3,4\n5,6\n", np.uint8)
    found = np.empty((2, 3), np.uint64)

    assert read_rows(text, (4, 9, False), ord(","), found) == 2
    assert found[:, :2].T.tolist() == [[3, 4], [5, 6]]
    assert read_rows(text, (4, 8, False), ord(","), found) == 1
    assert read_rows(text[:-1], (4, 9, False), ord(","), found) == -1
