"""Do people respond who were likely to? Records cut into past and future.

    python -m tests.validation.responding FOLDER [FOLDER ...]

Each CSV file (source,target,kind,timestamp) is one record. Printed per record:

* chances: learned on the first 60 % of the acts, held against the responses to each
  post of the rest, as log loss beside the best constant;
* likely responses, with nobody known, the ten most responded to, and five of those
  between the 20th and the 60th: AUC and precision of the first hundred pairs in the
  last sixth of the record, beside common neighbours, Adamic-Adar, personalised
  PageRank and past acts; AUC among pairs that never were one before; and of persons
  AUC, Brier score beside that of the base rate, and how far probabilities were off.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.prospects.influence.exposures import exposures
from hcpgraph.prospects.influence.learned import learned_probabilities
from hcpgraph.prospects.response.prediction import likely_responses
from hcpgraph.ranking.change.calibration import auc
from hcpgraph.ranking.record.incoming_edges import everyone, fold
from tests.validation.records import cut, known_by_ties, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from hcpgraph.model.ties import Ties
    from hcpgraph.prospects.response.calibration import ResponseCalibration

RIVALS = {
    "CN": "common",
    "AA": "adamic_adar",
    "PPR": "pagerank",
    "past acts": "toward",
}
MOST = 10_000  # candidates


def known_sets(ties: Ties) -> Iterator[tuple[str, NDArray[np.int32]]]:
    """Whom a team might know already."""
    heard = np.bincount(ties.target[ties.at <= np.median(ties.at)])
    order = np.argsort(-heard, kind="stable").astype(np.int32)
    yield "nobody", order[:0]
    yield "first ten", np.sort(order[:10])
    yield "five of 20-60", np.sort(order[20:60:8])


def judged(check: ResponseCalibration) -> dict[str, float]:
    """The figures of one check."""
    new = check.pair["toward"] == 0
    row = {"pairs": float(len(check.came)), "AUC": check.auc()}
    row |= {f"AUC {words}": check.auc(name) for words, name in RIVALS.items()}
    row["P@100"] = check.precision()
    row |= {f"P@100 {words}": check.precision(name) for words, name in RIVALS.items()}
    for words, name in (
        ("new", "given"),
        ("new, CN", "common"),
        ("new, PPR", "pagerank"),
    ):
        some = new if check.came[new].any() else np.ones(len(new), bool)
        row[f"AUC {words}"] = auc(check.pair[name][some], check.came[some])
    row["persons AUC"] = check.person_auc
    row["said"] = float(check.person.mean())
    row["seen"] = float(check.did.mean())
    row["Brier"], row["Brier, base"] = check.brier, check.base
    row["off"] = check.off
    return row


def likely(folders: Sequence[Path]) -> pd.DataFrame:
    """One column per record and set of known people that can be foreseen."""
    columns = {}
    for name, ties in records(folders):
        for words, known in known_sets(ties):
            candidates = np.setdiff1d(everyone(ties), known)
            candidates = candidates[:: len(candidates) // MOST + 1]
            found = likely_responses(ties, candidates, known, DEFAULT_LAYERS)
            if found.check is not None:
                columns[name, words] = judged(found.check)
    return pd.DataFrame(columns)


def probabilities(folders: Sequence[Path]) -> pd.DataFrame:
    """One column per record: log loss per post that could be responded to."""
    columns = {}
    for name, ties in records(folders):
        parts = cut(ties, 0.6)
        found = learned_probabilities(parts.past, parts.accounts(), DEFAULT_LAYERS)
        if found.probabilities.probability is None:
            continue
        p = found.probabilities.probability.astype(float)
        responses, posts = outcome(found.probabilities.ids, parts.past, parts.future)
        row = {
            "pairs": float(len(p)),
            "posts": posts.sum(),
            "responses": responses.sum(),
        }
        share = np.full(len(p), responses.sum() / posts.sum())
        row["said"] = float((p * posts).sum() / posts.sum())
        row["seen"] = float(share[0])
        for words, value in (("learned", p), ("best constant", share)):
            row[f"log loss, {words}"] = log_loss(value, responses, posts)
        columns[name] = row
    return pd.DataFrame(columns)


def outcome(
    ids: NDArray[np.int32], past: Ties, future: Ties
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Per pair of the past: later responses, and posts that could be responded to."""
    then, later = fold(past, DEFAULT_LAYERS), fold(future, DEFAULT_LAYERS)
    accounts = known_by_ties(later.account)
    seen = exposures(future, accounts, later, layers=DEFAULT_LAYERS, half_life=1.0)
    written = dict(zip(later.account.tolist(), seen.written[:, 0], strict=True))
    pairs = zip(
        later.account[later.source].tolist(),
        later.account[later.target].tolist(),
        strict=True,
    )
    came = dict(zip(pairs, seen.responses[:, 0], strict=True))
    source, target = ids[then.source].tolist(), ids[then.target].tolist()
    posts = np.array([written.get(t, 0.0) for t in target])
    responses = [came.get(pair, 0.0) for pair in zip(source, target, strict=True)]
    return np.minimum(responses, posts), posts


def log_loss(
    p: NDArray[np.float64], responses: NDArray[np.float64], posts: NDArray[np.float64]
) -> float:
    """Per post that could be responded to."""
    told = responses * np.log(p) + (posts - responses) * np.log1p(-p)
    return float(-told.sum() / posts.sum())


def main() -> None:
    """Print both tables."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("folders", nargs="+", type=Path)
    args = ask.parse_args()
    for title, table in (
        ("Chances", probabilities(args.folders)),
        ("Likely responses", likely(args.folders)),
    ):
        shown = table.T.map("{:.4g}".format).T.to_string()
        sys.stdout.write(f"{title}\n{shown}\n\n")


if __name__ == "__main__":
    main()
