"""What steers a screen is shown, not obeyed; what people write stays as it is."""

from __future__ import annotations

import unicodedata

import pytest

from hcpgraph.model.signs import for_screen, on_lines, on_one_line

STEERING = [chr(n) for n in (*range(0x20), *range(0x7F, 0xA0))] + list(
    "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    "\u061c\u200b\u2060\ufeff\u00ad\u180e\U000e0001\U000e0041\U000e007f\ud83d"
)


@pytest.mark.parametrize("sign", STEERING, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_sign_that_steers_is_named(sign):
    """It can be read which one it was, and it does nothing."""
    shown = on_one_line(f"Ann{sign}Bob")

    assert shown.isprintable()
    assert len(shown.splitlines()) == 1
    assert shown.startswith("Ann\\")
    assert shown.endswith("Bob")
    assert ast_of(shown) == f"Ann{sign}Bob"


def ast_of(shown):
    return shown.encode("ascii").decode("unicode_escape")


def test_no_format_or_control_character_is_forgotten():
    """Whatever Unicode calls so, but for marks that are seen and spell a number."""
    seen = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
    for number in range(0x110000):
        sign = chr(number)
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            own = sign in seen or 0x11000 <= number < 0x14000
            assert own or on_one_line(f"a{sign}b") != f"a{sign}b", f"U+{number:04X}"


@pytest.mark.parametrize(
    "text",
    [
        "Åsa Ødegård",
        "Dr. 李小龍",
        "\U0001f469\u200d\u2695\ufe0f Ann",
        "\U0001f468\U0001f3fd\u200d\u2695\ufe0f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "\u845b\U000e0100",
        "e\u0301",
        "\u00a0[red]not a colour[/red] :smile:",
    ],
)
def test_what_people_write_stays(text):
    """Emoji of health workers, joined letters, flags, names of any script."""
    assert on_one_line(text) == text


def test_lines_are_ended_by_lf_alone():
    """A screen knows other ends; a file of lines does not."""
    assert on_lines("a\r\nb\rc\x0bd\n") == "a\nb\\rc\\x0bd\n"


def test_what_is_no_text_is_not_for_screens():
    """Neither bytes of another encoding nor those of a picture."""
    assert for_screen(b"\x89PNG\r\n") is None
    assert for_screen(b"a\0b") is None
    assert for_screen("Å\u202e".encode()) == "Å\\u202e".encode()
