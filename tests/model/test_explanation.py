"""An explanation as a value: sections in order, plain values, HTML."""

from __future__ import annotations

import json

import pytest

from hcpgraph.model.explanation import Explanation, Section
from hcpgraph.model.table import Table

NAMES = (
    *("contributions", "signals", "endorsers", "leaning", "evidence", "areas"),
    *("periods", "gaps", "layers", "discounted", "fakes", "boosting"),
)


@pytest.fixture
def explanation():
    sections = {name: Section(name.title()) for name in NAMES}
    sections["areas"] = Section("Areas", ("One <area>.",), Table({"area": ["asthma"]}))
    return Explanation(
        id="7",
        who="@ann, <Ann>",
        area="asthma",
        rank=2,
        of=9,
        score=1.5,
        rank_low=1,
        rank_high=4,
        tier=1,
        says=("Rank 2 of 9.",),
        notes=("audience: all",),
        **sections,
    )


def test_sections_come_as_they_are_read(explanation):
    """From what the score is made of to how far it can be trusted."""
    assert tuple(name for name, _ in explanation.sections()) == NAMES


def test_plain_values_hold_all_of_it(explanation):
    """JSON gives rank, sentences and rows."""
    plain = json.loads(json.dumps(explanation.to_dict()))

    assert plain["rank"] == 2
    assert plain["areas"] == {
        "title": "Areas",
        "says": ["One <area>."],
        "rows": [{"area": "asthma"}],
    }
    assert plain["notes"] == ["audience: all"]


def test_shown_in_a_notebook_names_are_text(explanation):
    """A name cannot bring markup along."""
    html = explanation._repr_html_()

    assert "&lt;Ann&gt;" in html
    assert "One &lt;area&gt;." in html
    assert ">asthma</td>" in html
    assert repr(explanation) == "Explanation(7, rank 2 of 9 in asthma)"


def test_a_section_is_a_table(explanation):
    """Each is at hand as a DataFrame."""
    assert explanation.areas.to_pandas()["area"].tolist() == ["asthma"]
    assert repr(explanation.areas) == "Section('Areas', 1 rows)"
