"""Introduction paths from known people to a prospect.

* ``acquaintance`` who knows whom, and how well
* ``strongest_paths`` the strongest short paths
* ``search`` the ways to each prospect, with evidence
"""
