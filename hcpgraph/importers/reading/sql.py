"""Text of statements: literals that are safe to stand in them."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def text(value: str) -> str:
    """A string literal.

    >>> text("it's")
    "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def file(path: Path) -> str:
    """A literal that names exactly this file: characters of patterns match themselves.

    >>> from pathlib import Path
    >>> file(Path("/exports/posts[1]*.csv"))
    "'/exports/posts[[]1][*].csv'"
    """
    # Absolute, so that a leading tilde or a scheme is a name like any other.
    escaped = "".join(f"[{c}]" if c in "*?[" else c for c in str(path.absolute()))
    return text(escaped)


def texts(values: Iterable[str]) -> str:
    """A list literal of strings."""
    return "[" + ", ".join(text(value) for value in values) + "]"


def fill(statement: str, **parts: str) -> str:
    """*statement* with its ``$names`` replaced; an unknown name is a bug."""
    return Template(statement).substitute(parts)
