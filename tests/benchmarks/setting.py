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
        large: the same, done once, each program with a limit.
        leiden: numbers of ties for communities alone.
        threads: ties of the graph on which threads are counted.
        exact: ties and accounts of the graph whose betweenness is also computed
            exactly.
        sampled: ties and accounts of the one where that takes a long time.
        demo: size of the demo study.
        copies: how often the demo's posts are repeated, for each import.
        posts: of the study with 22 disease areas.
        beyond: accounts and follows of the graphs that are written in parts.
    """

    warm_up: int
    chain: tuple[int, ...]
    large: tuple[int, ...]
    leiden: tuple[int, ...]
    threads: int
    exact: tuple[int, int]
    sampled: tuple[int, int]
    demo: str
    copies: tuple[int, ...]
    posts: int
    beyond: tuple[tuple[int, int], ...]


SCALES: Final[Mapping[str, Scale]] = MappingProxyType(
    {
        "tiny": Scale(
            warm_up=0,
            chain=(10_000,),
            large=(12_000,),
            leiden=(10_000,),
            threads=10_000,
            exact=(2_000, 500),
            sampled=(4_000, 500),
            demo="tiny",
            copies=(1, 2),
            posts=2_000,
            beyond=((1_000, 20_000),),
        ),
        "small": Scale(
            warm_up=10_000,
            chain=(100_000, 1_000_000),
            large=(2_000_000,),
            leiden=(100_000, 1_000_000),
            threads=1_000_000,
            exact=(39_000, 10_000),
            sampled=(100_000, 10_000),
            demo="small",
            copies=(2, 8),
            posts=20_000,
            beyond=((30_000, 1_000_000),),
        ),
        "full": Scale(
            warm_up=10_000,
            chain=(100_000, 1_000_000, 15_000_000),
            large=(100_000_000,),
            leiden=(100_000, 1_000_000, 15_000_000),
            threads=15_000_000,
            exact=(39_000, 10_000),
            sampled=(1_000_000, 47_000),
            demo="full",
            copies=(2, 8),
            posts=200_000,
            # the second has the size of the Twitter graph of 2010
            beyond=((2_836_651, 100_000_000), (41_652_230, 1_468_365_182)),
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
        folder: for studies and results; large.
        graphs: where graphs are made, and found if they are there already.
        say: told what is being done.
    """

    scale: Scale
    rounds: int
    peers: tuple[str, ...]
    folder: Path
    graphs: Path
    say: Callable[[str], None]
