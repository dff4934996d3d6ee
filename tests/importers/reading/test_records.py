"""Platforms that are read by a map of their records."""

from __future__ import annotations

import json

import pytest

from hcpgraph.importers.reading.head import peek
from hcpgraph.importers.reading.records import Records, Said
from hcpgraph.importers.reading.staged_rows import staged_rows
from hcpgraph.importers.registry import IMPORTERS
from hcpgraph.model.files import STAGED, ImportOptions, RowType

BY = {"source_id": "by.id", "at": "at", "post_id": "number"}
AGORA = Records(
    name="agora",
    platform="x",
    unit=RowType.POSTS,
    keys=("number", "by.id", "at", "words"),
    rows={
        RowType.POSTS: (
            {
                "native_id": "number",
                "author_id": "by.id",
                "created_at": "at",
                "text": "words",
                "likes": "likes",
                "hashtags": "topics[*].name",
            },
        ),
        RowType.ACCOUNTS: ({"native_id": "by.id", "handle": "by.login"},),
        RowType.TIES: (
            {**BY, "target_id": "called[*].id", "layer": Said("mention")},
            {**BY, "target_id": "answers.id", "layer": Said("reply")},
        ),
    },
)


@pytest.fixture
def staged(staged, monkeypatch):
    """Like ``staged``, where Agora is among the formats."""
    found = {**IMPORTERS, "agora": AGORA}
    monkeypatch.setattr("hcpgraph.importers.recognition.describing.IMPORTERS", found)
    return staged


def post(number, by, **more):
    """A record."""
    return {
        "number": number,
        "by": {"id": by, "login": f"u{by}"},
        "at": "2025-03-01T12:00Z",
        "words": "hi",
        **more,
    }


GOOD = [
    post("31", "11", called=[{"id": "12"}, {"id": 13}], likes=4),
    post(32, 12, answers={"id": "11"}, topics=[{"name": "a"}, {"name": "b"}]),
]
BAD = {
    "no author": (post("33", None), "by.id is empty"),
    "a rounded author": (post("33", 1.43e18), "by.id 1430000000000000000.0 went"),
    "a rounded number": (post("1.43e+18", "11"), "number 1.43e+18 was rounded"),
    "a time without a zone": ({**post("33", "11"), "at": "2025-03-01"}, "no time zone"),
    "no object": ([1], "no record of agora"),
    "nothing": (None, "no record of agora"),
}
LAYOUTS = {
    "lines": lambda rows: "".join(json.dumps(row) + "\n" for row in rows),
    "a list": json.dumps,
    "a printed list": lambda rows: json.dumps(rows, indent=1),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_records_become_rows_in_every_layout(staged, write, layout):
    """Accounts, posts and ties, one for each element of a list."""
    found = staged(write(LAYOUTS[layout](GOOD)))

    assert [(t["source_id"], t["target_id"], t["layer"]) for t in found.ties] == [
        ("11", "12", "mention"), ("11", "13", "mention"), ("12", "11", "reply"),
    ]  # fmt: skip
    assert [(p["native_id"], p["likes"], p["hashtags"]) for p in found.posts] == [
        ("31", 4, []), ("32", None, ["a", "b"]),
    ]  # fmt: skip
    assert [(a["native_id"], a["handle"]) for a in found.accounts] == [
        ("11", "u11"), ("12", "u12"),
    ]  # fmt: skip
    assert all(
        p["created_at"].isoformat() == "2025-03-01T12:00:00" for p in found.posts
    )
    assert found.rejects == []


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
@pytest.mark.parametrize("layout", ["lines", "a list"])
def test_a_bad_record_costs_itself(staged, write, case, layout):
    """With a reason that names the place; those around it are read."""
    bad, reason = case

    found = staged(write(LAYOUTS[layout]([GOOD[0], bad, GOOD[1]])))

    assert len(found.posts) == 2
    assert len(found.ties) == 3
    ((line, said),) = found.rejects
    assert line == (2 if layout == "lines" else 1)
    assert reason in said


def test_a_table_has_columns_of_the_same_names(staged, write):
    """Its ids are mended as in all tables; it has no lists."""
    text = (
        "number;By ID;by.login;at;words;answers.id\n1.0;11;ann;2025-03-01T12Z;hi;12\n"
    )

    found = staged(write(text.replace("By ID", "by.id")))

    assert [(p["native_id"], p["author_id"]) for p in found.posts] == [("1", "11")]
    assert [(t["target_id"], t["layer"]) for t in found.ties] == [("12", "reply")]
    assert found.remarks == [
        "1 ids are mended that went through a spreadsheet or a decimal number, such as"
        " 1.0 to 1"
    ]


def test_records_are_recognised_by_their_keys(write):
    """All of them; of most, those that are missing are named."""
    less = {key: value for key, value in GOOD[0].items() if key != "words"}
    heads = [
        peek(write(json.dumps(one), name=str(n)))
        for n, one in enumerate((GOOD[0], less, {"id": "1"}))
    ]

    scores = [AGORA.likeness(head) for head in heads]

    assert scores[0].score == 1.0
    assert scores[1].missing == ("words",)
    assert scores[2].score == 0.0


def test_a_record_that_is_a_tie_takes_the_layer_of_the_user(write, monkeypatch, staged):
    """A map without a layer is no map of ties unless a column says one."""
    ties = Records(
        name="pairs",
        platform=None,
        unit=RowType.TIES,
        keys=("a", "b"),
        rows={RowType.TIES: ({"source_id": "a", "target_id": "b", "layer": "k"},)},
    )
    monkeypatch.setattr(
        "hcpgraph.importers.recognition.describing.IMPORTERS",
        {"pairs": ties, "x": AGORA},
    )

    found = staged(
        write('{"a": 1, "b": 2}\n{"a": 1, "b": 3, "k": "RT"}\n'), layer="referral"
    )

    assert [t["layer"] for t in found.ties] == ["referral", "repost"]


@pytest.mark.parametrize("unit", RowType)
def test_rows_have_all_columns_in_their_order(unit):
    """What is not given is null; what does not exist is a mistake."""
    query = staged_rows(unit, {"line": "n"}, "raw")

    assert [part.split('"')[1] for part in query.split(" as ")[1:]] == list(
        STAGED[unit]
    )
    with pytest.raises(ValueError, match="have no column colour"):
        staged_rows(unit, {"colour": "n"}, "raw")


def test_options_of_an_unknown_platform_are_those_of_the_user(write):
    """Where the map names no platform."""
    options = ImportOptions(platform="agora")

    assert AGORA.describe(peek(write(json.dumps(GOOD[0]))), options).platform == "x"
