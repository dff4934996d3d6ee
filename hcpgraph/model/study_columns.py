"""Columns of lists of a study: backtests, areas, the policy, provenance, audit."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.model.column import (
    DAY,
    ID,
    LISTED,
    NOBODY,
    NUMBER,
    SHARE,
    TEXT,
    WHOLE,
    Column,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

AREA: Final = Column("area", TEXT, NOBODY, "slug of the area, if all were asked for")
BACKTEST: Final = (
    AREA,
    Column(
        "method",
        TEXT,
        NOBODY,
        "ranking: hcpgraph, a count, a measure, random order; or the negative control",
    ),
    Column("ndcg", SHARE, NOBODY, "mean NDCG over the cut-offs; 1 is the ideal order"),
    Column("low", SHARE, NOBODY, "lower end of its 90 % interval"),
    Column("high", SHARE, NOBODY, "upper end of its 90 % interval"),
    Column(
        "precision", SHARE, NOBODY, "share of the first people who were first later"
    ),
    Column("precision_low", SHARE, NOBODY, "lower end of its 90 % interval"),
    Column("precision_high", SHARE, NOBODY, "upper end of its 90 % interval"),
    Column("difference", NUMBER, NOBODY, "NDCG of hcpgraph less that of the method"),
    Column("difference_low", NUMBER, NOBODY, "lower end of its 90 % interval"),
    Column("difference_high", NUMBER, NOBODY, "upper end of its 90 % interval"),
    Column("verdict", TEXT, NOBODY, "hcpgraph is ahead, behind or level"),
    Column(
        "at_*",
        SHARE,
        NOBODY,
        "NDCG at that cut-off, in percent of interactions, and its 90 % interval",
    ),
)
AREAS: Final = (
    Column("slug", TEXT, NOBODY, "what --area takes"),
    Column("name", TEXT, NOBODY, "name of the area"),
    Column("mesh", TEXT, NOBODY, "MeSH descriptor"),
    Column("posts", WHOLE, NOBODY, "posts about the area", "posts"),
    Column("accounts", WHOLE, NOBODY, "accounts that work in the area", "accounts"),
    Column("ties", WHOLE, NOBODY, "ties of the area", "ties"),
    Column("origin", TEXT, NOBODY, "where the terms of the area are from"),
    Column(
        "files", WHOLE, NOBODY, "files of the area (--area); empty if none", "files"
    ),
)
ABOUT: Final = (
    Column("what", TEXT, NOBODY, "note, parameter, input or version"),
    Column("value", TEXT, NOBODY, "what it says"),
)
_N: Final = Column("n", WHOLE, NOBODY, "number of the entry, from 1")
_WHAT: Final = (
    Column("at", DAY, NOBODY, "when"),
    Column("user", TEXT, NOBODY, "who ran it (--user, else HCPGRAPH_USER)"),
    Column("viewer", TEXT, NOBODY, "for which viewer (--as)"),
    Column("purpose", TEXT, NOBODY, "what for (--purpose); empty where not given"),
    Column("command", TEXT, NOBODY, "what was run"),
    Column("outputs", TEXT, NOBODY, "files that were about to be written, joined by |"),
)
AUDIT: Final = (
    _N,
    *_WHAT,
    Column("people", WHOLE, NOBODY, "people named in the outputs", "people"),
)
AUDIT_PEOPLE: Final = (
    _N,
    *_WHAT,
    Column("person", TEXT, NOBODY, "keyed hash of a person named in the outputs"),
    Column("id", ID, LISTED, "id, where the study has the person"),
    Column("handle", TEXT, LISTED, "handle, without @"),
    Column("name", TEXT, LISTED, "display name, as roster or platform has it"),
)
AUDIT_CHECK: Final = (
    Column("entry", WHOLE, NOBODY, "number of the entry; empty for the head"),
    Column("finding", TEXT, NOBODY, "what is wrong with it"),
)
POLICY: Final = (
    Column("part", TEXT, NOBODY, "viewer, region, audience, people or words"),
    Column("name", TEXT, NOBODY, "which of them, such as sales"),
    Column("rule", TEXT, NOBODY, "the rule, as the file calls it"),
    Column("value", TEXT, NOBODY, "what it says; several values are joined by a comma"),
)
CHECK: Final = (
    Column("output", TEXT, NOBODY, "the file that was read back"),
    Column("what", TEXT, NOBODY, "what breaks the policy; nobody is named"),
    Column("where", TEXT, NOBODY, "sheet, column or key, and the first row of it"),
    Column("rule", TEXT, NOBODY, "the rule of the policy that it breaks"),
    Column("times", WHOLE, NOBODY, "in how many cells or texts", "cells"),
)
RETAIN: Final = (
    Column("region", TEXT, NOBODY, "region of the policy"),
    Column("what", TEXT, NOBODY, "posts, ties or accounts"),
    Column("before", DAY, NOBODY, "what is older than that is kept too long"),
    Column("rows", WHOLE, NOBODY, "how many are", "rows"),
    Column("oldest", DAY, NOBODY, "time of the oldest of them"),
)
# Lists of the policy and of the audit trail.
RECORDS: Final[Mapping[str, tuple[Column, ...]]] = MappingProxyType(
    {
        "audit": AUDIT,
        "audit people": AUDIT_PEOPLE,
        "audit check": AUDIT_CHECK,
        "policy": POLICY,
        "policy check": CHECK,
        "policy retain": RETAIN,
    }
)
