"""Parquet tables: their columns, and the SQL that reads them as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError
from hcpgraph.importers.reading import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

    from hcpgraph.importers.reading.head import Head

_READ: Final = """
create or replace temp table raw as
select file_row_number + 1 as line, $cells, null::varchar as broken
from read_parquet($file, file_row_number = true, hive_partitioning = false)
"""


def schema_of(head: Head) -> pa.Schema:
    """The columns and their types.

    Raises:
        ExportError: if the file is damaged.
    """
    import pyarrow as pa  # noqa: PLC0415 - 0.1 s, only for Parquet
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    try:
        return pq.read_schema(head.path)
    except (pa.ArrowException, OSError) as error:
        raise ExportError(
            head.path, f"is a damaged Parquet file ({error}); export it again"
        ) from error


def check_ids(head: Head, schema: pa.Schema, positions: Iterable[int]) -> None:
    """Refuse columns that cannot hold ids.

    Decimal numbers can: each is looked at by itself.

    Raises:
        ExportError: if such a column is neither text nor numbers.
    """
    from pyarrow import types  # noqa: PLC0415 - 0.1 s, only for Parquet

    for position in positions:
        field = schema.field(position)
        kind = field.type
        if types.is_dictionary(kind):
            kind = kind.value_type
        text = types.is_string(kind) or types.is_large_string(kind)
        number = types.is_integer(kind) or _is_decimal(kind)
        if not (text or types.is_string_view(kind) or types.is_null(kind) or number):
            raise ExportError(
                head.path,
                f"column {field.name!r} holds {field.type}, which is no id; write ids "
                "as text or integers",
            )


def _is_decimal(kind: pa.DataType) -> bool:
    """Whether numbers of a type may have digits behind a point."""
    from pyarrow import types  # noqa: PLC0415 - 0.1 s, only for Parquet

    return bool(types.is_floating(kind) or types.is_decimal(kind))


def check_time(head: Head, schema: pa.Schema, position: int) -> None:
    """Refuse times of which nobody knows the zone.

    Raises:
        ExportError: if the column holds times or dates without a zone.
    """
    from pyarrow import types  # noqa: PLC0415 - 0.1 s, only for Parquet

    field = schema.field(position)
    naive = types.is_timestamp(field.type) and field.type.tz is None
    if naive or types.is_date(field.type):
        raise ExportError(
            head.path,
            f"column {field.name!r} holds {field.type} without a time zone; write it "
            "in UTC with its zone",
        )


# Whole numbers that a floating one keeps exact are written as such; of others only
# a rounded form is left, and no cell is a number that is none.
_FLOATING: Final = """case when not isfinite($column) then null
    when $column = trunc($column) and abs($column) <= $exact
    then $column::bigint::varchar
    when $column = trunc($column) then format('{:e}', $column)
    else $column::varchar end"""
# Bits of a number -> the largest whole one that no other is rounded to.
_EXACT: Final = {16: 2**11 - 1, 32: 2**24 - 1, 64: 2**53}
_DECIMAL: Final = """case when $column = trunc($column)
    then trunc($column)::hugeint::varchar else $column::varchar end"""


def stage(
    head: Head,
    schema: pa.Schema,
    columns: Mapping[str, int],
    ids: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """Statements that make ``raw``: line (the row, from 1) and *columns* as text.

    As of a delimited file there is ``broken``, which no row is. Numbers in *ids* are
    written as ids are.
    """
    texts = {
        name: _text(schema.field(position), exact=name in ids)
        for name, position in columns.items()
    }
    cells = ", ".join(f"nullif(trim({t}), '') as {name}" for name, t in texts.items())
    return (sql.fill(_READ, cells=cells, file=sql.file(head.path)),)


def _text(field: pa.Field, *, exact: bool) -> str:
    """A column as text."""
    from pyarrow import types  # noqa: PLC0415 - 0.1 s, only for Parquet

    column = quoted(field.name)
    if exact and types.is_floating(field.type):
        most = str(_EXACT[field.type.bit_width])
        return sql.fill(_FLOATING, column=column, exact=most)
    if exact and types.is_decimal(field.type):
        return sql.fill(_DECIMAL, column=column)
    return f"{column}::varchar"


def quoted(name: str) -> str:
    """The name of a column, as it stands in a query."""
    return '"' + name.replace('"', '""') + '"'
