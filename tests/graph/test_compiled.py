"""How loops are compiled."""

from __future__ import annotations

import numpy as np

from hcpgraph.graph.compiled import compiled


def test_a_loop_without_a_place_for_its_code_still_runs():
    """A container that may write nowhere can rank all the same."""
    scope = {}
    exec("def doubled(x):\n    return x + x", scope)  # in no file, so never kept

    fast = compiled(scope["doubled"])

    assert fast(np.arange(3)).tolist() == [0, 2, 4]
    assert fast.nopython_signatures
