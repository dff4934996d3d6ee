"""What people allow: the least permissive of their statements, on any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpgraph.model.consent import CHANNELS, PURPOSES, Statement, StoredRow
from hcpgraph.policy import consent, consent_people

ON = date(2026, 3, 31)
DAYS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 6, 30)))
STATEMENTS = st.builds(
    Statement,
    channel=st.sampled_from(CHANNELS[:4]),
    purpose=st.sampled_from(PURPOSES),
    status=st.sampled_from(["yes", "no", "pending", "informed"]),
    given=DAYS,
    until=DAYS,
)
ASKED = {
    "channel": st.sampled_from(CHANNELS[:4]),
    "purpose": st.sampled_from(["profiling", "contact", "medical", "commercial"]),
}


def said(status="yes", channel="email", purpose="contact", **more):
    return Statement(channel, purpose, status, **more)


def allowed(*statements, channel="email", purpose="medical", on=ON):
    return consent.decide(statements, on, channel=channel, purpose=purpose).allowed


@given(
    st.lists(STATEMENTS, max_size=6), st.randoms(), ASKED["channel"], ASKED["purpose"]
)
def test_the_order_of_statements_changes_nothing(found, random, channel, purpose):
    """Nor does saying them twice."""
    mixed = found * 2
    random.shuffle(mixed)
    asked = {"channel": channel, "purpose": purpose}

    assert consent.decide(mixed, ON, **asked) == consent.decide(found, ON, **asked)


@given(st.lists(STATEMENTS, max_size=6), ASKED["channel"], ASKED["purpose"])
def test_a_no_outweighs_whatever_else_is_known(found, channel, purpose):
    """Of that channel and purpose, however many say yes and whenever they do."""
    no = Statement(channel, purpose, "no")

    answer = consent.decide([*found, no], ON, channel=channel, purpose=purpose)

    assert not answer.allowed
    assert answer.objected


@given(st.lists(STATEMENTS, max_size=6), STATEMENTS, ASKED["channel"], ASKED["purpose"])
def test_another_statement_that_is_no_yes_never_allows_more(
    found, more, channel, purpose
):
    """To ask again, to be informed and to refuse take something away, or nothing."""
    asked = {"channel": channel, "purpose": purpose}
    before = consent.decide(found, ON, **asked)
    after = consent.decide([*found, more], ON, **asked)

    if more.status != "yes":
        assert after.allowed <= before.allowed
        assert after.objected >= before.objected
    if after.allowed and not before.allowed:
        assert more.status == "yes"


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-400, 400))
def test_a_term_holds_to_its_last_day(last, days):
    """And on no day after it; then it is a no."""
    on = last + timedelta(days=days)
    answer = consent.decide([said(until=last)], on, channel="email", purpose="contact")

    assert answer.allowed == (days <= 0)
    assert answer.objected == (days > 0)


def test_what_is_over_is_a_no_until_it_is_renewed():
    """By a yes that was given later, of the same channel and purpose."""
    old = said(given=date(2024, 1, 1), until=date(2025, 1, 1))

    assert not allowed(old, said())  # nobody knows that it is a renewal
    assert not allowed(old, said(channel="all", given=date(2025, 1, 1)))
    assert not allowed(old, said(given=date(2023, 1, 1)))
    assert allowed(old, said(given=date(2025, 2, 1)))
    assert not allowed(old, said(given=date(2025, 2, 1)), said("no"))


@pytest.mark.parametrize(
    ("statement", "profiling", "medical", "commercial", "by_phone"),
    [
        (said("no", "all", "all"), True, True, True, True),
        (said("no", "all", "profiling"), True, False, False, False),
        (said("no", "email", "profiling"), True, False, False, False),
        (said("no", "all", "contact"), False, True, True, True),
        (said("no", "email", "contact"), False, True, True, False),
        (said("no", "email", "all"), False, True, True, False),
        (said("no", "email", "commercial"), False, False, True, False),
        (said("no", "all", "tracking"), False, False, False, False),
        (said("informed", "all", "notice"), False, False, False, False),
        (said("pending", "all", "all"), False, False, False, False),
    ],
)
def test_an_objection_is_to_what_it_names(
    statement, profiling, medical, commercial, by_phone
):
    """To be scored, or to be approached: by a channel, for a purpose."""

    def objects(channel, purpose):
        return consent.objects_to_contact(
            [statement], ON, channel=channel, purpose=purpose
        )

    assert consent.objects_to_profiling([statement], ON) == profiling
    assert objects("email", "medical") == medical
    assert objects("email", "commercial") == commercial
    assert objects("phone", "medical") == by_phone
    assert objects("email", "contact") == (medical or commercial)


def test_a_yes_allows_what_it_names_alone():
    """No channel for another, no purpose for another, nothing before its day."""
    assert allowed(said(channel="all"), channel="phone")
    assert not allowed(said(), channel="phone")
    assert not allowed(said(), channel="all")
    assert not allowed(said(purpose="commercial"))
    assert not allowed(said(purpose="commercial"), purpose="contact")
    assert not allowed(said(purpose="profiling"))
    assert not allowed(said(given=ON + timedelta(days=1)))
    assert not allowed(said(), said("pending"))


def test_a_basis_counts_while_it_holds():
    """Of several, each; a statement without one is consent."""
    one = said(basis="contract", until=ON)
    other = said(channel="phone")

    assert consent.bases([one, other], ON) == {"contract", "consent"}
    assert consent.bases([one, other], ON + timedelta(days=1)) == {"consent"}
    assert consent.bases([one, said("no")], ON) == frozenset()


NAMES = st.tuples(
    st.sampled_from(["id", "npi", "email"]), st.just("x"), st.sampled_from("abc")
)
ROWS = st.lists(
    st.tuples(
        st.lists(NAMES, min_size=1, max_size=2, unique=True),
        st.lists(STATEMENTS, max_size=2),
    ),
    max_size=6,
)


def stored(rows):
    return [
        StoredRow(0, line, tuple(names), tuple(statements))
        for line, (names, statements) in enumerate(rows)
    ]


@given(ROWS, st.randoms())
def test_the_order_of_rows_changes_nobodys_statements(rows, random):
    """Rows that share a name are of one person, in whatever order they come."""
    bearers = {("id", "x", letter): ord(letter) for letter in "abc"}
    mixed = rows.copy()
    random.shuffle(mixed)

    found = consent_people.by_account(stored(rows), bearers)

    assert consent_people.by_account(stored(mixed), bearers) == found
    assert consent_people.waiting(stored(mixed), bearers) == consent_people.waiting(
        stored(rows), bearers
    )


@given(ROWS)
def test_whatever_a_row_names_hears_its_no(rows):
    """Also where another name of the row leads to a second account."""
    bearers = {("id", "x", letter): ord(letter) for letter in "abc"}
    found = consent_people.by_account(stored(rows), bearers)

    for names, statements in rows:
        for name in names:
            if name in bearers:
                nos = {one for one in statements if one.status == "no"}
                assert nos <= set(found.get(bearers[name], ()))


def test_a_shared_address_spreads_a_no_and_no_yes():
    """Two people of one practice: what one allows, the other need not."""
    mail = ("email", "", "h")
    yes, no = said(), said("no", "all", "profiling")
    rows = [
        StoredRow(0, 1, (("id", "x", "1"), mail), (yes,)),
        StoredRow(0, 2, (("id", "x", "2"), mail), ()),
        StoredRow(0, 3, (mail,), (no, said(channel="phone"))),
    ]

    found = consent_people.by_account(rows, {("id", "x", "1"): 1, ("id", "x", "2"): 2})

    assert set(found[1]) == {yes, no}
    assert set(found[2]) == {no}
