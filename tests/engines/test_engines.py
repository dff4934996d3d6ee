"""Where measures run."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph import engines, measures
from hcpgraph.communities import leiden
from hcpgraph.engines import base
from hcpgraph.engines.local import LocalEngine
from hcpgraph.errors import UnknownMeasure, UnsupportedMeasure
from hcpgraph.graph import Graph
from hcpgraph.model import names


@pytest.fixture(scope="module")
def graph():
    rng = np.random.default_rng(1)
    return Graph.from_edges(rng.integers(0, 40, 150), rng.integers(0, 40, 150))


def test_engines_are_those_that_are_advertised():
    """The command line lists them without loading any."""
    assert tuple(base.ENGINES) == names.ENGINES


@pytest.mark.parametrize("name", names.ENGINES)
def test_an_engine_is_opened_by_name(name):
    """And says the name it was opened by."""
    assert engines.open_engine(name).name == name


def test_an_unknown_engine_is_a_wrong_argument():
    """With the one that was probably meant."""
    with pytest.raises(ValueError, match="did you mean 'local'"):
        engines.open_engine("locla")


@pytest.mark.parametrize("measure", names.MEASURES)
def test_the_local_engine_has_every_measure(measure, graph):
    """Under the name users type, in the order of the graph."""
    scores = engines.open_engine("local").score(graph, measure)

    assert scores.measure == measure
    assert np.array_equal(scores.ids, graph.ids)
    assert np.isfinite(scores.value).all()


@pytest.mark.parametrize("measure", measures.MEASURES)
def test_scores_are_those_of_the_library(measure, graph):
    """Where a measure runs does not show in its scores."""
    scores = engines.open_engine("local").score(graph, measure)

    assert scores.value.tobytes() == measures.MEASURES[measure](graph).value.tobytes()


def test_participation_is_in_the_default_communities(graph):
    """Measures know no communities, so the engine finds them."""
    scores = engines.open_engine("local").score(graph, "participation")

    expected = measures.participation(graph, leiden(graph))
    assert scores.value.tobytes() == expected.value.tobytes()


def test_an_unknown_measure_is_named():
    """A condition worded for people, with the closest name."""
    with pytest.raises(UnknownMeasure, match="did you mean 'pagerank'"):
        LocalEngine().score(Graph.from_edges([1], [2]), "pagernak")


def test_a_measure_the_engine_lacks_is_said():
    """It never falls back on another one in silence."""
    engine = LocalEngine(name="small", supported=frozenset({"in_degree"}))

    with pytest.raises(UnsupportedMeasure, match="'small' has no 'pagerank'"):
        engine.score(Graph.from_edges([1], [2]), "pagerank")


@pytest.mark.parametrize("measure", names.MEASURES)
def test_incoming_ties_suffice_for_the_measures_that_say_so(measure, graph):
    """With the same scores; the others refuse what they cannot read."""
    engine = engines.open_engine("local")

    if measure in engine.read_incoming:
        scores = engine.score(graph.incoming(), measure)
        assert scores.value.tobytes() == engine.score(graph, measure).value.tobytes()
    else:
        with pytest.raises(TypeError, match="whole graph"):
            engine.score(graph.incoming(), measure)
