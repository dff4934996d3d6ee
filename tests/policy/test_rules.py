"""The policy file: complete, or refused."""

from __future__ import annotations

import re

import pytest

from hcpgraph.model.names import AUDIENCES, HCP_ROLES, NOT_PEOPLE
from hcpgraph.policy import load

WHOLE = """
[people]
not_listable = "not listable"
[people.leave_out]
bot = "bot"
[audience.hcp]
roles = ["nurse"]
reason = "no professional"
[words]
least_accounts = 3
titles = ["Dr"]
common = ["health"]
"""


def test_packaged_policy_says_what_the_toolkit_promises():
    """Organisations and bots are left out; hcp means the roles of professionals."""
    policy = load()

    assert set(policy.leave_out) == NOT_PEOPLE
    assert policy.audiences["hcp"].roles == HCP_ROLES
    assert policy.audiences["all"].roles is None
    assert set(policy.audiences) == set(AUDIENCES) - {"auto"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[people]", "[people", "is not TOML"),
        ("not_listable", "not_listible", "did you mean 'not_listable'"),
        ('"not listable"', "3", "'not_listable' must be a text"),
        ('bot = "bot"', 'bott = "bot"', "did you mean 'bot'"),
        ('["nurse"]', '["nurs"]', "did you mean 'nurse'"),
        ('["nurse"]', '"nurse"', "'roles' must be a list"),
        ('reason = "no professional"', "", "'reason' must be a text"),
        ('[people.leave_out]\nbot = "bot"', "", "no table 'leave_out'"),
        ("[audience.hcp]", "[audiance.hcp]", "did you mean 'audience'"),
        ("least_accounts = 3", "", "'least_accounts' must be a number from 1"),
        ("= 3", "= true", "'least_accounts' must be a number from 1"),
        ("= 3", "= 0", "'least_accounts' must be a number from 1"),
        ('["Dr"]', '"Dr"', "'titles' must be a list of texts"),
        ("common", "comon", "did you mean 'common'"),
    ],
)
def test_half_a_policy_is_refused(old, new, words, tmp_path):
    """A rule that is missing, misspelt or of the wrong kind is never guessed."""
    path = tmp_path / "own.toml"
    path.write_text(WHOLE.replace(old, new))

    with pytest.raises(ValueError, match=words):
        load(path)


def test_the_whole_file_is_read(tmp_path):
    """The file the refusals start from is itself fine."""
    path = tmp_path / "own.toml"
    path.write_text(WHOLE)

    found = load(path)

    assert found.audiences["hcp"].roles == {"nurse"}
    assert found.words.least_accounts == 3
    assert found.words.titles == {"dr"}


@pytest.mark.parametrize("table", ["people", "audience", "words"])
def test_what_a_file_says_nothing_of_is_as_it_comes(table, tmp_path):
    """Each table may be left out, and the others count all the same."""
    tables = re.split(r"(?m)^(?=\[(?:people|audience\.hcp|words)\])", WHOLE)
    path = tmp_path / "own.toml"
    path.write_text("".join(t for t in tables if not t.startswith(f"[{table}")))

    found, packaged = load(path), load()

    name = {"people": "leave_out", "audience": "audiences", "words": "words"}[table]
    assert getattr(found, name) == getattr(packaged, name)
    assert found != packaged
