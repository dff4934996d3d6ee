"""The study's file, open: everything that can be asked of it or written to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import duckdb

from hcpgraph.model.names import DEFAULT_PLATFORM
from hcpgraph.store import making, schema
from hcpgraph.store.connection import connect, disconnect
from hcpgraph.store.faults import in_words, worded
from hcpgraph.store.ingest import importing, removing, vocabulary
from hcpgraph.store.policy_store import PolicyStore
from hcpgraph.store.queries import (
    called,
    evidence,
    finding,
    layers,
    reading,
    roles,
    streaming,
    summary,
)
from hcpgraph.store.queries.summary import read_rejects
from hcpgraph.store.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    import numpy as np
    from numpy.typing import NDArray

    from hcpgraph.errors import UnknownAccount
    from hcpgraph.model.evidence import Post
    from hcpgraph.model.files import FileReport
    from hcpgraph.model.layer_counts import LayerCounts
    from hcpgraph.model.ties import Accounts, Roles, Ties
    from hcpgraph.store.ingest.importing import ImportJob, Labelling
    from hcpgraph.store.ingest.vocabulary import AreaRow, TermRow
    from hcpgraph.store.making import FirstWords
    from hcpgraph.store.queries.reading import Scope
    from hcpgraph.store.queries.streaming import StoredTies


class Store(PolicyStore):
    """A study's DuckDB file, used as a context manager; the only way to it.

    Writers hold the file alone; any number of readers share it.

    Attributes:
        path: the file.
        made: true if this opening made the study, and nobody has used it before.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, path: Path, *, made: bool = False
    ) -> None:
        self._connection = connection
        self.path = path
        self.made = made

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        write: bool = False,
        words: FirstWords | None = None,
        must_exist: bool = False,
    ) -> Self:
        """Open the study at *path*; with *write*, create or upgrade it.

        Args:
            path: the study.
            write: hold it alone, to change it.
            words: gives the vocabulary of a study that has none, for writers.
            must_exist: make no study, for writers.

        Raises:
            NotAStudy: if there is no study there, or it is another kind of file.
            LockedStudy: if another process holds it.
            NewerStudy: if a later version wrote it.
        """
        if write:
            held, made = making.open_for_writing(path, words, must_exist=must_exist)
            return cls(held, path, made=made)
        connection = connect(path, write=False)
        try:
            with worded(path):
                version = schema.read_version(connection, path)
                schema.refuse_older(version, path)
                schema.read_by_new_rules(connection, version)
        except BaseException:
            disconnect(connection)
            raise
        return cls(connection, path)

    def remove_made(self) -> None:
        """Take the study away again, if this opening made it.

        Raises:
            ValueError: if somebody else made it, or uses it.
        """
        if not self.made:
            raise ValueError(f"{self.path} is not this opening's to remove")
        making.remove_made(self.path)

    def import_file(
        self,
        arrival: ImportJob,
        labelling: Labelling,
        *,
        tell: Callable[[float], None] | None = None,
    ) -> FileReport:
        """Import one file whole, or leave the study as it was."""
        return importing.import_file(
            self._connection, arrival, labelling, study=self.path, tell=tell
        )

    def remove_file(self, name: str, labelling: Labelling) -> str:
        """Take one imported file back out; gives the path it was imported as."""
        return removing.remove_file(self._connection, name, labelling, study=self.path)

    def write_vocabulary(
        self,
        areas: Iterable[AreaRow],
        terms: Iterable[TermRow],
        labelling: Labelling,
    ) -> None:
        """Add or change disease areas and label the whole study anew."""
        said = vocabulary.VocabularyRows(tuple(areas), tuple(terms), labelling)
        with transaction(self._connection, self.path):
            vocabulary.write_vocabulary(self._connection, said)

    def read_ties(self, scope: Scope) -> Ties:
        """The ties in *scope*, sorted."""
        with worded(self.path):
            return reading.read_ties(self._connection, scope)

    def stream_ties(self, scope: Scope, weights: Mapping[str, float]) -> StoredTies:
        """The ties in *scope*, which names no area, batch by batch."""
        return streaming.stream_ties(self._connection, self.path, scope, weights)

    def read_roles(self, accounts: NDArray[np.int32]) -> Roles:
        """The roles of *accounts*, ascending and distinct, and who may be listed."""
        with worded(self.path):
            return roles.read_roles(self._connection, accounts)

    def read_accounts(
        self,
        accounts: NDArray[np.int32],
        *,
        area: str | None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Accounts:
        """What ranking may know of *accounts*; posts counted in area and period."""
        with worded(self.path):
            return reading.read_accounts(
                self._connection, accounts, area=area, since=since, until=until
            )

    def count_layer(self, layer: str) -> LayerCounts | None:
        """The ties of one layer to each account, and its responders."""
        with worded(self.path):
            return layers.count_layer(self._connection, layer)

    def count_texts(self) -> tuple[int, int]:
        """How many posts have a text, and how many posts there are."""
        with worded(self.path):
            return layers.count_texts(self._connection)

    def read_matching(
        self,
        accounts: NDArray[np.int32],
        *,
        country: str | None = None,
        specialty: str | None = None,
        role: str | None = None,
    ) -> NDArray[np.bool_]:
        """Which of *accounts*, ascending, fit all that was asked."""
        return reading.read_matching(
            self._connection,
            accounts,
            country=country,
            specialty=specialty,
            role=role,
        )

    def read_profiles(
        self,
        accounts: Sequence[int] | NDArray[np.int32],
        fields: Sequence[str] = reading.PERSON,
    ) -> dict[str, list[str | None]]:
        """Id, and handle, name and roster fields of *accounts*, in the order given."""
        return reading.read_profiles(self._connection, accounts, fields)

    def read_claimed(self, accounts: NDArray[np.int32]) -> list[int | None]:
        """The followers that the profile of each account states, in the order given."""
        return reading.read_claimed(self._connection, accounts)

    def read_holdings(
        self, accounts: NDArray[np.int32]
    ) -> dict[str, NDArray[np.int64]]:
        """Followers and posts by the profile, and posts held, in the order given."""
        return reading.read_holdings(self._connection, accounts)

    def read_ids(self, accounts: NDArray[np.int32]) -> list[str]:
        """The printed id of each account, in the order given."""
        return reading.read_ids(self._connection, accounts)

    def resolve(self, name: str) -> int:
        """The account number of an id, ``platform:id`` or ``@handle``."""
        return finding.resolve(self._connection, name)

    def unknown(self, name: str) -> UnknownAccount:
        """The error for a name that nobody who may be listed bears."""
        return finding.unknown(self._connection, name)

    def read_posts(self, posts: NDArray[np.int32]) -> list[Post]:
        """The posts behind ties, by number, without what they say."""
        with worded(self.path):
            return evidence.read_posts(self._connection, posts)

    def read_hashtags(self, posts: NDArray[np.int32]) -> dict[int, list[str]]:
        """The hashtags of posts, by number of the post."""
        return evidence.read_hashtags(self._connection, posts)

    def read_unlisted_names(self) -> list[tuple[str, str]]:
        """The kind (id, handle, name) and text of what the unlisted are called."""
        with worded(self.path):
            return called.read_unlisted_names(self._connection)

    def read_terms(self) -> list[str]:
        """The words of all disease areas, but for those that exclude."""
        return called.read_terms(self._connection)

    def read_called(
        self, words: Iterable[str], titles: Iterable[str]
    ) -> tuple[NDArray[np.int32], list[str]]:
        """The accounts called by one of some folded words, and the word of each."""
        with worded(self.path):
            return called.read_called(self._connection, words, titles)

    def count_users(self, tags: Iterable[str]) -> dict[str, int]:
        """How many distinct accounts use each hashtag, in small letters."""
        with worded(self.path):
            return called.count_users(self._connection, tags)

    def read_working(self, area: str) -> NDArray[np.int32]:
        """The accounts that work in an area, ascending."""
        return roles.read_working(self._connection, area)

    def read_file_areas(self, account: int) -> dict[str, str]:
        """Areas of the files that name an account, with the evidence of each."""
        return roles.read_file_areas(self._connection, account)

    def resolve_many(
        self, names: Iterable[str], *, npi: bool = False
    ) -> list[dict[str, int]]:
        """The accounts that each name means, by platform; none for strangers."""
        return finding.resolve_many(self._connection, names, npi=npi)

    def search(
        self,
        text: str,
        *,
        most: int,
        fields: Iterable[str] = finding.SEARCHED,
        seen: NDArray[np.int32] | None = None,
    ) -> list[int]:
        """Accounts with *text* in *fields*, of those that are *seen*."""
        return finding.search(
            self._connection, text, most=most, fields=fields, seen=seen
        )

    def write_correction(
        self, account: int, corrections: Mapping[str, str | None]
    ) -> None:
        """Keep a person's corrections of an account, for good."""
        finding.write_correction(
            self._connection, account, corrections, study=self.path
        )

    def summarise(self) -> dict[str, Any]:
        """Counts of everything, the files behind them, and the span of time."""
        with worded(self.path):
            return summary.summarise(self._connection)

    def read_contents(self) -> dict[str, int]:
        """How much there is of what a ranking needs, by name."""
        with worded(self.path):
            return summary.read_contents(self._connection)

    def read_owner(self) -> str | None:
        """The account that every tie has in common, as on a list of followers."""
        with worded(self.path):
            return summary.read_owner(self._connection)

    def count_layers(self) -> dict[str, int]:
        """The ties of each layer of which there are any."""
        with worded(self.path):
            return summary.count_layers(self._connection)

    def read_files(self) -> list[dict[str, Any]]:
        """Every imported file with its digest and its rows, in the order of import."""
        with worded(self.path):
            return summary.read_files(self._connection)

    def count_areas(self) -> list[dict[str, Any]]:
        """Every area with its posts, accounts and ties."""
        return summary.count_areas(self._connection)

    def area_slugs(self, *, with_ties: bool = False) -> tuple[str, ...]:
        """The slugs of all areas, or of those that have ties; sorted."""
        return summary.area_slugs(self._connection, with_ties=with_ties)

    def platforms(self) -> tuple[str, ...]:
        """The platforms the study has accounts of, sorted."""
        rows = self._connection.execute(
            "select distinct platform from account order by platform"
        ).fetchall()
        return tuple(name for (name,) in rows)

    def usual_platform(self) -> str:
        """The only platform of the study, or else X."""
        platforms = self.platforms()
        return platforms[0] if len(platforms) == 1 else DEFAULT_PLATFORM

    def knows_roles(self) -> bool:
        """Whether the role of any account is known."""
        return roles.knows_roles(self._connection)

    def read_rejects(self) -> list[tuple[str, int, str]]:
        """Every row that no import could use, as (file, line, reason)."""
        return read_rejects(self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        disconnect(self._connection)
        # whatever was asked, and whoever asked it: none of DuckDB's words go further
        if isinstance(error, duckdb.Error):
            raise in_words(self.path, error) from error
