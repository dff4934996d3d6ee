"""The outreach plan on the map: your contacts, the prospects, and their audiences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.colors import to_rgba

from hcpgraph.figures.label_placement import LabelPlacement
from hcpgraph.figures.legend import LINE, place_dot, write
from hcpgraph.figures.map_artists import dot, draw_curves, draw_discs
from hcpgraph.figures.naming import number_beside
from hcpgraph.figures.page_layout import fitted, measured
from hcpgraph.figures.style import INK, PLAN_COLOURS, SOFT_INK
from hcpgraph.figures.ties import Backbone
from hcpgraph.figures.wording import drawable, names_in
from hcpgraph.graph.rows import row_of_each
from hcpgraph.model.words import count

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from hcpgraph.figures.map_geometry import MapGeometry
    from hcpgraph.figures.style import Page
    from hcpgraph.graph import Graph
    from hcpgraph.model.table import Listed

    Reals = NDArray[np.float64]
    Positions = NDArray[np.intp]

ROLES: Final = ("other", "reached", "covered", "known", "chosen")
_OTHER, _REACHED, _COVERED, _KNOWN, _CHOSEN = range(5)
_SAID: Final = {
    "chosen": "prospects, numbered",
    "covered": "in the additional audience",
    "known": "your contacts",
    "reached": "in their audience",
    "other": "in neither audience",
}
_CLOSEST: Final = 1.18  # least line height of the list over type size
_MOST_TIES: Final = 2500
_NUMBERED: Final = 1.75  # diameter of a numbered dot over type size, at least
_SEEN: Final = 0.75  # likewise of a known person
# Size of the dots of everyone else over that on a map of leaders, by role.
_OF_SIZE: Final = (0.65, 0.65, 0.9, 1.0, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class OutreachPlan:
    """The role of each account in a plan.

    Attributes:
        role: index into ``ROLES``, shape (n,), int8.
        chosen: positions of the prospects, in order.
        absent: known and chosen people who are not in the graph.
    """

    role: NDArray[np.int8]
    chosen: tuple[int, ...]
    absent: int


def make_plan(
    graph: Graph,
    known: Collection[object],
    chosen: Collection[object],
    covered: Collection[object] | None,
) -> OutreachPlan:
    """The role of every node of a graph; in-neighbours of a person are reached."""
    place = {str(account): i for i, account in enumerate(graph.ids.tolist())}
    wanted = [dict.fromkeys(map(str, ids)) for ids in (known, chosen)]
    met, picked = ([place[i] for i in ids if i in place] for ids in wanted)
    absent = sum(map(len, wanted)) - len(met) - len(picked)
    role = np.zeros(graph.n_nodes, np.int8)
    if covered is None:
        role[_audience(graph, picked)] = _COVERED
    else:
        role[[place[i] for i in map(str, covered) if i in place]] = _COVERED
    role[_audience(graph, met)] = _REACHED
    role[met] = _KNOWN
    role[picked] = _CHOSEN
    return OutreachPlan(role, tuple(picked), absent)


def _audience(graph: Graph, people: Sequence[int]) -> NDArray[np.bool_]:
    """The in-neighbours of some people, shape (n,)."""
    member = np.zeros(graph.n_nodes, np.bool_)
    member[list(people)] = True
    source = row_of_each(graph.indptr)
    found = np.zeros(graph.n_nodes, np.bool_)
    found[source[member[graph.indices]]] = True
    return found


def draw(
    plane: Axes,
    column: Axes,
    geometry: MapGeometry,
    plan: OutreachPlan,
    people: Listed | None,
    *,
    paper: Page,
) -> tuple[str, list[str]]:
    """The plan and its column; gives the title line and the sentences of the foot."""
    geometry = replace(geometry, size=_sizes(geometry, plan, paper))
    draw_discs(plane, geometry, SOFT_INK)
    drawn, total = _draw_ties(plane, geometry, plan)
    for code, role in enumerate(ROLES[:-1]):
        members = np.flatnonzero(plan.role == code)
        rim = INK if role == "known" else None
        dot(plane, geometry, members, PLAN_COLOURS[role], rim=rim)
    picked = np.array(plan.chosen, np.intp)
    dot(plane, geometry, picked[::-1], PLAN_COLOURS["chosen"], rim="white")
    unnumbered = _number(plane, geometry, plan, paper)
    below = _write_roles(column, plan, paper)
    left = _list_chosen(column, geometry, plan, people, paper=paper, below=below)
    roles = np.bincount(plan.role, minlength=len(ROLES))
    what = "Your contacts and their audience"
    if plan.chosen:
        what = (
            f"Prospects: {count(int(roles[_CHOSEN]), 'person', 'people')}, with an"
            f" additional audience of {int(roles[_COVERED]):,} of"
            f" {count(len(plan.role), 'account')}"
        )
    said = [
        "Dot size: incoming ties; discs: communities.",
        "Audience: accounts that follow or respond.",
    ]
    if plan.chosen and _gains(people):
        said.append("Adds: expected number of additional accounts.")
    if total:
        few = "" if drawn == total else f"{drawn:,} of "
        said.append(
            f"Lines: {few}{count(total, 'tie')} from the additional audience to"
            " prospects."
        )
    if plan.absent:
        said.append(f"Not in this network: {plan.absent:,} contacts and prospects.")
    missing = [count(unnumbered, "number")] * bool(unnumbered)
    missing += [count(left, "name")] * bool(left)
    if missing:
        said.append(f"No room for {' and '.join(missing)}.")
    return what, said


def _sizes(geometry: MapGeometry, plan: OutreachPlan, paper: Page) -> Reals:
    """Dots of contacts and prospects, large enough to be seen and numbered."""
    least = np.array([0.0, 0.0, 0.0, _SEEN, _NUMBERED])[plan.role] * paper.small
    part = np.array(_OF_SIZE)[plan.role]
    return np.asarray(np.maximum(geometry.size * part, least))


def _draw_ties(
    plane: Axes, geometry: MapGeometry, plan: OutreachPlan
) -> tuple[int, int]:
    """The ties of the additional audience; number drawn, and in all."""
    graph = geometry.graph
    source = row_of_each(graph.indptr).astype(np.intp)
    target = graph.indices.astype(np.intp)
    matter = np.flatnonzero(
        (plan.role[source] == _COVERED) & (plan.role[target] == _CHOSEN)
    )
    # evenly over all of them where they are too many, each chosen person its part
    order = matter[np.lexsort((source[matter], target[matter]))]
    step = -(-len(order) // _MOST_TIES)
    kept = order[::step] if step else order
    shown = Backbone(source[kept], target[kept], len(matter))
    if len(shown):
        few = float(np.clip(200 / len(shown), 0.0, 1.0))
        colour = to_rgba(PLAN_COLOURS["chosen"], 0.16 + 0.36 * few)
        draw_curves(plane, geometry, shown, colour, width=0.4 + 0.4 * few)
    return len(shown), len(matter)


def _number(plane: Axes, geometry: MapGeometry, plan: OutreachPlan, paper: Page) -> int:
    """Number the chosen, in their dots where these are free; how many found no room."""
    crowd = geometry.xy[(plan.role == _COVERED) | (plan.role == _KNOWN)]
    placement = LabelPlacement(geometry.width, geometry.height, crowd)
    chosen = list(plan.chosen)
    xy, size = geometry.xy[chosen], geometry.size[chosen]
    for centre, diameter in zip(xy, size, strict=True):
        placement.take(centre, np.full(2, diameter))
    homeless = 0
    for number, position in enumerate(chosen, start=1):
        before = xy[: number - 1] - geometry.xy[position]
        close = (size[: number - 1] + geometry.size[position]) * 0.45
        if (np.hypot(*before.T) >= close).all():
            x, y = geometry.xy[position].tolist()
            plane.text(
                x, y, f"{number}", fontsize=paper.small, color="white",
                fontweight="bold", ha="center", va="center_baseline", zorder=6,
            )  # fmt: skip
        elif not number_beside(plane, geometry, paper, placement, (position, number)):
            homeless += 1
    return homeless


def _write_roles(column: Axes, plan: OutreachPlan, paper: Page) -> float:
    """The legend of colours, with counts; gives the height of the next line."""
    line = LINE * paper.text
    y = column.get_ylim()[1] - 0.6 * line
    sizes = np.bincount(plan.role, minlength=len(ROLES))
    for role, said in _SAID.items():
        number = int(sizes[ROLES.index(role)])
        if not number:
            continue
        rim = INK if role == "known" else None
        place_dot(
            column, (0.6 * paper.text, y), 0.95 * paper.text, PLAN_COLOURS[role], rim
        )
        write(column, 1.8 * paper.text, y, f"{number:,} {said}", paper.text)
        y -= line
    return y


def _list_chosen(
    column: Axes,
    geometry: MapGeometry,
    plan: OutreachPlan,
    people: Listed | None,
    *,
    paper: Page,
    below: float,
) -> int:
    """Number, name and gain of the chosen; how many found no room."""
    if not plan.chosen:
        return 0
    room = below - 2.0 * paper.text
    # a long list is set closer before names are left out
    line = float(
        np.clip(room / len(plan.chosen), _CLOSEST * paper.small, LINE * paper.small)
    )
    gains = _gains(people)
    width, y = column.get_xlim()[1], below - 0.5 * paper.text
    write(column, 0, y, "Prospects", paper.text, weight="bold")
    if gains:
        head = write(column, width, y, "adds", paper.small, colour=SOFT_INK)
        head.set_horizontalalignment("right")
    y -= 0.3 * line
    room = int((y - 0.5 * line) / line)
    names = {} if people is None else names_in(people)
    for number, position in enumerate(plan.chosen[:room], start=1):
        y -= line
        account = str(geometry.graph.ids[position])
        mark = write(column, 1.5 * paper.small, y, f"{number}", paper.small,
                     colour=PLAN_COLOURS["chosen"], weight="bold")  # fmt: skip
        mark.set_horizontalalignment("right")
        taken = 2.2 * paper.small
        if account in gains:
            gain = write(column, width, y, gains[account], paper.small)
            gain.set_horizontalalignment("right")
            taken += float(measured(gain)[0]) + paper.small
        name = names.get(account) or drawable(account) or account
        shown = fitted(column, name, paper.small, width - taken)
        write(column, 2.2 * paper.small, y, shown, paper.small)
    return max(len(plan.chosen) - room, 0)


def _gains(people: Listed | None) -> Mapping[str, str]:
    """The marginal gain of each listed person, by id; empty without that column."""
    if people is None or "gain" not in people.table.names:
        return {}
    table = people.table
    pairs = zip(table["id"], table["gain"], strict=True)
    gains = {str(account): float(gain) for account, gain in pairs if gain is not None}
    digits = 0 if max(gains.values(), default=0.0) >= 10 else 1
    return {account: f"+{gain:,.{digits}f}" for account, gain in gains.items()}
