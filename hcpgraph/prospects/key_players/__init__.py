"""Key players: people who together hold a network, or reach most of it.

* ``selection`` greedy, then swaps
* ``distances`` what is left without some
"""
