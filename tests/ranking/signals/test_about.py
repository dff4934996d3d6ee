"""Signals explain themselves."""

from __future__ import annotations

from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.ranking import COSTLY, FAMILY, SIGNALS


def test_every_signal_is_explained():
    """Each says what it means, in what unit and from what, and has its own name."""
    assert all(s.meaning and s.unit and s.source for s in SIGNALS)
    assert len({s.name for s in SIGNALS}) == len(SIGNALS)
    assert not {s.name for s in SIGNALS} & set(CONTRIBUTIONS)


def test_every_contribution_has_signals():
    """Each part of the score is read from something, and nothing is left over."""
    assert set(FAMILY.values()) == set(CONTRIBUTIONS)
    assert set(FAMILY) >= COSTLY
