"""A suggested mapping as the file that ``--map`` reads, with samples as comments."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import UnknownFormat
from hcpgraph.importers.reading import json_values, tables
from hcpgraph.importers.reading.head import peek
from hcpgraph.importers.reading.plain_text import as_plain_text
from hcpgraph.importers.recognition import private_messages
from hcpgraph.importers.suggestions.assigning import assign
from hcpgraph.importers.suggestions.columns import sampled, shortened
from hcpgraph.model.files import Layout, RowType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hcpgraph.importers.suggestions.assigning import Assignment
    from hcpgraph.importers.suggestions.columns import Sampled

_LAYOUT: Final = tuple(each.name for each in fields(Layout))
_FEWEST: Final = 2  # columns of a table; one is a list
# what stands where nobody knows what a cell means
_OPEN: Final = {"kind": "original", "layer": "follow"}
_TOP: Final = """\
# A first mapping, suggested from headings and cells by hcpgraph inspect --suggest. Read
# it before use: what is in doubt is commented out.
# The samples below are cells of the file: names, handles and words of people. They are
# for you alone; delete them before you hand this file on.
"""


def suggest(path: Path, layout: Layout, name: str) -> str:
    """A first mapping for the table or the JSON file at *path*, in TOML.

    Args:
        path: the file.
        layout: how it is laid out, as far as that has to be said.
        name: what people call it.

    Raises:
        PrivateMessages: if it holds what people wrote to each other.
        ExportError: if it is neither a table nor JSON, or damaged.
    """
    with as_plain_text(path, layout) as text:
        head = peek(text.path, layout.separator)
        header = tables.header_of(head)
        objects = json_values.first_objects(head)
        private_messages.check(head, header.names if header else None, objects)
        file = sampled(head)
    if sum(1 for column in file.columns if column.cells) < _FEWEST:
        raise UnknownFormat(path, "has no columns with anything in them to map")
    found = assign(file)
    layout = layout if found.decimal == "." else replace(layout, decimal=found.decimal)
    return "\n".join((_TOP, *_lines(file, found, layout, name), ""))


def _lines(
    file: Sampled, found: Assignment, layout: Layout, name: str
) -> Iterator[str]:
    yield f"about = {_quoted(f'suggested for {shortened(name)}')}"
    yield from _ids(found)
    yield from _of_file(file, layout)
    yield from ("", "[columns]", *_columns(found))
    if found.times.formats or found.column_of("time"):
        yield from ("", "[time]", *_times(found))
    yield from _values(found)
    if found.unit is RowType.POSTS:
        yield from ("", "[mentions]", f"from_text = {str(found.from_text).lower()}")
    yield from ("", "[constants]")
    if found.unit is RowType.TIES and not found.column_of("layer"):
        yield '# layer = "follow"  # or say it with --layer; nothing guesses it'
    yield '# area = "breast-cancer"  # if all rows are of one disease area'
    yield from ("", *_samples(file, found))


def _ids(found: Assignment) -> Iterator[str]:
    if found.platform:
        yield f"platform = {_quoted(found.platform)}"
    else:
        yield '# platform = "x"  # nothing shows which it is'
    if found.handles:
        yield 'ids = "handle"'
    elif found.handles is None:
        yield '# ids = "handle"  # if source and target are handles, not ids'


def _values(found: Assignment) -> Iterator[str]:
    for meaning, cells in found.values.items():
        sure = found.column_of(meaning) is not None
        yield from ("", f"[values.{meaning}]")
        for cell, means in cells.items():
            line = f"{_quoted(cell)} = {_quoted(means or _OPEN.get(meaning, ''))}"
            yield line if means and sure else f"# {line}"


def _of_file(file: Sampled, layout: Layout) -> Iterator[str]:
    plain = Layout()
    said = {name: getattr(layout, name) for name in _LAYOUT}
    said = {n: value for n, value in said.items() if value != getattr(plain, n)}
    if file.records:
        said["records"] = file.records
    if said:
        yield from ("", "[file]")
    for name, value in said.items():
        yield f"{name} = {value if isinstance(value, int) else _quoted(value)}"


def _columns(found: Assignment) -> Iterator[str]:
    for each in found.columns:
        line = f"{each.meaning} = {_quoted(each.column)}"
        why = f"  # {each.why}" if each.why else ""
        yield f"{line}{why}" if each.certain else f"# {line}{why or '  # maybe'}"


def _times(found: Assignment) -> Iterator[str]:
    formats = ", ".join(map(_quoted, found.times.formats))
    if formats and found.times.certain:
        yield f"format = [{formats}]"
    elif formats:
        other = formats.translate(str.maketrans("dm", "md"))
        yield f"# format = [{formats}]  # if the day comes first"
        yield f"# format = [{other}]  # if the month comes first"
    if found.utc:
        yield 'zone = "UTC"'
    else:
        yield '# zone = "Europe/Berlin"  # zone of times that name none; else UTC'


def _samples(file: Sampled, found: Assignment) -> Iterator[str]:
    """Every column of the file with three of its cells, as comments."""
    yield "# Columns of the file, and samples of their cells:"
    for column in file.columns:
        if column.name in found.forbidden:
            yield f"#   {_quoted(column.name)}: never kept of a person"
        else:
            cells = " | ".join(column.samples) or "(empty)"
            yield f"#   {_quoted(column.name)}: {cells}"


def _quoted(text: str) -> str:
    """A string of TOML, which has the escapes of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
