"""Nothing is done twice: one opening, one read an area, one search a graph and seed."""

from __future__ import annotations

from collections import Counter
from importlib import import_module

import pytest
from click.testing import CliRunner

from hcpgraph.cli import main
from hcpgraph.model.names import FIGURES
from hcpgraph.store import Store
from hcpgraph.study import Study

leiden = import_module("hcpgraph.communities.leiden")  # the package has the function
history = import_module("hcpgraph.prospects.response.history")
vouching = import_module("hcpgraph.ranking.record.vouching")


@pytest.fixture
def counted(monkeypatch):
    """What is opened, read and searched, and how often."""
    count = Counter()
    plain, read, stream = Store.open.__func__, Store.read_ties, Store.stream_ties
    search = leiden._best_of_starts

    def open_store(cls, path, **how):
        count["opened"] += 1
        return plain(cls, path, **how)

    def read_ties(self, scope):
        for area in scope.areas or [None]:
            count["ties", area, scope.since, scope.until] += 1
        return read(self, scope)

    def stream_ties(self, scope, weights):
        count["ties", None, scope.since, scope.until] += 1
        return stream(self, scope, weights)

    def best_of_starts(graph, resolution, seed):
        weight = None if graph.weight is None else graph.weight.tobytes()
        same = graph.indptr.tobytes(), graph.indices.tobytes(), weight
        count["searched", *same, resolution, seed] += 1
        return search(graph, resolution, seed)

    def snapshot(ties, layers, among, at):
        count["snapshot", at] += 1
        return look_back(ties, layers, among, at)

    def find(ties):
        count["vouched", ties.digest()] += 1
        return vouch(ties)

    vouch = vouching._find
    monkeypatch.setattr(vouching, "_find", find)
    look_back = history.snapshot
    monkeypatch.setattr(history, "snapshot", snapshot)
    monkeypatch.setattr(Store, "open", classmethod(open_store))
    monkeypatch.setattr(Store, "read_ties", read_ties)
    monkeypatch.setattr(Store, "stream_ties", stream_ties)
    monkeypatch.setattr(leiden, "_best_of_starts", best_of_starts)
    return count


JOBS = {
    "report": lambda study, known: study.report(known=known, top=3, budget=3),
    "workbook": lambda study, known: study.export("xlsx", None, known=known, budget=3),
    "workbook of an area": lambda study, known: study.export(
        "xlsx", None, area="asthma", known=known, budget=3
    ),
    "network": lambda study, _: study.export("gexf", None),
    "evidence": lambda study, _: study.export("evidence", None),
    "plan": lambda study, known: study.figure("network", known=known, budget=3),
    "list with intervals": lambda study, _: study.rank(resamples=10),
    "explanation": lambda study, known: study.explain(known[0], resamples=0),
    **{
        f"figure of {kind}": lambda study, _, kind=kind: study.figure(kind)
        for kind in FIGURES
        # the tiny study has too little history, and ties of one family
        if kind not in {"backtest", "families"}
    },
}


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_nothing_is_done_twice(tiny, counted, job):
    """However many parts of a page ask for it."""
    if job is JOBS["workbook"] or job is JOBS["workbook of an area"]:
        pytest.importorskip("openpyxl", reason="needs hcpgraph[excel]")
    study = Study(tiny.study.path)
    known = list(tiny.study.rank(resamples=0, top=2).table["id"])
    counted.clear()

    job(study, known)

    assert counted["opened"] == 1
    assert any(key[0] == "ties" for key in counted)
    assert [key for key, times in counted.items() if times > 1] == []


def test_areas_share_what_likely_responses_are_learned_from(full, counted):
    """Candidates differ from area to area; the past and the known do not."""
    study = Study(full.study.path)
    known = list(full.study.rank(resamples=0, top=5).table["id"])
    counted.clear()

    study.report(known=known, top=3, budget=3)

    looks = {key[1]: n for key, n in counted.items() if key[0] == "snapshot"}
    end = max(looks)
    assert len(looks) == 4
    # the end is looked at once for who is known best, and once to predict from
    assert [n for at, n in looks.items() if at != end] == [1, 1, 1]
    assert looks[end] == 2


def test_a_second_call_reads_and_searches_nothing(tiny, counted):
    """What a study found is kept while its file stays as it is."""
    study = Study(tiny.study.path)
    study.rank(resamples=0)
    study.communities()
    counted.clear()

    study.rank(resamples=0)
    study.communities()

    assert counted == {"opened": 2}


@pytest.mark.parametrize(
    "words",
    [
        ("report", "-o", "r.html"),
        ("figure", "ranking", "-o", "f.svg"),
        ("export", "gexf", "-o", "n.gexf"),
    ],
    ids=lambda words: words[0],
)
def test_a_command_opens_the_study_once(tiny, counted, tmp_path, words):
    """From the lists of people to the file and its provenance."""
    command, *rest, name = words

    result = CliRunner().invoke(
        main, [command, str(tiny.study.path), *rest, str(tmp_path / name)]
    )

    assert result.exit_code == 0, result.output
    assert counted["opened"] == 1
