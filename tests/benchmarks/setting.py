"""How much is measured, how often, and where."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Scale:
    """How large each job is.

    Attributes:
        warm_up: ties of the graph on which nothing is measured; 0 for none.
        chain: numbers of ties for the whole job.
        leiden: numbers of ties for communities alone.
        exact: ties and accounts of the graph whose betweenness is also computed
            exactly.
        sampled: ties and accounts of the one where it is only sampled.
        demo: size of the demo study.
        copies: how often the demo's posts are repeated, for each import.
    """

    warm_up: int
    chain: tuple[int, ...]
    leiden: tuple[int, ...]
    exact: tuple[int, int]
    sampled: tuple[int, int]
    demo: str
    copies: tuple[int, ...]


SCALES: Final[Mapping[str, Scale]] = MappingProxyType(
    {
        "tiny": Scale(
            0, (10_000,), (10_000,), (2_000, 500), (4_000, 500), "tiny", (1, 2)
        ),
        "small": Scale(
            10_000,
            (100_000, 1_000_000),
            (100_000, 1_000_000),
            (39_000, 10_000),
            (1_000_000, 47_000),
            "small",
            (2, 8),
        ),
        "full": Scale(
            10_000,
            (100_000, 1_000_000, 15_000_000),
            (100_000, 1_000_000, 15_000_000),
            (39_000, 10_000),
            (1_000_000, 47_000),
            "full",
            (1, 2),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One run of the benchmarks.

    Attributes:
        scale: how large the jobs are.
        rounds: how often each is measured.
        peers: those that are installed and asked for.
        folder: for graphs and studies; large.
        say: told what is being done.
    """

    scale: Scale
    rounds: int
    peers: tuple[str, ...]
    folder: Path
    say: Callable[[str], None]
