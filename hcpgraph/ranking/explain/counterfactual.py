"""The counterfactual score of one person, as if some had responded and others had not.

All but two kinds of signals are read from the ties that touch the person, so that a
score without an account costs next to nothing. The clock of the period, the
communities, and everyone else stay as they are; PageRank changes by one step: by what
the account gives to the person, not by what that does to others.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from hcpgraph.measures import personalized_pagerank
from hcpgraph.model.names import LAYERS
from hcpgraph.ranking.explain.context import is_standing
from hcpgraph.ranking.record.incoming_edges import IncomingEdges, pair_graph
from hcpgraph.ranking.record.own_interactions import OwnInteractions
from hcpgraph.ranking.record.responses import Responses
from hcpgraph.ranking.signals.authority import speaking_now
from hcpgraph.ranking.signals.reading import measured, rounded

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from hcpgraph.ranking.explain.context import ExplanationContext
    from hcpgraph.ranking.signals.record import Record

_DAMPING: Final = 0.85  # what ``measures`` takes if nothing is said
_WALKS: Final = ("pagerank", "area_pagerank")
_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class CounterfactualScore:
    """What a score of one person is read from.

    Attributes:
        at: position of the person in ``record.account``.
        record: the ties towards the person, and what the person does.
        names: the signals that weigh anything.
        weight: of each of them, shape (k,).
        walked: PageRank signal -> the person's value.
        passed: PageRank signal -> what each pair of the period adds to it.
    """

    at: int
    record: Record
    names: tuple[str, ...]
    weight: NDArray[np.float64]
    walked: Mapping[str, float]
    passed: Mapping[str, NDArray[np.float64]]

    @property
    def endorsers(self) -> NDArray[np.int32]:
        """The in-neighbours of the person, by account number, ascending."""
        return self.record.account[self.record.pairs.source]

    @property
    def audience(self) -> float:
        """The in-degree of the person."""
        return float(len(self.record.pairs.source))

    def signals(self) -> NDArray[np.float64]:
        """The person's signals, in the order of ``names``, shape (k,)."""
        sums = [name for name in self.names if name not in _WALKS]
        value = np.zeros(len(self.names))
        found = measured(self.record, sums)[self.at]
        value[[self.names.index(name) for name in sums]] = found
        if self.audience:
            for name, share in self.walked.items():
                value[self.names.index(name)] = rounded(np.array(max(share, 0.0)))
        return value

    def score(self) -> float:
        """The person's score."""
        return float(self.weight @ np.log2(1.0 + self.signals()))

    def scores_without(self, endorsers: NDArray[np.int32]) -> NDArray[np.float64]:
        """The score without each of some endorsers alone, as ``without`` gives it.

        Every endorser gets a copy of the person, to whom all but that one attend, so
        that the signals of all copies are read at once.

        Args:
            endorsers: some of ``endorsers``, by account number, shape (m,).
        """
        record, names = self.record, self.names
        first = record.n_accounts
        gone = np.searchsorted(record.account, endorsers)
        sums = [name for name in names if name not in _WALKS]
        value = np.zeros((len(endorsers), len(names)))
        found = measured(_copies(record, self.at, gone), sums)[first:]
        value[:, [names.index(name) for name in sums]] = found
        if self.audience > 1:  # or nobody is left
            pair = np.searchsorted(record.pairs.source, gone)
            for name, share in self.walked.items():
                left = np.maximum(share - self.passed[name][pair], 0.0)
                value[:, names.index(name)] = rounded(left)
        doublings = np.log2(1.0 + value)
        # one by one, as the product of all at once adds up in another order
        return np.array([self.weight @ row for row in doublings])

    def without(self, endorsers: Collection[int]) -> CounterfactualScore:
        """The signals without the ties of some accounts, by number."""
        record = self.record
        gone = np.isin(record.account, list(endorsers))
        kept = ~gone[record.pairs.source]
        responses = record.responses
        toward = responses.target == self.at
        return replace(
            self,
            record=replace(
                record,
                pairs=_pairs(record.pairs, kept),
                responses=responses.part(~(toward & gone[responses.source])),
            ),
            walked={
                name: share - float(self.passed[name][~kept].sum())
                for name, share in self.walked.items()
            },
            passed={name: each[kept] for name, each in self.passed.items()},
        )

    def with_more(self, count: int, layer: str) -> CounterfactualScore:
        """The signals with *count* new accounts that respond now.

        They are of the person's own community, are no known professionals, nobody
        vouches for them where that counts, and they give nothing along PageRank, as
        they have no in-neighbours.
        """
        record, worth = self.record, float(self.record.layers[layer])
        stands = is_standing(layer)
        label = record.communities
        assert label is not None  # S101: a case knows them
        responses = record.responses
        if not stands:
            responses = _acted(
                responses, self.at, count, LAYERS.index(layer),
                worth=worth, vouched=not record.discounts,
            )  # fmt: skip
        pairs = _heard(
            record.pairs, self.at, count,
            worth=worth, stands=stands, vouched=not record.discounts,
        )  # fmt: skip
        new = np.zeros(count)
        return replace(
            self,
            record=replace(
                record,
                account=pairs.account,
                pairs=pairs,
                responses=replace(responses, n_accounts=pairs.n_accounts),
                own=replace(record.own, rest=_more(record.own.rest, new)),
                professional=_more(record.professional, new),
                communities=_more(label, new + label[self.at]),
            ),
            passed={name: _more(each, new) for name, each in self.passed.items()},
        )


def open_counterfactual(
    context: ExplanationContext, person: int | None = None
) -> CounterfactualScore:
    """What the score of the person of *context*, or of another, is read from."""
    whole = context.record
    row = context.row if person is None else int(np.searchsorted(whole.account, person))
    pairs, responses, own = whole.pairs, whole.responses, whole.own
    toward = pairs.target == row
    near = (responses.target == row) | (responses.source == row)
    theirs = own.doer == row
    seen = np.zeros(whole.n_accounts, np.bool_)
    seen[row] = True
    seen[pairs.source[toward]] = True
    seen[responses.source[near]] = True
    seen[responses.target[near]] = True
    rows = np.flatnonzero(seen)
    at = int(np.searchsorted(rows, row))
    assert whole.communities is not None  # a case knows them
    record = replace(
        whole,
        account=whole.account[rows],
        pairs=_moved(pairs, toward, rows, whole.account[rows]),
        responses=Responses(
            np.searchsorted(rows, responses.source[near]),
            np.searchsorted(rows, responses.target[near]),
            responses.layer[near],
            responses.worth[near],
            responses.age[near],
            responses.vouched[near],
            len(rows),
        ),
        own=OwnInteractions(
            np.full(int(theirs.sum()), at), own.age[theirs], own.rest[rows], own.dated
        ),
        professional=whole.professional[rows],
        communities=whole.communities[rows],
    )
    walks = [name for name in _WALKS if name in context.table.names]
    return CounterfactualScore(
        at=at,
        record=record,
        names=context.table.names,
        weight=context.weights.along(context.table.names),
        walked={name: float(context.table[name][row]) for name in walks},
        passed={name: _passed_once(context, name)[toward] for name in walks},
    )


def _passed_once(context: ExplanationContext, name: str) -> NDArray[np.float64]:
    """``_passed``, computed once for all people of the context."""
    if name not in context.passed:
        context.passed[name] = _passed(context.record, name)
    return context.passed[name]


def _passed(record: Record, name: str) -> NDArray[np.float64]:
    """What each pair adds to a PageRank signal of its target, in its unit."""
    pairs = record.pairs
    if not len(pairs.source):
        return np.empty(0)
    graph = pair_graph(pairs)
    if name == "pagerank":
        value = record.measure("pagerank", graph).value
    else:
        mass = speaking_now(record)
        if not mass.any():
            return np.zeros(len(pairs.source))
        value = personalized_pagerank(graph, mass).value
    given = np.bincount(pairs.source, pairs.weight, pairs.n_accounts)
    share = pairs.weight / given[pairs.source]
    return _DAMPING * record.n_accounts * value[pairs.source] * share


def _copies(record: Record, at: int, gone: NDArray[np.intp]) -> Record:
    """Copies of a person, one per endorser in *gone*, each without the tie of that one.

    Args:
        record: of one person, as ``open_counterfactual`` makes it.
        at: position of the person.
        gone: positions of endorsers, shape (m,).

    Returns:
        A record whose copies stand behind all accounts, in the order of *gone*.
    """
    pairs, heard, own = record.pairs, record.responses, record.own
    first, count = record.n_accounts, len(gone)
    label = record.communities
    assert label is not None  # a case knows them
    copy, row = _each(count, len(pairs.source))
    kept = pairs.source[row] != gone[copy]
    copy, row = copy[kept], row[kept]
    number = int(pairs.account[-1]) + 1
    attention = IncomingEdges(
        account=_more(pairs.account, number + np.arange(count)),
        source=pairs.source[row],
        target=(first + copy).astype(np.int32),
        standing=pairs.standing[row],
        resonance=pairs.resonance[row],
        weight=pairs.weight[row],
        vouched=pairs.vouched[row],
    )
    doer, act = _each(count, len(own.doer))
    return replace(
        record,
        account=attention.account,
        pairs=attention,
        responses=_copied(heard, at, gone, first),
        own=replace(
            own,
            doer=first + doer,
            age=own.age[act],
            rest=_more(own.rest, np.full(count, own.rest[at])),
        ),
        professional=_more(
            record.professional, np.full(count, record.professional[at])
        ),
        communities=_more(label, np.full(count, label[at])),
    )


def _copied(heard: Responses, at: int, gone: NDArray[np.intp], first: int) -> Responses:
    """The responses of and to each copy of a person."""
    copy, row = _each(len(gone), len(heard.source))
    toward = heard.target[row] == at
    kept = ~(toward & (heard.source[row] == gone[copy]))
    copy, row, toward = copy[kept], row[kept], toward[kept]
    away = heard.source[row] == at
    return Responses(
        np.where(away, first + copy, heard.source[row]),
        np.where(toward, first + copy, heard.target[row]),
        heard.layer[row],
        heard.worth[row],
        heard.age[row],
        heard.vouched[row],
        first + len(gone),
    )


def _each(copies: int, rows: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The number of the copy and the row, for every row of every copy."""
    return np.repeat(np.arange(copies), rows), np.tile(np.arange(rows), copies)


def _pairs(pairs: IncomingEdges, kept: NDArray[np.bool_]) -> IncomingEdges:
    return IncomingEdges(
        pairs.account,
        pairs.source[kept],
        pairs.target[kept],
        pairs.standing[kept],
        pairs.resonance[kept],
        pairs.weight[kept],
        pairs.vouched[kept],
    )


def _moved(
    pairs: IncomingEdges,
    kept: NDArray[np.bool_],
    rows: NDArray[np.intp],
    account: NDArray[np.int32],
) -> IncomingEdges:
    """Some pairs, over those accounts alone that stand in *rows*."""
    part = _pairs(pairs, kept)
    return replace(
        part,
        account=account,
        source=np.searchsorted(rows, part.source).astype(np.int32),
        target=np.searchsorted(rows, part.target).astype(np.int32),
    )


def _heard(
    pairs: IncomingEdges,
    at: int,
    count: int,
    *,
    worth: float,
    stands: bool,
    vouched: bool,
) -> IncomingEdges:
    """The pairs and *count* more towards the account at *at*, from new accounts."""
    first, number = pairs.n_accounts, int(pairs.account[-1]) + 1
    new = np.full(count, worth)
    return IncomingEdges(
        account=_more(pairs.account, number + np.arange(count)),
        source=_more(pairs.source, first + np.arange(count)),
        target=_more(pairs.target, np.full(count, at)),
        standing=_more(pairs.standing, new * stands),
        resonance=_more(pairs.resonance, new * (not stands)),
        weight=_more(pairs.weight, new),
        vouched=_more(pairs.vouched, np.full(count, vouched)),
    )


def _acted(
    responses: Responses,
    at: int,
    count: int,
    layer: int,
    *,
    worth: float,
    vouched: bool,
) -> Responses:
    """The responses and *count* more of new accounts, at the end of the period."""
    return Responses(
        source=_more(responses.source, responses.n_accounts + np.arange(count)),
        target=_more(responses.target, np.full(count, at)),
        layer=_more(responses.layer, np.full(count, layer)),
        worth=_more(responses.worth, np.full(count, worth)),
        age=_more(responses.age, np.zeros(count)),
        vouched=_more(responses.vouched, np.full(count, vouched)),
        n_accounts=responses.n_accounts + count,
    )


def _more(column: NDArray[_Kind], cells: NDArray[Any]) -> NDArray[_Kind]:
    """A column and more cells, of the same kind."""
    return np.concatenate([column, cells.astype(column.dtype)])
