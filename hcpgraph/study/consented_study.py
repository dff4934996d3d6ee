"""A study as far as its people allow: who is scored, and who may be approached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import policy
from hcpgraph.model.consent import ALL
from hcpgraph.study import consents
from hcpgraph.study.viewed_study import ViewedStudy

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from hcpgraph import memo
    from hcpgraph.model.access import Access
    from hcpgraph.store import Store


class ConsentedStudy(ViewedStudy):
    """What is read of a study without people who object to it.

    Attributes:
        store: the file.
        access: who reads, and why.
        memo: what was read and computed, for as long as the file stays as it is.
    """

    def __init__(self, store: Store, kept: memo.Memo, access: Access) -> None:
        super().__init__(store, kept, access)
        self._left_out = np.empty(0, np.int32)

    @property
    def on(self) -> date:
        """The day as of which consent is judged."""
        return consents.day_of(self.access)

    @property
    def consents(self) -> consents.Consents:
        """What the people of the study allow."""
        return self.memo.once("consent", lambda: consents.read(self.store, self.on))

    def leave_out_objecting(self) -> None:
        """Read on as if people who object to profiling were not part of the study."""
        if not self.store.has_consent():
            return
        objecting = self.consents.unscored
        self._left_out = objecting[self.store.read_roles(objecting).listable]
        self.store.leave_out(objecting.tolist())

    def is_left_out(self, accounts: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether nothing but an objection to profiling keeps accounts from lists."""
        return np.isin(accounts, self._left_out)

    def uncontacted(self, channel: str = ALL) -> NDArray[np.int32]:
        """Accounts of people who object to contact for the purpose, ascending.

        Args:
            channel: one of ``CHANNELS``; ``"all"`` for no channel in particular.
        """
        return self.memo.once(
            ("uncontacted", channel),
            lambda: self.consents.uncontacted(self.purpose, channel),
        )

    def objections(
        self, accounts: NDArray[np.int32]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which of *accounts* object to profiling, and which to contact."""
        unscored = np.isin(accounts, self.consents.unscored)
        return unscored, np.isin(accounts, self.uncontacted())

    def without_basis(
        self, accounts: NDArray[np.int32], channel: str
    ) -> NDArray[np.int32]:
        """Those of *accounts* that their regions do not let be contacted.

        Regions of the policy say which bases they ask for, and by which channels
        people may be contacted. They are asked where
        regions were set, or where consent is kept and somebody says what the result is
        for; else nobody would be suggested to those who keep no consent here.
        """
        regions = self.rules.regions
        asking = self.access.purpose is not None and self.store.has_consent()
        if not asking and regions == policy.load().regions:
            return np.empty(0, np.int32)
        countries = self.store.read_countries_of(accounts)
        region = {name: policy.region_of(regions, name) for name in set(countries)}
        pairs = zip(accounts.tolist(), countries, strict=True)
        return np.array(
            [n for n, name in pairs if not self._founded(n, region[name], channel)],
            np.int32,
        )

    def _founded(self, account: int, region: policy.Region, channel: str) -> bool:
        """Whether the law of a region lets a person be contacted by a channel."""
        if channel != ALL and region.channels and channel not in region.channels:
            return False
        if not region.basis:
            return True
        known = self.consents.contact_bases(account, self.purpose, channel)
        return not known.isdisjoint(region.basis)

    def seen(self) -> NDArray[np.int32]:
        """The accounts whose people the viewer may see, ascending.

        A basis is that of a registry number, or of what the person allows.
        """
        basis = self.viewer.basis
        if basis is None:
            return super().seen()
        return self.memo.once("seen and allowed", lambda: self._seen(basis), rows=len)

    def _seen(self, basis: frozenset[str]) -> NDArray[np.int32]:
        allowing = [
            account
            for account in self.consents.said
            if not basis.isdisjoint(self.consents.bases(account))
        ]
        fitting = self.store.read_fitting(self.viewer.rows, None)
        more = np.intersect1d(fitting, np.array(allowing, np.int32))
        return np.union1d(super().seen(), more)
