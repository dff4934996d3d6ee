"""The glossary joins words with terms and modules, and keeps up with both."""

from __future__ import annotations

import re
from pathlib import Path

from hcpgraph.model.columns import LISTS
from hcpgraph.model.names import CONTRIBUTIONS, LAYERS, MEASURES
from hcpgraph.ranking import SIGNALS, prior

ROOT = Path(__file__).parent.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def test_every_module_it_names_exists():
    """A reader who looks a word up finds the code behind it."""
    named = set(re.findall(r"`([a-z_]+/[a-z_/]*(?:\.py|\.toml)?)`", GLOSSARY))

    assert named
    assert [name for name in named if not (ROOT / "hcpgraph" / name).exists()] == []


def test_every_row_has_all_its_columns():
    """No word goes without its term, its meaning and its mathematics."""
    rows = [line for line in GLOSSARY.splitlines() if line.startswith("|")]
    cells = [[c.strip() for c in row.strip("|").split("|")] for row in rows]

    assert {len(row) for row in cells} == {4, 5}
    assert [row for row in cells if "" in row] == []


def test_every_measure_layer_and_contribution_is_explained():
    """What can be typed or is printed as a name can be looked up."""
    words = set(re.findall(r"[a-z_]+", GLOSSARY))

    assert [name for name in MEASURES if f"| `{name}` |" not in GLOSSARY] == []
    assert [name for name in CONTRIBUTIONS if f"| `{name}` |" not in GLOSSARY] == []
    assert set(LAYERS) - words == set()


def test_every_column_of_results_is_explained():
    """What stands at the head of a list of people can be looked up."""
    lists = ("rank", "communities", "prospects", "areas", "gaps")
    named = {column.name for name in lists for column in LISTS[name]}

    assert [name for name in sorted(named) if f"`{name}`" not in GLOSSARY] == []


def test_every_signal_that_weighs_is_explained():
    """What an explanation prints as a name can be looked up."""
    used = set(prior().used())

    assert used <= {signal.name for signal in SIGNALS}
    assert [name for name in sorted(used) if f"| `{name}` |" not in GLOSSARY] == []
