"""A study on one page: what a report shows, as released."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hcpgraph.model.people import GivenLists
from hcpgraph.model.ties import freeze

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.model.backtest import Backtest
    from hcpgraph.model.prospects import Prospects
    from hcpgraph.model.query import Query
    from hcpgraph.model.table import Table

UNNAMED: Final = -1  # ``AreaMap.person`` of an account that may not be named


@dataclass(frozen=True, slots=True)
class Endorsement:
    """What the attention of one account is worth to somebody on a list.

    Attributes:
        person: the endorser, a row of ``Report.people``.
        adds: what the score would lose without it, from 0.
        rank: the rank without it, from 1.
        layers: of its ties.
        ties: how often.
        last: day of the last dated tie, ISO 8601; None if none has a time.
    """

    person: int
    adds: float
    rank: int
    layers: tuple[str, ...]
    ties: int
    last: str | None


@dataclass(frozen=True, slots=True, eq=False)
class AreaMap:
    """The accounts of an area on a plane. Nothing in it tells who is not named.

    Accounts that may be named come first, from the best rank; the others follow by
    community and attention, so that not even their order is that of their ids.

    Attributes:
        xy: coordinates, shape (n, 2), float64; a unit of area is an account's room.
        community: of each account, from 0, shape (n,), int32.
        in_degree: in-degree of each, shape (n,), int64.
        out_degree: out-degree of each, shape (n,), int64.
        person: row of ``Report.people``, shape (n,), int32; ``UNNAMED`` for others.
        source: positions of the sources, shape (m,), int32.
        target: positions of the targets, shape (m,), int32.
        layers: bit ``1 << code`` for each layer of a tie, shape (m,), int32.
        accounts: how many accounts the area has, drawn or not.
        ties: how many ties between accounts it has, drawn or not.
    """

    xy: NDArray[np.float64]
    community: NDArray[np.int32]
    in_degree: NDArray[np.int64]
    out_degree: NDArray[np.int64]
    person: NDArray[np.int32]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    layers: NDArray[np.int32]
    accounts: int
    ties: int

    def __post_init__(self) -> None:
        for array in (
            self.xy,
            self.community,
            self.in_degree,
            self.out_degree,
            self.person,
        ):
            array.setflags(write=False)
            if len(array) != len(self.xy):
                raise ValueError("columns of accounts differ in length")
        for array in (self.source, self.target, self.layers):
            array.setflags(write=False)
            if len(array) != len(self.source):
                raise ValueError("columns of ties differ in length")

    def __len__(self) -> int:
        return len(self.xy)

    @property
    def named(self) -> int:
        """How many of the accounts drawn may be named; they come first."""
        return int((self.person != UNNAMED).sum())


@dataclass(frozen=True, slots=True, eq=False)
class MapLeaders:
    """Everyone of an area who may be listed and is on its map, best first.

    Attributes:
        person: rows of ``Report.people``, shape (n,), int32.
        rank: among all who may be listed, from 1, shape (n,), int32.
        score: shape (n,), float64; None where it is withheld.
        contribution: name -> what it adds to the score, shape (n,), float64; empty
            where they are withheld.
    """

    person: NDArray[np.int32]
    rank: NDArray[np.int32]
    score: NDArray[np.float64] | None
    contribution: Mapping[str, NDArray[np.float64]]

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True, slots=True, eq=False)
class AreaReport:
    """One disease area, or the whole study.

    Attributes:
        area: slug; None for the whole study.
        name: as people call it.
        listed: how many people may be listed.
        ranking: those listed here, best first: ``person``, and as far as the viewer
            may see them ``rank, score, rank_low, rank_high, p_top10, tier`` and the
            contributions; nobody where no column of the list may be seen.
        medians: contribution -> its median over all who may be listed; empty where
            contributions are withheld.
        endorsed: for each row of *ranking*, the accounts that carry the score; None
            where they are withheld, as for the four that follow.
        leaders: everyone who may be listed and is on the map, without intervals.
        map: where everyone stands.
        communities: ``community, accounts, named, inside`` (share of its ties that
            end in it) and ``first`` (persons with the best ranks, comma separated).
        prospects: people to approach.
        backtest: how well past rankings predicted attention; None if the area has
            too little history.
        size: how many accounts and how many ties the area has.
        lacking: why there is no backtest.
        notes: what a reader of the ranking must know.
    """

    area: str | None
    name: str
    listed: int
    ranking: Table
    medians: Mapping[str, float]
    leaders: MapLeaders | None
    endorsed: tuple[tuple[Endorsement, ...], ...] | None
    map: AreaMap | None
    communities: Table | None
    prospects: Prospects | None
    backtest: Backtest | None
    size: tuple[int, int]
    lacking: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """A study on one page.

    Attributes:
        title: what the study is called.
        areas: what is reported on, in order.
        left_out: names of areas that are not, and why not, as sentences.
        people: everyone who is named: ``id, handle, name, role, specialty,
            institution, country``, as far as the viewer may see them, and ``number``.
        summary: what is in the study, as ``Study.summary`` gives it.
        origin: inputs with digests, parameters, versions.
        parameters: query parameters, for reproduction.
        withheld: what the viewer may not see, and which parts are left out for that,
            as sentences.
    """

    title: str
    areas: tuple[AreaReport, ...]
    left_out: tuple[str, ...]
    people: Table
    summary: Mapping[str, object]
    origin: Mapping[str, object] = field(default_factory=dict)
    parameters: Mapping[str, object] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Report({self.title!r}, {len(self.areas)} areas)"


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What a report shows.

    Attributes:
        query: period, audience and seed, of each area alike.
        areas: slugs; ``"all"`` among them for every area; empty for the whole study
            and its largest areas.
        top: people listed per area.
        lists: people already known and never to suggest.
        budget: prospects per area.

    Raises:
        ValueError: if *top* or *budget* is below 1.
    """

    query: Query
    areas: tuple[str, ...] = ()
    top: int = 25
    lists: GivenLists = field(default_factory=GivenLists)
    budget: int = 25

    def __post_init__(self) -> None:
        for name in ("top", "budget"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, got {getattr(self, name)}")
