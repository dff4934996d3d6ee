"""People who together hold a network together, or reach most of it.

* ``choosing``  greedy, then swaps
* ``removing``  what is left without some
"""
