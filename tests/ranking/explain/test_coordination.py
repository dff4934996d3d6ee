"""Figures in which coordinated boosting shows."""

from __future__ import annotations

import pytest

from hcpgraph.ranking.explain.coordination import signs

DAY = 86_400


def by_name(found):
    return {one.name: (one.count, one.out_of) for one in found.signs}


def test_the_densest_day_is_found_between_midnights(make_case):
    """Four responses within 24 hours, though on two dates; six before, one a day."""
    rows = [(source, 90, "mention", source * 10 * DAY) for source in range(1, 7)]
    noon = 100 * DAY + DAY // 2
    rows += [(source, 90, "mention", noon + source * 3600) for source in range(7, 11)]

    found = signs(make_case(rows, 90))

    assert by_name(found)["burst"] == (4, 10)
    assert found.burst_at == noon + 7 * 3600
    assert found.usual == pytest.approx(6 / 89.6, abs=0.01)


def test_responders_with_one_target_are_counted(make_case):
    """1 and 2 respond to 90 alone, 3 to another as well; 2 came at the end."""
    rows = [
        (1, 90, "mention", DAY),
        (1, 90, "reply", 2 * DAY),
        (3, 90, "mention", 3 * DAY),
        (3, 91, "mention", 4 * DAY),
        *((4, 91, "mention", day * DAY) for day in range(5, 10)),
        (2, 90, "mention", 300 * DAY),
    ]

    found = by_name(signs(make_case(rows, 90)))

    assert found["one target"] == (2, 3)
    assert found["new, one target"] == (1, 3)


def test_returned_attention_is_counted(make_case):
    """90 answers one of two."""
    rows = [(1, 90, "mention", DAY), (2, 90, "mention", DAY), (90, 2, "reply", DAY)]

    assert by_name(signs(make_case(rows, 90)))["returned"] == (1, 2)


def test_the_median_is_of_others_with_enough_responders(make_case):
    """Of 91's five responders all respond to 90 too; 92 has too few to compare."""
    rows = [(s, t, "mention", s * DAY) for s in range(1, 6) for t in (90, 91)]
    rows.append((6, 92, "mention", DAY))

    found = {one.name: one.median for one in signs(make_case(rows, 90)).signs}

    assert found["one target"] == 0.0
    assert found["burst"] == pytest.approx(0.2)  # a day later is another day


def test_follows_alone_show_nothing(make_case):
    """No response, no time, no median; and no division by zero."""
    found = signs(make_case([(1, 90, "follow"), (2, 90, "follow")], 90))

    assert all((one.count, one.out_of, one.share) == (0, 0, 0.0) for one in found.signs)
    assert all(one.median is None for one in found.signs)
    assert (found.burst_at, found.usual) == (None, 0.0)
