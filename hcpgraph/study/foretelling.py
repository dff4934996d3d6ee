"""Ask a study who is rising: likely to be among the first tenth next period."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.engines import open_engine
from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.model.query import EVERY_AREA, Selection, moment
from hcpgraph.model.rising import Rising
from hcpgraph.model.table import Table
from hcpgraph.store import Store
from hcpgraph.study import releasing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from hcpgraph.ranking.change.calibration import Check
    from hcpgraph.ranking.change.rising import RiseHistory
    from hcpgraph.study.core import Study, When
    from hcpgraph.study.scoring import ScoredArea

_PERSON: Final = ("role", "specialty", "institution", "country")
_DAY: Final = 86_400


def rising(  # noqa: PLR0913 - one keyword per thing an analyst may ask
    study: Study,
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
    """Who is not among the first tenth of an area, but may be next period.

    The record is cut into six periods of equally many acts; the next one is taken to
    be as long as the last. A logistic regression foretells who will be among the tenth
    of people most responded to in it; its prior was fitted on other records and is
    moved by the study's own past, on which it is checked as well.

    Args:
        study: the study.
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
    from hcpgraph.ranking.change.calibration import check  # noqa: PLC0415 - needs numba
    from hcpgraph.ranking.change.rising import follow, prior  # noqa: PLC0415 - likewise
    from hcpgraph.study import scoring  # noqa: PLC0415 - likewise

    if top < 0:
        raise ValueError(f"top must be 0 or more, got {top}")
    if area == EVERY_AREA:
        raise ValueError("rising stars are those of one area, or of the whole study")
    selection = Selection(
        area=area, since=moment(since), until=moment(until),
        layers=DEFAULT_LAYERS if layers is None else layers,
        audience=audience, country=country, specialty=specialty, role=role,
    )  # fmt: skip
    question = scoring.Question(selection, open_engine(engine), seed=seed)

    with Store.open(study.path) as store:
        place = scoring.read_scored_areas(store, question)[0]
        course = follow(
            place.ties, place.accounts,
            among=place.accounts.account[place.allowed], layers=selection.layers,
            measure=question.measure, seed=seed,
        )  # fmt: skip
        table, emptied = _table(store, place, course, top=top)
    found = check(course.past, prior())
    return Rising(
        table=table,
        area=area,
        calibration=_calibration(found),
        check=_figures(found),
        notes=(*_notes(course, found), *place.notes, *emptied),
        parameters={
            **selection.parameters(), "top": top, "engine": engine, "seed": seed
        },
    )  # fmt: skip


def _table(
    store: Store, place: ScoredArea, course: RiseHistory, *, top: int
) -> tuple[Table, tuple[str, ...]]:
    """The likeliest to enter, best first; equals by current rank."""
    from hcpgraph.ranking.change.rising import (  # noqa: PLC0415 - needs numba
        fit,
        predict,
        prior,
    )

    now, weight = course.now, fit(course.past, prior())
    chance = predict(weight, now.x).round(6)
    listed = place.standings.only(place.accounts, place.allowed)
    rank = np.empty(int(listed.account.max(initial=0)) + 1, np.int64)
    rank[listed.account] = np.arange(1, len(listed) + 1)
    current = rank[now.account]
    order = np.lexsort((current, -chance))
    # the score knows more than the forecast: whom it has among the first, is there
    order = order[current[order] > now.seats][:top]
    worth = weight[1:] * (now.x - now.x.mean(axis=0)) if len(now) else now.x
    profiles, emptied = releasing.read_profiles(store, now.account[order])
    table = Table(
        {
            "rank": list(range(1, len(order) + 1)),
            **{name: profiles[name] for name in ("id", "handle", "name")},
            "probability": chance[order].tolist(),
            "current_rank": current[order].tolist(),
            "reason": [_reason(course, row, worth[row], current) for row in order],
            **{name: profiles[name] for name in _PERSON},
        }
    )
    return table, emptied


def _reason(
    course: RiseHistory,
    row: int,
    worth: NDArray[np.float64],
    rank: NDArray[np.int64],
) -> str:
    """What speaks for a person, against the average of the others: two things."""
    now = course.now
    said = (
        f"rank {rank[row]}, where the first tenth ends at {now.seats}",
        f"{_accounts(now.recent[row])} responded in the last period, {now.entry:.0f}"
        " made the first tenth",
        f"about {_accounts(now.new[row])} responded for the first time lately",
        f"about {now.posts[row]:.0f} own posts lately that were heeded",
        "spoke up just now",
        "heard from early on" if now.x[row, -1] > 0.5 else "heard only since lately",
    )
    best = np.argsort(-worth, kind="stable")[:2]
    return "; ".join(said[k] for k in best if worth[k] > 0) or "nothing in particular"


def _accounts(count: float) -> str:
    return "1 account" if round(count) == 1 else f"{count:.0f} accounts"


def _calibration(found: Check | None) -> Table:
    names = ("above", "up_to", "people", "given", "entered")
    bands = [] if found is None else found.bands()
    return Table({name: [band[i] for band in bands] for i, name in enumerate(names)})


def _figures(found: Check | None) -> dict[str, float]:
    from hcpgraph.ranking.change.calibration import auc  # noqa: PLC0415 - needs numba

    if found is None:
        return {}
    return {
        "brier": found.brier,
        "brier_base_rate": found.base,
        "auc": auc(found.given, found.entered),
        "auc_rank": auc(found.rank, found.entered),
        "auc_momentum": auc(found.momentum, found.entered),
    }


def _notes(course: RiseHistory, found: Check | None) -> tuple[str, ...]:
    """The period, and in short how such forecasts did before."""
    days = max(round((course.until - course.since) / _DAY), 1)
    last = datetime.fromtimestamp(course.until, UTC)
    period = (
        f"next period: {days} {'day' if days == 1 else 'days'} from {last:%Y-%m-%d},"
        " as long as the last sixth of the acts took; the first tenth are those to"
        " whom most accounts respond in it"
    )
    if found is None:
        return (period, "not checked: nobody entered the first tenth in this past")
    bands = "; ".join(
        f"of {people} given {_percent(low, high)}, {seen * 100:.0f} % entered"
        for low, high, people, _, seen in found.bands()
    )
    at = _figures(found)
    notes = (
        period,
        f"checked on this study's past, at {found.moments} moments: {bands}",
        f"Brier score {at['brier']:.4f}, of the base rate {at['brier_base_rate']:.4f};"
        f" AUC {at['auc']:.2f}, of the rank {at['auc_rank']:.2f}, of momentum"
        f" {at['auc_momentum']:.2f}",
    )
    if found.brier < found.base:
        return notes
    return (*notes, "no better than the base rate there: take these as rough")


def _percent(low: float, high: float) -> str:
    return f"{low * 100:.0f}-{high * 100:.0f} %"
