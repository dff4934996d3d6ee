"""Errors of what is computed: too little data, graphs, engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.errors.base import HcpgraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hcpgraph.model.quotas import Quota


class ThinHistory(HcpgraphError):
    """A study's own past lacks ``reason``, a clause, to check a ranking on."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"nothing to check the ranking on: {reason}")
        self.reason = reason


class ThinRecord(HcpgraphError):
    """A study's own past is too sparse for a prediction: ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class InfeasibleLimits(HcpgraphError):
    """No list of people keeps all its limits at once.

    Without any one of what is named here, some list would.

    Attributes:
        limits: those that cannot be kept together.
        included: how many people who must be on the list stand in their way; 0 if
            these are no part of it.
        budget: how many people the list may hold; None if that is no part of it.
    """

    def __init__(
        self,
        reasons: Sequence[str],
        *,
        limits: Sequence[Quota],
        included: int,
        budget: int | None,
    ) -> None:
        loosen = "it" if len(reasons) == 1 else "one of them"
        told = list(reasons) if len(reasons) < 7 else list(reasons[:5])
        if len(told) < len(reasons):
            told.append(f"and {len(reasons) - len(told)} more")
        super().__init__(
            f"no list keeps these limits: {'; '.join(told)}. Loosen {loosen}"
        )
        self.limits = tuple(limits)
        self.included = included
        self.budget = budget


class GraphError(HcpgraphError):
    """Arrays handed to a graph are inconsistent with each other."""


class NotConverged(HcpgraphError):
    """An iterative measure stopped before reaching its tolerance."""

    def __init__(self, measure: str, *, iterations: int, residual: float) -> None:
        super().__init__(
            f"{measure} did not converge: residual {residual:.2e} after {iterations}"
            " iterations. Raise max_iter or loosen tol."
        )
        self.measure = measure
        self.iterations = iterations
        self.residual = residual


class EngineError(HcpgraphError):
    """The chosen engine cannot do what was asked of it."""


class UnsupportedMeasure(EngineError):
    """The engine does not implement this measure."""

    def __init__(self, engine: str, measure: str, supported: Iterable[str]) -> None:
        names = ", ".join(sorted(supported))
        super().__init__(f"engine {engine!r} has no {measure!r}; it has: {names}")
