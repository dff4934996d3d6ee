"""Parquet tables: their columns, and the SQL that reads them as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.errors import ExportError
from hcpgraph.importers import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

    from hcpgraph.importers.head import Head

_READ: Final = """
create or replace temp table raw as
select file_row_number + 1 as line, $cells
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
    """Refuse ids that are not exact.

    Raises:
        ExportError: if such a column is neither text nor integers.
    """
    from pyarrow import types  # noqa: PLC0415 - 0.1 s, only for Parquet

    for position in positions:
        field = schema.field(position)
        kind = field.type
        if types.is_dictionary(kind):
            kind = kind.value_type
        text = types.is_string(kind) or types.is_large_string(kind)
        if not (text or types.is_string_view(kind) or types.is_integer(kind)):
            raise ExportError(
                head.path,
                f"column {field.name!r} holds {field.type}, which does not keep ids "
                "exact; write ids as text or integers",
            )


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


def stage(head: Head, schema: pa.Schema, columns: Mapping[str, int]) -> tuple[str, ...]:
    """Statements that make ``raw``: line (the row, from 1) and *columns* as text."""
    names = {name: schema.field(position).name for name, position in columns.items()}
    cells = ", ".join(
        f"nullif(trim({quoted(column)}::varchar), '') as {name}"
        for name, column in names.items()
    )
    return (sql.fill(_READ, cells=cells, file=sql.file(head.path)),)


def quoted(name: str) -> str:
    """The name of a column, as it stands in a query."""
    return '"' + name.replace('"', '""') + '"'
