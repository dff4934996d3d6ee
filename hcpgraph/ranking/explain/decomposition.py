"""Decomposition of a score into contributions and signals, beside medians."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.ranking.signals import FAMILY

if TYPE_CHECKING:
    from hcpgraph.ranking.explain.context import ExplanationContext


@dataclass(frozen=True, slots=True)
class Part:
    """A contribution to a score, or a signal beneath one.

    Attributes:
        name: of the contribution or the signal.
        family: the contribution it counts towards; its own name for a contribution.
        value: of the person, from 0: what it adds for a contribution, the plain
            number for a signal.
        median: the same of the person in the middle of the list.
        adds: what it adds to the score, from 0.
    """

    name: str
    family: str
    value: float
    median: float
    adds: float


def parts(context: ExplanationContext) -> tuple[Part, ...]:
    """The contributions of a person, in their usual order; they add up to the score."""
    found = []
    for name in CONTRIBUTIONS:
        column = context.listed.contribution[name]
        value = float(column[context.place])
        found.append(Part(name, name, value, float(np.median(column)), value))
    return tuple(found)


def signals(context: ExplanationContext) -> tuple[Part, ...]:
    """The signals of a person that weigh anything, contribution by contribution."""
    listed = np.searchsorted(context.table.account, context.listed.account)
    added = context.table.doublings()[context.row] * context.weights.along(
        context.table.names
    )
    found = [
        Part(
            name,
            FAMILY[name],
            float(context.table[name][context.row]),
            float(np.median(context.table[name][listed])),
            float(added[column]),
        )
        for column, name in enumerate(context.table.names)
    ]
    return tuple(sorted(found, key=lambda part: CONTRIBUTIONS.index(part.family)))
