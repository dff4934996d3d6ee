"""JSON of any shape as columns: the name of a value is its column."""

from __future__ import annotations

import json
from typing import Any

from hcpgraph.model.content import TEXT, OutputPart


def parts(value: Any, where: str = "") -> list[OutputPart]:
    """Values by their names, in the objects that hold them.

    >>> parts({"who": [{"id": "7"}, {"id": "9"}]})
    [OutputPart(where='who', columns={'id': ['7', '9']})]
    """
    found: dict[str, dict[str, list[Any]]] = {}
    _gather(value, where, TEXT, found)
    return [OutputPart(place, columns) for place, columns in found.items()]


def of_lines(text: str) -> list[OutputPart]:
    """JSON lines, an object each.

    Raises:
        ValueError: if a line is none.
    """
    return parts([json.loads(line) for line in text.splitlines() if line.strip()])


def _gather(
    value: Any, where: str, name: str, found: dict[str, dict[str, list[Any]]]
) -> None:
    if isinstance(value, dict):
        inside = ".".join(filter(None, (where, name)))
        for key, one in value.items():
            _gather(one, inside, str(key), found)
    elif isinstance(value, list):
        for one in value:
            _gather(one, where, name, found)
    else:
        found.setdefault(where, {}).setdefault(name, []).append(value)
