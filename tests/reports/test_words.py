"""What the page says."""

from __future__ import annotations

from dataclasses import replace

from hcpgraph.reports import words


def test_names_keep_their_letters_and_lose_what_turns_or_hides_text():
    """Scripts and emoji stay whole."""
    assert words.clean("\u202eDr\u2066 Who\u200b") == "Dr Who"
    assert words.clean("Zoë 👩\u200d⚕️") == "Zoë 👩\u200d⚕️"
    assert words.clean("د. ليلى") == "د. ليلى"
    assert words.clean("a\r\nb\x1b[31m") == "a b[31m"


def test_our_ranking_stands_beside_the_best_baseline_and_random_order(report):
    """Our own variants are no rivals."""
    found = words.compared(report.areas[0].backtest)

    assert [row["method"] for row in found] == ["hcpgraph", "followers", "random"]


def test_sureness_has_intervals_and_validation(report):
    """Or why the past says nothing."""
    ranges, past = words.sureness(report.areas[0])
    assert "the median interval spans 5 ranks" in ranges
    assert "0.84, 90 % interval 0.77 to 0.90" in past

    _, lacking = words.sureness(report.areas[1])
    assert lacking == "No validation on the study's own past: no tie has a time."


def test_openings_count_those_who_may_not_be_named(report):
    """Everyone is counted, not everyone named."""
    assert "60 accounts and" in words.opening(report.areas[0])
    assert "40 people may be named, 20 may not." in words.opening(report.areas[0])


def test_what_prospects_would_gain_is_said(report):
    """From the known alone to everyone suggested; without curves just how many."""
    found = report.areas[0].prospects

    assert words.gained(found) == (
        "The 2 prospects would raise the reached share of the area from 40% to 70%."
    )
    assert words.gained(replace(found, reach={})) == "2 prospects in all."
