"""Quotas of groups, and the candidates they leave to pick.

* ``constraint`` who may be picked next; ``groups`` what is limited, ``upper_bound``
  what no list within the limits can exceed
* ``feasibility`` whether a list begun can be finished; ``integer_programs`` proves it
  by integer programming
* ``conflict`` which limits cannot be kept together
"""
