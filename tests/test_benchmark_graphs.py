"""The graphs and exports that benchmarks measure on are what they say they are."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hcpgraph import Study
from tests.benchmarks import areas, real, rmat
from tests.benchmarks.graphs import planted

QUARTERS = np.array([[0.57, 0.19], [0.19, 0.05]])


@pytest.fixture
def small_parts(monkeypatch):
    """Parts of four blocks of 1,000 rows."""
    monkeypatch.setattr(rmat, "BLOCK", 1_000)
    monkeypatch.setattr(rmat, "ROWS_A_PART", 4_000)


def ends(nodes: int, ties: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """All follows of one R-MAT in memory."""
    table = pa.concat_tables(rmat.blocks(nodes, ties, seed=seed))
    return table["source"].to_numpy(), table["target"].to_numpy()


def test_an_rmat_is_written_in_parts_of_exactly_so_many_rows(small_parts, tmp_path):
    """The rows asked for, in full parts and a rest, nothing unfinished left over."""
    paths = rmat.write(tmp_path, 5_000, 9_500)

    assert paths == sorted(tmp_path.iterdir())
    assert [pq.read_metadata(path).num_rows for path in paths] == [4_000, 4_000, 1_500]
    schema = pq.read_schema(paths[0])
    assert [(field.name, field.type) for field in schema] == [
        ("source", pa.int64()),
        ("target", pa.int64()),
    ]


def test_an_rmat_is_streamed(small_parts):
    """No more is drawn than is asked for: memory does not grow with the graph."""
    stream = rmat.blocks(5_000, 10**15)

    assert len(next(stream)) == 1_000


def test_an_rmat_is_the_same_whatever_the_threads(small_parts, tmp_path, monkeypatch):
    """Equal arguments give equal bytes, another seed gives another graph."""
    written = []
    for threads, seed in (("1", 1), ("2", 1), ("2", 2)):
        monkeypatch.setenv("HCPGRAPH_THREADS", threads)
        paths = rmat.write(tmp_path / f"{threads}-{seed}", 5_000, 5_500, seed=seed)
        written.append([path.read_bytes() for path in paths])

    assert written[0] == written[1]
    assert written[0] != written[2]


def test_nobody_in_an_rmat_follows_themselves():
    """Also where few accounts make that likely."""
    source, target = ends(3, 10_000)

    assert not (source == target).any()
    assert set(source) | set(target) == {1, 2, 4}  # ids one or two apart


def test_an_rmat_is_skewed_and_its_ids_tell_nothing_of_it():
    """Few are followed by many, and the order of ids does not say who."""
    source, target = ends(50_000, 1_000_000)

    followers = np.bincount(target, minlength=75_001)
    hubs = np.sort(followers)[::-1]
    assert hubs[:500].sum() > 0.15 * hubs.sum()
    assert hubs[0] > 100 * hubs.mean()
    halves = [half.sum() / len(target) for half in np.array_split(followers, 10)]
    assert 0.05 < min(halves) < max(halves) < 0.2
    occurring = len(np.union1d(source, target))
    assert 0.6 * 50_000 < occurring <= 50_000


@pytest.mark.parametrize("nodes", [0, 1, 2**30 + 1])
def test_an_rmat_of_an_impossible_size_is_refused(nodes):
    """The number that cannot be is named."""
    with pytest.raises(ValueError, match=f"got {nodes:,}"):
        next(rmat.blocks(nodes, 10))


def test_four_cuts_at_once_are_as_probable_as_four_cuts():
    """The alias table holds the probabilities of Graph500, to seven digits."""
    matrix = rmat.matrix_of(1_000)
    own = matrix.share / 2**24
    found = own + np.bincount(matrix.other, 1 - own, minlength=256)

    chance = QUARTERS
    for _ in range(3):
        chance = np.kron(chance, QUARTERS)  # rows and columns, high bits first

    assert np.allclose(found.reshape(16, 16) / 256, chance, atol=1e-7)


def test_rows_of_the_matrix_are_scrambled_without_a_loss():
    """As many accounts as rows would be a permutation of them."""
    bits = 12
    found = [rmat._account(row, 1 << bits, bits) for row in range(1 << bits)]

    assert sorted(found) == list(range(1 << bits))
    assert found[0] != 0


def test_planted_follows_are_distinct_and_always_the_same():
    """Exactly as many as asked for, none twice, no one follows themselves."""
    once, again = planted(20_000), planted(20_000)

    pairs = np.column_stack([once.source, once.target])
    assert len(np.unique(pairs, axis=0)) == 20_000
    assert (once.source != once.target).all()
    assert all(map(np.array_equal, once, again))


def test_a_study_of_22_areas_has_22_areas(tmp_path):
    """Every post is labelled with the one area it names, and follows lie in areas."""
    areas.write(tmp_path / "exports", 2_200)

    study = Study(tmp_path / "study.duckdb")
    reports = study.add(tmp_path / "exports")

    assert [report.error for report in reports] == [None, None]
    found = study.areas()
    assert len(found) == len(areas.NAMES) == 22
    assert sum(found["posts"]) == 2_200
    assert min(found["ties"]) > 0


def test_exports_of_22_areas_are_always_the_same(tmp_path):
    """No clock and no chance in them."""
    for name in ("a", "b"):
        areas.write(tmp_path / name, 100)

    for name in ("posts.jsonl", "follows.csv"):
        once, again = ((tmp_path / k / name).read_bytes() for k in ("a", "b"))
        assert once == again


def test_real_graphs_are_read_where_they_are(tmp_path):
    """Each form becomes distinct ties without loops; what is absent is passed over."""
    data = tmp_path / "data"
    (data / "benchmark_graphs").mkdir(parents=True)
    votes = "# a comment\n30 1412\n30 3352\n30 1412\n7 7\n"
    (data / "benchmark_graphs/wiki-Vote.txt").write_text(votes, encoding="utf-8")
    metis = "3 2 0\n2 3\n1\n1\n"
    (data / "benchmark_graphs/astro-ph.graph").write_text(metis, encoding="utf-8")

    found = real.write(tmp_path, data)

    assert [(name, ties) for name, _, ties in found] == [
        ("wiki-Vote", 2),
        ("astro-ph", 4),
    ]
    rows = Path(found[0][1]).read_text(encoding="utf-8")
    assert rows == "source,target\n30,1412\n30,3352\n"
    with np.load(tmp_path / "astro-ph.npz") as arrays:
        assert arrays["source"].tolist() == [0, 0, 1, 2]
        assert arrays["target"].tolist() == [1, 2, 0, 0]


def test_posts_of_22_areas_name_an_author_for_every_id(tmp_path):
    """Handles and ids belong together throughout."""
    areas.write(tmp_path, 100)

    lines = (tmp_path / "posts.jsonl").read_text(encoding="utf-8").splitlines()
    handles: dict[str, set[str]] = {}
    for post in map(json.loads, lines):
        for person in (post["author"], *post["entities"]["mentions"]):
            handles.setdefault(person["id"], set()).add(person["username"])

    assert all(len(names) == 1 for names in handles.values())
