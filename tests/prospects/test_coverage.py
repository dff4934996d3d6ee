"""The greedy cover against a plain one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpgraph.prospects.coverage import audiences, greedy

PAIRS = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=50)
SCORES = st.lists(st.sampled_from([0.0, 1.0, 1.5, 4.0]), min_size=10, max_size=10)


@settings(deadline=None)
@given(pairs=PAIRS, scores=SCORES, reached=st.sets(st.integers(0, 9)))
def test_lazy_and_plain_greedy_agree(pairs, scores, reached):
    """Counting only the candidate on top changes nothing but the time."""
    score = np.sort(scores)[::-1]
    source, target = np.array(sorted(pairs), np.int32).reshape(-1, 2).T
    start = np.isin(np.arange(10), list(reached))

    picked, gains = greedy(
        audiences(source, target, 10), np.arange(10), score, reached=start, budget=10
    )

    covered, left, expected = set(reached), list(range(10)), []
    while left:
        new = {p: {s for s, t in pairs if t == p} - covered for p in left}
        best = max(left, key=lambda p: (score[p] * len(new[p]), -p))
        expected.append((best, len(new[best])))
        covered |= new[best]
        left.remove(best)
    assert list(zip(picked, gains, strict=True)) == expected
