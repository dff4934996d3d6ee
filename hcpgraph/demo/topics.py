"""The disease areas of the synthetic world and the words its people use for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# Areas of one specialty are closer to each other than to the rest.
GENERALIST: Final = "Internal Medicine"


@dataclass(frozen=True, slots=True)
class Topic:
    """A disease area as people post about it.

    Attributes:
        slug: the area in the built-in vocabulary.
        specialty: specialty of those who work in it, as a roster says it.
        specialist: what such a clinician calls themselves.
        hashtags: hashtags of the area in the built-in vocabulary, without ``#``.
        condition: the disease in running text, by language.
        subjects: what can be talked about, in English; each names the disease.
    """

    slug: str
    specialty: str
    specialist: str
    hashtags: tuple[str, ...]
    condition: Mapping[str, str]
    subjects: tuple[str, ...]


TOPICS: Final = (
    Topic(
        "breast-cancer",
        "Oncology",
        "breast oncologist",
        ("bcsm", "BreastCancer"),
        {
            "en": "breast cancer",
            "de": "Brustkrebs",
            "fr": "cancer du sein",
            "es": "cáncer de mama",
        },
        (
            "breast cancer screening",
            "metastatic breast cancer",
            "follow-up after breast cancer",
            "breast cancer surgery",
            "breast cancer registries",
        ),
    ),
    Topic(
        "lung-cancer",
        "Oncology",
        "thoracic oncologist",
        ("lcsm", "LungCancer"),
        {
            "en": "lung cancer",
            "de": "Lungenkrebs",
            "fr": "cancer du poumon",
            "es": "cáncer de pulmón",
        },
        (
            "lung cancer screening",
            "non-small cell lung cancer",
            "small cell lung cancer",
            "lung cancer staging",
            "lung cancer care pathways",
        ),
    ),
    Topic(
        "diabetes",
        "Endocrinology",
        "diabetologist",
        ("diabetes", "T2D"),
        {"en": "diabetes", "de": "Diabetes", "fr": "diabète", "es": "diabetes"},
        (
            "type 2 diabetes",
            "type 1 diabetes",
            "diabetes education",
            "foot care in diabetes",
            "glucose monitoring in diabetes",
        ),
    ),
    Topic(
        "heart-failure",
        "Cardiology",
        "heart failure cardiologist",
        ("HeartFailure", "HFpEF"),
        {
            "en": "heart failure",
            "de": "Herzinsuffizienz",
            "fr": "insuffisance cardiaque",
            "es": "insuficiencia cardíaca",
        },
        (
            "heart failure clinics",
            "acute heart failure",
            "heart failure with preserved ejection fraction",
            "cardiac rehabilitation in heart failure",
            "heart failure readmissions",
        ),
    ),
    Topic(
        "multiple-sclerosis",
        "Neurology",
        "MS neurologist",
        ("MultipleSclerosis", "MultScler"),
        {
            "en": "multiple sclerosis",
            "de": "Multiple Sklerose",
            "fr": "sclérose en plaques",
            "es": "esclerosis múltiple",
        },
        (
            "relapsing multiple sclerosis",
            "progressive multiple sclerosis",
            "imaging in multiple sclerosis",
            "multiple sclerosis rehabilitation",
            "multiple sclerosis registries",
        ),
    ),
    Topic(
        "asthma",
        "Pulmonology",
        "respiratory physician",
        ("asthma", "AsthmaChat"),
        {"en": "asthma", "de": "Asthma", "fr": "asthme", "es": "asma"},
        (
            "severe asthma",
            "asthma in children",
            "inhaler technique in asthma",
            "asthma action plans",
            "asthma reviews in primary care",
        ),
    ),
)
