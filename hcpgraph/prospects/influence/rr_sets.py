"""Reverse-reachable sets (RR sets): accounts that could influence a random one.

Draw a random account and, backward along ties that are live at random, everyone who
would have moved it. A group of people reaches as large a share of all accounts as the
share of such sets that hold one of them [1]. So the spread of any group is counted on
sets drawn once, without simulating it.

References:
    [1] Borgs, Brautbar, Chayes and Lucier (2014), "Maximizing social influence in
        nearly optimal time", SODA. doi:10.1137/1.9781611973402.70
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from hcpgraph.compiled import parallel_map
from hcpgraph.prospects.influence import max_cover
from hcpgraph.prospects.influence.rr_sampling import (
    KNOWN,
    NOBODY,
    draw_bits,
    draw_members,
    row_paces,
)
from hcpgraph.ranking.uncertainty.counter_rng import key_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.prospects.influence.max_cover import Cover
    from hcpgraph.prospects.influence.probabilities import InfluenceProbabilities
    from hcpgraph.prospects.influence.rr_sampling import Draw, Rows

MODELS: Final = ("ic", "lt")  # independent cascade, linear threshold
# What all sets of one choice may take at most, as lists and as bits.
MOST_BYTES: Final = 2 * 2**30
_BYTES_A_MEMBER: Final = 16  # two collections, one of them both ways, and copying
_PILOT: Final = 64  # sets that tell how large they are
_TRIAL: Final = 2**32  # a stream of its own
_WORD: Final = 64  # sets whose bits lie in one number
_SETS_A_PART: Final = 256  # fewer are drawn before a thread has started
_MOST_PARTS: Final = 64
_ROUNDING: Final = 1e-4  # by which probabilities of a row may sum to more than 1


@dataclass(frozen=True, slots=True, eq=False)
class RRSampler:
    """How sets are drawn; nothing in it is random but the key.

    Attributes:
        rows: of the probabilities, as loops read them.
        marks: place of each account among the candidates, -1 for others, -2 for
            the known, shape (n,), int32.
        n_candidates: how many candidates, c.
        linear: thresholds are linear; otherwise cascades are independent.
        seed: of the sets.
    """

    rows: Rows
    marks: NDArray[np.int32]
    n_candidates: int
    linear: bool
    seed: int

    @property
    def n_nodes(self) -> int:
        return len(self.marks)

    @property
    def n_known(self) -> int:
        return int((self.marks == KNOWN).sum())

    def stream(self, number: int) -> Draw:
        """What fixes the sets of one stream; streams are independent.

        Everyone is walked from in turn, in random order. Drawing without putting back
        has less variance than drawing at random: when all have had their turn,
        what people add by themselves is exact. Chernoff's bounds hold as well, as
        E exp(sum) is no larger (Hoeffding 1963, doi:10.1080/01621459.1963.10500830).
        """
        seed = self.seed % 2**64
        turns = np.random.default_rng([seed, number]).permutation(self.n_nodes)
        return key_of(seed, number), turns.astype(np.uint32), self.linear


class RRSets(Protocol):
    """Some random sets, by the candidates they hold."""

    @property
    def sampler(self) -> RRSampler:
        """How they are drawn."""

    @property
    def drawn(self) -> int:
        """How many."""

    @property
    def covered(self) -> int:
        """How many of them a known account reaches."""

    @property
    def walked(self) -> int:
        """How many accounts all walks came to, a measure of the work."""

    def cover(self) -> Cover:
        """A fresh cover to pick candidates for."""

    def caught(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many sets each place adds to the known and the places before it."""

    def grown(self, drawn: int) -> RRSets | None:
        """These sets and those up to number *drawn*; None if there is no room."""


def make_sampler(
    probabilities: InfluenceProbabilities,
    *,
    known: NDArray[np.intp],
    candidates: NDArray[np.intp],
    model: str = "ic",
    seed: int = 0,
) -> RRSampler:
    """Prepare to draw sets.

    Args:
        probabilities: the influence probabilities.
        known: positions of accounts that are active already.
        candidates: positions of the candidates; only they are stored.
        model: ``"ic"`` for independent cascades, in which each tie has one probability;
            ``"lt"`` for linear thresholds, in which an account is moved once the
            probabilities of its active influencers sum to more than a random number.
        seed: of the sets.

    Raises:
        ValueError: if there is no such model, or the probabilities of a row sum to
            more than 1 under ``"lt"``.
    """
    if model not in MODELS:
        raise ValueError(f"model must be one of {', '.join(MODELS)}, got {model!r}")
    if model == "lt":
        check_sums(probabilities)
    marks = np.full(probabilities.n_nodes, NOBODY, np.int32)
    marks[candidates] = np.arange(len(candidates), dtype=np.int32)
    marks[known] = KNOWN
    return RRSampler(
        rows_of(probabilities), marks, len(candidates), model == "lt", seed
    )


def rows_of(probabilities: InfluenceProbabilities) -> Rows:
    """Rows as loops read them; positions are unsigned, which is quicker."""
    probability = probabilities.probability
    pace = row_paces(probabilities.indptr, probability)
    if probability is None:
        probability = np.empty(0, np.float32)
    return (
        probabilities.indptr,
        probabilities.influencer.view(np.uint32),
        probability,
        pace,
    )


def check_sums(probabilities: InfluenceProbabilities) -> None:
    """Refuse rows that no threshold between 0 and 1 fits.

    Raises:
        ValueError: if the probabilities of a row sum to more than 1.
    """
    sums = probabilities.row_sums()
    if len(sums) and sums.max() > 1 + _ROUNDING:
        worst = int(np.argmax(sums))
        raise ValueError(
            "under linear thresholds the influence probabilities of an account sum to"
            f" at most 1; for {probabilities.ids[worst]} they sum to {sums[worst]:.3g}"
        )


def pilot(sampler: RRSampler) -> tuple[bool, float]:
    """Draw a few sets to see what they are like.

    Returns:
        Whether a bit for each candidate and set is smaller than a list, which it is
        where sets hold one candidate in 32; accounts visited by a search, on average.
    """
    part, room = (0, _PILOT), np.iinfo(np.int64).max
    found = draw_members(
        sampler.rows, sampler.marks, sampler.stream(_TRIAL), part, room
    )
    return 32 * len(found[0]) >= _PILOT * sampler.n_candidates, found[3] / _PILOT


def no_sets(sampler: RRSampler, stream: int, *, large: bool) -> RRSets:
    """An empty collection, to grow; as bits where sets are *large*."""
    draw = sampler.stream(stream)
    if large:
        return BitRRSets(sampler, draw, np.empty((0, sampler.n_candidates), np.uint64))
    return ListedRRSets(sampler, draw, np.empty(0, np.int32), np.zeros(1, np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class ListedRRSets:
    """Sets as lists of candidates, for sets that are small.

    Attributes:
        sampler: how they are drawn.
        draw: the stream that they come from.
        members: places of candidates, set after set, shape (p,), int32.
        bounds: where each set starts, and the end, shape (s + 1,); sets without a
            candidate and those that a known account reaches are left out.
        drawn: how many were drawn.
        covered: how many of them a known account reaches.
        walked: how many accounts all walks came to.
    """

    sampler: RRSampler
    draw: Draw
    members: NDArray[np.int32]
    bounds: NDArray[np.int64]
    drawn: int = 0
    covered: int = 0
    walked: int = 0

    def cover(self) -> Cover:
        return max_cover.ListedCover(
            self.members, self.bounds, self.sampler.n_candidates
        )

    def caught(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        return max_cover.first_listed(
            self.members, self.bounds, places, self.sampler.n_candidates
        )

    def grown(self, drawn: int) -> ListedRRSets | None:
        new = drawn - self.drawn
        n_parts = min(_MOST_PARTS, max(1, new // _SETS_A_PART))
        cuts = np.linspace(self.drawn, drawn, n_parts + 1).astype(np.int64).tolist()
        most = MOST_BYTES // _BYTES_A_MEMBER - len(self.members)
        room = 2 * most // n_parts  # parts differ, as probability has it
        sampler, draw = self.sampler, self.draw
        found = parallel_map(
            lambda part: draw_members(sampler.rows, sampler.marks, draw, part, room),
            pairwise(cuts),
        )
        sizes = [len(members) for members, *_ in found]
        if sum(sizes) > most or max(sizes) > room:
            return None
        offsets = np.cumsum([len(self.members), *sizes[:-1]])
        ends = [part[1] + start for part, start in zip(found, offsets, strict=True)]
        return ListedRRSets(
            sampler,
            draw,
            np.concatenate([self.members, *(part[0] for part in found)]),
            np.concatenate([self.bounds, *ends]),
            drawn,
            self.covered + sum(part[2] for part in found),
            self.walked + sum(part[3] for part in found),
        )


@dataclass(frozen=True, slots=True, eq=False)
class BitRRSets:
    """Sets as one bit for each candidate, for sets that are large.

    Attributes:
        sampler: how they are drawn.
        draw: the stream that they come from.
        bits: 64 sets a row, one column a candidate, shape (s / 64, c), uint64.
        drawn: how many were drawn, a multiple of 64.
        covered: how many of them a known account reaches; their bits are 0.
        walked: how many accounts all walks came to.
    """

    sampler: RRSampler
    draw: Draw
    bits: NDArray[np.uint64]
    drawn: int = 0
    covered: int = 0
    walked: int = 0

    def cover(self) -> Cover:
        return max_cover.BitCover(self.bits)

    def caught(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        return max_cover.first_bits(self.bits, places)

    def grown(self, drawn: int) -> BitRRSets | None:
        words, before = drawn // _WORD, len(self.bits)
        # twice, as the other collection grows alike
        if 2 * words * self.sampler.n_candidates * 8 > MOST_BYTES:
            return None
        bits = np.zeros((words, self.sampler.n_candidates), np.uint64)
        bits[:before] = self.bits
        sampler, draw = self.sampler, self.draw
        n_parts = min(_MOST_PARTS, words - before)
        cuts = np.linspace(before, words, n_parts + 1).astype(np.int64).tolist()
        found = parallel_map(
            lambda part: draw_bits(sampler.rows, sampler.marks, draw, part, bits),
            pairwise(cuts),
        )
        covered, walked = np.array(found, np.int64).reshape(-1, 2).sum(axis=0).tolist()
        return BitRRSets(
            sampler,
            draw,
            bits,
            words * _WORD,
            self.covered + covered,
            self.walked + walked,
        )
