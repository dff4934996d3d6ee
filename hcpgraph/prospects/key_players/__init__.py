"""Key players (Borgatti): sets that hold a network together, or reach it.

* ``selection`` greedy, then swaps
* ``distances`` what is left without some
"""
