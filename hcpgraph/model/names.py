"""Names: layers, roles, measures, formats. Loads no numpy."""

from __future__ import annotations

from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.model import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The position of a layer is its code in ``Ties.layer`` and in the store:
# append, never reorder.
LAYERS: Final = (
    "follow",
    "mention",
    "reply",
    "repost",
    "quote",
    "mention_in_repost",
    "connection",
    "nomination",
    "coauthor",
    "colleague",
    "referral",
    "attendance",
)

# Layers that are read unless others are asked for. A mention inside a repost is
# the original author's, not the reposter's, so it counts for nothing by default.
DEFAULT_LAYERS: Final[Mapping[str, float]] = MappingProxyType(
    {layer: 1.0 for layer in LAYERS if layer != "mention_in_repost"}
)

# Layers in which attention is paid by an interaction (rather than by a standing tie).
ACTS: Final = ("mention", "reply", "repost", "quote")
ACT_CODES: Final = tuple(LAYERS.index(name) for name in ACTS)

# Kinds of standing among colleagues; each layer is of one family.
LAYER_FAMILIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "social": (*ACTS, "follow", "mention_in_repost", "connection"),
        "scientific": ("coauthor", "colleague", "attendance"),
        "nominated": ("nomination", "referral"),
    }
)

DEFAULT_PLATFORM: Final = "x"  # where neither file nor study says another
MOST: Final = 2**31 - 1  # of a count that anybody asks for
MOST_SEED: Final = 2**63 - 1
ROLES: Final = (
    "unknown",
    "clinician",
    "nurse",
    "pharmacist",
    "researcher",
    "other HCP",
    "organisation",
    "company",
    "media",
    "bot",
)
HCP_ROLES: Final = frozenset(
    {"clinician", "nurse", "pharmacist", "researcher", "other HCP"}
)
# Never listed among people, whatever the audience.
NOT_PEOPLE: Final = frozenset({"organisation", "company", "media", "bot"})

MEASURES: Final = (
    "in_degree",
    "out_degree",
    "strength",
    "pagerank",
    "hits",
    "katz",
    "harmonic_closeness",
    "betweenness",
    "core_number",
    "constraint",
    "participation",
    "clustering",
    "voterank",
)

CONTRIBUTIONS: Final = ("reach", "resonance", "authority", "brokerage", "activity")

ENGINES: Final = ("local",)

AUDIENCES: Final = ("auto", "hcp", "all")

# Formats of exports, as ``--format`` of an import takes them.
FORMATS: Final = formats.NAMES

FIGURES: Final = (
    "network",
    "ranking",
    "communities",
    "areas",
    "timeline",
    "coverage",
    "backtest",
    "families",
)
PICTURES: Final = ("png", "svg", "pdf")
# What a picture of a kind takes beside the area, the period and the audience.
FIGURE_OPTIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "network": ("top", "known", "exclude", "budget"),
        "ranking": ("top",),
        "communities": (),
        "areas": ("top",),
        "timeline": ("top",),
        "coverage": ("known", "exclude", "budget"),
        "backtest": ("top",),
        "families": ("top", "families"),
    }
)
PAGES: Final = ("slide", "print")

# What ``export`` writes: name -> kinds of file, by the end of the name.
EXPORTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "gexf": ("gexf",),
        "graphml": ("graphml",),
        "graphology": ("json",),
        "nodes": ("csv", "parquet", "json"),
        "ties": ("csv", "parquet", "json"),
        "xlsx": ("xlsx",),
        "evidence": ("csv", "parquet", "json"),
    }
)

MATCH_BASES: Final = ("optin", "public_self_declared")


def suggest(word: str, known: Iterable[str]) -> str:
    """A clause that names the closest known word, or lists a few.

    >>> suggest("pagernak", ["pagerank", "hits"])
    "did you mean 'pagerank'?"
    >>> suggest("zzz", ["pagerank", "hits"])
    'choose from: hits, pagerank'
    >>> suggest("zzz", [])
    'there is none'
    """
    names = sorted(known)
    close = get_close_matches(word, names, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    if not names:
        return "there is none"
    shown = ", ".join(names[:12])
    return f"choose from: {shown}{', ...' if len(names) > 12 else ''}"
