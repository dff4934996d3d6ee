"""Columns that commands write and columns that are declared are the same."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from hcpgraph import cli
from hcpgraph.cli import main
from hcpgraph.model.column import EVERYONE, KINDS, LISTED, NOBODY, OTHERS, PRIVACY
from hcpgraph.model.columns import LISTS, declared
from hcpgraph.model.names import CONTRIBUTIONS, LAYERS
from hcpgraph.study import Study
from tests.cli import planted

SMALL = Path(__file__).parents[2] / "datasets" / "small"
KNOWN = ("--known", str(SMALL / "known.csv"))
AREA = ("--area", "breast-cancer")
# list -> the commands that write it, which together show each of its columns
WRITTEN = {
    "rank": [("rank", "--area", "all", "--top", "5")],
    "communities": [("communities", *AREA)],
    "prospects": [("prospects", *AREA, *KNOWN, "--budget", "5")],
    "compare": [("compare", *AREA, "--at", "2025-07-01")],
    "rising": [("rising", *AREA)],
    "backtest": [("backtest", "--area", "all")],
    "areas": [("areas",)],
    "find": [("find", "hospital")],
    "gaps": [("info", "--gaps", "breast-cancer")],
    "nodes": [("export", "nodes", *AREA)],
    "ties": [("export", "ties", *AREA), ("export", "ties")],
    "evidence": [("export", "evidence", *AREA)],
    "audit": [("audit",)],
    "audit check": [("audit", "--verify")],
    "audit people": [("audit", "--people")],
    "consent": [("consent", "--list")],
    "notices": [("consent", "--notices")],
    "inspect": [("inspect", str(SMALL / "posts-2025-december.jsonl"))],
    "policy": [("policy",)],
    "policy check": [("policy", "--check", str(SMALL / "README.md"))],
    "policy retain": [("policy", "--retain")],
}
SHEETS = {
    "Leaders": "rank",
    "Communities": "communities",
    "Prospects": "prospects",
    "Areas": "areas",
    "About": "about",
}
# what these files need not show: layers that the small data set has no ties of
UNSEEN = {"ties": set(LAYERS) - {"follow", "mention", "reply", "repost", "quote"}}
# what --format csv is for
TABLES = {"nodes", "ties", "evidence"}


@pytest.fixture(scope="module", autouse=True)
def _key(tmp_path_factory):
    """A key of hashes, without which some lists say nothing."""
    path = tmp_path_factory.mktemp("key") / "key"
    path.write_text("0123456789abcdef" * 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HCPGRAPH_KEY_FILE", str(path))
        yield


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The small data set as a study."""
    study = Study(tmp_path_factory.mktemp("small") / "s.duckdb")
    study.add(SMALL)
    return study.path


@pytest.fixture(scope="module")
def content(small):
    """A way to have what a command writes to stdout, as bytes."""

    def run(command, *words):
        result = CliRunner().invoke(main, [command, "-q", *arranged(command, words)])
        assert result.exit_code == 0, result.output
        return result.stdout_bytes

    def arranged(command, words):
        if command == "inspect":  # no study
            return words
        what, more = (words[:1], words[1:]) if command == "explain" else ((), words)
        return [str(small), *what, *more]

    return run


def heads(content, listing):
    """The columns of each CSV file that makes up a list."""
    for words in WRITTEN[listing]:
        how = ("-o", "-") if words[0] == "export" else ()
        text = content(*words, "--format", "csv", *how).decode()
        yield next(csv.reader(io.StringIO(text)))


@pytest.mark.slow
@pytest.mark.parametrize("listing", WRITTEN)
def test_a_list_has_the_columns_that_are_declared(content, listing):
    """None is undeclared, none declared that nobody writes, and the order is kept."""
    names = [column.name for column in LISTS[listing]]
    seen = set()
    for head in heads(content, listing):
        found = [declared(listing, name) for name in head]
        assert None not in found, head
        places = [names.index(column.name) for column in found]
        assert places == sorted(places)
        seen |= {column.name for column in found}

    assert set(names) - seen == UNSEEN.get(listing, set())


@pytest.mark.slow
def test_a_workbook_has_the_columns_that_are_declared(content):
    """Its sheets are lists, too."""
    words = ("export", "xlsx", *AREA, *KNOWN, "--budget", "5", "-o", "-")
    book = openpyxl.load_workbook(io.BytesIO(content(*words)))

    assert book.sheetnames == list(SHEETS)
    for title, listing in SHEETS.items():
        head = [cell.value for cell in book[title][1]]
        assert [name for name in head if not declared(listing, name)] == []


@pytest.mark.slow
def test_an_explanation_has_the_columns_that_are_declared(content):
    """Section by section, all of them, in their order."""
    found = json.loads(content("explain", "@DrQuistorp", *AREA, "--format", "json"))
    sections = {name: part for name, part in found.items() if isinstance(part, dict)}

    assert {f"explain {name}" for name in sections} == {
        name for name in LISTS if name.startswith("explain ")
    }
    for name, section in sections.items():
        assert section["rows"], name
        for row in section["rows"]:
            assert list(row) == [c.name for c in LISTS[f"explain {name}"]], name


def test_every_command_that_writes_a_table_has_a_list():
    """A command with ``--format csv`` is among those above."""
    writing = set()
    for name in cli._COMMANDS:
        for option in main.get_command(None, name).params:
            kinds = getattr(option.type, "choices", ())
            if "--format" in option.opts and "csv" in kinds:
                writing.add(name)

    # a list of export has no --format of its own; gaps is what info lists
    assert writing == {words[0] for runs in WRITTEN.values() for words in runs}
    assert set(LISTS) - {n for n in LISTS if n.startswith("explain ")} == {
        *WRITTEN,
        "about",
    }


def test_a_column_says_what_it_is():
    """Kind and privacy are known ones, and no name stands twice in a list."""
    for listing, columns in LISTS.items():
        names = [column.name for column in columns]
        assert len(set(names)) == len(names), listing
        for column in columns:
            assert column.kind in KINDS
            assert column.privacy in PRIVACY
            assert column.meaning
            assert not column.meaning.endswith(".")


def test_every_contribution_is_a_column_of_a_ranking():
    """The score is the sum of columns that stand beside it."""
    names = [column.name for column in LISTS["rank"]]

    assert set(CONTRIBUTIONS) <= set(names)


HIDDEN = planted.people(40)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A study in which 40 people may not be listed."""
    folder = tmp_path_factory.mktemp("world")
    study = Study(folder / "s.duckdb")
    assert all(report.imported for report in study.add(*planted.write(folder, HIDDEN)))
    for one in HIDDEN:
        if one.cause == "hand":
            study.correct(one.id, hidden=True)
    return study.path


# the same lists of that world, which has no areas, and too few people to backtest
PLAIN = {
    "find": ["find", "doc"],
    "gaps": ["info", "--gaps", "breast-cancer"],
    "prospects": ["prospects"],
    "compare": ["compare", "--at", "2025-07-01"],
    "audit check": ["audit", "--verify"],
    "audit people": ["audit", "--people"],
    "consent": ["consent", "--list"],
    "notices": ["consent", "--notices"],
    **{name: ["export", name] for name in TABLES},
}


def rows_of(study, listing):
    """The rows of a list of a study, as JSON has them."""
    command, *words = PLAIN.get(listing, [listing])
    how = ["-o", "-"] if command == "export" else []
    asked = [command, "-q", str(study), *words, "--format", "json", *how]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def text_of(row, listing, classes):
    """The cells of a row that are declared of one of these classes, as one text."""
    return " ".join(
        str(cell).lower()
        for name, cell in row.items()
        if declared(listing, name).privacy in classes
    )


@pytest.mark.slow
@pytest.mark.parametrize("listing", ["nodes", "ties"])
def test_of_who_is_not_listed_only_columns_for_everyone_are_filled(world, listing):
    """A network keeps its shape, and of the hidden nothing but that."""
    rows = rows_of(world, listing)
    hidden = [
        row
        for row in rows
        if any(
            str(row.get(end)).startswith("node-") for end in ("id", "source", "target")
        )
    ]

    assert hidden
    assert {
        name
        for row in hidden
        for name, cell in row.items()
        if cell is not None and declared(listing, name).privacy != EVERYONE
    } == set()


# Files that are inspected are told by the names they were given; no study knows whom.
# The policy is about nobody; tests of --check look for names in what it says.
UNASKED = {"backtest", "inspect", "policy", "policy check", "policy retain"}


@pytest.mark.slow
@pytest.mark.parametrize("listing", sorted(WRITTEN.keys() - UNASKED))
def test_no_column_says_who_may_not_be_listed(world, listing):
    """Whatever its class, and a column of nobody names not even who may be listed."""
    needles = {needle for one in HIDDEN for needle in one.needles()}
    listed = {row["handle"].lower() for row in rows_of(world, "find")}
    every = {NOBODY, LISTED, OTHERS, EVERYONE}

    rows = rows_of(world, listing)

    assert listed
    for row in rows:
        whole = text_of(row, listing, every)
        assert [needle for needle in needles if needle in whole] == []
        plain = text_of(row, listing, {NOBODY})
        assert [handle for handle in listed if handle in plain] == []
