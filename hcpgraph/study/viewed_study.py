"""A study as its viewer sees it: who reads, columns of lists, and people by name."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import policy
from hcpgraph.errors import AmbiguousAccount, UnknownAccount
from hcpgraph.model.table import NotedTable
from hcpgraph.narrative import withheld
from hcpgraph.store import PERSON
from hcpgraph.study import releasing, viewing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from hcpgraph import memo
    from hcpgraph.model.access import Access
    from hcpgraph.model.table import Cell, Table
    from hcpgraph.store import Store


class ViewedStudy:
    """What is read of people and made of lists, without what the viewer may not see.

    Attributes:
        store: the file.
        access: who reads, and why.
        memo: what was read and computed, for as long as the file stays as it is.
    """

    def __init__(self, store: Store, kept: memo.Memo, access: Access) -> None:
        self.store = store
        self.access = access
        self.memo = kept

    @property
    def rules(self) -> policy.Policy:
        """The policy in force."""
        return self.memo.once("rules", lambda: releasing.read_rules(self.store))

    @property
    def viewer(self) -> policy.Viewer:
        """Who reads, and what of lists and people that is.

        Raises:
            UnknownViewer: if the policy has no such viewer.
            UnknownPurpose: if that viewer does not read for the purpose given.
        """
        return self.memo.once(
            "viewer", lambda: viewing.find_viewer(self.rules, self.access)
        )

    @property
    def purpose(self) -> str:
        """What the result is for: as given, else the viewer's usual purpose."""
        return self.access.purpose or self.viewer.purposes[0]

    @property
    def key(self) -> policy.Key | None:
        """The key of hashes; None where nobody names one.

        Raises:
            KeyFileError: if it cannot be read.
        """
        return self.memo.once("key", lambda: policy.Key.read(self.access.key))

    def table(self, listing: str, columns: Mapping[str, Sequence[Cell]]) -> Table:
        """A list as the viewer sees it: without the columns that are withheld.

        Args:
            listing: a name in ``model.columns.LISTS``.
            columns: name -> cells, in any order.

        Raises:
            WithheldList: if the viewer sees no column of it.
        """
        return viewing.project(self.viewer, listing, columns)

    def noted(
        self, listing: str, columns: Mapping[str, Sequence[Cell]], notes: Iterable[str]
    ) -> NotedTable:
        """The same with notes, the last of them on what is withheld."""
        found = self.table(listing, columns)
        said = (*notes, *self.withheld(found))
        return NotedTable(found.columns, found.listing, found.withheld, said)

    def withheld(self, table: Table) -> tuple[str, ...]:
        """A note that names the columns of a list that its reader may not see."""
        return withheld.columns(self.viewer.name, table.withheld)

    def people(
        self,
        accounts: Sequence[int] | NDArray[np.int32],
        fields: Sequence[str] | None = None,
    ) -> dict[str, list[str | None]]:
        """Id and *fields* of people as the study has them; withheld columns are empty.

        It is for counting and grouping alone: it may call whoever may not be listed.
        """
        asked = PERSON if fields is None else fields
        return viewing.read_people(self.store, self.viewer, accounts, asked)

    def seen(self) -> NDArray[np.int32]:
        """The accounts whose people the viewer may see, ascending."""
        return self.memo.once(
            "seen",
            lambda: self.store.read_fitting(self.viewer.rows, self.viewer.basis),
            rows=len,
        )

    def names(self, accounts: Iterable[int]) -> dict[int, str]:
        """How accounts are called: by handle, else by id."""
        numbers = sorted(accounts)
        handles = self.people(numbers, ("handle",))["handle"]
        ids = self.printed(np.array(numbers, np.int32)).tolist()
        shown = zip(numbers, handles, ids, strict=True)
        return {n: f"@{handle}" if handle else own for n, handle, own in shown}

    def printed(self, accounts: NDArray[np.int32]) -> NDArray[np.str_]:
        """The printed id of each account, in the order given.

        Where that is withheld from the viewer, the handle; else a running number.
        """
        return self.memo.once(
            ("ids", blake2b(accounts.tobytes()).digest()),
            lambda: np.array(self._read_printed(accounts), np.str_),
            rows=len,
        )

    def _read_printed(self, accounts: NDArray[np.int32]) -> list[str]:
        if self.viewer.everything:
            return self.store.read_ids(accounts)
        found = self.people(accounts, ("handle",))
        shown = viewing.called(found, self._may_be_called(accounts).tolist())
        if None not in shown:
            return [str(own) for own in shown]
        numbers = self.store.read_numbers(accounts)
        pairs = zip(shown, numbers, strict=True)
        return [number if own is None else own for own, number in pairs]

    def _may_be_called(self, accounts: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Who of some people may be listed and is seen, whatever the audience."""
        ascending, place = np.unique(accounts, return_inverse=True)
        free = self.store.read_roles(ascending).listable
        if self.viewer.some_people:
            free = free & np.isin(ascending, self.seen(), assume_unique=True)
        return free[place]

    def resolve_many(
        self, names: Iterable[str], *, npi: bool = False
    ) -> list[dict[str, int]]:
        """The accounts that each name means to the viewer, by platform."""
        asked = list(names)
        found = self.store.resolve_many(asked, npi=npi)
        if self.viewer.everything:
            return found
        may = [npi or viewing.may_ask(self.viewer, name) for name in asked]
        seen = set(self.seen().tolist()) if self.viewer.some_people else None
        return [
            {
                platform: account
                for platform, account in accounts.items()
                if asking and (seen is None or account in seen)
            }
            for asking, accounts in zip(may, found, strict=True)
        ]

    def resolve(self, name: str) -> int:
        """The account that the viewer means by a name, listable or not.

        Raises:
            UnknownAccount: if there is none, or its person is withheld.
            AmbiguousAccount: if several platforms have one.
        """
        (found,) = self.resolve_many([name])
        if not found:
            raise self.unknown(name)
        if len(found) > 1:
            raise AmbiguousAccount(name, [f"{platform}:{name}" for platform in found])
        return next(iter(found.values()))

    def unknown(self, name: str) -> UnknownAccount:
        """The error for a name that no account has, as far as the viewer may know.

        Its message names the closest accounts only to those who see all of them.
        """
        if self.viewer.everything:
            return self.store.unknown(name)
        return UnknownAccount(name, ())
