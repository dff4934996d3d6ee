"""The policy in force as a value, and what of some outputs breaks it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hcpgraph.model.table import Listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.model.table import Table

PACKAGED = "default"  # what calls the policy that comes with the toolkit


@dataclass(frozen=True, slots=True)
class PolicyInForce(Listed):
    """What is in force in a study: who may see what.

    Attributes:
        table: ``part, name, rule, value``, a row for each rule.
        rules: the same in plain values, as the file has them.
        packaged: whether it is the policy that comes with the toolkit.
        notes: what was changed, if it was set just now.
    """

    table: Table
    rules: Mapping[str, Any]
    packaged: bool
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        whose = "as packaged" if self.packaged else "set in the study"
        return f"PolicyInForce({whose}, {len(self)} rules)"


@dataclass(frozen=True, slots=True)
class PolicyCheck(Listed):
    """What of some outputs breaks the policy for a viewer.

    Attributes:
        table: ``output, what, where, rule, times``; empty where nothing does.
        viewer: for whom they were read.
        notes: which outputs could not be read back, and why.
        parameters: what was asked, for reproduction.
    """

    table: Table
    viewer: str
    notes: tuple[str, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"PolicyCheck(for {self.viewer}, {len(self)} breaches)"
