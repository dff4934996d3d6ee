"""Numbers and labels per node, in an order that is always the same."""

from __future__ import annotations

import numpy as np
import pytest

from hcpgraph.model.scores import HubsAndAuthorities, Partition, Scores


def scores(values, ids=None):
    ids = np.arange(len(values)) if ids is None else ids
    return Scores("strength", ids, np.array(values, np.float64), {"weighted": "yes"})


def test_the_highest_comes_first_and_ties_go_to_the_lower_id():
    """Equal scores share a rank, and the next one follows after all of them."""
    found = scores([0.2, 0.5, 0.5, 0.1], ids=np.array(["a", "b", "c", "d"]))

    assert found.order().tolist() == [1, 2, 0, 3]
    assert found.ranks().tolist() == [3, 1, 1, 4]
    assert found.top(2) == [("b", 0.5), ("c", 0.5)]
    assert found.top(0) == []
    assert len(found.top(99)) == 4
    assert found.table()["id"] == ["b", "c", "a", "d"]
    assert found.table()["rank"] == [1, 1, 3, 4]


def test_scores_cannot_be_written_to():
    """A value handed to two readers is the same for both."""
    found = scores([1.0, 2.0])

    with pytest.raises(ValueError, match="read-only"):
        found.value[0] = 9.0


def test_scores_have_one_number_a_node():
    """Ragged arrays are refused."""
    with pytest.raises(ValueError, match="columns of Scores differ in length"):
        scores([1.0, 2.0], ids=np.array([1]))


def test_scores_of_an_empty_graph_are_empty():
    """No nodes, no numbers, no error."""
    found = scores([])

    assert (len(found), found.top(3), len(found.ranks())) == (0, [], 0)
    assert len(found.to_pandas()) == 0


def test_scores_preview_ten_rows_in_a_notebook():
    """A graph of a million nodes must not fill the page."""
    found = scores(range(50))

    assert repr(found) == "Scores(strength, 50 nodes)"
    assert found._repr_html_().count("<tr>") == 11
    assert list(found.to_pandas().columns) == ["rank", "id", "strength"]
    assert len(found.to_pandas()) == 50


def test_hubs_and_authorities_are_two_scores():
    """Who points well, and who is pointed at well."""
    both = HubsAndAuthorities(hub=scores([1.0]), authority=scores([2.0]))

    assert both.authority.value[0] == 2 * both.hub.value[0]


def test_a_partition_counts_its_communities():
    """Labels begin at 0, printed communities at 1."""
    found = Partition(
        "leiden", np.array([3, 5, 8]), np.array([0, 1, 0], np.int32), modularity=0.25
    )

    assert (len(found), found.n_communities) == (3, 2)
    assert found.sizes().tolist() == [2, 1]
    assert found.table()["community"] == [1, 2, 1]
    assert found.to_pandas()["id"].tolist() == [3, 5, 8]
    assert repr(found) == (
        "Partition(leiden, 3 nodes, 2 communities, modularity 0.2500)"
    )
    assert "<td>2</td><td>1 <svg" in found._repr_html_()
    with pytest.raises(ValueError, match="read-only"):
        found.label[0] = 1


def test_an_empty_partition_has_no_communities():
    """And no modularity that was not computed."""
    found = Partition("leiden", np.array([], int), np.array([], np.int32))

    assert found.n_communities == 0
    assert found.sizes().tolist() == []
    assert "modularity" not in repr(found)
