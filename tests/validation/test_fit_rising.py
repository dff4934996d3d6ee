"""The prior of rising stars is fitted by a script that anyone can run."""

from __future__ import annotations

import tomllib

from hcpgraph.ranking.change.rising import FEATURES
from tests.validation import fit_rising
from tests.validation.test_fit_prior import write_record


def test_the_script_judges_every_record_and_writes_weights(
    tmp_path, monkeypatch, capsys
):
    """Records in, a weight per feature out, with how well they travel in comments."""
    for seed, name in enumerate(("spring", "autumn")):
        write_record(tmp_path, name, seed)
    found = tmp_path / "rising.toml"
    monkeypatch.setattr("sys.argv", ["fit_rising", str(tmp_path), "-o", str(found)])

    fit_rising.main()

    text = found.read_text(encoding="utf-8")
    assert set(tomllib.loads(text)["weights"]) == {"constant", *FEATURES}
    assert "#   AUC, moved by its own past" in text
    assert text == capsys.readouterr().out


def test_shipped_and_new_weights_are_held_against_records_kept_aside(
    tmp_path, monkeypatch, capsys
):
    """Each figure with an interval; records too short for forecasts are left out."""
    for folder, names in (("fitted", ("spring", "autumn")), ("kept", ("may", "june"))):
        (tmp_path / folder).mkdir()
        for seed, name in enumerate(names):
            write_record(tmp_path / folder, name, seed)
    (tmp_path / "kept" / "short.csv").write_text(
        "source,target,kind,timestamp\na,b,mention,1\nb,c,mention,2\n",
        encoding="utf-8",
    )
    words = ["fit_rising", str(tmp_path / "fitted"), "--aside", str(tmp_path / "kept")]
    monkeypatch.setattr("sys.argv", words)

    fit_rising.main()

    printed = capsys.readouterr().out.splitlines()
    for label in ("shipped", "fitted now"):
        lines = [line for line in printed if line.startswith(f"{label}: ")]
        assert lines[0].startswith(f"{label}: 2 records, ")
        assert lines[1].startswith(f"{label}: Brier, base rate less forecasts: ")
        assert any(" entered " in line and " to " in line for line in lines[4:])
