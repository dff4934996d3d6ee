"""What the words in cells of a kind, a layer or a role mean, in several languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hcpgraph.importers.reading.conversions import LAYER_OF
from hcpgraph.importers.recognition.heading_words import plain
from hcpgraph.importers.suggestions.meanings import KIND_PARTS, LAYER_PARTS, ROLE_PARTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_YES: Final = frozenset(
    {"true", "yes", "1", "ja", "oui", "si", "sim", "evet", "y", "t"}
)
_NO: Final = frozenset({"false", "no", "0", "nein", "non", "nao", "nee", "n", "f"})


def _kind(name: str, cell: str) -> str:
    """The kind of post that a cell means; empty if that is open."""
    folded = plain(cell)
    if folded in _YES | _NO:
        says = any(part in plain(name) for part in ("retweet", "repost"))
        return ("repost" if folded in _YES else "original") if says else ""
    for kind, parts in KIND_PARTS.items():
        if folded in parts or any(len(p) > 2 and p in folded for p in parts):
            return kind
    return ""


def _layer(_: str, cell: str) -> str:
    """The layer that a cell means; empty if that is open."""
    return LAYER_OF.get(plain(cell), "") or _by_part(LAYER_PARTS, cell)


def _role(_: str, cell: str) -> str:
    """The role that a cell means in another language than English; else empty."""
    return _by_part(ROLE_PARTS, cell)


def _by_part(known: Mapping[str, tuple[str, ...]], cell: str) -> str:
    folded = plain(cell)
    found = (name for name, parts in known.items() if any(p in folded for p in parts))
    return next(found, "")


# Column of the study -> what reads its cells, given its heading and one of them.
READ: Final[Mapping[str, Callable[[str, str], str]]] = {
    "kind": _kind,
    "layer": _layer,
    "role": _role,
}
