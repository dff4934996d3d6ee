"""Writes a sheet of a workbook as CSV; run by ``workbooks`` as a program of its own.

A workbook says in a few bytes that it has billions of cells, and the library that reads
it lays them all out. In a process of its own, with a limit on its memory, that ends the
process and nothing else. It imports nothing of hcpgraph, so that it starts at once.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import python_calamine as calamine

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXACT: Final = 2**53  # from here on, a cell with a number may hold another one
_LINE_ENDS: Final = str.maketrans(dict.fromkeys("\r\n\v\f\x1c\x1d\x1e\x85\u2028", " "))
# What most cells do not hold: ends of lines, blanks around, signs to be quoted.
_ODD: Final = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028,;\t|\"]|^\s|\s$").search
_QUOTED: Final = frozenset(',;\t|"')


@dataclass(slots=True)
class CellWriter:
    """Cells as text.

    Attributes:
        zone: what stands behind times, which name no zone in a workbook.
        decimal: the decimal sign.
        times: how many times were written.
    """

    zone: str
    decimal: str
    times: int = field(default=0)

    def line(self, cells: Iterable[Any]) -> str:
        """A row of CSV; empty if nothing stands in it."""
        texts = [
            cell
            if type(cell) is str and not _ODD(cell)
            else self._quoted(self._text(cell))
            for cell in cells
        ]
        return ",".join(texts) if any(texts) else ""

    def _quoted(self, text: str) -> str:
        if _QUOTED.isdisjoint(text):
            return text
        return '"' + text.replace('"', '""') + '"'

    def _text(self, cell: Any) -> str:
        if isinstance(cell, str):
            return cell.translate(_LINE_ENDS).strip()
        if isinstance(cell, bool):
            return str(cell).upper()
        if isinstance(cell, int | float):
            return self._number(cell)
        if isinstance(cell, datetime.date):  # with a clock or without
            self.times += 1
            clock = isinstance(cell, datetime.datetime) or not self.zone
            return cell.isoformat() + ("" if clock else "T00:00:00") + self.zone
        return str(cell)

    def _number(self, number: float) -> str:
        if abs(number) >= _EXACT:
            return f"{number:.16e}"  # as what it is: rounded
        if number == int(number):
            return str(int(number))
        return repr(number).replace(".", self.decimal)


def copy(asked: dict[str, str]) -> dict[str, Any]:
    """Write the sheet that is asked for, or the first with a table; says which.

    Raises:
        CalamineError: if the workbook is damaged, or has a password.
        OSError: if there is no room.
    """
    with calamine.load_workbook(asked["source"]) as book:
        shown = [each.name for each in book.sheets_metadata if _is_shown(each)]
        named = asked["sheet"]
        if named and named not in book.sheet_names:
            return {"error": "sheet", "sheets": shown}
        filled: list[str] = []
        kept: calamine.CalamineSheet | None = None
        is_table = False
        for name in [named] if named else shown:
            sheet = book.get_sheet_by_name(name)
            rows, width = _size(sheet)
            if rows:
                filled.append(name)
            if rows and (kept is None or (not is_table and min(rows, width) > 1)):
                kept, is_table = sheet, min(rows, width) > 1
        if kept is None:
            return {"error": "empty", "sheets": shown}
        writer = CellWriter(asked["zone"], asked["decimal"])
        with open(asked["target"], "w", encoding="utf-8", newline="") as stream:
            for cells in kept.iter_rows():
                stream.write(writer.line(cells) + "\n")
        chosen = kept.name
        others = [name for name in filled if name != chosen]
        return {"sheet": chosen, "others": others, "times": writer.times}


def _is_shown(sheet: calamine.SheetMetadata) -> bool:
    return (
        sheet.typ == calamine.SheetTypeEnum.WorkSheet
        and sheet.visible == calamine.SheetVisibleEnum.Visible
    )


def _size(sheet: calamine.CalamineSheet) -> tuple[int, int]:
    """Filled rows, and filled cells of the fullest, as far as two of either."""
    rows = width = 0
    for cells in sheet.iter_rows():
        filled = sum(1 for cell in cells if cell not in ("", None))
        rows += filled > 0
        width = max(width, filled)
        if rows > 1 and width > 1:
            break
    return rows, width


def _limit_memory(most: int) -> None:
    with contextlib.suppress(ImportError):  # other systems have no such limit
        import resource  # noqa: PLC0415 - as above

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main() -> None:
    """Answers on stdout, in JSON."""
    asked = json.loads(sys.argv[1])
    _limit_memory(int(asked["memory"]))
    try:
        said = copy(asked)
    except calamine.PasswordError:
        said = {"error": "password"}
    except calamine.CalamineError as error:
        said = {"error": "damaged", "said": str(error)}
    except MemoryError:
        said = {"error": "memory"}
    except OSError as error:
        said = {"error": "system", "errno": error.errno}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
