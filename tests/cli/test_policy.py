"""``policy``: what is in force is shown, set, and held against outputs."""

from __future__ import annotations

import json

import pytest

PEOPLE = """
[people]
not_listable = "set apart"
[people.leave_out]
bot = "bot"
"""


def test_what_is_in_force_is_shown_in_full(say):
    """The terminal and JSON tell the same rules, each by part, name and rule."""
    shown, _ = say("policy")
    rules = json.loads(say("policy", "--format", "json")[0])

    assert shown.startswith("policy    of the toolkit\n")
    assert rules["people"]["not_listable"] == "not listable"
    assert rules["audience"]["hcp"]["roles"][0] == "clinician"
    for part, held in rules.items():
        for name in held:
            assert part in shown
            assert name in shown


@pytest.mark.parametrize("width", [80, 100])
def test_rules_fit_the_terminal(say, monkeypatch, width):
    """Long rules go on in the next line; no line is wider than the screen."""
    monkeypatch.setenv("COLUMNS", str(width))
    lines = say("policy")[0].splitlines()

    assert max(map(len, lines)) <= width
    assert max(map(len, lines)) > width - 20


def test_a_policy_that_is_set_is_in_force_for_everybody(hcpgraph, say):
    """The study keeps it; what the file leaves out stays as packaged."""
    hcpgraph.write("p.toml", PEOPLE)
    shown, said = say("policy", "--set", "p.toml")

    assert shown == ""
    assert "people not_listable: not listable -> set apart" in said
    assert "people leave_out media: media -> nothing" in said
    rules = json.loads(say("policy", "--format", "json")[0])
    assert rules["people"] == {
        "not_listable": "set apart",
        "leave_out": {"bot": "bot"},
    }
    assert rules["words"]["least_accounts"] == 5
    assert say("policy")[0].startswith("policy    set in the study\n")
    # Acme is a company, which this policy does not leave out
    assert "acme" in say("rank", "--audience", "all")[0]


def test_the_packaged_policy_comes_back(hcpgraph, say):
    """``default`` undoes whatever was set."""
    before = say("policy")[0]
    hcpgraph.write("p.toml", PEOPLE)
    say("policy", "--set", "p.toml")
    _, said = say("policy", "--set", "default")

    assert "people not_listable: set apart -> not listable" in said
    assert say("policy")[0] == before
    assert "said what" not in said
    assert "in force already" in say("policy", "--set", "default")[1]


@pytest.mark.parametrize(
    ("content", "words"),
    {
        "not TOML": ("[people", "is not TOML"),
        "an unknown table": ("[viewer.x]\n", "no rule 'viewer'"),
        "an unknown rule": ("[words]\nleast = 3\n", "no rule 'least'"),
        "an unknown role": (
            '[people]\nnot_listable = "a"\n[people.leave_out]\nrobot = "b"\n',
            "no role 'robot'",
        ),
        "no text": (b"\xff\xfe\x00", "no UTF-8 text"),
    }.values(),
)
def test_a_policy_that_is_half_understood_is_refused(hcpgraph, say, content, words):
    """One line says what; the policy before stays in force."""
    hcpgraph.write("p.toml", content)
    before = say("policy")[0]
    result = hcpgraph("policy", "study.duckdb", "--set", "p.toml")

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert words in result.stderr
    assert "p.toml" in result.stderr
    assert say("policy")[0] == before


def test_a_policy_file_that_is_not_there_is_one_line(hcpgraph, study):
    """Neither a missing file nor a folder is a policy."""
    for name in (study.with_name("none.toml"), study.parent):
        result = hcpgraph("policy", study, "--set", name)
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 1


SALES = """
[viewers.sales]
columns = ["rank", "id", "handle", "role", "institution"]
[viewers.sales.rows]
country = ["Norway"]
"""
WRITTEN = {
    "leaders.csv": ("rank",),
    "leaders.json": ("rank",),
    "leaders.parquet": ("rank",),
    "leaders.txt": ("rank",),
    "page.html": ("report",),
    "book.xlsx": ("export", "xlsx"),
    "n.gexf": ("export", "gexf"),
    "n.graphml": ("export", "graphml"),
    "graph.json": ("export", "graphology"),
    "leaders.svg": ("figure", "ranking"),
    "leaders.pdf": ("figure", "ranking"),
}


@pytest.fixture
def written(hcpgraph, say):
    """A policy for sales, and outputs made for the medical viewer."""
    hcpgraph.write("p.toml", SALES)
    say("policy", "--set", "p.toml")
    for name, words in WRITTEN.items():
        command, *rest = words
        say(command, *rest, "-q", "-o", name)
    return list(WRITTEN)


def check(hcpgraph, *names, viewer="sales", how=("--format", "json")):
    words = ("--as", viewer, "--check", *names)
    result = hcpgraph("policy", "study.duckdb", *words, *how)
    return result, json.loads(result.stdout) if how else []


def test_outputs_for_another_viewer_break_the_policy(hcpgraph, written):
    """Each says which columns, and that somebody is in it who may not be seen."""
    result, rows = check(hcpgraph, *written)

    assert result.exit_code == 1
    for name in written:
        found = [row["what"] for row in rows if row["output"] == name]
        # Tara lives in Chile, and names are withheld from sales
        assert any("withheld from the viewer" in what for what in found), name
        assert any(
            what in ("column name", "a value of column name") for what in found
        ), name
        if name.endswith((".svg", ".pdf")):
            continue  # a figure has no columns
        assert "column score" in found, name
    assert {row["rule"] for row in rows} == {
        "viewers.sales.columns",
        "people, viewers.sales.rows",
    }


def test_what_breaks_it_names_nobody(hcpgraph, written):
    """Who checks for sales may not see them either."""
    said = check(hcpgraph, *written)[0].output

    assert [word for word in ("Tara", "tara", "Nina", "Chile") if word in said] == []


def test_outputs_for_the_viewer_keep_the_policy(hcpgraph, written):
    """The medical viewer may see all of it; nothing is printed on stdout."""
    provenance = [f"{name}.provenance.json" for name in written]
    result, _ = check(hcpgraph, *written, *provenance, viewer="medical", how=())

    assert result.exit_code == 0
    assert result.stdout == ""
    assert "nothing breaks the policy for medical" in result.stderr


def test_a_picture_cannot_be_read_back(hcpgraph, say):
    """It is said, so that nobody takes it for clean."""
    say("figure", "ranking", "-o", "leaders.png")
    result, rows = check(hcpgraph, "leaders.png", viewer="medical")

    assert (result.exit_code, rows) == (0, [])
    assert "not read back: leaders.png: a picture made of points" in result.stderr


@pytest.mark.parametrize(
    "words",
    [("x.csv",), ("--check",), ("--check", "--set", "default")],
)
def test_check_and_set_are_two_commands(hcpgraph, say, words):
    """Files without --check, --check without files, and both at once are refused."""
    hcpgraph.write("x.csv", "id\n1\n")
    assert hcpgraph("policy", "study.duckdb", *words).exit_code == 2


def test_outputs_that_name_the_erased_are_found_by_their_keyed_hashes(hcpgraph, say):
    """An old list still calls her; who lacks the key is told that nobody looked."""
    hcpgraph.write("hashes.key", f"{7:064x}\n")
    say("rank", "-o", "old.csv")
    say("report", "-q", "-o", "old.html")
    hcpgraph("forget", "study.duckdb", "@tara", "--key", "hashes.key", "-o", "c.json")
    say("rank", "-o", "new.csv")
    names = ("old.csv", "old.html", "new.csv")
    how = ("--format", "json", "--key", "hashes.key")
    result, rows = check(hcpgraph, *names, viewer="medical", how=how)

    assert result.exit_code == 1
    assert {row["output"] for row in rows} == {"old.csv", "old.html"}
    assert {row["what"] for row in rows} == {"somebody who was erased from the study"}
    assert "tara" not in result.output.lower()
    result, rows = check(hcpgraph, *names, viewer="medical")
    assert rows == []
    assert "erased people were not looked for" in result.stderr


def test_what_is_kept_for_too_long_is_listed_and_removed(hcpgraph, say):
    """Nothing goes without --apply; afterwards nothing is too old."""
    hcpgraph.write("p.toml", "[regions.others]\nretention_days = 1\nbasis = []\n")
    say("policy", "--set", "p.toml")
    rows = json.loads(say("policy", "--retain", "--format", "json")[0])

    assert {row["region"] for row in rows} == {"others"}
    assert sum(row["rows"] for row in rows if row["what"] == "ties") > 0
    before = say("info")[0]
    shown, said = say("policy", "--retain")
    assert "others" in shown
    assert "nothing was removed" in said
    assert say("info")[0] == before
    assert "removed" in say("policy", "--retain", "--apply")[1]
    assert "nothing is older" in say("policy", "--retain")[1]


@pytest.mark.parametrize("words", [("--apply",), ("--retain", "--check", "x.csv")])
def test_retain_and_its_option_belong_together(hcpgraph, say, words):
    """--apply alone, and two commands at once, are refused."""
    hcpgraph.write("x.csv", "id\n1\n")
    assert hcpgraph("policy", "study.duckdb", *words).exit_code == 2
