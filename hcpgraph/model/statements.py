"""Statements that the store runs for rooms that open no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class IfAny:
    """Statements that wait for the answer to a query.

    Attributes:
        query: asked when the statements before have run.
        then: what runs if it gives a row.
        otherwise: what runs if it gives none.
    """

    query: str
    then: tuple[Statement, ...]
    otherwise: tuple[Statement, ...] = ()


Statement: TypeAlias = str | IfAny

# Gives a row if an account that an import speaks of stands in a roster.
ROSTERED: Final = """
select account from touched_account semi join person_account using (account) limit 1
"""
