"""From a ranking to people worth approaching, each with a reason.

* ``suggest``    whom to approach next: ``wish`` what is asked, ``area`` the network,
  ``candidates`` who may be suggested, ``people`` what is known of them
* ``maximizing`` the people who together reach most, with a certificate
* ``key_players`` the people who together hold the network, or reach it
* ``limits``     how many of a group there may be
* ``kinds``      leader, rising, broker, voice
* ``response``   how likely each is to turn to someone known
* ``ways``       through whom to get to them; ``wording`` the reason in one line

Nothing here names anyone: account numbers go in and come out.
"""

from hcpgraph.prospects.key_sets.choosing import key_players
from hcpgraph.prospects.people import Hopes, People
from hcpgraph.prospects.spreading.maximizing import maximize_influence
from hcpgraph.prospects.suggest import suggest
from hcpgraph.prospects.wish import Wish
from hcpgraph.prospects.wording import word, word_way

__all__ = [
    "Hopes",
    "People",
    "Wish",
    "key_players",
    "maximize_influence",
    "suggest",
    "word",
    "word_way",
]
