"""HTML read back: texts, attributes, tables by their headings, values of a script."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Final

from hcpgraph.exports.read_back import objects
from hcpgraph.model.content import TEXT, OutputPart

_OURS: Final = frozenset(("script", "style"))  # the program and the looks
_VALUES: Final = "application/json"
_NO_END: Final = frozenset(("meta", "link", "br", "input", "hr", "img"))


def parts(text: str) -> list[OutputPart]:
    """What a page says to people and to its own program."""
    reader = _PageReader()
    reader.feed(text)
    reader.close()
    found = [OutputPart("page", {TEXT: reader.texts}), *reader.tables]
    for values in reader.values:
        found += objects.parts(json.loads(values), "values")
    return found


class _PageReader(HTMLParser):
    """Gathers texts, and cells of tables under their headings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.tables: list[OutputPart] = []
        self.values: list[str] = []
        self._open: list[str] = []
        self._type = ""
        self._heads: list[str] = []
        self._columns: dict[str, list[str]] = {}
        self._cell: list[str] | None = None
        self._place = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Attributes are read by people as labels, and by programs as data."""
        told = dict(attrs)
        self.texts += [f"{value}" for value in told.values() if value]
        if tag in _NO_END:
            return
        self._open.append(tag)
        self._type = told.get("type") or ""
        if tag == "table":
            self._heads, self._columns = [], {}
        elif tag == "tr":
            self._place = 0
        elif tag in ("td", "th"):
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        """A cell, a row or a table is whole."""
        while self._open and self._open.pop() != tag:
            pass
        if tag in ("td", "th") and self._cell is not None:
            self._end_cell(" ".join(self._cell).strip())
        elif tag == "table":
            self.tables.append(OutputPart("table", self._columns))

    def handle_data(self, data: str) -> None:
        """A text, or the values behind the page."""
        inside = self._open[-1] if self._open else ""
        if inside == "script" and self._type == _VALUES:
            self.values.append(data)
        elif inside not in _OURS and data.strip():
            self.texts.append(data.strip())
            if self._cell is not None:
                self._cell.append(data.strip())

    def handle_comment(self, data: str) -> None:
        """What a reader does not see is in the file all the same."""
        self.texts.append(data)

    def _end_cell(self, said: str) -> None:
        if "thead" in self._open:
            self._heads.append(said)
        elif self._place < len(self._heads) and said:
            name = self._heads[self._place].lower().replace(" ", "_")
            self._columns.setdefault(name, []).append(said)
        self._place += 1
        self._cell = None
