"""The rules of release as data, read from TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from hcpgraph.policy import checked
from hcpgraph.policy.folding import fold
from hcpgraph.policy.regions import check_regions, read_regions
from hcpgraph.policy.viewers import read_viewers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.policy.regions import Region
    from hcpgraph.policy.viewers import Viewer


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
    """Who may be listed, and who may see what of it.

    Attributes:
        not_listable: what is said of accounts that must never be listed; the
            one reason for all of them, so that none can be told from another.
        leave_out: role -> what is said of accounts that are not people.
        audiences: name -> whom a list for it may show.
        words: which words may leave.
        viewers: name -> which columns and people a viewer sees.
        regions: name -> the rules of the countries in it.
    """

    not_listable: str
    leave_out: Mapping[str, str]
    audiences: Mapping[str, Audience]
    words: WordRules
    viewers: Mapping[str, Viewer]
    regions: Mapping[str, Region]


_TABLES: Final = ("people", "audience", "words", "viewers", "regions")


def load(path: Path | None = None) -> Policy:
    """Read a policy.

    Args:
        path: a TOML file; None reads the policy that comes with the toolkit. The
            tables that such a file leaves out are as they come, and so are the
            viewers and regions that it does not name.

    Raises:
        ValueError: if the file is not TOML, has a table that lacks a rule, one too
            many, or names an unknown role. A rule that is half understood is refused.

    >>> sorted(load().audiences)
    ['all', 'hcp']
    """
    if path is None:
        return _packaged()
    return parse(path.read_text(encoding="utf-8"), str(path))


def parse(text: str, where: str) -> Policy:
    """The policy that a text states, beside the one that comes with the toolkit.

    Args:
        text: TOML.
        where: what messages call it.

    Raises:
        ValueError: as ``load``.
    """
    return _changed(_packaged(), _tables(text, where), where)


@cache
def _packaged() -> Policy:
    """The policy that comes with the toolkit; read once, as nothing changes it."""
    file = resources.files("hcpgraph.policy") / "policy.toml"
    rules = _tables(file.read_text(encoding="utf-8"), "policy.toml")
    none: Mapping[str, Any] = MappingProxyType({})
    words = WordRules(1, frozenset(), frozenset())
    nothing = Policy("", none, none, words, none, none)
    return _changed(nothing, rules, "policy.toml")


def _tables(text: str, where: str) -> Mapping[str, Any]:
    try:
        rules = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{where} is not TOML: {error}") from error
    checked.only(rules, _TABLES, where)
    for name in rules:
        checked.subtable(rules, name, where)
    return rules


def _changed(before: Policy, rules: Mapping[str, Any], where: str) -> Policy:
    """A policy with the tables that are given in place of its own."""
    policy = before
    if "people" in rules:
        policy = _with_people(policy, rules["people"], where)
    if "audience" in rules:
        audiences = rules["audience"]
        found = {
            name: _audience(
                checked.subtable(audiences, name, where), f"{where} [audience.{name}]"
            )
            for name in sorted(audiences)
        }
        policy = replace(policy, audiences=MappingProxyType(found))
    if "words" in rules:
        policy = replace(policy, words=_word_rules(rules["words"], f"{where} [words]"))
    if "viewers" in rules:
        viewers = read_viewers(rules["viewers"], f"{where} [viewers]")
        every = {**policy.viewers, **viewers}
        policy = replace(policy, viewers=MappingProxyType(every))
    if "regions" in rules:
        regions = read_regions(rules["regions"], f"{where} [regions]")
        policy = replace(
            policy, regions=MappingProxyType({**policy.regions, **regions})
        )
        check_regions(policy.regions.values(), f"{where} [regions]")
    return policy


def _with_people(policy: Policy, people: Mapping[str, Any], where: str) -> Policy:
    checked.only(people, ("not_listable", "leave_out"), f"{where} [people]")
    leave_out = checked.subtable(people, "leave_out", f"{where} [people]")
    checked.known_roles(leave_out, f"{where} [people.leave_out]")
    said = {role: checked.text(leave_out, role, where) for role in sorted(leave_out)}
    return replace(
        policy,
        not_listable=checked.text(people, "not_listable", f"{where} [people]"),
        leave_out=MappingProxyType(said),
    )


def _audience(rules: Mapping[str, Any], where: str) -> Audience:
    checked.only(rules, ("roles", "reason"), where)
    if "roles" not in rules:
        return Audience(None, "")
    if not isinstance(rules["roles"], list):
        raise ValueError(f"{where}: 'roles' must be a list")  # noqa: TRY004 - the file errs
    checked.known_roles(rules["roles"], where)
    return Audience(frozenset(rules["roles"]), checked.text(rules, "reason", where))


def _word_rules(rules: Mapping[str, Any], where: str) -> WordRules:
    checked.only(rules, ("least_accounts", "titles", "common"), where)
    least = checked.number(rules, "least_accounts", where)
    titles, common = (
        frozenset(map(fold, checked.texts(rules, key, where)))
        for key in ("titles", "common")
    )
    return WordRules(least, titles, common)
