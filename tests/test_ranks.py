"""Equal scores have equal ranks wherever a rank is given, and one module makes them."""

from __future__ import annotations

import ast
import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest
from scipy.stats import rankdata, spearmanr

import hcpgraph as hg
from hcpgraph.exports.tables import to_csv
from hcpgraph.measures import MEASURES
from hcpgraph.model.files import ImportOptions

PACKAGE = Path(hg.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
DOCTORS = Path(__file__).parents[1] / "../shared/data/ckm_physicians"
HOME = PACKAGE / "model" / "ranks.py"
# what numbers rows one after the other, whatever their scores are
NUMBERING = ("range(", "arange(", "enumerate(", "argsort(", "lexsort(", "+ 1", "1 +")
RANKS = {"rank", "ranks", "current_rank", "by_score", "rank_before", "rank_after"}

GRAPHS = {
    "cycle": [(i, (i + 1) % 7) for i in range(7)],
    "star": [(i, 0) for i in range(1, 9)],
    "everyone to everyone": [(i, j) for i in range(5) for j in range(5) if i != j],
    "two stars and a pair": [(1, 0), (2, 0), (4, 3), (5, 3), (7, 6)],
    "one person": [(0, 0)],
}


def named(node):
    """What a node of the syntax tree names a rank by, and the value."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))], value=value):
            yield name, value
        case ast.keyword(arg=str(name), value=value):
            yield name, value
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant):
                    yield key.value, value


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p != HOME], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_ranks_are_made_in_one_place(path):
    """A rank that counts rows would tell apart people whose scores do not."""
    found = [
        f"{name} = {ast.unparse(value)}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name, value in named(node)
        if name in RANKS and any(sign in ast.unparse(value) for sign in NUMBERING)
    ]

    # numbers of communities are no ranks of people: no two share one
    allowed = {"rank = np.arange(len(size), dtype=np.int32)"}
    assert set(found) <= allowed


def test_a_numbering_would_be_found():
    """The net holds what it replaced."""
    tree = ast.parse('Table({"rank": list(range(1, n + 1)), "id": ids})')
    found = [name for node in ast.walk(tree) for name, _ in named(node)]

    assert found == ["rank", "id"]
    tree = ast.parse("rank[order] = np.arange(1, n + 1)")
    assert [name for node in ast.walk(tree) for name, _ in named(node)] == ["rank"]


@pytest.fixture(scope="module", params=GRAPHS)
def study(request, tmp_path_factory):
    """A study of nominations alone."""
    folder = tmp_path_factory.mktemp("equal")
    rows = "\n".join(f"p{one},p{other}" for one, other in GRAPHS[request.param])
    (folder / "ties.csv").write_text(f"source,target\n{rows}\n", encoding="utf-8")
    made = hg.Study(folder / "s.duckdb")
    report = made.add(folder / "ties.csv", options=ImportOptions(layer="nomination"))
    assert not report[0].error
    return made


@pytest.mark.parametrize("by", ["score", *MEASURES])
def test_a_list_has_the_ranks_of_its_scores(study, by):
    """Of all that is equal in a network nobody is first by order of import."""
    table = study.rank(by=by, top=100).table
    rows = list(csv.DictReader(io.StringIO(to_csv(table).decode())))
    score = [float(row["score"]) for row in rows]
    expected = rankdata([-one for one in score], method="min") if score else []

    assert [int(row["rank"]) for row in rows] == list(expected)
    assert score == [float(cell) for cell in table["score"]]
    assert all(one >= other for one, other in pairwise(score))


def test_equals_share_intervals_and_tiers(study):
    """What is said of one of two people with the same ties is said of the other."""
    table = study.rank(top=100).table
    said = ("rank_low", "rank_high", "p_top10", "tier")
    of_rank = {}
    for row in table.rows():
        cells = dict(zip(table.names, row, strict=True))
        assert cells["rank_low"] <= cells["rank"] <= cells["rank_high"]
        of_rank.setdefault(cells["rank"], set()).add(tuple(cells[n] for n in said))

    assert all(len(found) == 1 for found in of_rank.values())


@pytest.mark.skipif(not DOCTORS.exists(), reason="the physicians are not here")
@pytest.mark.parametrize(
    ("by", "sharing", "distinct", "by_ranks", "by_rows"),
    [
        ("score", 109, 10, 0.664, 0.673),
        ("in_degree", 109, 10, 0.664, 0.673),
        ("pagerank", 38, 79, 0.596, 0.597),
        ("core_number", 110, 3, 0.255, 0.503),
    ],
)
def test_most_of_the_physicians_share_their_rank(
    tmp_path, by, sharing, distinct, by_ranks, by_rows
):
    """The figures of docs/methods.md; equals agree with advice at random."""
    study = hg.Study(tmp_path / "s.duckdb")
    study.add(
        DOCTORS / "discussion_friendship.csv",
        options=ImportOptions(layer="nomination"),
    )
    with (DOCTORS / "advice_truth.csv").open(encoding="utf-8") as lines:
        advice = {row["id"]: float(row["truth"]) for row in csv.DictReader(lines)}
    table = study.rank(by=by, top=500, resamples=0).table
    rank = list(table["rank"])
    asked = [-advice[person] for person in table["id"]]

    assert len(rank) == 110
    assert sum(rank.count(one) > 1 for one in rank) == sharing
    assert len(set(rank)) == distinct
    assert spearmanr(rank, asked)[0] == pytest.approx(by_ranks, abs=0.002)
    assert spearmanr(range(110), asked)[0] == pytest.approx(by_rows, abs=0.002)


def test_everywhere_a_person_has_the_rank_of_the_list(study):
    """The explanation, the nodes of a network and a shorter list agree."""
    table = study.rank(top=100).table
    rank = dict(zip(table["id"], table["rank"], strict=True))
    nodes = study.export("nodes", None, kind="csv").content.decode()
    in_network = {r["id"]: r["rank"] for r in csv.DictReader(io.StringIO(nodes))}
    short = study.rank(top=2).table

    assert in_network == {person: str(place) for person, place in rank.items()}
    assert all(study.explain(person).rank == place for person, place in rank.items())
    for name in ("id", "rank", "rank_low", "rank_high", "tier", "p_top10"):
        assert list(short[name]) == list(table[name][:2])


def test_the_first_are_as_many_as_asked_for_and_equals_cut_off_are_told(study):
    """A list ends where it was to end, and says that it could as well have not."""
    whole = study.rank(top=100).table
    for top in range(1, len(whole) + 1):
        short = study.rank(top=top, resamples=0)
        equal = whole["rank"].count(short.table["rank"][-1])
        cut = equal - short.table["rank"].count(short.table["rank"][-1])
        told = [
            note.data["cut"]
            for note in short.notes
            if getattr(note, "kind", "") == "equals cut"
        ]

        assert len(short) == top
        assert told == ([cut] if cut else [])
        by_measure = study.rank(top=top, by="in_degree")
        assert len(by_measure) == top
