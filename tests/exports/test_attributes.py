"""Columns of any values become attributes that every format can hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpgraph.exports.attributes import Attribute, clean, plain, sanitize

PLAIN = {
    "nothing": (None, None),
    "a number that is none": (float("nan"), None),
    "infinity": (float("inf"), None),
    "NA of pandas": (pd.NA, None),
    "NaT of pandas": (pd.NaT, None),
    "NaT of numpy": (np.datetime64("NaT"), None),
    "a truth": (True, True),
    "a truth of numpy": (np.bool_(False), False),
    "a whole number of numpy": (np.int32(7), 7),
    "a number of numpy": (np.float32(0.5), 0.5),
    "a number past 64 bits": (2**70, str(2**70)),
    "a day": (date(2025, 3, 1), "2025-03-01"),
    "a moment": (datetime(2025, 3, 1, tzinfo=UTC), "2025-03-01T00:00:00+00:00"),
    "a time stamp": (pd.Timestamp("2025-03-01"), "2025-03-01T00:00:00"),
    "a list": (["b", None, 2], "b|2"),
    "a set": ({"b", "a"}, "a|b"),
    "an array": (np.array([1, 2]), "1|2"),
    "an empty list": ([], None),
    "a mapping": ({"a": 1}, "{'a': 1}"),
    "marks XML has no way to write": ("a\x0bb\x00\ud800c\uffff", "abc"),
}


@pytest.mark.parametrize(("value", "expected"), PLAIN.values(), ids=PLAIN)
def test_any_value_becomes_a_plain_one(value, expected):
    """Scalars as Python's, dates in ISO 8601, lists joined, nothing for nothing."""
    found = plain(value)

    assert found == expected
    assert type(found) is type(expected)


KINDS = {
    "truths": ([True, None], "boolean", (True, None)),
    "whole numbers": ([1, np.int64(2)], "long", (1, 2)),
    "numbers": ([1, 2.5], "double", (1.0, 2.5)),
    "truths and numbers": ([True, 1], "string", ("True", "1")),
    "texts and numbers": (["a", 1], "string", ("a", "1")),
}


@pytest.mark.parametrize(("cells", "kind", "expected"), KINDS.values(), ids=KINDS)
def test_a_column_is_of_one_kind(cells, kind, expected):
    """Formats declare a kind once, and every cell keeps to it."""
    assert sanitize({"x": cells}) == (Attribute("x", kind, expected),)


def test_titles_differ_in_more_than_case():
    """Gephi takes Area and area for one column and refuses the second."""
    found = sanitize({"Area": [1], "area": [2], "AREA": [3], "area_2": [4]})

    titles = [one.title for one in found]
    assert titles == ["Area", "area_2", "AREA_3", "area_2_2"]


@pytest.mark.parametrize("name", ["type", "Type"])
def test_no_attribute_is_called_type(name):
    """An edge of type 'mention' is no GEXF, and Gephi drops it."""
    assert [one.title for one in sanitize({name: ["mention"]})] == ["kind"]


def test_a_column_that_says_nothing_is_left_out():
    """Rather than guess its kind."""
    assert sanitize({"empty": [None, float("nan")], "none": []}) == ()


@given(st.text())
def test_a_cleaned_text_is_well_formed_xml(text):
    """Whatever people write in their names."""
    element = ET.Element("a")
    element.text = clean(text)

    read = ET.fromstring(ET.tostring(element, encoding="utf-8"))

    # XML knows one kind of line end
    assert (read.text or "") == clean(text).replace("\r\n", "\n").replace("\r", "\n")
