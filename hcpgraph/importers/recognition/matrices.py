"""Adjacency matrices: a row and a column for each account, numbers in the cells."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading.delimited import DELIMITERS

if TYPE_CHECKING:
    from hcpgraph.importers.reading.head import Head

_WEIGHT: Final = re.compile(r"\s*([+-]?[0-9]*[.,]?[0-9]*([eE][+-]?[0-9]+)?|NA|NaN)\s*")
_FEWEST: Final = 3  # columns; two of numbers are a list of ties without a header


def is_matrix(head: Head) -> bool:
    """Whether the first rows are called as the columns are, and hold numbers.

    A matrix without names has as many rows as columns.
    """
    shown = head.lines()
    if head.parquet or len(shown) < _FEWEST:
        return False
    delimiter = max(DELIMITERS, key=shown[0].count)
    try:
        rows = [
            [cell.strip() for cell in row]
            for row in csv.reader(shown, delimiter=delimiter)
        ]
    except csv.Error:
        return False
    width = len(rows[0])
    if width < _FEWEST or any(len(row) != width for row in rows[1:]):
        # R writes no name above the names of the rows
        if any(len(row) != width + 1 for row in rows[1:]) or width < _FEWEST - 1:
            return False
        rows[0].insert(0, "")
    names, body = rows[0][1:], rows[1:]
    if [row[0] for row in body] == names[: len(body)]:
        return all(_are_weights(row[1:]) for row in body)
    return head.whole and len(rows) == width and all(map(_are_weights, rows))


def _are_weights(cells: list[str]) -> bool:
    return all(_WEIGHT.fullmatch(cell) for cell in cells)
