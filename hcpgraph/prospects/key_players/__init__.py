"""Key players: people who together hold a network, or reach most of it.

* ``choosing``  greedy, then swaps
* ``removing``  what is left without some
"""
