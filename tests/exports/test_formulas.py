"""Texts that a spreadsheet would run are known, and stay what they say."""

from __future__ import annotations

import pytest

from hcpgraph.exports.formulas import disarmed, is_formula

PLAIN = ["", "Ann", "a-b", "a=b", "ann@host.org", "3; 4", "Ann, -", "'quoted'", "7"]
ARMED = [
    "=1",
    "-1",
    "+1",
    "@a",
    " =1",
    "\n=1",
    "\uff1d1",
    "a;=1",
    "a; @b",
    '"=1"',
    "\t",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_texts_stay(text):
    """Signs in the middle of a text are signs."""
    assert not is_formula(text)
    assert disarmed(text) == text


@pytest.mark.parametrize("text", ARMED)
def test_an_apostrophe_is_all_that_changes(text):
    """Whoever takes it away has the text again; once is enough."""
    once = disarmed(text)

    assert is_formula(text)
    assert "'" in once
    assert once.replace("'", "") == text
    assert once.startswith("'") or text.startswith("a")
    assert disarmed(once) == once
