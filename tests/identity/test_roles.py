"""Rosters before bios, and labels that follow what changes."""

from __future__ import annotations

from hcpgraph.identity import PRECEDENCE


def test_roster_and_bio_give_one_row_each(study):
    """Both sources are kept, and which counts is said."""
    study.add_accounts([("A", "Oncology nurse")])
    study.add_person(0, 0, "Physician")
    study.add_person(1, 0, "Physician")

    study.assign()

    found = study.rows(
        "select source, role, evidence from account_role order by source"
    )
    assert found == [
        ("bio", "nurse", "nurse in words"),
        ("roster", "clinician", "roster: physician"),
    ]
    assert PRECEDENCE == ("roster", "bio")


def test_the_latest_roster_row_counts(study):
    """Of several roster rows of one account the last that says a role decides."""
    study.add_accounts([("A", None)])
    study.add_person(0, 0, "Nurse")
    study.add_person(1, 0, "Pharmacist")
    study.add_person(2, 0, "unknown")

    study.assign()

    assert study.roles("roster") == {0: "pharmacist"}


def test_specialty_stands_in_for_a_missing_role(study):
    """A roster of physicians often has a specialty and no role."""
    study.add_accounts([("A", None)])
    study.add_person(0, 0, None, specialty="Medical Oncology")

    study.assign()

    assert study.rows("select role, evidence from account_role") == [
        ("clinician", "roster: medical specialty")
    ]


def test_a_roster_can_close_an_account(study):
    """A roster row with listable = false counts whatever the bio says."""
    study.add_accounts([("A", "Oncologist"), ("B", "Oncologist")])
    study.add_person(0, 0, "Physician", listable=False)
    study.add_person(1, 1, "Patient")

    study.assign()

    assert study.closed() == {0, 1}
    assert study.roles("roster") == {0: "clinician"}


def test_a_changed_bio_is_read_anew(study):
    """An account is open again, with a role, once its bio no longer says patient."""
    study.add_accounts([("A", "Cancer survivor")])
    study.assign()
    study.connection.execute("update account set bio = 'Oncologist'")

    study.assign()

    assert study.closed() == set()
    assert study.roles() == {0: "clinician"}


def test_untouched_accounts_keep_what_they_have(study):
    """Only touched accounts are judged again."""
    study.add_accounts([("A", "Oncologist"), ("B", "Oncologist")])
    study.connection.execute("delete from touched_account where account = 1")
    study.connection.execute("update account set listable = false where account = 1")

    study.assign()

    assert study.roles() == {0: "clinician"}
    assert study.closed() == {1}


def test_odd_texts_do_no_harm(study):
    """NULs, emoji and empty texts are read like others."""
    study.add_accounts([("A\x00B", "x\x00 Onco\u0301logue 🎗️"), ("", ""), (None, "🩺")])

    study.assign()

    assert study.roles() == {0: "clinician"}
