"""What a study keeps of the policy: the part of ``Store`` that reads and writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.store.faults import worded
from hcpgraph.store.queries import finding, policy_rows
from hcpgraph.store.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    import duckdb


class PolicyStore:
    """Rules, consent and suppression of a study.

    Attributes:
        path: the study.
    """

    _connection: duckdb.DuckDBPyConnection
    path: Path

    def read_policy(self) -> str | None:
        """The text of the policy in force; None where none was set."""
        with worded(self.path):
            return policy_rows.read_policy(self._connection)

    def write_policy(self, text: str, at: datetime) -> None:
        """Put a policy in force, in place of the one before."""
        with transaction(self._connection, self.path):
            policy_rows.write_policy(self._connection, text, at)

    def read_identity(self) -> str:
        """Which study this is; empty for studies of older versions."""
        with worded(self.path):
            return policy_rows.read_identity(self._connection)

    def read_platforms(self) -> list[str]:
        """The platforms that accounts are of, sorted."""
        with worded(self.path):
            return finding.read_platforms(self._connection)

    def read_named(self, names: Iterable[str] | None = None) -> list[finding.Account]:
        """The accounts that ids and ``@handles`` mean; every account for None."""
        with worded(self.path):
            return finding.read_named(self._connection, names)
