"""Roles read from the few of whom anything is said: those of every profile.

And who works in an area.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pytest

from hcpgraph.model.files import RowType
from hcpgraph.model.names import ROLES
from hcpgraph.store import Labelling, Store
from hcpgraph.store.queries.roles import read_working
from hcpgraph.store.schema import migrate

ROLE_OF_BIO = Labelling(
    posts=(),
    accounts=(
        "delete from account_role where source = 'bio'"
        " and account in (select * from touched_account)",
        "insert into account_role select account, bio, 'bio', bio from account"
        " where bio in ('nurse', 'bot') and account in (select * from touched_account)",
    ),
)


def bios(**of):
    return [{"native_id": n, "handle": f"h{n}", "bio": bio} for n, bio in of.items()]


@pytest.fixture
def study(exports):
    """Six accounts: a nurse, a bot, four of whom nothing is said."""
    six = bios(a="nurse", b="bot", c=None, d=None, e=None, f=None)
    exports.add("a", RowType.ACCOUNTS, labelling=ROLE_OF_BIO, accounts=six)
    return exports.study


def number(store, name):
    return store.resolve(f"@h{name}")


def test_roles_are_those_of_the_profiles(study):
    """Bios, corrections by hand and hidden people; the rest is unknown and listable."""
    with Store.open(study, write=True) as store:
        store.write_correction(number(store, "b"), {"role": "clinician"})
        store.write_correction(number(store, "c"), {"hidden": "yes"})
        store.write_correction(number(store, "d"), {"name": "Dee"})
        accounts = np.arange(6, dtype=np.int32)

        found, expected = (
            store.read_roles(accounts),
            store.read_accounts(accounts, area=None),
        )

        assert found.role.tolist() == expected.role.tolist()
        assert found.listable.tolist() == expected.listable.tolist()
        assert found.role[number(store, "b")] == ROLES.index("clinician")
        assert not found.listable[number(store, "c")]


@pytest.mark.parametrize("wanted", [[], [0], [5], [1, 4], [2, 9]])
def test_roles_of_some_are_those_of_all(study, wanted):
    """Whoever is not asked for has no row; a stranger is unknown."""
    with Store.open(study) as store:
        everyone = store.read_roles(np.arange(6, dtype=np.int32))
        some = store.read_roles(np.array(wanted, np.int32))

    known = dict(zip(everyone.account.tolist(), everyone.role.tolist(), strict=True))
    assert some.account.tolist() == wanted
    assert some.role.tolist() == [known.get(n, 0) for n in wanted]


def test_roles_are_known_once_one_is(exports):
    """A correction to unknown takes the only one back."""
    exports.add("a", RowType.ACCOUNTS, accounts=bios(a=None))
    with Store.open(exports.study) as store:
        assert not store.knows_roles()

    exports.add("b", RowType.ACCOUNTS, labelling=ROLE_OF_BIO, accounts=bios(b="nurse"))
    with Store.open(exports.study, write=True) as store:
        assert store.knows_roles()
        store.write_correction(number(store, "b"), {"role": "unknown"})
        assert not store.knows_roles()


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        migrate(opened, 0)
        opened.execute(
            "insert into area values (0, 'asthma', 'Asthma', null, 'own'),"
            " (1, 'gout', 'Gout', null, 'own')"
        )
        opened.execute(
            "insert into account_area (account, area, source, posts, share, evidence)"
            " values (5, 0, 'roster', null, null, null),"
            " (3, 0, 'posts', 2, 0.1, null), (4, 0, 'posts', 1, 0.9, null),"
            " (6, 0, 'posts', 9, 0.05, null), (3, 0, 'bio', null, null, 'asthma'),"
            " (9, 1, 'bio', null, null, 'gout')"
        )
        yield opened


def test_those_who_work_in_an_area_come_once_in_order(connection):
    """A roster, a bio, or two posts that are a tenth of all; not one in passing."""
    assert read_working(connection, "asthma").tolist() == [3, 5]


def test_an_area_nobody_works_in_is_empty(connection):
    """No answer is an empty one, not an error."""
    assert read_working(connection, "none").tolist() == []
