"""A synthetic world of health professionals, with its truth planted.

``make_world`` draws accounts, follows and posts from known rates; ``write_exports``
writes them as the platforms would, beside a roster, two contact lists and the truth.
Nobody in it exists: names, handles, ids, places and institutions are invented.
"""

from __future__ import annotations

from hcpgraph.demo.exports import write_exports
from hcpgraph.demo.size import FULL, SMALL, TINY, Size
from hcpgraph.demo.world import World, make_world

__all__ = ["FULL", "SMALL", "TINY", "Size", "World", "make_world", "write_exports"]
