"""What an output holds once it is read back: tables, and texts outside of tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TEXT: Final = ""  # the column of what stands in no column


@dataclass(frozen=True, slots=True)
class OutputPart:
    """Columns of an output that stand together.

    Attributes:
        where: sheet, element or key; empty for all of a plain table.
        columns: name -> cells, which need not be equally many; ``TEXT`` for texts that
            stand in no column.
    """

    where: str
    columns: Mapping[str, Sequence[Any]]
