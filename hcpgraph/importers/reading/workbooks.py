"""Workbooks of spreadsheet programs (XLSX, XLSM, XLSB, XLS, ODS): a sheet as CSV.

What a workbook may inflate to is limited while it is read, and so is the memory of the
process that lays out its cells. Line numbers of the copy are row numbers of the sheet.
"""

from __future__ import annotations

import json
import mmap
import os
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.errors import ExportError, UnreadFormat
from hcpgraph.importers.reading.copying import no_room
from hcpgraph.model.signs import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hcpgraph.model.files import Layout

OLE: Final = b"\xd0\xcf\x11\xe0"  # XLS, and workbooks with a password
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
MOST_INFLATED: Final = 2 * 2**30  # bytes
MOST_MEMORY: Final = 4 * 2**30  # bytes of the process that reads it

_BLOCK: Final = 2**20
_PROGRAM: Final = Path(__file__).with_name("sheet_copy.py")
_UNPACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ROW: Final = b"row>"  # behind it, a cell begins and none has begun
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_MAIN: Final = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb"}
_FAULTS: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError),
)
_CELLS: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
# Formulas whose value no program has put beside them, and cells with an error.
_FORMULA: Final = re.compile(
    rb"<(?:\w+:)?c\b(?![^>]*\bt=.str)[^>]*>\s*<(?:\w+:)?f\b[^>]*"
    rb"(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?"
    rb"\s*</(?:\w+:)?c>"
)
_ERROR: Final = re.compile(rb"""<(?:\w+:)?c\b[^>]*\bt=["']e["']""")

_DAMAGED: Final = (
    "is a damaged workbook, or another file of an office program; open it, save the"
    " sheet as CSV UTF-8, and import that"
)
_SAYS: Final = {
    "password": "has a password; save the workbook without one",
    "damaged": _DAMAGED,
    "empty": "is a workbook without a filled sheet that is shown",
    "memory": (
        f"is a workbook that needs more than {MOST_MEMORY >> 30} GB of"
        " memory to be read; save the sheet as CSV UTF-8"
    ),
}


@dataclass(frozen=True, slots=True)
class SheetCopy:
    """A sheet that was written as CSV.

    Attributes:
        name: of the sheet.
        others: further sheets that are shown and filled.
        times: how many of its cells hold times.
        errors: cells of the workbook with an error such as #N/A, which are empty.
    """

    name: str
    others: tuple[str, ...]
    times: int
    errors: int


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook, or one of the office files of old."""
    return _kind_of(path) is not None


def _kind_of(path: Path) -> str | None:
    """The ending that a workbook has by right; None if the file is none."""
    with path.open("rb") as stream:
        start = stream.read(len(OLE))
    if start == OLE:
        return "xls"
    if start not in ZIP:
        return None
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
            if "mimetype" in names and _is_ods(packed):
                return "ods"
    except (*_FAULTS, OSError):
        return None
    return next((kind for part, kind in _MAIN.items() if part in names), None)


def _is_ods(packed: zipfile.ZipFile) -> bool:
    with packed.open("mimetype") as stream:
        return stream.read(len(_ODS)) == _ODS


def write_sheet(path: Path, target: Path, layout: Layout, *, zone: str) -> SheetCopy:
    """Write a sheet of the workbook *path* as CSV UTF-8 to *target*.

    Args:
        path: the workbook.
        target: the copy; made here.
        layout: the name of the sheet and the decimal sign.
        zone: what is put behind times; workbooks name no zones.

    Raises:
        UnreadFormat: if no workbook can be made of the file.
        ExportError: if it is damaged, has a password, inflates to too much, holds
            formulas without values, or has no such sheet.
    """
    kind = str(_kind_of(path))
    errors = 0 if kind == "xls" else _checked(path)
    # the library goes by the ending, which means nothing
    named = target.with_name(f"workbook.{kind}")
    try:
        named.symlink_to(path.absolute())
    except OSError:  # a system without links, or without leave to make one
        shutil.copyfile(path, named)
    said = _asked(
        {
            "source": str(named.absolute()),
            "target": str(target.absolute()),
            "sheet": layout.sheet or "",
            "zone": zone,
            "decimal": layout.decimal,
            "memory": str(MOST_MEMORY),
        }
    )
    problem = said.get("error")
    if problem == "sheet":
        raise ExportError(path, _no_sheet(str(layout.sheet), said["sheets"]))
    if problem == "damaged" and _is_encrypted(path):
        problem = "password"
    if problem == "damaged":
        raise UnreadFormat(path, _DAMAGED, what="a workbook")
    if problem == "system":
        raise no_room(path, target, OSError(said["errno"], os.strerror(said["errno"])))
    if problem is not None:
        raise ExportError(path, _SAYS[problem])
    return SheetCopy(said["sheet"], tuple(said["others"]), said["times"], errors)


def _is_encrypted(path: Path) -> bool:
    """Whether a part is called as Office calls a workbook with a password."""
    with path.open("rb") as stream:
        if stream.read(len(OLE)) != OLE:
            return False
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return content.find(_ENCRYPTED) >= 0


def _no_sheet(name: str, there: Sequence[str]) -> str:
    return on_one_line(f"has no sheet {name!r}; its sheets are {', '.join(there)}")


def _asked(asked: dict[str, str]) -> dict[str, Any]:
    """What the program answers that writes the copy."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    program = [sys.executable, "-P", str(_PROGRAM), json.dumps(asked)]
    done = subprocess.run(
        program, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode == 0:
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
    # it was ended where it asked for more memory than there is, or gave up
    return {"error": "memory" if done.returncode < 0 else "damaged"}


def _checked(path: Path) -> int:
    """Inflate all of a workbook once, within the limit; gives its cells with errors.

    Raises:
        ExportError: see ``write_sheet``.
    """
    errors = formulas = 0
    for name, piece in _inflated(path):
        if _CELLS.fullmatch(name):
            if b'"e"' in piece or b"'e'" in piece:
                errors += len(_ERROR.findall(piece))
            if b"<f" in piece or b":f" in piece:
                formulas += len(_FORMULA.findall(piece))
    if formulas:
        cells = "1 formula" if formulas == 1 else f"{formulas} formulas"
        raise ExportError(
            path,
            f"holds {cells} without a value beside; open it in a spreadsheet program"
            " and save it, or save the sheet as CSV UTF-8",
        )
    return errors


def _inflated(path: Path) -> Iterator[tuple[str, bytes]]:
    """What the parts of a workbook hold, in pieces that cut no cell in two."""
    total = 0
    try:
        with zipfile.ZipFile(path) as packed:
            for part in packed.infolist():
                if part.flag_bits & 1:
                    raise ExportError(path, _SAYS["password"])
                if part.compress_type not in _UNPACKED:
                    raise UnreadFormat(path, _DAMAGED, what="a workbook")
                rest = b""
                with packed.open(part) as stream:
                    while block := stream.read(_BLOCK):
                        total += len(block)
                        if total > MOST_INFLATED:
                            raise ExportError(path, _too_much())
                        rest += block
                        cut = rest.rfind(_ROW) + len(_ROW)
                        if cut >= len(_ROW):
                            yield part.filename, rest[:cut]
                            rest = rest[cut:]
                        rest = rest[-8 * _BLOCK :]
                yield part.filename, rest
    except _FAULTS as error:
        raise UnreadFormat(path, _DAMAGED, what="a workbook") from error


def _too_much() -> str:
    most = MOST_INFLATED >> 30
    return f"is a workbook that inflates to more than {most} GB; save the sheet as CSV"
