"""A study validated on this study."""

from __future__ import annotations

import random

import pytest

from hcpgraph.errors import ThinHistory, UnknownArea
from hcpgraph.study import Study

ROSTER = "id,handle,name,role\n" + "".join(
    f"p{n},h{n},N {n},{'physician' if n % 3 else 'company'}\n" for n in range(90)
)


@pytest.fixture(scope="module")
def meeting(tmp_path_factory):
    """Ninety accounts, a third of them companies, and 1,500 mentions in a week."""
    folder = tmp_path_factory.mktemp("meeting")
    chance = random.Random(5)
    lines = ["source,target,kind,timestamp"]
    for at in range(1500):
        source, target = chance.randrange(90), int(90 * chance.random() ** 3)
        if source != target:
            lines.append(f"p{source},p{target},mention,{1_735_689_600 + 400 * at}")
    (folder / "ties.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    study = Study(folder / "study.duckdb")
    reports = study.add(folder / "ties.csv", folder / "roster.csv")
    assert all(report.imported for report in reports), reports
    return study


def test_a_backtest_is_a_list_of_methods(meeting):
    """As a table, as a DataFrame and in one line."""
    found = meeting.backtest(points=[0.5, 0.75], top=10)

    assert found.table["method"][0] == "hcpgraph"
    ends = [f"at_{share}{end}" for share in (50, 75) for end in ("", "_low", "_high")]
    assert list(found.to_pandas().columns[-6:]) == ends
    assert found.moments["share"] == [0.5, 0.75]
    assert repr(found) == f"Backtest(whole study, 2 cut-offs, {len(found)} rows)"
    assert found.parameters["points"] == [0.5, 0.75]
    assert found.top == 10


def test_those_are_judged_who_would_be_listed(meeting):
    """Companies are no people; who is held back is said."""
    everyone = meeting.backtest(audience="all", top=10)
    professionals = meeting.backtest(audience="hcp", top=10)

    assert everyone.moments["judged"] == professionals.moments["judged"]
    judged, known = (professionals.moments[name][-1] for name in ("judged", "known"))
    assert (judged, known) == (60, 90)
    assert "not listed: 30 company" in professionals.notes


def test_a_period_ends_the_record(meeting):
    """What comes after *until* neither ranks nor judges."""
    whole, part = (meeting.backtest(top=10, until=u) for u in (None, "2025-01-05"))

    assert max(part.moments["at"]) < "2025-01-05" < max(whole.moments["at"])


def test_moments_after_which_too_little_comes_are_left_out(meeting):
    """Their column is empty, and a note says why."""
    found = meeting.backtest(top=10, points=[0.5, 0.995])

    assert set(found.table["at_99.5"]) == {None}
    assert len(found.moments) == 1
    assert "99.5 %: not evaluated, too few later responses" in found.notes


def test_what_cannot_be_judged_is_refused(meeting):
    """Unknown areas, all at once among the first, and moments out of range."""
    with pytest.raises(UnknownArea):
        meeting.backtest("astma")
    with pytest.raises(ThinHistory, match="no more than the 60 to be scored"):
        meeting.backtest(top=60)
    with pytest.raises(ThinHistory, match="no ties in any area"):
        meeting.backtest("all")
    with pytest.raises(ValueError, match="points must be shares"):
        meeting.backtest(points=[0.9, 0.1])


def test_the_note_under_a_ranking_is_of_those_listed(meeting):
    """A filter that leaves too few to judge leaves no note."""
    with_note = meeting.rank(top=5).notes
    filtered = meeting.rank(top=5, role="nurse").notes

    assert sum("validated on this study" in note for note in with_note) == 1
    assert not any("validated on this study" in note for note in filtered)


def test_beside_every_figure_stands_an_interval(meeting):
    """NDCG, precision, differences and each cut-off; the plain rival is among them."""
    found = meeting.backtest(points=[0.5, 0.75], top=10)

    rows = found.to_pandas().set_index("method")
    for name in ("precision", "difference", "at_50", "at_75"):
        low, high = rows[f"{name}_low"], rows[f"{name}_high"]
        assert (low.dropna() <= high.dropna()).all()
        assert low.isna().tolist() == rows[name].isna().tolist()
    assert "recent responders x log(1+posts)" in rows.index
    kinds = [getattr(note, "kind", "") for note in found.notes]
    assert kinds[-3:] == ["verdict", "rival", "negative control"]
    assert found.notes[-1].endswith(": silent")
