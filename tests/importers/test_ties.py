"""Plain tables of ties, good and bad."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hcpgraph.errors import ExportError, MissingColumns, MissingLayer
from hcpgraph.importers import describe
from hcpgraph.model.files import ImportOptions
from hcpgraph.study import Study


@pytest.fixture
def staged(staged):
    """Like ``staged``; ties of which the file does not say the kind are follows."""

    def as_follows(path, **options):
        if "layer" not in options and b"kind" not in path.read_bytes()[:100]:
            options["layer"] = "follow"
        return staged(path, **options)

    return as_follows


def utc(*parts):
    """A staged time: in UTC, without saying so."""
    return datetime(*parts)  # noqa: DTZ001 - columns are TIMESTAMP, which have no zone


def ends(staged_file):
    return [
        (t["source_id"] or f"@{t['source_handle']}", t["target_id"])
        for t in staged_file.ties
    ]


def test_two_columns_are_enough(staged, write):
    """Who and whom, if somebody says what kind of ties they are."""
    found = staged(write("source,target\n1,2\n2,3\n"))

    assert [(t["source_id"], t["target_id"]) for t in found.ties] == [
        ("1", "2"),
        ("2", "3"),
    ]
    assert {(t["layer"], t["at"], t["weight"]) for t in found.ties} == {
        ("follow", None, 1.0)
    }
    assert [t["line"] for t in found.records] == [2, 3]


@pytest.mark.parametrize(
    ("header", "said", "layer"),
    [
        ("Source,Target,Type,Id,Label,Weight", "referral", "referral"),
        ("follower,followed", None, "follow"),
        ("follower_id,followee", None, "follow"),
        ("Follower ID,Following ID", None, "follow"),
        ("from,to", "referral", "referral"),
        ("mentioner,mentioned", None, "mention"),
        ("source_id,target_id,n", "referral", "referral"),
        ("SOURCE,TARGET,Created At", "referral", "referral"),
    ],
)
def test_headers_have_many_names(staged, write, header, said, layer):
    """Case, blanks and underscores mean nothing; some names imply a layer."""
    cells = ["7", "8", *("" for _ in header.split(",")[2:])]

    found = staged(write(f"{header}\n{','.join(cells)}\n"), layer=said)

    assert [(t["source_id"], t["target_id"], t["layer"]) for t in found.ties] == [
        ("7", "8", layer)
    ]


@pytest.mark.parametrize(
    "header",
    [
        "source,target",
        "source,target,weight",
        "source,target,at",
        "from,to",
        "Source,Target,Type",
    ],
)
@pytest.mark.parametrize("named", [None, "ties"])
def test_a_layer_is_never_guessed(write, header, named):
    """Whatever else the rows say: without a kind, the user is asked for one."""
    row = ",".join(["1", "2", "1"][: header.count(",") + 1])
    options = ImportOptions(format=named)

    with pytest.raises(MissingLayer, match="--layer: follow, mention, reply") as caught:
        describe(write(f"{header}\n{row}\n"), options)

    assert "\n" not in str(caught.value)


def test_the_user_may_overrule_what_headers_imply(staged, write):
    """And is told that they did."""
    found = staged(write("follower,followed\n1,2\n"), layer="referral")

    assert found.ties[0]["layer"] == "referral"
    assert "follower and followed name the layer follow" in found.description.notes[0]


def test_a_column_that_names_no_layers_gives_way_to_the_user(staged, write):
    """A relationship may be anything; ``--layer`` says what the ties are."""
    path = write("source,target,Relationship\n1,2,friendship\n3,4,\n")

    found = staged(path, layer="colleague")

    assert [t["layer"] for t in found.ties] == ["colleague", "colleague"]
    assert found.rejects == []
    (remark,) = found.remarks
    assert remark == (
        "column Relationship names no layers, such as friendship: every tie is read "
        "as layer colleague, as --layer says"
    )


def test_a_column_that_names_layers_is_not_overruled(staged, write):
    """Where some cells are layers, one that is none is a bad row."""
    path = write("source,target,Relationship\n1,2,mentions\n3,4,menton\n5,6,\n")

    found = staged(path, layer="colleague")

    assert [t["layer"] for t in found.ties] == ["mention", "colleague"]
    assert found.rejects == [(3, "kind menton is no layer; the closest is mention")]


def test_a_column_without_layers_asks_for_one(staged, write):
    """Each such row says what to do."""
    found = staged(write("source,target,kind\n1,2,friends with\n3,4,\n"))

    assert found.ties == []
    assert all("--layer" in reason for _, reason in found.rejects)


def test_undirected_rows_tie_both_ways(staged, write):
    """Row by row, as Gephi says it, and it is told."""
    path = write(
        "Source,Target,Type,Weight\n1,2,UNDIRECTED,2\n2,3,Directed,1\n3,4,,1\n"
    )

    found = staged(path, layer="colleague")

    assert [(t["source_id"], t["target_id"]) for t in found.records] == [
        ("1", "2"), ("2", "3"), ("3", "4"),
    ]  # fmt: skip
    (back,) = [t for t in found.ties if not t["record"]]
    assert (back["source_id"], back["target_id"], back["weight"]) == ("2", "1", 2.0)
    assert found.remarks == ["1 rows are undirected: they tie both ways"]


def test_a_type_that_is_no_direction_is_not_read(staged, write):
    """Columns called type say all sorts of things."""
    found = staged(write("source,target,type\n1,2,email\n"), layer="colleague")

    assert len(found.ties) == 1
    assert found.remarks == ["columns not read: type"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("11.0", "11"),
        ("11.00", "11"),
        ("11.", "11"),
        ('"11,0"', "11"),
        ("123456.000", "123456"),
        ('"=""1294030472427835393"""', "1294030472427835393"),
        ('="1294030472427835393"', "1294030472427835393"),
        ("'1294030472427835393", "1294030472427835393"),
        ("'1294030472427835393'", "1294030472427835393"),
        ('"1,294,030,472,427,835,393"', "1294030472427835393"),
        ("1.294.030.472.427.835.393", "1294030472427835393"),
        ("1 294 030 472 427 835 393", "1294030472427835393"),
        ("1\u202f294\u202f030", "1294030"),
        ("1294030\u00a0", "1294030"),
        ("\u30001294030\u2003", "1294030"),
    ],
)
@pytest.mark.parametrize("column", ["source", "target", "post"])
def test_ids_that_went_through_a_spreadsheet_are_mended(
    staged, write, cell, number, column
):
    """Where they can have been nothing else; and it is told."""
    cells = {"source": "7", "target": "8", "post": "9", column: cell}

    found = staged(write(f"source,target,post\n{','.join(cells.values())}\n"))

    (tie,) = found.ties
    name = "post_id" if column == "post" else f"{column}_id"
    assert tie[name] == number
    assert found.rejects == []
    (remark,) = found.remarks
    assert remark.startswith("1 ids are mended")
    assert remark.endswith(f"to {number}")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1.43E+18", "rounded by a spreadsheet"),
        ("1e+18", "rounded by a spreadsheet"),
        ("1e18", "rounded by a spreadsheet"),
        ("143E16", "rounded by a spreadsheet"),
        ("1294030472427835393.0", "went through a decimal number"),
        ("9007199254740993.0", "went through a decimal number"),
        ("1.000", "went through a decimal number"),
        ('"1,294"', "went through a decimal number"),
        ("12.5", "went through a decimal number"),
        ("-5.0", "went through a decimal number"),
        ("#N/A", "in place of an id"),
        ("########", "in place of an id"),
        ('="""', "is empty"),
        ("'", "is empty"),
        ("<NA>", "is empty"),
        ("=+", "is empty"),
        ("...", "is empty"),
        ("-", "is empty"),
        ("--", "is empty"),
        ("\u2013", "is empty"),
        ("=A2&B2", "is a formula"),
        ("=VLOOKUP(A2;ids)", "is a formula"),
    ],
)
@pytest.mark.parametrize("column", ["source", "target"])
def test_ids_that_lost_digits_are_refused(staged, write, cell, reason, column):
    """Nobody can say which account it was."""
    cells = {"source": "7", "target": "8", column: cell}

    found = staged(write(f"source,target\n{','.join(cells.values())}\n"))

    assert found.ties == []
    assert reason in found.rejects[0][1]


@pytest.mark.parametrize("cell", ["1.43E+18", "1294030472427835393.0"])
def test_posts_that_lost_digits_are_refused(staged, write, cell):
    """The id of a post is an id like others."""
    found = staged(write(f"source,target,post\n1,2,{cell}\n"))

    assert found.ties == []
    assert found.rejects[0][1].startswith("post ")


@pytest.mark.parametrize("name", ["Nan", "nan", "NA", "None", "null", "N/A", "NULL"])
def test_words_for_nothing_are_names(staged, write, name):
    """People are called Nan; an empty cell is empty."""
    found = staged(write(f"source,target\n{name},@{name.replace('/', '_')}\n"))

    (tie,) = found.ties
    assert (tie["source_id"], tie["target_handle"]) == (name, name.replace("/", "_"))


def test_ids_that_end_in_zeros_are_told(staged, write):
    """A spreadsheet may have rounded them; nobody can be sure."""
    found = staged(write("source,target\n1294030472427830000,7\n"))

    assert len(found.ties) == 1
    assert "1 of 1 cells with ids of 17 digits or more end in zeros" in found.remarks[0]


@pytest.mark.parametrize("empty", [";;;;", " ; ;;;", '"";"";"";"";""', ";;"])
def test_rows_that_a_spreadsheet_left_empty_are_no_rows(staged, write, empty):
    """Cells that nobody filled, with names or without."""
    text = f"Source;Target;Weight;;\n1;2;3;;\n{empty}\n4;5;6\n7;8;9;;;;\n{empty}\n"

    found = staged(write(text))

    assert [t["source_id"] for t in found.ties] == ["1", "4", "7"]
    assert found.rejects == []


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


@pytest.mark.parametrize("value", ["12e45678", "1e5abc7f", "e18", "1e", "1e123"])
def test_hashes_are_no_rounded_numbers(staged, write, value):
    """However many of their letters are digits."""
    (tie,) = staged(write(f"source,target\n{value},7\n")).ties

    assert tie["source_id"] == value


@pytest.mark.parametrize(
    ("cell", "platform", "who"),
    [
        ("https://x.com/ann", None, "@ann"),
        ("http://www.twitter.com/Ann_4/?lang=de#top", None, "@Ann_4"),
        ("twitter.com/@ann", "x", "@ann"),
        ("https://mobile.twitter.com/ann/", None, "@ann"),
        ("https://twitter.com/#!/ann", None, "@ann"),
        ("https://x.com/i/user/1294030472427835393", None, "1294030472427835393"),
        ("https://twitter.com/intent/user?user_id=17", None, "17"),
        ("https://bsky.app/profile/ann.bsky.social", "bluesky", "@ann.bsky.social"),
        ("https://bsky.app/profile/did:plc:ab12", "bluesky", "did:plc:ab12"),
        ("https://www.instagram.com/a.b_c/", "instagram", "@a.b_c"),
        ("https://www.tiktok.com/@ann", "tiktok", "@ann"),
        ("ann@example.org", "mastodon", "ann@example.org"),
        ("@ann@example.org", "mastodon", "@ann@example.org"),
        ("@ann.bsky.social", None, "@ann.bsky.social"),
        ("did:plc:ab12", "bluesky", "did:plc:ab12"),
        ("A5023888391", "openalex", "A5023888391"),
        ("0000-0002-1825-0097", "orcid", "0000-0002-1825-0097"),
        ("a.b-c_d", None, "a.b-c_d"),
    ],
)
@pytest.mark.parametrize("column", ["source", "target"])
def test_profiles_are_read_as_their_accounts(
    staged, write, cell, platform, who, column
):
    """Where the platform says whose they are; ids of other platforms stay."""
    cells = {"source": "7", "target": "8", column: cell}

    found = staged(
        write(f"source,target\n{','.join(cells.values())}\n"), platform=platform
    )

    (tie,) = found.ties
    handle = tie[f"{column}_handle"]
    assert (f"@{handle}" if handle else tie[f"{column}_id"]) == who
    assert len(found.remarks) == ("/" in cell)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("@ann!", "is no handle"),
        ("@@ann", "is no handle"),
        ("@ann smith", "is no handle"),
        ("@ann/status/1", "is no handle"),
        ("https://x.com/ann/status/1", "of which no account of x is certain"),
        ("x.com/ann/status/1", "of which no account of x is certain"),
        ("https://x.com/home", "of which no account of x is certain"),
        ("https://bsky.app/profile/ann.bsky.social", "no account of x is certain"),
        ("https://example.org/people/ann", "no account of x is certain"),
        ("www.example.org", "no account of x is certain"),
        ("ann@example.org", "is an address of e-mail"),
        ("ann smith", "is a name, and the others are ids"),
        ("ann!", "is a name, and the others are ids"),
    ],
)
@pytest.mark.parametrize("column", ["From", "To"])
def test_what_names_no_account_for_certain_is_rejected(
    staged, write, cell, reason, column
):
    """With the column, the cell and the reason; nobody of that name comes to be."""
    cells = {"From": "7", "To": "8", column: cell}

    found = staged(write(f"From,To\n1,2\n{','.join(cells.values())}\n3,@bob\n"))

    assert len(found.ties) == 2
    ((line, said),) = found.rejects
    assert line == 3
    assert said.startswith(f"{column} {cell} ")
    assert reason in said


def test_names_are_ids_where_all_are_names(staged, write):
    """Networks of other tools have no others."""
    found = staged(write("Source,Target\nJoseph Wyeth,Ann O'Hara\nAnn O'Hara,Dr. B.\n"))

    assert [t["target_id"] for t in found.ties] == ["Ann O'Hara", "Dr. B."]


@pytest.mark.parametrize("cell", ["ann smith", "ann!", "https://x.com/ann/status/1"])
def test_what_is_no_handle_is_rejected_among_handles(staged, write, cell):
    """Also without an @, where all are handles."""
    found = staged(write(f"source_handle,target_handle\nbob,{cell}\nbob,eve\n"))

    assert [line for line, _ in found.rejects] == [2]


def test_a_study_of_one_platform_says_whose_ids_come_next(tmp_path, write):
    """An account of Mastodon is none of X, and is read where Mastodon is meant."""
    text = "follower,followed\nann@example.org,bob@example.org\n"
    study = Study(tmp_path / "s.duckdb")
    mastodon = ImportOptions(platform="mastodon")

    (refused,) = study.add(write(text), options=ImportOptions())
    (first,) = study.add(write(text, name="first"), options=mastodon)
    (second,) = study.add(write(text.replace("ann", "eve"), name="second"))

    assert "is an address of e-mail" in refused.error
    assert (first.accepted, second.accepted) == (1, 1)


def test_addresses_of_posts_are_their_ids(staged, write):
    """The number behind status is the id of the post."""
    found = staged(write("source,target,post\n1,2,https://x.com/ann/status/99?s=20\n"))

    assert [t["post_id"] for t in found.ties] == ["99"]


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
        ("2024-05-01T10:00Z", utc(2024, 5, 1, 10)),
        ("2024-05-01T10:00+00:00", utc(2024, 5, 1, 10)),
        ("2024-05-01 10:00 UTC", utc(2024, 5, 1, 10)),
        ("2024-05-01t10:00:00z", utc(2024, 5, 1, 10)),
        ('"2024-05-01T10:00:00,5Z"', utc(2024, 5, 1, 10, 0, 0, 500000)),
        ("2024-05-01T10:00:00.123456789Z", utc(2024, 5, 1, 10, 0, 0, 123456)),
        ("2024-05-01T10:00:00-00:00", utc(2024, 5, 1, 10)),
        ("2024-05-01T10:00+02:00[Europe/Paris]", utc(2024, 5, 1, 8)),
        ("2024-05-01T10:00:00Z[!UTC][u-ca=gregory]", utc(2024, 5, 1, 10)),
        ("2024-05-01T24:00Z", utc(2024, 5, 2)),
        ("2016-12-31T23:59:60Z", utc(2017, 1, 1)),
        ("2016-12-31T18:59:60.4-05:00", utc(2017, 1, 1)),
        ("2024-05-01Z", utc(2024, 5, 1)),
        ("2025-03-01T12Z", utc(2025, 3, 1, 12)),
        ("2025-03-01 12 UTC", utc(2025, 3, 1, 12)),
        ("20250301T120000Z", utc(2025, 3, 1, 12)),
        ("20250301T1200Z", utc(2025, 3, 1, 12)),
        ("20250301T12+0200", utc(2025, 3, 1, 10)),
        ("20250301T120000.25Z", utc(2025, 3, 1, 12, 0, 0, 250000)),
        ("2025-060T12:00Z", utc(2025, 3, 1, 12)),
        ("2025060T120000Z", utc(2025, 3, 1, 12)),
        ("2024-366Z", utc(2024, 12, 31)),
        ("2025-W09-6T12:00Z", utc(2025, 3, 1, 12)),
        ("2025W096T1200Z", utc(2025, 3, 1, 12)),
        ("2025-W01-1Z", utc(2024, 12, 30)),
        ("2025-03-01T12:00:00\u221205:00", utc(2025, 3, 1, 17)),
        ("20250301T1200\u22120530", utc(2025, 3, 1, 17, 30)),
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
    ("source,target", "2,7.5", "went through a decimal number"),
    ("source,target", ",2", "source is empty"),
    ("source,target", "1,  ", "target is empty"),
    ("source,target", "1,@", "target is empty"),
    ("source,target", "1,<NA>", "target is empty"),
    ("source,target", "1,a\x07b", "control character"),
    ("source,target,kind", "1,2,menton", "closest is mention"),
    ("source,target,at", "1,2,2024-05-01T10:00:00", "no time zone"),
    ("source,target,at", "1,2,2024-05-01", "no time zone"),
    ("source,target,at", "1,2,12", "out of range"),
    ("source,target,at", "1,2,9999999999", "out of range"),
    ("source,target,at", "1,2,1800-05-01T10:00:00Z", "out of range"),
    ("source,target,at", "1,2,yesterday", "neither ISO 8601 nor Unix"),
    ("source,target,at", "1,2,2024-13-01T10:00:00Z", "neither ISO 8601 nor Unix"),
    ("source,target,at", "1,2,2024-05-01T10:00:00+99:00", "neither ISO 8601 nor Unix"),
    ("source,target,at", "1,2,2024-05-01T10:00:00-24:00", "neither ISO 8601 nor Unix"),
    ("source,target,at", "1,2,2024-05-01T10:00:00+02:75", "neither ISO 8601 nor Unix"),
    ("source,target,at", "1,2,2025-060", "no time zone"),
    ("source,target,at", "1,2,2025-W09-6", "no time zone"),
    ("source,target,at", "1,2,20250301T120000", "no time zone"),
    ("source,target,at", "1,2,2025-366Z", "neither ISO 8601 nor Unix"),
    ("source,target,at", "1,2,2025-W53-1Z", "neither ISO 8601 nor Unix"),
    ("source,target,at", "1,2,20250230T12Z", "neither ISO 8601 nor Unix"),
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
    rest = ("rt" if name == "kind" else "" for name in header.split(",")[2:])
    good = ",".join(["5", "6", *rest])
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
    rows[4] = b"4.5,2"

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


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_quotes_inside_of_cells_do_no_harm_to_any_delimiter(staged, write, delimiter):
    """A tab behind a quote is the end of the cell, not a blank beside it."""
    header = delimiter.join(["source", "target", "note", "kind"])
    first = delimiter.join(['"a ""b"""', "2", '"x\ny ""z"""', "mention"])
    second = delimiter.join(["3", '"4 ""d"""', '""', '"mention"'])

    found = staged(write(f"{header}\n{first}\n{second}\n"))

    assert found.rejects == []
    assert [(t["source_id"], t["target_id"]) for t in found.ties] == [
        ('a "b"', "2"),
        ("3", '4 "d"'),
    ]


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
        ({"source": [True], "target": ["2"]}, "which is no id"),
        (
            {"source": ["1"], "target": ["2"], "at": [utc(2024, 5, 1)]},
            "without a time zone",
        ),
    ],
)
def test_parquet_that_lost_something_is_refused(tmp_path, columns, words):
    """Columns that hold no ids and times without zone cannot be put right."""
    path = tmp_path / "ties.parquet"
    pq.write_table(pa.table(columns), path)

    with pytest.raises(ExportError, match=words):
        describe(path, ImportOptions(layer="follow"))


@pytest.mark.parametrize(
    "kind", [pa.float64(), pa.float32(), pa.decimal128(25, 2), pa.decimal128(20, 0)]
)
def test_parquet_of_decimal_numbers_is_mended_where_it_is_certain(
    staged, tmp_path, kind
):
    """Whole numbers that the type keeps exact are ids; nothing is no id."""
    path = tmp_path / "ties.parquet"
    source = pa.array([11, 12, None]).cast(kind)
    pq.write_table(pa.table({"source": source, "target": ["1", "2", "3"]}), path)

    found = staged(path)

    assert [t["source_id"] for t in found.ties] == ["11", "12"]
    assert found.rejects == [(3, "source is empty")]


def test_parquet_of_rounded_numbers_is_refused_row_by_row(staged, tmp_path):
    """Above 2^53 a floating number is no longer the one that it was."""
    path = tmp_path / "ties.parquet"
    columns = {"source": [1.43e18, 2.5, 2.0**53], "target": ["1", "2", "3"]}
    pq.write_table(pa.table(columns), path)

    found = staged(path)

    assert [t["source_id"] for t in found.ties] == [str(2**53)]
    assert [line for line, _ in found.rejects] == [1, 2]


def test_parquet_of_short_numbers_is_refused_where_they_are_not_exact(staged, tmp_path):
    """Numbers of 32 bits keep seven digits; 16777217 would be 16777216."""
    path = tmp_path / "ties.parquet"
    source = pa.array([16777217.0, 16777215.0, float("inf")], pa.float32())
    pq.write_table(pa.table({"source": source, "target": ["1", "2", "3"]}), path)

    found = staged(path)

    assert [t["source_id"] for t in found.ties] == ["16777215"]
    assert [line for line, _ in found.rejects] == [1, 3]


def test_damaged_parquet_is_refused(write):
    """The message says what to do."""
    with pytest.raises(ExportError, match="damaged Parquet"):
        describe(write(b"PAR1 and then nothing"), ImportOptions())


@pytest.mark.parametrize(
    "ego", ["1.4e18", "99.0", "'99", '="99"', "https://x.com/ann", "@", " ", "1,4E+18"]
)
def test_an_owner_that_is_no_id_is_refused(ego):
    """Nobody's followers are those of what a spreadsheet left of an id."""
    with pytest.raises(ValueError, match="is no id"):
        ImportOptions(ego=ego)


@pytest.mark.parametrize("said", ["sep=;", '"sep=;"', "sep=;;"])
def test_the_line_in_which_excel_names_the_delimiter_is_no_header(staged, write, said):
    """The header stands below it, and rows keep their lines."""
    found = staged(write(f"{said}\nsource;target\n1;2\n,\n"))

    assert ends(found) == [("1", "2")]
    assert [line for line, _ in found.rejects] == [4]
