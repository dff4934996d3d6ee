"""Errors of files that are imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.errors.base import AboutFile
from hcpgraph.model.names import LAYERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class ExportError(AboutFile):
    """A social export cannot be read."""


class UnknownFormat(ExportError):
    """Nothing that hcpgraph reads looks like this file."""


class UnreadFormat(UnknownFormat):
    """It has a name, ``what``, and is not read; ``certain`` if that is beyond doubt."""

    def __init__(
        self, path: Path, reason: str, what: str = "", *, certain: bool = True
    ) -> None:
        super().__init__(path, reason)
        self.what, self.certain = what, certain


class PrivateMessages(UnreadFormat):
    """The file holds what people wrote to each other; no option makes it read."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            path,
            f"holds private messages ({what}), which hcpgraph never reads. If these "
            "are public posts, remove the column of texts and import again",
            f"private messages ({what})",
        )


class MissingColumns(ExportError):
    """A table lacks columns that its format needs."""

    def __init__(
        self, path: Path, missing: Sequence[str], found: Sequence[str]
    ) -> None:
        super().__init__(
            path, f"missing columns: {', '.join(missing)}; found: {', '.join(found)}"
        )
        self.missing = tuple(missing)
        self.found = tuple(found)


class MissingLayer(ExportError):
    """Nothing says what kind of ties a table holds."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            "no column says what kind of ties these are; say it with --layer: "
            f"{', '.join(LAYERS)}",
        )


class ForbiddenColumn(ExportError):
    """A table holds a column that must never be kept of a person."""

    def __init__(self, path: Path, column: str, why: str) -> None:
        super().__init__(
            path, f"column {column!r} is refused: {why}. Remove it and import again"
        )
        self.column = column


class RejectedRows(ExportError):
    """More rows of an export were unusable than the caller tolerates.

    Attributes:
        rejected: unusable rows.
        read: rows seen.
        reasons: the first unusable rows, as (line, reason).
    """

    def __init__(
        self,
        path: Path,
        *,
        rejected: int,
        read: int,
        reasons: Sequence[tuple[int, str]],
        tolerated: float,
    ) -> None:
        line, reason = reasons[0]
        super().__init__(
            path,
            f"{rejected} of {read} rows are unusable, the first is line {line}: "
            f"{reason}; nothing was imported. Allow more than {tolerated:.3g} with "
            "--max-rejected",
        )
        self.rejected = rejected
        self.read = read
        self.reasons = tuple(reasons)


class AlreadyImported(ExportError):
    """This very file is in the study; importing it again would change nothing.

    Attributes:
        known: the path under which it was imported.
        sha256: its digest.
    """

    def __init__(self, path: Path, *, known: str, sha256: str) -> None:
        super().__init__(
            path,
            f"already imported as {known}; to read it in another way, remove it first",
        )
        self.known = known
        self.sha256 = sha256


class VocabularyError(ExportError):
    """A vocabulary of disease areas cannot be used."""


class MappingError(ExportError):
    """A mapping of columns cannot be used."""
