"""Queries for the rows of a study, with each column under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.model.files import STAGED, type_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.model.files import RowType


def staged_rows(unit: RowType, columns: Mapping[str, str], source: str) -> str:
    """A query for rows of *unit*; a column that is not given is null.

    Args:
        unit: what the rows are.
        columns: name of a staged column -> expression over *source*.
        source: what stands behind ``from``.

    Raises:
        ValueError: if no such row has a column of one of the names.

    >>> from hcpgraph.model.files import RowType
    >>> print(staged_rows(RowType.TIES, {"line": "n"}, "raw").splitlines()[1])
        null::boolean as "record",
    """
    unknown = sorted(columns.keys() - set(STAGED[unit]))
    if unknown:
        raise ValueError(f"{unit.value} have no column {', '.join(unknown)}")
    cells = ",\n    ".join(
        f'{columns.get(name, f"null::{type_of(name)}")} as "{name}"'
        for name in STAGED[unit]
    )
    return f"select {cells}\nfrom {source}"
