"""Files: the same bytes for the same figure, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from hcpgraph import figures
from hcpgraph.errors import FigureError

PROGRAM = """
import sys
from pathlib import Path
from hcpgraph import figures
from hcpgraph.graph import Graph
from hcpgraph.model.ranking import Ranking
from hcpgraph.model.table import Table

names = [f"u{i:02d}" for i in range(40)]
graph = Graph.from_edges(names * 3, [names[(i * i) % 40] for i in range(120)])
people = Table({"rank": [1, 2], "id": ["u01", "u04"], "handle": [None, None],
                "name": ["Ana Ruiz", None], "score": [2.0, 1.0],
                "reach": [1.5, 0.25], "authority": [0.5, 0.75]})
ranking = Ranking(people, "asthma", "score")
for kind in ("png", "svg", "pdf"):
    figures.save(figures.network(graph, ranking), f"{sys.argv[1]}/net.{kind}", dpi=60)
    figures.save(figures.ranking(ranking), f"{sys.argv[1]}/list.{kind}", dpi=60)
"""


def digests(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


def test_another_process_writes_the_same_bytes(tmp_path, monkeypatch):
    """PNG, SVG and PDF agree between processes with other hash seeds."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()

    monkeypatch.setattr(sys, "argv", ["program", str(here)])
    exec(compile(PROGRAM, "program", "exec"), {})
    subprocess.run(
        [sys.executable, "-c", PROGRAM, str(there)],
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        check=True,
    )

    assert len(digests(here)) == 6
    assert digests(here) == digests(there)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_saving_again_writes_the_same_bytes(make_graph, make_ranking, tmp_path, kind):
    """One figure saved twice, and one drawn twice, give one and the same file."""
    graph, ranking = make_graph(30, 3, 120), make_ranking(np.arange(30))
    once, again = (figures.network(graph, ranking) for _ in range(2))

    for number, figure in enumerate((once, once, again)):
        figures.save(figure, tmp_path / f"{number}.{kind}", dpi=60)

    assert len(set(digests(tmp_path).values())) == 1


def test_settings_of_the_caller_change_nothing(make_graph, tmp_path):
    """A caller's style sheet neither changes the picture nor is changed by it."""
    graph = make_graph(20, 2, 60)
    figures.save(figures.network(graph), tmp_path / "plain.png", dpi=60)

    with mpl.rc_context({"font.family": "serif", "lines.linewidth": 9.0}):
        figures.save(figures.network(graph), tmp_path / "styled.png", dpi=60)
        assert mpl.rcParams["lines.linewidth"] == 9.0

    assert len(set(digests(tmp_path).values())) == 1


def test_the_suffix_says_the_kind(make_ranking, tmp_path):
    """A suffix in capitals is as good; the bytes are of the kind it names."""
    figure = figures.ranking(make_ranking(np.arange(2)))

    assert figures.save(figure, tmp_path / "a.PDF").read_bytes()[:5] == b"%PDF-"
    assert figures.save(figure, str(tmp_path / "a.svg")).read_bytes()[:5] == b"<?xml"


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.gif", r"\.gif is none of them"), ("a", "the name has no suffix")],
)
def test_other_kinds_are_refused(tmp_path, name, said):
    """A kind that figures do not know is refused with those they do."""
    with pytest.raises(FigureError, match=rf"\.png, \.svg, \.pdf; {said}"):
        figures.save(Figure(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_refused(tmp_path):
    """A folder that is not there is named, in one line."""
    with pytest.raises(FigureError, match="cannot write it: No such file") as refused:
        figures.save(Figure((1, 1)), tmp_path / "gone" / "a.png")
    assert "\n" not in str(refused.value)


def test_a_name_taken_by_a_folder_is_refused_and_leaves_nothing(tmp_path):
    """What cannot be replaced stays, and no draft is left beside it."""
    (tmp_path / "a.png").mkdir()

    with pytest.raises(FigureError, match="cannot write it"):
        figures.save(Figure((1, 1)), tmp_path / "a.png")
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_a_file_is_replaced(tmp_path):
    """An older file of that name gives way, and no draft is left."""
    (tmp_path / "a.png").write_bytes(b"old")

    figures.save(Figure((1, 1)), tmp_path / "a.png")

    assert (tmp_path / "a.png").read_bytes()[1:4] == b"PNG"
    assert len(list(tmp_path.iterdir())) == 1


def test_pyplot_knows_nothing_of_our_figures(make_graph, make_ranking):
    """Drawing leaves no figure behind that a caller would have to close."""
    figures.network(make_graph(5, 1, 9))
    figures.ranking(make_ranking([1, 2]))

    assert plt.get_fignums() == []
