"""Who may not be listed is one class: nothing tells what put somebody in it.

A study is made once for each cause, of the same accounts and ties. What the account in
question says of itself is as long each time, so that not even sizes differ.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest

from hcpgraph.model.names import EXPORTS, FIGURES

PERSON = "777000111222"
HANDLE = "quillfeather"
# The bio, and whether a hand closes the account.
CAUSES = {
    "own words": ("I was diagnosed with lupus", False),
    "kin": ("Mom of a child with lupus", False),
    "uncertain": ("walker, patient. reader", False),
    "by hand": ("walks and reads books.", True),
}
PROFESSIONALS = {
    "own words": ("Oncologist, MD. I was diagnosed with lupus", False),
    "by hand": ("Oncologist, MD. Views and walks are my own", True),
}
COMMANDS = [
    ["info"], ["info", "--format", "json"], ["areas"], ["areas", "--format", "json"],
    ["find", "quill"], ["find", "walk"], ["find", "lupus"], ["find", PERSON],
    ["explain", PERSON], ["explain", f"@{HANDLE}"], ["explain", "903"],
    ["rank", "--format", "csv"], ["rank", "--format", "json"],
    ["rank", "--audience", "all", "--format", "csv"],
    ["rank", "--audience", "hcp", "-o", "o.csv"], ["rank", "--by", "pagerank"],
    ["rank", "--area", "breast-cancer", "--audience", "all", "--format", "csv"],
    ["rank", "--role", "clinician", "--format", "csv"],
    ["communities", "--format", "csv"], ["communities", "--audience", "all"],
    ["compare", "--at", "2025-06-01"], ["rising"],
    ["prospects", "--audience", "all", "--format", "csv"],
    ["prospects", "--known", "known.csv"], ["report", "-o", "o.html"],
    *(["export", target, "-o", f"o.{kind}"]
      for target, kinds in EXPORTS.items() for kind in kinds),
    *(["figure", kind, "-o", "o.svg"] for kind in FIGURES),
]  # fmt: skip
REOPENED = [
    ["info"],
    ["find", "quill"],
    ["rank", "--audience", "all", "--format", "csv"],
    ["explain", PERSON],
    ["communities", "--audience", "all", "--format", "csv"],
]
# What follows from the bytes of the input, and so differs as bios do.
_DIGESTS = re.compile(rb"[0-9a-f]{64}|[0-9a-f]{12}(?=\.)")


def users(bio):
    """Twelve professionals, and the account in question."""
    listed = [
        {
            "id": f"{900 + i}",
            "username": f"doc{i}x",
            "name": f"Clin {chr(65 + i)} Ician",
            "description": "Oncologist, MD",
        }
        for i in range(12)
    ]
    name = "Isaura Quillfeather"
    return [
        *listed,
        {
            "id": PERSON,
            "username": HANDLE,
            "name": name,
            "description": bio.ljust(44, "."),
        },
    ]


def page(bio):
    """Posts in which everybody mentions some others."""
    people = users(bio)
    posts = []
    for i, author in enumerate(people):
        for step in (1, 2, 5):
            named = people[(i + step) % len(people)]
            number = len(posts)
            month, day = 1 + number % 12, 1 + number % 27
            posts.append(
                {
                    "id": f"{5_000_000 + number}",
                    "author_id": author["id"],
                    "created_at": f"2025-{month:02}-{day:02}T10:00:00.000Z",
                    "text": f"@{named['username']} breast cancer #bcsm #wardround",
                    "entities": {
                        "mentions": [
                            {"start": 0, "end": 1, "username": named["username"],
                             "id": named["id"]}
                        ]
                    },
                }
            )  # fmt: skip
    return {"data": posts, "includes": {"users": people}}


@pytest.fixture
def studies(hcpgraph, monkeypatch):
    """A folder of each cause with the same names of files, and how to ask there."""

    def make(causes):
        found = {}
        for cause, (bio, hidden) in causes.items():
            folder = hcpgraph.folder / cause.replace(" ", "-")
            folder.mkdir()
            monkeypatch.chdir(folder)
            (folder / "posts.jsonl").write_text(json.dumps(page(bio)) + "\n")
            with (folder / "known.csv").open("w", newline="") as stream:
                csv.writer(stream).writerows([["id"], ["903"], [PERSON]])
            said = [hcpgraph("import", "s.duckdb", "posts.jsonl").output]
            if hidden:
                hcpgraph("correct", "s.duckdb", PERSON, "--hide")
            found[cause] = (folder, said)
        return found

    def ask(folder, words):
        monkeypatch.chdir(folder)
        before = set(folder.iterdir())
        result = hcpgraph(words[0], "s.duckdb", *words[1:])
        said = {"code": result.exit_code, "out": result.stdout, "err": result.stderr}
        for path in sorted(set(folder.iterdir()) - before):
            said[path.name] = without_digests(path.read_bytes())
            path.unlink()
        for name in ("out", "err"):
            said[name] = without_digests(said[name].encode())
        return said

    make.ask = ask
    return make


def without_digests(content):
    """Some bytes, or the parts of a workbook, without digests of the input."""
    if not content.startswith(b"PK"):
        return _DIGESTS.sub(b"-", content)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return [(n, _DIGESTS.sub(b"-", parts.read(n))) for n in parts.namelist()]


def assert_alike(answers, words):
    first, *others = answers.items()
    for cause, said in others:
        assert said == first[1], (" ".join(words), first[0], cause)


@pytest.mark.slow
@pytest.mark.parametrize(
    "causes", [CAUSES, PROFESSIONALS], ids=["four", "professionals"]
)
def test_nothing_tells_one_cause_from_another(causes, studies):
    """Every command says and writes the same bytes, and none names the person."""
    found = studies(causes)
    assert_alike({cause: said for cause, (_, said) in found.items()}, ["import"])
    for words in COMMANDS:
        answers = {cause: studies.ask(f, words) for cause, (f, _) in found.items()}
        assert_alike(answers, words)
        typed = {HANDLE, PERSON} & set(" ".join(words).replace("@", "").split())
        for name in {"quillfeather", PERSON} - typed:
            assert name not in answers["by hand"]["out"].decode(), words


def test_opening_again_is_worded_alike_and_does_the_same(studies):
    """Whatever closed the account, ``--show`` opens it, and nothing tells the cause."""
    found = studies(CAUSES)
    words = ["correct", PERSON, "--show"]
    answers = {cause: studies.ask(f, words) for cause, (f, _) in found.items()}
    assert_alike(answers, words)
    for asked in REOPENED:
        answers = {cause: studies.ask(f, asked) for cause, (f, _) in found.items()}
        assert_alike(answers, asked)
    assert b"quillfeather" in answers["kin"]["out"]


def test_closing_twice_is_worded_alike_and_does_the_same(studies):
    """To hide whom a bio hides already says nothing of it."""
    found = studies(CAUSES)
    words = ["correct", PERSON, "--hide"]
    answers = {cause: studies.ask(f, words) for cause, (f, _) in found.items()}
    assert_alike(answers, words)
    for asked in (["info", "--format", "json"], ["rank", "--audience", "all"]):
        answers = {cause: studies.ask(f, asked) for cause, (f, _) in found.items()}
        assert_alike(answers, asked)
