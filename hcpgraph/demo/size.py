"""How large a synthetic world is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Size:
    """How large a synthetic world is, and how much is planted in it.

    Attributes:
        accounts: all accounts, planted ones included.
        posts: posts of the year, a few of which were deleted since.
        follows: distinct follows.
        areas: disease areas, at most the number of topics.
        leaders: leaders per area: much attended to, and active.
        rising: people per area whose attention grows in the last quarter.
        loud: people per area who post very much and are hardly attended to; every
            other one has bought followers.
        brokers: people in all who work in two areas.
        egos: accounts whose followers come as pages of users.
    """

    accounts: int
    posts: int
    follows: int
    areas: int
    leaders: int
    rising: int
    loud: int
    brokers: int
    egos: int

    @property
    def planted(self) -> int:
        """Accounts that are not ordinary."""
        return self.areas * (self.leaders + self.rising + self.loud) + self.brokers


FULL: Final = Size(
    accounts=3_000, posts=40_000, follows=100_000, areas=6,
    leaders=8, rising=2, loud=2, brokers=12, egos=8,
)  # fmt: skip
SMALL: Final = Size(
    accounts=300, posts=2_000, follows=6_000, areas=3,
    leaders=5, rising=1, loud=1, brokers=3, egos=3,
)  # fmt: skip
TINY: Final = Size(
    accounts=30, posts=240, follows=200, areas=2,
    leaders=2, rising=1, loud=1, brokers=1, egos=1,
)  # fmt: skip
