"""A follower graph as large as one asks, written as Parquet, a row group at a time.

    python -m tests.benchmarks.rmat --into FOLDER [--nodes N] [--ties M] [--seed S]

The defaults are the numbers of accounts and follows of the Twitter graph of 2010 that
the literature measures on. Columns ``source`` and ``target``, int64, in
``follows-000.parquet``: 10 GB. Equal arguments give equal bytes, whatever the number of
threads.

The graph is an R-MAT with the parameters of Graph500: its adjacency matrix is cut in
four again and again, and each tie falls into a quarter with probabilities .57, .19,
.19, .05, so that a few accounts are followed by very many. Four cuts are drawn at once
from a table of 256 outcomes (Walker's alias method), with half a random word.

The matrix has four to eight times as many rows as there are accounts, so that their
number need not be a power of two: a bijection scrambles the rows, and neighbours in the
scrambled order are one account. Hubs stay hubs; at the default size some 38 million of
the 41.7 million accounts occur. Ids are one or two apart, as they were in 2010, and
their order says nothing of who is followed.

Nobody follows themselves. A follow may be there twice: one in 200 at the default size,
more in small graphs. The rows are exactly as many as asked for.

References:
    Chakrabarti, Zhan and Faloutsos (2004), "R-MAT: a recursive model for graph
        mining", SDM, doi:10.1137/1.9781611972740.43.
    Walker (1977), "An efficient method for generating discrete random variables with
        general distributions", ACM TOMS 3(3), doi:10.1145/355744.355749.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hcpgraph.compiled import compiled, n_threads, parallel_map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

NODES: Final = 41_652_230
TIES: Final = 1_468_365_182
# In one file: each file that is imported looks its ties up among all that are there.
ROWS_A_PART: Final = 2 << 30
BLOCK: Final = 1 << 20  # rows drawn from one stream of random numbers, a row group
_QUARTERS: Final = (0.57, 0.19, 0.19, 0.05)
_CUTS: Final = 4  # drawn at once
_OUTCOMES: Final = 1 << 2 * _CUTS
_MOST_BITS: Final = 32  # so that no product below leaves 64 bits
_SCHEMA: Final = pa.schema({"source": pa.int64(), "target": pa.int64()})
# of splitmix64
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)
_27, _30, _31 = np.uint64(27), np.uint64(30), np.uint64(31)
_HALF: Final = np.uint64(32)
_LOW: Final = np.uint64(0xFFFFFFFF)


class Matrix(NamedTuple):
    """What is drawn from: how large, and the tables of four cuts at once.

    Attributes:
        nodes: accounts.
        bits: the matrix has 2 ** bits rows.
        share: of 2 ** 24, the part of each outcome's slot that is its own, shape
            (256,), int64.
        other: the outcome that has the rest of the slot, shape (256,), int64.
    """

    nodes: int
    bits: int
    share: NDArray[np.int64]
    other: NDArray[np.int64]


def matrix_of(nodes: int) -> Matrix:
    """The matrix for so many accounts, at least 2."""
    bits = (nodes - 1).bit_length() + 2
    if nodes < 2 or bits > _MOST_BITS:
        most = 1 << _MOST_BITS - 2
        raise ValueError(f"nodes must lie between 2 and {most:,}, got {nodes:,}")
    share, other = _alias(_outcomes())
    return Matrix(nodes, bits, share, other)


def _outcomes() -> NDArray[np.float64]:
    """How probable each way to cut four times is: rows in the high bits."""
    chance = np.ones(_OUTCOMES)
    row, column = np.divmod(np.arange(_OUTCOMES), 1 << _CUTS)
    for cut in range(_CUTS):
        chance *= np.array(_QUARTERS)[2 * (row >> cut & 1) + (column >> cut & 1)]
    return chance


def _alias(chance: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Equal slots, each shared by at most two outcomes, as Walker fills them."""
    slot = chance / chance.mean()
    other = np.arange(len(slot))
    small, large = np.flatnonzero(slot < 1).tolist(), np.flatnonzero(slot >= 1).tolist()
    while small and large:
        poor, rich = small.pop(), large[-1]
        other[poor] = rich
        slot[rich] -= 1 - slot[poor]
        if slot[rich] < 1:
            small.append(large.pop())
    # what is left over differs from a full slot by rounding alone
    slot[small + large] = 1
    return np.rint(slot * (1 << 24)).astype(np.int64), other


def blocks(nodes: int, ties: int, *, seed: int = 1) -> Iterator[pa.Table]:
    """The follows in order, a block at a time, as many at once as there are threads."""
    matrix = matrix_of(nodes)
    draw = partial(_block, matrix, seed)
    count, at_once = -(-ties // BLOCK), n_threads()
    for first in range(0, count, at_once):
        some = range(first, min(first + at_once, count))
        yield from parallel_map(draw, [(k, min(BLOCK, ties - k * BLOCK)) for k in some])


def _block(matrix: Matrix, seed: int, numbered: tuple[int, int]) -> pa.Table:
    number, size = numbered
    source, target = np.empty(size, np.int64), np.empty(size, np.int64)
    # a stream of its own for each block, whoever draws it
    state = np.random.SeedSequence((seed, number)).generate_state(1, np.uint64)[0]
    tables = (matrix.share, matrix.other)
    _draw(state, (matrix.nodes, matrix.bits), tables, source, target)
    return pa.table({"source": source, "target": target})


@compiled
def _draw(
    state: np.uint64,
    size: tuple[int, int],
    tables: tuple[NDArray[np.int64], NDArray[np.int64]],
    source: NDArray[np.int64],
    target: NDArray[np.int64],
) -> None:
    """Fill both columns with ids."""
    nodes, bits = size
    share, other = tables
    mask = (np.int64(1) << bits) - 1
    for k in range(len(source)):
        tail = head = np.int64(0)
        while tail == head:  # nobody follows themselves
            row = column = np.int64(0)
            word = np.uint64(0)
            for turn in range((bits + _CUTS - 1) // _CUTS):
                if turn % 2 == 0:  # a word serves two turns
                    state += _STEP
                    word = _mixed(state)
                half = np.int64(word & _LOW)
                word >>= _HALF
                outcome = half >> 24
                if half & 0xFFFFFF >= share[outcome]:
                    outcome = other[outcome]
                row = row << _CUTS | outcome >> _CUTS
                column = column << _CUTS | outcome & 15
            tail = _account(row & mask, nodes, bits)
            head = _account(column & mask, nodes, bits)
        source[k], target[k] = 1 + tail + tail // 2, 1 + head + head // 2


@compiled
def _mixed(state: np.uint64) -> np.uint64:
    """The word of a splitmix64 generator in this state."""
    word = (state ^ (state >> _30)) * _FIRST
    word = (word ^ (word >> _27)) * _SECOND
    return word ^ (word >> _31)


@compiled
def _account(row: np.int64, nodes: int, bits: int) -> np.int64:
    """Scramble a row of the matrix by steps that can be undone, and fold."""
    mask = (np.int64(1) << bits) - 1
    row = (row + 0x3779B97F) & mask  # row 0, the greatest hub, would stay where it is
    for factor in (0x2C1B3C6D, 0x297A2D39, 0x1B56C4E9):  # odd: no two rows meet
        row = row * factor & mask
        row ^= row >> (bits // 2 + 1)
    return row * nodes >> bits


def write(folder: Path, nodes: int, ties: int, *, seed: int = 1) -> list[Path]:
    """Write the follows, part by part; gives the files.

    A part is complete under its name: it is written under another one first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stream = blocks(nodes, ties, seed=seed)
    paths: list[Path] = []
    for first in range(0, ties, ROWS_A_PART):
        path = folder / f"follows-{len(paths):03}.parquet"
        unfinished = path.with_suffix(".unfinished")
        rows = min(ROWS_A_PART, ties - first)
        # differences of 27 bits are the smallest form of such numbers, and quick
        with pq.ParquetWriter(
            unfinished,
            _SCHEMA,
            compression="none",
            use_dictionary=False,
            column_encoding="DELTA_BINARY_PACKED",
        ) as file:
            for _ in range(-(-rows // BLOCK)):
                file.write_table(next(stream), row_group_size=BLOCK)
        paths.append(unfinished.rename(path))
    return paths


def main() -> None:
    """Write one graph."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--nodes", type=int, default=NODES)
    parser.add_argument("--ties", type=int, default=TIES)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write(asked.into, asked.nodes, asked.ties, seed=asked.seed)


if __name__ == "__main__":
    main()
