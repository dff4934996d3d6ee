"""A study for other tools: the shape whole, the names released, the origin told."""

from __future__ import annotations

import csv
import io
import json

import networkx as nx
import pytest

from hcpgraph.errors import OutputError, UnknownArea
from hcpgraph.layout import place
from hcpgraph.model.query import Query
from hcpgraph.model.ties import NO_POST
from hcpgraph.study import Study
from hcpgraph.study.questions import evidence, network


@pytest.fixture(scope="module")
def area(tiny):
    return tiny.areas[0]


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def exported(planted, folder, target, name, **asked):
    result = planted.study.export(target, folder / name, **asked)
    assert result.path == folder / name
    return result


def test_a_network_has_every_account_and_every_tie(tiny, tmp_path):
    """What may not be named keeps its place, so that the shape is that of the study."""
    graph = tiny.study.graph()

    exported(tiny, tmp_path, "gexf", "all.gexf")
    found = nx.read_gexf(tmp_path / "all.gexf")

    assert (len(found), found.size()) == (graph.n_nodes, graph.n_edges)
    assert found.size(weight="weight") == pytest.approx(float(graph.weight.sum()))
    degrees = sorted(degree for _, degree in graph.to_networkx().in_degree())
    assert sorted(degree for _, degree in found.in_degree()) == degrees


@pytest.mark.parametrize("target", ["gexf", "graphml", "graphology", "nodes", "ties"])
def test_nobody_is_named_whom_the_policy_holds_back(tiny, tmp_path, target):
    """Neither by id nor by handle nor by name, wherever in the file."""
    kinds = {"graphology": "json", "nodes": "csv", "ties": "csv"}
    path = tmp_path / f"x.{kinds.get(target, target)}"
    listed = set(tiny.study.rank(top=1000, resamples=0).table["id"])
    held = [row for row in tiny.truth.values() if row["id"] not in listed]
    assert held

    exported(tiny, tmp_path, target, path.name)

    text = path.read_text(encoding="utf-8")
    for row in held:
        assert row["id"] not in text
        assert f">@{row['handle']}<" not in text
        assert f'"@{row["handle"]}"' not in text


def test_nodes_and_ties_join(tiny, area, tmp_path):
    """Ends of ties are ids of nodes, each once; nobody else has an id."""
    exported(tiny, tmp_path, "nodes", "nodes.csv", area=area)
    exported(tiny, tmp_path, "ties", "ties.csv", area=area)

    nodes, ties = rows_of(tmp_path / "nodes.csv"), rows_of(tmp_path / "ties.csv")
    ids = {row["id"] for row in nodes}
    assert len(ids) == len(nodes)
    assert {row[end] for row in ties for end in ("source", "target")} <= ids
    pairs = [(row["source"], row["target"]) for row in ties]
    assert len(set(pairs)) == len(pairs)


def test_ranks_and_communities_are_those_of_the_lists(tiny, area, tmp_path):
    """A person is not third here and fourth there."""
    exported(tiny, tmp_path, "nodes", "nodes.csv", area=area)
    ranking = tiny.study.rank(area, top=1000, resamples=0).table
    groups = tiny.study.communities(area).table

    found = {row["id"]: row for row in rows_of(tmp_path / "nodes.csv")}
    for account, rank, score in zip(
        ranking["id"], ranking["rank"], ranking["score"], strict=True
    ):
        assert found[account]["rank"] == str(rank)
        assert float(found[account]["score"]) == pytest.approx(score, rel=1e-5)
    for account, group in zip(groups["id"], groups["community"], strict=True):
        assert found[account]["community"] == str(group)
    named = {account for account, row in found.items() if row["named"] == "True"}
    assert named == set(ranking["id"])


def test_running_numbers_follow_attention_not_ids(tiny, tmp_path):
    """The order of those not named tells nothing that the network does not."""
    exported(tiny, tmp_path, "nodes", "nodes.csv")

    hidden = [r for r in rows_of(tmp_path / "nodes.csv") if r["named"] == "False"]
    assert [row["id"] for row in hidden] == [
        f"node-{number}" for number in range(1, len(hidden) + 1)
    ]
    seen = [(-float(r["attention"]), float(r["x"]), float(r["y"])) for r in hidden]
    assert seen == sorted(seen)
    assert len({row["attention"] for row in hidden}) < len(hidden)
    assert not any(row[name] for row in hidden for name in ("rank", "role", "country"))


@pytest.fixture
def study_of(tmp_path):
    """Make a study of one plain file."""

    def made(content):
        (tmp_path / "ties.csv").write_text(content)
        study = Study(tmp_path / "own.duckdb")
        assert study.add(tmp_path / "ties.csv")[0].imported
        return study

    return made


def test_running_numbers_are_no_ids_of_the_study(study_of, tmp_path):
    """A plain file may call an account node-1 itself."""
    study = study_of("follower,followed\nnode-1,b\nb,c\n")
    study.correct("c", hidden=True)

    study.export("nodes", tmp_path / "nodes.csv")

    ids = [row["id"] for row in rows_of(tmp_path / "nodes.csv")]
    assert ids == ["b", "node-1", "_node-1"]


def test_days_are_told_only_between_the_named(tiny, tmp_path):
    """With posts at hand a day would tell who the other is."""
    exported(tiny, tmp_path, "ties", "ties.csv")

    rows = rows_of(tmp_path / "ties.csv")
    hidden = [r for r in rows if "node-" in r["source"] + r["target"]]
    assert hidden
    assert not any(row["first"] or row["last"] for row in hidden)
    told = [row for row in rows if row["first"]]
    assert told
    assert all(row["first"] <= row["last"] for row in told)


def test_layers_add_up_to_the_weight(tiny, tmp_path):
    """Where every tie weighs 1, how often is how much."""
    exported(tiny, tmp_path, "ties", "ties.csv")

    for row in rows_of(tmp_path / "ties.csv"):
        counts = {name: int(row[name]) for name in ("follow", "mention", "reply")}
        others = sum(int(row.get(name, 0)) for name in ("repost", "quote"))
        assert float(row["weight"]) == sum(counts.values()) + others
        assert all(bool(n) == (layer in row["layers"]) for layer, n in counts.items())


@pytest.mark.parametrize(
    ("target", "name"),
    [("gexf", "x.gexf"), ("graphml", "x.graphml"), ("evidence", "x.parquet")],
)
def test_the_same_study_gives_the_same_bytes(tiny, area, tmp_path, target, name):
    """Whatever the clock, and whatever was asked before."""
    first = exported(tiny, tmp_path, target, name, area=area).path.read_bytes()

    assert exported(tiny, tmp_path, target, name, area=area).path.read_bytes() == first


def test_the_origin_lies_beside(tiny, area, tmp_path):
    """Inputs with digests, what was asked, versions."""
    result = exported(tiny, tmp_path, "gexf", "x.gexf", area=area, seed=3)

    origin = json.loads(result.provenance.read_text())
    assert origin["parameters"]["command"] == "export gexf"
    assert (origin["parameters"]["area"], origin["parameters"]["seed"]) == (area, 3)
    assert origin["inputs"]


@pytest.mark.parametrize("name", ["x.gexf", "x.graphml", "x.json"])
def test_a_file_says_what_it_was_made_of_and_not_where_that_lay(tiny, tmp_path, name):
    """Folders tell of whoever keeps the study; the provenance beside has them."""
    target = "graphology" if name == "x.json" else name.removeprefix("x.")

    exported(tiny, tmp_path, target, name)

    text = (tmp_path / name).read_text(encoding="utf-8")
    beside = (tmp_path / f"{name}.provenance.json").read_text(encoding="utf-8")
    assert tiny.files[0].name in text
    assert str(tiny.folder) not in text
    assert str(tiny.folder) in beside


def test_a_note_says_how_many_are_not_named(tiny, tmp_path):
    """And under what they stand."""
    result = exported(tiny, tmp_path, "nodes", "nodes.csv")

    rows = rows_of(tmp_path / "nodes.csv")
    hidden = sum(row["named"] == "False" for row in rows)
    assert result.notes[-1].startswith(
        f"{hidden} of {len(rows)} accounts are not named"
    )
    assert f"node-1 to node-{hidden}" in result.notes[-1]


def test_evidence_names_the_posts_behind_ties(tiny, area, tmp_path):
    """Each a post of the exports, by the source, at its time; never what it says."""
    exported(tiny, tmp_path, "evidence", "x.csv", area=area)

    rows = rows_of(tmp_path / "x.csv")
    assert rows
    assert tuple(rows[0]) == evidence.COLUMNS
    for row in rows:
        post = tiny.posts[row["post"]]
        assert post["author_id"] == row["source"]
        assert post["created_at"][:19] == row["at"][:19]
        assert row["link"] == f"https://x.com/i/web/status/{row['post']}"
        assert row["area"] == area
    text = (tmp_path / "x.csv").read_text()
    assert not any(row["text"] in text for row in tiny.posts.values())


def test_evidence_is_of_people_who_may_be_listed(tiny, tmp_path):
    """At both ends."""
    listed = set(tiny.study.rank(top=1000, resamples=0).table["id"])

    exported(tiny, tmp_path, "evidence", "x.csv")

    rows = rows_of(tmp_path / "x.csv")
    assert {row[end] for row in rows for end in ("source", "target")} <= listed


def test_evidence_of_all_areas_has_a_row_for_each(tiny, tmp_path):
    """The whole study names the areas of a tie in one row, all in one row each."""
    exported(tiny, tmp_path, "evidence", "one.csv")
    exported(tiny, tmp_path, "evidence", "each.csv", area="all")

    joined = {
        (row["source"], row["target"], row["layer"], row["post"], area)
        for row in rows_of(tmp_path / "one.csv")
        for area in row["area"].split("|")
        if area
    }
    each = rows_of(tmp_path / "each.csv")
    assert len(each) == len(joined)
    assert joined == {
        (row["source"], row["target"], row["layer"], row["post"], row["area"])
        for row in each
    }


def test_a_follow_in_two_areas_is_counted_once(tiny):
    """What no post made is as much for all areas as the areas have between them."""
    with tiny.study.opened() as opened:
        _, notes = evidence.answer(opened, Query(area="all"))
        by_area = opened.ties(Query(area="all"))

    found = []
    for _, ties in by_area:
        made = ties.where(ties.post == NO_POST)
        columns = (made.source, made.target, made.layer, made.at)
        found.append(set(zip(*(column.tolist() for column in columns), strict=True)))
    count = len(set().union(*found))
    assert count < sum(map(len, found))
    assert f"{count} ties, such as follows, were made by no post" in notes


def test_a_workbook_has_the_lists(tiny, area, tmp_path):
    """Leaders, communities, prospects if people are known, areas, and the origin."""
    openpyxl = pytest.importorskip("openpyxl", reason="needs hcpgraph[excel]")
    known = tiny.folder / "known.csv"

    exported(tiny, tmp_path, "xlsx", "x.xlsx", area=area, known=known, budget=2)
    exported(tiny, tmp_path, "xlsx", "y.xlsx", area=area)

    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    plain = openpyxl.load_workbook(tmp_path / "y.xlsx")
    names = ["Leaders", "Communities", "Prospects", "Areas", "About"]
    assert book.sheetnames == names
    assert plain.sheetnames == [name for name in names if name != "Prospects"]
    ids = [cell.value for cell in book["Leaders"]["B"][1:]]
    assert ids == list(tiny.study.rank(area, top=50, resamples=0).table["id"])
    about = list(book["About"].iter_rows(min_row=2, values_only=True))
    assert ("note", "audience: hcp") in about
    assert ("leaders: area", area) in about


REFUSED = {
    "no such target": ("gexv", "x.gexf", {}, "did you mean 'gexf'"),
    "another end": ("gexf", "x.csv", {}, r"ends in \.gexf"),
    "every area in one network": ("nodes", "x.csv", {"area": "all"}, "name one"),
    "every area in one workbook": ("xlsx", "x.xlsx", {"area": "all"}, "name one"),
}


@pytest.mark.parametrize(
    ("target", "name", "asked", "answer"), REFUSED.values(), ids=REFUSED
)
def test_what_cannot_be_written_is_said(tiny, tmp_path, target, name, asked, answer):
    """In one line, and nothing is written."""
    with pytest.raises(ValueError, match=answer):
        tiny.study.export(target, tmp_path / name, **asked)

    assert not list(tmp_path.iterdir())


def test_an_unknown_area_is_said(tiny, tmp_path):
    """As everywhere."""
    with pytest.raises(UnknownArea):
        tiny.study.export("gexf", tmp_path / "x.gexf", area="nowhere")


def test_the_study_is_not_overwritten(own):
    """A study may be called anything."""
    path = own.study.path.rename(own.study.path.with_suffix(".gexf"))
    own.study.path = path

    with pytest.raises(OutputError, match="the study itself"):
        own.study.export("gexf", path)


def test_an_empty_period_is_explained(tiny, tmp_path):
    """The file is there, holds nobody, and the note says why."""
    result = exported(
        tiny, tmp_path, "evidence", "x.csv", since="1999-01-01", until="1999-02-01"
    )

    assert rows_of(tmp_path / "x.csv") == []
    assert "the evidence is empty: " in result.notes[-1]
    assert "in this period" in result.notes[-1]


def test_places_are_those_of_figures(tiny, area):
    """A map in Gephi is the map of the figure."""
    graph, partition = tiny.study.graph_with_communities(area)
    expected = place(graph, partition=partition)

    with tiny.study.opened() as opened:
        drawing = network.draw(opened, Query(area=area))
        printed = opened.store.read_ids(drawing.graph.ids)

    at = dict(zip(printed, (drawing.xy / 20).tolist(), strict=True))
    assert [at[name] for name in graph.ids.tolist()] == [
        pytest.approx(one) for one in expected.xy.tolist()
    ]
