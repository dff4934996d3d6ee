"""Whose statements are whose: rows that share a name speak of one person.

A customer database spreads what it knows of a person over several files, one with the
e-mail address, one with the number of the registry. A no counts for every account of
such a person. A yes counts for the accounts that its own row names where the names of
one person lead to several accounts, as a shared mailbox would do.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from hcpgraph.model.consent import YES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hcpgraph.model.consent import Statement, StoredRow

    Name = tuple[str, str, str]


def people(rows: Sequence[StoredRow]) -> list[list[StoredRow]]:
    """The rows of each person, in the order of their first rows.

    >>> from hcpgraph.model.consent import StoredRow
    >>> a, b = ("id", "x", "1"), ("npi", "", "ab")
    >>> rows = [StoredRow(0, 1, (a,), ()), StoredRow(0, 2, (b,), ()),
    ...         StoredRow(1, 1, (a, b), ())]
    >>> [[(row.file, row.line) for row in one] for one in people(rows)]
    [[(0, 1), (0, 2), (1, 1)]]
    """
    leader = list(range(len(rows)))

    def find(row: int) -> int:
        while leader[row] != row:
            leader[row] = leader[leader[row]]
            row = leader[row]
        return row

    first: dict[Name, int] = {}
    for place, row in enumerate(rows):
        for name in row.names:
            one, other = sorted((find(first.setdefault(name, place)), find(place)))
            leader[other] = one
    found: dict[int, list[StoredRow]] = defaultdict(list)
    for place, row in enumerate(rows):
        found[find(place)].append(row)
    return list(found.values())


def by_account(
    rows: Sequence[StoredRow], bearers: Mapping[Name, int]
) -> dict[int, tuple[Statement, ...]]:
    """The statements of each account, sorted, each once.

    Args:
        rows: of all files.
        bearers: the account of each name of kind id or handle.
    """
    found: dict[int, set[Statement]] = defaultdict(set)
    for person in people(rows):
        named = [_accounts(row, bearers) for row in person]
        every = set().union(*named)
        for row, own in zip(person, named, strict=True):
            for statement in row.statements:
                certain = statement.status != YES or len(every) == 1
                for account in every if certain else own:
                    found[account].add(statement)
    return {
        account: tuple(sorted(found[account], key=str)) for account in sorted(found)
    }


def waiting(rows: Sequence[StoredRow], bearers: Mapping[Name, int]) -> int:
    """How many people of some rows have no account in the study."""
    return sum(
        not any(_accounts(row, bearers) for row in person) for person in people(rows)
    )


def _accounts(row: StoredRow, bearers: Mapping[Name, int]) -> set[int]:
    return {bearers[name] for name in row.names if name in bearers}
