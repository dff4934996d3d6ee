"""Networks as GEXF and GraphML, written line by line: well-formed, sorted, quick."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from hcpgraph.exports.attributes import Attribute, clean, plain, sanitize, written
from hcpgraph.exports.network import red_green_blue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hcpgraph.exports.network import Network
    from hcpgraph.model.table import Cell

_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>'
# The version that Gephi, Gephi Lite and networkx all read.
_GEXF: Final = (
    '<gexf xmlns="http://www.gexf.net/1.2draft"'
    ' xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">'
)
_GRAPHML: Final = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'


def to_gexf(network: Network) -> bytes:
    """The network as GEXF 1.2, with positions, sizes and colours, for Gephi."""
    nodes = sanitize(network.node_columns())
    ties = sanitize(network.tie_columns())
    return _written(
        [
            _XML,
            _GEXF,
            "<meta><creator>hcpgraph</creator><description>"
            f"{_text(network.title)}. {_text(_origin(network))}"
            "</description></meta>",
            '<graph defaultedgetype="directed" mode="static">',
            *_gexf_declared("node", nodes),
            *_gexf_declared("edge", ties),
            "<nodes>",
            *_gexf_nodes(network, nodes),
            "</nodes>",
            "<edges>",
            *_gexf_edges(network, ties),
            "</edges>",
            "</graph>",
            "</gexf>",
        ]
    )


def _gexf_declared(what: str, attributes: Sequence[Attribute]) -> Iterator[str]:
    yield f'<attributes class="{what}">'
    for number, one in enumerate(attributes):
        title = _quoted(one.title)
        yield f'<attribute id="{number}" title={title} type="{one.kind}"/>'
    yield "</attributes>"


def _gexf_nodes(network: Network, attributes: Sequence[Attribute]) -> Iterator[str]:
    table = network.nodes
    values = _per_row('<attvalue for="{}" value={}/>', attributes, len(table))
    place = zip(table["x"], table["y"], table["size"], table["color"], strict=True)
    named = zip(table["id"], table["label"], place, values, strict=True)
    for name, label, (x, y, size, color), held in named:
        red, green, blue = red_green_blue(color)
        # no ``a``: Gephi Lite up to 1.0.2 shows such colours as grey
        yield (
            f"<node id={_quoted(name)} label={_quoted(label)}>"
            f"<attvalues>{held}</attvalues>"
            f'<viz:size value="{_shown(size)}"/>'
            f'<viz:position x="{_shown(x)}" y="{_shown(y)}" z="0"/>'
            f'<viz:color r="{red}" g="{green}" b="{blue}"/></node>'
        )


def _gexf_edges(network: Network, attributes: Sequence[Attribute]) -> Iterator[str]:
    table = network.ties
    values = _per_row('<attvalue for="{}" value={}/>', attributes, len(table))
    ends = zip(table["source"], table["target"], table["weight"], values, strict=True)
    quoted = {name: _quoted(name) for name in network.nodes["id"]}
    for number, (source, target, weight, held) in enumerate(ends):
        yield (
            f'<edge id="{number}" source={quoted[source]} target={quoted[target]}'
            f' weight="{_shown(weight)}"><attvalues>{held}</attvalues></edge>'
        )


def to_graphml(network: Network) -> bytes:
    """The network as GraphML, for networkx, igraph, Gephi, Cytoscape and yEd."""
    columns = network.nodes.columns
    drawn = {name: columns[name] for name in ("label", "x", "y", "size", "color")}
    parts = list(map(red_green_blue, columns["color"]))
    # Gephi reads the colour of a node in three parts
    apart = {name: [part[i] for part in parts] for i, name in enumerate("rgb")}
    nodes = sanitize({**drawn, **apart, **network.node_columns()})
    ties = sanitize({"weight": network.ties["weight"], **network.tie_columns()})
    about = sanitize({"title": [network.title], "origin": [_origin(network)]})
    return _written(
        [
            _XML,
            _GRAPHML,
            *_graphml_declared("graph", about),
            *_graphml_declared("node", nodes),
            *_graphml_declared("edge", ties),
            '<graph id="G" edgedefault="directed">',
            *(
                f'<data key="graph{number}">{_text(one.cells[0])}</data>'
                for number, one in enumerate(about)
            ),
            *_graphml_nodes(network, nodes),
            *_graphml_edges(network, ties),
            "</graph>",
            "</graphml>",
        ]
    )


def _graphml_declared(what: str, attributes: Sequence[Attribute]) -> Iterator[str]:
    for number, one in enumerate(attributes):
        yield (
            f'<key id="{what}{number}" for="{what}" attr.name={_quoted(one.title)}'
            f' attr.type="{one.kind}"/>'
        )


def _graphml_nodes(network: Network, attributes: Sequence[Attribute]) -> Iterator[str]:
    names = network.nodes["id"]
    form = '<data key="node{}">{}</data>'
    held = _per_row(form, attributes, len(names), within=True)
    for name, values in zip(names, held, strict=True):
        yield f"<node id={_quoted(name)}>{values}</node>"


def _graphml_edges(network: Network, attributes: Sequence[Attribute]) -> Iterator[str]:
    table = network.ties
    form = '<data key="edge{}">{}</data>'
    held = _per_row(form, attributes, len(table), within=True)
    quoted = {name: _quoted(name) for name in network.nodes["id"]}
    for source, target, values in zip(
        table["source"], table["target"], held, strict=True
    ):
        ends = f"source={quoted[source]} target={quoted[target]}"
        yield f"<edge {ends}>{values}</edge>"


def _per_row(
    form: str, attributes: Sequence[Attribute], rows: int, *, within: bool = False
) -> Iterable[str]:
    """The values of each row as elements; cells without a value have none.

    Args:
        form: of an element, given the number of the attribute and the value.
        attributes: the columns.
        rows: how many.
        within: whether values stand between tags, rather than in quotes.
    """
    columns = []
    for number, one in enumerate(attributes):
        wrap = _text if within else _quoted
        # the same few values come again and again
        known: dict[Cell, str] = {None: ""}
        for value in set(one.cells) - {None}:
            known[value] = form.format(number, wrap(value))
        columns.append([known[value] for value in one.cells])
    return map("".join, zip(*columns, strict=True)) if columns else [""] * rows


def _origin(network: Network) -> str:
    return json.dumps(network.origin, sort_keys=True, ensure_ascii=False)


def _shown(value: object) -> str:
    """A value as text of an XML file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return written(value) if isinstance(value, float) else clean(str(plain(value)))


def _quoted(value: object) -> str:
    # a line end in quotes would come back as a space
    return quoteattr(_shown(value), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _text(value: object) -> str:
    text = _shown(value).replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;").replace("\r", "&#13;")


def _written(lines: Sequence[str]) -> bytes:
    return "\n".join([*lines, ""]).encode()
