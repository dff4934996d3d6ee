"""What reach, authority and brokerage are worth in years with planted rates.

    python -m tests.validation.planted_years [WORLDS]

No record at hand has follows beside interactions, so these weights are held against
synthetic worlds (``hcpgraph.demo``), in which the true rate of everyone is known:
NDCG@20 of the professionals listed in each area, gain log2(1 + rate). Follows are drawn
there by the same fame as responses, so the worlds say that follows help, not how much.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph import Study, demo
from hcpgraph.model.query import Query
from hcpgraph.ranking import Weights, learn, prior, rank
from hcpgraph.study.scored_area import area_data, measure_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hcpgraph.study.open_study import OpenStudy
    from hcpgraph.study.scored_area import AreaData

TOP = 20
DRAWS = 4000
SHIPPED = "as shipped"
CHANGES: Mapping[str, Mapping[str, float]] = {
    SHIPPED: {},
    "followers 0": {"followers": 0.0},
    "followers .1": {"followers": 0.1},
    "followers .5": {"followers": 0.5},
    "professional_followers .1": {"professional_followers": 0.1},
    "area_pagerank .05": {"area_pagerank": 0.05},
    "area_pagerank .2": {"area_pagerank": 0.2},
    "brokered .136": {"brokered": 0.136},
}


def true_rates(path: Path) -> dict[str, dict[str, float]]:
    """The planted rate of each account, by area."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for area, rate in (
                ("area", "true_rate"),
                ("second_area", "second_true_rate"),
            ):
                if row[area]:
                    found[row[area]][row["id"]] = float(row[rate] or 0)
    return found


def accuracy(
    opened: OpenStudy, place: AreaData, weights: Weights, rates: Mapping[str, float]
) -> float:
    """NDCG of those listed in one area, by weights learned from *weights*."""
    query = place.query
    given = {"layers": query.layers, "measure": measure_of(query)}
    learned = learn(place.ties, place.accounts, start=weights, **given)
    listed = rank(place.ties, place.accounts, weights=learned, **given)
    listed = listed.only(place.accounts, place.allowed)
    ids = [str(name).split(":")[-1] for name in opened.store.read_ids(listed.account)]
    gain = np.log2(1.0 + np.array([rates.get(name, 0.0) for name in ids]))
    discount = 1.0 / np.log2(np.arange(2, TOP + 2))
    return float(gain[:TOP] @ discount / (np.sort(gain)[::-1][:TOP] @ discount))


def world(seed: int) -> Iterator[dict[str, float]]:
    """The accuracy of each set of weights, in each area of one world."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        study = Study(folder / "study.duckdb")
        study.add(*demo.write_exports(demo.make_world(seed), folder / "exports"))
        rates = true_rates(folder / "exports" / "truth.csv")
        with study.opened() as opened:
            for area in sorted(rates):
                (place,) = area_data(opened, Query.of(area))
                yield {
                    label: accuracy(
                        opened, place, Weights({**prior().value, **change}), rates[area]
                    )
                    for label, change in CHANGES.items()
                }


def main() -> None:
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    rows = [row for seed in range(1, worlds + 1) for row in world(seed)]
    pick = np.random.default_rng(0).integers(0, len(rows), (DRAWS, len(rows)))
    sys.stdout.write(f"{len(rows)} areas\n| weights | NDCG@{TOP} | less {SHIPPED} |\n")
    for label in CHANGES:
        gain = np.array([row[label] - row[SHIPPED] for row in rows])
        low, high = np.quantile(gain[pick].mean(axis=1), [0.05, 0.95])
        mean = np.mean([row[label] for row in rows])
        said = f"{gain.mean():+.4f} ({low:+.4f} to {high:+.4f})"
        sys.stdout.write(f"| {label} | {mean:.4f} | {said} |\n")


if __name__ == "__main__":
    main()
