"""What fake accounts buy, and what it costs to discount them.

    python -m tests.validation.fakes FOLDER [FOLDER ...] [--every N]

Each CSV file (source,target,kind,timestamp) is one record. In each, every person of
ranks 30 to 60 by score gets 5 and 20 invented accounts, one person at a time. Printed
are the median rank, with quartiles, before and after, by score, by score without the
discount, by PageRank and by distinct responders, under each attack:

* ``end``: one mention each, at the end of the period;
* ``repeated``: five mentions or reposts each in the last tenth, one at the end;
* ``spread``: one mention each, at any time;
* ``circle``: as ``end``, and they mention one another;
* ``own posts``: accounts as old as the record, with six posts about popular people and
  four to one another, which respond to the person early, late and at the end;
* ``followers``: as ``own posts``, and each follows the person and the popular people;
* ``answered``: as ``own posts``, and the person replies to each of them;
* ``replies``: no accounts at all; the person replies to as many popular people, which
  tells what of ``answered`` is activity.

And the NDCG on later attention with the discount and without, at three cut-offs of each
record, with an interval of 90 % for the mean difference, by resampling records.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hcpgraph.model.names import DEFAULT_LAYERS, LAYERS
from hcpgraph.model.ties import NO_POST, Ties
from hcpgraph.ranking import Past, SignalTable, everyone, prior
from hcpgraph.ranking.record.incoming_edges import pair_graph
from hcpgraph.ranking.signals.brokerage import communities_shown
from hcpgraph.ranking.signals.reading import measured
from hcpgraph.ranking.signals.record import open_record
from tests.validation.judging import ndcg
from tests.validation.records import cut, known_by_ties, measure, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from hcpgraph.ranking import Weights
    from hcpgraph.ranking.signals.record import Record

ATTACKS = (
    *("end", "repeated", "spread", "circle"),
    *("own posts", "followers", "answered", "replies"),
)
COUNTS = (5, 20)
RANKS = slice(29, 60)
JUDGED = (0.35, 0.5, 0.65)
POPULAR = 50
OWN, CIRCLE = 6, 4  # posts of a fake account about popular people, and to others
MEASURES = ("score", "undiscounted", "PageRank", "in-degree")


@dataclass
class Attack:
    """The rows that invented accounts add to a record."""

    ties: Ties
    person: int
    count: int
    kind: str

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(7 * self.person + self.count)
        self.first, self.last = int(self.ties.at.min()), int(self.ties.at.max())
        self.rows: list[tuple[int, int, str, int]] = []

    def grown(self) -> Ties:
        """The record with the invented accounts."""
        start = int(everyone(self.ties)[-1]) + 1
        fakes = list(range(start, start + self.count))
        if self.kind == "replies":
            for other in self._popular()[: self.count].tolist():
                self._add(self.person, other, "reply", self._since(0.5))
            fakes = []
        for fake in fakes:
            if self.kind in {"own posts", "followers", "answered"}:
                self._established(fake, fakes)
            else:
                self._new(fake, fakes)
        return with_rows(self.ties, self.rows)

    def _new(self, fake: int, fakes: Sequence[int]) -> None:
        if self.kind == "spread":
            self._add(fake, self.person, "mention", self._since(1.0))
            return
        self._add(fake, self.person, "mention", self.last)
        if self.kind == "repeated":
            for _ in range(5):
                layer = self.rng.choice(["mention", "repost"])
                self._add(fake, self.person, layer, self._since(0.1))
        if self.kind == "circle":
            for other in self._others(fake, fakes):
                self._add(fake, other, "mention", self._since(0.1))

    def _established(self, fake: int, fakes: Sequence[int]) -> None:
        popular = self._popular()
        for other in self.rng.choice(popular, min(OWN, len(popular)), replace=False):
            layer = self.rng.choice(["mention", "repost", "reply"])
            self._add(fake, other, layer, self._since(1.0))
        for other in self._others(fake, fakes):
            layer = self.rng.choice(["mention", "reply"])
            self._add(fake, other, layer, self._since(1.0))
        for share, layer in ((1.0, "mention"), (1.0, "mention"), (0.03, "mention")):
            self._add(fake, self.person, layer, self._since(share))
        self._add(fake, self.person, "repost", self.last)
        if self.kind == "followers":
            for other in (self.person, *popular[:OWN].tolist()):
                self._add(fake, other, "follow", self.first)
        if self.kind == "answered":
            self._add(self.person, fake, "reply", self._since(0.5))

    def _popular(self) -> NDArray[np.intp]:
        order = np.argsort(-np.bincount(self.ties.target), kind="stable")[:POPULAR]
        return order[order != self.person]

    def _others(self, fake: int, fakes: Sequence[int]) -> list[int]:
        chosen = self.rng.choice(fakes, min(CIRCLE, len(fakes)), replace=False)
        return [int(other) for other in chosen if other != fake]

    def _since(self, share: float) -> int:
        """Some time in the last *share* of the record."""
        return int(self.last - self.rng.random() * share * (self.last - self.first))

    def _add(self, source: int, target: int, layer: str, at: int) -> None:
        self.rows.append((source, int(target), layer, at))


def with_rows(ties: Ties, rows: Sequence[tuple[int, int, str, int]]) -> Ties:
    """Ties and more of them."""
    source, target, layer, at = zip(*rows, strict=True)
    more = len(rows)

    def grown(name: str, cells: object) -> NDArray[np.generic]:
        column = getattr(ties, name)
        return np.concatenate(
            [column, np.broadcast_to(np.asarray(cells), more).astype(column.dtype)]
        )

    return replace(
        ties,
        source=grown("source", source),
        target=grown("target", target),
        layer=grown("layer", [LAYERS.index(name) for name in layer]),
        at=grown("at", at),
        post=grown("post", NO_POST),
        weight=grown("weight", 1.0),
        area=grown("area", -1),
        original=None,
    )


def opened(ties: Ties, *, discount: bool = True) -> Record:
    """What signals are read from."""
    record = open_record(
        ties,
        known_by_ties(everyone(ties)),
        layers=DEFAULT_LAYERS,
        measure=measure,
        seed=0,
        communities=None,
        responder_areas=None,
        discount=discount,
    )
    return replace(record, communities=communities_shown(record))


def signals(record: Record, names: tuple[str, ...]) -> SignalTable:
    """The signals of everyone."""
    value = measured(record, names)
    return SignalTable(record.account, names, value, record.pairs.audience())


def values(ties: Ties, weights: Weights) -> dict[str, NDArray[np.float64]]:
    """What people are ordered by, under each rule, everyone of *ties* in order."""
    names = weights.used()
    record = opened(ties)
    plain = replace(opened(ties, discount=False), communities=record.communities)
    by_names = weights.along(names)
    pairs = record.pairs
    responded = np.where(pairs.standing == pairs.weight, 0.0, 1.0)
    return {
        "score": signals(record, names).doublings() @ by_names,
        "undiscounted": signals(plain, names).doublings() @ by_names,
        "PageRank": measure("pagerank", pair_graph(pairs)).value,
        "in-degree": pairs.received(np.maximum(responded, pairs.resonance > 0)),
    }


def rank(value: NDArray[np.float64], row: int) -> float:
    """The rank of a row, equals in the middle of theirs."""
    value = np.round(value, 9)
    equal = int((value == value[row]).sum()) - 1
    return 1.0 + float((value > value[row]).sum()) + equal / 2


def attacked(
    ties: Ties,
    *,
    weights: Weights | None = None,
    attacks: Sequence[str] = ATTACKS,
    every: int = 1,
    ranks: slice = RANKS,
) -> Iterator[dict[str, object]]:
    """The ranks of people before and after each attack, one row each."""
    scale = prior() if weights is None else weights
    ties = replace(ties, original=None)
    before, account = values(ties, scale), everyone(ties)
    order = np.argsort(-before["score"], kind="stable")[ranks][::every]
    for row in order.tolist():
        for kind in attacks:
            for count in COUNTS:
                grown = Attack(ties, int(account[row]), count, kind).grown()
                after = values(grown, scale)
                yield {
                    "attack": kind,
                    "fakes": count,
                    **{f"{n}, before": rank(before[n], row) for n in MEASURES},
                    **{n: rank(after[n], row) for n in MEASURES},
                }


def summary(table: pd.DataFrame) -> str:
    """Medians and quartiles of the ranks, by attack and number of accounts."""
    columns = ["score, before", *MEASURES]
    found = table.groupby(["attack", "fakes"], sort=False)[columns].quantile(
        [0.25, 0.5, 0.75]
    )
    parts = {share: found.xs(share, level=2) for share in (0.25, 0.5, 0.75)}
    low, middle, high = (part.round(1).astype(str) for part in parts.values())
    return (middle + " (" + low + " to " + high + ")").to_string()


def losses(folders: Sequence[Path]) -> pd.DataFrame:
    """NDCG with the discount and without, by record, mean over cut-offs."""
    weights, found = prior(), {}
    names = weights.used()
    for name, ties in records(folders):
        rows = []
        for share in JUDGED:
            now = cut(replace(ties, original=None), share)
            both = []
            for discount in (True, False):
                table = signals(opened(now.past, discount=discount), names)
                past = Past(now.at, table, now.later())
                both.append(ndcg(table.doublings() @ weights.along(names), past))
            rows.append(both)
        found[name] = np.mean(rows, axis=0)
    return pd.DataFrame(found, index=["discounted", "undiscounted"]).T


def interval(difference: NDArray[np.float64]) -> tuple[float, float, float]:
    """The mean and its 90 % interval, by resampling records."""
    rng = np.random.default_rng(0)
    rows = rng.integers(0, len(difference), (10_000, len(difference)))
    low, high = np.quantile(difference[rows].mean(axis=1), [0.05, 0.95])
    return float(difference.mean()), float(low), float(high)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("folders", nargs="+", type=Path)
    ask.add_argument("--every", type=int, default=1, help="0 for the NDCG alone")
    args = ask.parse_args()
    if args.every:
        rows = [
            {"record": name, **row}
            for name, ties in records(args.folders)
            for row in attacked(ties, attacks=ATTACKS, every=args.every)
        ]
        sys.stdout.write(f"{summary(pd.DataFrame(rows))}\n\n")
    lost = losses(args.folders)
    sys.stdout.write(f"{lost.round(3).to_string()}\n")
    change = (lost["discounted"] - lost["undiscounted"]).to_numpy()
    mean, low, high = interval(change)
    sys.stdout.write(f"mean difference {mean:+.4f} (90 %: {low:+.4f} to {high:+.4f})\n")


if __name__ == "__main__":
    main()
