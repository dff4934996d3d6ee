"""Columns of lists that name nobody: backtests, areas, the policy, provenance."""

from __future__ import annotations

from typing import Final

from hcpgraph.model.column import DAY, NOBODY, NUMBER, SHARE, TEXT, WHOLE, Column

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
