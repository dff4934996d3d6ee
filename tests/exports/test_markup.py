"""GEXF and GraphML that networkx, igraph and an XML parser read back."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree as ET

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpgraph.exports.markup import to_gexf, to_graphml
from hcpgraph.exports.network import Network
from hcpgraph.model.table import Table

NASTY = 'Åsa "Ø" <b>&amp;</b>\n]]> \x0b\u202e'
KEPT = 'Åsa "Ø" <b>&amp;</b>\n]]> \u202e'
GEXF = "{http://www.gexf.net/1.2draft}"
VIZ = "{http://www.gexf.net/1.2draft/viz}"


def network(name=NASTY):
    nodes = Table(
        {
            "id": ["1", "2", "node-1"],
            "label": ["@ann", name, "node-1"],
            "named": [True, True, False],
            "name": ["Ann", name, None],
            "rank": [1, 2, None],
            "score": [1.25, 0.1234567, None],
            "x": [0.0, -10.5, 1e-7],
            "y": [1.0, 2.0, 3.0],
            "size": [2.2, 5.0, 16.0],
            "color": ["#0072b2", "#e69f00", "#b3b7bd"],
        }
    )
    ties = Table(
        {
            "source": ["1", "2"],
            "target": ["2", "node-1"],
            "weight": [1.0, 2.5],
            "layers": ["follow", "mention|reply"],
            "type": ["a", "b"],
            "first": ["2025-01-01", None],
        }
    )
    return Network(nodes, ties, "A network <of> all", {"seed": 0, "name": name})


WRITERS = {"gexf": to_gexf, "graphml": to_graphml}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_the_same_network_gives_the_same_bytes(write):
    """Neither clock nor chance shows in a file."""
    assert write(network()) == write(network())


@given(name=st.text())
@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_it_is_well_formed_whatever_people_are_called(write, name):
    """A name can hold anything; a file that no parser takes helps nobody."""
    root = ET.fromstring(write(network(name)))

    assert root.tag.rpartition("}")[2] in {"gexf", "graphml"}


def test_networkx_reads_the_gexf_with_everything_in_it():
    """Texts, truths, numbers, weights, places and colours."""
    graph = nx.read_gexf(io.BytesIO(to_gexf(network())))

    assert graph.is_directed()
    assert set(graph.edges) == {("1", "2"), ("2", "node-1")}
    two = graph.nodes["2"]
    assert (two["label"], two["name"]) == (KEPT, KEPT)
    assert (two["named"], two["rank"], two["score"]) == (True, 2, 0.1234567)
    assert "rank" not in graph.nodes["node-1"]
    assert two["viz"]["position"] == {"x": -10.5, "y": 2.0, "z": 0.0}
    assert two["viz"]["size"] == 5.0
    assert {two["viz"]["color"][part] for part in "rgb"} == {230, 159, 0}
    tie = graph.edges["2", "node-1"]
    assert (tie["weight"], tie["layers"], tie["kind"]) == (2.5, "mention|reply", "b")


def test_colours_of_a_gexf_have_no_alpha():
    """Gephi Lite shows those that have one as grey."""
    root = ET.fromstring(to_gexf(network()))

    colours = root.findall(f".//{VIZ}color")
    assert [sorted(colour.keys()) for colour in colours] == [["b", "g", "r"]] * 3


def test_no_edge_of_a_gexf_has_a_type_of_its_own():
    """Only directed, undirected and mutual are types; the graph says which."""
    root = ET.fromstring(to_gexf(network()))

    assert root.find(f"{GEXF}graph").get("defaultedgetype") == "directed"
    assert [edge.get("type") for edge in root.iter(f"{GEXF}edge")] == [None, None]


def test_the_origin_is_in_the_file():
    """A file that has lost the one beside it still says what it was made of."""
    gexf = ET.fromstring(to_gexf(network("Ann")))
    graphml = nx.read_graphml(io.BytesIO(to_graphml(network("Ann"))))

    said = gexf.findtext(f"{GEXF}meta/{GEXF}description")
    assert said == 'A network <of> all. {"name": "Ann", "seed": 0}'
    assert graphml.graph["title"] == "A network <of> all"
    assert graphml.graph["origin"] == '{"name": "Ann", "seed": 0}'


def test_networkx_reads_the_graphml_with_everything_in_it():
    """Likewise; the colour both as one text and in three parts, for Gephi."""
    graph = nx.read_graphml(io.BytesIO(to_graphml(network())))

    assert graph.is_directed()
    assert set(graph.edges) == {("1", "2"), ("2", "node-1")}
    two = graph.nodes["2"]
    assert (two["name"], two["named"], two["rank"]) == (KEPT, True, 2)
    assert (two["x"], two["size"], two["color"]) == (-10.5, 5.0, "#e69f00")
    assert (two["r"], two["g"], two["b"]) == (230, 159, 0)
    assert "first" not in graph.edges["2", "node-1"]


def test_igraph_reads_the_graphml(tmp_path):
    """Nodes, ties, weights and names."""
    path = tmp_path / "network.graphml"
    path.write_bytes(to_graphml(network("Ann & co")))

    graph = igraph.Graph.Read_GraphML(str(path))

    assert (graph.vcount(), graph.ecount(), graph.is_directed()) == (3, 2, True)
    assert graph.vs["id"] == ["1", "2", "node-1"]
    assert graph.vs["name"][:2] == ["Ann", "Ann & co"]
    assert graph.es["weight"] == [1.0, 2.5]


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_a_network_of_nobody_is_a_file_all_the_same(write):
    """Empty, and well-formed."""
    full = network()
    empty = Network(full.nodes.head(0), full.ties.head(0), "nobody", {})

    root = ET.fromstring(write(empty))

    assert not [one for one in root.iter() if re.search("}(node|edge)$", one.tag)]
