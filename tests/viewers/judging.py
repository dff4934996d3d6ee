"""What a viewer may see, worked out from the policy alone, and looked for in bytes.

Nothing of the toolkit's gate is used: rules are read as docs/policy.md states them.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from hcpgraph.model.columns import LISTS
from tests.viewers.world import BY_HANDLE, EVERYBODY, FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.viewers.world import Person

_LEAST = 6  # characters of a figure that stands nowhere by chance


@dataclass(frozen=True)
class Rules:
    """The rules of one viewer, as drawn.

    Attributes:
        columns: names and patterns; None for all.
        without: likewise.
        rows: field -> values.
    """

    columns: tuple[str, ...] | None
    without: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]

    def toml(self) -> str:
        """The policy file that says so."""
        columns = '"all"' if self.columns is None else json.dumps(self.columns)
        lines = ["[viewers.drawn]", f"columns = {columns}"]
        lines.append(f"without = {json.dumps(self.without)}")
        lines.append("[viewers.drawn.rows]")
        lines += [f"{field} = {json.dumps(v)}" for field, v in self.rows.items()]
        return "\n".join(lines)

    def shows(self, column: str) -> bool:
        """Whether a column is seen, by its name."""
        listed = self.columns is None or _among(column, self.columns)
        return listed and not _among(column, self.without)

    def sees(self, one: Person) -> bool:
        """Whether a person is seen."""
        return all(
            _value(one, field).casefold() in {value.casefold() for value in values}
            for field, values in self.rows.items()
        )

    def forbidden(self) -> set[str]:
        """The cells of people that may stand in no output."""
        seen, withheld = set(), set()
        for one in EVERYBODY:
            for field in FIELDS:
                free = self.sees(one) and self.shows(field)
                (seen if free else withheld).add(one.cells[field])
        if self.rows or not self.shows("handle"):
            withheld |= set(BY_HANDLE)
        bios = {f"Zzbio{chr(ord('a') + one.number) * 3}" for one in EVERYBODY}
        return (withheld - seen) | bios


def _value(one: Person, field: str) -> str:
    return one.role if field == "role" else one.cells[field]


def _among(column: str, patterns: Iterable[str]) -> bool:
    return any(column == one or fnmatchcase(column, one) for one in patterns)


def leaks(rules: Rules, outputs: dict[str, bytes]) -> list[tuple[str, str]]:
    """(output, cell) of every cell of a person that leaked."""
    forbidden = {cell.casefold() for cell in rules.forbidden()}
    return [
        (name, cell)
        for name, content in outputs.items()
        for text in [_text(content)]
        for cell in sorted(forbidden)
        if cell in text
    ]


def _text(content: bytes) -> str:
    if content.startswith(b"PAR1"):
        content = repr(pq.read_table(io.BytesIO(content)).to_pydict()).encode()
    return content.decode("utf-8", "replace").casefold()


def head_of(content: bytes, kind: str) -> set[str]:
    """The columns of a table in a file."""
    if kind == "parquet":
        return set(pq.read_schema(io.BytesIO(content)).names)
    if kind == "json":
        return {name for row in json.loads(content) for name in row}
    return set(next(csv.reader(io.StringIO(content.decode())), ()))


def strays(rules: Rules, listing: str, columns: Iterable[str]) -> list[str]:
    """The columns of a table about people that the viewer may not see."""
    assert any(one.privacy != "nobody" for one in LISTS[listing])
    return [name for name in columns if not rules.shows(name)]


def cells_of(content: bytes) -> dict[str, set[str]]:
    """Column -> its cells that can be found again, of a list in CSV."""
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(io.StringIO(content.decode())):
        for name, cell in row.items():
            # a word such as "profile" stands in notes as well
            if len(cell) >= _LEAST and not cell.isalpha():
                found.setdefault(name, set()).add(cell)
    return found


def figures(rules: Rules, whole: dict[str, set[str]]) -> set[str]:
    """Cells of withheld columns that stand in no column that is seen."""
    seen = {c for name, cells in whole.items() if rules.shows(name) for c in cells}
    hidden = {
        c for name, cells in whole.items() if not rules.shows(name) for c in cells
    }
    return {cell for cell in hidden - seen if not any(cell in one for one in seen)}
