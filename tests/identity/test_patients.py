"""Who says they are a patient, and who merely works with patients."""

from __future__ import annotations

import pytest

PATIENTS = [
    "Breast cancer survivor, runner",
    "Stage IV lung cancer patient. Hope",
    "Living with MS since 2009",
    "T1D since 1998",
    "Type 1 diabetic. Tea drinker",
    "Diagnosed with Crohn's in 2015",
    "Diagnosed 2012, still here",
    "Patient. Speaker. Gardener",
    "ePatient and blogger",
    "Lupus warrior",
    "spoonie",
    "Metastatic thriver",
    "BRCA previvor",
    "Kidney transplant recipient",
    "Mum of a boy with cystic fibrosis",
    "Dad to a daughter who has epilepsy",
    "T1D mom",
    "Autism dad",
    "Full-time caregiver to my husband",
    "Carer. Knitter",
    "Caring for my mum",
    "Wife of a stroke survivor",
    "I have Parkinson's and a dog",
    "I live with depression",
    "I'm autistic and proud",
    "My cancer journey, one day at a time",
    "My journey with melanoma",
    "In remission. Grateful",
    "HIV positive, undetectable",
    "Lived experience of psychosis",
    "Patient with pulmonary fibrosis",
    "Oncologist and breast cancer survivor",
    "Nurse. Migraine patient",
    "Lebe mit MS. Köln",
    "Brustkrebs-Überlebende",
    "Patientin und Bloggerin",
    "Atteinte de mucoviscidose",
    "Je vis avec le VIH",
    "Maman, aidante familiale",
    "Paciente de artritis",
    "Sobreviviente de cáncer de mama",
    "Vivo con diabetes tipo 1",
    "Madre de un niño con epilepsia",
    "#ActuallyAutistic",
]
OTHERS = [
    "Patient advocate, oncologist",
    "Patient safety lead",
    "Patient-centred care is my passion",
    "Cardiologist helping patients live longer",
    "Improving the lives of people living with HIV",
    "Treating patients living with heart failure",
    "Research into quality of life of people living with dementia",
    "Survivorship research in breast cancer",
    "Supporting cancer survivors and their families",
    "Caregiver support programme",
    "Cancer patient navigator",
    "Patient experience officer",
    "Every patient counts",
    "I treat my patients like family",
    "Trials for patients with myeloma",
    "Children diagnosed with leukemia deserve better",
    "Patients first",
    "Outpatient clinic of rheumatology",
    "Physician. Patient education. Podcasts",
    "Doctor-patient communication",
    "Patient and public involvement researcher",
    "Living with my wife and two dogs",
    "Seguridad del paciente",
    "Medicina centrada en el paciente",
    "Arzt für Menschen mit Diabetes",
    "Médecin au service des patients",
    "Diabetes educator",
    "Lupus researcher, mother of two",
    "Cancer care. Wife, mother, runner",
    "Award recipient, 2019",
    "Studying AML patients in remission",
    "My research on cancer metabolism",
    "Working with people with lived experience",
    "Husband of a nurse, father of two",
    "Weekend warrior, surgeon",
]


@pytest.mark.parametrize("bio", PATIENTS)
def test_patients_are_closed_to_lists(study, bio):
    """Whoever says they are a patient or care for one is never listed."""
    study.add_accounts([("A. Sample", bio)])

    study.assign()

    assert study.closed() == {0}
    assert study.rows("from account_role") == []


@pytest.mark.parametrize("bio", OTHERS)
def test_work_with_patients_is_no_illness(study, bio):
    """To speak of patients does not make one a patient."""
    study.add_accounts([("A. Sample", bio)])

    study.assign()

    assert study.closed() == set()


def test_a_name_can_say_it_too(study):
    """Display names carry such statements as well."""
    study.add_accounts([("Ada | cancer survivor", None)])

    study.assign()

    assert study.closed() == {0}


def test_accents_and_apostrophes_do_not_hide_it(study):
    """Typographic apostrophes and accents are read as plain ones."""
    study.add_accounts(
        [("A", "I\u2019m autistic"), ("B", "Atteinte d\u2019un lymphome")]
    )

    study.assign()

    assert study.closed() == {0, 1}


def test_no_trace_of_the_reason_remains(study):
    """After the queries no table says why an account is closed."""
    study.add_accounts([("A", "Cancer survivor")])

    study.assign()

    tables = study.rows("select table_name from duckdb_tables()")
    assert {name for (name,) in tables} == {
        "account", "person", "person_account", "account_role", "touched_account",
    }  # fmt: skip
