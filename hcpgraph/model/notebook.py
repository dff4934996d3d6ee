"""How results look in a notebook: tables that fit, with a bar where it says more.

What is written here stays in the notebook: no script, no style sheet, nothing to load.
Cells are text, whatever strangers wrote in them.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Cell = str | int | float | bool | None

MOST: Final = 50  # rows of a table; a notebook is no place for thousands
# Columns whose numbers are amounts from 0 up, which a bar shows at a glance.
AMOUNTS: Final = frozenset(
    {"score", "gain", "probability", "adds", "members", "accounts"}
)
_BAR: Final = 60  # pixels of the longest
_LEFT: Final = ' style="text-align:left"'


def as_html(
    columns: Mapping[str, Sequence[Cell]],
    *,
    bars: Iterable[str] = AMOUNTS,
    most: int = MOST,
) -> str:
    """The first rows of a table; columns without any value are left out.

    Args:
        columns: name -> cells.
        bars: names of the columns that get bars.
        most: how many rows are shown; how many follow is said.

    >>> as_html({"members": [2, 1], "note": [None, None]}, bars=())
    '<table><thead><tr><th>members</th></tr></thead><tbody><tr><td>2</td></tr>\
<tr><td>1</td></tr></tbody></table>'
    """
    shown = {
        name: cells
        for name, cells in columns.items()
        if not cells or any(cell is not None for cell in cells)
    }
    drawn = set(bars)
    numeric = {name: _is_numeric(cells) for name, cells in shown.items()}
    head = "".join(
        f"<th{'' if numeric[name] else _LEFT}>{escape(name)}</th>" for name in shown
    )
    parts = [
        _column(cells[:most], numeric=numeric[name], bar=name in drawn)
        for name, cells in shown.items()
    ]
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in zip(*parts, strict=True))
    rows = len(next(iter(shown.values()), ()))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    if rows <= most:
        return table
    return f"{table}<p>{rows - most} more rows: to_pandas() has them all.</p>"


def notes_as_html(notes: Iterable[str]) -> str:
    """What a reader must know, in small print; nothing if there is nothing."""
    said = "<br>".join(map(escape, notes))
    return f"<p><small>{said}</small></p>" if said else ""


def show(cell: object) -> str:
    """A cell as people read it: six significant digits, nothing for empty.

    >>> show(0.123456789), show(None), show(12), show(True)
    ('0.123457', '', '12', 'yes')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)


def brief(cell: object) -> str:
    """Likewise, with the digits that one compares by.

    >>> brief(5.6543), brief(0.01234), brief(12.0), brief(1234.5), brief(None)
    ('5.65', '0.0123', '12', '1234', '')
    """
    if not isinstance(cell, float):
        return show(cell)
    if abs(cell) >= 1000 or cell.is_integer():
        return f"{cell:.0f}"
    return f"{cell:.3g}"


def _is_numeric(cells: Sequence[Cell]) -> bool:
    return all(isinstance(cell, int | float) or cell is None for cell in cells)


def _column(cells: Sequence[Cell], *, numeric: bool, bar: bool) -> list[str]:
    if not numeric:
        return [f"<td{_LEFT}>{escape(show(cell))}</td>" for cell in cells]
    longest = max((float(cell) for cell in cells if cell is not None), default=0.0)
    drawn = bar and longest > 0
    return [
        f"<td>{brief(cell)}{_bar(cell, longest) if drawn else ''}</td>"
        for cell in cells
    ]


def _bar(cell: Cell, longest: float) -> str:
    """A bar beside its number, which says all that the bar does."""
    width = 0 if cell is None else _BAR * max(float(cell), 0.0) / longest
    return (
        f' <svg width="{_BAR}" height="9" aria-hidden="true">'
        f'<rect width="{width:.1f}" height="9" fill="currentColor" opacity="0.45"/>'
        "</svg>"
    )
