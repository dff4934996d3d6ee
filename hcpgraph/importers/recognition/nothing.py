"""Files of JSON that hold no row, and say so."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.importers.reading import json_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hcpgraph.importers.reading.head import Head

_PAGE: Final = frozenset({"data", "meta", "includes", "errors", "__twarc"})
_ERROR: Final = frozenset({"errors", "title", "detail", "type", "status", "meta"})

_DEEP: Final = 3  # pages stand in a list, and lists in those of several runs

_EMPTY_LIST: Final = "an empty list: there is nothing in it to import"
_NO_RESULTS: Final = "the platform found nothing: result_count is 0"
_ERRORS: Final = "holds error messages of the platform and nothing else"


def said_by(values: Iterable[Any], *, deep: int = _DEEP) -> str | None:
    """How values of JSON say that they hold no row; None if one does not say so.

    Args:
        values: pages, or lists of them.
        deep: how many lists may stand in each other.
    """
    said = None
    for value in values:
        found = _said(value, deep)
        if found is None:
            return None
        said = said or found
    return said


def said_in(head: Head) -> str | None:
    """Like ``said_by``, for a whole file; None for one that is no JSON."""
    if head.parquet or head.text.lstrip()[:1] not in ("{", "["):
        return None
    if head.whole and json_values.is_document(head):
        return said_by(_document(head.text))
    return said_by(_lines(head))


def _said(value: Any, deep: int) -> str | None:
    if isinstance(value, list) and not value:
        return _EMPTY_LIST
    if isinstance(value, list):
        return said_by(value, deep=deep - 1) if deep else None
    if isinstance(value, dict) and not value.get("data"):
        return _said_by_page(value)
    return None


def _said_by_page(page: dict[str, Any]) -> str | None:
    keys = page.keys() - {"__twarc"}
    meta = page.get("meta")
    count = meta.get("result_count") if isinstance(meta, dict) else None
    if count == 0 and not isinstance(count, bool):  # false is no number
        return _NO_RESULTS
    if page.get("errors") and keys <= _ERROR | {"data"}:
        return _ERRORS
    if page.get("data") == [] and keys <= _PAGE and "meta" not in page:
        return _EMPTY_LIST
    return None


def _document(text: str) -> Iterator[Any]:
    try:
        yield json.loads(text)
    except (ValueError, RecursionError):  # what is nested too deep is not empty
        yield None


def _lines(head: Head) -> Iterator[Any]:
    with gzip.open(head.path) if head.gzipped else head.path.open("rb") as stream:
        try:
            for line in stream:
                text = line.decode("utf-8-sig", "replace").strip()
                if text:
                    yield from _document(text)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            yield None  # what is damaged does not say that it is empty
