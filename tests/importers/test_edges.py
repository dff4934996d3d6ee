"""Edge lists without headings are read as ties, where they are named so."""

from __future__ import annotations

import pytest

from hcpgraph.errors import ExportError, MissingLayer, UnknownFormat
from hcpgraph.importers import describe
from hcpgraph.model.files import ImportOptions, Layout

AS_EDGES = {"format": "edges", "layer": "mention"}


def ties(found):
    """Source, target and weight of every tie; handles with their @."""
    return [
        (
            each["source_id"] or f"@{each['source_handle']}",
            each["target_id"] or f"@{each['target_handle']}",
            each["weight"],
        )
        for each in found.ties
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1 2 0.5\n@ann 3 2\n",
        "  1   2\t0.5\n\n@ann  3  2  \n",
        "1\t2\t0.5\n@ann\t3\t2\n",
        "1,2,0.5\n@ann, 3, 2\n",
        "1;2;0,5\n@ann;3;2\n",
        "1 2 0,5\r\n@ann 3 2",
        "1 2 0,5\n@ann 3 2,0\n",
        '"1","2","0.5"\n"@ann","3","2"\n',
        "# made by SNAP\n% and KONECT\n1 2 0.5\n@ann 3 2\n",
    ],
)
def test_any_separator_is_read(staged, write, text):
    """Blanks, tabs, commas, semicolons; comments are passed over."""
    found = staged(write(text), **AS_EDGES)

    assert ties(found) == [("1", "2", 0.5), ("@ann", "3", 2.0)]
    assert not found.rejects
    assert {each["layer"] for each in found.ties} == {"mention"}


def test_a_weight_may_be_missing(staged, write):
    """It is 1 then, in some rows or in all."""
    assert ties(staged(write("1 2\n2 3\n"), **AS_EDGES))[0] == ("1", "2", 1.0)
    assert ties(staged(write("1 2 4\n2 3\n"), **AS_EDGES))[1] == ("2", "3", 1.0)


def test_what_is_no_row_is_rejected_with_its_line(staged, write):
    """As in every table of ties."""
    text = "1 2\n3\n1 2 3 4\n1.2e+18 2\n1 2 0\n5 6 x\n"
    found = staged(write(f"7 8 1\n{text}"), **AS_EDGES)

    assert [(line, why.split()[0]) for line, why in sorted(found.rejects)] == [
        (3, "1"), (4, "4"), (5, "source"), (6, "weight"), (7, "weight"),
    ]  # fmt: skip
    assert len(found.ties) == 2


def test_the_ids_may_be_handles(staged, write):
    """As --ids says."""
    assert ties(staged(write("ann bob\n"), ids="handle", **AS_EDGES)) == [
        ("@ann", "@bob", 1.0)
    ]


def test_a_separator_that_is_named_is_taken(staged, write):
    """Even if others occur in names."""
    found = staged(write("a;b|c d\n"), layout=Layout(separator="|"), **AS_EDGES)

    assert ties(found) == [("a;b", "c d", 1.0)]


@pytest.mark.parametrize(
    ("text", "options", "error", "words"),
    [
        ("1 2\n", {"format": "edges"}, MissingLayer, "--layer"),
        ("1 2 3 4\n", AS_EDGES, ExportError, "is no edge list"),
        ("1\n2\n", AS_EDGES, ExportError, "is no edge list"),
        ("source,target\n1,2\n", AS_EDGES, ExportError, "has headings"),
        ("1 2\n2 3\n", {"layer": "mention"}, UnknownFormat, "edge lists"),
    ],
)
def test_what_is_no_edge_list_is_refused(write, text, options, error, words):
    """And none is read that nobody has named."""
    with pytest.raises(error, match=words):
        describe(write(text), ImportOptions(**options))
