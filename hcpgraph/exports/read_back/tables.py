"""Tables read back: CSV, Parquet, and tables as people read them."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from pyarrow import parquet

from hcpgraph.model.content import TEXT, OutputPart

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_CELL: Final = 2**24  # letters; csv stops at 131,072 by itself
_RULE: Final = "\N{BOX DRAWINGS LIGHT HORIZONTAL}"


def of_csv(text: str, separator: str = ",") -> list[OutputPart]:
    r"""The columns by the first row.

    >>> of_csv("id,name\n7,Ann\n")
    [OutputPart(where='', columns={'id': ['7'], 'name': ['Ann']})]
    """
    before = csv.field_size_limit(_MOST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    finally:
        csv.field_size_limit(before)
    return [part_of("", rows)]


def of_parquet(content: bytes) -> list[OutputPart]:
    """The columns, and what the file tells of itself."""
    table = parquet.read_table(io.BytesIO(content))
    said = (table.schema.metadata or {}).items()
    words = [one.decode(errors="replace") for pair in said for one in pair]
    return [OutputPart("", table.to_pydict()), OutputPart("metadata", {TEXT: words})]


def of_text(text: str) -> list[OutputPart]:
    r"""Headings above a rule, and every line as a text.

    A table as text leaves out columns without any value, so that a heading tells that
    its column has one.

    >>> of_text(" id   score\n \N{BOX DRAWINGS LIGHT HORIZONTAL}\n 7    1.00\n")[1]
    OutputPart(where='', columns={'id': ['id'], 'score': ['score']})
    """
    lines = text.splitlines()
    found = [OutputPart("", {TEXT: lines})]
    for head, rule in pairwise(lines):
        if rule.strip() and not rule.strip().strip(_RULE):
            names = re.split(r" {2,}", head.strip())
            found.append(OutputPart("", {name: [name] for name in names}))
    return found


def part_of(where: str, rows: Sequence[Sequence[Any]]) -> OutputPart:
    """Rows as columns by the first of them; what has no heading is text."""
    if not rows:
        return OutputPart(where, {})
    head, *body = rows
    columns: dict[str, list[Any]] = {str(name or TEXT): [] for name in head}
    for row in body:
        for number, cell in enumerate(row):
            name = head[number] if number < len(head) else TEXT
            columns.setdefault(str(name or TEXT), []).append(cell)
    return OutputPart(where, columns)
