"""Values of a policy file: of the right kind, or refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hcpgraph.model.names import ROLES, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def only(table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    """Refuse a rule that is misspelt, or that nobody knows.

    Raises:
        ValueError: if the table has a key that is not *known*.
    """
    every = set(known)
    for key in sorted(table.keys() - every):
        raise ValueError(f"{where}: no rule {key!r}; {suggest(key, every)}")


def subtable(rules: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    """The table under a key.

    Raises:
        ValueError: if there is none.
    """
    found = rules.get(key)
    if not isinstance(found, dict):
        raise ValueError(f"{where}: no table {key!r}")  # noqa: TRY004 - the file errs
    return found


def subtables(
    rules: Mapping[str, Any], where: str
) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Name, table and place of every table inside of one, by name.

    Raises:
        ValueError: if something in it is no table.
    """
    found = [(name, subtable(rules, name, where)) for name in sorted(rules)]
    return ((name, table, f"{where[:-1]}.{name}]") for name, table in found)


def text(rules: Mapping[str, Any], key: str, where: str) -> str:
    """The text under a key.

    Raises:
        ValueError: if there is none, or it is empty.
    """
    found = rules.get(key)
    if not isinstance(found, str) or not found:
        raise ValueError(f"{where}: {key!r} must be a text")
    return found


def texts(rules: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """The list of texts under a key.

    Raises:
        ValueError: if there is none.
    """
    found = rules.get(key)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError(f"{where}: {key!r} must be a list of texts")
    return tuple(found)


def number(rules: Mapping[str, Any], key: str, where: str) -> int:
    """The whole number under a key.

    Raises:
        ValueError: if there is none, or it is below 1.
    """
    found = rules.get(key)
    # a boolean would count as a number
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise ValueError(f"{where}: {key!r} must be a number from 1")
    return found


def known_roles(roles: Iterable[Any], where: str) -> None:
    """Refuse what is no professional role.

    Raises:
        ValueError: if one of *roles* is none.
    """
    for role in roles:
        if role not in ROLES:
            raise ValueError(f"{where}: no role {role!r}; {suggest(str(role), ROLES)}")
