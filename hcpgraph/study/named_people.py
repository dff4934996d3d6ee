"""Everybody who is named in a result, as the audit trail needs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hcpgraph.model.column import ID, OTHERS
from hcpgraph.model.columns import IDS, declared
from hcpgraph.store import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hcpgraph.model.explanation import Explanation
    from hcpgraph.model.report import Report
    from hcpgraph.model.table import Table

_AT: Final = re.compile(r"(?<!\w)(?:[a-z]+:)?@\w[\w.@-]*")
_WORD: Final = re.compile(r"[^\s,;()|]+")
_ENDS: Final = ".,:;!?-'\""
_FEW: Final = 5  # digits; a shorter number in a sentence is a count, and no id
_HANDLE: Final = "handle"  # also the end of names, as of source_handle
_NAME: Final = "name"


def in_tables(*tables: Table) -> tuple[str, ...]:
    """What people are called in the cells of tables, sorted.

    Ids stand in columns of ids, handles in columns of handles; texts that may name
    others are looked at word by word. Not everything that is given is a person: what
    is in no study is passed over later.

    >>> from hcpgraph.model.table import Table
    >>> rows = {"id": ["12"], "handle": ["ann"], "reason": ["known to @bob, rank 3"]}
    >>> in_tables(Table(rows, "rising"))
    ('12', '@bob', 'known', 'rank', 'to')
    """
    return tuple(sorted({name for table in tables for name in _in_table(table)}))


def in_texts(*texts: str) -> tuple[str, ...]:
    """What people are called in sentences: handles with ``@``, and ids, sorted.

    >>> in_texts("replied to by @ann.lee. See x:1234567, 12 ties")
    ('@ann.lee', 'See', 'by', 'replied', 'ties', 'to', 'x:1234567')
    """
    return tuple(sorted({name for text in texts for name in _in_text(text)}))


def in_explanation(found: Explanation) -> tuple[str, ...]:
    """What people are called in an explanation: its person, tables and sentences."""
    sections = [section for _, section in found.sections()]
    says = [found.who, *found.says, *(line for one in sections for line in one.says)]
    names = {*in_tables(*(one.table for one in sections)), *in_texts(*says)}
    return tuple(sorted(names | ({found.id} if found.id else set())))


def on_page(page: Report) -> tuple[str, ...]:
    """What people are called on a page: those listed, and who introduces them."""
    plans = [part.prospects.table for part in page.areas if part.prospects]
    return in_tables(page.people, *plans)


def on_figure(texts: Iterable[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    r"""The ids of those whose labels are among the texts of a figure, sorted.

    Args:
        texts: all that is written on it; a long name may be cut, with an ellipsis.
        labels: id -> how a figure calls the person.

    >>> on_figure(["Rank", "Ana Ru\u2026"], {"7": "Ana Ruiz", "8": "Bo Lee"})
    ('7',)
    """
    written = list(dict.fromkeys(texts))
    whole = set(written)
    joined = "\n".join(written)
    cut = tuple(
        text[: text.index("\N{HORIZONTAL ELLIPSIS}")].rpartition("\n")[2]
        for text in written
        if "\N{HORIZONTAL ELLIPSIS}" in text
    )
    return tuple(
        sorted(
            one
            for one, label in labels.items()
            if label in whole
            or (len(label) >= _FEW and label in joined)
            or any(start and label.startswith(start) for start in cut)
        )
    )


def _in_table(table: Table) -> Iterator[str]:
    ids = [name for name in table.names if _is_id(table, name)]
    for name in ids:
        yield from (str(cell) for cell in table[name] if cell is not None)
    if not ids:  # a viewer may see handles or names, and no ids
        yield from _without_ids(table)
    for name in table.names:
        column = declared(table.listing, name)
        if name not in ids and (column is None or column.privacy == OTHERS):
            for cell in table[name]:
                yield from _in_text(cell if isinstance(cell, str) else "")


def _without_ids(table: Table) -> Iterator[str]:
    handles = [name for name in table.names if name.endswith(_HANDLE)]
    for name in handles:
        yield from (f"@{cell}" for cell in table[name] if cell)
    if not handles and _NAME in table.names:
        yield from (f"{BY_NAME}{cell}" for cell in table[_NAME] if cell)


def _is_id(table: Table, name: str) -> bool:
    column = declared(table.listing, name)
    return name in IDS if column is None else column.kind == ID


def _in_text(text: str) -> Iterator[str]:
    for found in _AT.findall(text):
        yield found.rstrip(_ENDS)
    for found in _WORD.findall(text):
        word = found.strip(_ENDS)
        plain = word.isascii() and word.isdecimal() and len(word) < _FEW
        if word and not plain and "@" not in word:
            yield word
