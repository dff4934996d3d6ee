"""The forecasts of responses are judged by a script that anyone can run."""

from __future__ import annotations

from tests.validation import responding
from tests.validation.test_fit_prior import write_record


def test_the_script_judges_every_record(tmp_path, monkeypatch, capsys):
    """Records in, two tables out, with every rival beside what is given."""
    write_record(tmp_path, "spring", 0)
    monkeypatch.setattr("sys.argv", ["responding", str(tmp_path)])

    responding.main()

    text = capsys.readouterr().out
    assert "log loss, learned" in text
    for line in ("AUC CN", "AUC AA", "AUC PPR", "AUC past acts", "persons AUC", "off"):
        assert f"\n{line} " in text
