"""``Study``: who leads, why, who moved, who is rising, how well rankings predicted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.model.query import Query
from hcpgraph.study import questions
from hcpgraph.study.study_file import StudyFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hcpgraph.model.backtest import Backtest
    from hcpgraph.model.comparison import Comparison
    from hcpgraph.model.explanation import Explanation
    from hcpgraph.model.gaps import Gaps
    from hcpgraph.model.query import When
    from hcpgraph.model.ranking import Ranking
    from hcpgraph.model.rising import Rising


class RankingMethods(StudyFile):
    """Questions about the people of a study, one by one."""

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
        query = Query.of(
            area, since=since, until=until, layers=layers, audience=audience,
            country=country, specialty=specialty, role=role, by=by, weights=weights,
            resamples=resamples, engine=engine, seed=seed,
        )  # fmt: skip
        with self.opened() as opened:
            return questions.rank.answer(opened, query, top=top)

    def gaps(
        self,
        area: str | None = None,
        *,
        top: int = 25,
        audience: str = "auto",
        seed: int = 0,
    ) -> Gaps:
        """What to collect next, to narrow the rank intervals of the first people.

        Where followers or connections are known for some people only, each missing list
        has an expected gain: the mean narrowing of the intervals of the first *top*,
        in ranks. Posts and profiles that the study lacks of these people come after.

        Args:
            area: slug of a disease area; None for the study.
            top: how many of the first people; at most as many suggestions of a kind.
            audience: ``"auto"``, ``"hcp"`` or ``"all"``.
            seed: for the random steps.

        Raises:
            UnknownArea: if the study has no such area.
            ValueError: if *top* is below 1, or every area is asked for.
        """
        query = Query.of(area, audience=audience, seed=seed)
        with self.opened() as opened:
            return questions.gaps.answer(opened, query, top=top)

    def explain(  # noqa: PLR0913 - one keyword per thing an analyst may ask
        self,
        person: str,
        area: str | None = None,
        *,
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
    ) -> Explanation:
        """Why a person has the rank that ``rank`` gives, and how far to trust it.

        What the score is made of beside the median of those listed, the accounts that
        carry it, posts as evidence, ranks over areas and time, what would change the
        rank, the rank without each kind of tie, what fake accounts would buy, and the
        signs of coordinated amplification. Each section is an attribute with a table.
        People who may not be listed are neither explained nor named.

        Args:
            person: an id, ``platform:id`` or ``@handle``.
            area: slug of a disease area; None for the whole study.
            since: first moment of the period, inclusive, UTC.
            until: last moment of the period, exclusive, UTC.
            audience: whose list it is: ``"auto"``, ``"hcp"`` or ``"all"``.
            country: among people of this country alone.
            specialty: among people of this specialty alone.
            role: among people of this role alone.
            layers: layer -> weight; all but mentions inside reposts by default.
            weights: signal or contribution -> weight of your own, as for ``rank``.
            resamples: draws behind the interval of the rank; 200 by default, 0 for
                none.
            engine: where measures run.
            seed: for the random steps.

        Raises:
            UnknownAccount: if the study has no such account, or none that may be
                listed.
            AmbiguousAccount: if accounts of several platforms bear the name.
            UnknownArea: if the study has no such area.
            ValueError: if the person is not ranked there; the message says why.
        """
        query = Query.of(
            area, since=since, until=until, layers=layers, audience=audience,
            country=country, specialty=specialty, role=role, weights=weights,
            resamples=resamples, engine=engine, seed=seed,
        )  # fmt: skip
        with self.opened() as opened:
            return questions.explain.answer(opened, query, person)

    def compare(  # noqa: PLR0913 - one keyword per thing an analyst may ask
        self,
        area: str | None = None,
        *,
        at: When = None,
        before: tuple[When, When] | None = None,
        after: tuple[When, When] | None = None,
        top: int = 25,
        audience: str = "auto",
        country: str | None = None,
        specialty: str | None = None,
        role: str | None = None,
        layers: Mapping[str, float] | None = None,
        resamples: int = 100,
        seed: int = 0,
    ) -> Comparison:
        """Whose score changed between two periods, by more than sampling error.

        Args:
            area: slug of a disease area; None for the study.
            at: all that comes before this moment is compared with all from it on; or
                else give both of:
            before: the earlier period: first moment, inclusive, and last, exclusive,
                UTC; None for no bound.
            after: the later period, likewise.
            top: people listed, those with the best rank in either period first.
            audience: ``"auto"``, ``"hcp"`` or ``"all"``.
            country: only people of this country.
            specialty: only people of this specialty.
            role: only people of this role.
            layers: layer -> weight; all but mentions inside reposts by default.
            resamples: draws behind sampling error and the intervals of ranks.
            seed: for the random steps.

        Raises:
            UnknownArea: if the study has no such area.
            ValueError: if the periods overlap or are not given, or nothing with a time
                happened in one of them.
        """
        query = Query.of(
            area, layers=layers, audience=audience, country=country,
            specialty=specialty, role=role, resamples=resamples, learn=False, seed=seed,
        )  # fmt: skip
        spans = questions.compare.spans_of(at, before, after)
        with self.opened() as opened:
            return questions.compare.answer(opened, query, spans, top=top)

    def rising(  # noqa: PLR0913 - one keyword per thing an analyst may ask
        self,
        area: str | None = None,
        *,
        top: int = 25,
        since: When = None,
        until: When = None,
        audience: str = "auto",
        country: str | None = None,
        specialty: str | None = None,
        role: str | None = None,
        layers: Mapping[str, float] | None = None,
        engine: str = "local",
        seed: int = 0,
    ) -> Rising:
        """Who is likely to enter the top decile of an area next period.

        The period is cut into six parts of equally many interactions; the next one is
        taken to be as long as the last. A logistic regression predicts who enters the
        top decile by distinct responders in it; its prior was fitted on other studies
        and is updated on this study's own past, on which it is validated, too.

        Args:
            area: slug of a disease area; None for the study.
            top: people listed.
            since: first moment of the record to look at, inclusive, UTC.
            until: last moment, exclusive, UTC.
            audience: ``"auto"``, ``"hcp"`` or ``"all"``: who is ranked and listed.
            country: list only people of this country, among whom the tenth is taken.
            specialty: likewise.
            role: likewise.
            layers: layer -> weight; all but mentions inside reposts by default.
            engine: where measures run.
            seed: for the random steps.

        Raises:
            UnknownArea: if the study has no such area.
            ThinRecord: if too few acts have a time.
            ValueError: if *top* is negative, or every area is asked for.
        """
        query = Query.of(
            area, since=since, until=until, layers=layers, audience=audience,
            country=country, specialty=specialty, role=role, engine=engine, seed=seed,
        )  # fmt: skip
        with self.opened() as opened:
            return questions.rising.answer(opened, query, top=top)

    def backtest(
        self,
        area: str | None = None,
        *,
        points: Sequence[float] | None = None,
        top: int = 20,
        since: When = None,
        until: When = None,
        audience: str = "auto",
        layers: Mapping[str, float] | None = None,
        seed: int = 0,
    ) -> Backtest:
        """How well past rankings predicted attention, beside simple baselines.

        At several cut-offs people are ranked by what was known then, weights included.
        The ranking is compared with the distinct accounts that mention, reply to,
        repost or quote them from then until the end. Nobody is named.

        Args:
            area: slug of a disease area; ``"all"`` for each; None for the study.
            points: shares of the interactions before each cut-off, ascending; 35,
                50, 65 and 80 % by default.
            top: how many people of each ranking are looked at.
            since: first moment of the period, inclusive, UTC.
            until: last moment of the period, exclusive, UTC.
            audience: whose ranks are judged: ``"auto"``, ``"hcp"`` or ``"all"``.
            layers: layer -> weight; all but mentions inside reposts by default.
            seed: for the random steps.

        Raises:
            UnknownArea: if the study has no such area.
            ThinHistory: if there is too little history to judge anything.
            ValueError: if *top* is below 1 or *points* are no ascending shares.
        """
        query = Query.of(
            area, since=since, until=until, layers=layers, audience=audience, seed=seed
        )
        points = questions.backtest.POINTS if points is None else points
        with self.opened() as opened:
            return questions.backtest.answer(opened, query, top=top, points=points)
