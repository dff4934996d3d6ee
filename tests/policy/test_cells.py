"""Cells about one person do not call another who may not be listed."""

from __future__ import annotations

import pytest

from hcpgraph import policy

CALLED = [
    ("name", "Dr. Jane Hidden 🎗️ | living with lupus"),
    ("name", "Anna Sofía Núñez-Ørsted"),
    ("name", "Jörg Müller"),
    ("name", "Diana Anderson"),
    ("name", "James Hopkins"),
    ("name", "王小明"),
    ("name", "Breast Cancer Survivor"),
    ("name", "Lupus"),
    ("handle", "@Jane_H84"),
    ("handle", "mshidden"),
    ("handle", "anna"),
    ("handle", "hopkins"),
    ("handle", "lupus"),
    ("handle", "oncology"),
    ("handle", "fenella@mastodon.social"),
    ("handle", "x7.bsky.social"),
    ("id", "1430000000000000017"),
    ("id", "12"),
    ("id", "did:plc:abcdefgh234567"),
]


# the letters of East Asian keyboards
WIDE = "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in "Jane Hidden ward")


@pytest.fixture(scope="module")
def cells():
    return policy.Cells(CALLED, ["oncology", "multiple myeloma"], policy.load().words)


@pytest.mark.parametrize(
    "text",
    [
        "Practice of Dr. Jane Hidden", "Praxis Hidden, Jane", "JANE HIDDEN CLINIC",
        "Dr.JaneHidden GmbH", "www.janehidden.de", "janehidden", "hidden-jane.org",
        "Jane\u00a0Hidden", "Jane  Hidden's ward", "Jane_Hidden", "Jane. Hidden",
        "Praxis Dr. med. J. Hidden", "Hidden J., Oncology", WIDE,
        "Clinic Núñez-Ørsted", "Anna Sofia Nunez Orsted", "c/o Anna Nuñez Ørsted",
        "Praxis Joerg Mueller", "Muller, Jorg", "MÜLLER JÖRG", "王小明诊所",
        "ask @jane_h84!", "jane_h84", "https://x.com/jane_h84/status/1", "(@JANE_H84)",
        "ward of mshidden", "@anna", "@hopkins.", "@lupus", "fenella@mastodon.social",
        "@fenella", "fenella unit", "x7.bsky.social", "user 1430000000000000017",
        "id:1430000000000000017", "did:plc:abcdefgh234567",
    ],
)  # fmt: skip
def test_the_whole_name_the_handle_and_the_id_withhold(text, cells):
    """In any order and spelling, whatever stands around."""
    assert cells.calls(text)
    assert cells.released("institution", [text, None, ""]) == [None, None, ""]


@pytest.mark.parametrize(
    "text",
    [
        "Johns Hopkins University", "Hopkins", "Anna Hospital", "St. Anna, Jane Street",
        "Hidden Valley Clinic", "Oncology", "Lupus clinic", "Ward 12",
        "M. D. Anderson Cancer Center", "MD Anderson", "Breast Cancer Survivor Clinic",
        "Multiple Myeloma", "Charité", "Universität Zürich", "小明诊所", "Müller",
        "143000000000000001", "janes hidden gems", "",
    ],
)  # fmt: skip
def test_a_surname_alone_and_words_of_the_field_do_not(text, cells):
    """Namesakes bear it; and terms are nobody's name."""
    assert not cells.calls(text)
    assert cells.released("institution", [text]) == [text]


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Jane Hidden", True), ("Dr. Jane Hidden, MD", True), ("王小明", True),
        ("Jane Hidden's sister", False), ("Friend of Jane Hidden", False),
        ("Anna Schmidt", True), ("James D. Anderson", True), ("J. Hopkins", True),
        ("@jane_h84", False), ("jane_h84 fan", False),
        ("Team 1430000000000000017", False),
    ],
)  # fmt: skip
def test_who_bears_the_name_keeps_it(text, stays, cells):
    """A namesake's own name is not somebody else's; more than the name is."""
    assert cells.released("name", [text]) == [text if stays else None]


def test_where_nobody_is_hidden_everything_leaves():
    """As it is in most studies."""
    free = policy.Cells([], [], policy.load().words)
    asked = ["Praxis Jörg Müller", "王小明诊所", "JaneHidden", None]

    assert free.released("institution", asked) == asked
