"""A ranked list with scores, contributions and intervals."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hcpgraph.model.names import CONTRIBUTIONS, suggest
from hcpgraph.model.ranks import equals_after, ranks_of
from hcpgraph.model.table import Cell, Listed, Table
from hcpgraph.model.ties import freeze

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.model.ties import Accounts


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Everyone who can be ranked, by account number, before names are released.

    Attributes:
        account: account numbers from the highest score, shape (n,), int32; equal
            scores are ordered by in-degree, then by account.
        score: shape (n,), float64, descending; the sum of the contributions.
        contribution: name -> what that signal adds to the score, shape (n,);
            empty when the score is a single measure.
        signal: name -> the count or share behind a contribution, shape (n,).
        low: best rank within the 90 % interval, among people who may be listed, shape
            (n,), int32, from 1; None, as the next three, where none was computed.
            Equal scores share all four.
        high: worst rank within it, shape (n,), int32.
        p_top10: probability of rank 10 or better, shape (n,), in [0, 1].
        tier: from 1 at the top, shape (n,), int32; the leader of a tier is surely
            ahead of the leader of the next.
        basis: in words, what the intervals were resampled by; empty without them.
        cut: how many more people have the score of the last one, where the list is the
            first part of a longer one.
    """

    account: NDArray[np.int32]
    score: NDArray[np.float64]
    contribution: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    signal: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    low: NDArray[np.int32] | None = None
    high: NDArray[np.int32] | None = None
    p_top10: NDArray[np.float64] | None = None
    tier: NDArray[np.int32] | None = None
    basis: str = ""
    cut: int = 0

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.account)

    def only(self, accounts: Accounts, keep: NDArray[np.bool_]) -> Scored:
        """The same order with only those accounts for which *keep* is true.

        Args:
            accounts: a table that holds every ranked account.
            keep: one truth value per row of *accounts*, shape (len(accounts),).
        """
        return self._part(keep[accounts.rows_of(self.account)])

    def ranks(self) -> NDArray[np.int64]:
        """The rank of each of them, shape (n,), from 1; equal scores share one."""
        return ranks_of(self.score)

    def head(self, count: int) -> Scored:
        """The first *count*; ``cut`` counts people with the last one's score."""
        return replace(self._part(slice(count)), cut=equals_after(self.score, count))

    def _part(self, rows: NDArray[np.bool_] | slice) -> Scored:
        return Scored(
            account=self.account[rows],
            score=self.score[rows],
            contribution={name: a[rows] for name, a in self.contribution.items()},
            signal={name: a[rows] for name, a in self.signal.items()},
            low=None if self.low is None else self.low[rows],
            high=None if self.high is None else self.high[rows],
            p_top10=None if self.p_top10 is None else self.p_top10[rows],
            tier=None if self.tier is None else self.tier[rows],
            basis=self.basis,
        )


@dataclass(frozen=True, slots=True)
class Ranking(Listed):
    """Key opinion leaders in order, as released: ids, names, scores, contributions.

    Attributes:
        table: at least ``rank, id, handle, name, score, rank_low, rank_high``,
            preceded by ``area`` when every area was asked for; then the
            contributions of the score, what is known of the person, and
            ``p_top10, tier``. The ranks are empty for a single measure.
        area: the disease area; ``"all"`` for every area; None for the whole study.
        by: ``"score"`` or the name of a measure.
        notes: notes for the reader: audience, accounts not listed, sparse data.
        parameters: query parameters, for reproduction.
    """

    table: Table
    area: str | None
    by: str
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)

    def explain(self, person: str) -> Table:
        """What the score of one listed person is made of.

        Args:
            person: an id of the list, or a ``@handle``.

        Returns:
            One row per contribution, from the largest: ``contribution, value,
            share`` (of the score, in [0, 1]); with ``area`` first when the list
            covers several.

        Raises:
            ValueError: if the person is not on the list, or the list was ranked
                by a single measure, which has no parts.
            WithheldColumn: if parts of the score are withheld from the viewer.
        """
        if not set(CONTRIBUTIONS) & {*self.table.names, *self.table.withheld}:
            raise ValueError(f"ranked by {self.by!r}, a score without parts")
        for name in ("score", *CONTRIBUTIONS):
            _ = self.table[name]  # all of them, or none
        column = "handle" if person.startswith("@") else "id"
        wanted = person.removeprefix("@").lower()
        found = [
            dict(zip(self.table.names, row, strict=True))
            for row, cell in zip(self.table.rows(), self.table[column], strict=True)
            if str(cell or "").removeprefix("@").lower() == wanted
        ]
        if not found:
            known = [str(cell) for cell in self.table[column]]
            raise ValueError(f"{person!r} is not listed; {suggest(person, known)}")
        parts = [
            (row.get("area"), name, value, value / score if score else 0.0)
            for row in found
            for score in [_number(row["score"])]
            for value, name in sorted(
                ((_number(row[name]), name) for name in CONTRIBUTIONS),
                key=lambda part: (-part[0], part[1]),
            )
        ]
        names = ("area", "contribution", "value", "share")
        return Table(
            {
                name: [part[i] for part in parts]
                for i, name in enumerate(names)
                if name != "area" or "area" in self.table.names
            }
        )

    def __repr__(self) -> str:
        where = self.area or "whole study"
        return f"Ranking({where}, by {self.by}, {len(self)} people)"


def _number(cell: Cell) -> float:
    return float(cell) if cell is not None else 0.0
