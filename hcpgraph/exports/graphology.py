"""Networks as the JSON that graphology imports, and with it sigma and Gephi Lite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hcpgraph.exports.attributes import Attribute, plain, sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hcpgraph.exports.network import Network


def to_graphology(network: Network) -> bytes:
    """The network as ``graphology``'s ``import`` takes it, a line a node or tie."""
    columns = network.nodes.columns
    drawn = {name: columns[name] for name in ("label", "x", "y", "size", "color")}
    nodes = sanitize({**drawn, **network.node_columns()})
    ties = sanitize({"weight": network.ties["weight"], **network.tie_columns()})
    about = {"title": plain(network.title), "origin": network.origin}
    options = {"type": "directed", "multi": False, "allowSelfLoops": False}
    ends = zip(network.ties["source"], network.ties["target"], strict=True)
    node_lines = [
        _line({"key": plain(key), "attributes": held})
        for key, held in zip(
            columns["id"], _per_row(nodes, len(network.nodes)), strict=True
        )
    ]
    tie_lines = [
        _line(
            {
                "key": str(number),
                "source": plain(source),
                "target": plain(target),
                "attributes": held,
            }
        )
        for number, ((source, target), held) in enumerate(
            zip(ends, _per_row(ties, len(network.ties)), strict=True)
        )
    ]
    return "\n".join(
        [
            f'{{"options": {_line(options)},',
            f'"attributes": {_line(about)},',
            '"nodes": [',
            ",\n".join(node_lines),
            "],",
            '"edges": [',
            ",\n".join(tie_lines),
            "]}",
            "",
        ]
    ).encode()


def _per_row(attributes: Sequence[Attribute], rows: int) -> Iterator[dict[str, Any]]:
    """The values of each row by title, without those that say nothing."""
    titles = [one.title for one in attributes]
    for row in range(rows):
        cells = (one.cells[row] for one in attributes)
        yield {
            title: cell
            for title, cell in zip(titles, cells, strict=True)
            if cell is not None
        }


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
