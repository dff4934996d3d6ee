"""Who may not be listed leaves in no byte of any output, by whatever words."""

from __future__ import annotations

import csv
import gzip
import io
import re
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from matplotlib.text import Text

from hcpgraph.errors import HcpgraphError
from hcpgraph.model.names import EXPORTS, FIGURES
from hcpgraph.store import Store
from hcpgraph.study import Study, releasing, releasing_tags
from tests.cli import planted

HIDDEN = planted.people(240)
NEEDLES = {needle: one for one in HIDDEN for needle in one.needles()}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A study of 240 people who may not be listed and 14 who may."""
    folder = tmp_path_factory.mktemp("world")
    study = Study(folder / "s.duckdb")
    reports = study.add(*planted.write(folder, HIDDEN))
    assert all(report.imported for report in reports), reports
    for one in HIDDEN:
        if one.cause == "hand":
            study.correct(one.id, hidden=True)
    return study


@pytest.fixture
def run(world, hcpgraph, monkeypatch):
    """Run a command beside the study; gives everything it says and writes."""
    shutil.copyfile(world.path, hcpgraph.folder / "s.duckdb")
    monkeypatch.chdir(hcpgraph.folder)

    def outputs(command, *words):
        result = hcpgraph(command, "s.duckdb", *words)
        assert result.exception is None or result.exit_code == 1, result.output
        found = {"stdout": result.stdout_bytes, "stderr": result.stderr.encode()}
        for path in hcpgraph.folder.iterdir():
            if path.name != "s.duckdb":
                found[path.name] = path.read_bytes()
                path.unlink()
        return found

    return outputs


def readable(content):
    """Everything that stands in a file, unpacked."""
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            yield from (parts.read(name) for name in parts.namelist())
    elif content.startswith(b"PAR1"):
        yield repr(pq.read_table(io.BytesIO(content)).to_pydict()).encode()
    elif content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)


def named_in(content):
    """Whatever of the hidden stands in some bytes."""
    texts = [part.decode("utf-8", "replace").lower() for part in readable(content)]
    return {needle for needle in NEEDLES for text in texts if needle in text}


def test_the_planted_may_not_be_listed_for_each_cause(world):
    """Four causes, as many people of each; nobody else is held back."""
    with Store.open(world.path) as store:
        numbers = [store.resolve(one.id) for one in HIDDEN]
        roles = store.read_roles(np.unique(numbers))
        called = store.read_unlisted_names()

    assert len(set(numbers)) == len(HIDDEN)
    assert not roles.listable.any()
    assert len({text for kind, text in called if kind == "id"}) == len(HIDDEN)
    assert {one.cause for one in HIDDEN} == {"patient", "carer", "roster", "hand"}


def test_no_tag_that_calls_one_of_them_is_released(world):
    """Ten spellings of each, used by seven listed people; other tags leave."""
    tags = {tag for one in HIDDEN for tag in one.tags()}
    with world.opened() as opened:
        used = opened.store.count_users(tags)
        free = releasing_tags.release_tags(
            opened, "all", {*tags, *planted.ORDINARY, "rare1"}
        )

    assert min(used.values()) >= 7
    assert free == set(planted.ORDINARY)


def test_topics_hold_other_tags_than_those(run):
    """The search below would find them: topics are printed."""
    found = run("prospects", "--known", write_known(), "--format", "csv")

    assert b"#medtwitter" in found["stdout"]
    assert b"topics left out: " in found["stderr"]
    assert not named_in(found["stdout"]) | named_in(found["stderr"])


@pytest.mark.parametrize(
    "words",
    [("rank",), ("find", "doc"), ("communities",), ("rank", "--by", "pagerank"),
     ("prospects", "--known", "known.csv"), ("export", "nodes", "-o", "o.csv")],
    ids=lambda words: words[0],
)  # fmt: skip
def test_cells_that_call_one_of_them_are_left_empty(words, run):
    """Institution, specialty, region and name of others; that is counted."""
    write_known()
    found = run(*words, *(() if "-o" in words else ("--format", "csv")))
    table = found["o.csv"] if "-o" in words else found["stdout"]

    assert re.search(rb"cells left empty: \d+ that may name", found["stderr"])
    assert b"doc1x" in table or b"doc3x" in table
    assert words[0] == "communities" or b"Hill Hospital" in table
    assert not named_in(table) | named_in(found["stderr"])


def test_explain_counts_the_cells_that_it_leaves_empty(run):
    """As lists do: the person is described by less than the study holds."""
    listed = run("rank", "--format", "csv")["stdout"].decode()
    emptied = [
        row["id"]
        for row in csv.DictReader(io.StringIO(listed))
        if not row["institution"]
    ]

    found = run("explain", emptied[0])

    assert re.search(rb"cells left empty: \d+ that may name", found["stderr"])


def test_who_shares_a_withheld_place_is_limited_all_the_same(world, tmp_path):
    """Who counts groups sees that two are of one, not of which."""
    with world.opened() as opened:
        found = (opened.store.resolve(f"{900 + i}") for i in range(14))
        numbers = np.array(sorted(found))
        shown, _ = opened.profiles(numbers, ("institution",))
        groups = opened.groups(numbers, ("institution",))

    assert sum(cell is not None for cell in shown["institution"]) == 1
    assert len(set(groups["institution"])) == 14
    assert not named_in("\n".join(groups["institution"]).encode())


# what the study reads of people beside their own id and handle is released
UNRELEASED = {
    "open_study.py": 2,
    "communities.py": 1,  # which releases stricter, as names of communities
}


def test_profiles_of_people_leave_by_one_door():
    """Whoever reads more than a handle, asks for what may be said."""
    folder = Path(releasing.__file__).parent
    more = re.compile(r"(?:opened|self)\.people\((?!\w+, \(\"handle\",\)\))")
    texts = {path.name: path.read_text("utf-8") for path in folder.rglob("*.py")}
    read = {name: len(more.findall(text)) for name, text in texts.items()}

    assert {name: n for name, n in read.items() if n} == UNRELEASED
    reading = {name for name, text in texts.items() if "store.read_profiles(" in text}
    # one leaves out what is withheld, one looks for it in what was written, and one
    # looks up whose law it is
    assert reading <= {"viewing.py", "policy_check.py", "consented_study.py"}


def write_known():
    """A list of two of those listed, beside the study."""
    path = Path("known.csv")
    path.write_text("id\n900\n901\n", encoding="utf-8")
    return path


TABLES = [
    [command, *more, *how]
    for command, *more in (
        ("rank",), ("rank", "--area", "all"), ("rank", "--by", "pagerank"),
        ("rising",), ("communities",), ("areas", "--all"), ("backtest",),
        ("compare", "--at", "2025-07-01"), ("find", "doc"), ("find", "proud"),
        ("prospects", "--known", "known.csv"),
        ("prospects", "--audience", "all"), ("info", "--gaps", "breast-cancer"),
    )
    for how in (
        (), ("--format", "csv"), ("--format", "json"), ("-o", "o.parquet"),
    )
]  # fmt: skip
OTHERS = [
    ["info"],
    ["info", "--format", "json"],
    ["explain", "900"],
    ["explain", "900", "--format", "json"],
    ["explain", "900", "-o", "o.json"],
    ["explain", HIDDEN[0].handle[:4]],
    ["explain", f"@{HIDDEN[0].handle[:-1]}"],
    ["correct", f"@{HIDDEN[4].handle[:-1]}", "--show"],
    ["remove", "posts.jsonl"],
    ["remove", HIDDEN[1].first],
    ["report", "-o", "o.html"],
    ["report", "-o", "o.html", "--known", "known.csv", "--audience", "all"],
    *(
        ["export", target, "--area", "breast-cancer", "-o", f"o.{kind}"]
        for target, kinds in EXPORTS.items()
        for kind in kinds
    ),
    ["export", "xlsx", "--known", "known.csv", "-o", "o.xlsx"],
    *(
        ["figure", kind, "-o", f"o.{end}"]
        for kind in FIGURES
        for end in ("png", "svg", "pdf")
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize("words", [*TABLES, *OTHERS], ids=" ".join)
def test_no_output_names_them(words, run):
    """Not stdout, stderr, a file, its metadata or the file beside it."""
    if "known.csv" in words:
        write_known()
    typed = " ".join(words).lower()

    found = run(*words)

    leaks = {name: named_in(content) for name, content in found.items()}
    leaks = {n: {x for x in some if x not in typed} for n, some in leaks.items()}
    assert not any(leaks.values()), leaks


@pytest.mark.slow
@pytest.mark.parametrize("kind", FIGURES)
def test_no_text_of_a_figure_names_them(kind, world):
    """Nor anything that matplotlib could still draw."""
    budget = 5 if kind in {"network", "coverage"} else None
    try:
        figure = world.figure(kind, budget=budget)
    except HcpgraphError as error:  # what is said instead counts as well
        said = [str(error)]
    else:
        said = [text.get_text() for text in figure.findobj(Text)]

    assert said
    assert not named_in("\n".join(said).encode())


def test_file_names_that_name_somebody_are_digests(world, run, hcpgraph):
    """``remove`` takes those as it takes names."""
    before = [entry["path"] for entry in world.summary()["files"]]

    assert len(before) == 5
    assert not named_in("\n".join(before).encode())
    said = run("remove", before[0].rpartition("/")[2])
    assert said["stderr"].startswith(b"removed ")
    assert not named_in(said["stderr"])


def test_a_file_brought_again_is_not_named(world, run, hcpgraph):
    """What it was called before is in the study, and stays there."""
    again = world.path.parent / f"{HIDDEN[0].handle}-posts.jsonl"
    shutil.copyfile(again, hcpgraph.folder / "again.jsonl")

    found = run("import", "again.jsonl")

    assert b"already imported as " in found["stderr"]
    assert not named_in(found["stdout"]) | named_in(found["stderr"])


def test_no_cause_is_told_from_another(world):
    """Everyone counts as one class: no role, and one reason."""
    found = world.summary()
    notes = world.rank(audience="all").notes

    assert found["roles"]["unknown"] >= len(HIDDEN)
    assert f"not listed: {len(HIDDEN)} not listable" in notes


def test_namesakes_on_other_platforms_betray_nobody(hcpgraph):
    """Who is hidden on one platform is as if not there, for who asks about another."""
    x = hcpgraph.write("x.csv", "source,target,kind\nann,bob,mention\ncy,bob,mention\n")
    b = hcpgraph.write("b.csv", "source,target,kind\nbob,ann,mention\n")
    hcpgraph("import", hcpgraph.study, x, "--ids", "handle")
    hcpgraph("import", hcpgraph.study, b, "--ids", "handle", "--platform", "bluesky")
    hcpgraph("correct", hcpgraph.study, "bluesky:@bob", "--hide")

    found = hcpgraph("explain", hcpgraph.study, "@bob")

    assert "bluesky:@bob" not in found.output
    assert "several platforms" not in found.output


@pytest.mark.parametrize(
    "words",
    [
        ("rank", "--seed"), ("rank", "--top"), ("rank", "--resamples"),
        ("find", "a", "--top"), ("explain", "a", "--seed"), ("rising", "--top"),
        ("communities", "--seed"), ("compare", "--at", "2025-01-01", "--seed"),
        ("prospects", "--budget"), ("report", "-o", "r.html", "--seed"),
        ("export", "xlsx", "-o", "e.xlsx", "--budget"),
        ("figure", "ranking", "-o", "f.png", "--seed"), ("backtest", "--top"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_numbers_past_64_bits_are_one_clear_line(words, world, hcpgraph):
    """Counts, draws and seeds have an upper end, which the line says."""
    command, *more = words

    found = hcpgraph(command, world.path, *more, "9" * 20)

    assert found.exit_code == 2
    assert "is not in the range" in found.output


def test_the_library_refuses_numbers_past_64_bits(world):
    """As the command line does."""
    for asked in (world.rank, world.communities, world.rising, world.backtest):
        with pytest.raises(ValueError, match="seed must be at most"):
            asked(seed=10**20)
    with pytest.raises(ValueError, match="most must be at most"):
        world.find("a", most=10**20)


def test_areas_that_a_file_names_after_them_do_not_leave(world, hcpgraph):
    """Other areas of the same file do; of those that name somebody, none is known."""
    shutil.copyfile(world.path, hcpgraph.folder / "s.duckdb")
    study = Study(hcpgraph.folder / "s.duckdb")
    said = [f"Dr {HIDDEN[5].name}", f"team {HIDDEN[6].last}", HIDDEN[7].handle]
    rows = [f"{900 + i},{901 + i},mention,{a}\n" for i, a in enumerate([*said, "rare"])]
    ties = hcpgraph.write("areas.csv", "source,target,kind,area\n" + "".join(rows))
    study.add(ties)

    for words in (["areas"], ["areas", "--all"], ["info"], ["rank", "--area", "all"],
                  ["rank", "--area", "xx"], ["backtest", "--area", "all"]):  # fmt: skip
        assert not named_in(hcpgraph(words[0], study.path, *words[1:]).output.encode())
    assert "rare" in study.areas()["slug"]
    assert study.summary()["areas"].count("rare") == 1
