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
