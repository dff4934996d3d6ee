"""``Study``: one file on disk and everything that can be asked of it.

A method makes one ``Query`` of what is asked and hands it to the module of
``questions`` that has its name. Here are files, areas, corrections and the policy; the
others stand in ``ranking_methods``, ``network_methods`` and ``output_methods``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hcpgraph.model.files import ImportOptions
from hcpgraph.model.names import ROLES, suggest
from hcpgraph.model.policy import PACKAGED
from hcpgraph.store import Store
from hcpgraph.study import questions, trailing
from hcpgraph.study.network_methods import NetworkMethods
from hcpgraph.study.output_methods import OutputMethods
from hcpgraph.study.progress import reports_progress
from hcpgraph.study.ranking_methods import RankingMethods

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hcpgraph.model.erasure import ErasureCertificate
    from hcpgraph.model.files import FileReport
    from hcpgraph.model.policy import PolicyCheck, PolicyInForce
    from hcpgraph.model.retention import Expired
    from hcpgraph.model.table import NotedTable, Table
    from hcpgraph.study.importing import Progress as FileProgress


@reports_progress
class Study(RankingMethods, NetworkMethods, OutputMethods):
    """An influence study: exports in, leaders, communities and prospects out.

    A study is one DuckDB file. Each call opens it, for reading unless it writes,
    and closes it again, so that several programs can share it.

    Args:
        path: the file; the first ``add`` creates it.
        viewer: whose columns and rows are shown, a name in ``[viewers]`` of the policy;
            ``"medical"`` by default.
        user: who acts; by default what ``HCPGRAPH_USER`` says.
        purpose: ``"medical"`` or ``"commercial"``; by default the viewer's own.
        key: file of the key of hashes; by default the one that ``HCPGRAPH_KEY_FILE``
            names.
        on: the day as of which consent is judged; by default today.
        progress: told (step, done, total) of long steps, total None where it is not
            known; true shows a line of text. Notebooks show one by default, false
            turns it off.

    >>> study = Study("oncology.duckdb")
    >>> study
    Study('oncology.duckdb')
    """

    def __repr__(self) -> str:
        return f"Study({str(self.path)!r})"

    def add(
        self,
        *files: Path | str,
        options: ImportOptions | None = None,
        progress: FileProgress | None = None,
    ) -> list[FileReport]:
        """Import exports, each whole or not at all, each independent of the rest.

        Args:
            files: files, or folders whose recognised files are imported.
            options: what the files do not say themselves.
            progress: told (file, bytes done, bytes in all) while reading.

        Returns:
            One report per file, in order; ``error`` says why one was refused.

        Raises:
            SuppressionKeyError: if people were erased and their key is not given.
            MappingError: if ``options.mapping`` names none, or cannot be used.
            StoreError: if the study cannot be written.
        """
        from hcpgraph.study import importing  # noqa: PLC0415 - readers do not import

        return importing.add_files(
            self.path,
            [Path(name) for name in files],
            options or ImportOptions(),
            access=self.access,
            progress=progress,
        )

    def remove(self, name: Path | str) -> str:
        """Take one imported file back out; gives the path it was imported as.

        Args:
            name: the path, its last part, or the first digits of its SHA-256.

        Raises:
            UnknownFile: if the study holds no such file, or several.
        """
        from hcpgraph.study import importing  # noqa: PLC0415 - readers do not import

        with self.opened() as opened:
            said = opened.words()
        with self._writable() as store:
            removed = importing.remove_file(store, str(name), said)
            trailing.record_change(store, self.access, "remove", done=True)
        return removed

    def consent(self, *files: Path | str) -> list[FileReport]:
        """Bring in files of consent, each whole, each independent of the rest.

        Args:
            files: tables, exports of Veeva or Salesforce, compliance results of X.

        Returns:
            One report per file, in order; ``error`` says why one was refused.

        Raises:
            ConsentKeyError: if the key is not that of the hashes in the study.
            StoreError: if the study cannot be written.
        """
        return questions.consent.add(
            self.path, [Path(name) for name in files], self.access
        )

    def consents(self) -> NotedTable:
        """What people allow and object to, and whether it is in force."""
        with self.opened() as opened:
            return questions.consent.answer(opened)

    def notices(self) -> NotedTable:
        """People whose data came from files and who were not informed yet."""
        with self.opened() as opened:
            return questions.consent.notices(opened)

    def summary(self) -> dict[str, Any]:
        """What is in the study: counts, layers, areas, files, span of time."""
        with self.opened() as opened:
            return questions.info.answer(opened)

    def rejects(self) -> Table:
        """Every row that no import could use: file, line, reason."""
        with self.opened() as opened:
            return questions.info.rejects(opened)

    def areas(self, *, every: bool = False) -> Table:
        """Disease areas with their posts, the accounts that work in them, and ties.

        Args:
            every: also those that occur nowhere in the study.
        """
        with self.opened() as opened:
            return questions.areas.answer(opened, every=every)

    def add_vocabulary(self, path: Path | str) -> None:
        """Add disease areas of a TOML file, and label the whole study anew.

        Raises:
            VocabularyError: if the file cannot be used.
            ExportError: if it is a device.
        """
        from hcpgraph.study import importing  # noqa: PLC0415 - readers do not import

        importing.add_vocabulary(self.path, Path(path), access=self.access)

    def find(self, text: str, *, most: int = 25) -> NotedTable:
        """Accounts with *text* in name, handle, bio or institution.

        Args:
            text: what to look for; case and accents do not matter.
            most: how many to list, the most followed first.
        """
        if most < 0:
            raise ValueError(f"most must be 0 or more, got {most}")
        with self.opened() as opened:
            return questions.find.answer(opened, text, most=most)

    def correct(
        self,
        person: str,
        *,
        role: str | None = None,
        name: str | None = None,
        hidden: bool | None = None,
    ) -> None:
        """Set right by hand what imports have wrong; it survives every re-import.

        Args:
            person: an id, ``platform:id`` or ``@handle``.
            role: one of ``hcpgraph.model.names.ROLES``.
            name: the name to print.
            hidden: true never lists the person again, false takes that back.

        Raises:
            UnknownAccount: if the study has no such account.
        """
        changes = _corrected(role=role, name=name, hidden=hidden)
        with self.opened() as opened:
            account = opened.resolve(person)
        with self._writable() as store:
            trailing.record_change(store, self.access, "correct", [person])
            store.write_correction(account, changes)

    def forget(self, *persons: str) -> ErasureCertificate:
        """Erase people, and all that is theirs, from the study and for good.

        The study's file is written anew. Keyed hashes of their ids and handles stay,
        so that no later import brings them back.

        Args:
            persons: each an id, ``platform:id``, a handle with ``@`` or without, the
                address of a profile, or a name that one account bears.

        Returns:
            The certificate: what was removed, and the searches afterwards.

        Raises:
            SuppressionKeyError: without a key, or with another than before.
            UnknownAccount: if nobody is called so.
            AmbiguousPerson: if several people are.
            StoreError: if the study cannot be written.
        """
        return questions.forget.answer(self.path, persons, self.access)

    def retention(
        self,
        *,
        apply: bool = False,
        days: int | None = None,
        at: datetime | None = None,
    ) -> Expired:
        """What the study holds for longer than the policy allows, by region.

        Args:
            apply: remove it, and write the study's file anew.
            days: for how long data are kept; by default ``retention_days`` of the
                region of each person's country.
            at: the day from which is counted; by default now.

        Raises:
            StoreError: if the study cannot be read, or with *apply* be written.
        """
        found = questions.retention.answer(self.path, apply=apply, days=days, at=at)
        if found.removed:
            with self._writable() as store:
                trailing.record_change(store, self.access, "policy --retain", done=True)
        return found

    def policy(self) -> PolicyInForce:
        """The policy in force: who may see what, and who may be listed."""
        with self.opened() as opened:
            return questions.policy.answer(opened)

    def set_policy(self, file: Path | str = PACKAGED) -> PolicyInForce:
        """Put a policy in force, for everybody who opens this study.

        Args:
            file: a TOML file; ``"default"`` for the policy of the toolkit.

        Returns:
            What is in force now; its notes say what changed.

        Raises:
            PolicyFileError: if the file cannot be read, or is only half understood;
                the policy before stays in force.
            StoreError: if the study cannot be written.
        """
        with self._writable() as store:
            trailing.record_change(store, self.access, "policy --set")
            return questions.policy.put(store, str(file))

    def check_policy(self, *outputs: Path | str) -> PolicyCheck:
        """Read outputs back, and say what in them breaks the policy for the viewer.

        Tables, workbooks, pages, networks, provenance and texts are read, and of
        figures the text in SVG and PDF.

        Args:
            outputs: files that hcpgraph wrote.
        """
        with self.opened() as opened:
            return questions.policy_check.answer(opened, [Path(one) for one in outputs])

    def provenance(self, parameters: Mapping[str, object]) -> dict[str, Any]:
        """What someone needs to get a result again: inputs, parameters, versions."""
        with self.opened() as opened:
            return opened.origin(parameters)

    def _writable(self) -> Store:
        """The study open for writing; unlike ``add``, this never creates one."""
        return Store.open(self.path, write=True, must_exist=True)


def _corrected(
    *, role: str | None, name: str | None, hidden: bool | None
) -> dict[str, str | None]:
    """The fields that a correction sets, each with its value; None takes it back.

    Raises:
        ValueError: if there is no such role, or the name is blank.

    >>> _corrected(role=None, name=" Ana  Ruiz ", hidden=False)
    {'name': 'Ana Ruiz', 'hidden': None}
    """
    if role is not None and role not in ROLES:
        raise ValueError(f"no role {role!r}; {suggest(role, ROLES)}")
    if name is not None and not name.strip():
        raise ValueError("a name must have letters in it")
    said: dict[str, str | None] = {}
    if role is not None:
        said["role"] = role
    if name is not None:
        said["name"] = " ".join(name.split())
    if hidden is not None:
        said["hidden"] = "yes" if hidden else None
    return said
