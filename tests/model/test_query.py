"""What a question is about: known names, periods that are not empty."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from hcpgraph.model.names import DEFAULT_LAYERS
from hcpgraph.model.query import Query, utc_time

MARCH = datetime(2025, 3, 1)  # noqa: DTZ001 - times are UTC without zone


def test_by_default_everything_is_asked_for():
    """The whole study, all time, all layers but mentions inside reposts."""
    selection = Query()

    assert selection.parameters() == {
        "area": None,
        "since": None,
        "until": None,
        "layers": dict(DEFAULT_LAYERS),
        "audience": "auto",
        "country": None,
        "specialty": None,
        "role": None,
    }
    assert "mention_in_repost" not in selection.layers
    assert not selection.has_filter


@pytest.mark.parametrize(
    "said", [{"country": "DE"}, {"specialty": "Oncology"}, {"role": "nurse"}]
)
def test_country_specialty_and_role_are_filters(said):
    """Each alone makes it a question about some people only."""
    assert Query(**said).has_filter


REFUSED = {
    "layer": ({"layers": {"folow": 1.0}}, "no layer 'folow'; did you mean 'follow'?"),
    "no weight": ({"layers": {"follow": 0.0}}, "must be a finite number above 0"),
    "negative weight": (
        {"layers": {"follow": -1.0}},
        "must be a finite number above 0",
    ),
    "infinite weight": (
        {"layers": {"follow": float("inf")}},
        "must be a finite number above 0",
    ),
    "weight that is no number": (
        {"layers": {"follow": float("nan")}},
        "must be a finite number above 0",
    ),
    "audience": ({"audience": "hpc"}, "did you mean 'hcp'?"),
    "role": ({"role": "nrse"}, "did you mean 'nurse'?"),
    "a moment": ({"since": MARCH, "until": MARCH}, "the period is empty"),
    "a period that ends first": (
        {"since": MARCH, "until": MARCH - timedelta(days=1)},
        "the period is empty",
    ),
}


@pytest.mark.parametrize(("said", "words"), REFUSED.values(), ids=REFUSED)
def test_a_question_that_makes_no_sense_is_refused(said, words):
    """Before the study is read, with the closest name."""
    with pytest.raises(ValueError, match=words.replace("?", r"\?")):
        Query(**said)


def test_parameters_are_plain_and_name_their_zone():
    """They go into a JSON file as they are."""
    parameters = Query(area="asthma", since=MARCH).parameters()

    assert parameters["since"] == "2025-03-01T00:00:00Z"
    assert json.loads(json.dumps(parameters)) == parameters


MOMENTS = {
    "nothing": (None, None),
    "a day": ("2025-03-01", MARCH),
    "blanks around": (" 2025-03-01 ", MARCH),
    "a time": ("2025-03-01T00:00:00", MARCH),
    "a time in UTC": ("2025-03-01T00:00:00Z", MARCH),
    "a time elsewhere": ("2025-03-01T05:30:00+05:30", MARCH),
    "a value": (MARCH, MARCH),
    "a value in UTC": (MARCH.replace(tzinfo=UTC), MARCH),
    "a value elsewhere": (
        datetime(2025, 2, 28, 19, tzinfo=timezone(timedelta(hours=-5))),
        MARCH,
    ),
}


@pytest.mark.parametrize(("said", "meant"), MOMENTS.values(), ids=MOMENTS)
def test_a_moment_is_in_utc_without_zone(said, meant):
    """However it was written."""
    assert utc_time(said) == meant


@pytest.mark.parametrize("said", ["", "January", "2025-13-01", "01.03.2025", "12"])
def test_what_is_no_date_is_refused(said):
    """With how to write one."""
    with pytest.raises(ValueError, match="is no date; write it like 2025-03-01"):
        utc_time(said)
