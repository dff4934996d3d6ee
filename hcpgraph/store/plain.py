"""Ties between plain numbers: the quick way into the study.

A list of who follows whom names accounts by numeric ids and says nothing else. Its
rows are read as pairs of numbers, numbered, and sorted as one integer each; no text
is copied. The study comes out the same as by the long way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import duckdb
import numpy as np
import pyarrow as pa

from hcpgraph.store.answers import number
from hcpgraph.store.numbering import number_ids
from hcpgraph.store.writing import FACTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.files import FileDescription, PlainTies

TABLE: Final = "plain_tie"

_REFERENCES: Final = f"""
create temp table reference as
select id::varchar as native_id from (
    select distinct source as id from {TABLE}
    union select distinct target from {TABLE}
)
"""
# Both account numbers in one integer, which sorts by source, then target.
_KEYS: Final = f"""
with numbered as (select native_id::ubigint as id, account from id_number)
select s.account::bigint << 32 | t.account as tie
from {TABLE}
join numbered s on s.id = {TABLE}.source
join numbered t on t.id = {TABLE}.target
"""
_KNOWN: Final = """
select source::bigint << 32 | target as tie from tie
where layer = (select layer from layer where name = $layer)
  and "at" is null and post is null and area is null
"""
_INSERT: Final = """
insert into {table}
select source, target, layer.layer, null::timestamp, null::integer, 1::float,
       null::smallint, $file::integer
from pair, (select layer from layer where name = $layer) layer
"""
_GROUP: Final = 122_880  # rows that DuckDB writes together
_AT_ONCE: Final = 32 * _GROUP


def read_plain(
    connection: duckdb.DuckDBPyConnection, description: FileDescription
) -> PlainTies | None:
    """Read the file into ``plain_tie``, if it holds plain ties and nothing else.

    To be called outside a transaction: what does not fit is an error of the database,
    and such an error ends a transaction. None means that nothing was read.
    """
    ties = description.plain
    connection.execute(f"drop table if exists temp.{TABLE}")
    if ties is None or ties.layer not in FACTS:
        return None
    try:
        connection.execute(f"create temp table {TABLE} as {ties.query}")
    except duckdb.InvalidInputException:
        return None  # not so plain after all, or broken: the long way says which
    return ties


def write_plain(
    connection: duckdb.DuckDBPyConnection,
    ties: PlainTies,
    *,
    file: int,
    platform: str,
) -> tuple[int, int]:
    """Write the ties of ``plain_tie`` that the study does not hold yet.

    Returns:
        How many rows the file has, and how many brought something new.
    """
    read = number(connection, f"select count(*) from {TABLE}")
    connection.execute(_REFERENCES)
    number_ids(connection, platform=platform)
    found = _distinct(connection.execute(_KEYS).fetchnumpy()["tie"])
    connection.execute(f"drop table {TABLE}")
    held = connection.execute(_KNOWN, {"layer": ties.layer}).fetchnumpy()["tie"]
    fresh, known = _split(found, held)
    _insert(connection, "tie", fresh, layer=ties.layer, file=file)
    _insert(connection, "tie_again", known, layer=ties.layer, file=file)
    return read, len(fresh)


def _distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """The keys ascending, each once; sorts in place."""
    keys.sort()
    new = keys[1:] != keys[:-1]
    return keys if new.all() else keys[np.concatenate(([True], new))]


def _split(
    keys: NDArray[np.int64], held: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Those of *keys*, ascending, that are not held, and those that are.

    Sorts *held* in place.
    """
    if not len(held):
        return keys, keys[:0]
    held.sort()
    known = held.take(np.searchsorted(held, keys), mode="clip") == keys
    return keys[~known], keys[known]


def _insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    keys: NDArray[np.int64],
    *,
    layer: str,
    file: int,
) -> None:
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        ends = pa.table(
            {
                "source": (part >> 32).astype(np.int32),
                "target": (part & 0xFFFFFFFF).astype(np.int32),
            }
        )
        # in pieces, so that every thread gets some
        pieces = pa.Table.from_batches(ends.to_batches(max_chunksize=_GROUP))
        connection.register("pair", pieces)
        connection.execute(_INSERT.format(table=table), {"layer": layer, "file": file})
        connection.unregister("pair")
