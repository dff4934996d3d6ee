"""Adjacency matrices are read as ties with weights, row to column."""

from __future__ import annotations

import pytest

from hcpgraph.errors import ExportError
from hcpgraph.importers import describe
from hcpgraph.model.files import ImportOptions


def ties(found):
    return sorted((t["source_id"], t["target_id"], t["weight"]) for t in found.ties)


@pytest.mark.parametrize(
    "text",
    [
        ",ann,bob,eve\nann,0,2,\nbob,0,0,1\neve,NA,0.0,\n",
        "who;ann;bob;eve\nann;0;2;0\nbob;;;1\neve;;;\n",
        "\tann\tbob\teve\nann\t\t2\t\nbob\t\t\t1\neve\t0\t0\t0\n",
        "ann,bob,eve\nann,0,2,0\nbob,0,0,1\neve,0,0,0\n",  # R
        '"","ann","bob","eve"\n"ann",0,2,0\n"bob",0,0,1\n"eve",0,0,0\n',
    ],
)
def test_cells_are_ties(staged, write, text):
    """Zero, nothing and NA are none."""
    found = staged(write(text), layer="colleague")

    assert found.description.format == "matrix"
    assert ties(found) == [("ann", "bob", 2.0), ("bob", "eve", 1.0)]
    assert not found.rejects
    assert "each row of the matrix pays attention" in found.description.notes[0]


def test_whoever_is_named_is_an_account(staged, write):
    """With ties or without, each once."""
    found = staged(write(",ann,@bob,eve\nann,0,2,0\n@bob,0,0,0\n"), layer="colleague")
    names = {each["native_id"] or f"@{each['handle']}" for each in found.accounts}

    assert names == {"ann", "@bob", "eve"}
    assert len(found.accounts) == 3
    assert not any(each["record"] for each in found.accounts)


def test_people_and_events_are_a_matrix_if_that_is_said(staged, write):
    """Names above differ from those in front."""
    text = ",x,y,z\na,1,0,0\nb,0,0,3\n"
    found = staged(write(text), format="matrix", layer="attendance")

    assert ties(found) == [("a", "x", 1.0), ("b", "z", 3.0)]


def test_a_decimal_comma_is_read_where_it_is_certain(staged, write):
    """Semicolons stand between cells, and no point anywhere."""
    text = ";a;b\na;0;1,5\nb;0,25;0\n"
    found = staged(write(text), layer="colleague")

    assert ties(found) == [("a", "b", 1.5), ("b", "a", 0.25)]
    assert "weights are read with a decimal comma" in found.remarks[0]


def test_a_cell_that_is_no_weight_is_rejected(staged, write):
    """With its line; the others are read."""
    text = ",a,b\na,0,-1\nb,x,0\nc,1\nd,1,1\n"
    found = staged(write(text), format="matrix", layer="colleague")

    assert found.rejects == [
        (2, "weight -1 is negative"),
        (3, "weight x is not a number"),
        (4, "2 fields instead of 3"),
    ]
    assert ties(found) == [("d", "a", 1.0), ("d", "b", 1.0)]


def test_names_above_stand_once(write):
    """Of two alike nobody knows which is meant."""
    with pytest.raises(ExportError, match="two columns 'a'"):
        describe(
            write(",a,a\nb,0,1\nc,1,0\n"),
            ImportOptions(format="matrix", layer="colleague"),
        )


@pytest.mark.parametrize("text", ["0,1,0\n1,0,1\n0,1,0\n", "a\nb\n", '{"id": "1"}\n'])
def test_without_names_there_is_no_matrix(write, text):
    """Nobody knows whose ties its cells are, whatever the file is said to be."""
    with pytest.raises(ExportError, match=r"has no names above|is no table"):
        describe(write(text), ImportOptions(format="matrix", layer="colleague"))
