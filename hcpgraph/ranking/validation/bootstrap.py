"""Accuracy in samples of the people: the same samples for every method and cut-off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from hcpgraph.ranking.validation.metrics import dcg, hits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

COVERED: Final = 0.9  # of the samples lie within an interval
SAMPLES: Final = 1000


class Ordered(Protocol):
    """People at one cut-off, in several orders, and what came after."""

    @property
    def account(self) -> NDArray[np.int32]: ...
    @property
    def later(self) -> NDArray[np.float64]: ...
    @property
    def orders(self) -> Mapping[str, tuple[NDArray[np.intp], ...]]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """What samples of the people give.

    Attributes:
        ndcg: method -> at each cut-off in each sample, shape (cut-offs, samples).
        precision: the same.
    """

    ndcg: Mapping[str, NDArray[np.float64]]
    precision: Mapping[str, NDArray[np.float64]]


def sampled(
    cutoffs: Sequence[Ordered],
    names: Sequence[str],
    top: int,
    seed: int,
    *,
    samples: int = SAMPLES,
) -> Samples:
    """Accuracy of each method in samples of the people, drawn with replacement.

    Args:
        cutoffs: the cut-offs; each has every one of the methods.
        names: the methods.
        top: how many people of each order are looked at.
        seed: of the samples.
        samples: how many.
    """
    # of so many people, copies of the first *top* are as good as sure to be found
    head = 4 * top + 40
    best = [np.lexsort((m.account, -m.later))[:head] for m in cutoffs]
    listed = [
        m.account[order[:head]]
        for m, first in zip(cutoffs, best, strict=True)
        for order in (first, *(o for name in names for o in m.orders[name]))
    ]
    drawn = np.unique(np.concatenate(listed))
    rng = np.random.default_rng(seed)
    # a row per person, so that the rows of a list lie together
    copies = rng.poisson(1.0, (len(drawn), samples)).astype(np.uint8)
    empty = (len(cutoffs), samples)
    found = Samples(
        {n: np.zeros(empty) for n in names}, {n: np.zeros(empty) for n in names}
    )
    for row, (m, first) in enumerate(zip(cutoffs, best, strict=True)):
        place = np.searchsorted(drawn, m.account)
        ideal = _Ideal.of(m.later, first, copies[place[first]], top)
        for name in names:
            for order in (order[:head] for order in m.orders[name]):
                ndcg, hit = ideal.compared(m.later[order], copies[place[order]])
                found.ndcg[name][row] += ndcg / len(m.orders[name])
                found.precision[name][row] += hit / len(m.orders[name])
    return found


def interval(sample: NDArray[np.float64]) -> tuple[float, float]:
    """The middle 90 % of some samples."""
    rest = (1.0 - COVERED) / 2.0
    low, high = np.quantile(sample, [rest, 1.0 - rest])
    return float(low), float(high)


@dataclass(frozen=True, slots=True, eq=False)
class _Ideal:
    """The best order in each sample: its gain, and where its top ends.

    Attributes:
        top: places that count.
        gain: discounted gain, shape (samples,), above 0.
        last: later responders of the last of the top, shape (samples,).
        share: what each person equal to that one counts, from 0 to 1.
    """

    top: int
    gain: NDArray[np.float64]
    last: NDArray[np.float64]
    share: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        later: NDArray[np.float64],
        first: NDArray[np.intp],
        copies: NDArray[np.uint8],
        top: int,
    ) -> _Ideal:
        """The best order *first* of people with *later* responders."""
        leading = later[first]
        reached = copies.cumsum(axis=0, dtype=np.int32)
        place = np.minimum((reached < top).sum(axis=0), len(first) - 1)
        last = leading[place]
        before = np.searchsorted(-leading, -last, side="left")
        upto = np.searchsorted(-leading, -last, side="right")
        column = np.arange(copies.shape[1])
        above = np.where(before > 0, reached[np.maximum(before - 1, 0), column], 0)
        equal = (reached[upto - 1, column] - above).astype(np.float64)
        # beyond the head, too, there are people equal to its last one
        tail = (later == leading[-1]).sum() - (leading == leading[-1]).sum()
        equal += np.where(last == leading[-1], tail, 0)
        share = np.clip((top - above) / np.maximum(equal, 1.0), 0.0, 1.0)
        # a sample without anyone who is responded to later says nothing
        gain = np.maximum(
            dcg(np.log2(1.0 + leading), copies, top), np.finfo(np.float64).tiny
        )
        return cls(top, gain, last, np.where(last > 0, share, 0.0))

    def compared(
        self, later: NDArray[np.float64], copies: NDArray[np.uint8]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """NDCG and precision of a list in each sample."""
        ndcg = dcg(np.log2(1.0 + later), copies, self.top) / self.gain
        hit = hits(later, copies, self.top, last=self.last, share=self.share)
        return ndcg, hit
