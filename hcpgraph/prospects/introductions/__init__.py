"""Introduction paths from known people to a prospect.

* ``acquaintance`` strength of acquaintance
* ``strongest_paths`` the strongest short paths
* ``search`` the ways to each prospect, with evidence
"""
