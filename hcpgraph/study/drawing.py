"""Pictures of a study: its network, who leads, and how well that foretold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hcpgraph import figures
from hcpgraph.model.selection import EVERY_AREA
from hcpgraph.study.saving import keep_study, save_provenance

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from matplotlib.figure import Figure

    from hcpgraph.model.ranking import Ranking
    from hcpgraph.study.core import Study


@dataclass(frozen=True, slots=True)
class Motif:
    """What a picture shows.

    Attributes:
        area: slug of a disease area; None for the whole study.
        top: how many leaders are named.
        since: first moment of the period, inclusive.
        until: last moment of the period, exclusive.
        audience: who is named.
        seed: for the random steps.

    Raises:
        ValueError: if every area is asked for at once.
    """

    area: str | None = None
    top: int = 20
    since: str | datetime | None = None
    until: str | datetime | None = None
    audience: str = "auto"
    seed: int = 0

    def __post_init__(self) -> None:
        if self.area == EVERY_AREA:
            raise ValueError("a figure shows one area, or the whole study: name one")


def draw_network(study: Study, motif: Motif) -> Figure:
    """The network with its communities, and its leaders named."""
    graph, partition = study.graph_with_communities(
        motif.area, since=motif.since, until=motif.until, seed=motif.seed
    )
    return figures.network(
        graph,
        _leaders(study, motif),
        partition=partition,
        title=_title(study, motif.area),
        labels=motif.top,
        seed=motif.seed,
    )


def draw_ranking(study: Study, motif: Motif) -> Figure:
    """The leaders, and what the score of each is made of."""
    return figures.ranking(
        _leaders(study, motif), top=motif.top, title=_title(study, motif.area)
    )


def draw_backtest(study: Study, motif: Motif) -> Figure:
    """How well past rankings foretold attention; nobody is named."""
    found = study.backtest(
        motif.area,
        top=motif.top,
        since=motif.since,
        until=motif.until,
        audience=motif.audience,
        seed=motif.seed,
    )
    return figures.backtest(found, title=_title(study, motif.area))


def save_figure(
    study: Study, figure: Figure, path: Path, parameters: Mapping[str, object]
) -> Path:
    """Write a picture to *path*, and beside it what it was made of."""
    keep_study(study, path)
    figures.save(figure, path)
    return save_provenance(study, path, parameters)


def _leaders(study: Study, motif: Motif) -> Ranking:
    return study.rank(
        motif.area,
        top=motif.top,
        since=motif.since,
        until=motif.until,
        audience=motif.audience,
        seed=motif.seed,
    )


def _title(study: Study, area: str | None) -> str | None:
    """The name of the area, as its vocabulary has it; None for the whole study."""
    if area is None:
        return None
    table = study.areas(every=True)
    names = dict(zip(table["slug"], table["name"], strict=True))
    return str(names[area])


DRAWINGS = {
    "network": draw_network,
    "ranking": draw_ranking,
    "backtest": draw_backtest,
}
