"""Headings are found below titles where that is clear, and only there."""

from __future__ import annotations

import pytest

from hcpgraph.importers.reading.headings import line_below_titles

BELOW = {
    "a title": ("Connections of Ann\nid,name\n11,Bob\n", 2),
    "a title and a date": ("Report;;\n2025-03-01;;\n\nid;name;role\n11;Bob;nurse\n", 4),
    "notes by LinkedIn": (
        'Notes:\n"When exporting your data, you may notice, that"\n\n'
        "First Name,Last Name,URL\nAnn,Able,\n",
        4,
    ),
    "notes without quotes": (
        "Notes:\nWhen exporting your data, you may\nnotice\n\n"
        "First Name,Last Name,URL,Email Address\nAnn,Able,,\nBob,Baker,,b\n",
        5,
    ),
    "groups by NodeXL": (
        ",,Visual Properties,,,Labels\nVertex 1,Vertex 2,Color,Width,Style,Label\n"
        "ann,bob,,,,x\n",
        2,
    ),
    "tabs": ("Export\n\nsource\ttarget\n1\t2\n", 3),
}
FIRST = {
    "a table": "source,target\n1,2\n",
    "a table of words": "source,target\nann,bob\nbob,cid\n",
    "row names by R": "name,role\n1,Ann,nurse\n2,Bob,nurse\n",
    "a list": "handle\n@ann\n@bob\n",
    "a list with remarks": "handle\n@ann,met\n@bob,met\n",
    "ids": "id\n11,12\n13,14\n",
    "JSON": '{"a":\n"b", "c": 1}\n"d", 2\n',
    "a network by Pajek": "*Vertices 2\na,b\nc,d\n",
    "references": "PMID- 1\nFAU - Able, Ann\nFAU - Baker, Bob\n",
    "mail": "From: a\nTo: Bob, Cid\nSubject: x, y\n",
    "Excel's own line": "sep=;\nsource;target\n1;2\n",
    "nothing": "",
}


@pytest.mark.parametrize(("text", "line"), BELOW.values(), ids=BELOW)
def test_headings_below_titles_are_found(text, line):
    """Wherever rows with as many cells follow."""
    assert line_below_titles(text.split("\n"), None) == line


@pytest.mark.parametrize("text", FIRST.values(), ids=FIRST)
def test_the_first_row_is_left_as_it_is(text):
    """Where it may be the headings, or no table follows."""
    assert line_below_titles(text.split("\n"), None) is None
