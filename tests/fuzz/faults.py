"""What can be found wrong: its kind, where, and how texts are judged."""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.fuzz.values import FORGED

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN: Final = 2000  # letters of a detail that are kept

# Signs that steer a terminal or turn the writing direction.
_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
_FORGED: Final = re.compile(f"^{FORGED}", re.MULTILINE)
# The database's own words; ours speak of a study, and at most of "a DuckDB file".
_DATABASE: Final = re.compile(
    r"\b(?:Binder|Catalog|INTERNAL|Internal|Invalid Input|Conversion|Parser|Constraint"
    r"|Out of Range|Not implemented|Serialization|Transaction\w*|IO|Syntax|Invalid Type"
    r"|Mismatch Type|Fatal|Permission|Dependency) Error|read_csv|read_json|read_text"
    r"|read_blob|read_parquet|_duckdb|duckdb\.|LINE \d+:|Candidate bindings|strptime"
)


@dataclass(frozen=True)
class Fault:
    """Something that must not happen.

    Attributes:
        kind: what went wrong and where, the same for all faults of one cause.
        detail: what was seen.
    """

    kind: str
    detail: str

    @classmethod
    def of(cls, kind: str, detail: object) -> Fault:
        """A fault with a detail of reasonable length."""
        return cls(kind, str(detail)[:_SHOWN])

    @classmethod
    def raised(cls, error: BaseException) -> Fault:
        """An exception that nobody should see, with the place that let it through."""
        told = "".join(traceback.format_exception(error))
        return cls(
            f"traceback: {type(error).__name__} in {_place(error)}", told[-4000:]
        )


def _place(error: BaseException) -> str:
    """The last function of the package that the exception came through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        f for f in frames if "/hcpgraph/" in f.filename and "/tests/" not in f.filename
    ]
    if not ours:
        return "no function of the package"
    path = Path(ours[-1].filename)
    parts = path.parts[len(path.parts) - 1 - path.parts[::-1].index("hcpgraph") :]
    return f"{'/'.join(parts)}:{ours[-1].name}"


def of_screen(text: str, what: str) -> Iterator[Fault]:
    """What is wrong with lines that a terminal shows.

    Args:
        text: the lines.
        what: where they were shown, for the kind of fault.
    """
    found = _CONTROL.search(text)
    if found:
        near = text[max(0, found.start() - 80) : found.end() + 40]
        yield Fault.of(f"control character on {what}: {shape(near)}", repr(text[:500]))
    if _FORGED.search(text):
        yield Fault.of(f"a line of {what} is forged", repr(text[:800]))
    if "Traceback (most recent call last)" in text:
        yield Fault.of(f"traceback on {what}", text)
    yield from of_words(text, what)


def of_words(text: str, what: str) -> Iterator[Fault]:
    """Whether a message is in the database's words."""
    found = _DATABASE.search(text)
    if found:
        near = text[max(0, found.start() - 20) : found.end() + 50]
        yield Fault.of(f"words of the database on {what}: {shape(near)}", text)


def of_message(text: str, what: str) -> Iterator[Fault]:
    """What is wrong with a message that should be one plain line."""
    yield from of_words(text, what)
    if not text.strip():
        yield Fault.of(f"an empty message: {what}", repr(text))


def shape(text: str) -> str:
    """A text without what differs from file to file."""
    plain = re.sub(r"/\S+|\S*\d\S*|'[^']*'|\"[^\"]*\"", "_", text)
    letters = re.sub(r"[^A-Za-z_ ]+", " ", plain)
    return " ".join(letters.split())[:60]
