"""What the people of a study allow, read once for all questions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.model.consent import ALL, CONTACT
from hcpgraph.narrative import consent as notes
from hcpgraph.policy import consent, consent_people
from hcpgraph.study import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from hcpgraph.model.access import Access
    from hcpgraph.model.consent import Statement
    from hcpgraph.store import Store


@dataclass(frozen=True, eq=False)  # no slots: objections wait to be asked
class Consents:
    """Statements of the people in a study, and the day as of which they are judged.

    Attributes:
        said: what is said of each account, by number.
        on: the day.
        waiting: people who are not in the study, or not yet.
    """

    said: Mapping[int, tuple[Statement, ...]]
    on: date
    waiting: int = 0

    def contact_bases(self, account: int, purpose: str, channel: str) -> frozenset[str]:
        """The bases on which an account may be contacted for a purpose.

        By the channel; any channel will do where none in particular is asked for.
        """
        return consent.bases(
            self.statements(account),
            self.on,
            purpose=purpose,
            channel=None if channel == ALL else channel,
        )

    def statements(self, account: int) -> tuple[Statement, ...]:
        """The statements of an account."""
        return self.said.get(account, ())

    def holds(self, account: int, one: Statement) -> bool:
        """Whether a person allows what a statement is about."""
        return consent.decide(
            self.statements(account), self.on, channel=one.channel, purpose=one.purpose
        ).allowed

    @cached_property
    def unscored(self) -> NDArray[np.int32]:
        """Accounts of people who object to profiling, ascending."""
        return self._those(lambda one: consent.objects_to_profiling(one, self.on))

    def uncontacted(self, purpose: str | None, channel: str = ALL) -> NDArray[np.int32]:
        """Accounts of people who object to contact, ascending.

        Args:
            purpose: ``"medical"`` or ``"commercial"``; None for contact of any kind.
            channel: one of ``CHANNELS``; ``"all"`` for no channel in particular.
        """
        asked = purpose or CONTACT
        return self._those(
            lambda one: consent.objects_to_contact(
                one, self.on, channel=channel, purpose=asked
            )
        )

    def bases(self, account: int) -> frozenset[str]:
        """The bases on which something is allowed of an account."""
        return consent.bases(self.statements(account), self.on)

    def _those(
        self, objects: Callable[[tuple[Statement, ...]], bool]
    ) -> NDArray[np.int32]:
        found = sorted(account for account, said in self.said.items() if objects(said))
        return np.array(found, np.int32)


def day_of(access: Access) -> date:
    """The day as of which consent is judged: the one that is named, else today."""
    return clock.today() if access.on is None else access.on


def notes_of(known: Consents) -> tuple[str, ...]:
    """What readers of a list must know of objections, without saying whose."""
    if not known.said:
        return ()
    return (*notes.unscored(len(known.unscored)), notes.as_of(known.on))


def read(store: Store, on: date) -> Consents:
    """What the people of a study allow.

    Args:
        store: the study, read as it is.
        on: the day as of which it is judged.
    """
    rows = store.read_consent()
    if not rows:
        return Consents({}, on)
    bearers = store.read_bearers()
    said = consent_people.by_account(rows, bearers)
    return Consents(said, on, consent_people.waiting(rows, bearers))
