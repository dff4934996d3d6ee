"""Tables of ties as Parquet, with columns of every type."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from tests.fuzz.tables import Table

_WHEN: Final = datetime(2025, 3, 1, 12, tzinfo=UTC)


def _numbers(cells: list[str]) -> list[int | None]:
    # no float holds numbers of more digits
    return [
        int(c) if c.isdecimal() and c.isascii() and len(c) <= 300 else None
        for c in cells
    ]


def _small(cells: list[str]) -> list[int | None]:
    return [None if n is None else n % 100 for n in _numbers(cells)]


_TYPES: Final[Mapping[str, Callable[[list[str]], Any]]] = {
    "string": pa.array,
    "large_string": lambda c: pa.array(c, pa.large_string()),
    "dictionary": lambda c: pa.array(c).dictionary_encode(),
    "int64": lambda c: pa.array(
        [None if n is None else n % 2**63 for n in _numbers(c)]
    ),
    "int8": lambda c: pa.array(_small(c), pa.int8()),
    "double": lambda c: pa.array(
        [None if n is None else float(n) for n in _numbers(c)], pa.float64()
    ),
    "float": lambda c: pa.array(_small(c), pa.float32()),
    "bool": lambda c: pa.array([bool(x) for x in c]),
    "decimal": lambda c: pa.array([Decimal(7)] * len(c), pa.decimal128(20, 2)),
    "zoned": lambda c: pa.array([_WHEN] * len(c), pa.timestamp("us", tz="UTC")),
    "naive": lambda c: pa.array([_WHEN.replace(tzinfo=None)] * len(c)),
    "date": lambda c: pa.array([_WHEN.date()] * len(c)),
    "binary": lambda c: pa.array([b"\xff\x00" for _ in c], pa.binary()),
    "list": lambda c: pa.array([[x] for x in c]),
    "struct": lambda c: pa.array([{"id": x} for x in c]),
    "null": lambda c: pa.nulls(len(c)),
}
_USUAL: Final = ("string", "string", "int64", "large_string", "dictionary")


def to_bytes(rng: Random, table: Table) -> bytes:
    """The table, mostly with columns of the usual types."""
    width = len(table.names)
    columns = []
    for at in range(width):
        cells = [_clean(row[at]) if at < len(row) else "" for row in table.rows]
        kinds = _USUAL if rng.random() < 0.8 else tuple(_TYPES)
        columns.append(_TYPES[rng.choice(kinds)](cells))
    names = [_clean(name) for name in table.names]
    out = io.BytesIO()
    pq.write_table(
        pa.Table.from_arrays(columns, names=names),
        out,
        compression=rng.choice(("snappy", "gzip", "zstd", "none")),
    )
    return out.getvalue()


def _clean(text: str) -> str:
    """Without half characters, which Arrow does not take."""
    return text.encode("utf-8", "replace").decode()
