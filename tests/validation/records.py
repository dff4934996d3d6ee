"""Records of timestamped interactions, read as a study would hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hcpgraph.measures import pagerank
from hcpgraph.model.names import ACTS, DEFAULT_LAYERS, LAYERS
from hcpgraph.model.ties import NO_POST, Accounts, Ties
from hcpgraph.ranking import Past, everyone, read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from hcpgraph.graph import Graph
    from hcpgraph.model.scores import Scores

OTHER_NAMES = {"retweet": "repost", "mention_in_rt": "mention_in_repost"}


@dataclass(frozen=True)
class Cut:
    """A record before and after one moment."""

    past: Ties
    future: Ties
    at: int

    def accounts(self) -> Accounts:
        return known_by_ties(everyone(self.past))

    def later(self) -> NDArray[np.float64]:
        """Distinct others that act towards each account of the past afterwards."""
        among, after = everyone(self.past), self.future
        acts = np.isin(after.layer, [LAYERS.index(name) for name in ACTS])
        acts &= np.isin(after.target, among)
        pairs = {
            *zip(after.source[acts].tolist(), after.target[acts].tolist(), strict=True)
        }
        place = np.searchsorted(among, [target for _, target in sorted(pairs)])
        return np.bincount(place, minlength=len(among)).astype(np.float64)

    def known(self, only: Collection[str] | None = None) -> Past:
        """The signals before the moment, beside what came after."""
        table = read(
            self.past,
            self.accounts(),
            layers=DEFAULT_LAYERS,
            measure=measure,
            only=only,
        )
        return Past(self.at, table, self.later())


def read_record(path: Path) -> Ties:
    """The ties of a CSV file with source, target, kind and timestamp."""
    rows = pd.read_csv(path, dtype={"source": str, "target": str})
    rows = rows.rename(columns={"ts": "timestamp"})
    rows["kind"] = rows["kind"].replace(OTHER_NAMES)
    rows = rows[rows.source != rows.target]
    number, _ = pd.factorize(pd.concat([rows.source, rows.target]), sort=True)
    code = {name: i for i, name in enumerate(LAYERS)}
    return Ties(
        source=number[: len(rows)].astype(np.int32),
        target=number[len(rows) :].astype(np.int32),
        layer=rows.kind.map(code).to_numpy(np.int8),
        at=rows.timestamp.to_numpy(np.int64),
        post=np.full(len(rows), NO_POST, np.int32),
        weight=np.ones(len(rows), np.float32),
        area=np.full(len(rows), -1, np.int16),
        original=_originals(rows),
    )


def _originals(rows: pd.DataFrame) -> NDArray[np.int64] | None:
    """A number for each original named; mentions are originals of their own."""
    if "original" not in rows:
        return None
    name = rows["original"].astype("string")
    own = rows.kind.eq("mention") & name.isna()
    name = name.mask(own, "own " + rows.source + " " + rows.timestamp.astype("string"))
    number, _ = pd.factorize(name, sort=True)  # -1 where there is none
    return number.astype(np.int64)


def cut(ties: Ties, share: float) -> Cut:
    """Cut a record after a share of its rows."""
    at = int(np.quantile(ties.at, share))
    return Cut(ties.where(ties.at <= at), ties.where(ties.at > at), at)


def records(folders: Collection[Path]) -> Iterator[tuple[str, Ties]]:
    """Every record of some folders, by name."""
    for path in sorted(p for folder in folders for p in folder.glob("*.csv*")):
        yield path.name.split(".")[0], read_record(path)


def known_by_ties(account: NDArray[np.int32]) -> Accounts:
    """Accounts of which nothing but their ties is known."""
    count = len(account)
    return Accounts(
        account=account,
        role=np.zeros(count, np.int8),
        listable=np.ones(count, np.bool_),
        followers=np.full(count, -1, np.int64),
        posts=np.zeros(count, np.int64),
    )


def measure(name: str, graph: Graph) -> Scores:
    """PageRank, as an engine offers it."""
    assert name == "pagerank"
    return pagerank(graph)
