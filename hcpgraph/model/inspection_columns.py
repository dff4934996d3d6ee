"""The columns of ``inspect``: what a file is before it is imported."""

from __future__ import annotations

from typing import Final

from hcpgraph.model.column import DAY, ID, LISTED, NOBODY, TEXT, WHOLE, Column

INSPECT: Final = (
    Column("file", TEXT, NOBODY, "the file, as named or found in a folder"),
    Column(
        "format",
        TEXT,
        NOBODY,
        "format that import reads it in, or what it is if import does not read it;"
        " empty where nothing is known of it",
    ),
    Column(
        "sure",
        TEXT,
        NOBODY,
        "certain (all signs of the format, none against it), likely (some signs, or"
        " known by name alone) or unsure",
    ),
    Column("rows", WHOLE, NOBODY, "rows that import reads", "rows"),
    Column("first", DAY, NOBODY, "time of the first post or tie"),
    Column("last", DAY, NOBODY, "time of the last post or tie"),
    Column("platform", TEXT, NOBODY, "platform of its ids, as import takes them"),
    Column("owner", ID, LISTED, "owner of a follower list"),
    Column(
        "layers",
        TEXT,
        NOBODY,
        "ties that an empty study would get, by layer; ? where the layer has to be"
        " given",
    ),
    Column(
        "accounts",
        WHOLE,
        NOBODY,
        "accounts that an empty study would get; empty if nothing can be counted",
        "accounts",
    ),
    Column("has", TEXT, NOBODY, "what of posts, ties and people is in it"),
    Column("missing", TEXT, NOBODY, "what a ranking needs and the file lacks"),
    Column("how", TEXT, NOBODY, "how to get each of these; why import refuses it"),
    Column("forbidden", TEXT, NOBODY, "columns that are never kept of a person"),
)
NAMES: Final = tuple(column.name for column in INSPECT)
