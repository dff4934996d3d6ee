"""What the page's program reads: what the report says, and nothing for HTML."""

from __future__ import annotations

import json
from base64 import b64decode

import numpy as np

from hcpgraph.reports.payload import as_script, embed


def column(text, kind):
    return np.frombuffer(b64decode(text), kind)


def test_no_sign_of_html_is_left():
    """However the strangers' words begin or end."""
    hostile = "</script><!--<script>&amp;\u2028\u2029"
    text = as_script({hostile: [hostile]})

    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {hostile: [hostile]}


def test_values_come_back(report):
    """Ranks, scores to the thousandth, places to a sixty-five-thousandth."""
    values = json.loads(embed(report))
    area, packed = report.areas[0], values["areas"][0]

    assert column(packed["rank"], "<u4").tolist() == area.leaders.rank.tolist()
    score = column(packed["score"], "<u4") / 1000
    assert np.abs(score - area.leaders.score).max() <= 0.0005
    x = column(packed["map"]["x"], "<u2") * packed["map"]["step"]
    true = area.map.xy[:, 0] - area.map.xy[:, 0].min()
    assert np.abs(x - true).max() <= packed["map"]["step"]
    assert column(packed["map"]["source"], "<u2").tolist() == area.map.source.tolist()


def test_only_named_accounts_have_a_person(report):
    """Those who may not be named are coordinates, a community and two counts."""
    packed = json.loads(embed(report))["areas"][0]["map"]

    assert len(column(packed["person"], "<u4")) == report.areas[0].map.named
    assert len(column(packed["x"], "<u2")) == len(report.areas[0].map)
    assert set(packed) == {
        *("step", "x", "y", "community", "in_degree", "out_degree", "person"),
        *("source", "target", "layers", "accounts", "ties"),
    }


def test_prospects_are_marked_by_person(report):
    """The rows of those suggested, in order."""
    assert json.loads(embed(report))["areas"][0]["prospects"] == [1, 2]


def test_words_that_many_share_are_written_once(report):
    """A role is a position in a sorted list; -1 where none is known."""
    people = json.loads(embed(report))["people"]

    assert people["role_words"] == ["clinician", "nurse", "unknown"]
    assert people["role"][:3] == [0, 1, 2]
    assert people["specialty"][1] == -1
