"""The built-in vocabulary against public lists of hashtags and headings."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from hcpgraph import areas

DATA = Path(__file__).parents[2] / "../shared/data"
HASHTAGS = DATA / "disease_areas/DiseaseHashtags.csv"
TREES = DATA / "mesh_disease_tree/mesh_disease_trees.csv"

# Heading and branch meant for each area.
HEADINGS = {
    "cancer": ("Neoplasms", "C04"),
    "breast-cancer": ("Breast Neoplasms", "C04"),
    "lung-cancer": ("Lung Neoplasms", "C04"),
    "prostate-cancer": ("Prostatic Neoplasms", "C04"),
    "colorectal-cancer": ("Colorectal Neoplasms", "C04"),
    "upper-gi-cancer": ("Digestive System Neoplasms", "C04"),
    "melanoma": ("Melanoma", "C04"),
    "blood-cancer": ("Hematologic Neoplasms", "C04"),
    "gynaecologic-cancer": ("Genital Neoplasms, Female", "C04"),
    "urogenital-cancer": ("Urogenital Neoplasms", "C04"),
    "brain-tumour": ("Brain Neoplasms", "C04"),
    "head-neck-cancer": ("Head and Neck Neoplasms", "C04"),
    "sarcoma": ("Sarcoma", "C04"),
    "diabetes": ("Diabetes Mellitus", "C19"),
    "obesity": ("Obesity", "C18"),
    "thyroid-disease": ("Thyroid Diseases", "C19"),
    "heart-failure": ("Heart Failure", "C14"),
    "atrial-fibrillation": ("Atrial Fibrillation", "C14"),
    "heart-disease": ("Heart Diseases", "C14"),
    "hypertension": ("Hypertension", "C14"),
    "thrombosis": ("Thrombosis", "C14"),
    "stroke": ("Stroke", "C10"),
    "asthma": ("Asthma", "C08"),
    "copd": ("Pulmonary Disease, Chronic Obstructive", "C08"),
    "cystic-fibrosis": ("Cystic Fibrosis", "C08"),
    "pulmonary-fibrosis": ("Pulmonary Fibrosis", "C08"),
    "multiple-sclerosis": ("Multiple Sclerosis", "C10"),
    "parkinsons": ("Parkinson Disease", "C10"),
    "dementia": ("Dementia", "C10"),
    "epilepsy": ("Epilepsy", "C10"),
    "migraine": ("Migraine Disorders", "C10"),
    "motor-neurone-disease": ("Motor Neuron Disease", "C10"),
    "depression": ("Depressive Disorder", "F03"),
    "mental-health": ("Mental Disorders", "F03"),
    "neurodevelopmental": ("Neurodevelopmental Disorders", "F03"),
    "sleep-disorders": ("Sleep Wake Disorders", "F03"),
    "rheumatoid-arthritis": ("Arthritis, Rheumatoid", "C05"),
    "rheumatic-disease": ("Rheumatic Diseases", "C05"),
    "osteoporosis": ("Osteoporosis", "C05"),
    "chronic-pain": ("Chronic Pain", "C23"),
    "psoriasis": ("Psoriasis", "C17"),
    "skin-disease": ("Skin Diseases", "C17"),
    "ibd": ("Inflammatory Bowel Diseases", "C06"),
    "digestive-disease": ("Gastrointestinal Diseases", "C06"),
    "hepatitis": ("Hepatitis, Viral, Human", "C06"),
    "liver-disease": ("Liver Diseases", "C06"),
    "kidney-disease": ("Kidney Diseases", "C12"),
    "urologic-disease": ("Urologic Diseases", "C12"),
    "hiv": ("HIV Infections", "C01"),
    "covid-19": ("COVID-19", "C01"),
    "influenza": ("Influenza, Human", "C01"),
    "infectious-disease": ("Communicable Diseases", "C01"),
    "allergy": ("Hypersensitivity", "C20"),
    "rare-disease": ("Rare Diseases", "C23"),
    "sickle-cell": ("Anemia, Sickle Cell", "C15"),
    "haemophilia": ("Hemorrhagic Disorders", "C15"),
    "endometriosis": ("Endometriosis", "C12"),
    "infertility": ("Infertility", "C12"),
    "pregnancy-complications": ("Pregnancy Complications", "C12"),
    "brain-injury": ("Brain Injuries", "C10"),
    "hearing-loss": ("Hearing Loss", "C09"),
}
# The roots of their branches, which the tables of positions leave out.
ROOTS = {"D009369": ("Neoplasms", "C04"), "D001523": ("Mental Disorders", "F03")}

# Left out: too broad, ambiguous, no disease, or of one campaign.
LEFT_OUT = {
    "add", "bald", "cerebral", "chemo", "fmd", "glint", "hccd", "hearthealth",
    "heatstroke", "inflammation", "mcam", "ncds", "synesthesia", "xmrv",
}  # fmt: skip


def test_every_area_has_an_expected_heading():
    """Adding an area means saying which heading it stands for."""
    assert {area.slug for area in areas.load().areas} == set(HEADINGS)


@pytest.mark.skipif(not TREES.exists(), reason="MeSH trees are not beside the checkout")
def test_headings_are_those_of_the_thesaurus():
    """Each descriptor id is that of the heading meant, in the branch meant."""
    found = defaultdict(set)
    with TREES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            key = (row["DescriptorName"], row["tree_location"].split(".")[0])
            found[row["DescriptorUI"]].add(key)
    for root, key in ROOTS.items():
        found[root].add(key)

    wrong = [
        (area.slug, area.mesh)
        for area in areas.load().areas
        if HEADINGS[area.slug] not in found[area.mesh]
    ]

    assert wrong == []


def known_hashtags():
    """Every hashtag that some area takes, as a tag or as a word."""
    _, term_rows = areas.rows(areas.load())
    return {term for _, kind, term in term_rows if kind != "exclude"}


def listed():
    """Folded hashtags of the public list, by group."""
    groups = defaultdict(set)
    with HASHTAGS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["Hashtags"].strip():
                groups[row["Sub-Group"]].add(areas.folded(row["Hashtags"]))
    return groups


@pytest.mark.skipif(
    not HASHTAGS.exists(), reason="hashtags are not beside the checkout"
)
def test_most_listed_hashtags_lead_to_an_area():
    """At least 95 of 100 do, at least one in each group, and gaps are deliberate."""
    groups, known = listed(), known_hashtags()
    every = set().union(*groups.values())

    missing = every - known

    assert missing == LEFT_OUT
    assert 1 - len(missing) / len(every) >= 0.95
    assert [group for group, tags in groups.items() if not tags & known] == []
