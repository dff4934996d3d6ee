"""How many of a group a list may hold and must, and whom that leaves to pick.

* ``rule``      who may be picked next; ``groups`` what is limited, ``ceiling`` what no
  list within the limits can exceed
* ``feasible``  whether a list begun can be finished; ``programs`` proves it by integer
  programming
* ``conflict``  which limits cannot be kept together
"""
