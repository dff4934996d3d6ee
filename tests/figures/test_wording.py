"""Names as a figure can show them."""

from __future__ import annotations

import pytest

from hcpgraph.figures.wording import called, drawable, shorten


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ana\tRuiz\n", "Ana Ruiz"),
        ("\u200bZero\u202e", "Zero"),
        ("José", "José"),
        ("Ольга Ζωή", "Ольга Ζωή"),
        ("🧬🧬", None),
        ("", None),
    ],
)
def test_signs_that_cannot_be_drawn_are_left_out(name, shown):
    """Emoji and control signs go, letters of any drawable script stay."""
    assert drawable(name) == shown


def test_a_name_is_never_cut_down_to_its_drawable_letters():
    """A name whose letters have no font gives way to the handle as a whole."""
    cuneiform = "Dr. \N{CUNEIFORM SIGN A}"

    assert called(cuneiform, "ana", 7) == "@ana"
    assert called(cuneiform, None, "7") == "7"
    assert called(None, None, "\N{CUNEIFORM SIGN A}" * 3) == "\N{WHITE SQUARE}" * 3


def test_handles_have_one_at_sign():
    """A handle is shown with one @ whether or not it came with one."""
    assert called(None, "@ana", 7) == called("", "ana", 7) == "@ana"


def test_short_names_are_not_cut():
    """A name that fits is left as it is."""
    assert shorten("Ana Ruiz", 8) == "Ana Ruiz"
    assert len(shorten("Ana Maria Ruiz", 8)) <= 8
