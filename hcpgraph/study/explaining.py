"""``Study.explain``: why a person has the rank that a list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.engines import open_engine
from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.model.query import EVERY_AREA, Selection, moment
from hcpgraph.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hcpgraph.model.explanation import Explanation
    from hcpgraph.study.core import Study, When


def explain(  # noqa: PLR0913 - one keyword per thing an analyst may ask
    study: Study,
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
    carry it, posts as evidence, ranks over areas and time, what would change the rank,
    the rank without each kind of tie, what fake accounts would buy, and the figures
    in which boosting shows. Each section is an attribute with a table. People who may
    not be listed are neither explained nor named.

    Args:
        study: the study.
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
        resamples: draws behind the interval of the rank; 200 by default, 0 for none.
        engine: where measures run.
        seed: for the random steps.

    Raises:
        UnknownAccount: if the study has no such account, or none that may be listed.
        AmbiguousAccount: if accounts of several platforms bear the name.
        UnknownArea: if the study has no such area.
        ValueError: if the person is not ranked there; the message says why.
    """
    from hcpgraph.study import (  # noqa: PLC0415 - imports need no numba
        reasoning,
        scoring,
    )

    if area == EVERY_AREA:
        raise ValueError("explain is for one area, or the whole study: name one")
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
        seed=seed,
        resamples=resamples,
        own_weights=weights or {},
    )
    with Store.open(study.path) as store:
        return reasoning.explain(store, question, person)
