"""Signals explain themselves."""

from __future__ import annotations

from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.ranking import SIGNALS


def test_every_contribution_is_explained():
    """Each part of the score says what it means, in what unit and from what."""
    assert tuple(signal.name for signal in SIGNALS) == CONTRIBUTIONS
    assert all(s.meaning and s.unit and s.source for s in SIGNALS)
