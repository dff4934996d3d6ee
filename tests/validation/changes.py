"""How often does ``compare`` name people who did not change, and find those who did?

    python -m tests.validation.changes [--draws 25]

Worlds of 250 people in two periods, many of them seldom responded to, few often.
Printed are the people named where no rate changed; and, where six people of middling
rates were responded to six times as often or as seldom, the share of false ones among
those named and the share of the changes that were found, with the 90 % interval over
samples of the worlds.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph import ranking
from hcpgraph.model.names import DEFAULT_LAYERS, LAYERS
from hcpgraph.model.ties import Ties
from hcpgraph.ranking.change.comparison import Period, shifts
from tests.validation.coverage import say
from tests.validation.records import known_by_ties, measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

PEOPLE: Final = 250
PERIOD: Final = 10**6  # seconds
TIMES: Final = 6.0
PLANTED: Final = 6
SAMPLES: Final = 4000


def rates(seed: int) -> NDArray[np.float64]:
    """How often each person is responded to: many seldom, few often."""
    return np.minimum(np.random.default_rng(seed).pareto(1.0, PEOPLE) + 0.5, 80.0)


def planted(rate: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Rates of which some middling ones rose or fell, and whose these are."""
    moved = np.flatnonzero((rate > 3) & (rate < 12))[:PLANTED]
    later = rate.copy()
    later[moved[::2]] *= TIMES
    later[moved[1::2]] /= TIMES
    return later, moved


def mentions(rate: NDArray[np.float64], seed: int, start: int = 0) -> Ties:
    """A period in which accounts mention each person at a known rate."""
    rng = np.random.default_rng(seed)
    target = np.repeat(np.arange(PEOPLE), rng.poisson(rate))
    source = rng.integers(0, PEOPLE, len(target))
    target, source = target[source != target], source[source != target]
    count = len(target)
    return Ties(
        source=source.astype(np.int32),
        target=target.astype(np.int32),
        layer=np.full(count, LAYERS.index("mention"), np.int8),
        at=rng.integers(start, start + PERIOD, count),
        post=np.arange(start, start + count, dtype=np.int32),
        weight=np.ones(count, np.float32),
        area=np.full(count, -1, np.int16),
    )


def drawn(rate: NDArray[np.float64], seed: int, start: int = 0) -> Period:
    """Such a period, ranked."""
    ties = mentions(rate, seed, start)
    accounts = known_by_ties(np.arange(PEOPLE, dtype=np.int32))
    scored = ranking.rank(ties, accounts, layers=DEFAULT_LAYERS, measure=measure)
    return Period(scored, ties, accounts)


def named(
    rate: NDArray[np.float64], later: NDArray[np.float64], seed: int
) -> NDArray[np.int32]:
    """Who is said to have changed."""
    result = shifts(
        drawn(rate, 2 * seed), drawn(later, 2 * seed + 1, 2 * PERIOD),
        weights=ranking.prior(), layers=DEFAULT_LAYERS, draws=ranking.RESAMPLES,
    )  # fmt: skip
    return result.account[result.sure]


def ratio(
    part: NDArray[np.float64], whole: NDArray[np.float64]
) -> tuple[float, float, float]:
    """A share over all worlds, and its interval over samples of them."""
    rng = np.random.default_rng(0)
    pick = rng.integers(0, len(part), (SAMPLES, len(part)))
    shares = part[pick].sum(axis=1) / np.maximum(whole[pick].sum(axis=1), 1.0)
    low, high = np.quantile(shares, [0.05, 0.95])
    return float(part.sum() / max(whole.sum(), 1.0)), float(low), float(high)


def main() -> None:
    """Print what is named in unchanged worlds and in worlds with planted changes."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--draws", type=int, default=25)
    draws = ask.parse_args().draws
    still = [len(named(rates(n), rates(n), n)) for n in range(draws)]
    say(
        f"unchanged: {sum(still)} people named, in {sum(map(bool, still))} of {draws}"
        " worlds"
    )
    counts = []
    for n in range(draws):
        later, moved = planted(rates(n))
        found = named(rates(n), later, n)
        true = int(np.isin(found, moved).sum())
        counts.append((true, len(found) - true, len(found), len(moved)))
    true, false, every, changes = np.array(counts, np.float64).T
    for label, part, whole in (("false", false, every), ("found", true, changes)):
        share, low, high = ratio(part, whole)
        say(f"{label}: {share:.2f} (90 % {low:.2f} to {high:.2f}) of {whole.sum():.0f}")


if __name__ == "__main__":
    main()
