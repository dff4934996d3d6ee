"""Names of the person that a row of consent is about: all that the row has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hcpgraph.importers import person_cells
from hcpgraph.importers.consents.words import is_empty
from hcpgraph.model.consent import EMAIL, HANDLE, ID, NPI, RECORD, PersonName

if TYPE_CHECKING:
    from collections.abc import Iterable

_ADDRESS: Final = re.compile(r"[^\s@<>,;:()\"]+@[^\s@<>,;:()\"]+\.[^\s@<>,;:()\".]+")
_SHOWN: Final = re.compile(r".*<([^<>]+)>")  # Ann Example <ann@example.org>
_PREFIX: Final = re.compile(
    r"(x|twitter|bluesky|mastodon|linkedin|threads|instagram|facebook|youtube|tiktok)"
    r":(.+)",
    re.IGNORECASE,
)
_LONG_RECORD: Final = re.compile(r"[A-Za-z0-9]{15}[A-Z0-5]{3}")


def names_of(
    cells: Iterable[tuple[str, str]], platform: str = ""
) -> tuple[PersonName, ...]:
    """The names in some cells of a row, each once, sorted.

    Args:
        cells: (kind of the column, text).
        platform: that the row names, if any.

    Raises:
        ValueError: if a cell names nobody for certain; the message does not repeat it.

    >>> names_of([("id", "@Nina"), ("email", " Nina@Example.ORG ")])
    (PersonName(kind='email', text='nina@example.org', platform=''), \
PersonName(kind='handle', text='nina', platform=''))
    """
    return tuple(
        sorted(
            {
                _name(kind, cell, platform)
                for kind, cell in cells
                if cell and not is_empty(cell)
            }
        )
    )


def _name(kind: str, cell: str, platform: str) -> PersonName:
    if kind == EMAIL:
        return PersonName(EMAIL, _address(cell))
    if kind == RECORD:
        return PersonName(RECORD, _record(cell))
    try:
        text = person_cells.READ[kind](cell)
    except ValueError as error:
        raise ValueError(f"{kind}: not certainly what stood in the file") from error
    if kind == NPI:
        if not text.isdigit():
            raise ValueError("npi: no registry number")
        return PersonName(NPI, text)
    return account_name(text, platform)


def account_name(text: str, platform: str = "") -> PersonName:
    """The name behind an id, ``platform:id`` or ``@handle``.

    >>> account_name("x:@Nina")
    PersonName(kind='handle', text='nina', platform='x')
    """
    found = _PREFIX.fullmatch(text)
    if found is not None:
        named = found[1].lower()
        platform, text = "x" if named == "twitter" else named, found[2]
    if text.startswith("@"):
        return PersonName(HANDLE, text[1:].casefold(), platform)
    return PersonName(ID, text, platform)


def _address(cell: str) -> str:
    bare = _SHOWN.sub(r"\1", cell.strip()).strip().removeprefix("mailto:").casefold()
    if not _ADDRESS.fullmatch(bare):
        raise ValueError("email: no e-mail address")
    return bare


def _record(cell: str) -> str:
    """The id of a record; Salesforce writes the same one with 15 or 18 signs."""
    bare = cell.strip()
    return bare[:15] if _LONG_RECORD.fullmatch(bare) else bare
