"""Quotas: minimum and maximum numbers of people per group."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hcpgraph.model.names import MOST, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS: Final = (
    "country",
    "region",
    "specialty",
    "institution",
    "community",
    "team",
    "kind",
)
TEAM: Final = ("institution", "specialty")  # who share both work in one team
KINDS: Final = ("leader", "rising", "broker", "voice")

# What field teams call the column.
_OTHER_NAMES: Final = {"territory": "region"}


@dataclass(frozen=True, slots=True)
class Quota:
    """How many people of one group a list may hold, or must.

    People without a value in the column belong to no group: they never count
    towards a limit, neither against a largest nor for a least number.

    Attributes:
        column: one of ``COLUMNS``.
        value: the group, such as ``"DE"``; None for every group of the column,
            each on its own. Case and accents do not matter.
        least: people the list must hold, from 1; None for no such wish.
        most: people it may hold, from 0; None for any number.

    Raises:
        ValueError: if the column or the kind is not known, no number is given, one
            is out of range, or *least* exceeds *most*.

    >>> print(Quota("country", most=2), Quota("country", "DE", least=1), sep=" and ")
    at most 2 of each country and at least 1 of country DE
    """

    column: str
    value: str | None = None
    least: int | None = None
    most: int | None = None

    def __post_init__(self) -> None:
        if self.column not in COLUMNS:
            raise ValueError(
                f"no column {self.column!r} to limit; {suggest(self.column, COLUMNS)}"
            )
        if self.value is not None:
            self._check_value(self.value)
        if self.least is None and self.most is None:
            raise ValueError(f"a limit of {self.group} needs a number")
        self._check_size()
        if self.least is not None and self.least < 1:
            raise ValueError(
                f"at least {self.least} of {self.group} asks for nothing; from 1 up"
            )
        if self.most is not None and self.most < 0:
            raise ValueError(f"at most {self.most} of {self.group}: from 0 up")
        if None not in (self.least, self.most) and self.least > self.most:  # type: ignore[operator]  # neither is None
            raise ValueError(
                f"{self.group}: at least {self.least} and at most {self.most}"
            )

    def _check_size(self) -> None:
        for number in (self.least, self.most):
            if number is not None and number > MOST:
                raise ValueError(f"{number} of {self.group}: at most {MOST}")

    def _check_value(self, value: str) -> None:
        if not fold(value):
            raise ValueError(f"a limit of {self.column} names an empty group")
        if self.column == "kind" and fold(value) not in KINDS:
            raise ValueError(f"no kind {value!r}; {suggest(value, KINDS)}")

    @property
    def group(self) -> str:
        """What it is about, in words."""
        if self.value is None:
            return f"each {self.column}"
        return f"{self.column} {self.value}"

    def __str__(self) -> str:
        most = None if self.most is None else f"at most {self.most}"
        least = None if self.least is None else f"at least {self.least}"
        return f"{' and '.join(filter(None, (least, most)))} of {self.group}"


@dataclass(frozen=True, slots=True)
class Quotas:
    """All limits of a list; every one of them holds.

    A limit on one group stands in place of that on every group of its column:
    at most 2 of each country and at most 5 of country DE leaves Germany 5.

    Attributes:
        limits: in the order they were given; no group has two of a sort.

    Raises:
        ValueError: if a group has two largest or two least numbers.
    """

    limits: tuple[Quota, ...] = ()

    def __post_init__(self) -> None:
        for side in ("least", "most"):
            seen: set[tuple[str, str | None]] = set()
            for limit in self.limits:
                if getattr(limit, side) is None:
                    continue
                key = (limit.column, limit.value and fold(limit.value))
                if key in seen:
                    raise ValueError(
                        f"{limit.group} has two limits 'at {side}'; give one"
                    )
                seen.add(key)

    @classmethod
    def parse(
        cls,
        at_most: Iterable[str] = (),
        at_least: Iterable[str] = (),
        mix: str | None = None,
    ) -> Quotas:
        """Limits from text as a command line gives it.

        Args:
            at_most: such as ``"country=2"`` (two of each country at most) or
                ``"country:DE=5"``.
            at_least: such as ``"specialty:oncology=5"``; likewise.
            mix: at least so many of a kind, such as ``"leader=10,rising=5"``.

        Raises:
            ValueError: if a text cannot be read, saying which and why.

        >>> limits = Quotas.parse(["country=2"], ["specialty:oncology=5"], "rising=3")
        >>> "; ".join(str(limit) for limit in limits.limits)
        'at most 2 of each country; at least 5 of specialty oncology; at least 3 of \
kind rising'
        """
        most = [_parse(text) for text in at_most]
        least = [_parse(text) for text in at_least]
        least += [] if mix is None else _parse_mix(mix)
        return cls(
            (
                *(Quota(column, value, most=n) for column, value, n in most),
                *(Quota(column, value, least=n) for column, value, n in least),
            )
        )

    def __len__(self) -> int:
        return len(self.limits)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that must be known of every candidate, in house order."""
        used = {limit.column for limit in self.limits}
        return tuple(column for column in COLUMNS if column in used)


def fold(value: str) -> str:
    """How a value is compared: without case, accents and outer spaces.

    >>> fold(" Île-de-France ")
    'ile-de-france'
    """
    parts = unicodedata.normalize("NFKD", value.strip().casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))


def _parse(text: str) -> tuple[str, str | None, int]:
    """Column, group and number of ``COLUMN[:VALUE]=N``."""
    name, equals, number = text.rpartition("=")
    if not equals or not number.strip().isdecimal():
        raise ValueError(
            f"cannot read the limit {text!r}; write COLUMN=N or COLUMN:VALUE=N, such"
            " as country=2 or country:DE=5"
        )
    column, colon, value = name.partition(":")
    column = column.strip().lower()
    if colon and not value.strip():
        raise ValueError(f"the limit {text!r} names no group after the colon")
    known = _OTHER_NAMES.get(column, column)
    return known, value.strip() if colon else None, int(number)


def _parse_mix(text: str) -> list[tuple[str, str | None, int]]:
    """Column, kind and number of each part of ``KIND=N,KIND=N``."""
    parts = [part.partition("=") for part in text.split(",")]
    for kind, equals, number in parts:
        if not (kind.strip() and equals and number.strip().isdecimal()):
            raise ValueError(
                f"cannot read the mix {text!r}; write KIND=N,KIND=N, such as"
                " leader=10,rising=5"
            )
    return [("kind", kind.strip(), int(number)) for kind, _, number in parts]
