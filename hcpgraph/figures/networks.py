"""The map of a network: communities, leaders, and the backbone of ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.errors import FigureError
from hcpgraph.figures import plans
from hcpgraph.figures.legend import list_numbers, write_legend
from hcpgraph.figures.map_artists import draw_accounts, draw_discs, draw_ties
from hcpgraph.figures.map_geometry import MapGeometry, make_geometry
from hcpgraph.figures.naming import write_labels
from hcpgraph.figures.page_layout import page_layout
from hcpgraph.figures.style import page_named, styled
from hcpgraph.figures.ties import Backbone, backbone
from hcpgraph.figures.titles import (
    WHOLE,
    foot_of,
    head_of,
    wrapped,
    write_foot,
    write_head,
)
from hcpgraph.model.words import count

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from hcpgraph.figures.style import Page
    from hcpgraph.graph import Graph
    from hcpgraph.model.prospects import Prospects
    from hcpgraph.model.ranking import Ranking
    from hcpgraph.model.scores import Partition

_MOST_TIES: Final = 2500  # more on one page are a grey cloud
_TIES_EACH: Final = 2  # likewise, for each account of a small graph
_ALWAYS: Final = 300  # so few ties are all drawn


def network(  # noqa: PLR0913 - one keyword per thing a picture may show
    graph: Graph,
    people: Ranking | Prospects | None = None,
    *,
    partition: Partition | None = None,
    communities: Mapping[int, str] | None = None,
    known: Collection[object] = (),
    chosen: Collection[object] = (),
    covered: Collection[object] | None = None,
    title: str | None = None,
    labels: int = 20,
    seed: int = 0,
    page: str = "slide",
) -> Figure:
    """Network map: communities, their leaders, and the ties between them.

    Each disc is a community, each dot an account, its size by incoming weight. Only
    the backbone of ties is drawn, as many as a reader can tell apart; the caption has
    the number drawn and the total. The first accounts are labelled without overlap;
    an account without room for its label has a number, explained in the right column.

    With *known* or *chosen* people the figure is an outreach plan instead: your
    contacts, the prospects, numbered, their additional audience, and the audience
    reached already. Everyone else is faint.

    Args:
        graph: ties run from follower to followed; ties without weight count 1.
        people: list whose first accounts are labelled, by name, else @handle, else
            id. None labels the accounts of most incoming weight, by id. For a plan,
            the source of names of the chosen.
        partition: communities to show; Leiden communities by default.
        communities: what to call communities, by their number from 0; by their
            foremost members by default.
        known: ids of people already known.
        chosen: ids of people to approach, in order.
        covered: ids of accounts that the chosen reach and the known do not; by
            default the in-neighbours of the chosen alone.
        title: the area of the list by default.
        labels: how many accounts to label, at least 0.
        seed: of the community search and the layout.
        page: ``"slide"`` (13.3 x 7.5 in) or ``"print"`` (7.2 x 4.8 in).

    Returns:
        A figure of its own, unknown to pyplot. The same arguments give the same
        picture.

    Raises:
        FigureError: if the graph has no accounts.
        ValueError: if *labels* is negative, there is no such *page*, or
            *partition* is of another graph.

    >>> from hcpgraph.graph import Graph
    >>> graph = Graph.from_edges(["ann", "bob", "cem"], ["bob", "cem", "ann"])
    >>> network(graph).get_size_inches().tolist()
    [13.333, 7.5]
    """
    if labels < 0:
        raise ValueError(f"labels must be at least 0, got {labels}")
    paper = page_named(page)
    if graph.n_nodes == 0:
        raise FigureError("nothing to draw: the graph has no accounts")
    where = title or (people.area if people is not None else None) or WHOLE
    with styled():
        figure, plane, column = page_layout(paper, head_of(paper), foot_of(paper, 2))
        geometry = make_geometry(
            graph,
            people,
            partition,
            box=(plane.get_xlim()[1], plane.get_ylim()[1]),
            text=paper.text,
            labels=labels,
            seed=seed,
            titles=communities or {},
        )
        if len(known) or len(chosen):
            plan = plans.make_plan(graph, known, chosen, covered)
            what, said = plans.draw(plane, column, geometry, plan, people, paper=paper)
        else:
            what, said = _draw(plane, column, geometry, people, paper)
        write_head(plane, where, what, paper)
        write_foot(plane, wrapped(plane, said, paper), paper)
    return figure


def _draw(
    plane: Axes,
    column: Axes,
    geometry: MapGeometry,
    people: Ranking | Prospects | None,
    paper: Page,
) -> tuple[str, list[str]]:
    """The map and its column; gives the title line and the sentences of the foot."""
    graph = geometry.graph
    most = int(np.clip(_TIES_EACH * graph.n_nodes, _ALWAYS, _MOST_TIES))
    shown = backbone(graph, most)
    draw_discs(plane, geometry)
    heads = draw_ties(plane, geometry, shown)
    draw_accounts(plane, geometry)
    below, room = write_legend(column, geometry, paper)
    numbered, unnamed = write_labels(plane, geometry, paper, heads=heads, room=room)
    list_numbers(column, numbered, paper, below=below)
    return _headline(geometry), _sentences(geometry, shown, people, unnamed)


def _headline(geometry: MapGeometry) -> str:
    """What the map shows, in one line."""
    graph, partition = geometry.graph, geometry.partition
    groups = int((partition.sizes() > 1).sum())
    parts = [
        f"Influence network: {count(graph.n_nodes, 'account')}",
        count(graph.n_edges, "tie"),
        count(groups, "community", "communities"),
    ]
    if partition.modularity is not None and groups > 1:
        parts.append(f"modularity {partition.modularity:.2f}")
    return ", ".join(parts)


def _sentences(
    geometry: MapGeometry,
    shown: Backbone,
    people: Ranking | Prospects | None,
    unnamed: int,
) -> list[str]:
    """What the figure leaves out, as sentences."""
    said = ["Ties run from the follower or responder to the person followed."]
    if shown.total == 0:
        said = ["No ties to draw."]
    elif len(shown) < shown.total:
        said.append(
            f"{len(shown):,} of {shown.total:,} ties drawn (backbone: each account's"
            " main tie, then the most significant); all count."
        )
    else:
        said.append("All ties drawn.")
    named = len(geometry.leaders) - unnamed
    if people is None and named:
        said.append("Labelled: most incoming ties.")
    elif people is not None:
        by = getattr(people, "by", None)
        of = f"of the ranking by {by} " if by else "of the list "
        said.append(f"Labelled: the first {named} {of}in this network.")
    if unnamed:
        said.append(f"No room for {count(unnamed, 'more label')}.")
    return said
