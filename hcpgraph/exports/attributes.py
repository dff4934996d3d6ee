"""What other tools can hold of a column: one kind, plain values, a name of its own."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, time
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from hcpgraph.model.table import Cell

    Kind = Literal["boolean", "long", "double", "string"]

# What XML 1.0 has no way to write; JSON and spreadsheets need none of it either.
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# GEXF and Gephi mean their own thing by it; a tie of that type would be dropped.
_TAKEN: Final = {"type": "kind"}
_LONG: Final = 2**63


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column as other tools take it.

    Attributes:
        title: no other column of the file has it, in any case.
        kind: of every cell.
        cells: plain values of that kind; None where there is none.
    """

    title: str
    kind: Kind
    cells: tuple[Cell, ...]


def sanitize(columns: Mapping[str, Sequence[object]]) -> tuple[Attribute, ...]:
    """Columns of any values as attributes that GEXF, GraphML and JSON can hold.

    Nothing for None, NaN, NA, NaT and infinities; scalars of numpy as Python's; dates
    in ISO 8601; lists joined by ``|``, sets sorted first; texts without characters
    that XML cannot hold. A column of truths, whole numbers or numbers keeps its kind,
    any mixture becomes text. A column without any value is left out. Titles that
    differ only in case get a number, and ``type`` becomes ``kind``.

    >>> from datetime import date
    >>> for one in sanitize({"Seen": [date(2025, 3, 1), None], "seen": [1, 2.5]}):
    ...     print(one)
    Attribute(title='Seen', kind='string', cells=('2025-03-01', None))
    Attribute(title='seen_2', kind='double', cells=(1.0, 2.5))
    """
    found = []
    taken: set[str] = set()
    for name, cells in columns.items():
        values = _plain_values(cells)
        if all(value is None for value in values):
            continue
        kind = _kind(values)
        title = _own_title(clean(str(name)), taken)
        found.append(Attribute(title, kind, _as_kind(kind, values)))
    return tuple(found)


def _plain_values(cells: Sequence[Any]) -> list[Cell]:
    """Each cell as ``plain`` has it; columns of one kind, which most are, at once."""
    kinds = set(map(type, cells)) - {NoneType}
    if kinds <= {bool}:
        return list(cells)
    if kinds == {str}:
        # the same few texts come again and again
        known = {text: text and clean(text) for text in set(cells)}
        return [known[text] for text in cells]
    if kinds == {int} and all(
        value is None or -_LONG <= value < _LONG for value in cells
    ):
        return list(cells)
    if kinds == {float}:
        return [None if v is None or not math.isfinite(v) else v for v in cells]
    return [plain(cell) for cell in cells]


def plain(value: object) -> Cell:
    """One value as text, number or truth; None for what says nothing.

    >>> plain(["b", "a"]), plain({"b", "a"}), plain(float("nan"))
    ('b|a', 'a|b', None)
    """
    for kinds, turned in _TURNED:
        if isinstance(value, kinds):
            return turned(value)
    if hasattr(value, "tolist"):  # scalars and arrays of numpy
        return plain(value.tolist())
    if value is None or type(value).__name__ == "NAType":  # pandas need not be loaded
        return None
    return clean(str(value))


def written(number: float) -> str:
    """The shortest text that a reader turns into the very same number.

    >>> written(0.1 + 0.2), written(12.0), written(-0.0)
    ('0.30000000000000004', '12', '0')
    """
    # adding 0 takes the sign of a zero away
    return float.__repr__(number + 0.0).removesuffix(".0")


def clean(text: str) -> str:
    r"""A text without characters that XML cannot hold.

    >>> clean("a\x0bb\ud800")
    'ab'
    """
    return _ILLEGAL.sub("", text)


def _joined(values: Iterable[object]) -> str | None:
    texts = [str(one) for one in map(plain, values) if one is not None]
    return "|".join(texts) or None


def _whole(value: int) -> int | str:
    return value if -_LONG <= value < _LONG else str(value)


# What a value becomes, by what it is; a truth is a whole number too.
_TURNED: Final[Sequence[tuple[tuple[type, ...], Callable[[Any], Cell]]]] = (
    ((str,), clean),
    ((bool,), bool),
    ((int,), _whole),
    ((float,), lambda value: float(value) if math.isfinite(value) else None),
    # NaT is a datetime that is not equal to itself
    ((date, time), lambda value: value.isoformat() if value == value else None),  # noqa: PLR0124
    ((set, frozenset), lambda value: _joined(sorted(value, key=str))),
    ((list, tuple), _joined),
)


def _kind(values: Sequence[Cell]) -> Kind:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "long"
    return "double" if kinds <= {int, float} else "string"


def _as_kind(kind: Kind, values: Sequence[Cell]) -> tuple[Any, ...]:
    if kind == "double":
        return tuple(None if value is None else float(value) for value in values)
    if kind == "string":
        return tuple(None if value is None else str(value) for value in values)
    return tuple(values)


def _own_title(title: str, taken: set[str]) -> str:
    """The title, or a like one that is free; it is taken afterwards."""
    base = _TAKEN.get(title.lower(), title) or "attribute"
    own, number = base, 1
    while own.lower() in taken:
        number += 1
        own = f"{base}_{number}"
    taken.add(own.lower())
    return own
