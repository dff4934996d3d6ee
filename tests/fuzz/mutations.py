"""Damage: to values, to rows, to bytes."""

from __future__ import annotations

import codecs
import csv
import gzip
import json
import re
import zlib
from typing import TYPE_CHECKING, Any, Final

from tests.fuzz import values

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.fuzz.pages import Document
    from tests.fuzz.tables import Table

_DEPTH: Final = 5000
_DEEP: Final = "DEEP-VALUE"
_HUGE: Final = "HUGE-NUMBER"
_LONG: Final = 200_000  # letters of a cell that is much too long


def harm_table(rng: Random, table: Table) -> None:
    """Damage a table in one to three places."""
    for _ in range(rng.randint(1, 3)):
        rng.choice(_TABLE)(rng, table)


def _odd_cell(rng: Random, table: Table) -> None:
    row = rng.choice(table.rows) if table.rows else table.names
    if row:
        row[rng.randrange(len(row))] = values.odd_text(rng)


def _odd_column(rng: Random, table: Table) -> None:
    at = rng.randrange(len(table.names)) if table.names else 0
    text = values.odd_text(rng)
    for row in table.rows:
        if at < len(row):
            row[at] = text


def _rounded_column(rng: Random, table: Table) -> None:
    """Numbers as a spreadsheet or a float gives them back."""
    at = rng.randrange(len(table.names)) if table.names else 0
    form = rng.choice(("{}.0", "{}.", "{}e0", '="{}"', "'{}", "{},0", " {} ", "{}.5"))
    for row in table.rows:
        if at < len(row) and row[at].isdecimal():
            row[at] = form.format(row[at])


def _odd_name(rng: Random, table: Table) -> None:
    if table.names:
        table.names[rng.randrange(len(table.names))] = values.odd_text(rng)


def _cut_row(rng: Random, table: Table) -> None:
    if table.rows:
        row = rng.choice(table.rows)
        del row[rng.randrange(len(row) + 1) :]


def _extra_cells(rng: Random, table: Table) -> None:
    if table.rows:
        rng.choice(table.rows).extend([values.odd_text(rng)] * rng.randint(1, 3))


def _repeat_row(rng: Random, table: Table) -> None:
    if table.rows:
        copies = [list(rng.choice(table.rows)) for _ in range(rng.randint(1, 3))]
        table.rows.extend(copies)


def _repeat_names(rng: Random, table: Table) -> None:
    table.rows.insert(rng.randrange(len(table.rows) + 1), list(table.names))


def _reorder(rng: Random, table: Table) -> None:
    order = list(range(len(table.names)))
    rng.shuffle(order)
    _pick(table, order)


def _drop_column(rng: Random, table: Table) -> None:
    if len(table.names) > 1:
        gone = rng.randrange(len(table.names))
        _pick(table, [i for i in range(len(table.names)) if i != gone])


def _repeat_column(rng: Random, table: Table) -> None:
    if table.names:
        order = list(range(len(table.names)))
        _pick(table, [*order, rng.choice(order)])


def _pick(table: Table, order: list[int]) -> None:
    table.names = [table.names[i] for i in order if i < len(table.names)]
    table.rows = [[row[i] for i in order if i < len(row)] for row in table.rows]


def _index_column(rng: Random, table: Table) -> None:
    """As pandas writes its index."""
    table.names = [rng.choice(("", "Unnamed: 0", "index")), *table.names]
    table.rows = [[str(i), *row] for i, row in enumerate(table.rows)]


def _trailing_rows(rng: Random, table: Table) -> None:
    """As Excel leaves them behind a list."""
    blank = [""] * len(table.names) if rng.random() < 0.8 else []
    table.rows += [list(blank) for _ in range(rng.randint(1, 5))]


def _no_rows(_rng: Random, table: Table) -> None:
    table.rows = []


def _other_dialect(rng: Random, table: Table) -> None:
    table.delimiter = rng.choice(",;\t|")
    table.end = rng.choice(("\r\n", "\r", "\n", "\n\n", "\n\r"))
    table.quoting = rng.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL))


def _long_cell(rng: Random, table: Table) -> None:
    if table.rows and table.rows[0]:
        table.rows[0][-1] = rng.choice(("x", "1", '"', "\n")) * _LONG


_TABLE: Final[tuple[Callable[[Random, Table], None], ...]] = (
    _odd_cell, _odd_cell, _odd_cell, _odd_cell, _odd_column, _rounded_column, _odd_name,
    _cut_row, _extra_cells, _repeat_row, _repeat_names, _reorder, _drop_column,
    _repeat_column, _index_column, _trailing_rows, _no_rows, _other_dialect, _long_cell,
)  # fmt: skip


def harm_document(rng: Random, document: Document) -> None:
    """Put odd values into one to three places of some JSON."""
    for _ in range(rng.randint(1, 3)):
        places = list(_places(document.items))
        if not places:
            return
        holder, key = rng.choice(places)
        _replace(rng, holder, key)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every holder and key of some JSON."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        keys = one if isinstance(one, dict) else range(len(one))
        for key in keys:
            found.append((one, key))
            if isinstance(one[key], dict | list):
                waiting.append(one[key])
    return found


def _replace(rng: Random, holder: Any, key: Any) -> None:
    old = holder[key]
    draw = rng.random()
    if draw < 0.15:
        del holder[key]
    elif draw < 0.25 and isinstance(holder, dict):
        holder[values.odd_text(rng)] = holder.pop(key)
    elif draw < 0.3:
        holder[key] = _DEEP
    elif draw < 0.33:
        holder[key] = _HUGE
    elif draw < 0.5:
        holder[key] = _other_type(rng, old)
    else:
        holder[key] = values.odd_json(rng)


def _other_type(rng: Random, old: Any) -> Any:
    if isinstance(old, str):
        number = int(old) if old.isdecimal() and old.isascii() else 7
        return rng.choice((number, float(number), [old], {"id": old}, [[old]]))
    if isinstance(old, dict):
        return rng.choice((list(old.values()), [old], json.dumps(old), list(old)))
    if isinstance(old, list):
        return rng.choice((old[0] if old else None, {"0": old}, json.dumps(old)))
    return rng.choice((str(old), [old], {"value": old}))


def harm_json(rng: Random, data: bytes) -> bytes:
    """What can be done to JSON only where it is written."""
    deep = rng.choice(
        (b"[" * _DEPTH + b"]" * _DEPTH, b'{"a":' * _DEPTH + b"1" + b"}" * _DEPTH)
    )
    data = data.replace(f'"{_DEEP}"'.encode(), deep)
    data = data.replace(f'"{_HUGE}"'.encode(), b"9" * 5000)
    draw = rng.random()
    if draw < 0.05:
        names = re.findall(rb'"[a-z_]+":', data)
        if names:
            name = rng.choice(names)
            return data.replace(name, name + b' "9", ' + name)
    if draw < 0.08:
        return deep + b"\n" + data
    if draw < 0.1:
        return data.replace(b"\n", rng.choice((b"\r", b"\r\n", b"\n\n", b",\n", b" ")))
    return data


def harm_bytes(rng: Random, data: bytes) -> bytes:
    """Damage a file where it is stored, as disks, mails and programs do."""
    return rng.choice(_BYTES)(rng, data)


def _flip(rng: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _cut(rng: Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _cut_start(rng: Random, data: bytes) -> bytes:
    return data[rng.randrange(len(data) + 1) :]


def _cut_middle(rng: Random, data: bytes) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + data[start + rng.randint(1, 40) :]


def _insert(rng: Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    odd = (
        b"\x00", b"\xff", b"\xed\xa0\xbd", b"\xc0\x80", b'"', b"\n", b"\r", b"\x1a",
        b"\x1b[2J", b"\xc2\x85", b"\xe2\x80\xae", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf",
    )  # fmt: skip
    return data[:at] + rng.choice(odd) * rng.randint(1, 3) + data[at:]


def _marked(rng: Random, data: bytes) -> bytes:
    return codecs.BOM_UTF8 * rng.randint(1, 2) + data


def _recoded(rng: Random, data: bytes) -> bytes:
    code = rng.choice(
        ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "utf-7")
    )
    text = data.decode("utf-8", "replace")
    return text.encode(code, "replace")


def _line_ends(rng: Random, data: bytes) -> bytes:
    end = rng.choice((b"\r", b"\r\n", b"\n\r", b"\x0b", b"\xe2\x80\xa8"))
    return data.replace(b"\r\n", b"\n").replace(b"\n", end)


def _doubled(rng: Random, data: bytes) -> bytes:
    return data * rng.randint(2, 3)


def _padded(rng: Random, data: bytes) -> bytes:
    return data + rng.choice((b"\x00", b"\x1a", b"\n", b" ", b"PAR1")) * 600


def _zipped(_rng: Random, data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _members(rng: Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return b"".join(gzip.compress(part, mtime=0) for part in (data[:at], data[at:]))


def _zipped_and_harmed(rng: Random, data: bytes) -> bytes:
    packed = _members(rng, data) if rng.random() < 0.3 else _zipped(rng, data)
    harm = rng.choice((_flip, _cut, _trailer, _cut_trailer, _zeros, _rubbish, _zipped))
    return harm(rng, packed)


def _trailer(rng: Random, packed: bytes) -> bytes:
    """Another check sum, or another length."""
    changed = bytearray(packed)
    changed[-rng.randint(1, 8)] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _cut_trailer(rng: Random, packed: bytes) -> bytes:
    return packed[: -rng.randint(1, 12)]


def _zeros(rng: Random, packed: bytes) -> bytes:
    return packed + b"\x00" * rng.randint(1, 600)


def _rubbish(rng: Random, packed: bytes) -> bytes:
    return packed + rng.choice((b"\n", b"x", b"\x1f\x8b", b"\x00\x00x", packed[:20]))


_BYTES: Final[tuple[Callable[[Random, bytes], bytes], ...]] = (
    _flip, _flip, _cut, _cut_start, _cut_middle, _insert, _insert, _marked, _recoded,
    _line_ends, _doubled, _padded, _zipped, _members, _zipped_and_harmed,
    _zipped_and_harmed,
)  # fmt: skip


def is_damaged_gzip(data: bytes) -> bool:
    """Whether *data* is gzip that Python's own reader refuses."""
    if not data.startswith(b"\x1f\x8b"):
        return False
    try:
        gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return True
    return False
