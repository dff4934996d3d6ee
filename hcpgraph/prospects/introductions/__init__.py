"""Through whom to get from people already known to a prospect.

* ``acquaintance``  who knows whom, and how well
* ``paths``         the strongest short paths
* ``finding``       the ways to each prospect, with evidence
"""
