"""Viewers: whose lists show which columns and which people.

A viewer is who reads a result: sales, medical, compliance. What a person does is the
*role*. A column that is withheld from a viewer is not computed for lists of that
viewer, and a person who is withheld is treated as those who may not be listed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.model.access import PURPOSES
from hcpgraph.model.column import NOBODY
from hcpgraph.model.columns import LISTS, declared
from hcpgraph.model.fold import folded_value
from hcpgraph.model.names import suggest
from hcpgraph.policy import checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALL: Final = "all"
ROWS: Final = ("role", "country", "region", "specialty", "institution")
_KEYS: Final = ("columns", "without", "purposes", "rows")
# of a person who is looked up; they are seen in every list or in none
PROFILE: Final = ("id", "handle", "name", *ROWS)
_COLUMNS: Final = tuple(
    sorted({column.name for listing in LISTS.values() for column in listing})
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads, and what of lists and people that is.

    Attributes:
        name: as in the policy.
        columns: the columns that are seen, ``*`` standing for any letters; None for
            all of them.
        without: those of them that are not.
        rows: field of a person -> its values, folded; only people who have one of the
            values of each field are seen.
        basis: only people with one of these are seen; None for everybody.
        purposes: what the viewer reads for, the usual one first.
    """

    name: str
    columns: frozenset[str] | None = None
    without: frozenset[str] = frozenset()
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    basis: frozenset[str] | None = None
    purposes: tuple[str, ...] = PURPOSES

    @property
    def everything(self) -> bool:
        """Whether all columns and all people are seen."""
        return self.columns is None and not self.without and not self.some_people

    @property
    def some_people(self) -> bool:
        """Whether not everybody is seen."""
        return bool(self.rows) or self.basis is not None

    def shows(self, column: str) -> bool:
        """Whether a column of people is seen, in whatever list.

        >>> Viewer("a", frozenset({"id", "rank_*"})).shows("rank_low")
        True
        """
        listed = self.columns is None or _matches(column, self.columns)
        return listed and not _matches(column, self.without)

    def shows_all(self, columns: Iterable[str]) -> bool:
        """Whether each of some columns is seen."""
        return all(map(self.shows, columns))

    def sees(self, listing: str, column: str) -> bool:
        """Whether a column of a list is seen.

        A list that tells of no person is seen whole. A column that is made of others
        is seen where those are, too.

        Raises:
            ValueError: if the list declares no such column.
        """
        found = declared(listing, column)
        if found is None:
            raise ValueError(f"model/columns.py declares no {column!r} of {listing!r}")
        if all(one.privacy == NOBODY for one in LISTS[listing]):
            return True
        return self.shows(column) and self.shows_all(found.of)


def read_viewers(rules: Mapping[str, Any], where: str) -> dict[str, Viewer]:
    """The viewers of the table ``[viewers]`` of a policy.

    Raises:
        ValueError: if a rule is missing, unknown, or of the wrong kind.
    """
    return {one[0]: _viewer(*one) for one in checked.subtables(rules, where)}


def _viewer(name: str, rules: Mapping[str, Any], where: str) -> Viewer:
    checked.only(rules, _KEYS, where)
    if "columns" not in rules:
        raise ValueError(f"{where}: 'columns' must be \"all\" or a list of columns")
    every = rules["columns"] == ALL
    rows = checked.subtable(rules, "rows", where) if "rows" in rules else {}
    below = f"{where[:-1]}.rows]"
    checked.only(rows, (*ROWS, "basis"), below)
    values = {key: checked.texts(rows, key, below) for key in sorted(rows)}
    checked.known_roles(values.get("role", ()), below)
    folded = {key: frozenset(map(folded_value, v)) for key, v in values.items()}
    basis = folded.pop("basis", None)
    return Viewer(
        name=name,
        columns=None if every else _columns(rules, "columns", where),
        without=_columns(rules, "without", where)
        if "without" in rules
        else frozenset(),
        rows=MappingProxyType(folded),
        basis=basis,
        purposes=_purposes(rules, where) if "purposes" in rules else PURPOSES,
    )


def _columns(rules: Mapping[str, Any], key: str, where: str) -> frozenset[str]:
    found = checked.texts(rules, key, where)
    for name in found:
        if not any(fnmatchcase(one, name) or one == name for one in _COLUMNS):
            raise ValueError(f"{where}: no column {name!r}; {suggest(name, _COLUMNS)}")
    return frozenset(found)


def _purposes(rules: Mapping[str, Any], where: str) -> tuple[str, ...]:
    found = checked.texts(rules, "purposes", where)
    for name in found:
        if name not in PURPOSES:
            raise ValueError(f"{where}: no purpose {name!r}; {suggest(name, PURPOSES)}")
    if not found:
        raise ValueError(f"{where}: 'purposes' must name one")
    return found


def _matches(column: str, patterns: frozenset[str]) -> bool:
    return column in patterns or any(fnmatchcase(column, one) for one in patterns)
