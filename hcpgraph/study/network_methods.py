"""``Study``: communities, networks and prospects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.model.people import GivenLists
from hcpgraph.model.prospects import PlanOptions
from hcpgraph.model.query import Query
from hcpgraph.model.quotas import Quotas
from hcpgraph.study import questions
from hcpgraph.study.study_file import StudyFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hcpgraph.graph import Graph
    from hcpgraph.model.communities import Communities
    from hcpgraph.model.people import People
    from hcpgraph.model.prospects import Prospects
    from hcpgraph.model.query import When
    from hcpgraph.model.scores import Partition


class NetworkMethods(StudyFile):
    """Questions about the people of a study as a network."""

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
            since: start of the period, inclusive, UTC.
            until: end of the period, exclusive, UTC.
            audience: who is listed; communities are found among everyone.
            seed: for the random steps.
        """
        query = Query.of(area, since=since, until=until, audience=audience, seed=seed)
        with self.opened() as opened:
            return questions.communities.answer(opened, query, resolution=resolution)

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
        query = Query.of(area, since=since, until=until, layers=layers)
        with self.opened() as opened:
            return questions.communities.named_graph(opened, query)

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
        query = Query.of(area, since=since, until=until, seed=seed)
        with self.opened() as opened:
            return questions.communities.named_communities(opened, query)

    def shortfalls(
        self,
        known: People = None,
        exclude: People = None,
        *,
        allow_unmatched: bool = False,
    ) -> tuple[str, ...]:
        """Who of some lists is not in the study, in words, before anything is made.

        Args:
            known: people already known, as for ``prospects``.
            exclude: people never to suggest, likewise.
            allow_unmatched: go on where nobody of *exclude* is in the study.

        Raises:
            ExportError: if a list cannot be read.
            UnmatchedList: if nobody of *exclude* is in the study.
        """
        lists = GivenLists.of(known, exclude, allow_unmatched=allow_unmatched)
        if not lists:
            return ()
        with self.opened() as opened:
            return questions.prospects.shortfalls(opened, lists)

    def prospects(  # noqa: PLR0913 - one keyword per thing an analyst may ask
        self,
        area: str | None = None,
        *,
        known: People = None,
        exclude: People = None,
        include: People = None,
        allow_unmatched: bool = False,
        budget: int = 25,
        at_most: Iterable[str] = (),
        at_least: Iterable[str] = (),
        mix: str | None = None,
        anyone: bool = False,
        probability: str | float = "learned",
        model: str = "ic",
        error: float = 0.1,
        since: When = None,
        until: When = None,
        audience: str = "auto",
        country: str | None = None,
        specialty: str | None = None,
        role: str | None = None,
        seed: int = 0,
        channel: str = "all",
    ) -> Prospects:
        """The set of prospects with the largest additional reach, and reasons.

        Args:
            area: slug of a disease area; None for the whole study.
            known: people already known: a CSV file with a column ``id``, ``handle``
                or ``npi``, or ids and ``@handles``. What they reach counts as reached.
                Never stored.
            exclude: people never to suggest, likewise.
            include: people who must be on the list, likewise.
            allow_unmatched: go on where nobody of *exclude* is in the study.
            budget: how many to suggest.
            at_most: how many of a group there may be: ``"country=2"`` for two of each
                country, ``"country:DE=5"`` for five of one; columns are ``country``,
                ``region``, ``specialty``, ``institution``, ``community``, ``team``
                (institution and specialty) and ``kind``.
            at_least: how many of a group there must be, likewise.
            mix: at least so many of a kind: ``"leader=10,rising=5"``.
            anyone: also people who were silent, or do not work in the area.
            probability: of influence: ``"learned"`` from who responded to whom,
                ``"weighted"`` for the weighted cascade, or one number for every tie.
            model: ``"ic"`` for independent cascade, ``"lt"`` for linear threshold.
            error: approximation error: the list reaches at least 1 - 1/e - error of
                the optimum.
            since: start of the period, inclusive, UTC.
            until: end of the period, exclusive, UTC.
            audience: ``"auto"``, ``"hcp"`` or ``"all"``.
            country: only people of this country.
            specialty: only people of this specialty.
            role: only people of this role.
            seed: for the random steps.
            channel: how they will be approached: who objects to ``"email"`` may be
                visited; ``"all"`` for no channel in particular.

        Raises:
            UnknownArea: if the study has no such area.
            ExportError: if a list of people cannot be read.
            UnmatchedList: if nobody of *exclude* is in the study.
            InfeasibleLimits: if no list keeps all limits; it says which cannot be kept.
            ValueError: if a limit cannot be read, or a number is out of its range.
        """
        query = Query.of(
            area, since=since, until=until, audience=audience, country=country,
            specialty=specialty, role=role, seed=seed,
        )  # fmt: skip
        lists = GivenLists.of(known, exclude, include, allow_unmatched=allow_unmatched)
        options = PlanOptions(
            budget, Quotas.parse(at_most, at_least, mix), anyone, probability, model,
            error, channel,
        )  # fmt: skip
        with self.opened() as opened:
            return questions.prospects.answer(opened, query, lists, options)
