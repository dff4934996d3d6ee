"""Files are recognised by what is in them; those of other tools are refused by name."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile

import pytest

from hcpgraph.errors import (
    ExportError,
    MissingLayer,
    UnknownFormat,
    UnknownName,
    UnreadFormat,
)
from hcpgraph.importers import describe
from hcpgraph.importers.recognition.known_formats import KNOWN
from hcpgraph.model.files import ImportOptions
from hcpgraph.model.formats import FORMATS

SAMPLES = {known.name: known.example for known in FORMATS}
SAID = {known.name: dict(known.options) for known in FORMATS}


@pytest.mark.parametrize("name", [each.name for each in FORMATS if each.recognised])
@pytest.mark.parametrize("file", ["a.txt", "b.json", "c.csv", "d.parquet", "e.gz"])
def test_a_format_is_recognised_whatever_the_file_is_called(write, name, file):
    """Names and endings mean nothing."""
    options = ImportOptions(**SAID[name])

    assert describe(write(SAMPLES[name], name=file), options).format == name


@pytest.mark.parametrize("name", SAMPLES)
def test_a_format_can_be_named(write, name):
    """``--format`` reads the file as that, without looking."""
    options = ImportOptions(format=name, **SAID[name])

    assert describe(write(SAMPLES[name]), options).format == name


def test_an_unknown_format_is_a_wrong_name(write):
    """The closest one is offered."""
    with pytest.raises(UnknownName, match="did you mean 'roster'"):
        describe(write("a"), ImportOptions(format="rooster"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "blank lines"),
        (b"\n \n\t\n", "blank lines"),
        ("source,target\n1,2\n".encode("utf-16"), "UTF-16"),
        ("source,target\n1,2\n".encode("utf-16-le"), "UTF-16"),
        (b"\x1f\x8bno gzip at all", "compressed and damaged"),
        (b'[\n{"id": "1", "text": "a", "author_id": "2"},\n{"id":\n', "not valid JSON"),
    ],
)
def test_unreadable_files_are_refused_in_words(write, content, words):
    """What is wrong and what to do, in one line."""
    with pytest.raises(ExportError, match=words) as caught:
        describe(write(content), ImportOptions())

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d", "binary"),
        ('{"data": [{"start": "a", "end": "b", "tweet_count": 3}]}', "counts of posts"),
        ('{"data": [{"id": "1", "name": "L", "owner_id": "2"}]}', "X lists"),
        ('{"id": "1", "action": "delete", "reason": "protected"}', "compliance"),
        ("window.YTD.tweets.part0 = [ {\n", "account archive of X"),
        ('<?xml version="1.0"?><gexf></gexf>', "GEXF"),
        ("First Name,Last Name,Company\nAda,L,X\n", "source,target"),
        ('{"hello": "world"}', "source,target"),
        ("just some text", "source,target"),
    ],
)
def test_what_is_no_export_is_refused_in_words(write, content, words):
    """It says what the file is, or else what hcpgraph reads."""
    with pytest.raises(UnknownFormat, match=words):
        describe(write(content), ImportOptions())


def test_a_missing_file_is_an_export_error(tmp_path):
    """No traceback for a typo."""
    with pytest.raises(ExportError, match="cannot be read"):
        describe(tmp_path / "none.csv", ImportOptions())


def test_truncated_gzip_is_refused(write, tmp_path):
    """A broken download is said to be one."""
    whole = write(SAMPLES["ties"] * 50, compress=True).read_bytes()
    path = tmp_path / "cut.gz"
    path.write_bytes(whole[:-12])

    with pytest.raises(ExportError, match="compressed and damaged"):
        describe(path, ImportOptions())


@pytest.mark.parametrize(
    "text", ["[]", "[ ]\n", '{"meta": {"result_count": 0}}\n', '{"data": []}']
)
def test_nothing_found_is_a_file_of_no_rows(staged, write, text):
    """An answer without results is an answer."""
    found = staged(write(text))

    assert found.records == []
    assert found.rejects == []


TABLES = {
    "twint": "id\tconversation_id\tcreated_at\tuser_id\tusername\tname\ttweet\tlink",
    "rtweet": "user_id,status_id,created_at,screen_name,text,source,name",
    "minet": "id,timestamp_utc,local_time,user_screen_name,text,to_username",
    "accounts of minet": "id,screen_name,name,timestamp_utc,friends,witheld_scope",
    "followers or friends": "user,follower_id",
    "DMI-TCAT": "id,time,created_at,from_user_name,text,to_user_name,from_user_id",
    "4CAT": "id,thread_id,timestamp,body,author,author_fullname,author_id",
    "snscrape": "url,date,rawContent,id,user",
    "NodeXL": "Vertex 1,Vertex 2,Color,Relationship",
    "Mastodon": "Account address,Show boosts,Notify on new posts,Languages",
    "connections of LinkedIn": "First Name,Last Name,URL,Company,Connected On",
    "YouTube": "Channel Id,Channel Url,Channel Title",
    "Reddit": "id,subreddit,author,body,parent_id",
    "coordination": "message_id,user_id,username,repost_id,reply_id,message",
    "table of posts": "id,created_at,username,tweet",
    "NUCC": "Code,Grouping,Classification,Specialization",
    "NPI": "NPI,Entity Type Code,Provider Last Name (Legal Name)",
}
OBJECTS = {
    "API v1.1": {"id_str": "1", "full_text": "hi", "user": {"screen_name": "a"}},
    "users of API v1.1": {
        "users": [{"id_str": "1", "screen_name": "a"}],
        "next_cursor": 0,
    },
    "posts of API v1.1": {"statuses": [{"id": 1}], "search_metadata": {}},
    "ids of API v1.1": {"ids": [1, 2], "next_cursor": 0},
    "accounts of Mastodon": {"id": "1", "username": "a", "acct": "a@b", "url": "u"},
    "posts of Mastodon": {"id": "1", "content": "hi", "account": {"acct": "a"}},
    "ActivityPub": {"@context": "x", "type": "OrderedCollection", "orderedItems": []},
    "Bluesky": {"subject": {"did": "d"}, "followers": [{"did": "e", "handle": "f"}]},
    "OpenAlex": {"meta": {"count": 1}, "results": [{"id": "W1", "authorships": []}]},
    "Zeeschuimer": {"nav_index": 1, "item_id": "2", "source_platform": "x", "data": {}},
    "snscrape": {"_type": "snscrape.Tweet", "url": "u", "content": "hi"},
    "Instagram": {"relationships_following": []},
    "Threads": {"text_post_app_text_post_app_followers": []},
    "Facebook": {"friends_v2": [{"name": "a", "timestamp": 1}]},
    "TikTok": {"Your Activity": {"Follower": {"FansList": []}}},
    "an account export of TikTok": {
        "Activity": {"Following List": {"Following": [{"Date": "d", "UserName": "a"}]}}
    },
    "account export of TikTok": {
        "Profile And Settings": {"Following": {"Following": []}},
        "Your Activity": {},
    },
    "export of TikTok": {"Following": [{"Date": "d", "UserName": "a"}]},
    "of TikTok": {"data": {"user_following": [{"username": "a"}], "cursor": 1}},
    "works of ORCID": {
        "last-modified-date": {"value": 1},
        "group": [{"work-summary": [{"put-code": 1, "title": {}}]}],
        "path": "/0000-0002-1825-0097/works",
    },
    "or works of ORCID": {"last-modified-date": None, "group": [], "path": "/0/works"},
    "record or works of ORCID": {"put-code": 1, "source": {}, "title": {}},
    "nodes and links": {"nodes": [{"id": 1}], "links": [{"source": 1, "target": 2}]},
    "gazouilloire": {"_index": "t", "_id": "1", "_source": {"text": "hi"}},
}
TEXTS = {
    "GEXF": '<?xml version="1.0" encoding="UTF-8"?>\n<gexf version="1.3">',
    "GraphML": '<?xml version="1.0"?>\n<!-- yEd -->\n<graphml xmlns="x">',
    "GDF": "nodedef>name VARCHAR,label VARCHAR\na,A\nedgedef>node1 VARCHAR\n",
    "Pajek": '*Vertices 2\n1 "a"\n2 "b"\n*Edges\n1 2\n',
    "GML": 'Creator "igraph"\ngraph\n[\n  directed 1\n',
    "account archive of X": "window.YTD.following.part0 = [ {\n",
    "PubMed": "PMID- 12345\nOWN - NLM\n",
    "articles of PubMed": "\nPMC - PMC99\nPMID- 12345\nTI  - Title\n",
    "of PubMed": "PMC - PMC99\nOWN - NLM\nFAU - Able, Ada\n",
    "TikTok": "Date: 2024-01-01 10:00:00\nUsername: a\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_other_tools_are_named(write, name):
    """What it is, by which columns it is told, and that it is not read."""
    with pytest.raises(UnreadFormat, match=f"{name}.* does not read") as caught:
        describe(write(TABLES[name] + "\n1,2,3\n"), ImportOptions(layer="mention"))

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", OBJECTS)
@pytest.mark.parametrize("layout", ["lines", "list", "document"])
def test_objects_of_other_tools_are_named(write, name, layout):
    """None of them becomes users, posts or an empty file."""
    one = OBJECTS[name]
    text = {
        "lines": f"{json.dumps(one)}\n{json.dumps(one)}\n",
        "list": json.dumps([one, one]),
        "document": json.dumps([one], indent=1),
    }[layout]

    with pytest.raises(UnreadFormat, match=name):
        describe(write(text), ImportOptions())


@pytest.mark.parametrize("name", TEXTS)
def test_texts_of_other_tools_are_named(write, name):
    """Networks, archives and references."""
    with pytest.raises(UnreadFormat, match=name):
        describe(write(TEXTS[name]), ImportOptions())


MATRICES = {
    "of names": ",ann,bob,eve\nann,0,1,0\nbob,1,0,2\neve,0,2,0\n",
    "with semicolons": ";a;b\na;0;1,5\nb;;0\n",
    "of ids": "id,101,102\n101,0,1\n102,1,0\n",
    "by R": "ann,bob,eve\nann,0,1,0\nbob,1,0,2\neve,0,2,0\n",
}


@pytest.mark.parametrize("text", MATRICES.values(), ids=MATRICES)
def test_an_adjacency_matrix_is_recognised(write, text):
    """By the same names above and in front; the layer must be said."""
    found = describe(write(text), ImportOptions(layer="colleague"))

    assert found.format == "matrix"
    with pytest.raises(MissingLayer):
        describe(write(text), ImportOptions())


@pytest.mark.parametrize("text", ["0,1,0\n1,0,1\n0,1,0\n", "0,1,1\n1,0,1\n1,1,0\n"])
def test_a_matrix_without_names_is_refused_by_name(write, text):
    """Whose ties these are stands nowhere."""
    with pytest.raises(UnreadFormat, match=r"an adjacency matrix without names"):
        describe(write(text), ImportOptions(layer="colleague"))


@pytest.mark.parametrize(
    "text", ["1,2\n2,3\n3,1\n", "a,b,c\n1,2,3\n4,5,6\n7,8,9\n", "1,2,3\n4,5,6\n"]
)
def test_other_tables_of_numbers_are_no_matrix(write, text):
    """Neither a list of ties nor measurements."""
    with pytest.raises(UnknownFormat) as caught:
        describe(write(text), ImportOptions(layer="colleague"))

    assert "matrix" not in str(caught.value)


def _zip(*names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return packed.getvalue()


def _tar():
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("outbox.json"), io.BytesIO())
    return packed.getvalue()


@pytest.mark.parametrize("compress", [False, True])
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_zip("data/tweets.js"), "zip archive; unpack it"),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "workbook of Excel; save"),
        (_tar(), "tar archive; unpack it"),
        (b"SQLite format 3\x00" + bytes(50), "SQLite"),
        (b"\xd0\xcf\x11\xe0" + bytes(50), "old Excel"),
        (b"%PDF-1.7\n", "PDF"),
    ],
)
def test_binary_files_are_named(write, data, words, compress):
    """And what to do with them."""
    with pytest.raises(UnreadFormat, match=words):
        describe(write(data, compress=compress), ImportOptions())


def test_notes_may_stand_before_the_header(write):
    """LinkedIn explains itself in three lines."""
    text = 'Notes:\n"When exporting, ..."\n\nFirst Name,Last Name,URL,Connected On\n'

    with pytest.raises(UnreadFormat, match="connections of LinkedIn"):
        describe(write(text), ImportOptions())


def test_every_entry_says_how_it_is_told():
    """Names come once, and each has a sign."""
    assert len({known.name for known in KNOWN}) == len(KNOWN)
    assert all(known.columns or known.keys or known.text for known in KNOWN)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("source,colour\n1,red\n", "nearest is ties, but target is missing"),
        ("id,full name,colour\n1,A,red\n", "nearest is roster, but role, specialty"),
        ("name,role\nA,nurse\n", "nearest is roster, but id or handle is missing"),
        (
            "id,role,tweet id,hashtags\n",
            "nearest is roster, but tweet id, hashtags speaks",
        ),
        ("id,author.username,text\n1,a,b\n", "nearest is twarc-csv, but author_id"),
        (
            '{"id": "1", "username": "a", "name": "A", "karma": 3}',
            "nearest is x-api-v2-users, but karma speaks against it",
        ),
        ('{"id": "1", "username": "a"}', "nearest is x-api-v2-users, but name is"),
        ('{"id": "1", "text": "hi", "rating": 3}', "nearest is x-api-v2, but rating"),
    ],
)
def test_the_nearest_format_is_named_with_what_is_missing(write, content, words):
    """And the option that reads the file as that all the same."""
    with pytest.raises(UnknownFormat, match=words) as caught:
        describe(write(content), ImportOptions())

    assert "--format" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x-api-v2-users", '{"id": "1", "username": "a", "acct": "a@b"}'),
        ("x-api-v2", '{"id": "1", "text": "hi", "author_id": "2", "rating": 3}'),
        ("x-api-v2", '{"data": [{"start": "a", "end": "b", "tweet_count": 3}]}'),
        ("roster", "id,tweet,username\n1,2,a\n"),
        ("ties", "from_user_name,to_user_name,text\na,b,c\n"),
        ("twarc-csv", "id,author_id,colour\n1,2,red\n"),
    ],
)
def test_a_format_that_is_named_is_taken(write, name, content):
    """Whatever else the file looks like."""
    options = ImportOptions(format=name, layer="mention")

    assert describe(write(content), options).format == name
