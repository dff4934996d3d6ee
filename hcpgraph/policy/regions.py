"""Regions: which law a person's country puts contact and keeping under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.model.fold import folded_value
from hcpgraph.policy import checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OTHERS: Final = "others"  # the region of every country that no region names
_KEYS: Final = ("countries", "basis", "channels", "retention_days")


@dataclass(frozen=True, slots=True)
class Region:
    """The rules of a region.

    Attributes:
        name: as in the policy.
        countries: codes and names, folded; none for ``others``.
        basis: one of these is needed to contact a person; none where none is.
        channels: by which people may be contacted.
        retention_days: for how long data of people are kept; None without limit.
    """

    name: str
    countries: frozenset[str]
    basis: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    retention_days: int | None = None


def read_regions(rules: Mapping[str, Any], where: str) -> dict[str, Region]:
    """The regions of the table ``[regions]`` of a policy.

    Raises:
        ValueError: if a rule is missing, unknown, or of the wrong kind.
    """
    return {one[0]: _region(*one) for one in checked.subtables(rules, where)}


def check_regions(regions: Iterable[Region], where: str) -> None:
    """Refuse a country that stands in two regions.

    Raises:
        ValueError: if one does.
    """
    seen: dict[str, str] = {}
    for region in regions:
        for country in sorted(region.countries):
            if country in seen:
                raise ValueError(
                    f"{where}: {country!r} is in both {seen[country]} and {region.name}"
                )
            seen[country] = region.name


def region_of(regions: Mapping[str, Region], country: str | None) -> Region:
    """The region of a country; ``others`` where no region names it, or none is known.

    >>> eu = Region("eu", frozenset({"de", "germany"}))
    >>> rest = Region("others", frozenset())
    >>> [region_of({"eu": eu, "others": rest}, c).name for c in (" Germany", None)]
    ['eu', 'others']
    """
    folded = "" if country is None else folded_value(country)
    for region in regions.values():
        if folded in region.countries:
            return region
    return regions[OTHERS]


def _region(name: str, rules: Mapping[str, Any], where: str) -> Region:
    checked.only(rules, _KEYS, where)
    if name == OTHERS and "countries" in rules:
        raise ValueError(f"{where}: {OTHERS!r} is every other country; name none")
    countries = () if name == OTHERS else checked.texts(rules, "countries", where)

    def listed(key: str) -> tuple[str, ...]:
        found = checked.texts(rules, key, where) if key in rules else ()
        return tuple(map(folded_value, found))

    return Region(
        name=name,
        countries=frozenset(map(folded_value, countries)),
        basis=listed("basis"),
        channels=listed("channels"),
        retention_days=(
            checked.number(rules, "retention_days", where)
            if "retention_days" in rules
            else None
        ),
    )
