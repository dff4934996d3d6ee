"""What a study keeps of the policy: the part of ``Store`` that reads and writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.store.faults import worded
from hcpgraph.store.queries import called, policy_rows
from hcpgraph.store.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Set
    from datetime import datetime
    from pathlib import Path

    import duckdb
    import numpy as np
    from numpy.typing import NDArray


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

    def read_fitting(
        self, rows: Mapping[str, Set[str]], basis: Set[str] | None
    ) -> NDArray[np.int32]:
        """The accounts that have one of the values of each field, ascending."""
        with worded(self.path):
            return policy_rows.read_fitting(self._connection, rows, basis)

    def remove_policy(self) -> None:
        """Put the packaged policy in force again."""
        with transaction(self._connection, self.path):
            policy_rows.remove_policy(self._connection)

    def read_numbers(self, accounts: NDArray[np.int32]) -> list[str]:
        """A running number for each account, in the order given."""
        with worded(self.path):
            return policy_rows.read_numbers(self._connection, accounts)

    def read_other_names(
        self, seen: NDArray[np.int32] | None, kinds: Collection[str]
    ) -> list[tuple[str, str]]:
        """How those are called who are not *seen*, and everybody by some *kinds*."""
        with worded(self.path):
            return called.read_other_names(self._connection, seen, kinds)
