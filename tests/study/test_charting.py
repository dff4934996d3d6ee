"""Communities by name: only what most share and others do not."""

from __future__ import annotations

import numpy as np

from hcpgraph.model.query import Selection
from hcpgraph.store import Store
from hcpgraph.study import Study
from hcpgraph.study.charting import agreement, name_groups, read_groups


def label(*sizes):
    return np.repeat(np.arange(len(sizes)), sizes).astype(np.int32)


def test_a_community_is_named_by_what_sets_it_apart():
    """The field that stands out most comes first; what all share names nobody."""
    known = {
        "specialty": ["Cardiology"] * 7 + ["Surgery"] + ["Surgery"] * 8,
        "country": ["Chile"] * 8 + ["Norway"] * 8,
        "institution": ["Hill Hospital"] * 16,
    }

    names = name_groups(label(8, 8), known)

    assert names == {0: "Mostly Chile, Cardiology", 1: "Mostly Norway, Surgery"}


def test_little_knowledge_names_nobody():
    """Four known members are too few, however alike they are."""
    known = {"country": ["Chile"] * 4 + [None] * 20 + ["Norway"] * 10}

    assert name_groups(label(24, 10), known) == {1: "Mostly Norway"}


def test_a_mixed_community_has_no_name():
    """Below half of those known nothing is mostly so."""
    known = {"country": ["Chile", "Norway", "Togo"] * 4 + ["Peru"] * 12}

    assert name_groups(label(12, 12), known) == {1: "Mostly Peru"}


def test_nothing_known_and_nobody_there():
    """Empty columns and empty studies name nobody."""
    assert name_groups(label(3), {"country": [None] * 3}) == {}
    assert name_groups(np.empty(0, np.int32), {"country": []}) == {}


def test_communities_of_a_whole_study_are_named_by_area(full):
    """The groups are those that a list has; most are named, by area among others."""
    with Store.open(full.study.path) as store:
        groups = read_groups(store, Selection(), seed=0)
        alike = agreement(groups, seed=0)

    listed = full.study.communities(seed=0).partition
    areas = set(full.study.areas(every=True)["name"])
    assert groups.partition.sizes().tolist() == listed.sizes().tolist()
    assert groups.graph.ids.tolist() == groups.partition.ids.tolist()
    assert any(area in name for name in groups.names.values() for area in areas)
    assert 0 < alike <= 1


def test_a_study_without_areas_is_named_by_what_else_is_known(tmp_path):
    """No area, no roster: no names, and no error."""
    path = tmp_path / "follows.csv"
    path.write_text("follower,followed\n1,2\n2,3\n3,1\n", encoding="utf-8")
    bare = Study(tmp_path / "bare.duckdb")
    bare.add(path)

    with Store.open(bare.path) as store:
        groups = read_groups(store, Selection(), seed=0)

    assert groups.names == {}
    assert groups.graph.n_nodes == 3
