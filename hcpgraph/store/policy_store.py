"""What a study keeps of the policy: the part of ``Store`` that reads and writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.store.erasing import erasing, expiring
from hcpgraph.store.faults import worded
from hcpgraph.store.queries import (
    called,
    consent_rows,
    finding,
    identifiers,
    leaving_out,
    policy_rows,
    reading,
)
from hcpgraph.store.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence, Set
    from datetime import datetime
    from pathlib import Path
    from typing import Any

    import duckdb
    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.model.consent import ConsentFile, StoredRow
    from hcpgraph.model.erasure import Erased, Erasure, Identifiers
    from hcpgraph.model.retention import Limit
    from hcpgraph.store.ingest.importing import Labelling


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

    def remove_policy(self) -> None:
        """Put the packaged policy in force again."""
        with transaction(self._connection, self.path):
            policy_rows.remove_policy(self._connection)

    def has_consent(self) -> bool:
        """Whether the study holds statements of consent."""
        with worded(self.path):
            return consent_rows.has_consent(self._connection)

    def read_consent(self) -> list[StoredRow]:
        """Every row of every file of consent, by file and line."""
        with worded(self.path):
            return consent_rows.read_consent(self._connection)

    def read_bearers(self) -> dict[tuple[str, str, str], int]:
        """The accounts that rows of consent name by id or handle."""
        with worded(self.path):
            return consent_rows.read_bearers(self._connection)

    def known_file(self, sha256: str) -> str | None:
        """The path of the imported file with these bytes; None if there is none."""
        with worded(self.path):
            return consent_rows.known_file(self._connection, sha256)

    def write_consent(
        self,
        described: ConsentFile,
        kept: Sequence[StoredRow],
        counts: tuple[int, int],
        at: datetime,
        *,
        proof: str | None,
    ) -> None:
        """Add a file of consent whole: its rows, and how many were new and known.

        What tells its key from another is kept with the first that has one.
        """
        with transaction(self._connection, self.path):
            consent_rows.write_consent(self._connection, described, kept, counts, at)
            if proof is not None:
                consent_rows.write_proof(self._connection, proof)

    def read_consent_proof(self) -> str | None:
        """What tells the key of hashes in consent from another; None without any."""
        with worded(self.path):
            return consent_rows.read_proof(self._connection)

    def read_hashed_names(self) -> list[tuple[int, int, str, str]]:
        """File, line, kind and hash of names in consent that accounts may bear."""
        with worded(self.path):
            return consent_rows.read_hashed(self._connection)

    def read_all_accounts(self) -> list[tuple[int, str, str | None, str | None]]:
        """Number, platform, id and handle of every account."""
        with worded(self.path):
            return consent_rows.read_all_accounts(self._connection)

    def read_registered(self) -> list[tuple[str, str, str | None, str | None]]:
        """Every registry number, with platform, id and handle of whose it is."""
        with worded(self.path):
            return consent_rows.read_registered(self._connection)

    def add_consent_names(
        self, found: Iterable[tuple[int, int, str, str, str]]
    ) -> None:
        """Add names of accounts to rows of consent, and ids to those with handles."""
        with transaction(self._connection, self.path):
            consent_rows.add_names(self._connection, found)
            consent_rows.follow_handles(self._connection)

    def read_origins(
        self, accounts: Sequence[int]
    ) -> dict[int, tuple[datetime, list[str]]]:
        """When each account was first imported, and digests of files naming it."""
        with worded(self.path):
            return consent_rows.read_origins(self._connection, accounts)

    def read_countries_of(self, accounts: NDArray[np.int32]) -> list[str | None]:
        """The country of each account, in the order given: which law is to be kept."""
        with worded(self.path):
            found = reading.read_profiles(self._connection, accounts, ("country",))
            return found["country"]

    def leave_out(self, accounts: Sequence[int]) -> None:
        """Read the study from here on as if nobody had ties with some accounts.

        They may not be listed either. Nothing of it is written.
        """
        with worded(self.path):
            leaving_out.leave_out(self._connection, accounts)

    def read_same(self, accounts: Iterable[int]) -> tuple[int, ...]:
        """The accounts, and all others of the same people."""
        with worded(self.path):
            return identifiers.read_same(self._connection, accounts)

    def read_accounts_named(self, name: str) -> tuple[int, ...]:
        """The accounts with a name, whatever its case and accents."""
        with worded(self.path):
            return identifiers.read_accounts_named(self._connection, name)

    def read_identifiers(self, accounts: Iterable[int]) -> Identifiers:
        """How accounts are called by any file, and what they wrote."""
        with worded(self.path):
            return identifiers.read_identifiers(self._connection, accounts)

    def read_proof(self) -> str | None:
        """What tells the key of the suppressions; None where nobody was erased."""
        with worded(self.path):
            return identifiers.read_proof(self._connection)

    def read_suppressed(self) -> tuple[str, ...]:
        """The keyed hashes of all who were erased."""
        with worded(self.path):
            return identifiers.read_suppressed(self._connection)

    def read_countries(self) -> tuple[str, ...]:
        """The countries of rosters, as they are written there."""
        with worded(self.path):
            return policy_rows.read_countries(self._connection)

    def read_expired(self, limits: Sequence[Limit]) -> list[dict[str, Any]]:
        """What is older than the limits, by region and kind."""
        with worded(self.path):
            return expiring.read_expired(self._connection, limits)

    def expire(self, limits: Sequence[Limit], labelling: Labelling) -> dict[str, int]:
        """Remove what is older; this is of the old file afterwards: close it."""
        return expiring.expire(self._connection, limits, labelling, study=self.path)

    def erase(self, erasure: Erasure, at: datetime) -> Erased:
        """Erase people; what is open here is the old file afterwards: close it."""
        return erasing.erase(self._connection, erasure, study=self.path, at=at)

    def read_fitting(
        self, rows: Mapping[str, Set[str]], basis: Set[str] | None
    ) -> NDArray[np.int32]:
        """The accounts that have one of the values of each field, ascending."""
        with worded(self.path):
            return policy_rows.read_fitting(self._connection, rows, basis)

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

    def read_identity(self) -> str:
        """Which study this is; empty for studies of older versions."""
        with worded(self.path):
            return policy_rows.read_identity(self._connection)

    def read_named(self, names: Iterable[str] | None = None) -> list[finding.Account]:
        """The accounts that ids and ``@handles`` mean; every account for None."""
        with worded(self.path):
            return finding.read_named(self._connection, names)
