"""Who may be listed: decided by data, counted, never betrayed."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcpgraph.model.names import HCP_ROLES, NOT_PEOPLE, ROLES
from hcpgraph.policy import load, release

shared_fixtures = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@shared_fixtures
@given(
    rows=st.lists(st.tuples(st.sampled_from(ROLES), st.booleans()), max_size=30),
    audience=st.sampled_from(["auto", "hcp", "all"]),
)
def test_nobody_hidden_and_nothing_but_people_is_released(
    rows, audience, make_accounts
):
    """Whatever the audience, hidden accounts and organisations stay out."""
    roles = [role for role, _ in rows]
    hidden = [i for i, (_, hide) in enumerate(rows) if hide]

    found = release(make_accounts(roles, hidden), audience=audience)

    shown = [i for i in range(len(rows)) if found.mask[i]]
    assert not set(shown) & set(hidden)
    assert not {roles[i] for i in shown} & NOT_PEOPLE
    if found.audience == "hcp":
        assert {roles[i] for i in shown} <= HCP_ROLES
    assert sum(found.held.values()) + len(shown) == len(rows)


def test_hidden_accounts_share_one_reason(make_accounts):
    """No count tells a hidden clinician from a hidden bot or anyone else."""
    accounts = make_accounts(["clinician", "bot", "unknown", "nurse"], hidden=[0, 1, 2])

    found = release(accounts, audience="hcp")

    assert found.held == {"not listable": 3}
    assert found.mask.tolist() == [False, False, False, True]


def test_reasons_are_counted_apart(make_accounts):
    """Each account that is held back counts once, under the strictest reason."""
    accounts = make_accounts(["clinician", "company", "media", "unknown", "unknown"])

    found = release(accounts, audience="hcp")

    assert found.held == {
        "company": 1,
        "media": 1,
        "not known as a health professional": 2,
    }


@pytest.mark.parametrize(
    ("roles", "audience"),
    [(["unknown", "unknown"], "all"), (["unknown", "nurse"], "hcp"), ([], "all")],
)
def test_auto_is_resolved_and_said(roles, audience, make_accounts):
    """Professionals once any role is known, everyone before; never "auto"."""
    assert release(make_accounts(roles)).audience == audience


def test_an_unknown_audience_is_refused(make_accounts):
    """A misspelt audience names the closest one."""
    with pytest.raises(ValueError, match="did you mean 'hcp'"):
        release(make_accounts(["nurse"]), audience="hpc")


def test_what_is_released_stays(make_accounts):
    """Nobody can add a name after the decision."""
    found = release(make_accounts(["bot"]), audience="all")

    with pytest.raises(ValueError, match="read-only"):
        found.mask[0] = True
    with pytest.raises(TypeError):
        found.held["bot"] = 0
    with pytest.raises(FrozenInstanceError):
        found.mask = np.ones(1, bool)


def test_another_policy_may_be_stricter(tmp_path, make_accounts):
    """A user's own rules apply as they stand in the file."""
    path = tmp_path / "own.toml"
    path.write_text(
        '[people]\nnot_listable = "withheld"\n'
        '[people.leave_out]\nresearcher = "research"\n[audience.all]\n'
    )
    accounts = make_accounts(["researcher", "bot", "nurse"], hidden=[2])

    found = release(accounts, audience="all", policy=load(path))

    assert found.held == {"withheld": 1, "research": 1}
    assert found.mask.tolist() == [False, True, False]
