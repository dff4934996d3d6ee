"""A tie of an account to itself is none, wherever ties are counted."""

from __future__ import annotations

import pytest

from hcpgraph.model.files import ImportOptions
from hcpgraph.study import Study

ROWS = (
    "93,2021-05-10T06:29:56Z,55,32\n88,2021-05-05T10:13:54Z,32,32\n"
    "88,2021-05-05T10:13:54Z,32,32\n88,2021-05-05T10:13:54Z,32,55\n"
    "88,2021-05-05T10:13:54Z,32,56\n78,2021-05-04T21:34:16Z,23,32\n"
    "73,2021-05-04T11:29:12Z,77,32\n74,2021-05-04T11:29:12Z,99,99\n"
)


@pytest.fixture
def report_and_study(tmp_path):
    """Seven mentions, some of oneself, imported."""
    path = tmp_path / "mentions.csv"
    path.write_text(f"tweet_id,created_at,source,target\n{ROWS}", encoding="utf-8")
    study = Study(tmp_path / "s.duckdb")
    (report,) = study.add(path, options=ImportOptions(layer="mention"))
    return report, study


def test_self_ties_are_left_out_and_told(report_and_study):
    """The ledger adds up, and says how many there were."""
    report, _ = report_and_study

    assert (report.read, report.accepted, report.known, report.rejected) == (8, 5, 3, 0)
    note = "2 self ties are left out: nobody pays attention to themselves"
    assert note in report.notes


def test_self_ties_count_nowhere(report_and_study):
    """What is in the study, its network and its ledger agree; accounts are kept."""
    _, study = report_and_study

    assert study.summary()["ties"] == {"mention": 5}
    assert study.graph().n_edges == 5
    assert study.summary()["accounts"] == 6


def test_two_accounts_that_turn_out_to_be_one_are_no_tie(tmp_path):
    """A handle that ties to an id is that id, once a file says so."""
    ties = tmp_path / "ties.csv"
    ties.write_text("follower,followed\n@ann,7\n8,7\n", encoding="utf-8")
    roster = tmp_path / "roster.csv"
    roster.write_text("id,handle,role\n7,ann,nurse\n", encoding="utf-8")
    study = Study(tmp_path / "s.duckdb")

    study.add(ties, roster)

    assert study.summary()["ties"] == {"follow": 1}


def test_both_ways_leave_self_ties_out(tmp_path, monkeypatch):
    """Many plain numbers are read in another way, and come out the same."""
    path = tmp_path / "ties.csv"
    path.write_text("follower,followed\n1,1\n1,1\n1,2\n3,3\n", encoding="utf-8")
    found = []
    for least in (0, 2**40):
        monkeypatch.setattr("hcpgraph.store.ingest.importing._MANY_BYTES", least)
        study = Study(tmp_path / f"{least}.duckdb")
        (report,) = study.add(path)
        counts = report.read, report.accepted, report.known, report.notes
        found.append((counts, study.summary()["ties"], study.summary()["accounts"]))

    assert found[0] == found[1]
    assert found[0][0][:3] == (4, 1, 3)
