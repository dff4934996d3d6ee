"""Bios of accounts: credentials, employers, or nothing of the kind."""

from __future__ import annotations

from typing import Final

from hcpgraph.demo.cast import (
    BOT,
    CLINICIAN,
    COMPANY,
    MEDIA,
    NURSE,
    ORGANISATION,
    OTHER,
    PATIENT,
    PHARMACIST,
    PUBLIC,
    RESEARCHER,
)

# {specialist} {condition} {institution} {town} {tag} {name} are filled in. The bios of
# groups stand in the order of GROUPS, one for each kind of group.
BIOS: Final = {
    CLINICIAN: (
        "MD, {specialist} at {institution}. Views my own. #{tag}",
        "Consultant {specialist}, {institution}. Teaching and long walks.",
        "{specialist}, MD PhD. Clinical trials in {condition}.",
        "Physician caring for people with {condition}. {institution}. Not advice.",
        "Attending physician, {specialist} | {town} | #{tag}",
        "Doctor. Mostly {condition}, some gardening.",
    ),
    NURSE: (
        "Registered nurse, {condition} clinic, {institution}.",
        "RN, MSN. Nurse specialist in {condition}. #{tag}",
        "Clinical nurse specialist | {condition} | tea before ward round",
    ),
    PHARMACIST: (
        "PharmD, clinical pharmacist at {institution}. #{tag}",
        "Hospital pharmacist, medicines safety in {condition}.",
    ),
    RESEARCHER: (
        "PhD. Researcher in {condition}, {institution}.",
        "Professor of epidemiology. Registries, {condition}, open data. #{tag}",
        "Postdoc working on {condition} at {institution}. Statistics.",
        "Scientist, PhD: biology of {condition}.",
    ),
    OTHER: (
        "Physiotherapist, {institution}. Rehabilitation in {condition}.",
        "Registered dietitian. Food and {condition}. #{tag}",
        "Clinical psychologist working with people with {condition}.",
    ),
    ORGANISATION: (
        "Non-profit society for all who work in {condition}. Official account. #{tag}",
        "Peer-reviewed research, open access. The journal's official account. #{tag}",
        "Official account of the hospital. Teaching, research and care in {condition}.",
    ),
    COMPANY: (
        "Corporate news of {name}, a diagnostics company.",
        "{name} makes devices for hospitals. Corporate account, no medical advice.",
    ),
    MEDIA: (
        "News for clinics and wards, by the editors of {name}. Newsletter.",
        "{name}: health news every morning. Newspaper and magazine.",
    ),
    BOT: (
        "Bot. Posts every new paper on {condition}. Automated.",
        "Automated reposts of #{tag}. I am a bot.",
        "",
    ),
    PATIENT: (
        "Living with {condition} since 2016. Patient advocate.",
        "Patient with {condition}. Sharing my story. #{tag}",
        "Diagnosed with {condition} in 2019, still dancing.",
    ),
    PUBLIC: (
        "Trains, football, allotment. {town}.",
        "Photographs of birds and the sea.",
        "Parent, teacher, reader.",
    ),
}
# Name and handle of organisations, companies and media.
GROUPS: Final = {
    ORGANISATION: (
        ("{town} Society of {specialty}", "{town}Soc"),
        ("{town} Journal of {specialty}", "{town}J"),
        ("{town} University Hospital", "{town}Hosp"),
    ),
    COMPANY: (("{town} Diagnostics", "{town}Dx"), ("{town} Devices", "{town}Dev")),
    MEDIA: (("The {town} Ward Letter", "{town}Ltr"), ("{town} Gazette", "{town}Gaz")),
}
VAGUE: Final = (
    "Coffee, trails and family. Opinions mine.",
    "{town}. Reposts are not endorsements.",
    "",
)
VAGUE_SHARE: Final = 0.12  # of professionals and bots, who then say nothing of it
