"""GEXF, GraphML and SVG read back: attributes, values and texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from hcpgraph.model.content import TEXT, OutputPart

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Shapes and looks; nobody is called so.
_SHAPES: Final = frozenset(
    ("d", "points", "transform", "style", "viewBox", "clip-path", "fill", "stroke")
)
_PICTURE: Final = re.compile(r"data:image/[\w.+-]+;base64,")
_OWNERS: Final = ("graph", "node", "edge")


def parts(text: str) -> list[OutputPart]:
    """Values by element and name; texts and comments where they have no name."""
    maker = ElementTree.TreeBuilder(insert_comments=True, insert_pis=True)
    reader = ElementTree.XMLParser(target=maker)
    root = ElementTree.fromstring(text, reader)
    walk = _MarkupWalk(_titles(root))
    walk.visit(root, "")
    return [OutputPart(place, columns) for place, columns in walk.found.items()]


@dataclass(frozen=True, slots=True)
class _MarkupWalk:
    """Gathers what elements say.

    Attributes:
        titles: (what it is of, its key) -> how an attribute is called.
        found: element -> name -> values.
    """

    titles: dict[tuple[str, str], str]
    found: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def visit(self, element: Element, owner: str) -> None:
        """One element and all inside it; *owner* is the node or edge around it."""
        tag = _tag(element)
        if tag in ("attvalue", "data"):
            key = element.get("for") or element.get("key") or ""
            name = self.titles.get((owner, key), key)
            self._add(owner, name, element.get("value") or element.text)
        else:
            for name, value in element.attrib.items():
                plain = name.rpartition("}")[2]
                if plain not in _SHAPES and not _PICTURE.match(value):
                    self._add(tag, plain, value)
            self._add(tag, TEXT, element.text)
        self._add(tag, TEXT, element.tail)
        for one in element:
            self.visit(one, tag if tag in _OWNERS else owner)

    def _add(self, place: str, name: str, value: str | None) -> None:
        if value and value.strip():
            columns = self.found.setdefault(place, {})
            columns.setdefault(name, []).append(value.strip())


def _tag(element: Element) -> str:
    """The name of an element without that of its language; comments have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "comment"


def _titles(root: Element) -> dict[tuple[str, str], str]:
    """How attributes are called: ``key`` of GraphML, ``attributes`` of GEXF."""
    found: dict[tuple[str, str], str] = {}
    for element in root.iter():
        if _tag(element) == "key":
            pair = element.get("for", ""), element.get("id", "")
            found[pair] = element.get("attr.name", "")
        if _tag(element) == "attributes":
            for one in element:
                pair = element.get("class", ""), one.get("id", "")
                found[pair] = one.get("title", "")
    return found
