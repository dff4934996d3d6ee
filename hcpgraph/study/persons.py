"""The person somebody means: by id, handle, address of a profile, or name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.errors import AmbiguousPerson
from hcpgraph.importers import profile_named

if TYPE_CHECKING:
    from hcpgraph.store import Store


def find_person(store: Store, person: str) -> tuple[int, ...]:
    """The account that *person* means, with the others of the same person.

    Whatever *person* may be read as counts, so that nobody is taken for another.

    Args:
        store: the study.
        person: an id, ``platform:id``, a handle with ``@`` or without, the address of
            a profile, or a name that one account bears.

    Raises:
        UnknownAccount: if nobody is called so.
        AmbiguousPerson: if several people are.
    """
    found = {
        account
        for reading in store.resolve_many(readings(person))
        for account in reading.values()
    }
    found |= set(store.read_accounts_named(person))
    if not found:
        raise store.unknown(person)
    people = {store.read_same([account]) for account in found}
    if len(people) > 1:
        raise AmbiguousPerson(person, _listable(store, found))
    return next(iter(people))


def readings(person: str) -> tuple[str, ...]:
    """A person's name as the ids and handles that it may be.

    >>> readings("Ann"), readings("https://x.com/ann")
    (('Ann', '@Ann'), ('https://x.com/ann', '@https://x.com/ann', 'x:@ann'))
    """
    asked = person.strip()
    return asked, f"@{asked.lstrip('@')}", *profile_named(asked)


def _listable(store: Store, accounts: set[int]) -> list[str]:
    """The ids of listable accounts."""
    ascending = np.array(sorted(accounts), np.int32)
    known = store.read_roles(ascending)
    return store.read_ids(ascending[known.listable])
