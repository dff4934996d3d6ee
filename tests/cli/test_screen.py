"""What strangers wrote never steers a terminal, nor forges a line."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from hcpgraph.cli import main
from tests.cli.conftest import Command

pty = pytest.importorskip("pty", reason="terminals are of Unix")

CODE = "from hcpgraph.cli import main; main(prog_name='hcpgraph')"
SIGNS = "\x1b[31m\x07\x9b2J\x85\u202e\u2066\u200b\u2028\U000e0041\x0b\x0c\r"
# what the command itself may steer with: colours and the cursor, by rich
OURS = ("\x1b[", "\r")


def seen(folder, *words, quiet=True, columns=200):
    """What a terminal on stdout and stderr was sent, and the exit code."""
    leader, follower = pty.openpty()
    more = ("-q",) if quiet else ()
    process = subprocess.Popen(
        [sys.executable, "-c", CODE, *map(str, words), *more],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        cwd=folder,
        env={**os.environ, "TERM": "xterm", "COLUMNS": str(columns)},
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # how a terminal says that all is read
            break
        if not part:
            break
        shown += part
    os.close(leader)
    return shown.decode().replace("\r\n", "\n"), process.wait()


def assert_clean(shown):
    held = [sign for sign in SIGNS if sign in shown and sign not in "[31m2J"]
    assert not held, ascii(shown)


@pytest.fixture
def hostile(hcpgraph):
    """A study with names, institutions and a file full of such signs."""
    name = f"roster{SIGNS}\nfile       other.csv (ties).csv".replace("/", "")
    roster = (
        f'id,handle,name,role,institution\n9,nina,"Ni{SIGNS}\nna",nurse,"I{SIGNS}"\n'
    )
    ties = "source,target,kind,area\n1,9,mention,asthma\n2,9,mention,asthma\n"
    files = [hcpgraph.write(name, roster), hcpgraph.write("ties.csv", ties)]
    result = hcpgraph("import", hcpgraph.study, *files)
    assert result.exit_code == 0, result.output
    return hcpgraph


@pytest.mark.parametrize(
    "words",
    [
        ["rank", "study.duckdb"],
        ["rank", "study.duckdb", "--format", "csv"],
        ["rank", "study.duckdb", "--format", "json"],
        ["rank", "study.duckdb", "--format", "csv", "-o", "-"],
        ["rank", "study.duckdb", "--format", "csv", "-o", "/dev/stdout"],
        ["info", "study.duckdb"],
        ["info", "study.duckdb", "--format", "json"],
        ["find", "study.duckdb", "ni"],
        ["explain", "study.duckdb", "@nina"],
        ["export", "study.duckdb", "nodes", "-o", "-"],
        ["rank", "study.duckdb", "--area", f"x{SIGNS}"],
        ["find", "study.duckdb", f"nobody{SIGNS}"],
        [f"rank{SIGNS}"],
        ["rank", f"{SIGNS}.duckdb"],
        ["rank", "study.duckdb", f"--to{SIGNS}"],
    ],
    ids=lambda words: ascii("-".join(words))[:40],
)
def test_no_command_sends_such_signs(hostile, words):
    """Lists, notes, errors and data: what a terminal gets is text alone."""
    shown, _ = seen(hostile.folder, *words)

    assert "Traceback" not in shown
    assert_clean(shown)


def test_reasons_and_bars_of_an_import_are_clean(hcpgraph):
    """Also the name of the file under way, and what a row held."""
    rows = "".join("1,2,follow\n" for _ in range(200))
    bad = hcpgraph.write(f"bad{SIGNS}.csv", f"source,target,kind\n1,2,x{SIGNS}\n{rows}")

    shown, code = seen(hcpgraph.folder, "import", hcpgraph.study, bad, quiet=False)

    assert code == 0
    for ours in ("\x1b[?25", "\x1b[2K", "\x1b[1A", "\x1b[0m", "\x1b[35m", "\x1b[90m"):
        shown = shown.replace(ours, "")
    assert not {"\x07", "\x9b", "\x85", "\u202e", "\u2066", "\u200b"} & set(shown)
    assert "\x1b[31m" not in shown
    assert "\\x1b[31m" in shown


def test_a_file_name_forges_no_line(hostile):
    """Neither on a terminal nor in a pipe: one file, one line."""
    lines = hostile("info", hostile.study).stdout.split("\n")

    assert sum(line.startswith("file ") for line in lines) == 2


def test_data_in_a_pipe_stays_as_it_is(hostile):
    """Whoever reads it gets the name that was imported."""
    shown = hostile("rank", hostile.study, "--format", "json").stdout

    assert SIGNS[8:11] in shown


def test_binary_is_not_for_screens(hostile):
    """A picture on a terminal would be all of these signs at once."""
    for words in (
        ["rank", "study.duckdb", "--format", "parquet"],
        ["rank", "study.duckdb", "--format", "parquet", "-o", "/dev/stdout"],
        ["figure", "study.duckdb", "ranking", "-o", "-"],
        ["export", "study.duckdb", "xlsx", "-o", "-"],
    ):
        shown, code = seen(hostile.folder, *words)
        assert code in {1, 2}, shown
        assert_clean(shown)


@pytest.mark.parametrize("columns", [80, 100])
def test_a_narrow_terminal_shows_who_leads(hostile, columns):
    """The first columns whole, long names cut, and which columns are not shown."""
    shown, code = seen(hostile.folder, "rank", "study.duckdb", columns=columns)

    head, _, *rows = shown.splitlines()
    assert code == 0
    assert head.split()[:5] == ["rank", "id", "handle", "name", "score"]
    assert rows[0].split()[:3] == ["1", "9", "nina"]
    assert " more columns: " in rows[-1]
    assert all(len(line) <= columns for line in (head, *rows[:-1]))


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """A study of long and wide names, hostile handles, hashtags and file names."""
    hcpgraph = Command(tmp_path_factory.mktemp("crowded"))
    names = (
        "\u738b\u5c0f\u660e" * 8,
        f"Ann{SIGNS}\nrank 1",
        "\U0001f469" * 9,
        "y" * 99,
    )
    users = [
        {
            "id": str(1294030472427835000 + i),
            "username": f"user_{i}" + "x" * (40 if i % 3 == 0 else 0),
            "name": names[i % 4],
            "description": f"Oncologist MD {SIGNS}",
        }
        for i in range(20)
    ]
    tags = ("bcsm", "breastcancer", f"x{SIGNS}", "medtwitter", "t" * 90)
    posts = [
        {
            "id": str(5000 + i),
            "author_id": users[i % 20]["id"],
            "created_at": f"2025-{1 + i % 12:02}-{1 + i % 27:02}T10:00:00.000Z",
            "text": "breast cancer",
            "entities": {
                "mentions": [
                    {"username": users[(i * 7 + 3 + i // 20) % 20]["username"]}
                ],
                "hashtags": [{"start": 0, "end": 1, "tag": tags[i % 5]}],
            },
        }
        for i in range(200)
    ]
    page = {"data": posts, "includes": {"users": users}}
    place = '"' + SIGNS + "\u00c9" * 60 + '"'
    roster = "".join(f"{one['id']},physician,{place},{'w' * 60}\n" for one in users)
    bad = "1,2,mention\n" * 200 + f"1,2,x{SIGNS}{'w' * 300}\n"
    files = {
        f"posts{SIGNS}\nfile  fake ties 1.jsonl": json.dumps(page),
        f"bad{'z' * 150}.csv": f"source,target,kind\n{bad}",
        "roster.csv": f"id,role,institution,specialty\n{roster}",
    }
    paths = [hcpgraph.write(name, content) for name, content in files.items()]
    result = hcpgraph("import", hcpgraph.study, *paths)
    assert result.exit_code == 0, result.output
    hcpgraph.write("known.csv", f"id\n{users[0]['id']}\n")
    return hcpgraph.folder


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize(
    "words",
    [
        ["rank"], ["rank", "--area", "all"], ["rising"], ["communities"], ["areas"],
        ["areas", "--all"], ["find", "user"], ["compare", "--at", "2025-07-01"],
        ["prospects"], ["prospects", "--known", "known.csv"],
    ],
    ids="-".join,
)  # fmt: skip
def test_every_table_fits_the_terminal(words, columns, crowded):
    """However long and wide its cells are, with nothing that steers."""
    name, *more = words
    shown, code = seen(crowded, name, "study.duckdb", *more, columns=columns)

    lines = [one for one in shown.split("\n") if " more columns: " not in one]
    assert code == 0, shown
    assert_clean(shown)
    assert "\x1b" not in shown
    assert max(map(cell_len, lines)) <= columns


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize(
    "words",
    [
        ["explain", "{}", "1294030472427835001"], ["info", "{}"],
        ["remove", "{}", f"bad{SIGNS}"], ["explain", "{}", f"@user{SIGNS}"],
        ["correct", "{}", f"@no{SIGNS}", "--hide"], ["import", "{}", f"no{SIGNS}.csv"],
        ["export", "{}", "evidence", "-o", "-"], ["rank", "{}", "--format", "json"],
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_nothing_else_steers_the_terminal(words, columns, crowded):
    """Texts, errors and data: no sign of a stranger's, no line that is forged."""
    words = ["study.duckdb" if word == "{}" else word for word in words]
    shown, _ = seen(crowded, *words, columns=columns)

    assert_clean(shown)
    assert "\x1b" not in shown
    assert not any(line.startswith("file  fake") for line in shown.split("\n"))


def test_a_quiet_import_shows_no_bars(hcpgraph):
    """Though files are read in threads of their own."""
    path = hcpgraph.write("ties.csv", "source,target,kind\n1,2,follow\n" * 1)

    shown, code = seen(hcpgraph.folder, "import", hcpgraph.study, path)

    assert code == 0
    assert "importing" not in shown


LONG = "x" * 150_000
QUOTED = {
    "a layer": f"source,target,kind\n1,2,{LONG}\n",
    "a relation": f"source,target,relation\n1,2,{LONG}\n",
    "an id": f"source,target,kind\n{LONG},2,follow\n2,3,follow\n",
    "a time": f"follower,followed,timestamp\n1,2,{LONG}\n",
    "a weight": f"source,target,weight,kind\n1,2,{LONG},follow\n",
    "a heading": f"follower,followed,{LONG}\n1,2,\n",
    "unknown headings": f"a{LONG},b{LONG}\n1,2\n",
    "a role": f"id,role\n1,{LONG}\n",
    "a number": f"id,role,npi,match_basis\n1,physician,{LONG},optin\n",
    "a key": f'{{"{LONG}": [1]}}',
    "a post's time": f'{{"id": "1", "author_id": "2", "created_at": "{LONG}"}}',
}


@pytest.mark.parametrize("content", QUOTED.values(), ids=QUOTED)
def test_a_message_quotes_no_more_than_a_reader_reads(tmp_path, content):
    """A cell of any length is cut where it stands in a note, a reason or an error."""
    (tmp_path / "odd").write_text(content, encoding="utf-8")

    result = CliRunner().invoke(
        main, ["import", f"{tmp_path}/s.study", f"{tmp_path}/odd"]
    )
    seen = CliRunner().invoke(main, ["info", f"{tmp_path}/s.study"])

    for output in (result.stderr, result.stdout, seen.stdout, seen.stderr):
        assert len(output) < 10_000
        assert LONG[:5000] not in output
