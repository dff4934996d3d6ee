"""What may leave a study: rules as data, applied wherever people are listed.

* ``rules``    ``policy.toml`` and what it means
* ``release``  which accounts may be listed, and how many were held back and why

A graph or a ranking made without a study carries no policy.
"""

from hcpgraph.policy.release import AUTO, Released, release, resolve
from hcpgraph.policy.rules import Audience, Policy, load

__all__ = ["AUTO", "Audience", "Policy", "Released", "load", "release", "resolve"]
