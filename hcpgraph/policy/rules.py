"""The rules of release as data, read from TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.model.names import ROLES, suggest
from hcpgraph.policy.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


# Of what columns may tell that is refused otherwise, nothing of beliefs or health.
_MAY_BE_ALLOWED: Final = ("prescriptions",)


@dataclass(frozen=True, slots=True)
class Audience:
    """The audience of a list, and so the roles that may be on it.

    Attributes:
        roles: the roles it may see; None for every person.
        reason: what is said of the others.
    """

    roles: frozenset[str] | None
    reason: str


@dataclass(frozen=True, slots=True)
class WordRules:
    """Which words may leave.

    Attributes:
        least_accounts: how many accounts must use a word that is in no vocabulary.
        titles: words around a name that are no part of it, folded.
        common: words that are nobody's name by themselves, folded.
    """

    least_accounts: int
    titles: frozenset[str]
    common: frozenset[str]


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may be listed.

    Attributes:
        not_listable: what is said of accounts that must never be listed; the
            one reason for all of them, so that none can be told from another.
        leave_out: role -> what is said of accounts that are not people.
        audiences: name -> whom a list for it may show.
        words: which words may leave.
        columns_allowed: what columns of imported tables may tell of that is refused
            otherwise.
    """

    not_listable: str
    leave_out: Mapping[str, str]
    audiences: Mapping[str, Audience]
    words: WordRules
    columns_allowed: frozenset[str] = frozenset()


def load(path: Path | None = None) -> Policy:
    """Read a policy.

    Args:
        path: a TOML file; None reads the policy that comes with the toolkit. What
            such a file says nothing of, the rules for words, is as it comes.

    Raises:
        ValueError: if the file is not TOML, lacks a rule, has one too many, or
            names an unknown role. A policy that is half understood is refused.

    >>> sorted(load().audiences)
    ['all', 'hcp']
    """
    where = "policy.toml" if path is None else str(path)
    packaged = resources.files("hcpgraph.policy") / "policy.toml"
    text = (packaged if path is None else path).read_text(encoding="utf-8")
    return parse(text, where, whole=path is None)


def parse(text: str, where: str, *, whole: bool = False) -> Policy:
    """The policy that a text states.

    Args:
        text: TOML.
        where: what messages call it.
        whole: it must state the rules for words, too.

    Raises:
        ValueError: as ``load``.
    """
    try:
        rules = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{where} is not TOML: {error}") from error
    _only(rules, {"people", "audience", "words", "rosters"}, where)
    people = _table(rules, "people", where)
    _only(people, {"not_listable", "leave_out"}, f"{where} [people]")
    leave_out = _table(people, "leave_out", f"{where} [people]")
    _known_roles(leave_out, f"{where} [people.leave_out]")
    audiences = _table(rules, "audience", where)
    return Policy(
        not_listable=_text(people, "not_listable", f"{where} [people]"),
        leave_out=MappingProxyType(
            {role: _text(leave_out, role, where) for role in sorted(leave_out)}
        ),
        audiences=MappingProxyType(
            {
                name: _audience(
                    _table(audiences, name, where), f"{where} [audience.{name}]"
                )
                for name in sorted(audiences)
            }
        ),
        words=(
            _word_rules(_table(rules, "words", where), f"{where} [words]")
            if whole or "words" in rules
            else load().words
        ),
        columns_allowed=_columns_allowed(rules, where),
    )


def _columns_allowed(rules: Mapping[str, Any], where: str) -> frozenset[str]:
    if "rosters" not in rules:
        return frozenset()
    rosters, where = _table(rules, "rosters", where), f"{where} [rosters]"
    _only(rosters, {"allow"}, where)
    named = rosters.get("allow", [])
    for one in named if isinstance(named, list) else [named]:
        if one not in _MAY_BE_ALLOWED:
            may = ", ".join(_MAY_BE_ALLOWED)
            raise ValueError(f"{where}: 'allow' may name {may} alone, not {one!r}")
    return frozenset(named)


def _audience(rules: Mapping[str, Any], where: str) -> Audience:
    _only(rules, {"roles", "reason"}, where)
    if "roles" not in rules:
        return Audience(None, "")
    if not isinstance(rules["roles"], list):
        raise ValueError(f"{where}: 'roles' must be a list")  # noqa: TRY004 - the file errs
    _known_roles(rules["roles"], where)
    return Audience(frozenset(rules["roles"]), _text(rules, "reason", where))


def _word_rules(rules: Mapping[str, Any], where: str) -> WordRules:
    _only(rules, {"least_accounts", "titles", "common"}, where)
    least = rules.get("least_accounts")
    # a boolean would count as a number
    if not isinstance(least, int) or isinstance(least, bool) or least < 1:
        raise ValueError(f"{where}: 'least_accounts' must be a number from 1")
    titles, common = (_word_list(rules, key, where) for key in ("titles", "common"))
    return WordRules(least, titles, common)


def _word_list(rules: Mapping[str, Any], key: str, where: str) -> frozenset[str]:
    found = rules.get(key)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError(f"{where}: {key!r} must be a list of texts")
    return frozenset(fold(word) for word in found)


def _known_roles(roles: Iterable[Any], where: str) -> None:
    for role in roles:
        if role not in ROLES:
            raise ValueError(f"{where}: no role {role!r}; {suggest(str(role), ROLES)}")


def _only(table: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in sorted(table.keys() - known):
        raise ValueError(f"{where}: no rule {key!r}; {suggest(key, known)}")


def _table(rules: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    found = rules.get(key)
    if not isinstance(found, dict):
        raise ValueError(f"{where}: no table {key!r}")  # noqa: TRY004 - the file errs
    return found


def _text(rules: Mapping[str, Any], key: str, where: str) -> str:
    found = rules.get(key)
    if not isinstance(found, str) or not found:
        raise ValueError(f"{where}: {key!r} must be a text")
    return found
