"""Plain tables of ties, good and bad."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hcpgraph.errors import ExportError, MissingColumns
from hcpgraph.importers import describe
from hcpgraph.model.files import ImportOptions


def utc(*parts):
    """A staged time: in UTC, without saying so."""
    return datetime(*parts)  # noqa: DTZ001 - columns are TIMESTAMP, which have no zone


def ends(staged_file):
    return [
        (t["source_id"] or f"@{t['source_handle']}", t["target_id"])
        for t in staged_file.ties
    ]


def test_two_columns_are_enough(staged, write):
    """Who and whom; without more, a list of follows, and the user is told."""
    found = staged(write("source,target\n1,2\n2,3\n"))

    assert [(t["source_id"], t["target_id"]) for t in found.ties] == [
        ("1", "2"),
        ("2", "3"),
    ]
    assert {(t["layer"], t["at"], t["weight"]) for t in found.ties} == {
        ("follow", None, 1.0)
    }
    assert [t["line"] for t in found.records] == [2, 3]
    assert "follow" in found.description.notes[0]


@pytest.mark.parametrize(
    ("header", "layer"),
    [
        ("Source,Target,Type,Id,Label,Weight", "mention"),
        ("follower,followed", "follow"),
        ("follower_id,followee", "follow"),
        ("Follower ID,Following ID", "follow"),
        ("from,to", "follow"),
        ("mentioner,mentioned", "mention"),
        ("source_id,target_id,n", "mention"),
        ("SOURCE,TARGET,Created At", "mention"),
    ],
)
def test_headers_have_many_names(staged, write, header, layer):
    """Case, blanks and underscores mean nothing; the names imply a layer."""
    cells = ["7", "8", *("" for _ in header.split(",")[2:])]

    found = staged(write(f"{header}\n{','.join(cells)}\n"))

    assert [(t["source_id"], t["target_id"], t["layer"]) for t in found.ties] == [
        ("7", "8", layer)
    ]


@pytest.mark.parametrize(
    "header",
    [
        "source_handle,target_handle",
        "Source Screen Name,Target Screen Name",
        "follower_username,followed_username",
    ],
)
def test_columns_of_handles_hold_handles(staged, write, header):
    """A name of the column is enough: no @ is needed."""
    (tie,) = staged(write(f"{header}\nAda,@bob\n")).ties

    assert (tie["source_id"], tie["source_handle"]) == (None, "Ada")
    assert (tie["target_id"], tie["target_handle"]) == (None, "bob")


def test_an_at_sign_always_means_a_handle(staged, write):
    """Ids and handles may stand in one column."""
    (tie,) = staged(write("source,target\n @Ada ,17\n")).ties

    assert (tie["source_id"], tie["source_handle"]) == (None, "Ada")
    assert (tie["target_id"], tie["target_handle"]) == ("17", None)


def test_the_user_can_say_that_ids_are_handles(staged, write):
    """``--ids handle`` reads every id as a handle."""
    (tie,) = staged(write("source,target\nada,7\n"), ids="handle").ties

    assert (tie["source_handle"], tie["target_handle"]) == ("ada", "7")
    assert (tie["source_id"], tie["target_id"]) == (None, None)


@pytest.mark.parametrize("value", ["007", "1e5", "12E45", "1_000", "9" * 25, "a-b:c"])
def test_ids_stay_as_they_stand(staged, write, value):
    """No id is read as a number and written back as another one."""
    (tie,) = staged(write(f"source,target\n{value}x,{value}x\n")).ties

    assert tie["source_id"] == tie["target_id"] == f"{value}x"


@pytest.mark.parametrize(
    ("kind", "layer"),
    [
        ("follow", "follow"),
        ("Follows", "follow"),
        ("RT", "repost"),
        ("retweet", "repost"),
        ("Replies to", "reply"),
        ("quoted", "quote"),
        ("Mentions", "mention"),
        ("MentionsInRetweet", "mention_in_repost"),
        ("mention_in_rt", "mention_in_repost"),
        ("nomination", "nomination"),
        ("co-author", "coauthor"),
    ],
)
def test_kinds_have_many_names(staged, write, kind, layer):
    """Words of other tools mean one of our layers."""
    (tie,) = staged(write(f"source,target,kind\n1,2,{kind}\n")).ties

    assert tie["layer"] == layer


def test_the_users_layer_holds_where_the_file_names_none(staged, write):
    """``--layer`` fills what the file leaves open and overrides nothing."""
    found = staged(write("source,target,kind\n1,2,\n1,3,rt\n"), layer="referral")

    assert [t["layer"] for t in found.ties] == ["referral", "repost"]


@pytest.mark.parametrize(
    ("time", "at"),
    [
        ("1341100972", utc(2012, 7, 1, 0, 2, 52)),
        ("1341100972.5", utc(2012, 7, 1, 0, 2, 52, 500000)),
        ("1341100972000", utc(2012, 7, 1, 0, 2, 52)),
        ("1341100972123.0", utc(2012, 7, 1, 0, 2, 52, 123000)),
        ("2024-05-01T10:00:00Z", utc(2024, 5, 1, 10)),
        ("2024-05-01T10:00:00.250Z", utc(2024, 5, 1, 10, 0, 0, 250000)),
        ("2024-05-01 10:00:00+02:00", utc(2024, 5, 1, 8)),
        ("2024-05-01T10:00:00 +0200", utc(2024, 5, 1, 8)),
        ("2024-05-01T23:30:00-05", utc(2024, 5, 2, 4, 30)),
        ("2024-05-01 10:00:00 UTC", utc(2024, 5, 1, 10)),
        ("", None),
    ],
)
def test_times_become_utc(staged, write, time, at):
    """ISO 8601 with a zone, Unix seconds and milliseconds; empty is unknown."""
    (tie,) = staged(write(f"source,target,timestamp\n1,2,{time}\n")).ties

    assert tie["at"] == at


BAD_ROWS = [
    ("source,target", "1.23457E+18,2", "rounded by a spreadsheet"),
    ("source,target", '"1,23457E+18",2', "rounded by a spreadsheet"),
    ("source,target", "2,7.0", "went through a decimal number"),
    ("source,target", ",2", "source is empty"),
    ("source,target", "1,  ", "target is empty"),
    ("source,target", "1,@", "target is empty"),
    ("source,target", "1,NaN", "target is empty"),
    ("source,target", "1,a\x07b", "control character"),
    ("source,target,kind", "1,2,menton", "closest is mention"),
    ("source,target,at", "1,2,2024-05-01T10:00:00", "no time zone"),
    ("source,target,at", "1,2,2024-05-01", "no time zone"),
    ("source,target,at", "1,2,12", "out of range"),
    ("source,target,at", "1,2,9999999999", "out of range"),
    ("source,target,at", "1,2,1800-05-01T10:00:00Z", "out of range"),
    ("source,target,at", "1,2,yesterday", "neither ISO 8601 nor Unix"),
    ("source,target,at", "1,2,2024-13-01T10:00:00Z", "neither ISO 8601 nor Unix"),
    ("source,target,weight", "1,2,heavy", "not a number"),
    ("source,target,weight", "1,2,nan", "not a number"),
    ("source,target,weight", "1,2,inf", "not a number"),
    ("source,target,weight", "1,2,0x10", "not a number"),
    ("source,target,weight", "1,2,1e999", "not a number"),
    ("source,target,weight", "1,2,-1", "negative"),
    ("source,target,weight", "1,2,0", "means no tie"),
    ("source,target", "1", "1 fields instead of 2"),
    ("source,target", "1,2,3", "3 fields instead of 2"),
    ("source,target", '1,"2', "a quote is opened and not closed"),
    ("source,target", '1,"2"3', "quotes are misplaced"),
    ("source,target", "1,\udcff", "not valid UTF-8"),
]


@pytest.mark.parametrize(("header", "row", "reason"), BAD_ROWS)
def test_a_bad_row_is_rejected_by_its_line(staged, write, header, row, reason):
    """The line is the file's, blank lines counted, and all other rows are imported."""
    good = ",".join(["5", "6", *("" for _ in header.split(",")[2:])])
    text = f"{header}\n{good}\n\n{row}\n{good}\n"

    found = staged(write(text.encode("utf-8", "surrogateescape")))

    assert found.rejected_lines == [4]
    assert reason in found.rejects[0][1]
    assert [t["line"] for t in found.records] == [2, 5]


def test_one_bad_line_among_many_costs_one_line(staged, write):
    """A quote that is never closed does not swallow the rest of the file."""
    lines = [f"{i},{i + 1},follow" for i in range(20_000)]
    lines[12_345] = '1,"2,follow'
    lines[15_000] = "1,2"

    found = staged(write("\n".join(["source,target,kind", *lines, ""])))

    assert found.rejected_lines == [12_347, 15_002]
    assert len(found.records) == 19_998


def test_undecodable_lines_do_not_shift_the_numbers_of_others(staged, write):
    """Every row keeps its own line, however many before it could not be read."""
    rows = [b"\xff1,2" if i % 3 == 0 else b"%d,2" % i for i in range(10)]
    rows[4] = b"4.0,2"

    found = staged(write(b"source,target\n" + b"\n".join(rows)))

    assert found.rejected_lines == [2, 5, 6, 8, 11]
    assert {t["line"]: t["source_id"] for t in found.records} == {
        i + 2: str(i) for i in (1, 2, 5, 7, 8)
    }


def test_a_truncated_last_line_is_rejected(staged, write):
    """What a broken download leaves is named, not guessed."""
    found = staged(write("source,target,kind\n1,2,rt\n3,4"))

    assert found.rejects == [(3, "2 fields instead of 3")]


@pytest.mark.parametrize(
    "text",
    [
        "source;target;kind\n1;2;rt\n",
        "source\ttarget\tkind\n1\t2\trt\n",
        '"source","target","kind"\r\n"1","2","rt"\r\n',
        "\ufeffsource,target,kind\n1,2,rt",
        "\n\nsource,target,kind\n1,2,rt\n\n",
        "source, target , kind\n 1 ,2, rt\n",
        "source,target,kind\r\n1,2,rt\n\r\n",
        "source|target|kind\n1|2|rt\n",
        'source,target,kind\n"1" , "2",rt\n',
    ],
)
@pytest.mark.parametrize("compress", [False, True])
def test_the_dialect_does_not_matter(staged, write, text, compress):
    """Delimiter, line ends, quotes, byte order mark and compression are found out."""
    found = staged(write(text, compress=compress))

    assert [(t["source_id"], t["target_id"], t["layer"]) for t in found.ties] == [
        ("1", "2", "repost")
    ]
    assert found.rejects == []


def test_quoted_cells_may_hold_anything(staged, write):
    """Delimiters, quotes and line ends inside quotes are part of the cell."""
    text = 'source,target,area\n1,2,"a, ""b"""\n3,4,"x\n\ny, z"\n5,6,c\n'

    found = staged(write(text))

    assert [(t["line"], t["area"]) for t in found.ties] == [
        (2, 'a, "b"'),
        (3, "x\n\ny, z"),
        (6, "c"),
    ]


@pytest.mark.parametrize(
    "name", ["it's.csv", "a b é.csv", "[ab].csv", "*.csv", "a?.csv", "{a,b}.csv"]
)
def test_a_path_is_never_a_pattern(staged, write, name):
    """Only the file that is named is read, whatever stands in its name."""
    write("source,target\n9,9\n", name="a.csv")
    write("source,target\n9,9\n", name="ab.csv")

    found = staged(write("source,target\n1,2\n", name=name))

    assert ends(found) == [("1", "2")]


def test_self_loops_are_rows_like_others(staged, write):
    """The account is kept; what it does to itself counts nowhere later."""
    assert ends(staged(write("source,target\n1,1\n"))) == [("1", "1")]


def test_posts_come_along_with_their_ties(staged, write):
    """A post of two ties is one post; what it is follows from its ties."""
    text = (
        "source,target,kind,timestamp,post\n"
        "1,2,mention,1341100972,p\n1,3,rt,1341100972,p\n4,5,follow,,\n"
    )

    found = staged(write(text))

    assert [
        (p["native_id"], p["author_id"], p["kind"], p["record"]) for p in found.posts
    ] == [("p", "1", "repost", False)]
    assert [t["post_id"] for t in found.ties] == ["p", "p", None]


def test_missing_columns_are_named(write):
    """What is missing and what was found stand in the message."""
    options = ImportOptions(format="ties")

    with pytest.raises(MissingColumns, match="missing columns: target; found: source"):
        describe(write("source,age\n1,2\n"), options)


def test_a_column_named_twice_is_refused(write):
    """Nobody can know which one is meant."""
    with pytest.raises(ExportError, match="two columns 'Target'"):
        describe(write("source,target,Target\n1,2,3\n"), ImportOptions())


def test_parquet_is_read_like_text(staged, tmp_path):
    """Integers become text, times UTC, and bad rows are rejected by row."""
    path = tmp_path / "ties"
    when = datetime.fromisoformat("2024-05-01T10:00:00+02:00")
    columns = {
        "source": pa.array([2**60, 7, None], pa.int64()),
        "target": ["@ada", "8", "9"],
        "timestamp": pa.array([when] * 3, pa.timestamp("us", tz="Europe/Zurich")),
        "weight": [2.5, -1.0, 1.0],
    }
    pq.write_table(pa.table(columns), path)

    found = staged(path)

    (tie,) = found.ties
    assert (tie["source_id"], tie["target_handle"]) == (str(2**60), "ada")
    assert (tie["at"], tie["weight"]) == (utc(2024, 5, 1, 8), 2.5)
    assert found.rejects == [(2, "weight -1.0 is negative"), (3, "source is empty")]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"source": [1.0], "target": ["2"]}, "does not keep ids exact"),
        (
            {"source": ["1"], "target": ["2"], "at": [utc(2024, 5, 1)]},
            "without a time zone",
        ),
    ],
)
def test_parquet_that_lost_something_is_refused(tmp_path, columns, words):
    """Ids as decimal numbers and times without zone cannot be put right."""
    path = tmp_path / "ties.parquet"
    pq.write_table(pa.table(columns), path)

    with pytest.raises(ExportError, match=words):
        describe(path, ImportOptions())


def test_damaged_parquet_is_refused(write):
    """The message says what to do."""
    with pytest.raises(ExportError, match="damaged Parquet"):
        describe(write(b"PAR1 and then nothing"), ImportOptions())
