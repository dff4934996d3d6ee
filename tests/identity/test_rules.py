"""Invented names and bios, and the roles they tell."""

from __future__ import annotations

import re

import pytest

from hcpgraph.identity.rules import BIO_RULES, ROSTER_RULES
from hcpgraph.model.names import ROLES

BIOS = [
    ("Ada Example, MD", "Views my own", "clinician"),
    ("Ben Sample MD PhD", "Lab and clinic", "clinician"),
    ("Cy Test", "Medical oncologist at a cancer center. Dad of three", "clinician"),
    ("Dr Dee Muster", "", "clinician"),
    ("Eve Probe", "Consultant cardiologist, FRCP, cyclist", "clinician"),
    ("Fay Ensayo", "Médica oncóloga. Madre. Bogotá", "clinician"),
    ("Gus Essai", "Médecin généraliste à Lyon", "clinician"),
    ("Hal Versuch", "Fachärztin für Innere Medizin, München", "clinician"),
    ("Ida Versuch", "Onkologe und Bergsteiger", "clinician"),
    ("Jan Prova", "Medico chirurgo, tifoso", "clinician"),
    ("Kim Sample", "MBBS, trainee in haematology. Tea.", "clinician"),
    ("Leo Sample", "GP in Leeds, runner", "clinician"),
    ("Mia Sample", "Pediatrician. Vaccines work", "clinician"),
    ("Ned Sample", "Thoracic surgeon | MD Anderson Cancer Center", "clinician"),
    ("Oda Sample", "Rheumatologist & #MedEd", "clinician"),
    ("Pam Sample", "Hematologist-oncologist, lymphoma trials", "clinician"),
    ("Quin Sample", "Neurologue, sclérose en plaques", "clinician"),
    ("Roy Sample", "Cirujano cardiovascular", "clinician"),
    ("Sue Sample", "Physician-scientist in lung cancer", "clinician"),
    ("Tom Sample", "NHS doctor. Opinions mine", "clinician"),
    ("Uma Sample", "Patient advocate and breast oncologist, MD", "clinician"),
    ("Dr. med. Vera Muster", "Praxis in Bonn", "clinician"),
    ("Una Ejemplo", "Dermatóloga en Madrid", "clinician"),
    ("Zoe Sample, RN", "Mountains", "nurse"),
    ("Abe Sample", "Oncology nurse specialist", "nurse"),
    ("Bea Sample", "Nurse practitioner in heart failure", "nurse"),
    ("Cal Sample", "BSN, RN, OCN. Coffee", "nurse"),
    ("Dot Sample", "Infirmière en cancérologie", "nurse"),
    ("Eli Muestra", "Enfermero de urgencias", "nurse"),
    ("Flo Muster", "Krankenschwester auf der Intensivstation", "nurse"),
    ("Gil Sample", "Midwife and researcher", "nurse"),
    ("Hua Sample, PharmD", "Transitions of care", "pharmacist"),
    ("Ian Sample", "Clinical pharmacist, oncology", "pharmacist"),
    ("Joy Muster", "Apothekerin aus Leipzig", "pharmacist"),
    ("Kai Muestra", "Farmacéutico hospitalario", "pharmacist"),
    ("Lou Essai", "Pharmacienne d'officine", "pharmacist"),
    ("May Sample", "Physician assistant, cardiology", "other HCP"),
    ("Nat Sample", "Physiotherapist. Stroke rehab", "other HCP"),
    ("Oli Sample", "Registered dietitian for diabetes", "other HCP"),
    ("Pia Sample", "Clinical psychologist", "other HCP"),
    ("Rex Sample", "Genetic counselor, BRCA", "other HCP"),
    ("Sam Sample, PhD", "Immunology of asthma", "researcher"),
    ("Tia Sample", "Cancer biologist. PI. Organoids", "researcher"),
    ("Ugo Sample", "Professor of health policy", "researcher"),
    ("Val Sample", "PhD student in epigenetics", "researcher"),
    ("Wes Muster", "Wissenschaftler, Biochemie", "researcher"),
    ("Xia Essai", "Chercheuse à l'institut", "researcher"),
    ("Yan Sample", "Epidemiologist and R user", "researcher"),
    ("Example Heart Society", "Cardiologists of the coast", "organisation"),
    ("St Sample Hospital", "300 physicians, one mission", "organisation"),
    ("Universitätsklinikum Musterstadt", "Ärzte und Pflege", "organisation"),
    ("Fundación Muestra", "Investigación del cáncer", "organisation"),
    ("MD Anderson Example Center", "Making history", "organisation"),
    ("Sample Lungs", "Official account of the lung section", "organisation"),
    ("Sample Kidney Fund", "A charity for people living with CKD", "organisation"),
    ("Samplar Pharmaceuticals", "Medicines for rheumatology", "company"),
    ("Examplix Inc", "Sequencing", "company"),
    ("Proben", "We are a clinical-stage biotech in oncology", "company"),
    ("Muster GmbH", "Diagnostik", "company"),
    ("Journal of Sample Medicine", "Edited by physicians", "media"),
    ("Sample Health News", "All on cancer", "media"),
    ("Ann Sample", "Health journalist", "media"),
    ("Paper feed", "Bot that tweets new papers on melanoma", "bot"),
    ("asthma_papers bot", "PubMed by the hour", "bot"),
    ("Bob Sample", "Coffee, cats, football. Baltimore, MD", None),
    ("Cat Sample", "Not a doctor. Writes novels", None),
    ("Dan Sample", "rn just watching tv", None),
    ("Eva Sample", "Medical student, class of 2027", None),
    ("Fred Sample", "Proud husband of a nurse. Fishing", None),
    ("Gail Sample", "Doctor Who fan", None),
    ("Hank Sample", "Tree surgeon in Devon", None),
    ("Ivy Sample", "I DO yoga", None),
    ("Jed Sample", "Pre-med. Future doctor", None),
    ("Kit Sample", "Robotics and bottles", None),
    (None, None, None),
]


def test_bios_tell_the_expected_roles(study):
    """Each invented bio gives the role a reader would give it, or none."""
    study.add_accounts([(name, bio) for name, bio, _ in BIOS])

    study.assign()

    found = study.roles()
    expected = {n: role for n, (_, _, role) in enumerate(BIOS) if role}
    wrong = {
        BIOS[n][:2]: (found.get(n), expected.get(n))
        for n in range(len(BIOS))
        if found.get(n) != expected.get(n)
    }
    assert wrong == {}


def test_none_of_these_bios_is_a_patients(study):
    """Professionals and organisations stay open to lists."""
    study.add_accounts([(name, bio) for name, bio, _ in BIOS])

    study.assign()

    assert study.closed() == set()


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Physician", "clinician"),
        ("MD", "clinician"),
        ("Medical Doctor", "clinician"),
        ("Oncologist", "clinician"),
        ("clinician", "clinician"),
        ("Ärztin", "clinician"),
        ("Nurse Practitioner", "nurse"),
        ("RN", "nurse"),
        ("Registered Nurse, Oncology", "nurse"),
        ("Pharmacist", "pharmacist"),
        ("PhD", "researcher"),
        ("Professor", "researcher"),
        ("Research Scientist", "researcher"),
        ("Other HCP", "other HCP"),
        ("Physician Assistant", "other HCP"),
        ("Dietitian", "other HCP"),
        ("Hospital", "organisation"),
        ("Medical Society", "organisation"),
        ("Journal", "organisation"),
        ("Pharma", "company"),
        ("Industry", "company"),
        ("Journalist", "media"),
        ("Bot", "bot"),
        ("unknown", None),
        ("", None),
        ("juggler", None),
    ],
)
def test_roster_words_become_roles(study, role, expected):
    """The words rosters use are mapped; what says nothing gives no role."""
    study.add_accounts([("A", None)])
    study.add_person(0, 0, role)

    study.assign()

    assert study.roles("roster").get(0) == expected


def test_rules_name_known_roles():
    """A rule cannot give a role that the rest of the toolkit lacks."""
    assert {rule.role for rule in (*BIO_RULES, *ROSTER_RULES)} <= set(ROLES)


def test_evidence_is_short():
    """Evidence is the name of a rule, not a text about a person."""
    for rule in (*BIO_RULES, *ROSTER_RULES):
        assert re.fullmatch(r"[\w .:]{3,50}", rule.evidence)
