"""One module a command, each asked in the same way, loaded when it is asked."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from hcpgraph.study import questions

# parts of a question, which is too long for one file
PARTS = {"report_area", "workbook", "lacks"}
# asked of a file: before there is a study, or of one that is written anew
OF_FILES = {"inspect", "forget", "retention"}


def test_every_module_is_a_question_that_can_be_asked():
    """None is listed that is not there, and none is there that is not listed."""
    there = {path.stem for path in Path(questions.__file__).parent.glob("*.py")}

    assert set(questions.__all__) == there - PARTS - {"__init__"}


@pytest.mark.parametrize("name", sorted(set(questions.__all__) - OF_FILES))
def test_each_is_answered_from_an_open_study(name):
    """``answer(opened, ...)`` gives a value; no module knows ``Study``."""
    module = getattr(questions, name)

    assert next(iter(inspect.signature(module.answer).parameters)) == "opened"
    assert not hasattr(module, "Study")


def test_another_name_is_no_question():
    """As of any module."""
    with pytest.raises(AttributeError, match="no question 'rnak'"):
        _ = questions.rnak
