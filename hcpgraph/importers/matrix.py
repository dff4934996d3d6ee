"""Adjacency matrices: names above and in front, the weights of ties between.

A row pays attention to its columns. Zero is no tie, nor is an empty cell.
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError, MissingLayer
from hcpgraph.importers import ties
from hcpgraph.importers.reading import conversions, delimited, sql, tables
from hcpgraph.importers.reading.delimited import Header
from hcpgraph.importers.reading.headings import DELIMITERS
from hcpgraph.importers.reading.staged_rows import staged_rows
from hcpgraph.importers.recognition.likeness import NOTHING_ALIKE, SURE, Likeness
from hcpgraph.model.files import RowType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcpgraph.importers.reading.head import Head
    from hcpgraph.model.files import FileDescription, ImportOptions

NAME: Final = "matrix"

_WEIGHT: Final = re.compile(r"\s*([+-]?[0-9]*[.,]?[0-9]*([eE][+-]?[0-9]+)?|NA|NaN)\s*")
_NO_NAMES: Final = "has no names above and in front of its cells"
_FEWEST: Final = 3  # columns; two of numbers are a list of ties without a header

# A cell that is a tie, one row each.
_CELLS: Final = """
create or replace temp table raw as
select line, source, target, weight, null::varchar as broken from (
    select line, source, unnest($names) as target, unnest(cells) as weight
    from matrix_row where broken is null
)
where weight <> '' and weight not in ('NA', 'NaN', 'nan')
    and coalesce(try_cast(replace(weight, ',', '.') as double) <> 0, true)
union all
select line, null, null, null, broken from matrix_row where broken is not null
"""
_ROWS: Final = "create or replace temp table matrix_row as from raw"
# Whoever is named is an account, with ties or without.
_NAMES: Final = """
create or replace temp table matrix_name as
select min(line) as line, name from (
    select line, source as name from matrix_row where broken is null
    union all select $line as line, unnest($names) as name
) where name <> '' group by name
"""
_LISTED: Final = """(
    select line, coalesce(mended.id, addressed.id, name) as id from matrix_name
    left join mended on mended.was = name
    left join (from addressed where kind = 'profile') addressed on addressed.was = name
) where $reason is null"""


class MatrixShape(StrEnum):
    """How the names of a matrix stand."""

    CORNER = "corner"  # above and in front, with a cell in the corner
    NO_CORNER = "no corner"  # as R writes them: one name less than cells
    NAMELESS = "nameless"


def likeness(head: Head) -> Likeness:
    """Whether the first rows are called as the columns are, and hold numbers."""
    found = shape_of(head)
    return NOTHING_ALIKE if found in (None, MatrixShape.NAMELESS) else SURE


def describe(head: Head, options: ImportOptions) -> FileDescription:
    """How a matrix maps onto the study.

    Raises:
        MissingLayer: if nobody says what kind of ties it holds.
        ExportError: if it has no names, or one of them twice.
    """
    shape = shape_of(head)
    if shape is MatrixShape.NAMELESS:
        raise ExportError(head.path, _NO_NAMES)
    header = tables.table_of(head)
    names = header.names[1:]
    if not names:
        raise ExportError(head.path, _NO_NAMES)
    if shape is MatrixShape.NO_CORNER:
        names = header.names
        header = Header(header.delimiter, ("", *names), header.line)
    if options.layer is None:
        raise MissingLayer(head.path)
    cells = {"source": 0, "target": 0, "weight": 0}
    plan = ties.TieColumns(
        cells=cells,
        names={name: name for name in cells},
        handles=options.ids == "handle",
        layer=options.layer,
        notes=("each row of the matrix pays attention to the columns with a weight",),
    )
    stage = (
        *delimited.stage(head, header, {"source": 0}, cells="cells"),
        _ROWS,
        sql.fill(_CELLS, names=sql.texts(names)),
        sql.fill(_NAMES, names=sql.texts(names), line=str(header.line)),
    )
    found = ties.description(head, header, plan, options, stage=stage, name=NAME)
    return replace(found, queries={RowType.ACCOUNTS: _listed(options), **found.queries})


def _listed(options: ImportOptions) -> str:
    """A query for the accounts that the matrix names."""
    handles = options.ids == "handle"
    reason = conversions.id_reason(
        "id", "name", handles=handles, platform=options.platform
    )
    cells = {
        "line": "line",
        "record": "false",
        "native_id": conversions.native_id("id", handles=handles),
        "handle": conversions.handle("id", handles=handles),
    }
    return staged_rows(RowType.ACCOUNTS, cells, sql.fill(_LISTED, reason=reason))


def shape_of(head: Head) -> MatrixShape | None:
    """How a matrix stands in the file; None if it is clearly none.

    A matrix without names has as many rows as columns.
    """
    rows = _rows(head)
    if len(rows) < _FEWEST:
        return None
    shape = MatrixShape.CORNER
    width = len(rows[0])
    if width < _FEWEST or any(len(row) != width for row in rows[1:]):
        # R writes no name above the names of the rows
        if any(len(row) != width + 1 for row in rows[1:]) or width < _FEWEST - 1:
            return None
        shape = MatrixShape.NO_CORNER
        rows[0].insert(0, "")
    names, body = rows[0][1:], rows[1:]
    # the first row and column of numbers are alike if ties go both ways
    named = not rows[0][0] or not _WEIGHT.fullmatch(rows[0][0])
    if named and [row[0] for row in body] == names[: len(body)]:
        return shape if all(_are_weights(row[1:]) for row in body) else None
    square = head.whole and len(rows) == width and all(map(_are_weights, rows))
    return MatrixShape.NAMELESS if square else None


def _rows(head: Head) -> list[list[str]]:
    shown = head.lines()
    if head.parquet or len(shown) < _FEWEST:
        return []
    delimiter = head.separator or max(DELIMITERS, key=shown[0].count)
    try:
        return [
            [cell.strip() for cell in row]
            for row in csv.reader(shown, delimiter=delimiter)
        ]
    except csv.Error:
        return []


def _are_weights(cells: Sequence[str]) -> bool:
    return all(_WEIGHT.fullmatch(cell) for cell in cells)
