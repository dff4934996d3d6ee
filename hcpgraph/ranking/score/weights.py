"""How much a doubling of each signal adds to a score, and where that comes from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from math import isfinite
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.model.names import CONTRIBUTIONS, suggest
from hcpgraph.ranking.signals import FAMILY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

PRIOR: Final = "prior"
OWN_PAST: Final = "own past"
USER: Final = "user"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal weighs, from 0 up, and how that was found.

    A score is the sum of weight x log2(1 + signal). No weight is negative, so nobody
    gains by doing or having less.

    Attributes:
        value: signal -> weight, finite, from 0; signals not named weigh nothing.
        origin: signal -> ``"prior"``, ``"own past"`` or ``"user"``.
        shrunk: how far the fit on the study's own past was shrunk to the prior, from 0
            (not at all) to 1 (nothing but the prior).
        note: in words, what the weights were learned from.
    """

    value: Mapping[str, float]
    origin: Mapping[str, str] = field(default_factory=dict)
    shrunk: float = 1.0
    note: str = "built-in prior"

    def __post_init__(self) -> None:
        for name, weight in self.value.items():
            if name not in FAMILY:
                raise ValueError(f"no signal {name!r}; {suggest(name, _ALL_NAMES)}")
            if not (isfinite(weight) and weight >= 0):
                raise ValueError(f"{name!r} has weight {weight}; give 0 or more")

    def used(self) -> tuple[str, ...]:
        """The signals that weigh anything, in the order in which they are printed."""
        return tuple(name for name in FAMILY if self.value.get(name, 0.0) > 0)

    def along(self, names: tuple[str, ...]) -> NDArray[np.float64]:
        """The weight of each of *names*, shape (len(names),)."""
        return np.array([self.value.get(name, 0.0) for name in names], np.float64)

    def of_family(self, family: str) -> float:
        """The sum of the weights of one contribution's signals."""
        return sum((self.value[n] for n in self.used() if FAMILY[n] == family), 0.0)

    def changed(self, changes: Mapping[str, float]) -> Weights:
        """The same weights with some replaced by one's own.

        Args:
            changes: the weight of a signal, or of a whole contribution, whose signals
                then share it in the proportions they had. A contribution and a signal
                of it together are an error, for nobody could say what is meant.

        Raises:
            ValueError: if a name is unknown or ambiguous, or a weight is negative or
                not finite.

        >>> mine = prior().changed({"authority": 0.0, "reach": 0.5})
        >>> round(mine.of_family("reach"), 6), mine.of_family("authority")
        (0.5, 0.0)
        """
        value, origin = dict(self.value), dict(self.origin)
        for name, weight in changes.items():
            _check(name, weight, changes)
            for signal, share in self._shares(name).items():
                value[signal] = float(weight) * share
                origin[signal] = USER
        return Weights(value, origin, self.shrunk, self.note)

    def _shares(self, name: str) -> dict[str, float]:
        """How a change of *name* is spread over signals; a signal takes all."""
        if name in FAMILY:
            return {name: 1.0}
        members = [signal for signal in FAMILY if FAMILY[signal] == name]
        total = self.of_family(name)
        if total > 0:
            return {n: self.value.get(n, 0.0) / total for n in members}
        # of a contribution without weight the prior names the signal that is meant
        named = [n for n in members if n in self.value] or members
        return {n: 1.0 / len(named) for n in named}


_ALL_NAMES: Final = (*CONTRIBUTIONS, *FAMILY)


def _check(name: str, weight: float, changes: Mapping[str, float]) -> None:
    if name not in _ALL_NAMES:
        raise ValueError(f"no signal {name!r}; {suggest(name, _ALL_NAMES)}")
    if not (isfinite(weight) and weight >= 0):
        raise ValueError(f"{name!r} has weight {weight}; give 0 or more")
    whole = FAMILY.get(name)
    if whole in changes:
        raise ValueError(f"{name!r} is part of {whole!r}; give the one or the other")


@cache
def prior() -> Weights:
    """The weights that come with hcpgraph, fitted on records of other communities.

    >>> set(prior().origin.values())
    {'prior'}
    """
    text = resources.files("hcpgraph.ranking").joinpath("prior.toml").read_text("utf-8")
    value = {name: float(w) for name, w in tomllib.loads(text)["weights"].items()}
    return Weights(
        MappingProxyType(value), MappingProxyType(dict.fromkeys(value, PRIOR))
    )
