"""Which people a viewer sees: by what the study says of them, and on what basis."""

from __future__ import annotations

import pytest

from hcpgraph.store import Store
from hcpgraph.study import Study

ROSTER = """\
id,handle,name,role,country,region,specialty,institution,npi,match_basis
1,ann,Ann One,physician,Österreich, Wien ,Oncology,Hill,1234567893,optin
2,bob,Bob Two,nurse,ÖSTERREICH,Graz,oncology,Lake,1245319599,public_self_declared
3,cat,Cat Three,researcher,Straße,Graz,Cardiology,Hill,,
4,dan,Dan Four,physician,,,,,,
"""


@pytest.fixture(scope="module")
def fitting(tmp_path_factory):
    """Gives the ids of the people who fit some rules."""
    folder = tmp_path_factory.mktemp("rows")
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (report,) = Study(folder / "s.duckdb").add(folder / "roster.csv")
    assert report.imported, report

    def found(rows, basis=None):
        folded = {field: frozenset(values) for field, values in rows.items()}
        with Store.open(folder / "s.duckdb") as store:
            accounts = store.read_fitting(folded, basis and frozenset(basis))
            assert accounts.tolist() == sorted(accounts.tolist())
            return store.read_ids(accounts)

    return found


@pytest.mark.parametrize(
    ("rows", "basis", "seen"),
    [
        ({}, None, ["1", "2", "3", "4"]),
        ({"country": ["österreich"]}, None, ["1", "2"]),
        ({"country": ["strasse"]}, None, ["3"]),
        ({"region": ["wien", "graz"]}, None, ["1", "2", "3"]),
        ({"role": ["clinician"]}, None, ["1", "4"]),
        ({"role": ["clinician"], "specialty": ["oncology"]}, None, ["1"]),
        ({"institution": ["hill"], "country": ["österreich"]}, None, ["1"]),
        ({"institution": ["sea"]}, None, []),
        ({"institution": []}, None, []),
        ({}, ["optin"], ["1"]),
        ({"country": ["österreich"]}, ["public_self_declared", "x"], ["2"]),
        ({}, [], []),
    ],
)
def test_people_fit_all_rules_without_regard_to_case(fitting, rows, basis, seen):
    """Who has no value fits no rule on it; no values fit nobody."""
    assert sorted(fitting(rows, basis)) == seen
