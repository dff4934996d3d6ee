"""What a row of an export says: plain tables, Veeva, Salesforce.

A box of Salesforce that is not ticked says nothing: it is the absence of an objection,
and no consent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from hcpgraph.importers.consents import headings, words
from hcpgraph.importers.consents.days import day_of, last_day
from hcpgraph.importers.consents.persons import names_of
from hcpgraph.model.consent import (
    ALL,
    CONTACT,
    EMAIL,
    HANDLE,
    ID,
    INFORMED,
    NO,
    NOTICE,
    NPI,
    RECORD,
    ConsentRow,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Cells = Mapping[str, Sequence[str]]

_KINDS: Final = (ID, HANDLE, NPI, EMAIL, RECORD)
_REFERENCE: Final = re.compile(r"(?=.*\d)[A-Za-z0-9]{15}(?:[A-Z0-5]{3})?")
# addresses and numbers of telephones, which no list may hold
_PRIVATE: Final = re.compile(
    r"[^\s@]+@[^\s@]+|https?://\S+|\+?\d[\d ()/.]{6,}\d|\d{3}-\d{3}-\d{4}"
)
_LONGEST: Final = 80  # signs of a source


class Columns:
    """The columns of a file and what they mean.

    Args:
        names: as they stand in the file.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.system = headings.system_of(names)
        meanings = [headings.meaning(self.system, name) for name in names]
        self.of_records = self.system == "salesforce" and not any(
            one in ("status", "point") for one in meanings
        )
        self._meanings = [self._own(one) for one in meanings]
        self._known = {one for one in self._meanings if one is not None}

    @property
    def usable(self) -> bool:
        """Whether rows name people and say something of them."""
        says = any(o == "status" or o.startswith("flag ") for o in self._known)
        return self.names_people and (says or len(self._known & {*_KINDS}) > 1)

    @property
    def names_people(self) -> bool:
        """Whether rows name people."""
        return not self._known.isdisjoint((*_KINDS, "point"))

    def has(self, what: str) -> bool:
        """Whether there is such a column."""
        return what in self._known

    def cells(self, row: Sequence[str]) -> dict[str, list[str]]:
        """The cells of a row that say something, by what they mean."""
        found: dict[str, list[str]] = defaultdict(list)
        for what, cell in zip(self._meanings, row, strict=False):
            if what is not None and not words.is_empty(cell):
                found[what].append(cell)
        return found

    def _own(self, what: str | None) -> str | None:
        """The id of a record is a person's only where records are people."""
        if what == "own":
            return RECORD if self.of_records else None
        return RECORD if what == "point" else what


def read_row(columns: Columns, line: int, row: Sequence[str]) -> ConsentRow | None:
    """What a row says; None if it says nothing.

    Raises:
        ValueError: if a cell is not understood; the message names no cell.
    """
    cells = columns.cells(row)
    if not cells:
        return None
    names = names_of(
        [(kind, cell) for kind in _KINDS for cell in cells.get(kind, ())]
        + _addresses(cells),
        _platform(cells),
    )
    if not names:
        raise ValueError("names nobody")
    flags = _flags(cells)
    said = [*flags, *((_statement(columns, cells),) if columns.has("status") else ())]
    return ConsentRow(line, names, tuple(sorted(set(said))))


def asks_to_forget(columns: Columns, row: Sequence[str]) -> bool:
    """Whether the person of a row asks to be erased."""
    found = columns.cells(row).get(f"flag {headings.FORGET}", ())
    return any(words.TRUTH.get(words.plain(cell)) == "yes" for cell in found)


def _flags(cells: Cells) -> list[Statement]:
    """The objections that ticked boxes state."""
    found = []
    for what, texts in cells.items():
        if not what.startswith("flag "):
            continue
        channel, purpose = headings.FLAGS[what.removeprefix("flag ")]
        ticked = [words.meant(words.TRUTH, text, "a box") == "yes" for text in texts]
        if any(ticked):
            found.append(Statement(channel, purpose, NO))
    return found


def _statement(columns: Columns, cells: Cells) -> Statement:
    status = _one(cells, "status", words.STATUS)
    if not status:
        raise ValueError("status is empty")
    channel = _channel(columns, cells)
    purpose = _purpose(cells, status)
    if status == INFORMED:
        channel, purpose = ALL, NOTICE
    elif not purpose:
        # no word of channel or purpose: of whatever there is
        purpose = CONTACT if channel or columns.system != "plain" else ALL
    begun = [day for cell in cells.get("date", ()) if (day := day_of(cell))]
    ends = [day for cell in cells.get("expiry", ()) if (day := last_day(cell))]
    return Statement(
        channel=channel or ALL,
        purpose=purpose,
        status=status,
        basis=_one(cells, "basis", words.BASIS),
        given=max(begun, default=None),
        until=min(ends, default=None),
        said_in=_source(cells),
    )


def _one(cells: Cells, what: str, known: Mapping[str, str]) -> str:
    """What the cells of some columns say; of two that differ, nobody knows.

    Raises:
        ValueError: if they do, or a word is unknown.
    """
    said = {words.meant(known, cell, what) for cell in cells.get(what, ())}
    if len(said) > 1:
        raise ValueError(f"two columns differ in {what}")
    return said.pop() if said else ""


def _channel(columns: Columns, cells: Cells) -> str:
    """The channel; of Veeva also by what is consented to, an address or a number."""
    told = [c for c in cells.get("channel", ()) if not _REFERENCE.fullmatch(c.strip())]
    found = _one({"channel": told}, "channel", words.CHANNEL)
    if found or columns.system == "plain":
        return found
    for text in (*cells.get("value source", ()), *cells.get("value", ())):
        if "@" in text or "mail" in text.casefold():
            return EMAIL
        if re.fullmatch(r"[+\d][\d ()/.-]{5,}", text.strip()):
            return "phone"
    if not columns.has("channel"):
        return ""
    raise ValueError("unknown word for channel")


def _purpose(cells: Cells, status: str) -> str:
    """The purpose; a reference to a record that is not in the file means contact.

    Raises:
        ValueError: if somebody allows what only another file knows.
    """
    told = cells.get("purpose", ())
    referring = [cell for cell in told if _REFERENCE.fullmatch(cell.strip())]
    if referring and len(referring) == len(told):
        if status != NO:
            raise ValueError("the purpose is the id of a record; export its name")
        return CONTACT
    named = [cell for cell in told if cell not in referring]
    return _one({"purpose": named}, "purpose", words.PURPOSE)


def _addresses(cells: Cells) -> list[tuple[str, str]]:
    """The e-mail addresses that Veeva keeps as what is consented to."""
    return [(EMAIL, cell) for cell in cells.get("value", ()) if "@" in cell]


def _platform(cells: Cells) -> str:
    said = cells.get("platform", ())
    named = said[0].strip().casefold() if said else ""
    return "x" if named == "twitter" else named


def _source(cells: Cells) -> str:
    """Where it was said, without addresses and numbers."""
    said = " / ".join(cells.get("source", ()))
    return " ".join(_PRIVATE.sub("", said).split())[:_LONGEST]
