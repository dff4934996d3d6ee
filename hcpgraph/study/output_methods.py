"""``Study``: figures, pages, files for other tools; and the trail of all outputs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hcpgraph.model.audit import AuditFilter
from hcpgraph.model.export import Exported, WorkbookOptions
from hcpgraph.model.figure import FigureRequest
from hcpgraph.model.people import GivenLists
from hcpgraph.model.prospects import PlanOptions
from hcpgraph.model.query import Query
from hcpgraph.model.report import ReportRequest
from hcpgraph.study import named_people, output, questions
from hcpgraph.study.study_file import StudyFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from hcpgraph.model.audit import AuditCheck, AuditTrail
    from hcpgraph.model.people import People
    from hcpgraph.model.prospects import Prospects
    from hcpgraph.model.query import When
    from hcpgraph.model.report import Report
    from hcpgraph.reports import Frame


class OutputMethods(StudyFile):
    """What leaves a study as pictures, pages and files."""

    def figure(  # noqa: PLR0913 - one keyword per thing an analyst may ask
        self,
        kind: str,
        area: str | None = None,
        *,
        top: int = 20,
        known: People = None,
        exclude: People = None,
        allow_unmatched: bool = False,
        budget: int | None = None,
        plan: Prospects | None = None,
        families: Sequence[str] = (),
        since: When = None,
        until: When = None,
        audience: str = "auto",
        page: str = "slide",
        seed: int = 0,
    ) -> Figure:
        """A picture of an area or of the whole study.

        Args:
            kind: ``"network"``, ``"ranking"``, ``"communities"``, ``"areas"``,
                ``"timeline"``, ``"coverage"``, ``"backtest"`` or ``"families"``.
            area: slug of a disease area; None for the whole study.
            top: how many leaders are named, or looked at by a backtest.
            known: people already known, for a plan; never stored.
            exclude: people never to suggest, likewise.
            allow_unmatched: go on where nobody of *exclude* is in the study.
            budget: how many people a plan suggests; a network shows a plan if this or
                one of the lists is given.
            plan: a plan that is made already, as ``prospects`` gives it.
            families: two of ``"social"``, ``"scientific"`` and ``"nominated"`` to set
                against each other; the two with most people in both by default.
            since: start of the period, inclusive, UTC.
            until: end of the period, exclusive, UTC.
            audience: who is named: ``"auto"``, ``"hcp"`` or ``"all"``.
            page: ``"slide"`` or ``"print"``.
            seed: for the random steps.

        Raises:
            UnknownArea: if the study has no such area.
            FigureError: if there is nothing to draw.
            ValueError: if there is no such kind, or every area is asked for.
        """
        query = Query.of(area, since=since, until=until, audience=audience, seed=seed)
        lists = GivenLists.of(known, exclude, allow_unmatched=allow_unmatched)
        request = FigureRequest(query, top, lists, budget, plan, tuple(families), page)
        with self.opened() as opened:
            return questions.figure.answer(opened, kind, request)

    def export(  # noqa: PLR0913 - one keyword per thing an analyst may ask
        self,
        target: str,
        path: Path | str | None,
        *,
        kind: str | None = None,
        area: str | None = None,
        since: When = None,
        until: When = None,
        audience: str = "auto",
        top: int = 50,
        known: People = None,
        exclude: People = None,
        allow_unmatched: bool = False,
        budget: int = 25,
        seed: int = 0,
    ) -> Exported:
        """Write an area, or the whole study, as another tool takes it.

        A network keeps its shape: accounts that may not be listed stand in it under
        running numbers, without id, handle and name.

        Args:
            target: ``"gexf"`` (Gephi, Gephi Lite), ``"graphml"`` (networkx, igraph,
                Cytoscape), ``"graphology"`` (sigma), ``"nodes"``, ``"ties"`` or
                ``"evidence"`` (which posts made a tie) as tables, or ``"xlsx"``.
            path: the file; None to write none and have its content alone.
            kind: which kind of table is written, ``"csv"``, ``"parquet"`` or
                ``"json"``, where the end of the name does not say.
            area: slug of a disease area; None for the whole study; ``"all"`` for
                the evidence of each.
            since: start of the period, inclusive, UTC.
            until: end of the period, exclusive, UTC.
            audience: who is named: ``"auto"``, ``"hcp"`` or ``"all"``.
            top: leaders in a workbook.
            known: people already known, for prospects in a workbook; never stored.
            exclude: people never to suggest, likewise.
            allow_unmatched: go on where nobody of *exclude* is in the study.
            budget: how many prospects a workbook suggests.
            seed: for the random steps.

        Raises:
            UnknownArea: if the study has no such area.
            OutputError: if the file cannot be written.
            MissingExtra: if a workbook is asked for and openpyxl is not installed.
            ValueError: if there is no such target, or the name of the file has another
                end than its kind.
        """
        path = None if path is None else Path(path)
        kind = questions.export.kind_of(target, path, kind)
        if path is not None:
            output.keep_study(self.path, path)
        query = Query.of(area, since=since, until=until, audience=audience, seed=seed)
        lists = GivenLists.of(known, exclude, allow_unmatched=allow_unmatched)
        options = WorkbookOptions(top, lists, PlanOptions(budget=budget))
        with self.opened() as opened:
            made = questions.export.answer(opened, query, target, kind, options)
            if path is None:
                return made
            beside = output.save(
                opened, made.content, path, made.parameters, people=made.people
            )
        return replace(made, path=path, provenance=beside)

    def report(  # noqa: PLR0913 - one keyword per thing an analyst may ask
        self,
        *,
        areas: Sequence[str] = (),
        top: int = 25,
        known: People = None,
        exclude: People = None,
        allow_unmatched: bool = False,
        budget: int = 25,
        since: When = None,
        until: When = None,
        audience: str = "auto",
        seed: int = 0,
    ) -> Report:
        """A study on one page: leaders, reasons, uncertainty and prospects.

        Args:
            areas: slugs of disease areas, or ``"all"``; by default the whole study and
                its eight largest areas in which at least five people may be listed.
            top: people listed per area; everyone else who may be named is on the map.
            known: people already known, as for ``prospects``. Never stored.
            exclude: people never to suggest, likewise.
            allow_unmatched: go on where nobody of *exclude* is in the study.
            budget: prospects per area.
            since: start of the period, inclusive, UTC.
            until: end of the period, exclusive, UTC.
            audience: who is named: ``"auto"``, ``"hcp"`` or ``"all"``.
            seed: for the random steps.

        Raises:
            UnknownArea: if the study has no such area.
            ExportError: if a list of people cannot be read.
            UnmatchedList: if nobody of *exclude* is in the study.
            ValueError: if *top* or *budget* is below 1.
        """
        request = ReportRequest(
            Query.of(since=since, until=until, audience=audience, seed=seed),
            tuple(areas),
            top,
            GivenLists.of(known, exclude, allow_unmatched=allow_unmatched),
            budget,
        )
        with self.opened() as opened:
            return questions.report.answer(opened, request)

    def save_report(self, page: Report, path: Path | str) -> Path | None:
        """Write a report as one HTML page, and beside it what it was made of.

        The page opens without a network and asks for nothing.

        Args:
            page: as ``report`` gives it.
            path: the file to write.

        Returns:
            The path of the provenance file, ``FILE.provenance.json``; None for a device
            or a pipe, beside which nothing can stand.

        Raises:
            OutputError: if either cannot be written.
        """
        content = questions.report.render(page)
        parameters = {"command": "report", **page.parameters}
        people = named_people.on_page(page)
        with self.opened() as opened:
            return output.save(opened, content, Path(path), parameters, people=people)

    def show_report(self, page: Report, *, height: int = 800) -> Frame:
        """A report inside a notebook, interactive, and kept when that is exported.

        Args:
            page: as ``report`` gives it.
            height: of the frame in pixels.

        Raises:
            ValueError: if *height* is not positive, or the report is of another study.
        """
        if page.title != self.path.stem:
            raise ValueError(
                f"this report is of {page.title!r}, not of {self.path.stem!r}"
            )
        return questions.report.frame(page, height)

    def audit(
        self,
        person: str | None = None,
        *,
        since: When = None,
        until: When = None,
        user: str | None = None,
        viewer: str | None = None,
        each_person: bool = False,
    ) -> AuditTrail:
        """Outputs and changes of the study, with user, viewer, time and purpose.

        Args:
            person: only outputs that name this person, also once the person was
                erased: an id, ``platform:id`` or ``@handle``. Needs the key.
            since: only entries from then on, UTC.
            until: only entries before then, UTC.
            user: only those of this user.
            viewer: only those for this viewer.
            each_person: a row per entry and person. Needs the key.

        Raises:
            TrailError: if the trail cannot be read.
            ValueError: if the key is needed and there is none.
        """
        period = Query.of(since=since, until=until)
        asked = AuditFilter(person, period.since, period.until, user, viewer)
        with self.opened() as opened:
            if each_person:
                return questions.audit.people(opened, asked)
            return questions.audit.answer(opened, asked)

    def check_audit(self) -> AuditCheck:
        """Whether the audit trail is as it was written: each entry, its end, its head.

        Raises:
            TrailError: if the trail cannot be read.
        """
        with self.opened() as opened:
            return questions.audit.check(opened)
