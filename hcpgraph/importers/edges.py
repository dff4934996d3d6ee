"""Edge lists without headings: two names a line, and perhaps the weight of their tie.

They are read only where ``--format edges`` says so: the same lines may be anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError, MissingLayer
from hcpgraph.importers import ties
from hcpgraph.importers.reading import columns, delimited
from hcpgraph.importers.reading.delimited import Header
from hcpgraph.importers.recognition.likeness import NOTHING_ALIKE, Likeness

if TYPE_CHECKING:
    from hcpgraph.importers.reading.head import Head
    from hcpgraph.model.files import FileDescription, ImportOptions

NAME: Final = "edges"

_CELLS: Final = ("source", "target", "weight")
_FEWEST: Final = 2
_SEPARATORS: Final = ("\t", ";", ",", " ")
_WITHIN: Final = re.compile(r"[\s,;]")
_COMMENT: Final = ("#", "%")  # as SNAP and KONECT write them

_READ: Final = "case when left(ltrim(text), 1) not in ('#', '%') then {} end"
_BLANKS: Final = "regexp_replace(trim(text, ' \t'), '[ \t]+', chr(9), 'g')"


def likeness(_head: Head) -> Likeness:
    """Nothing tells a list of ties from other pairs of cells."""
    return NOTHING_ALIKE


def describe(head: Head, options: ImportOptions) -> FileDescription:
    """How an edge list maps onto the study.

    Raises:
        MissingLayer: if nobody says what kind of ties it holds.
        ExportError: if it has headings, or another number of columns.
    """
    shown = [line for line in head.lines() if not line.lstrip().startswith(_COMMENT)]
    signs = (head.separator,) if head.separator else _SEPARATORS
    separator = max(signs, key=lambda sign: _fits(shown, sign))
    rows = [_split(line, separator) for line in shown]
    width = max((len(row) for row in rows if _fit(row)), default=0)
    if 2 * sum(map(_fit, rows)) < len(rows) or not width:
        raise ExportError(
            head.path, "is no edge list of two columns, or three with a weight"
        )
    folded = {columns.fold(cell): place for place, cell in enumerate(rows[0])}
    if columns.find_ends(folded) is not None:
        raise ExportError(
            head.path, "has headings; import it without --format edges to use them"
        )
    if options.layer is None:
        raise MissingLayer(head.path)
    # a weight may be missing in some rows
    names = _CELLS[:width] if width == _FEWEST else (*_CELLS[:_FEWEST], "")
    header = Header("\t" if separator == " " else separator, names, 0)
    cells = {name: place for place, name in enumerate(_CELLS[:width])}
    plan = ties.TieColumns(
        cells=cells,
        names={name: name for name in cells},
        handles=options.ids == "handle",
        layer=options.layer,
        notes=(),
    )
    text = _READ.format(_BLANKS if separator == " " else "text")
    stage = delimited.stage(head, header, cells, text=text)
    return ties.description(head, header, plan, options, stage=stage, name=NAME)


def _fits(lines: list[str], separator: str) -> tuple[int, int]:
    """How many lines have cells as they must be, and ends as they mostly are."""
    rows = [row for row in (_split(line, separator) for line in lines) if _fit(row)]
    plain = sum(1 for row in rows if not _WITHIN.search(row[0] + row[1]))
    return len(rows), plain


def _fit(row: list[str]) -> bool:
    return _FEWEST <= len(row) <= len(_CELLS)


def _split(line: str, separator: str) -> list[str]:
    """The cells of a line, without those at its end in which nothing stands."""
    if separator == " ":
        return line.split()
    cells = [cell.strip(' \t"') for cell in line.split(separator)]
    while cells and not cells[-1]:
        del cells[-1]
    return cells
