"""Follow graphs with planted communities, the same for every program measured.

    python -m tests.benchmarks.graphs TIES FILE.csv [FILE.npz]

writes columns ``source,target`` with 19-digit ids, in no order, no row twice; and
the same follows as arrays of positions.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
from pyarrow import csv

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED: Final = 1
TIES_PER_ACCOUNT: Final = 32
_ACCOUNTS_PER_COMMUNITY: Final = 1000
_FEWEST_COMMUNITIES: Final = 10
_ACROSS: Final = 0.35  # share of follows that ignore communities
_SPREAD: Final = 1.2  # of log popularity and log activity: few are followed by many
_FIRST_ID: Final = 10**18
_STRIDE: Final = 9_973  # ids lie about this far apart


class Follows(NamedTuple):
    """Who follows whom, by account.

    Attributes:
        source: position of the follower, shape (m,), int64.
        target: position of the followed, shape (m,), int64.
        ids: 19-digit id of each account, shape (n,), int64, in no order.
    """

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    ids: NDArray[np.int64]


def planted(ties: int, accounts: int | None = None, *, seed: int = SEED) -> Follows:
    """Exactly *ties* distinct follows, two thirds of them within communities.

    Popularity and activity are lognormal, sizes of communities fall as a power of
    their rank. Accounts that end up without a tie do not occur.
    """
    rng = np.random.default_rng(seed)
    n = accounts or ties // TIES_PER_ACCOUNT
    # accounts of a community lie side by side, so that it is a stretch of the sums
    bounds = _communities(n, rng)
    popular = np.concatenate([[0.0], np.cumsum(rng.lognormal(0, _SPREAD, n))])
    active = np.concatenate([[0.0], np.cumsum(rng.lognormal(0, _SPREAD, n))])
    key = np.empty(0, np.int64)
    while len(key) < ties:
        missing = (ties - len(key)) * 9 // 8 + 1000  # some are drawn twice
        more = _draw(missing, (bounds, popular, active), rng)
        key = np.unique(np.concatenate([key, more]))
    key = rng.permutation(key)[:ties]
    ids = _FIRST_ID + rng.permutation(n) * _STRIDE + rng.integers(0, _STRIDE, n)
    return Follows(key // n, key % n, ids)


def _communities(n: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """First account of each account's community, and the one after its last."""
    many = max(_FEWEST_COMMUNITIES, n // _ACCOUNTS_PER_COMMUNITY)
    share = np.arange(1, many + 1) ** -0.7
    of = np.sort(rng.choice(many, n, p=share / share.sum()))
    first = np.searchsorted(of, np.arange(many + 1))
    return np.column_stack([first[of], first[of + 1]])


def _draw(
    many: int,
    world: tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]],
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Follows as numbers source x n + target, nobody following themselves."""
    bounds, popular, active = world
    n = len(bounds)
    # in ascending order, so that what is read next lies near
    source = _pick(active, np.sort(rng.random(many)) * active[-1])
    within = rng.random(many) >= _ACROSS
    low = np.where(within, popular[bounds[source, 0]], 0.0)
    high = np.where(within, popular[bounds[source, 1]], popular[-1])
    target = _pick(popular, low + (high - low) * rng.random(many))
    key: NDArray[np.int64] = (source * n + target)[source != target]
    return key


def _pick(sums: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.int64]:
    """The account in whose stretch of *sums* each place lies."""
    found: NDArray[np.int64] = np.searchsorted(sums, at, side="right") - 1
    last = len(sums) - 2
    found[found > last] = last  # rounding may lead past the end
    return found


def write_csv(follows: Follows, path: Path) -> None:
    """One row a follow, ids as exports have them."""
    table = pa.table(
        {
            "source": follows.ids[follows.source],
            "target": follows.ids[follows.target],
        }
    )
    csv.write_csv(table, path)


def main() -> None:
    """Write one graph."""
    follows = planted(int(sys.argv[1]))
    write_csv(follows, Path(sys.argv[2]))
    for path in sys.argv[3:]:
        source, target = (end.astype(np.int32) for end in follows[:2])
        np.savez(path, source=source, target=target)


if __name__ == "__main__":
    main()
