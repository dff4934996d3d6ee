"""From a ranking to people worth approaching, each with a reason.

* ``suggest``    people to approach next: ``request`` what is asked, ``area`` the
  network, ``candidates`` who may be suggested, ``people`` what is known of them
* ``influence.maximizing`` the people who together reach most, with a certificate
* ``key_players`` the people who together hold the network, or reach it
* ``quotas``     how many of a group there may be
* ``kinds``      leader, rising, broker, voice
* ``response``   how likely each is to turn to someone known
* ``introductions``       introduction paths

Nothing here names anyone: account numbers go in and come out.
"""

from hcpgraph.prospects.influence.maximizing import maximize_influence
from hcpgraph.prospects.key_players.selection import key_players
from hcpgraph.prospects.people import PeopleData, RiseProbabilities
from hcpgraph.prospects.request import ProspectRequest
from hcpgraph.prospects.suggest import suggest

__all__ = [
    "PeopleData",
    "ProspectRequest",
    "RiseProbabilities",
    "key_players",
    "maximize_influence",
    "suggest",
]
