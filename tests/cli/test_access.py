"""Who runs a command reaches the study, whatever the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from hcpgraph.cli import access
from hcpgraph.model.access import Access


@pytest.fixture
def seen(monkeypatch):
    """The access of every study that a command opens."""
    found = []

    def study(path, **said):
        made = original(path, **said)
        found.append(made.access)
        return made

    original = access.library.Study
    monkeypatch.setattr(access.library, "Study", study)
    return found


def test_viewer_user_purpose_and_key_reach_the_study(seen, say):
    """The options stand behind any command."""
    said = ["--as", "medical", "--user", "ann", "--purpose", "medical", "--key", "k"]
    say("areas", *said)
    assert seen == [Access("medical", "ann", "medical", Path("k"))]


def test_nobody_named_is_the_medical_viewer_and_the_user_of_the_environment(
    seen, say, monkeypatch
):
    """Whoever says nothing sees the lists as they always were."""
    monkeypatch.setenv("HCPGRAPH_USER", "bob")
    say("areas")
    assert seen == [Access("medical", "bob", None, None)]
