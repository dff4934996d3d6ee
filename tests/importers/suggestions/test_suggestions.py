"""A first mapping: what headings and cells show, and no more than that."""

from __future__ import annotations

import csv
import io
import json
import tomllib

import pytest

from hcpgraph.errors import ExportError, PrivateMessages
from hcpgraph.importers import read_mapping
from hcpgraph.importers.suggestions import suggest
from hcpgraph.importers.suggestions.cell_shapes import time_formats
from hcpgraph.model.files import Layout

NAMES = [f"hand_{n}" for n in range(9)]
TEXTS = (
    "New data on #breastcancer by @{other}, well worth reading in full ({n})",
    "RT @{other}: results of the trial are out, and they look strong ({n})",
    "A long sentence about margins, biopsies and what to tell patients ({n})",
)


def text(n):
    return TEXTS[n % 3].format(other=NAMES[(n + 4) % 9], n=n)


def table(head, row, *, rows=27, delimiter=","):
    """A file of *rows* rows, each made by *row* from its number."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=delimiter)
    writer.writerow(head.split(","))
    writer.writerows(row(n) for n in range(rows))
    return made.getvalue()


def post(n):
    return f"https://x.com/{NAMES[n % 9]}/status/{1_900_000_000_000_000_000 + n}"


def day(n):
    return f"{1 + n:02d}"


FILES = {
    "german suite": (
        table(
            "Datum,Benutzername,Anzeigename,Beitragstext,Link,Beitragsart,Follower",
            lambda n: (
                *(f"{day(n)}.03.2025 08:15", NAMES[n % 9], f"Dr. Ann Able {n % 9}"),
                *(text(n), post(n), ("Original", "Retweet")[n % 3 == 1], 900 + n),
            ),
            delimiter=";",
        ),
        {
            "time": "Datum",
            "author": "Benutzername",
            "author_name": "Anzeigename",
            "text": "Beitragstext",
            "link": "Link",
            "kind": "Beitragsart",
            "followers": "Follower",
        },
    ),
    "american suite": (
        table(
            "Date (UTC),Headline,URL,Hit Sentence,Source,Influencer,Language,Reach",
            lambda n: (
                *(f"3/{1 + n}/2025 1:05 PM", "", post(n), text(n), "Twitter"),
                *(f"@{NAMES[n % 9]}", "English", 10 * n),
            ),
        ),
        {
            "time": "Date (UTC)",
            "link": "URL",
            "text": "Hit Sentence",
            "author": "Influencer",
            "lang": "Language",
            "platform": "Source",
        },
    ),
    "french suite": (
        table(
            "Date de publication,Nom d'utilisateur,Texte,ID publication,Abonnés",
            lambda n: (
                *(f"2025-03-{day(n)} 09:00", f"@{NAMES[n % 9]}", text(n)),
                *(str(1_900_000_000_000_000_000 + n), 50 + n),
            ),
        ),
        {
            "time": "Date de publication",
            "author": "Nom d'utilisateur",
            "text": "Texte",
            "id": "ID publication",
            "followers": "Abonnés",
        },
    ),
    "data portal": (
        table(
            "user_name,user_description,user_followers,date,text,source,is_retweet",
            lambda n: (
                *(f"Ann Able {n % 9}", "Writes about margins", 7 + n),
                *(f"2021-03-{day(n)} 10:00:00", text(n), "Some App", "False"),
            ),
        ),
        {
            "author_name": "user_name",
            "author_id": "user_name",
            "bio": "user_description",
            "followers": "user_followers",
            "time": "date",
            "text": "text",
            "kind": "is_retweet",
        },
    ),
    "unheard of": (
        table(
            "a1,a2,a3,a4",
            lambda n: (
                f"2025-03-{day(n)}T09:00Z",
                f"@{NAMES[n % 9]}",
                text(n),
                post(n),
            ),
        ),
        {"time": "a1", "author": "a2", "text": "a3", "link": "a4"},
    ),
    "nominations": (
        table(
            "Nominator,Nominee,Beziehung,Gewicht",
            lambda n: (*(1000 + n % 9, 2000 + n % 7, "Überweisung", "1,5"),),
            delimiter=";",
        ),
        {
            "source": "Nominator",
            "target": "Nominee",
            "layer": "Beziehung",
            "weight": "Gewicht",
        },
    ),
    "spanish roster": (
        table(
            "Nombre completo,Usuario,Profesión,Especialidad,Hospital,País",
            lambda n: (
                *(
                    f"Ann Able {n}",
                    f"own_{n}",
                    "médico",
                    "Oncología",
                    "Norte",
                    "España",
                ),
            ),
        ),
        {
            "name": "Nombre completo",
            "handle": "Usuario",
            "role": "Profesión",
            "specialty": "Especialidad",
            "institution": "Hospital",
            "country": "País",
        },
    ),
    "japanese roster": (
        table(
            "氏名,ユーザー名,職種,診療科,所属",
            lambda n: (f"名{n}", f"own_{n}", "医師", "腫瘍内科", "病院"),
        ),
        {
            "name": "氏名",
            "handle": "ユーザー名",
            "role": "職種",
            "specialty": "診療科",
            "institution": "所属",
        },
    ),
    "json lines": (
        "\n".join(
            json.dumps(
                {
                    "id": 1_900_000_000_000_000_000 + n,
                    "date": "2022-05-01T10:00:00+00:00",
                    "content": text(n),
                    "author": {"id": str(800 + n % 9), "screen_name": NAMES[n % 9]},
                    "mentions": [{"screen_name": NAMES[(n + 1) % 9]}],
                }
            )
            for n in range(12)
        ),
        {
            "id": "id",
            "time": "date",
            "text": "content",
            "author_id": "author.id",
            "author": "author.screen_name",
            "mentions": "mentions[*].screen_name",
        },
    ),
    "json document": (
        json.dumps(
            {
                "meta": {"n": 12},
                "data": {
                    "items": [
                        {
                            "postId": f"19{n:05d}",
                            "createdAt": 1_740_000_000 + n,
                            "message": text(n),
                            "user": {"username": NAMES[n % 9]},
                        }
                        for n in range(12)
                    ]
                },
            }
        ),
        {
            "id": "postId",
            "time": "createdAt",
            "text": "message",
            "author": "user.username",
        },
    ),
}

whatever = pytest.mark.parametrize("name", FILES)


@pytest.fixture
def suggested(tmp_path):
    """Write a file, and give the mapping that is suggested for it."""

    def made(content):
        path = tmp_path / "file"
        path.write_text(content, encoding="utf-8")
        return suggest(path, Layout(), "file")

    return made


@whatever
def test_columns_are_what_a_person_would_say(name, suggested):
    """By headings in several languages, and by what stands below them."""
    content, wanted = FILES[name]

    assert tomllib.loads(suggested(content))["columns"] == wanted


@whatever
def test_a_suggestion_is_a_mapping(name, suggested, tmp_path):
    """It is read as it stands."""
    path = tmp_path / "map.toml"
    path.write_text(suggested(FILES[name][0]), encoding="utf-8")

    assert read_mapping(path).columns


def test_every_column_has_three_short_samples(suggested):
    """As comments, on one line each, without signs that steer a screen."""
    rows = "".join(f'"a{n}\x1b[31m\nof many words and more",7\n' for n in range(9))
    found = suggested(f"Text,n\n{rows}")

    assert '#   "Text": a0 [31m of many word... | a1 [31m of many word... | ' in found
    assert '#   "n": 7' in found
    assert "\x1b" not in found
    assert "for you alone" in "".join(found.splitlines()[:5])


@pytest.mark.parametrize(
    ("cells", "formats", "certain"),
    [
        (("13/02/2025", "01/03/2025"), ("%d/%m/%Y",), True),
        (("02/13/2025", "01/03/2025"), ("%m/%d/%Y",), True),
        (("01/03/2025", "02/03/2025"), ("%d/%m/%Y",), False),
        (("13/02/2025", "02/13/2025"), ("%d/%m/%Y",), False),
        (("22/09/17 11:00:24",), ("%d/%m/%y %H:%M:%S",), True),
        (("3/22/2025, 1:05 PM",), ("%m/%d/%Y, %I:%M %p",), True),
        (("01-Mar-2025 01:15AM",), ("%d-%b-%Y %I:%M%p",), True),
        (("2025-03-01T10:00Z", "1740000000", "7 Dec 2025"), (), True),
        ((), (), True),
    ],
)
def test_day_or_month_is_never_guessed(cells, formats, certain):
    """A number above 12 shows which it is; without one, both are offered."""
    found = time_formats(cells)

    assert (found.formats, found.certain) == (formats, certain)


def test_what_is_in_doubt_is_commented_out(suggested):
    """With what it may be; the rest stands."""
    head = "Date,Username,Text,Kind,Author ID"
    found = suggested(
        table(
            head,
            lambda n: ("01/02/2025", NAMES[n % 9], text(n), "zzz", "not one word"),
        )
    )
    columns = tomllib.loads(found)["columns"]

    assert columns == {"author": "Username", "text": "Text", "author_name": "Author ID"}
    assert '# time = "Date"  # no cell shows whether the day or the month' in found
    assert '# format = ["%d/%m/%Y"]  # if the day comes first' in found
    assert '# format = ["%m/%d/%Y"]  # if the month comes first' in found
    assert '# kind = "Kind"  # not all of its values are known' in found


def test_texts_of_a_short_table_are_texts(suggested):
    """Three texts are no kind with three values."""
    found = tomllib.loads(
        suggested(
            "Autor;Texto;Fecha\n@ana;Hola @bea;03/02/2025 10:00\n"
            "@bea;RT @ana: Hola;04/02/2025 11:30\n@carla;gracias;25/02/2025 09:00\n"
        )
    )

    assert found["columns"]["text"] == "Texto"
    assert found["mentions"] == {"from_text": True}


def test_no_layer_is_suggested_where_none_is_said(suggested):
    """A referral is no follow."""
    found = suggested(table("Von,An", lambda n: (n + 10, n + 40)))

    assert "layer" not in tomllib.loads(found)["constants"]
    assert '# layer = "follow"' in found


def test_forbidden_columns_are_neither_mapped_nor_sampled(suggested):
    """What is never kept of a person comes into no file of ours."""
    head = "Name,Username,Role,Religion"
    found = suggested(
        table(head, lambda n: (f"Ann Able {n}", f"own_{n}", "nurse", "secret"))
    )

    assert "secret" not in found
    assert '"Religion": never kept of a person' in found


def test_private_messages_get_no_mapping(suggested):
    """Nor do their samples get into a file."""
    with pytest.raises(PrivateMessages):
        suggested("from,to,message\nann,bob,see you at eight\n")


@pytest.mark.parametrize("content", ["a\nb\n\nc", "<xml/>", "{}", "Text,n\n"])
def test_what_has_no_columns_is_refused(content, suggested):
    """With what it is."""
    with pytest.raises(ExportError):
        suggested(content)


def columns_of(found):
    return tomllib.loads(found)["columns"]


def test_of_several_times_the_local_one_is_last(suggested):
    """It names no zone, and would be taken for UTC."""
    found = suggested(
        table(
            "local_time,timestamp_utc,username,text",
            lambda n: (
                f"2025-03-{day(n)}T10:00:00",
                1_740_000_000 + n,
                "ann_a",
                text(n),
            ),
        )
    )

    assert columns_of(found)["time"] == "timestamp_utc"
    assert tomllib.loads(found)["time"]["zone"] == "UTC"
    assert '# time = "local_time"  # another one' in found


def test_a_number_of_the_row_is_no_id_of_a_post(suggested):
    """As spreadsheets have in front; what is called the id of a message is one."""
    rows = lambda n: (n + 1, NAMES[n % 9], text(n))  # noqa: E731 - used twice

    assert "id" not in columns_of(suggested(table("id,username,text", rows)))
    assert columns_of(suggested(table("message_id,username,text", rows)))["id"]


def test_profiles_are_people(suggested):
    """A table of accounts has bios and followers, and no text of a post."""
    found = suggested(
        table(
            "did,handle,display_name,description,followers,created_at",
            lambda n: (
                *(f"did:plc:{n}", f"own{n}.example", f"Ann Able {n}"),
                *(f"Writes about margins and trials {n}", n, "2025-01-01T00:00:00Z"),
            ),
        )
    )

    assert columns_of(found) == {
        "id": "did",
        "handle": "handle",
        "name": "display_name",
    }


@pytest.mark.parametrize(
    ("link", "platform"),
    [
        ("https://twitter.com/a/status/{n}", "x"),
        ("https://www.linkedin.com/posts/a-{n}", "linkedin"),
        ("https://hachyderm.io/@a/{n}", "mastodon"),
        ("at://did:plc:a/app.bsky.feed.post/{n}", "bluesky"),
    ],
)
def test_the_platform_is_where_the_posts_are(link, platform, suggested):
    """By the addresses of the posts, where no column names it."""
    found = suggested(
        table("username,text,url", lambda n: ("ann_a", text(n), link.format(n=n + 99)))
    )

    assert tomllib.loads(found)["platform"] == platform


def test_a_layer_that_is_not_known_is_left_open(suggested):
    """Friendship is none of the layers; whoever knows better says so."""
    found = suggested(
        table("source,target,relation", lambda n: (n + 10, n + 50, "friendship"))
    )

    assert "layer" not in columns_of(found)
    assert '# "friendship" = "follow"' in found


def test_the_layout_that_was_said_is_kept(tmp_path):
    """A mapping reads the file as it was read for the suggestion."""
    path = tmp_path / "file"
    content = table(
        "Username,Text,Reach", lambda n: ("ann_a", text(n), n), delimiter="~"
    )
    path.write_text(content, encoding="utf-16")

    found = suggest(path, Layout(encoding="utf-16", separator="~"), "file")

    assert tomllib.loads(found)["file"] == {"encoding": "utf-16", "separator": "~"}
