"""``figure timeline``: attention to the people of a ranking over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hcpgraph.ranking.timeline import follow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.model.query import Query
    from hcpgraph.model.ranking import Ranking
    from hcpgraph.model.ties import Ties
    from hcpgraph.model.timeline import Timeline
    from hcpgraph.study.open_study import OpenStudy


def answer(opened: OpenStudy, query: Query, ranking: Ranking, *, top: int) -> Timeline:
    """Attention to the first *top* of a ranking over time.

    Raises:
        UnknownArea: if the study has no such area.
        UnknownAccount: if somebody of the ranking does not occur in the ties.
    """
    ties = opened.ties(query)[0][1]
    table = ranking.table.head(top)
    people = _numbers(opened, ties, [str(cell) for cell in table["id"]])
    return follow(ties, people, table, area=query.area)


def _numbers(opened: OpenStudy, ties: Ties, printed: list[str]) -> NDArray[np.int64]:
    """The account number of each printed id, among those that occur in ties."""
    accounts = np.union1d(ties.source, ties.target)
    # not looked up by name: the handle of one account may be the id of another
    ids = opened.printed(accounts).tolist()
    number = dict(zip(ids, accounts.tolist(), strict=True))
    for name in printed:
        if name not in number:
            raise opened.unknown(name)
    return np.array([number[name] for name in printed], np.int64)
