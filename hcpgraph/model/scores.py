"""One number, or one label, per node of a graph, and how it was obtained."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from hcpgraph.model.notebook import as_html
from hcpgraph.model.ranks import best_first, levelled, ranks_of
from hcpgraph.model.table import Table
from hcpgraph.model.ties import freeze

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

_SHOWN = 10  # rows of a preview in a notebook


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """One number per node.

    Attributes:
        measure: registered name, such as ``"pagerank"``.
        ids: nodes in the order of the graph, ascending, shape (n,).
        value: scores, shape (n,), float64, finite. Higher is more influential.
        params: the parameters used, so that a report can be repeated.
    """

    measure: str
    ids: NDArray[Any]
    value: NDArray[np.float64]
    params: Mapping[str, float | str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.value)

    def order(self) -> NDArray[np.intp]:
        """Positions from highest to lowest score; equal scores by id."""
        return best_first(self.value)  # ids ascend with positions

    def ranks(self) -> NDArray[np.int64]:
        """The rank of each node, shape (n,), from 1; equal scores share one."""
        return ranks_of(self.value)

    def top(self, k: int) -> list[tuple[Any, float]]:
        """The *k* highest (id, score) pairs.

        >>> scores = Scores("x", np.array([7, 8, 9]), np.array([0.2, 0.5, 0.5]))
        >>> scores.top(2)
        [(8, 0.5), (9, 0.5)]
        """
        best = self.order()[:k]
        return list(
            zip(self.ids[best].tolist(), self.value[best].tolist(), strict=True)
        )

    def table(self) -> Table:
        """Rank, id and score of every node, from the highest."""
        order = self.order()
        return Table(
            {
                "rank": self.ranks()[order].tolist(),
                "id": self.ids[order].tolist(),
                self.measure: levelled(self.value)[order].tolist(),
            }
        )

    def to_pandas(self) -> pd.DataFrame:
        """Rank, id and score of every node, from the highest, as a DataFrame."""
        return self.table().to_pandas()

    def __repr__(self) -> str:
        return f"Scores({self.measure}, {len(self)} nodes)"

    def _repr_html_(self) -> str:
        first = as_html(self.table().head(_SHOWN).columns, bars=(self.measure,))
        return f"<p>{escape(repr(self))}</p>{first}"


@dataclass(frozen=True, slots=True, eq=False)
class HubsAndAuthorities:
    """The two sides of HITS: who points well, and who is pointed at well."""

    hub: Scores
    authority: Scores


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """One community per node.

    Attributes:
        method: registered name, such as ``"leiden"``.
        ids: nodes in the order of the graph, ascending, shape (n,).
        label: community of each node, shape (n,), int32, from 0; the largest
            community is 0, equal sizes are ordered by their lowest id. Tables and
            figures, which people read, count from 1: label + 1.
        modularity: Newman's modularity of the undirected form, at resolution 1;
            None where there is no tie.
        params: the parameters used.
    """

    method: str
    ids: NDArray[Any]
    label: NDArray[np.int32]
    modularity: float | None = None
    params: Mapping[str, float | str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.label)

    @property
    def n_communities(self) -> int:
        return int(self.label.max()) + 1 if len(self.label) else 0

    def sizes(self) -> NDArray[np.int64]:
        """Members of each community, shape (n_communities,), descending."""
        return np.bincount(self.label, minlength=self.n_communities)

    def table(self) -> Table:
        """Id and community (from 1) of every node, in the order of the graph."""
        return Table({"id": self.ids.tolist(), "community": (self.label + 1).tolist()})

    def to_pandas(self) -> pd.DataFrame:
        """Id and community of every node as a DataFrame."""
        return self.table().to_pandas()

    def __repr__(self) -> str:
        quality = (
            "" if self.modularity is None else f", modularity {self.modularity:.4f}"
        )
        return (
            f"Partition({self.method}, {len(self)} nodes, "
            f"{self.n_communities} communities{quality})"
        )

    def _repr_html_(self) -> str:
        sizes = self.sizes()[:_SHOWN].tolist()
        table = Table({"community": list(range(1, len(sizes) + 1)), "members": sizes})
        return f"<p>{escape(repr(self))}</p>{table._repr_html_()}"
