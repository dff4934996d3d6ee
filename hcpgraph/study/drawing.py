"""Pictures of a study: its network, and who leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph import figures
from hcpgraph.model.selection import EVERY_AREA

if TYPE_CHECKING:
    from datetime import datetime

    from matplotlib.figure import Figure

    from hcpgraph.study.core import Study

    When = str | datetime | None


def draw_network(
    study: Study,
    area: str | None = None,
    *,
    top: int = 20,
    since: When = None,
    until: When = None,
    audience: str = "auto",
    seed: int = 0,
) -> Figure:
    """The network of an area with its communities, and the *top* leaders named."""
    if area == EVERY_AREA:
        raise ValueError("a figure shows one area, or the whole study: name one")
    graph, partition = study.graph_with_communities(
        area, since=since, until=until, seed=seed
    )
    ranking = study.rank(
        area, top=top, since=since, until=until, audience=audience, seed=seed
    )
    return figures.network(
        graph,
        ranking,
        partition=partition,
        title=title(study, area),
        labels=top,
        seed=seed,
    )


def draw_ranking(
    study: Study,
    area: str | None = None,
    *,
    top: int = 20,
    since: When = None,
    until: When = None,
    audience: str = "auto",
    seed: int = 0,
) -> Figure:
    """The *top* leaders of an area, and what the score of each is made of."""
    if area == EVERY_AREA:
        raise ValueError("a figure shows one area, or the whole study: name one")
    ranking = study.rank(
        area, top=top, since=since, until=until, audience=audience, seed=seed
    )
    return figures.ranking(ranking, top=top, title=title(study, area))


def title(study: Study, area: str | None) -> str | None:
    """The name of the area, as its vocabulary has it; None for the whole study."""
    if area is None:
        return None
    table = study.areas(every=True)
    names = dict(zip(table["slug"], table["name"], strict=True))
    return str(names[area])


DRAWINGS = {"network": draw_network, "ranking": draw_ranking}
