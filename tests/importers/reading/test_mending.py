"""A bad sign costs that sign, whatever stands around it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpgraph.importers.reading import mending
from tests.importers.test_x_layouts import LAYOUTS
from tests.importers.x_made import ADA, mentions, page, post

HALF = re.compile("[\ud800-\udfff]")
texts = st.text(st.characters(codec=None) | st.sampled_from('\\"\ud83d\ude00u\t'))


@given(texts, st.integers(0, 200))
def test_halves_become_one_mark_and_all_else_stays(text, padding):
    """Pairs, escaped backslashes and every other sign are as they were."""
    written = json.dumps([" " * padding, text]).encode()
    # as a reader of pairs sees them
    told = json.loads(written)[1]

    found = json.loads(mending.Mender().mend(written))[1]

    assert found == HALF.sub("\ufffd", told)


@given(st.lists(texts, max_size=30), st.integers(1, 50))
def test_pieces_are_cut_between_signs(tmp_path_factory, values, size):
    """However the pieces of a file fall, it is mended like the whole."""
    written = json.dumps(values).encode()
    pieces = [written[at : at + size] for at in range(0, len(written), size)]
    mender = mending.Mender()

    cut = b"".join(map(mender.mend, mending._cut(None, pieces)))

    assert cut == mending.Mender().mend(written)


SIGNS = {
    "high half": rb"\ud83d",
    "low half": rb"\uDE00",
    "halves apart": rb"\ud83d \ude00",
    "halves swapped": rb"\ude00\ud83d",
    "bytes": b"caf\xe9",
    "halves in bytes": b"\xed\xa0\xbd",
    "control": b"a\x01b",
    "no escape": rb"a\qb",
    "half an escape": rb"a\u12",
}


@pytest.mark.parametrize("place", ["NAME", "BIO", "WORDS", "TAG"])
@pytest.mark.parametrize(
    "layout", ["pages on lines", "byte order mark", "a list of pages"]
)
def test_no_post_is_lost_for_a_bad_sign(staged, write, layout, place):
    """In names, bios, texts and hashtags, however the JSON is laid out."""
    ada = {**ADA, "name": "NAME", "description": "BIO"}
    tagged = {**mentions(ADA), "hashtags": [{"tag": "TAG"}]}
    pages = [
        page(
            *(post(10 * n + k, ADA, text="WORDS", entities=tagged) for k in range(9)),
            users=[ada],
        )
        for n in range(3)
    ]
    text = LAYOUTS[layout](pages).encode()

    for sign in SIGNS.values():
        found = staged(write(text.replace(place.encode(), sign, 1)))

        assert len(found.records) == 27
        assert found.rejects == []
        assert "U+FFFD" in found.description.notes[-1]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_half_a_sign_in_every_layout(staged, write, layout):
    """Documents over many lines and lists of pages among them."""
    text = layout([page(post(7, ADA)), page(post(8, ADA, text="WORDS"))])

    found = staged(write(text.replace("WORDS", r"\ud83d!").encode()))

    assert [p["text"] for p in found.posts] == ["words", "\ufffd!"]
    assert found.rejects == []


def test_what_is_sound_is_not_touched(staged, write):
    """A NUL, a pair and an escaped backslash are text, and no reason to copy a file."""
    text = r"\u0000 \ud83d\ude00 \\ud83d"
    content = json.dumps(page(post(7, ADA, text="WORDS"))).replace("WORDS", text)

    found = staged(write(content))

    assert found.posts[0]["text"] == "\x00 \U0001f600 \\ud83d"
    assert found.description.notes == ()


def test_a_page_that_is_cut_short_counts_what_such_pages_hold(staged, write):
    """Three pages of ten lost are three tenths of the posts, not three rows."""
    pages = [
        json.dumps(page(*(post(10 * n + k, ADA) for k in range(10)))) for n in range(10)
    ]
    for n in (2, 5, 7):
        pages[n] = pages[n][:-300]

    found = staged(write("\n".join(pages) + "\n", compress=True))

    assert len(found.records) == 70
    assert found.rejected_lines == [3, 6, 8]
    assert len(found.rejects) == 30
    assert "such lines hold 10 rows" in found.rejects[0][1]


@pytest.mark.parametrize("value", [7, True, None, [1], {"a": 1}, 1e300, "x"])
@pytest.mark.parametrize(
    "key",
    ["text", "created_at", "entities", "public_metrics", "referenced_tweets", "lang"],
)
def test_a_value_of_the_wrong_kind_costs_no_other_post(staged, write, key, value):
    """The rest of its page is read."""
    odd = {**post(8, ADA), key: value}

    found = staged(write(json.dumps(page(post(7, ADA), odd, post(9, ADA)))))

    assert {"7", "9"} <= {p["native_id"] for p in found.records}
    assert len(found.records) + len(found.rejects) == 3
