"""Parts of pages and pictures, and the columns of lists that each is made of.

A part is shown to a viewer who may see all of its columns; else it is left out.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hcpgraph.errors import FigureError
from hcpgraph.model.column import NOBODY
from hcpgraph.model.columns import LISTS
from hcpgraph.model.names import CONTRIBUTIONS, LAYER_FAMILIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.policy import Viewer

    Columns = tuple[tuple[str, tuple[str, ...]], ...]  # list and columns of it

_CALLED: Final = ("id", "handle", "name")

MAP: Final = "the map"
COMMUNITIES: Final = "communities"
ENDORSERS: Final = "endorsers"
SCORES: Final = "contributions to scores"
INTERVALS: Final = "intervals of ranks"
COVERAGE: Final = "curves of coverage"
PARTS: Final[Mapping[str, Columns]] = MappingProxyType(
    {
        MAP: (
            ("rank", ("rank",)),
            ("nodes", ("community", "in_degree", "out_degree", "x", "y", "size")),
            ("ties", ("source", "target", "layers")),
        ),
        COMMUNITIES: (("rank", ("rank",)), ("communities", ("community", "size"))),
        ENDORSERS: (
            ("rank", ("rank",)),
            (
                "explain endorsers",
                ("endorser", "adds", "rank_without", "layers", "ties", "last"),
            ),
        ),
        SCORES: (("rank", ("score", *CONTRIBUTIONS)),),
        INTERVALS: (("rank", ("rank", "rank_low", "rank_high")),),
        COVERAGE: (("prospects", ("gain", "coverage")),),
    }
)
_NETWORK: Final[Columns] = (
    ("rank", ("id", "rank")),
    ("nodes", ("community", "attention", "x", "y", "size")),
    ("ties", ("source", "target", "weight")),
)
PICTURES: Final[Mapping[str, Columns]] = MappingProxyType(
    {
        "network": _NETWORK,
        "plan": (*_NETWORK, ("prospects", ("gain", "coverage"))),
        "ranking": (("rank", ("rank", "score")),),
        "communities": (
            ("rank", ("id", "rank")),
            ("communities", ("community", "size")),
        ),
        "areas": (("rank", ("area", "id", "rank")),),
        "timeline": (("rank", ("id", "rank", "resonance")),),
        "coverage": (("prospects", ("gain", "coverage")),),
        "backtest": (),
        "families": (("rank", ("id", *(f"rank_{one}" for one in LAYER_FAMILIES))),),
    }
)


def withheld(viewer: Viewer, columns: Columns) -> tuple[str, ...]:
    """Those of some columns that a viewer may not see, each once."""
    every = ((listing, name) for listing, names in columns for name in names)
    left = [name for listing, name in every if not viewer.sees(listing, name)]
    return tuple(dict.fromkeys(left))


def shown(viewer: Viewer) -> frozenset[str]:
    """The parts of a page that a viewer may see."""
    return frozenset(
        part for part, columns in PARTS.items() if not withheld(viewer, columns)
    )


def lists(viewer: Viewer, listing: str) -> bool:
    """Whether a viewer may see anything of people on a list."""
    return any(
        viewer.sees(listing, column.name)
        for column in LISTS[listing]
        if column.privacy != NOBODY
    )


def refuse_picture(viewer: Viewer, kind: str) -> None:
    """Refuse a picture that cannot be drawn without what is withheld from its viewer.

    Args:
        viewer: who would see it.
        kind: a name in ``PICTURES``.

    Raises:
        FigureError: if it is one; the message names the columns.
    """
    left = withheld(viewer, PICTURES[kind])
    if not left and PICTURES[kind] and not any(map(viewer.shows, _CALLED)):
        left = _CALLED  # one of them is enough
    if left:
        raise FigureError(
            f"{kind} cannot be drawn for {viewer.name}: the policy withholds"
            f" {', '.join(left)}"
        )


def sentences(viewer: Viewer) -> tuple[str, ...]:
    """What a page withholds from a viewer; nothing for one who sees all of it."""
    every = (column for listing in ("rank", "prospects") for column in LISTS[listing])
    told = {column.name for column in every if column.privacy != NOBODY}
    left = sorted(name for name in told if not viewer.shows(name))
    if not left:
        return ()
    parts = [part for part in PARTS if part not in shown(viewer)]
    said = [f"Columns withheld from {viewer.name}: {', '.join(left)}."]
    if parts:
        said.append(f"Left out, as they need such columns: {', '.join(parts)}.")
    return tuple(said)
