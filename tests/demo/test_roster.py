"""The roster and the contact lists hold what such lists hold, and nothing forbidden."""

from __future__ import annotations

import re
from typing import Any

FORBIDDEN = re.compile(
    r"diagnos|health|condition|patient|religio|politic|race|ethnic|gender|sex|union"
    r"|prescri|birth|email|phone",
    re.IGNORECASE,
)
HCP = {"clinician", "nurse", "pharmacist", "researcher", "other HCP"}
ROSTER = "id,handle,name,role,specialty,institution,country,region,npi,match_basis"


def luhn_sum(digits: str) -> int:
    doubled = [2 * int(d) for d in digits[-2::-2]]
    return sum(int(d) for d in digits[-1::-2]) + sum(
        d - 9 if d > 9 else d for d in doubled
    )


def test_no_table_has_a_forbidden_column(small: Any) -> None:
    """Nothing sensitive of a person is in any header."""
    for path in small.folder.glob("*.csv"):
        header = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert not FORBIDDEN.search(header), path.name


def test_roster_lists_professionals_only(full: Any) -> None:
    """Each row is a professional of the world, with the role that was planted."""
    by_handle = {row["handle"]: row for row in full.truth().values()}
    rows = full.table("roster.csv")

    assert ",".join(rows[0]) == ROSTER
    assert len(rows) / sum(r["planted_role"] in HCP for r in by_handle.values()) > 0.6
    for row in rows:
        truth = by_handle[row["handle"]]
        assert row["role"] == truth["planted_role"]
        assert row["role"] in HCP
        assert row["id"] in {"", truth["id"]}


def test_some_rows_name_only_the_handle(full: Any) -> None:
    """A roster that knows some people by handle alone must still find them."""
    without_id = [row for row in full.table("roster.csv") if not row["id"]]

    assert 0.15 < len(without_id) / len(full.table("roster.csv")) < 0.35


def test_registry_numbers_check_and_have_a_basis(full: Any) -> None:
    """Numbers are distinct, from the reserve, pass the check digit and say why."""
    rows = [row for row in full.table("roster.csv") if row["npi"]]

    assert rows
    assert len({row["npi"] for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"2\d{9}", row["npi"])
        assert luhn_sum("80840" + row["npi"]) % 10 == 0
        assert row["match_basis"] in {"optin", "public_self_declared"}
        assert row["country"] == "US"
    assert not any(r["match_basis"] for r in full.table("roster.csv") if not r["npi"])


def test_nobody_is_both_known_and_excluded(full: Any) -> None:
    """The lists share nobody, name accounts of the world, and hold some leaders."""
    known, excluded = (
        {row["id"] for row in full.table(name)} for name in ("known.csv", "exclude.csv")
    )
    leaders = {a for a, r in full.truth().items() if r["planted_kind"] == "leader"}

    assert excluded
    assert not known & excluded
    assert known | excluded <= set(full.truth())
    assert 0 < len(known & leaders) < len(leaders)
