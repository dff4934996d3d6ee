"""Files of what people wrote to each other, refused before anything else is tried.

The rule, for tables and for objects of JSON alike:

* A column or key of who wrote, one of whom they wrote to, and one of what they wrote
  (message, subject, body, text, content), in any order and in the languages of
  ``letter_words``: private. So are a sender, a recipient and what only letters have
  (a copy, a conversation, attachments), and a column that is called sender beside a
  message.
* ``source`` and ``target`` are words of graphs. Beside them, a subject, a message or a
  body makes a file private; a text or a content does not, as tables of public
  mentions have them.
* Columns that only public posts have (a count of likes or reposts, hashtags, the id
  of a post) make a table public, and so do ``from_user_name`` and ``to_user_name``
  beside a text: DMI-TCAT calls the author and the addressee of a post so.
* Beside a sender and a recipient, a column called a note or a comment makes a file
  private if more than single words stand in it, and one of any name if its cells
  address somebody.
* Some exports are known by name: letter boxes, chats, direct messages.
"""

from __future__ import annotations

import csv
import re
from itertools import starmap
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.errors import PrivateMessages
from hcpgraph.importers.reading import tables
from hcpgraph.importers.reading.columns import fold
from hcpgraph.importers.reading.headings import DELIMITERS
from hcpgraph.importers.recognition.letter_words import (
    BESIDE_ENDS,
    BESIDE_WORDS,
    CORRESPONDENCE,
    LETTERS,
    NOTES,
    PERSONAL,
    PUBLIC,
    RECIPIENTS,
    SENDERS,
    WORDS,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hcpgraph.importers.reading.head import Head

    Table = tuple[list[str], list[list[str]]]

_HEADERS_TRIED: Final = 8  # notes and a line sep= may stand before the header
_DEEP: Final = 5
_FIRST: Final = 3  # elements of a list that are looked at

# Folded columns or keys that, all together, only one kind of export has.
_NAMED: Final = {
    "LinkedIn messages": ({"conversationtitle", "from"}, {"senderprofileurl"}),
    "LinkedIn invitations": ({"inviterprofileurl"}, {"inviteeprofileurl"}),
    "direct messages of X": (
        {"dmconversation"},
        {"dmconversationid"},
        {"eventtype", "senderid"},
        {"messagecreate"},
        {"senderid", "recipientid", "text"},
    ),
    "direct messages of Instagram or Facebook": (
        {"participants", "messages", "threadpath"},
        {"sendername", "timestampms"},
    ),
    "a chat of Telegram": ({"messages", "type", "id", "name"},),
    "Slack messages": ({"type", "ts", "text", "user"}, {"clientmsgid"}),
    "a letter box": ({"torecipients"}, {"bodypreview"}),
}

_DIRECT: Final = re.compile(r"\s*window\.YTD\.direct_?message", re.IGNORECASE)
_MAIL_LINE: Final = re.compile(
    r"(?:return-path|received|delivered-to|message-id|mime-version|from|to|subject|"
    r"date|cc|reply-to):\s",
    re.IGNORECASE,
)
_MAIL_LINES: Final = 3
_CHAT_LINE: Final = re.compile(
    r"[\u200e\ufeff]?\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d{2}([:.]\d{2})?"
    r"[\s\u202f]?([ap]\.?\s?m\.?)?\]?( -)? [^:]{1,60}: ",
    re.IGNORECASE,
)

_ROWS: Final = 20
_LONGEST: Final = 10_000  # characters of a line that is looked into
_WORDS: Final = re.compile(r"[^\W\d_]{2,}")
# Scripts that write no blanks between words.
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]{4,}")
_ENDED: Final = re.compile(r"[.!?\u2026\u3002\uff01\uff1f)]+[\"'\s]*$|[!?]")
_FEW: Final = 2  # words of a note
_MANY: Final = 4  # words of a sentence
# A column counts if more than this share of its cells are such.
_SHARE: Final = 0.3


def check(
    head: Head, names: Iterable[str] | None, objects: Iterable[dict[str, Any]]
) -> None:
    """Refuse a file of private messages.

    Args:
        head: the file.
        names: its columns, if it is a table whose columns are no line of text.
        objects: its first objects of JSON.

    Raises:
        PrivateMessages: naming what it is.
    """
    objects = list(objects)
    what = (
        _text(head)
        or _first(map(_columns, (*_headers(head, names), *_keys(objects))))
        or _first(starmap(_written, tables_of(head, names, objects)))
    )
    if what is not None:
        raise PrivateMessages(head.path, what)


def _first(found: Iterable[str | None]) -> str | None:
    return next(filter(None, found), None)


def _written(names: list[str], rows: list[list[str]]) -> str | None:
    """What a table of people has that they wrote to each other, by its first cells."""
    if _is_public({fold(name) for name in names}):
        return None
    found = {name: words_of(name) for name in names if name}
    sender = _one(found, SENDERS, BESIDE_ENDS)
    recipient = _one(found, RECIPIENTS, BESIDE_ENDS, but=sender)
    if not sender or not recipient:
        return None
    for place, name in enumerate(names):
        cells = [row[place] for row in rows if place < len(row)]
        if name in (sender, recipient) or not cells:
            continue
        if are_notes(name, cells) or are_sentences(cells):
            return f"the columns {sender}, {recipient} and {name}, in which texts stand"
    return None


def _headers(head: Head, names: Iterable[str] | None) -> Iterator[list[str]]:
    """Every line that may be a header, split at every delimiter."""
    if names is not None:
        yield list(names)
    if head.text.lstrip()[:1] in ("{", "["):
        return
    for line in head.lines()[:_HEADERS_TRIED]:
        for delimiter in DELIMITERS:
            if delimiter not in line:
                continue
            try:
                yield next(csv.reader([line], delimiter=delimiter))
            except (csv.Error, StopIteration):
                continue


def _keys(objects: Iterable[dict[str, Any]]) -> Iterator[list[str]]:
    """The keys of every object, and of those inside."""
    level: list[Any] = list(objects)
    for _ in range(_DEEP):
        inside: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                yield list(one)
                inside += one.values()
            elif isinstance(one, list):
                inside += one[:_FIRST]
        level = inside


def _columns(names: list[str]) -> str | None:
    """What private messages have these columns or keys, in words; None if none."""
    folded = {fold(name) for name in names}
    for what, kinds in _NAMED.items():
        if any(kind <= folded for kind in kinds):
            return what
    if _is_public(folded):
        return None
    found = {name: words_of(name) for name in names if name}
    written = _one(found, WORDS, BESIDE_WORDS)
    sender = _one(found, SENDERS, BESIDE_ENDS)
    recipient = _one(found, RECIPIENTS, BESIDE_ENDS, but=sender)
    if sender and recipient:
        marks = [name for name in names if fold(name) in CORRESPONDENCE]
        told = written or (marks[0] if marks else None)
        return told and f"the columns {sender}, {recipient} and {told}"
    letter = _one(found, LETTERS, BESIDE_WORDS)
    if letter and {"source", "target"} <= folded:
        return f"the columns source, target and {letter}"
    if sender and written and "from" not in found[sender]:
        return _chat(found, sender, written)
    return None


def _chat(found: dict[str, tuple[str, ...]], sender: str, written: str) -> str | None:
    """A sender and a message alone, if the words say no less than that."""
    said = any(word.startswith(("send", "absend", "exped")) for word in found[sender])
    return f"the columns {sender} and {written}" if said else None


def _is_public(folded: set[str]) -> bool:
    if folded & PUBLIC:
        return True
    words = {"message", "subject", "body", "content"}
    tcat = {"fromusername", "tousername", "text"}
    return tcat <= folded and not words & folded


def _one(
    found: dict[str, tuple[str, ...]],
    wanted: frozenset[str],
    beside: frozenset[str],
    *,
    but: str | None = None,
) -> str | None:
    """The first column that says one of *wanted*, and else only words of *beside*."""
    for name, words in found.items():
        if name != but and wanted & set(words) and set(words) <= wanted | beside:
            return name
    return None


def _text(head: Head) -> str | None:
    """What kind of messages a text is that is neither table nor JSON."""
    if _DIRECT.match(head.text):
        return "direct messages of X"
    shown = head.lines()
    if not shown:
        return None
    mail = [line for line in shown if _MAIL_LINE.match(line)]
    if len(mail) >= _MAIL_LINES and (shown[0] in mail or shown[0].startswith("From ")):
        return "mail"
    chat = sum(1 for line in shown if _CHAT_LINE.match(line))
    if chat * 2 > len(shown):
        return "a chat"
    return None


def tables_of(
    head: Head, names: Iterable[str] | None, objects: Iterable[dict[str, Any]]
) -> Iterator[Table]:
    """Every table that the file may be, as the header may stand in several lines.

    Args:
        head: the file.
        names: its columns, if it is a table.
        objects: its first objects of JSON; each is a row of its own.
    """
    for one in objects:
        yield (
            list(one),
            [[cell if isinstance(cell, str) else "" for cell in one.values()]],
        )
    if head.parquet:
        yield list(names or ()), tables.first_rows(head, _ROWS)
    if head.parquet or head.text.lstrip()[:1] in ("{", "["):
        return
    lines = [line[:_LONGEST] for line in head.lines()]
    for place, line in enumerate(lines[:_HEADERS_TRIED]):
        for delimiter in DELIMITERS:
            if delimiter in line:
                cut = _split(lines[place : place + _ROWS], delimiter)
                yield cut[0], cut[1:]


def _split(lines: list[str], delimiter: str) -> list[list[str]]:
    """Rows of cells, as far as the quotes are in order."""
    rows = csv.reader(lines, delimiter=delimiter)
    found: list[list[str]] = []
    for _ in lines:
        try:
            found.append(next(rows))
        except (csv.Error, StopIteration):
            break
    return found or [[]]


def are_notes(name: str, cells: Sequence[str]) -> bool:
    """Whether a column is called a note, and more than single words stand in it.

    >>> are_notes("Notes", ["see you at 8"]), are_notes("Notes", ["A", "B"])
    (True, False)
    """
    return bool(NOTES & set(words_of(name))) and _most(cells, _is_note)


def are_sentences(cells: Sequence[str]) -> bool:
    """Whether the cells of a column of any name address somebody.

    >>> are_sentences(["Can we meet after your talk?"])
    True
    >>> are_sentences(["Department of Surgery, University Hospital"])
    False
    """
    return _most(cells, _is_sentence)


def _most(cells: Sequence[str], is_such: Callable[[str], bool]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    found = sum(1 for cell in filled if is_such(cell))
    return found > _SHARE * len(filled)


def _is_note(cell: str) -> bool:
    return len(_WORDS.findall(cell)) >= _FEW or bool(_UNSPACED.search(cell))


def _is_sentence(cell: str) -> bool:
    if _UNSPACED.search(cell):
        return bool(_ENDED.search(cell))
    words = words_of(cell)
    if len(_WORDS.findall(cell)) < _FEW:
        return False
    personal = bool(PERSONAL & set(words))
    ended = bool(_ENDED.search(cell))
    return personal and (ended or len(words) >= _MANY)
