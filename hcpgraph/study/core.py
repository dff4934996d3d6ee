"""``Study``: one file on disk and everything that can be asked of it.

Each method imports the rooms that it needs: numba alone takes 0.3 s, for which no
import of files should wait.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hcpgraph.engines import open_engine
from hcpgraph.model.files import ImportOptions
from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.model.query import Selection, moment
from hcpgraph.model.table import NotedTable, Table
from hcpgraph.store import WORKS_POSTS, WORKS_SHARE, Store
from hcpgraph.study import (
    backtesting,
    changing,
    explaining,
    exporting,
    foretelling,
    releasing,
    reporting,
    suggesting,
)
from hcpgraph.study.progress import chosen, listening

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hcpgraph.graph import Graph
    from hcpgraph.model.communities import Communities
    from hcpgraph.model.files import FileReport
    from hcpgraph.model.ranking import Ranking
    from hcpgraph.model.scores import Partition
    from hcpgraph.progress import Progress
    from hcpgraph.study.importing import Progress as FileProgress

    When = str | datetime | None


@listening
class Study:
    """An influence study: exports in, leaders, communities and prospects out.

    A study is one DuckDB file. Each call opens it, for reading unless it writes,
    and closes it again, so that several programs can share it.

    Args:
        path: the file; the first ``add`` creates it.
        progress: told (step, done, total) of long steps, total None where it is not
            known; true shows a line of text. Notebooks show one by default, false
            turns it off.

    >>> study = Study("oncology.duckdb")
    >>> study
    Study('oncology.duckdb')
    """

    def __init__(
        self, path: Path | str, *, progress: Progress | bool | None = None
    ) -> None:
        self.path = Path(path)
        self.progress = chosen(progress)

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
            StoreError: if the study cannot be written.
        """
        from hcpgraph.study import importing  # noqa: PLC0415 - readers do not import

        options = options or ImportOptions()
        found = list(importing.candidates(Path(name) for name in files))
        reports: list[FileReport] = []
        with Store.open(self.path, write=True, words=importing.words) as store:
            try:
                # one by one: what is in stays known if a later file is interrupted
                for one in found:
                    report = importing.add_file(store, one, options, progress=progress)
                    reports.append(report)
            finally:
                if store.made and not any(report.imported for report in reports):
                    # a study of nothing would only puzzle its owner
                    store.remove_made()
        return reports

    def remove(self, name: Path | str) -> str:
        """Take one imported file back out; gives the path it was imported as.

        Args:
            name: the path, its last part, or the first digits of its SHA-256.

        Raises:
            UnknownFile: if the study holds no such file, or several.
        """
        from hcpgraph.study import importing  # noqa: PLC0415 - readers do not import

        with self._writable() as store:
            return importing.remove_file(store, str(name))

    def summary(self) -> dict[str, Any]:
        """What is in the study: counts, layers, areas, files, span of time."""
        with Store.open(self.path) as store:
            found = store.summarise()
            said = releasing.read_words(store)
            free = set(releasing.area_slugs(store))
        found["areas"] = [slug for slug in found["areas"] if slug in free]
        found["files"] = releasing.release_files(said, found["files"])
        found["default_layers"] = dict(DEFAULT_LAYERS)
        found["works_in_area"] = {"posts": WORKS_POSTS, "share": WORKS_SHARE}
        return found

    def rejects(self) -> Table:
        """Every row that no import could use: file, line, reason."""
        with Store.open(self.path) as store:
            rows = releasing.read_rejects(store)
        names = ("file", "line", "reason")
        return Table({name: [row[i] for row in rows] for i, name in enumerate(names)})

    def areas(self, *, every: bool = False) -> Table:
        """Disease areas with their posts, the accounts that work in them, and ties.

        Args:
            every: also those that occur nowhere in the study.
        """
        with Store.open(self.path) as store:
            rows = releasing.release_areas(store, store.count_areas())
        if not every:
            rows = [r for r in rows if r["posts"] or r["accounts"] or r["ties"]]
        names = ("slug", "name", "mesh", "posts", "accounts", "ties", "origin")
        return Table({name: [row[name] for row in rows] for name in names})

    def add_vocabulary(self, path: Path | str) -> None:
        """Add disease areas of a TOML file, and label the whole study anew.

        Raises:
            VocabularyError: if the file cannot be used.
            ExportError: if it is a device.
        """
        from hcpgraph import areas  # noqa: PLC0415 - rankings need no vocabulary
        from hcpgraph.study import (  # noqa: PLC0415 - readers do not import
            importing,
            pipes,
        )

        path = Path(path)
        with pipes.waited_for(path):
            vocabulary = areas.load(path)
        with Store.open(self.path, write=True, words=importing.words) as store:
            said = importing.words(vocabulary)
            store.write_vocabulary(said.areas, said.terms, said.labelling)

    def rank(  # noqa: PLR0913 - one keyword per thing an analyst may ask
        self,
        area: str | None = None,
        *,
        top: int = 25,
        by: str = "score",
        since: When = None,
        until: When = None,
        audience: str = "auto",
        country: str | None = None,
        specialty: str | None = None,
        role: str | None = None,
        layers: Mapping[str, float] | None = None,
        weights: Mapping[str, float] | None = None,
        resamples: int | None = None,
        engine: str = "local",
        seed: int = 0,
    ) -> Ranking:
        """Who leads: key opinion leaders of an area, best first.

        Args:
            area: slug of a disease area; ``"all"`` for each; None for the study.
            top: people listed (per area).
            by: ``"score"``, a sum of named contributions, or a measure's name.
            since: first moment of the period, inclusive, UTC.
            until: last moment of the period, exclusive, UTC.
            audience: ``"hcp"`` lists health professionals, ``"all"`` all people;
                ``"auto"`` is hcp once the study knows any role.
            country: only people of this country, as rosters state it.
            specialty: only people of this specialty, as rosters state it.
            role: only people of this role.
            layers: layer -> weight; all but mentions inside reposts by default.
            weights: signal or contribution -> weight of your own, from 0 up; the
                others stay as they are.
            resamples: draws behind rank intervals; 200 for the score by default.
            engine: where measures run.
            seed: for the random steps.

        Raises:
            UnknownArea: if the study has no such area.
            UnknownMeasure: if *by* is no measure.
            ValueError: if *top* is negative, a filter names what is not there, or
                a measure is asked for intervals.
        """
        from hcpgraph.study import listing, scoring  # noqa: PLC0415 - imports need no numba

        selection = Selection(
            area=area,
            since=moment(since),
            until=moment(until),
            layers=DEFAULT_LAYERS if layers is None else layers,
            audience=audience,
            country=country,
            specialty=specialty,
            role=role,
        )
        question = scoring.Question(
            selection,
            open_engine(engine),
            by=by,
            seed=seed,
            resamples=resamples,
            own_weights=weights or {},
        )
        with Store.open(self.path) as store:
            return listing.list_people(store, question, top=top)

    explain = explaining.explain
    backtest = backtesting.backtest
    compare = changing.compare
    rising = foretelling.rising
    prospects = suggesting.prospects
    export = exporting.export
    report = reporting.report
    save_report = reporting.save_report
    show_report = reporting.show_report

    def communities(
        self,
        area: str | None = None,
        *,
        resolution: float = 1.0,
        since: When = None,
        until: When = None,
        audience: str = "auto",
        seed: int = 0,
    ) -> Communities:
        """Who belongs together: Leiden communities of an area or of the study.

        Args:
            area: slug of a disease area; None for the whole study.
            resolution: above 1 for smaller communities, below for larger.
            since: first moment of the period, inclusive, UTC.
            until: last moment of the period, exclusive, UTC.
            audience: who is listed; communities are found among everyone.
            seed: for the random steps.
        """
        from hcpgraph.study import grouping  # noqa: PLC0415 - imports need no numba

        selection = Selection(
            area=area, since=moment(since), until=moment(until), audience=audience
        )
        with Store.open(self.path) as store:
            return grouping.find_communities(
                store, selection, resolution=resolution, seed=seed
            )

    def graph(
        self,
        area: str | None = None,
        *,
        layers: Mapping[str, float] | None = None,
        since: When = None,
        until: When = None,
    ) -> Graph:
        """The graph of an area or of the study, over printed ids, for own analyses.

        It holds every account, also those that may not be listed: what is printed
        from it is the caller's to answer for.
        """
        from hcpgraph.study import grouping  # noqa: PLC0415 - imports need no numba

        selection = Selection(
            area=area,
            since=moment(since),
            until=moment(until),
            layers=DEFAULT_LAYERS if layers is None else layers,
        )
        with Store.open(self.path) as store:
            return grouping.named(store, grouping.read_graph(store, selection))

    def graph_with_communities(
        self,
        area: str | None = None,
        *,
        since: When = None,
        until: When = None,
        seed: int = 0,
    ) -> tuple[Graph, Partition]:
        """The graph over printed ids, and the communities that ``communities`` lists.

        Together they draw: ``figures.network(graph, ranking, partition=partition)``.
        """
        from hcpgraph.study import grouping  # noqa: PLC0415 - imports need no numba

        selection = Selection(area=area, since=moment(since), until=moment(until))
        with Store.open(self.path) as store:
            return grouping.named_communities(store, selection, seed=seed)

    def find(self, text: str, *, most: int = 25) -> NotedTable:
        """Accounts with *text* in name, handle, bio or institution.

        Args:
            text: what to look for; case and accents do not matter.
            most: how many to list, the most followed first.
        """
        if most < 0:
            raise ValueError(f"most must be 0 or more, got {most}")
        with Store.open(self.path) as store:
            found = store.search(text, most=most)
            return NotedTable(*releasing.release_cells(store, found))

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
        from hcpgraph.study import corrections  # noqa: PLC0415 - only for corrections

        changes = corrections.changes(role=role, name=name, hidden=hidden)
        with self._writable() as store:
            store.write_correction(store.resolve(person), changes)

    def provenance(self, parameters: Mapping[str, object]) -> dict[str, Any]:
        """What someone needs to get a result again: inputs, parameters, versions."""
        from hcpgraph.study import provenance  # noqa: PLC0415 - only for saving

        with Store.open(self.path) as store:
            return provenance.describe_origin(store, parameters)

    def _writable(self) -> Store:
        """The study open for writing; unlike ``add``, this never creates one."""
        return Store.open(self.path, write=True, must_exist=True)
