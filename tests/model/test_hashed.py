"""Keyed hashes of a person are made of the same texts, whoever makes them."""

from __future__ import annotations

import unicodedata

import pytest

from hcpgraph.model.hashed import account_texts
from hcpgraph.store.queries.finding import Account


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("spelt", ["Jos\u00e9", "@JOS\u00c9", " jos\u00e9 "])
def test_a_handle_is_hashed_alike_however_it_is_typed(form, spelt):
    """Composed or not, with its sign or without, in capitals or in small letters."""
    typed = unicodedata.normalize(form, spelt)

    assert account_texts("x", None, typed) == ("x:@jos\u00e9",)


def test_what_a_study_knows_is_hashed_as_what_is_erased():
    """Or an erased person would not be found in the trail."""
    handle = unicodedata.normalize("NFD", "Jos\u00e9")

    assert Account(1, "x", "12", handle).texts() == account_texts("x", "12", handle)
