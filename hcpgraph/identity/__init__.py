"""Who is a health professional: rules and queries for roles."""

from hcpgraph.identity.roles import PRECEDENCE, assign_roles

__all__ = ["PRECEDENCE", "assign_roles"]
