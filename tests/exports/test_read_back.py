"""Outputs are read back whole: whatever was written is found under its name."""

from __future__ import annotations

import pytest

from hcpgraph import figures
from hcpgraph.errors import UnreadableOutput
from hcpgraph.exports import graphology, markup
from hcpgraph.exports.network import Network
from hcpgraph.exports.read_back import read_back
from hcpgraph.exports.tables import WRITERS
from hcpgraph.exports.workbook import Sheet, to_xlsx
from hcpgraph.model.ranking import Ranking
from hcpgraph.model.table import Table

NAMES = ["Ana Ruiz", "Zoë Łoś", 'x", <b>&', "line\nend", "O'Neil (\\)"]
PEOPLE = Table(
    {
        "rank": [1, 2, 3, 4, 5],
        "id": ["91", "82", "73", "64", "55"],
        "name": NAMES,
        "score": [5.5, 4.0, 3.0, 2.0, 1.0],
    }
)
NODES = Table(
    {
        "id": ["a7", "b8"],
        "label": ["@ana", "node-1"],
        "x": [0.5, 1.0],
        "y": [0.0, 1.0],
        "size": [2.0, 3.0],
        "color": ["#0072b2", "#d5d8dc"],
        "name": ["Ana <Ruiz>", None],
        "reach": [1.5, 0.5],
    }
)
TIES = Table(
    {
        "source": ["a7"],
        "target": ["b8"],
        "weight": [2.0],
        "layers": ["follow|mention"],
    }
)


def columns_of(path):
    """All cells of a file as texts, by the names of their columns."""
    found = {}
    for part in read_back(path):
        for name, cells in part.columns.items():
            found.setdefault(name, []).extend(map(str, cells))
    return found


def texts_of(path):
    return "\n".join(cell for cells in columns_of(path).values() for cell in cells)


@pytest.mark.parametrize("kind", [*WRITERS, "xlsx"])
def test_a_table_is_read_back_cell_by_cell(tmp_path, kind):
    """Every format gives the same columns; XLSX keeps its line ends, too."""
    path = tmp_path / "any name"
    path = path.with_suffix(f".{kind}")
    made = to_xlsx([Sheet("L", PEOPLE)]) if kind == "xlsx" else WRITERS[kind](PEOPLE)
    path.write_bytes(made)
    found = columns_of(path)

    assert found["name"] == NAMES
    assert found["id"] == list(PEOPLE["id"])
    assert [float(cell) for cell in found["score"]] == list(PEOPLE["score"])


@pytest.mark.parametrize(
    "write", [markup.to_gexf, markup.to_graphml, graphology.to_graphology]
)
def test_a_network_is_read_back_with_its_attributes(tmp_path, write):
    """Numbers of attributes are read as the names they stand for."""
    path = tmp_path / "network"
    path.write_bytes(write(Network(NODES, TIES, "of ZZtitle", {"seed": "ZZorigin"})))
    found = columns_of(path)

    assert found["name"] == ["Ana <Ruiz>"]
    assert found["reach"] == ["1.5", "0.5"]
    assert found["layers"] == ["follow|mention"]
    assert {"a7", "b8"} <= {*found.get("id", ()), *found.get("key", ())}
    assert "@ana" in texts_of(path)
    assert "ZZtitle" in texts_of(path)
    assert "ZZorigin" in texts_of(path)


@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_the_text_of_a_figure_is_read_back(tmp_path, kind):
    """Names that are drawn as shapes are found all the same."""
    path = tmp_path / f"figure.{kind}"
    drawn = figures.ranking(Ranking(PEOPLE, None, "score"), title="ZZ of títle")
    path.write_bytes(figures.render(drawn, kind))
    text = texts_of(path)

    for said in ("ZZ of títle", "Ana Ruiz", "Zoë Łoś", "O'Neil (\\)"):
        assert said in text


def test_a_page_is_read_back_with_tables_and_values(tmp_path):
    """Texts, labels, comments, tables by heading, and what its program reads."""
    path = tmp_path / "page.html"
    path.write_text(
        "<!doctype html><title>ZZa</title><!-- ZZb --><p aria-label='ZZc'>ZZd &amp; e"
        "<table><thead><tr><th><button>Rank</button></th><th>Top of 10</th></tr>"
        "</thead><tbody><tr><td>7</td><td>ZZe</td></tr></tbody></table>"
        '<script type="application/json">{"people": {"name": ["\\u003cZZf"]}}</script>'
        "<script>let ours = 1</script>",
        encoding="utf-8",
    )
    found = columns_of(path)

    assert found["rank"] == ["7"]
    assert found["top_of_10"] == ["ZZe"]
    assert found["name"] == ["<ZZf"]
    for said in ("ZZa", "ZZb", "ZZc", "ZZd & e"):
        assert said in texts_of(path)


def test_a_table_as_text_tells_its_columns(tmp_path):
    """Headings are those of the table, and lines are texts."""
    path = tmp_path / "leaders.txt"
    rule = "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * 9
    path.write_text(f" rank   name\n {rule}\n    1   Ana Ruiz\n", encoding="utf-8")

    assert {"rank", "name"} <= set(columns_of(path))
    assert "Ana Ruiz" in texts_of(path)


def test_a_hidden_sheet_and_properties_are_read(tmp_path):
    """What a reader of the workbook does not see is read all the same."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active["A1"] = "id"
    hidden = book.create_sheet("behind")
    hidden["A1"], hidden["A2"] = "name", "ZZhidden"
    hidden.sheet_state = "veryHidden"
    book.properties.creator = "ZZcreator"
    book.active["A1"].comment = openpyxl.comments.Comment("ZZcomment", "ZZauthor")
    path = tmp_path / "book.xlsx"
    book.save(path)
    found = columns_of(path)

    assert found["name"] == ["ZZhidden"]
    for said in ("ZZcreator", "ZZcomment", "behind"):
        assert said in texts_of(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n...", "cannot be read back"),
        (b"%PDF-1.4 nothing", "damaged"),
        (b"PK\x03\x04 nothing", "damaged"),
        (b"PAR1 nothing", "damaged"),
        (b"<gexf><nodes>", "damaged"),
        (b"\xff\x00\xfe", "no file that hcpgraph writes"),
    ],
)
def test_what_cannot_be_read_back_says_so(tmp_path, content, words):
    """Nothing is taken for clean because nobody could read it."""
    path = tmp_path / "output"
    path.write_bytes(content)
    with pytest.raises(UnreadableOutput, match=words):
        read_back(path)
