"""Logistic regression of pairs, with beta calibration per person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from hcpgraph.prospects.response.calibration import ResponseCalibration
from hcpgraph.prospects.response.pair_features import RIVALS
from hcpgraph.ranking.change.logistic import fit_logistic, logistic_probability

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hcpgraph.prospects.response.pair_features import PairFeatures

STRENGTH: Final = 20.0  # how hard weights are shrunk to zero
_PAIRS: Final = 100_000  # learned from at most
_EDGE: Final = 1e-6  # no probability is nearer to 0 or 1
AS_IS: Final = np.array([0.0, 1.0, 1.0])  # a bend that changes nothing
_LEVEL: Final = np.array([0.1, 1.0, 1.0])  # how hard the bend is drawn to that


@dataclass(frozen=True, slots=True, eq=False)
class TrainingSet:
    """The pairs of one cut-off, and what came after.

    Attributes:
        pairs: described as of the cut-off.
        group: of each anchor, shape (k,).
        came: which pairs came true, shape (k, c).
    """

    pairs: PairFeatures
    group: NDArray[np.intp]
    came: NDArray[np.bool_]

    def persons(self, of_pairs: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum over each group of anchors, shape (g, c)."""
        found = np.zeros((int(self.group.max()) + 1, of_pairs.shape[1]))
        np.add.at(found, self.group, of_pairs)
        return found

    @property
    def did(self) -> NDArray[np.bool_]:
        """Who responded to one of each group, shape (g, c)."""
        return np.asarray(self.persons(self.came.astype(np.float64)) > 0)

    @property
    def counts(self) -> NDArray[np.bool_]:
        """Who is not of the group, shape (g, c)."""
        return np.asarray(self.persons(self.pairs.is_one.astype(np.float64)) == 0)


@dataclass(frozen=True, slots=True, eq=False)
class ResponseWeights:
    """Logistic regression of pairs on some features.

    Attributes:
        mean: of each feature, shape (f,).
        scale: of each feature, positive, shape (f,).
        weight: of a constant and of each feature in units of its scale, shape
            (f + 1,).
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weight: NDArray[np.float64]

    @classmethod
    def of(cls, x: NDArray[np.float64], came: NDArray[np.bool_]) -> ResponseWeights:
        """Learn them from pairs of which it is known what came."""
        step = len(x) // _PAIRS + 1
        x, came = x[::step], came[::step]
        if not len(x):
            return cls(np.zeros(x.shape[1]), np.ones(x.shape[1]), _never(x.shape[1]))
        mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), _EDGE)
        hold = np.full(1 + x.shape[1], STRENGTH)
        hold[0] = _EDGE  # how many respond differs from study to study
        start = _never(x.shape[1])
        return cls(
            mean, scale, fit_logistic((x - mean) / scale, came, start=start, hold=hold)
        )

    def predict(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability of pairs."""
        return logistic_probability(self.weight, (x - self.mean) / self.scale)


def _never(features: int) -> NDArray[np.float64]:
    """Weights that say that hardly anything comes, whatever the features."""
    return np.append(np.log(_EDGE), np.zeros(features))


@dataclass(frozen=True, slots=True, eq=False)
class ResponseModel:
    """What was learned.

    Attributes:
        near: of pairs near each other.
        far: of all others.
        bent: a constant and the slopes of log p and -log(1 - p) that make the
            probabilities of persons come true, shape (3,) [1].

    References:
        [1] Kull, Silva Filho and Flach (2017), "Beyond sigmoids: how to obtain
            well-calibrated probabilities from binary classifiers with beta
            calibration", EJS 11, 5052-5080. doi:10.1214/17-EJS1338SI
    """

    near: ResponseWeights
    far: ResponseWeights
    bent: NDArray[np.float64]

    def of_pairs(self, pairs: PairFeatures) -> NDArray[np.float64]:
        """The probability of every pair, 0 for one person, shape (k, c)."""
        found = np.zeros(pairs.is_one.shape)
        anchor, person, x = pairs.far()
        found[anchor, person] = self.far.predict(x)
        found[pairs.anchor, pairs.person] = self.near.predict(pairs.x)
        return np.minimum(found, 1.0 - _EDGE)

    def alone(self, case: TrainingSet) -> NDArray[np.float64]:
        """The same if pairs were independent, shape (g, c)."""
        none = case.persons(np.log1p(-self.of_pairs(case.pairs)))
        return np.clip(-np.expm1(none), _EDGE, 1.0 - _EDGE)

    def of_persons(self, case: TrainingSet) -> NDArray[np.float64]:
        """The probability to respond to one of each group, shape (g, c)."""
        p = self.alone(case)
        return logistic_probability(self.bent, _sides(p.ravel())).reshape(p.shape)


def learn(case: TrainingSet, then: TrainingSet) -> ResponseModel:
    """Fit the pairs of one cut-off, and bend the persons of a later one.

    Args:
        case: the cut-off to learn pairs from.
        then: the next cut-off, of whose outcome the pairs know nothing.
    """
    anchor, person, x = case.pairs.far()
    model = ResponseModel(
        near=ResponseWeights.of(
            case.pairs.x, case.came[case.pairs.anchor, case.pairs.person]
        ),
        far=ResponseWeights.of(x, case.came[anchor, person]),
        bent=AS_IS,
    )
    return replace(model, bent=_bend(model, then))


def _bend(model: ResponseModel, then: TrainingSet) -> NDArray[np.float64]:
    """What makes the probabilities of persons come true at a cut-off.

    More must never mean less: a slope that would fall is left out.
    """
    counts = then.counts
    x, did, hold = _sides(model.alone(then)[counts]), then.did[counts], _LEVEL
    bent = fit_logistic(x, did, start=AS_IS, hold=hold)
    if (bent[1:] < 0).any():
        falls = np.append(False, bent[1:] < 0)
        start, hold = np.where(falls, 0.0, AS_IS), np.where(falls, 1 / _EDGE, _LEVEL)
        bent = np.maximum(fit_logistic(x, did, start=start, hold=hold), [-np.inf, 0, 0])
    return bent


def _sides(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """What beta calibration weighs: log p and -log(1 - p), shape (r, 2)."""
    return np.column_stack([np.log(p), -np.log1p(-p)])


def check(model: ResponseModel, case: TrainingSet) -> ResponseCalibration | None:
    """Compare a model with a cut-off it knows nothing of; None if nothing tells."""
    some, counts = ~case.pairs.is_one, case.counts
    did = case.did[counts]
    if not 0 < did.sum() < len(did) or not 0 < case.came.sum() < some.sum():
        return None
    values = {"given": model.of_pairs(case.pairs)[some]}
    for name in (*RIVALS, "toward"):
        values[name] = case.pairs.column(name)[some]
    values["pagerank"] = case.pairs.pagerank[some]
    return ResponseCalibration(
        values, case.came[some], model.of_persons(case)[counts], did
    )
