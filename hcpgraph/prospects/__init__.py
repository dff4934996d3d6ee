"""From a ranking to people worth approaching, each with a reason.

* ``suggest``   whom to approach next
* ``coverage``  greedy cover of audiences
* ``kinds``     leader, broker, voice
* ``links``     through whom they are tied to people already known
* ``wording``   the reason in one line

Nothing here names anyone: account numbers go in and come out.
"""

from hcpgraph.prospects.suggest import suggest
from hcpgraph.prospects.wording import word

__all__ = ["suggest", "word"]
