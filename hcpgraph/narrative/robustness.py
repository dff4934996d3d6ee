"""The sections of an explanation on robustness, periods and counterfactuals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hcpgraph.model.explanation import Section
from hcpgraph.model.table import Table
from hcpgraph.narrative import phrases
from hcpgraph.ranking.explain import coordination, fake_accounts
from hcpgraph.ranking.explain.context import usual_layer
from hcpgraph.ranking.explain.discounted import discounted as find_discounted
from hcpgraph.ranking.explain.gaps import gaps as find_gaps
from hcpgraph.ranking.explain.periods import windows
from hcpgraph.ranking.record.vouching import SHARE
from hcpgraph.ranking.validation import sparse_data

if TYPE_CHECKING:
    from hcpgraph.narrative.standing import Names
    from hcpgraph.ranking.explain.context import ExplanationContext
    from hcpgraph.ranking.explain.coordination import Sign, Signs
    from hcpgraph.ranking.explain.discounted import DiscountedResponders
    from hcpgraph.ranking.explain.gaps import Gap

_SIGNS = {
    "burst": "of the responses in the densest 24 hours",
    "returned": "of the responders with mutual responses",
    "one target": "of the responders respond to nobody else here",
    "new, one target": "of the responders respond to nobody else, all in the last sixth"
    " of the period",
}


def periods(context: ExplanationContext) -> Section:
    """The ranks in one period after another."""
    found = windows(context)
    says = () if found else ("Too few dated interactions for ranks over time.",)
    return Section(
        "Ranks over time, each period on its own",
        says,
        Table(
            {
                "since": [phrases.day(one.since) for one in found],
                "until": [phrases.day(one.until) for one in found],
                "rank": [one.rank for one in found],
                "of": [one.of for one in found],
                "responders": [one.responders for one in found],
            }
        ),
    )


def gaps(context: ExplanationContext, names: Names) -> Section:
    """Counterfactuals: responders needed for a change of rank."""
    found = find_gaps(context)
    return Section(
        "Counterfactuals: what would change the rank",
        tuple(_gap(context, gap, names) for gap in found)
        or ("Nobody else is listed here.",),
        Table(
            {
                "neighbour": [names[gap.neighbour] for gap in found],
                "place": ["above" if gap.upward else "below" for gap in found],
                "apart": [gap.score for gap in found],
                "needed": [gap.count for gap in found],
            }
        ),
        told=True,
    )


def _gap(context: ExplanationContext, gap: Gap, names: Names) -> str:
    """One gap in a sentence."""
    does, name = phrases.DOES[gap.layer], names[gap.neighbour]
    if gap.upward:
        head = f"{name} is {gap.score:.2f} ahead at rank {gap.at}"
        person, result = "this person", f"give rank {gap.rank}"
    else:
        head = f"{name} is {gap.score:.2f} behind at rank {gap.at}"
        person, result = name, f"give {name} rank {gap.rank}"
    if gap.count is None:
        return f"{head}; no number of new accounts that {does} {person} would {result}."
    more = phrases.count(gap.count, "more distinct account")
    if gap.count == 1:
        more, does = "one more distinct account", f"would {does}"
    return f"{head}: {more} that {does} {person} now would {result}."


def layers(context: ExplanationContext) -> Section:
    """The rank without each layer, and notes on sparse data."""
    record = context.record
    found = sparse_data.layers_left_out(
        record.ties, context.accounts, context.listed,
        layers=record.layers, measure=record.measure,
        weights=context.weights, seed=record.seed,
    )  # fmt: skip
    sparse = sparse_data.sparse_notes(record.ties, context.listed, record.layers)
    says = [f"{note[0].upper()}{note[1:]}." for note in sparse]
    if not found:
        says.append("All ties are of one layer.")
    return Section(
        "Rank without each layer",
        tuple(says),
        Table(
            {
                "left_out": [one.layer for one in found],
                "ties": [one.ties for one in found],
                "rank": [one.rank_of(context.person) for one in found],
            }
        ),
    )


def discounted(context: ExplanationContext) -> Section:
    """Responders nobody vouches for, and the rank without their discount."""
    found = find_discounted(context)
    return Section(
        "Discounted responders",
        _discounted(context, found),
        Table(
            {
                "responders": [found.responders],
                "discounted": [found.discounted],
                "score": [found.score],
                "rank": [found.rank],
            }
        ),
        told=True,
    )


def _discounted(
    context: ExplanationContext, found: DiscountedResponders
) -> tuple[str, ...]:
    """The discount in sentences."""
    if not found.possible:
        return (
            "No responder is discounted: times or mutual responses are too few to"
            " tell who is part of the community.",
        )
    said = f"{found.discounted} of {phrases.count(found.responders, 'responder')}"
    if found.discounted:
        said += (
            " count less by recency, as nobody vouches for them: the community does"
            " not respond to them, except through this person. Together they count"
            f" at most {SHARE} of as many average responders."
        )
    else:
        said += " are discounted."
    rank = "the same rank" if found.rank == context.rank else f"rank {found.rank}"
    return said, f"Without the discount: score {found.score:.2f}, {rank}."


def bought(context: ExplanationContext) -> Section:
    """The ranks that fake accounts would buy."""
    found = fake_accounts.bought(context)
    does = phrases.DOES[usual_layer(context.record.ties, context.record.layers)]
    return Section(
        "Ranks that fake accounts would buy",
        (
            f"Rank if that many invented accounts would {does} this person once, at the"
            " end of the period: by score, by in-degree (distinct accounts) and by"
            " PageRank.",
        ),
        Table(
            {
                "fakes": [one.count for one in found],
                "by_score": [one.score for one in found],
                "by_in_degree": [one.in_degree for one in found],
                "by_pagerank": [one.pagerank for one in found],
            }
        ),
    )


def boosted(context: ExplanationContext) -> Section:
    """Signs of coordinated amplification."""
    found = coordination.signs(context)
    return Section(
        "Signs of coordinated amplification",
        tuple(_sign(one, found) for one in found.signs if one.out_of)
        or ("No responders.",),
        Table(
            {
                "sign": [one.name for one in found.signs],
                "count": [one.count for one in found.signs],
                "out_of": [one.out_of for one in found.signs],
                "share": [one.share for one in found.signs],
                "median": [one.median for one in found.signs],
            }
        ),
        told=True,
    )


def _sign(sign: Sign, found: Signs) -> str:
    said = f"{sign.count} of {sign.out_of} {_SIGNS[sign.name].removeprefix('of the ')}"
    usual = "" if sign.median is None else f"; median {phrases.percent(sign.median)}"
    said = f"{said} ({phrases.percent(sign.share)}{usual})"
    if sign.name == "burst" and found.burst_at is not None:
        said += f", from {phrases.minute(found.burst_at)} UTC; on other days" \
                f" {phrases.number(found.usual)} a day"  # fmt: skip
    return f"{said}."
