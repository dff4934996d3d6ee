"""Tables and records that a mapping of columns says how to read."""

from __future__ import annotations

import json
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

import hcpgraph
from hcpgraph.errors import (
    ExportError,
    ForbiddenColumn,
    MappingError,
    MissingColumns,
    PrivateMessages,
)
from hcpgraph.model.files import ImportOptions
from hcpgraph.study import Study

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def mapped(staged, write):
    """Read a text by the text of a mapping."""

    def read(content, mapping, **options):
        path = write(mapping, "columns.toml")
        return staged(write(content, "table"), mapping=str(path), **options)

    return read


def ties_of(found):
    """Ties as (source, target or post referred to, layer)."""
    return sorted(
        (
            tie["source_id"] or f"@{tie['source_handle']}",
            tie["target_id"] or (tie["target_handle"] and f"@{tie['target_handle']}"),
            tie["layer"],
        )
        for tie in found.ties
    )


POSTS = """
[columns]
author = "user_name"
text = "tweet"
time = "date"
"""
SPANISH = (
    "usuario;texto;fecha;enlace;tipo\n"
    "ana;Hola @luis, escribe a info@clinica.es;1/2/2025 10:05;"
    "https://x.com/ana/status/1294030472427835001;propio\n"
    "\n"
    ";;;;\n"
    "luis;RT @ana: Hola @marta;2/2/2025 9:00;;RT\n"
    '"marta";"@luis ""sí""; claro\nque sí";3/2/2025 9:00;;respuesta\n',
    """
    [columns]
    author = "usuario"
    text = "texto"
    time = "fecha"
    link = "enlace"
    kind = "tipo"
    [time]
    format = "%d/%m/%Y %H:%M"
    zone = "Europe/Madrid"
    [values.kind]
    "propio" = "original"
    "respuesta" = "reply"
    """,
)
GERMAN = (
    "Autor\tBeitrag\tZeitpunkt\tNummer\n"
    "@anna\tGrüße an @bernd\t01.02.2025, 10:05 Uhr\t7\n",
    """
    [columns]
    author = "Autor"
    text = "Beitrag"
    time = "Zeitpunkt"
    id = "Nummer"
    [time]
    format = "%d.%m.%Y, %H:%M Uhr"
    zone = "Europe/Berlin"
    """,
)
JAPANESE = (
    "投稿者,本文,日時\ntanaka,\uff20sato さん、@suzukiさんへ #肺がん,2025/2/1 19:05\n",
    """
    [columns]
    author = "投稿者"
    text = "本文"
    time = "日時"
    [time]
    zone = "Asia/Tokyo"
    """,
)


def test_a_spanish_table_of_posts(mapped):
    """Semicolons, blank rows, line breaks in cells, kinds in words, day first."""
    found = mapped(*SPANISH)

    ties, _ = found.in_study()
    assert sorted(ties) == [
        ("@ana", "@luis", "mention"),
        ("@luis", "@ana", "repost"),
        ("@luis", "@marta", "mention_in_repost"),
        ("@marta", "@luis", "reply"),
    ]
    assert [str(p["created_at"]) for p in found.posts] == [
        "2025-02-01 09:05:00",
        "2025-02-02 08:00:00",
        "2025-02-03 08:00:00",
    ]
    assert found.posts[0]["native_id"] == "1294030472427835001"
    assert found.rejects == []


def test_a_german_and_a_japanese_table(mapped):
    """Headings, signs and dates in other scripts; a zone with each."""
    german, japanese = mapped(*GERMAN), mapped(*JAPANESE)

    assert ties_of(german) == [("@anna", "@bernd", "mention")]
    assert str(german.posts[0]["created_at"]) == "2025-02-01 09:05:00"
    assert ties_of(japanese) == [
        ("@tanaka", "@sato", "mention"),
        ("@tanaka", "@suzuki", "mention"),
    ]
    assert str(japanese.posts[0]["created_at"]) == "2025-02-01 10:05:00"
    assert japanese.posts[0]["hashtags"] == ["肺がん"]


def test_posts_without_an_id_are_the_same_in_every_file(mapped):
    """The digest of author, time and text is stable, and the note says so."""
    table = "user_name,tweet,date\nann,hi,2025-03-01T10:00Z\n"
    more = "x,user_name,tweet,date\n1,bob,hi,{0}\n2,ann,hi,{0}\n".format(
        "2025-03-01T10:00Z"
    )

    one, two = mapped(table, POSTS), mapped(more, POSTS)

    assert two.posts[1]["native_id"] == one.posts[0]["native_id"]
    assert two.posts[0]["native_id"] != one.posts[0]["native_id"]
    assert any("digest of author, time and text" in note for note in one.remarks)


def test_what_a_post_responds_to(mapped):
    """Replies, reposts and quotes by id, by address and by handle."""
    table = (
        "by,words,id,to,to_id,link_of_original,q\n"
        "ann,one,1,,,,\n"
        "bob,two,2,ann,1,,\n"
        "eve,three,3,,,https://twitter.com/ann/status/1?s=20,\n"
        "dan,four,4,,,,https://x.com/i/web/status/1\n"
        "gus,five,5,,9,,8\n"
        "ann,six,6,,6,,\n"
    )
    mapping = """
    [columns]
    author = "by"
    text = "words"
    id = "id"
    parent_author = "to"
    parent = "to_id"
    repost_of = "link_of_original"
    quote_of = "q"
    """

    found = mapped(table, mapping)

    assert [(p["native_id"], p["kind"]) for p in found.posts] == [
        *[("1", "original"), ("2", "reply"), ("3", "repost"), ("4", "quote")],
        *[("5", "reply"), ("6", "original")],
    ]
    assert [
        (t["source_handle"], t["target_handle"], t["refers_to"], t["layer"])
        for t in sorted(found.ties, key=lambda t: (t["source_handle"], t["layer"]))
    ] == [
        ("bob", "ann", "1", "reply"),
        ("dan", None, "1", "quote"),
        ("eve", "ann", "1", "repost"),
        ("gus", None, "8", "quote"),
        ("gus", None, "9", "reply"),
    ]
    ties, notes = found.in_study()
    assert sorted(ties) == [
        ("@bob", "@ann", "reply"),
        ("@dan", "@ann", "quote"),
        ("@eve", "@ann", "repost"),
    ]
    assert any("not in the study so far" in note for note in notes)


def test_rows_of_other_platforms_are_passed_over(mapped):
    """They are counted and named; neither read nor rejected."""
    table = (
        "user_name,tweet,date,url\n"
        "ann,hi @bob,2025-03-01T10:00Z,http://twitter.com/ann/statuses/5\n"
        "Daily News,hi @bob,2025-03-01T10:00Z,https://news.example.org/5\n"
        "ann,hi @bob,2025-03-01T10:00Z,https://www.instagram.com/p/abc/\n"
    )

    found = mapped(table, POSTS + 'link = "url"\n')

    assert [p["native_id"] for p in found.posts] == ["5"]
    assert found.rejects == []
    assert any(
        "of other platforms, not read: 2" in n and "instagram" in n
        for n in found.remarks
    )


def test_a_display_name_is_no_handle(mapped):
    """It is refused with what to do, and read as an id where that is said."""
    table = "user_name,tweet,date\nTom Smith,hi @bob,2025-03-01T10:00Z\n"

    refused = mapped(table, POSTS)
    read = mapped(table, POSTS.replace("author =", "author_id ="))

    assert "display name goes to author_name" in refused.rejects[0][1]
    assert ties_of(read) == [("Tom Smith", "@bob", "mention")]


@pytest.mark.parametrize("layout", ["lines", "list", "inside"])
def test_records_of_json(mapped, layout):
    """Places with dots, lists of objects, ids above 2 to the 53, a list inside."""
    rows = [
        {
            "id": 1294030472427835001,
            "user": {"name": "ann", "id": 9007199254740993},
            "body": {"text": "hi"},
            "when": 1740830400,
            "called": [{"name": "Bob"}, {"name": "eve"}],
        },
        {
            "id": 2,
            "user": {"name": "bob", "id": 8},
            "body": {"text": "x"},
            "when": None,
        },
    ]
    texts = {
        "lines": "".join(json.dumps(row) + "\n" for row in rows),
        "list": json.dumps(rows, indent=1),
        "inside": json.dumps({"data": {"items": rows}, "next": None}),
    }
    where = '[file]\nrecords = "data.items"\n' if layout == "inside" else ""
    mapping = f"""
    {where}
    [columns]
    author = "user.name"
    author_id = "user.id"
    text = "body.text"
    time = "when"
    id = "id"
    mentions = "called[*].name"
    """

    found = mapped(texts[layout], mapping)

    assert [p["native_id"] for p in found.posts] == ["1294030472427835001", "2"]
    assert found.posts[0]["author_id"] == "9007199254740993"
    assert str(found.posts[0]["created_at"]) == "2025-03-01 12:00:00"
    assert ties_of(found) == [
        ("9007199254740993", "@Bob", "mention"),
        ("9007199254740993", "@eve", "mention"),
    ]


def test_ties_by_mapping(mapped):
    """Layers by words and for all, weights with a decimal comma, names, an area."""
    table = (
        "Von;An;Art;Stärke;Name\n11;@bob;folgt;1.000,5;Ann\n11;12;Überweisung;2;Ann\n"
        "11;13;sonst;1;Ann\n"
    )
    mapping = """
    [file]
    decimal = ","
    [columns]
    source = "Von"
    target = "An"
    layer = "Art"
    weight = "Stärke"
    source_name = "Name"
    [values.layer]
    folgt = "follow"
    "Überw*" = "referral"
    [constants]
    area = "breast-cancer"
    """

    found = mapped(table, mapping)

    assert [(t["layer"], t["weight"], t["area"]) for t in found.ties] == [
        ("follow", 1000.5, None),  # an area of all rows is one of the file
        ("referral", 2.0, None),
    ]
    assert {(a["native_id"], a["name"]) for a in found.accounts} == {("11", "Ann")}
    assert found.rejects[0][0] == 4
    assert "sonst is no layer" in found.rejects[0][1]


def test_people_by_mapping(mapped):
    """A roster in other words."""
    table = "Konto;Beruf;Land\n@ann;Ärztin;AT\n"
    mapping = """
    [columns]
    handle = "Konto"
    role = "Beruf"
    country = "Land"
    [values.role]
    "ärztin" = "physician"
    """

    found = mapped(table, mapping)

    assert [(p["handle"], p["role"], p["country"]) for p in found.people] == [
        ("ann", "clinician", "AT")
    ]


def test_a_missing_column_is_named_with_those_that_are_there(mapped):
    """What the mapping wants and what the file has."""
    with pytest.raises(
        MissingColumns, match=r"user_name \(author\).*found: name, tweet"
    ):
        mapped("name,tweet,date\nann,hi,2025-03-01T10:00Z\n", POSTS)


def test_kinds_that_nobody_covers_are_rejected(mapped):
    """The word is named, and where to say what it means."""
    table = "user_name,tweet,date,k\nann,hi,2025-03-01T10:00Z,Sonstiges\n"

    found = mapped(table, POSTS + 'kind = "k"\n')

    assert found.rejects == [
        (2, "kind Sonstiges is not covered: say what it means in [values.kind]")
    ]


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("03/04/2025", "whether the day or the month comes first"),
        ("2025-03-01 12:00 IST", "what zone it names is not certain"),
        ("yesterday", "say how it is written with"),
        ("1901-01-01T00:00Z", "out of range"),
    ],
)
def test_times_that_are_not_certain_are_rejected(mapped, time, words):
    """Nobody guesses; the reason says what to do."""
    found = mapped(f"user_name,tweet,date\nann,hi,{time}\n", POSTS)

    assert words in found.rejects[0][1]


def test_times_without_a_zone_are_read_as_utc_and_counted(mapped):
    """Unless the mapping says otherwise."""
    table = "user_name,tweet,date\nann,hi,2025-03-01 10:00\nann,ho,2025-03-01T10:00Z\n"

    found = mapped(table, POSTS)
    berlin = mapped(table, POSTS + '[time]\nzone = "Europe/Berlin"\n')

    assert {str(p["created_at"]) for p in found.posts} == {"2025-03-01 10:00:00"}
    assert any(note.startswith("times without a zone: 1") for note in found.remarks)
    assert {str(p["created_at"]) for p in berlin.posts} == {
        *("2025-03-01 09:00:00", "2025-03-01 10:00:00")
    }
    assert not any("zone" in note for note in berlin.remarks)


def test_private_messages_are_refused_whatever_the_mapping(mapped):
    """It cannot make them posts."""
    mapping = '[columns]\nauthor = "From"\ntext = "Body"\n'

    with pytest.raises(PrivateMessages):
        mapped("From,To,Subject,Body\nann,bob,a,b\n", mapping)


def test_what_is_never_kept_of_a_person_is_not_mapped(mapped):
    """Such a column is refused, whether it is mapped or only there."""
    table = "user_name,tweet,date,Religion\nann,hi,2025-03-01T10:00Z,none\n"

    with pytest.raises(MappingError, match="'Religion' is refused"):
        mapped(table, POSTS + 'bio = "Religion"\n')
    with pytest.raises(ForbiddenColumn, match="'Religion' is refused"):
        mapped(table, POSTS)


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (
            '[column]\nauthor = "a"\n',
            r"the file has no 'column'; did you mean 'columns'",
        ),
        ('[columns]\nautor = "a"\n', r"has no 'autor'; did you mean 'author'"),
        ("[columns]\n", "names no column"),
        ("[columns]\nauthor = 3\n", "heading in quotes"),
        ('[columns]\nauthor = "a"\ntarget = "b"\n', "and author, which no row of ties"),
        ('[columns]\nsource = "a"\n', "lacks target"),
        ('[columns]\nauthor_name = "a"\ntext = "b"\n', "display name and no key"),
        (POSTS + '[time]\nformat = "%d/%m"\n', "has no year"),
        (POSTS + '[time]\nformat = "%d/%q/%Y"\n', "has %q"),
        (POSTS + '[time]\nzone = "Europe/Munich"\n', "no zone of IANA"),
        (POSTS + '[values.kind]\nRT = "retweet"\n', "choose from: original"),
        (POSTS + '[values.kinds]\nRT = "repost"\n', "did you mean 'kind'"),
        (POSTS + '[constants]\ntext = "a"\n', "is a column and a constant"),
        (POSTS + '[constants]\nlayer = "follow"\n', "layer, which no row of posts"),
        (POSTS + "[file]\nheader = 0\n", "number of a row"),
        (POSTS + '[file]\nseperator = ";"\n', "did you mean 'separator'"),
        (POSTS + '[mentions]\nfrom_text = "yes"\n', "true or false"),
        ('platform = "X (Twitter)"\n' + POSTS, "is no platform"),
        ('sure = "yes"\n' + POSTS, "sure 'yes'"),
        ("[columns\n", "not valid TOML"),
    ],
)
def test_mistakes_in_a_mapping_are_told_in_words(mapped, mapping, words):
    """Each with the nearest thing that there is, and in one line."""
    with pytest.raises(MappingError, match=words) as caught:
        mapped("a,b\n1,2\n", mapping)

    assert "\n" not in str(caught.value)


def test_no_file_is_no_table_of_a_mapping(mapped):
    """What has no columns is refused as such."""
    with pytest.raises(ExportError):
        mapped("<html></html>", POSTS)


def test_two_columns_of_one_name_matter_only_if_mapped(mapped):
    """And the very name counts before one of the same letters."""
    table = (
        "note,note,User Name,user_name,tweet,date\n1,2,no,ann,hi,2025-03-01T10:00Z\n"
    )

    found = mapped(table, POSTS)

    assert found.posts[0]["author_handle"] == "ann"
    with pytest.raises(ExportError, match="two columns 'note'"):
        mapped(table, POSTS + 'bio = "note"\n')


def test_encodings_and_separators_by_mapping(tmp_path):
    """What cannot be seen from a file stands in its mapping; so with workbooks."""
    openpyxl = pytest.importorskip("openpyxl", reason="needs hcpgraph[excel]")
    book = openpyxl.Workbook()
    for row in (
        *(["Report of a month"], [], ["usuario", "texto", "fecha"]),
        ["ann", "hola @bob", datetime(2025, 2, 1, 10, 0)],  # noqa: DTZ001 - as in a sheet
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    text = "Autor|Beitrag|Zeit\nann|Gr\u00fc\u00dfe @bob|2025-02-01 10:00\n"
    (tmp_path / "b.csv").write_bytes(text.encode("cp1252"))
    (tmp_path / "a.toml").write_text(
        "[file]\nheader = 3\n"
        '[columns]\nauthor = "usuario"\ntext = "texto"\ntime = "fecha"\n'
        '[time]\nzone = "Europe/Madrid"\n'
    )
    (tmp_path / "b.toml").write_text(
        '[file]\nencoding = "cp1252"\nseparator = "|"\n'
        '[columns]\nauthor = "Autor"\ntext = "Beitrag"\ntime = "Zeit"\n'
    )
    study = Study(tmp_path / "s.duckdb")

    reports = []
    for table, mapping in (("a.xlsx", "a.toml"), ("b.csv", "b.toml")):
        options = ImportOptions(mapping=tmp_path / mapping)
        reports += study.add(tmp_path / table, options=options)

    assert [(r.error, r.accepted) for r in reports] == [(None, 1), (None, 1)]
    with study.opened() as opened:
        rows = opened.store._connection.execute("select text, created_at from post")
        found = {text: str(at) for text, at in rows.fetchall()}
    assert found == {
        "hola @bob": "2025-02-01 09:00:00",
        "Gr\u00fc\u00dfe @bob": "2025-02-01 10:00:00",
    }


TALKWALKER = """\
extra_author_attributes.id,extra_author_attributes.short_name,content,published,url,\
parent_url,tags_internal,other
tw:11,ann,Hello @bob,22/09/17 11:00:24,http://twitter.com/ann/statuses/5,,isComment,z
tw:12,bob,RT @ann: Hello @eve,22/09/17 12:00:24,http://twitter.com/bob/statuses/6,\
http://twitter.com/ann/statuses/5,"isRepost,isComment",z
tw:13,carl,,22/09/17 12:00:24,http://twitter.com/carl/statuses/7,\
http://twitter.com/gone/statuses/1,"isRepost,isComment",z
,,News,22/09/17 12:00:24,https://news.example.org/a,,,z
"""
SHIPPED = {
    "talkwalker": (
        TALKWALKER,
        [
            ("11", "12", "mention"),
            ("12", "11", "repost"),
            ("12", "@eve", "mention_in_repost"),
            ("13", "@gone", "repost"),
        ],
    ),
    "meltwater": (
        "Date,Headline,URL,Opening Text,Hit Sentence,Source,Influencer,Reach,Tweet Id\n"
        "25-Jul-2020 08:19PM,,https://twitter.com/ann/status/9,x,RT @bob: y,Twitter,"
        '@ann,"1,234","""9"""\n'
        "25-Jul-2020 08:19PM,Head,https://news.example.org/9,x,y,Times,John Doe,9,\n",
        [("@ann", "@bob", "repost")],
    ),
    "tweets": (
        "id,created_at,username,tweet\n7,2025-03-01 10:00:00 MST,ana,hola @luis\n",
        [("@ana", "@luis", "mention")],
    ),
    "tweets-by-name": (
        "user_name,user_description,user_followers,date,text,hashtags,is_retweet\n"
        "Tom Smith,about,624,2020-07-25 12:27:21,@bob #x,\"['x', 'y']\",False\n",
        [("Tom Smith", "@bob", "mention")],
    ),
}


@pytest.mark.parametrize("name", SHIPPED)
def test_mappings_that_come_along(staged, write, name):
    """Each reads a file of its kind, with ties by the rules of all platforms."""
    table, ties = SHIPPED[name]

    found = staged(write(table), mapping=name)

    assert sorted(found.in_study()[0]) == ties
    assert found.rejects == []


def test_every_shipped_mapping_is_tried_or_a_template():
    """And stands in the guide, with how sure it is."""
    folder = Path(hcpgraph.__file__).parent / "importers" / "mappings"
    guide = (ROOT / "docs" / "how-to" / "any-table.md").read_text(encoding="utf-8")
    known = {path.stem: path.read_text("utf-8") for path in folder.glob("*.toml")}

    sure = {name for name, text in known.items() if 'sure = "template"' not in text}
    assert sure == SHIPPED.keys()
    assert [name for name in known if f"`{name}`" not in guide] == []
    filled = (
        text.replace('author = ""', 'author = "who"').replace(
            'text = ""', 'text = "what"'
        )
        for name, text in known.items()
        if name not in sure
    )
    for text in filled:
        assert "[columns]" in text
        assert tomllib.loads(text)["columns"]["author"] == "who"
