"""Limits say what they mean, and text that means nothing is refused."""

from __future__ import annotations

import pytest

from hcpgraph.model.quotas import COLUMNS, Quota, Quotas


def test_text_becomes_limits_in_the_order_given():
    """Largest numbers, least numbers, then the mix of kinds."""
    limits = Quotas.parse(
        ["country=2", "Country: DE =5"],
        ["specialty:Medical oncology=5"],
        "leader=10, rising=5",
    )

    assert limits.limits == (
        Quota("country", most=2),
        Quota("country", "DE", most=5),
        Quota("specialty", "Medical oncology", least=5),
        Quota("kind", "leader", least=10),
        Quota("kind", "rising", least=5),
    )
    assert limits.columns == ("country", "specialty", "kind")


def test_a_value_may_hold_an_equals_sign_or_a_colon():
    """The number stands behind the last equals sign, the column before a colon."""
    limits = Quotas.parse(["institution:Ward A=B: east=1"])

    assert limits.limits == (Quota("institution", "Ward A=B: east", most=1),)


def test_a_territory_is_a_region():
    """Field teams say territory; the column is one."""
    assert Quotas.parse(["territory=3"]).limits == (Quota("region", most=3),)


def test_no_limits_are_limits_too():
    """Nothing asked, nothing limited."""
    assert len(Quotas.parse()) == 0
    assert Quotas().columns == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("country", "cannot read the limit 'country'"),
        ("country=", "write COLUMN=N"),
        ("country=many", "cannot read"),
        ("country=-1", "cannot read"),
        ("country=1.5", "cannot read"),
        ("=3", "no column ''"),
        ("county=3", "did you mean 'country'"),
        ("country:=3", "names no group"),
        ("kind:leaders=3", "did you mean 'leader'"),
    ],
)
def test_bad_text_is_refused_with_a_reason(text, told):
    """Each message says what is wrong, and shows how to write it."""
    with pytest.raises(ValueError, match=r"limit|column|kind") as found:
        Quotas.parse([text])

    assert told in str(found.value)


@pytest.mark.parametrize("text", ["leader", "leader=", "=3", "leader=2,", ""])
def test_a_bad_mix_is_refused(text):
    """A mix is kinds and numbers, and nothing else."""
    with pytest.raises(ValueError, match="cannot read the mix"):
        Quotas.parse(mix=text)


def test_at_least_none_is_no_wish():
    """Zero at least would be met by any list."""
    with pytest.raises(ValueError, match="asks for nothing"):
        Quotas.parse(at_least=["country:DE=0"])


def test_at_most_none_keeps_a_group_out():
    """Zero at most is a plain wish."""
    assert Quotas.parse(["country:DE=0"]).limits[0].most == 0


@pytest.mark.parametrize("column", COLUMNS)
def test_one_group_has_one_limit_of_a_sort(column):
    """Two numbers for one group would leave the reader to guess; case is no help."""
    value = "leader" if column == "kind" else "Élan"
    again = value.upper().replace("É", "E")

    with pytest.raises(ValueError, match="two limits 'at most'"):
        Quotas.parse([f"{column}:{value}=3", f"{column}:{again}=4"])
    assert len(Quotas.parse([f"{column}:{value}=3"], [f"{column}:{again}=2"])) == 2


def test_a_limit_needs_numbers_that_agree():
    """Neither none at all, nor more at least than at most, nor less than nothing."""
    with pytest.raises(ValueError, match="needs a number"):
        Quota("country", "DE")
    with pytest.raises(ValueError, match="at least 3 and at most 2"):
        Quota("country", "DE", least=3, most=2)
    with pytest.raises(ValueError, match="from 0 up"):
        Quota("country", "DE", most=-1)
    with pytest.raises(ValueError, match="empty group"):
        Quota("country", " ", most=1)


@pytest.mark.parametrize("end", ["least", "most"])
def test_numbers_that_no_study_has_are_refused(end):
    """Solvers hold no such number; the line says how large it may be."""
    with pytest.raises(ValueError, match="at most 2147483647"):
        Quota("country", "DE", **{end: 10**20})
