"""Who is a health professional, as far as roles and bios tell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hcpgraph.model.names import ROLES
from hcpgraph.ranking.record.professionals import professionals

NURSE = ROLES.index("nurse")


def of(accounts, roles, described):
    return replace(
        accounts,
        role=np.array(roles, np.int8),
        described=None if described is None else np.array(described),
    )


def test_everyone_described_is_known(make_accounts):
    """With all bios, roles are facts: 1 or 0."""
    known = of(make_accounts(3), [NURSE, 0, NURSE], None)

    found = professionals(known, np.arange(3))

    assert found.probability.tolist() == [1, 0, 1]
    assert not found.estimated


def test_accounts_without_profile_have_the_share_of_the_others(make_accounts):
    """Neither professionals nor none: the share among accounts with a bio."""
    roles = [NURSE] * 10 + [0] * 30 + [0] * 20
    known = of(make_accounts(60), roles, [True] * 40 + [False] * 20)

    found = professionals(known, np.arange(60))

    assert found.probability[:10].tolist() == [1] * 10
    assert found.probability[10:40].tolist() == [0] * 30
    assert found.probability[40:].tolist() == pytest.approx([0.25] * 20)
    assert (found.known, found.estimated) == (40, True)


def test_a_roster_says_nothing_of_others(make_accounts):
    """Where only a roster gives roles, everyone else counts as no professional."""
    known = of(make_accounts(60), [NURSE] * 20 + [0] * 40, [False] * 60)

    found = professionals(known, np.arange(60))

    assert found.probability.sum() == 20
    assert not found.estimated


def test_a_few_strays_change_nothing(make_accounts):
    """Up to a twentieth without a profile is no partial knowledge."""
    known = of(make_accounts(100), [NURSE] * 50 + [0] * 50, [True] * 97 + [False] * 3)

    assert not professionals(known, np.arange(100)).estimated
