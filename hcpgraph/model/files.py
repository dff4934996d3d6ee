"""How an export maps onto the tables of a study, and what its import did."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.model.statements import Statement


class RowType(StrEnum):
    """What one row of an export is; rows read, accepted and known count these."""

    TIES = "ties"
    POSTS = "posts"
    ACCOUNTS = "accounts"
    PEOPLE = "people"


PLATFORM: Final = re.compile(r"[a-z0-9][a-z0-9._-]*")
# One sign that no word, number or quoted cell holds.
_SEPARATOR = re.compile(r"""[^\w"'.+\n\r\x00-]""")
RELATIONS: Final = ("followers", "following")
# What a spreadsheet, a decimal number or the address of a page leaves of an id.
_NO_OWNER = re.compile(
    r"@?\s*|['=].*|https?:.*|[0-9]+[eE][+-]?[0-9]+"
    r"|[+-]?[0-9]+[.,][0-9]*([eE][+-]?[0-9]+)?"
)

# The columns each staged query must give, by these names. ``record`` is true for
# rows that are rows of the file itself, false for rows that come along with them
# (a quoted post, a mentioned account). ``place`` orders posts of one line. Times are
# TIMESTAMP in UTC. ``edits`` are the ids of all versions of an edited post, first to
# last. A tie that ``refers_to`` the id of a post is with its author; its target is
# whom the tie is with as long as that post is unknown, and may then be empty.
STAGED: Mapping[RowType, tuple[str, ...]] = {
    RowType.ACCOUNTS: (
        "line", "record", "native_id", "handle", "name", "bio", "location",
        "followers", "following", "posts", "verified", "created_at",
    ),
    RowType.POSTS: (
        "line", "place", "record", "native_id", "author_id", "author_handle",
        "created_at", "kind", "refers_to", "lang", "text", "hashtags", "urls",
        "reposts", "replies", "likes", "quotes", "edits",
    ),
    RowType.TIES: (
        "line", "record", "source_id", "source_handle", "target_id",
        "target_handle", "layer", "at", "post_id", "weight", "area",
        "refers_to",
    ),
    RowType.PEOPLE: (
        "line", "record", "native_id", "handle", "name", "role", "specialty",
        "institution", "country", "region", "area", "npi", "match_basis", "listable",
    ),
}  # fmt: skip


_TYPES: Final[Mapping[str, str]] = {
    "line": "bigint",
    "record": "boolean",
    "followers": "bigint",
    "following": "bigint",
    "posts": "bigint",
    "verified": "boolean",
    "listable": "boolean",
    "created_at": "timestamp",
    "at": "timestamp",
    "hashtags": "varchar[]",
    "urls": "varchar[]",
    "reposts": "bigint",
    "replies": "bigint",
    "likes": "bigint",
    "quotes": "bigint",
    "weight": "double",
    "place": "bigint",
    "edits": "varchar[]",
}


def type_of(column: str) -> str:
    """The type of a staged column.

    >>> type_of("handle"), type_of("at")
    ('varchar', 'timestamp')
    """
    return _TYPES.get(column, "varchar")


@dataclass(frozen=True, slots=True)
class EdgeBlock:
    """Some rows of a file of plain ties, yet to be read.

    Attributes:
        read: gives the ids of both ends, source and target, one of each per row,
            uint64, or None unless every one of these rows can be used, and every id
            is a number that is written as numbers are, without zeros in front. May
            be called in any thread.
        share: how much of the file ends with these rows, in (0, 1].
    """

    read: Callable[[], tuple[NDArray[np.uint64], NDArray[np.uint64]] | None]
    share: float


@dataclass(frozen=True, slots=True)
class IntegerEdgeList:
    """The fast path for a file of plain ties.

    A file with a block that gives None is read by ``FileDescription.stage``.

    Attributes:
        blocks: gives the rows of the file block by block, each row in one of them.
        layer: the layer of every row.
    """

    blocks: Callable[[], Iterator[EdgeBlock]]
    layer: str


@dataclass(frozen=True, slots=True)
class FileDescription:
    """How one export maps onto the study, as queries that the store runs.

    Attributes:
        path: the export.
        format: name of the format, such as ``"x-api-v2"``.
        platform: the platform the file itself names, or None.
        unit: what a row of the file is.
        stage: statements that read the file into temporary tables, ``raw`` first.
            They may use only tables they make themselves.
        queries: for each kind of row, a query over those tables that gives the
            columns of ``STAGED``, by name; at least one.
        rejects: a query that gives ``line, reason`` of every unusable row, each
            once; a line that holds several rows may come more than once.
        notes: what the user should know about this file, in words.
        remarks: a query over the staged tables that gives further notes, a
            sentence a row, for what has to be counted; empty if nothing has.
        plain: a quicker way to the same rows, where it may exist.
        broken: a query over the staged tables that gives a row if something could
            not be read that ``mended`` may bring back; empty if nothing can.
        mended: describes a copy that it makes in a folder, for a file that cannot be
            read as it stands; gives None if a copy would not help.
        nothing: asked if no row was found: how the file says so itself, in words;
            None if it does not, and is to be refused.
        cut_off: asked if the last row is unusable: whether the file breaks off in it;
            None if no file of the format can.
    """

    path: Path
    format: str
    platform: str | None
    unit: RowType
    stage: tuple[Statement, ...]
    queries: Mapping[RowType, str]
    rejects: str
    notes: tuple[str, ...] = ()
    remarks: str = ""
    plain: IntegerEdgeList | None = None
    broken: str = ""
    mended: Callable[[Path], FileDescription | None] | None = None
    nothing: Callable[[], str | None] | None = None
    cut_off: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table stands in its file, where that is not to be seen from the file.

    Attributes:
        encoding: name of the encoding; None for UTF-8, UTF-16 or, where a table can be
            nothing else, Windows-1252.
        separator: the sign between cells; None for the one that the headings show.
        decimal: the decimal sign of weights, ``"."`` or ``","``. A comma is also read
            where it can be nothing else.
        header: number of the row of the headings, from 1; None for the first row, or
            the one below title lines.
        sheet: name of the sheet of a workbook; None for the first with a table.
    """

    encoding: str | None = None
    separator: str | None = None
    decimal: str = "."
    header: int | None = None
    sheet: str | None = None

    def __post_init__(self) -> None:
        if self.encoding is not None:
            _check_encoding(self.encoding)
        if self.separator is not None and not _SEPARATOR.fullmatch(self.separator):
            raise ValueError(
                f"{self.separator!r} is no separator; write the one sign that stands"
                " between cells, such as ; or |"
            )
        if self.decimal not in (".", ","):
            raise ValueError(f"{self.decimal!r} is no decimal sign; write . or ,")
        if self.header is not None and self.header < 1:
            raise ValueError(f"no row has the number {self.header}; the first has 1")


def _check_encoding(name: str) -> None:
    try:
        codecs.lookup(name).incrementaldecoder(errors="strict").decode(b"", final=True)
        "".encode(name)
    except (LookupError, TypeError, UnicodeError):
        raise ValueError(
            f"{name!r} is no encoding of text; write a name like cp1252, latin-1 or"
            " utf-16"
        ) from None


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a user may say about files that do not say it themselves.

    Attributes:
        format: name of the format; None recognises it by content.
        platform: platform of files that name none: small letters, digits and
            ``-_.``, as it stands in front of an id.
        ids: ``"native"`` or ``"handle"``: what the ids of plain files are.
        ego: id or @handle of the owner of a follower list that names none.
        layer: layer of ties whose file names none; nobody guesses it.
        max_rejected: share of unusable rows above which a file is refused.
        layout: how tables stand in their files.
        relation: ``"followers"`` or ``"following"``: what the accounts of a list are
            to *ego*, where the list does not say so.
        mapping: name of a shipped mapping, or path of a file with one: which columns
            are what; None recognises the format.
        area: slug of the disease area that the files belong to as a whole, with their
            people and ties; an area in a row wins.
        allowed: what columns may tell of that are otherwise never kept, as the policy
            of the study allows by name; such columns are passed over.
    """

    format: str | None = None
    platform: str | None = None
    ids: str = "native"
    ego: str | None = None
    layer: str | None = None
    max_rejected: float = 0.01
    layout: Layout = Layout()
    relation: str | None = None
    mapping: str | Path | None = None
    area: str | None = None
    allowed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.relation not in (None, *RELATIONS):
            raise ValueError(
                f"{self.relation!r} is no relation to the owner of a list; write"
                " followers or following"
            )
        if self.platform is not None and not PLATFORM.fullmatch(self.platform):
            raise ValueError(
                f"{self.platform!r} is no platform; write a name like x or bluesky:"
                " small letters, digits, '-', '_' and '.'"
            )
        if self.ego is not None and _NO_OWNER.fullmatch(self.ego):
            raise ValueError(
                f"{self.ego!r} is no id: write all its digits and nothing else, or a "
                "handle as @handle"
            )


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file of an import.

    ``accepted + known + rejected == read`` for an imported file.

    Attributes:
        path: as the user gave it.
        format: name of the format, empty if it was not recognised.
        read: rows seen.
        accepted: rows that brought something new.
        known: rows the study knew already, or that repeat a row of this file.
        rejected: rows that could not be used.
        reasons: the first rejected rows, as (line, reason).
        notes: what the user should know.
        error: why the whole file was refused; None if it was imported.
    """

    path: Path
    format: str
    read: int = 0
    accepted: int = 0
    known: int = 0
    rejected: int = 0
    reasons: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()
    error: str | None = None

    @property
    def imported(self) -> bool:
        """Whether the file is in the study now, and was recognised at all."""
        return self.error is None and bool(self.format)
