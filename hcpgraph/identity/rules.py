"""How a bio, a name or a roster tells what an account does.

Tables of rules, read from the top: the first that fits decides. Patterns are RE2 on
text without accents. Words are matched without regard to case, ``(?i)``; credentials
in capitals only, as "md" is a place and "rn" means "right now".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class RoleRule:
    """One sign of a role.

    Attributes:
        role: one of ``hcpgraph.model.names.ROLES``.
        evidence: the rule in a few words, kept beside the role it gave. Never the
            text it was found in.
        pattern: what to look for.
        where: ``"name"``, or ``"all"`` for name and bio.
    """

    role: str
    evidence: str
    pattern: str
    where: Literal["name", "all"] = "all"


# Phrases with words of a role that say nothing about the account. They are taken out
# before the rules below are tried.
MISLEADING: Final = (
    r"(?i)\bMD,? Anderson\b",
    r"\b(?:Baltimore|Bethesda|Rockville|Silver Spring|Annapolis|Frederick|Columbia"
    r"|Gaithersburg|College Park|Germantown|Towson|Hagerstown|Laurel),? MD\b",
    r"(?i)\b(?:not an?|never an?|no|wannabe|future|aspiring|would-be|my|your|ask your"
    r"|see your|the|armchair) (?:real |actual |medical )?(?:doctor|physician|nurse"
    r"|pharmacist|scientist)\b",
    r"(?i)\b(?:wife|husband|daughter|son|mother|father|mum|mom|dad|sister|brother"
    r"|partner|married|engaged|spouse) (?:of|to) (?:an? |my |the )?(?:\w+ )?(?:doctor"
    r"|physician|nurse|surgeon|pharmacist|scientist|md)\b",
    r"(?i)\b(?:pre-?med|medical student|med student|student doctor|student nurse"
    r"|nursing student|pharmacy student|medizinstudent\w*|etudiante? en medecine"
    r"|estudiante de medicina)\b",
    r"(?i)\b(?:spin|script|love|car|computer|tree|plant|rug|play|house|juris) "
    r"(?:doctor|surgeon)\b|\bdoctor who\b|\bdr\.? pepper\b|\bdoctor strange\b",
    r"(?i)\bveterinary (?:surgeon|nurse|physician|medicine)\b|\bvet nurse\b",
    r"(?i)\b(?:rocket|mad|political|computer|data|social) scientist\b|\bnurse shark\b",
    r"(?i)\b(?:centro|material|seguro|turismo|equipo|cuadro|gremio) medico\b",
    r"(?i)\bdoctors? without borders\b|\bdoctor'?s? (?:appointment|office)\b",
)

# What comes before "-ologist" in the names of medical specialists, in the spellings
# of several languages.
_SPECIALIST: Final = (
    r"(?:allerg|anaesthesi|anesthesi|cardi|derm|dermat|diabet|electrophysi|endocrin"
    r"|endokrin|enter|epilept|geront|gynaec|gynak|gynec|ginec|haemat|hamat|hemat|hepat"
    r"|kardi|nefr|neonat|nephr|neur|onc|onk|ophthalm|oftalm|path|pneum|proct|pulmon"
    r"|radi|rheumat|reumat|rhumat|ur)"
)

# Signs in names and bios.
BIO_RULES: Final = (
    RoleRule(
        "bot", "bot",
        r"(?i)\b(?:twitter|x|rss|news|paper|pubmed|arxiv|auto|feed|retweet)?bot\b"
        r"|\bautomated (?:account|feed|tweets|posts)\b|\brss feed\b"
        r"|\b(?:tweets|posts) (?:new|the latest) (?:papers|articles|publications)\b",
    ),
    RoleRule("clinician", "MD after the name",
         r"(?:,\s*|\s)(?:M\.?D\.?|MBBS|MBChB|FRCPC?|FRCS|FACC|FACP|FACS|FASCO|FESC)"
         r"(?:\W|$)", "name"),
    RoleRule("nurse", "RN after the name",
         r"(?:,\s*|\s)(?:RN|BSN|MSN|DNP|FNP|APRN|CRNA|LPN|OCN|NP|ANP)(?:\W|$)", "name"),
    RoleRule("pharmacist", "PharmD after the name",
         r"(?:,\s*|\s)(?:Pharm\.?D\.?|RPh|MRPharmS|BCPS|BCOP)(?:\W|$)", "name"),
    RoleRule("researcher", "PhD after the name",
         r"(?:,\s*)(?:Ph\.?D\.?|DPhil|Sc\.?D\.?|Dr\.? rer\.? nat\.?)(?:\W|$)", "name"),
    RoleRule("media", "journal or news in the name",
         r"(?i)\b(?:news|magazine|newspaper|radio|tv|podcast|times|daily|medscape"
         r"|nachrichten|zeitung|noticias|journal|revue|revista|zeitschrift)\b", "name"),
    RoleRule("company", "company in the name",
         r"(?i)\b(?:pharma|pharmaceuticals?|therapeutics|biotech\w*|biopharma\w*"
         r"|biosciences|life ?sciences|diagnostics|medtech|inc|ltd|llc|gmbh|corp"
         r"|s\.?a\.?s|laboratories|laboratoires|laboratorios)\b", "name"),
    RoleRule("organisation", "organisation in the name",
         r"(?i)\b(?:hospitals?|society|foundation|association|institutes?|university"
         r"|college|academy|centers?|centres?|clinic|network|alliance|federation"
         r"|charity|trust|ministry|department|dept|council|consortium|coalition"
         r"|congress|nhs|league|group|committee|klinik\w*|klinikum|krankenhaus"
         r"|gesellschaft|stiftung|universitat\w*|verein|verband|hopital|societe"
         r"|fondation|universite|institut|ligue|sociedad|fundacion|asociacion"
         r"|universidad|clinica|sociedade|fundacao|societa|fondazione|ospedale)\b",
         "name"),
    RoleRule("media", "news account in the bio",
         r"(?i)\bofficial (?:\w+ )?(?:account|twitter|feed|page) (?:of|for) (?:the )?"
         r"(?:\w+ ){0,4}(?:journal|magazine|newspaper|podcast)\b|\bpeer[- ]reviewed"
         r" journal\b|\b(?:breaking|latest|daily) (?:\w+ ){0,2}news\b"),
    RoleRule("company", "company in the bio",
         r"(?i)\b(?:we are|we're|is) an? (?:\w+[ -]){0,4}(?:company|start-?up"
         r"|biotech)\b|\b(?:biotech(?:nology)?|pharma(?:ceutical)?|biopharma\w*|medtech|device)"
         r" company\b(?: (?:developing|focused|committed|dedicated|that))"
         r"|\bour products\b|\bnasdaq\b|\bnyse\b"),
    RoleRule("organisation", "official account in the bio",
         r"(?i)\bofficial (?:\w+ ){0,2}(?:account|twitter|feed|page|profile)\b"
         r"|\b(?:non-?profit|nonprofit|charity|not-for-profit|501\W?c\W?3)\b"
         r"|\b(?:compte officiel|cuenta oficial|offizieller (?:account|kanal)"
         r"|conta oficial|profilo ufficiale)\b|\bwe are (?:an?|the) (?:\w+ ){0,5}"
         r"(?:hospital|society|organi[sz]ation|charity|foundation|association|clinic)"),
    RoleRule("nurse", "nurse in words",
         r"(?i)\b(?:nurse|midwife|krankenschwester|krankenpfleger(?:in)?"
         r"|pflegefach(?:kraft|frau|mann|person)|hebamme|infirmiere?|sage-femme"
         r"|enfermer[oa]|enfermeir[oa]|infermier[ea]|matrona|verpleegkundige)\b"),
    RoleRule("pharmacist", "pharmacist in words",
         r"(?i)\b(?:pharmacist|apotheker(?:in)?|pharmacien(?:ne)?|farmaceutic[oa]"
         r"|farmacist[ai]|apothecary)\b|\bPharm\.?D\b"),
    RoleRule("other HCP", "other health profession in words",
         r"(?i)\b(?:physician (?:assistant|associate)|physio(?:therapist|therapeut\w*)?"
         r"|physical therapist|occupational therapist|speech (?:and language )?"
         r"(?:therapist|pathologist)|psychologist|psychotherapist|dietiti?an"
         r"|dietician|nutritionist|dentist|paramedic|optometrist|audiologist"
         r"|radiographer|genetic counsell?or|social worker|podiatrist|chiropractor"
         r"|respiratory therapist|phlebotomist|psicolog[oa]|psychologue|psychologin"
         r"|psychologe|kinesitherapeute|fisioterapeut[ao]|nutricionista|odontolog[oa]"
         r"|zahnarzt|zahnarztin|dentiste|logopad\w+)\b|\b(?:PA-C|DDS|DMD|BDS|DPT)\b"),
    RoleRule("clinician", "MD in the bio",
         r"(?:^|[\s,;|/(&+\-])(?:MD|M\.D\.|MBBS|MBChB|MB BCh|FRCPC?|FRCS|FACC|FACP"
         r"|FACS|FASCO|FESC|MRCP|MRCGP|FRACP|DNB)(?:[\s,;|/)&+\-.!]|$)"),
    RoleRule("clinician", "physician in words",
         r"(?i)\b(?:physician|surgeon|p(?:a?e)diatrician|psychiatrist|hospitalist"
         r"|internist|intensivist|obstetrician|general practitioner|anesthetist"
         r"|anaesthetist|cardiac electrophysiologist|family doctor|junior doctor"
         r"|medical doctor|nhs doctor|hospital doctor|er doctor|consultant in \w+"
         r"|neurosurgeon|chief resident|medical resident|oncology fellow"
         r"|cardiology fellow|hematology/oncology fellow|ob-?gyn"
         r"|(?:fach|ober|chef|assistenz|haus|kinder|frauen)?arzt(?:in)?|mediziner(?:in)?"
         r"|chirurg(?:in)?|chirurgien(?:ne)?|medecin|pediatre|psychiatre|medic[oa]"
         r"|cirujan[oa]|cirurgiao|pediatra|psiquiatra|chirurgo|huisarts|psychiater(?:in)?"
         r"|kinderarztin)\b"),
    RoleRule("clinician", "medical specialist in words",
         rf"(?i)\b(?:\w+-?)?{_SPECIALIST}olog(?:ist|ue|o|a|e|in|en)\b"),
    RoleRule("clinician", "GP in the bio",
         r"(?:^|[\s,;|/(&+\-])GP(?:[\s,;|/)&+\-.!]|$)"),
    RoleRule("nurse", "RN in the bio",
         r"(?:^|[\s,;|/(&+\-])(?:RN|BSN|MSN|DNP|FNP|APRN|CRNA|OCN)(?:[\s,;|/)&+\-.!]|$)"),
    RoleRule("researcher", "researcher in words",
         r"(?i)\b(?:scientist|researcher|professor|prof\.?|postdoc\w*|phd|ph\.d|dphil"
         r"|principal investigator|epidemiologist|biostatistician|biologist"
         r"|immunologist|virologist|geneticist|microbiologist|neuroscientist"
         r"|bioinformatician|lecturer|forscher(?:in)?|wissenschaftler(?:in)?"
         r"|professorin|chercheur|chercheuse|professeure?|investigadora?|profesora?"
         r"|cientific[oa]|ricercat(?:ore|rice)|professore|professora|pesquisadora?"
         r"|onderzoeker)\b|\b(?:Dr\.? rer\.? nat)\b"),
    RoleRule("clinician", "Dr. med.", r"(?i)\bdr\.? med\b"),
    RoleRule("media", "journalist in the bio",
         r"(?i)\b(?:journalist|reporter|health editor|news editor|correspondent"
         r"|journaliste|periodista|journalistin|giornalista|jornalista)\b"),
    RoleRule("clinician", "doctor in words",
         r"(?i)\b(?:doctor|doctora|docteur|dottore|dottoressa)\b"),
    RoleRule("clinician", "title Dr", r"^(?:Dr|Dra|DR)\b\.?\s", "name"),
)  # fmt: skip

# What rosters write in their role column, or, where it is empty, as the specialty.
ROSTER_RULES: Final = (
    RoleRule("unknown", "roster: none",
             r"(?i)^(?:patient|unknown|n/?a|none|other|-)?$"),
    RoleRule("bot", "roster: bot", r"(?i)\bbot\b"),
    RoleRule("nurse", "roster: nurse",
         r"(?i)\b(?:nurs\w*|rn|np|lpn|fnp|aprn|crna|dnp|bsn|msn|midwi\w+|infirmiere?"
         r"|enfermer[oa]|enfermeir[oa]|infermier[ea]|pflege\w*|kranken(?:schwester"
         r"|pfleger\w*)|hebamme)\b"),
    RoleRule("pharmacist", "roster: pharmacist",
         r"(?i)\b(?:pharmacist|pharmacy|pharm\.?d|rph|apotheker(?:in)?|pharmacien(?:ne)?"
         r"|farmaceutic[oa]|farmacist[ai])\b"),
    RoleRule("other HCP", "roster: other health profession",
         r"(?i)\b(?:other hcp|hcp|physician (?:assistant|associate)|pa-?c|physio\w*"
         r"|physical therap\w+|occupational therap\w+|psycholog\w+|diet\w+|nutrition\w*"
         r"|dent\w+|zahn\w+|optomet\w+|audiolog\w+|paramedic|social worker|therapist"
         r"|podiatr\w+|chiropract\w+|genetic counsell?or|radiographer|technician"
         r"|technologist|allied health\w*|health ?care professional)\b"),
    RoleRule("company", "roster: company",
         r"(?i)\b(?:company|pharma|pharmaceuticals?|industry|biotech\w*|manufacturer"
         r"|sponsor|vendor|unternehmen|entreprise|empresa)\b"),
    RoleRule("media", "roster: media",
         r"(?i)\b(?:media|journalist\w*|press|reporter|news\w*|editor|blogger)\b"),
    RoleRule("clinician", "roster: physician",
         r"(?i)\b(?:clinician|physician|doctor|md|m\.d|do|mbbs|mbchb|surgeon|gp|arzt"
         r"|arztin|(?:fach|ober|chef)arzt(?:in)?|medecin|medic[oa]|consultant|specialist"
         r"|resident|fellow|psychiatrist|p(?:a?e)diatrician|hospitalist|internist"
         r"|general practi\w+|(?:\w+-?)?(?:onc|cardi|neur|rheumat|dermat|pulmon|enter"
         r"|endocrin|nephr|ur|hemat|haemat|hepat|gyna?ec|radi|allerg|kardi|onk"
         r"|ophthalm|an(?:a?e)sthesi|diabet)olog(?:ist|ue|o|a|e|in))\b"),
    RoleRule("researcher", "roster: researcher",
         r"(?i)\b(?:research\w*|scientist|professor|prof|phd|ph\.d|academic|investigator"
         r"|postdoc\w*|lecturer|forscher(?:in)?|wissenschaftler(?:in)?|chercheu\w+"
         r"|investigadora?|biologist|epidemiologist|statistician)\b"),
    RoleRule("organisation", "roster: organisation",
         r"(?i)\b(?:organi[sz]ation|hospital|society|journal|institution|institute"
         r"|university|association|foundation|charity|clinic|center|centre|agency"
         r"|government|ngo|nonprofit|non-profit|payer|payor|klinik\w*|hopital"
         r"|krankenhaus|gesellschaft|sociedad|societe|fundacion)\b"),
    RoleRule("clinician", "roster: medical specialty",
         r"(?i)\b(?:internal medicine|family medicine|family practice"
         r"|emergency medicine|oncology|cardiology|neurology|rheumatology|dermatology"
         r"|pulmonology|gastroenterology|endocrinology|nephrology|urology|ha?ematology|hepatology"
         r"|gyna?ecology|obstetrics|p(?:a?e)diatrics|psychiatry|radiology|surgery"
         r"|pathology|infectious diseases?|allergy|immunology|ophthalmology"
         r"|an(?:a?e)sthesiology|hospital medicine|sleep medicine|pain medicine"
         r"|innere medizin|onkologie|kardiologie|neurologie|oncologie|cardiologie"
         r"|oncologia|cardiologia|neurologia)\b"),
)  # fmt: skip
