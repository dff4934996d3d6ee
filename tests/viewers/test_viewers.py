"""No cell that a viewer may not see stands in any byte of what is written for them."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.viewers import asking, judging, world
from tests.viewers.judging import Rules

_EVERYTHING = Rules(None, (), {})
_ONE = ("rank", "csv", ("rank", "s.duckdb", "--resamples", "5"))


@pytest.fixture(scope="module")
def folder(made, tmp_path_factory):
    """The same in a folder of its own, as policies of this module are written to it."""
    own = tmp_path_factory.mktemp("viewers")
    shutil.copytree(made, own, dirs_exist_ok=True)
    return own


def check(folder, rules, command):
    """Set the rules, run the command, and look into all that comes of it."""
    shutil.copyfile(folder / "s.duckdb", folder / "whole.duckdb")
    try:
        asking.put_in_force(folder / "s.duckdb", rules)
        outputs = asking.outputs_of(folder, command)
    finally:
        shutil.move(folder / "whole.duckdb", folder / "s.duckdb")
    assert asking.faults(rules, command, outputs) == []


def test_the_search_finds_what_is_there(folder):
    """Whoever sees all, sees cells that rules for fewer would have withheld."""
    asking.put_in_force(folder / "s.duckdb", _EVERYTHING)
    outputs = asking.outputs_of(folder, _ONE)

    found = asking.faults(Rules(("rank",), (), {}), _ONE, outputs)

    assert {cell for _, cell in (one for one in found if isinstance(one, tuple))} > {
        world.EVERYBODY[0].cells["id"].casefold()
    }
    assert "score" in found


@settings(
    max_examples=30, deadline=None, derandomize=True, report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(rules=asking.rules(), command=asking.commands())
def test_no_cell_leaks_to_a_viewer(folder, rules, command):
    """Whatever the policy, the command and the kind of file."""
    check(folder, rules, command)


@pytest.fixture(scope="module")
def whole(folder):
    """Gives of a list: column -> the cells that whoever sees all has in it."""
    asking.put_in_force(folder / "s.duckdb", _EVERYTHING)
    found = {}
    for listing in asking.COMMANDS:
        written = asking.outputs_of(folder, asking.of_list(listing))
        found[listing] = judging.cells_of(written["out.csv"])
    assert {"score", "reach", "reason", "gain"} <= {
        column for cells in found.values() for column in cells
    }
    return found.get  # a test that fails need not print it all


@settings(
    max_examples=10, deadline=None, derandomize=True, report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(columns=asking.names(), listing=st.sampled_from(sorted(asking.COMMANDS)))
def test_no_figure_of_a_withheld_column_is_written(folder, whole, columns, listing):
    """Scores, gains, probabilities, links and sentences, in no byte and no note."""
    rules = Rules(columns, (), {})
    asking.put_in_force(folder / "s.duckdb", rules)

    outputs = asking.outputs_of(folder, asking.of_list(listing))

    written = b" ".join(outputs.values()).decode()
    hidden = judging.figures(rules, whole(listing))
    assert [cell for cell in hidden if cell in written] == []


@pytest.mark.slow
@settings(
    max_examples=150, deadline=None, derandomize=True, report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(rules=asking.rules(), command=asking.commands())
def test_no_cell_leaks_to_a_viewer_at_length(folder, rules, command):
    """The same 150 times; ``python -m tests.viewers 10000`` goes on."""
    check(folder, rules, command)
