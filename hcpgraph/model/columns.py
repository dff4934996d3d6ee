"""Every column of every list, once: a new one is declared here and computed elsewhere.

A list is what a command writes as a table, CSV, JSON, Parquet or a sheet of a workbook.
``Table.of`` puts columns in the order that stands here, and refuses one that does not.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.model.column import (
    DAY,
    EVERYONE,
    ID,
    LISTED,
    NOBODY,
    NUMBER,
    OTHERS,
    SCORE,
    SHARE,
    TEXT,
    TRUTH,
    WHOLE,
    Column,
)
from hcpgraph.model.consent_columns import CONSENT, NOTICES
from hcpgraph.model.explanation_columns import SECTIONS
from hcpgraph.model.gaps_columns import COLLECTED
from hcpgraph.model.inspection_columns import INSPECT
from hcpgraph.model.names import CONTRIBUTIONS, LAYER_FAMILIES, LAYERS
from hcpgraph.model.study_columns import ABOUT, AREA, AREAS, BACKTEST, RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hcpgraph.model.column import Kind


def _of_person(name: str, meaning: str, kind: Kind = TEXT) -> Column:
    return Column(name, kind, LISTED, meaning, profile=True)


_WHO: Final = (
    _of_person("id", "id on the platform, or @handle where no id is known", ID),
    _of_person("handle", "handle, without @"),
    _of_person("name", "display name, as roster or platform has it"),
)
_ROLE: Final = _of_person("role", "from rosters, corrections by hand, or the bio")
_KNOWN: Final = (
    _ROLE,
    _of_person("specialty", "from rosters"),
    _of_person("institution", "from rosters"),
    _of_person("country", "from rosters"),
)
_REGION: Final = _of_person("region", "from rosters")
_SCORE: Final = Column(
    "score",
    SCORE,
    LISTED,
    "sum of the five contributions; with --by, the value of that measure",
    "points",
)
_RANK: Final = Column(
    "rank",
    WHOLE,
    LISTED,
    "rank by score among the people who may be listed, from 1; equal scores share one"
    " (1, 2, 2, 4); listed by in-degree, then by first import",
)
_CONTRIBUTIONS: Final = (
    Column("reach", SCORE, LISTED, "from followers (follow in-degree)", "points"),
    Column(
        "resonance",
        SCORE,
        LISTED,
        "response score: from distinct accounts that mention, reply to, repost or quote"
        " the person, weighted by recency",
        "points",
    ),
    Column(
        "authority",
        SCORE,
        LISTED,
        "from PageRank personalised to accounts that posted in the area lately; 0"
        " unless given a weight",
        "points",
    ),
    Column(
        "brokerage",
        SCORE,
        LISTED,
        "participation-weighted audience: from responders in several communities; 0"
        " unless given a weight",
        "points",
    ),
    Column(
        "activity",
        SCORE,
        LISTED,
        "from the person's own posts, as far as responses support it",
        "points",
    ),
)
_CLAIMED: Final = Column(
    "audience_claimed",
    WHOLE,
    LISTED,
    "followers by the profile on the platform, in the study or not; no part of the"
    " score; empty where no profile says",
    "accounts",
)
_COMMUNITY: Final = Column("community", WHOLE, LISTED, "community; 1 is the largest")
_WHY: Final = "why the person is on the list"
_LAYERS: Final = Column(
    "layers", TEXT, EVERYONE, "layers of the ties, joined by |", of=LAYERS
)

RANK: Final = (
    AREA,
    _RANK,
    *_WHO,
    _SCORE,
    Column("rank_low", WHOLE, LISTED, "best rank in the 90 % interval"),
    Column("rank_high", WHOLE, LISTED, "worst rank in the 90 % interval"),
    *(
        Column(
            f"rank_{family}",
            WHOLE,
            LISTED,
            f"rank by {family} ties alone ({', '.join(layers)}); empty for people"
            " without, and for everyone where all ties are of one family",
        )
        for family, layers in LAYER_FAMILIES.items()
    ),
    *_CONTRIBUTIONS,
    _CLAIMED,
    *_KNOWN,
    Column("p_top10", SHARE, LISTED, "probability of a rank among the first ten"),
    Column(
        "tier", WHOLE, LISTED, "people of one tier are not distinguishable; 1 is first"
    ),
)
COMMUNITIES: Final = (
    *_WHO,
    _COMMUNITY,
    Column(
        "size", WHOLE, NOBODY, "members of the community, listed or not", "accounts"
    ),
    Column("attention", NUMBER, LISTED, "in-strength: weight of incoming ties", "ties"),
    _ROLE,
)
PROSPECTS: Final = (
    Column(
        "rank",
        WHOLE,
        LISTED,
        "order in which the people were chosen, from 1; no two share one, as each is"
        " chosen in view of those before",
    ),
    *_WHO,
    Column(
        "kind",
        TEXT,
        LISTED,
        "leader (established), rising (at least 20 % probability of entering the top"
        " decile next period), broker (audience in communities that the known do not"
        " cover) or voice (local influencer)",
    ),
    Column(
        "gain",
        NUMBER,
        LISTED,
        "expected number of further accounts activated by the person, the person"
        " included, given the known people and those ranked above; horizon: one sixth"
        " of the period where influence probabilities are learned",
        "accounts",
    ),
    Column(
        "coverage",
        SHARE,
        LISTED,
        "expected share of the area's accounts activated up to this row",
    ),
    Column(
        "reason",
        TEXT,
        OTHERS,
        "rank, community, ties to known people, and how many accounts only they reach",
        of=("rank", "community", "introducer"),
    ),
    Column(
        "response",
        SHARE,
        LISTED,
        "probability of a response to a known person within the next period; empty"
        " where the data are too sparse to estimate it",
    ),
    Column("introducer", ID, OTHERS, "known person with the strongest path to them"),
    Column("path", TEXT, OTHERS, "that path, step by step", of=("introducer",)),
    Column("topics", TEXT, OTHERS, "hashtags used on that path", of=("path",)),
    Column(
        "evidence", TEXT, OTHERS, "link to the latest post on that path", of=("path",)
    ),
    _COMMUNITY,
    *_KNOWN,
    _REGION,
)
COMPARE: Final = (
    *_WHO,
    Column(
        "moved",
        TEXT,
        LISTED,
        "up, down, new (no responder before) or gone (no responder after)",
    ),
    *(
        Column(f"{name}_{period}", WHOLE, LISTED, f"{meaning} in the {which} period")
        for period, which in (("before", "earlier"), ("after", "later"))
        for name, meaning in (
            ("rank", "rank"),
            ("low", "best rank in the 90 % interval"),
            ("high", "worst rank in the 90 % interval"),
        )
    ),
    Column("change", SCORE, LISTED, "change of the score, less the area's", "points"),
    Column("p", SHARE, LISTED, "p-value, corrected for the number of people compared"),
    Column("reason", TEXT, OTHERS, _WHY, of=("change", *CONTRIBUTIONS)),
    *_KNOWN,
)
RISING: Final = (
    Column(
        "rank",
        WHOLE,
        LISTED,
        "rank by probability, from 1; equal probabilities share one and are listed by"
        " current rank",
    ),
    *_WHO,
    Column(
        "probability",
        SHARE,
        LISTED,
        "predicted probability of entering the top decile in the next period",
    ),
    Column("current_rank", WHOLE, LISTED, "rank by score today"),
    Column("reason", TEXT, OTHERS, _WHY, of=("probability", "current_rank")),
    *_KNOWN,
)
FIND: Final = (*_WHO, *_KNOWN)
GAPS: Final = (Column("rank", WHOLE, LISTED, "rank by score"), *_WHO, *COLLECTED)
NODES: Final = (
    Column("id", ID, EVERYONE, "id, or running number of an account not listed"),
    Column("label", ID, EVERYONE, "handle or name, or that number"),
    Column("named", TRUTH, EVERYONE, "whether the account may be listed"),
    *_WHO[1:],
    *_KNOWN,
    Column("community", WHOLE, EVERYONE, "community; 1 is the largest"),
    Column("rank", WHOLE, LISTED, "rank by score"),
    Column("score", SCORE, LISTED, "sum of the five contributions", "points"),
    *_CONTRIBUTIONS,
    Column(
        "attention", NUMBER, EVERYONE, "in-strength: weight of incoming ties", "ties"
    ),
    Column("in_degree", WHOLE, EVERYONE, "in-degree", "accounts"),
    Column("out_degree", WHOLE, EVERYONE, "out-degree", "accounts"),
    Column("x", NUMBER, EVERYONE, "coordinate, from the left"),
    Column("y", NUMBER, EVERYONE, "coordinate, from below"),
    Column(
        "size",
        NUMBER,
        EVERYONE,
        "radius, in the unit of the coordinates; grows with attention",
        of=("attention",),
    ),
    Column(
        "color", TEXT, EVERYONE, "colour of the community, #rrggbb", of=("community",)
    ),
)
TIES: Final = (
    Column("source", ID, EVERYONE, "account that pays attention: an id of the nodes"),
    Column("target", ID, EVERYONE, "account that receives it: an id of the nodes"),
    Column(
        "weight", NUMBER, EVERYONE, "sum over ties, by the weights of layers", "ties"
    ),
    _LAYERS,
    *(
        Column(layer, WHOLE, EVERYONE, f"ties of layer {layer}; only if any", "ties")
        for layer in LAYERS
    ),
    Column("first", DAY, LISTED, "day of the first tie; only if both ends are listed"),
    Column("last", DAY, LISTED, "day of the last tie, likewise"),
)
EVIDENCE: Final = (
    Column("source", ID, LISTED, "id of the account that pays attention", of=("id",)),
    Column("source_handle", TEXT, LISTED, "its handle", of=("handle",)),
    Column("target", ID, LISTED, "id of the account that receives it", of=("id",)),
    Column("target_handle", TEXT, LISTED, "its handle", of=("handle",)),
    Column("layer", TEXT, LISTED, "layer of the tie"),
    Column("at", DAY, LISTED, "time of the post"),
    Column("platform", TEXT, LISTED, "platform of the post"),
    Column("post", TEXT, LISTED, "id of the post"),
    Column(
        "link",
        TEXT,
        LISTED,
        "address of the post, where the platform has one",
        of=("post",),
    ),
    Column("area", TEXT, LISTED, "areas of the tie, joined by |"),
)
LISTS: Final[Mapping[str, tuple[Column, ...]]] = MappingProxyType(
    {
        "rank": RANK,
        "communities": COMMUNITIES,
        "prospects": PROSPECTS,
        "compare": COMPARE,
        "rising": RISING,
        "backtest": BACKTEST,
        "areas": AREAS,
        "find": FIND,
        "inspect": INSPECT,
        "gaps": GAPS,
        "nodes": NODES,
        "ties": TIES,
        "evidence": EVIDENCE,
        "consent": CONSENT,
        "notices": NOTICES,
        "about": ABOUT,
        **RECORDS,
        **{f"explain {name}": columns for name, columns in SECTIONS.items()},
    }
)
# The column by which the people of a list are ordered.
ORDERED_BY: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("rank", "prospects", "rising", "gaps"), "rank"),
        "communities": "attention",
        "compare": "rank_after",
    }
)
# Columns whose cells stay as they are, as they must be found again.
IDS: Final = frozenset(
    column.name for listing in LISTS.values() for column in listing if column.kind == ID
)


def declared(listing: str, name: str) -> Column | None:
    """The column of a list that *name* is, or None if it has none.

    >>> declared("backtest", "at_35").kind, declared("rank", "colour")
    ('share', None)
    """
    for column in LISTS.get(listing, ()):
        if fnmatchcase(name, column.name):
            return column
    return None


def profile_fields(listing: str) -> tuple[str, ...]:
    """The columns of a list that are looked up in what is known of a person.

    >>> profile_fields("communities")
    ('id', 'handle', 'name', 'role')
    """
    return tuple(column.name for column in LISTS[listing] if column.profile)


def in_order(listing: str, names: Iterable[str]) -> list[str]:
    """The names in the order in which the list declares them.

    Raises:
        ValueError: if the list declares no such column.

    >>> in_order("about", ["value", "what"])
    ['what', 'value']
    """
    place = {column: number for number, column in enumerate(LISTS[listing])}

    def number(name: str) -> int:
        column = declared(listing, name)
        if column is None:
            raise ValueError(f"model/columns.py declares no {name!r} of {listing!r}")
        return place[column]

    return sorted(names, key=number)
