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
    """Who may be listed, and who may see what of it.

    Attributes:
        not_listable: what is said of accounts that must never be listed; the
            one reason for all of them, so that none can be told from another.
        leave_out: role -> what is said of accounts that are not people.
        audiences: name -> whom a list for it may show.
        words: which words may leave.
        viewers: name -> which columns and people a viewer sees.
        regions: name -> the rules of the countries in it.
        columns_allowed: what columns of imported tables may tell of that is refused
            otherwise.
    """

    not_listable: str
    leave_out: Mapping[str, str]
    audiences: Mapping[str, Audience]
    words: WordRules
    viewers: Mapping[str, Viewer]
    regions: Mapping[str, Region]
    columns_allowed: frozenset[str] = frozenset()


_TABLES: Final = ("people", "audience", "words", "viewers", "regions", "rosters")


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
    if "rosters" in rules:
        allowed = _columns_allowed(rules["rosters"], f"{where} [rosters]")
        policy = replace(policy, columns_allowed=allowed)
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


def _columns_allowed(rosters: Mapping[str, Any], where: str) -> frozenset[str]:
    checked.only(rosters, ("allow",), where)
    named = rosters.get("allow", [])
    for one in named if isinstance(named, list) else [named]:
        if one not in _MAY_BE_ALLOWED:
            may = ", ".join(_MAY_BE_ALLOWED)
            raise ValueError(f"{where}: 'allow' may name {may} alone, not {one!r}")
    return frozenset(named)


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


def as_plain(rules: Policy) -> dict[str, Any]:
    """Everything that a policy rules, in the shape of its file."""
    return {
        "viewers": {name: _plain_viewer(one) for name, one in rules.viewers.items()},
        "regions": {name: _plain_region(one) for name, one in rules.regions.items()},
        "people": {
            "not_listable": rules.not_listable,
            "leave_out": dict(rules.leave_out),
        },
        "audience": {
            name: _plain_audience(one) for name, one in rules.audiences.items()
        },
        "words": {
            "least_accounts": rules.words.least_accounts,
            "titles": sorted(rules.words.titles),
            "common": sorted(rules.words.common),
        },
        "rosters": {"allow": sorted(rules.columns_allowed)},
    }


def _plain_viewer(one: Viewer) -> dict[str, Any]:
    rows = {field: sorted(values) for field, values in one.rows.items()}
    if one.basis is not None:
        rows["basis"] = sorted(one.basis)
    return {
        "columns": "all" if one.columns is None else sorted(one.columns),
        **({"without": sorted(one.without)} if one.without else {}),
        "rows": rows or "all",
        "purposes": list(one.purposes),
    }


def _plain_region(one: Region) -> dict[str, Any]:
    days = one.retention_days
    return {
        "countries": sorted(one.countries) or "all others",
        "basis": list(one.basis) or "none needed",
        "channels": list(one.channels) or "none",
        "retention_days": "no limit" if days is None else days,
    }


def _plain_audience(one: Audience) -> dict[str, Any]:
    if one.roles is None:
        return {"roles": "all"}
    return {"roles": sorted(one.roles), "reason": one.reason}
