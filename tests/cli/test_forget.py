"""``hcpgraph forget``, and what commands keep outside a study."""

from __future__ import annotations

import json

import pytest

from hcpgraph.policy import Key
from hcpgraph.study import kept

SECRET = "fedcba9876543210" * 4


@pytest.fixture
def key(hcpgraph):
    return hcpgraph.write("hashes.key", SECRET)


def test_the_certificate_is_a_file_with_its_provenance(say, hcpgraph, key):
    """Its parameters hold a keyed hash, not the words that were typed."""
    _, said = say("forget", "@nina", "--key", key, "-o", "gone.json")

    certificate = json.loads((hcpgraph.folder / "gone.json").read_text())
    provenance = (hcpgraph.folder / "gone.json.provenance.json").read_text()
    assert certificate["person"] == Key(SECRET.encode()).digest("account", "x:9")
    assert json.loads(provenance)["parameters"]["persons"] == [certificate["person"]]
    assert "nina" not in provenance.lower()
    assert "erased 1 person: " in said
    assert "Nina" not in say("rank", "--audience", "all", "--format", "csv")[0]


def test_a_key_is_asked_for_in_one_line(say, hcpgraph, study, monkeypatch):
    """How to make one stands in it; nothing was changed."""
    monkeypatch.delenv("HCPGRAPH_KEY_FILE", raising=False)
    before = study.read_bytes()

    result = hcpgraph("forget", study, "@nina")

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "secrets.token_hex" in result.stderr
    assert study.read_bytes() == before


def test_an_import_without_the_key_is_refused_in_one_line(hcpgraph, study, key):
    """The environment may name the key as well."""
    assert hcpgraph("forget", study, "9", "--key", key).exit_code == 0
    ties = hcpgraph.write("more.csv", "source,target,kind\n9,1,mention\n1,2,mention\n")

    refused = hcpgraph("import", study, ties)
    taken = hcpgraph("import", study, ties, "--key", key)

    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "--key" in refused.stderr
    assert taken.exit_code == 0, taken.output
    assert "1 row left out: of people erased from this study" in taken.stderr


def test_the_certificate_cannot_take_the_place_of_the_study(say, hcpgraph, study, key):
    """Which is said before anybody is erased."""
    before = study.read_bytes()

    result = hcpgraph("forget", study, "9", "--key", key, "-o", study)

    assert result.exit_code == 1
    assert study.read_bytes() == before


TYPED = {
    "find": ("find", "Lakeside Cl"),
    "explain": ("explain", "@nina", "--area", "asthma"),
}


@pytest.mark.parametrize("words", TYPED.values(), ids=TYPED)
def test_words_that_are_typed_do_not_enter_provenance(say, hcpgraph, key, words):
    """A keyed hash stands there; without a key it says that something is withheld."""
    command, typed, *more = words
    ending = "csv" if command == "find" else "txt"

    say(command, typed, *more, "-o", f"a.{ending}")
    say(command, typed, *more, "--key", key, "-o", f"b.{ending}")

    one, other = (
        json.loads((hcpgraph.folder / f"{n}.{ending}.provenance.json").read_text())
        for n in "ab"
    )
    hashed = Key(SECRET.encode()).digest("word", typed)
    assert "withheld" in one["parameters"].values()
    assert hashed in other["parameters"].values()
    assert typed not in json.dumps([one, other])


COMMANDS = (
    ("info",),
    ("info", "--gaps", "asthma", "-o", "gaps.csv"),
    ("areas", "-o", "areas.csv"),
    ("rank", "--area", "asthma", "-o", "rank.csv"),
    ("explain", "@nina", "--area", "asthma", "-o", "explain.txt"),
    ("communities", "-o", "communities.csv"),
    ("find", "nina", "-o", "find.csv"),
    ("figure", "network", "-o", "network.png"),
    ("export", "gexf", "-o", "network.gexf"),
    ("report", "-o", "report.html"),
    ("correct", "@nina", "--role", "nurse"),
    ("remove", "roster.csv"),
    ("import", "more.csv"),
    ("forget", "3", "-o", "gone.json"),
    ("import", "later.csv"),
)


def test_commands_keep_nothing_that_the_register_has_not(
    hcpgraph, study, key, monkeypatch
):
    """Beside the study there is what was asked for, and what ``forget`` walks."""
    monkeypatch.chdir(hcpgraph.folder)
    monkeypatch.setenv("HCPGRAPH_KEY_FILE", str(key))
    for name in ("more", "later"):
        hcpgraph.write(
            f"{name}.csv", f"source,target,kind\n1,2,mention\n{name},2,reply\n"
        )
    before = set(hcpgraph.folder.iterdir())
    asked = set()

    for command, *words in COMMANDS:
        result = hcpgraph(command, study.name, *words)
        assert result.exit_code in (0, 1), result.output
        if "-o" in words:
            out = hcpgraph.folder / words[-1]
            asked |= {out, out.with_name(f"{out.name}.provenance.json")}

    registered = {path for one in kept.REGISTER for path in one.paths(study)}
    assert set(hcpgraph.folder.iterdir()) - before - asked - registered == set()
    assert (hcpgraph.folder / "gone.json").exists()
