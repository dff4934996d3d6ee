"""JSON, whatever its layout: one value a line, a list, or a printed document.

Every layout becomes the same rows: ``line`` and ``text``, one JSON value each. Lists
are taken apart, so a list of pages reads like pages on lines.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.errors import ExportError
from hcpgraph.importers.reading import lines, mending, sql

if TYPE_CHECKING:
    from hcpgraph.importers.reading.head import Head

_BLANKS: Final = re.compile(r"\s*")

# Pages are long, and every step that makes text copies them: lines stay as they are,
# valid or not. Only a file that begins with a list has its lines taken apart: a null in
# it is no page, but no page that cannot be read either.
_OF_LINES: Final = """(
    select line, text from $lines
    where text is not null and trim(left(text, 100), ' \t') != ''
)"""
_OF_LISTS: Final = """(
    select line, unnest(case
        when not json_valid(text) then [text]
        when json_type(text) = 'ARRAY' then list_transform(
            from_json(text, '["JSON"]'), lambda e: coalesce(e::varchar, 'null'))
        else [text] end) as text
    from $objects
)"""

# A document is more than one line: its elements are numbered instead.
_OF_DOCUMENT: Final = """(
    select row_number() over () as line, json as text
    from read_json_objects(
        $file, format = $format, maximum_object_size = 33554432,
        compression = $compression
    )
)"""


def objects(head: Head) -> str:
    """A relation with the columns ``line`` and ``text``, one JSON value a row.

    Lines that are not valid JSON are rows too.

    Raises:
        ExportError: if the file is one document and that is not valid JSON.
    """
    if not is_document(head):
        each = sql.fill(_OF_LINES, lines=lines.numbered_lines(head))
        if head.text.lstrip().startswith("["):
            return sql.fill(_OF_LISTS, objects=each)
        return each
    if head.whole:
        _documents(head)
    return sql.fill(
        _OF_DOCUMENT,
        file=sql.file(head.path),
        format="'array'" if head.text.lstrip().startswith("[") else "'unstructured'",
        compression="'gzip'" if head.gzipped else "'uncompressed'",
    )


def begins(head: Head) -> bool:
    """Whether a file begins as JSON does."""
    return not head.parquet and head.text.lstrip()[:1] in ("{", "[")


def is_document(head: Head) -> bool:
    """Whether one value spans several lines, or one line is too long for a line."""
    shown = head.lines()
    if not head.whole and len(shown) == 1:
        return shown[0].lstrip().startswith("[")
    return (
        shown[0].rstrip()[-1:] in ("{", "[", ",")
        and _parsed(shown[0]) is None
        and all(_parsed(line) is None for line in shown[1:2])
    )


def first_objects(head: Head) -> list[dict[str, Any]]:
    """The first JSON objects of the file, to recognise it by.

    Raises:
        ExportError: if the file is one document and that is not valid JSON.
    """
    if not begins(head):
        return []
    if not is_document(head):
        values = [_parsed(line) for line in head.lines()]
    elif head.whole:
        values = _documents(head)
    else:
        values = [_first_element(head.text)]
    flat = [
        v for value in values for v in (value if isinstance(value, list) else [value])
    ]
    return [value for value in flat if isinstance(value, dict)]


def is_empty_list(head: Head) -> bool:
    """Whether the file is JSON that holds empty lists and nothing else."""
    return head.whole and begins(head) and _parsed(head.text) == []


def _parsed(text: str) -> Any:
    for attempt in (str, mending.mended):
        try:
            return json.loads(attempt(text))
        except ValueError:
            continue
        except RecursionError:  # what is nested too deep says nothing here
            return None
    return None


def _first_element(text: str) -> Any:
    """The first element of a list, or the beginning itself, as far as it is there."""
    try:
        return json.JSONDecoder().raw_decode(text.lstrip().removeprefix("[").lstrip())[
            0
        ]
    except (ValueError, RecursionError):
        return None


def _documents(head: Head) -> list[Any]:
    """The values of a file that is there as a whole, one after the other."""
    try:
        return _values(head.text)
    except ValueError as error:
        try:
            return _values(mending.mended(head.text))
        except (ValueError, RecursionError):
            reason = f"is not valid JSON: {error}"
            raise ExportError(head.path, reason) from error
    except RecursionError as error:
        reason = "is JSON nested too deep to be an export"
        raise ExportError(head.path, reason) from error


def _values(text: str) -> list[Any]:
    decoder = json.JSONDecoder()
    values = []
    end = _skip_blanks(text, 0)
    while end < len(text):
        value, end = decoder.raw_decode(text, end)
        values.append(value)
        end = _skip_blanks(text, end)
    return values


def _skip_blanks(text: str, start: int) -> int:
    found = _BLANKS.match(text, start)
    return found.end() if found else start
