"""Phrases by which people say that they are patients, or care for one at home.

Such accounts are never listed, and nothing else is kept of what they said. The
phrases fall in two tables. ``OTHERS`` are those of people who work with patients, or
speak of them ("patient safety", "people living with HIV"); they are taken out of a
bio first. ``SELF`` are statements about oneself, looked for in what is left. Where
a bio may mean either, it counts as a patient's: to leave out a colleague is a
smaller harm than to list a patient.

Where a roster has a column for roles, a word is enough (``IN_ROLE``), but for those of
whom patients are the work (``FOR_PATIENTS``). Whoever writes it there is never listed,
and why is not kept.

All patterns are RE2, without regard to case; those of bios fit text without accents.
"""

from __future__ import annotations

from typing import Final

_MANY: Final = (
    r"people|persons|individuals|those|anyone|everyone|others|folks|children|kids"
    r"|adults|adolescents|teens|youth|women|men|mothers|parents|families|infants"
    r"|babies|veterans|communities|patients|survivors|caregivers|carers|students"
)
_ILLNESS: Final = (
    r"(?:cancers?|ms|diabetes|t1d|t2d|disease|syndrome|parkinson'?s?|als|mnd|hiv|lupus"
    r"|epilepsy|asthma|depression|bipolar|dementia|alzheimer'?s?|copd|cf|fibrosis"
    r"|sclerosis|autism|asd|adhd|palsy|sickle cell|crohn'?s|colitis|migraines?|stroke"
    r"|special needs|disabilit\w+|chronic|rare|ibd|ra|psoriasis|endo|long covid|pots"
    r"|\w+itis|\w+omas?|\w+osis|\w+a?emia|\w+philia|\w+opathy)"
)
_KIN: Final = (
    r"(?:mum|mom|mama|mother|dad|father|parents?|wife|husband|spouse|daughter|son"
    r"|sister|brother)"
)

# What people say of patients who are not themselves.
OTHERS: Final = (
    # Compounds in which a patient is somebody's work.
    r"patient(?:'s|s)?[ -]?(?:advoca\w+|safety|care|cent(?:er|re)d\w*|centric\w*"
    r"|experience|engagement|involvement|educat\w+|outcomes?|reported|navigat\w+|access"
    r"|first|empower\w+|focus\w*|voices?|organi[sz]ations?|groups?|community|support"
    r"|communication|representation|rights|data|services?|information|derived|flow"
    r"|partners?(?:hip)?|perspectives?|registr\w+|recruitment|relations|wellbeing"
    r"|participation|activation|monitoring|research|level|facing|oriented|forum)\b",
    r"patient (?:and|&) (?:public|family|caregiver|carer)\b(?: \w+)?",
    r"\b(?:in|out)-?patients?\b",
    r"\b(?:my|our|your|the|each|every|per|one|single|helping a|treating a|any|to|for)"
    r" patient\b",
    r"\b(?:doctor|physician|nurse|clinician|provider)[ -]+patient\b",
    r"\b(?:very|so|be|not a|never a) patient\b",
    r"\bpatient (?:husband|wife|teacher|listener|man|woman|parent|mentor)\b",
    # Many people, not oneself.
    rf"\b(?:{_MANY})(?: \w+){{0,2}} (?:living|diagnosed|affected|impacted|struggling"
    r"|suffering|born) (?:with|by)\b",
    rf"\b(?:{_MANY}|experts) with lived experience\b",
    rf"\b(?:{_MANY})(?: \w+){{0,2}} in remission\b",
    r"\b(?:patients|survivors|caregivers|carers|warriors|diabetics|pacientes|patienten"
    r"|patientinnen|patientes|malades|betroffenen|cuidadores|aidants)\b",
    r"\bsurvivorship\b",
    r"\bsurvivor (?:care|research|programs?|programmes?|clinic|medicine|support|fan"
    r"|superfan|series)\b",
    r"\b(?:caregiver|carer|caretaker)s?'? (?:support|advoca\w+|burden|research|health"
    r"|education|programs?|programmes?|training|resources|needs|wellbeing)\b",
    r"\b(?:research\w*|stud(?:y|ies|ying)|treat\w*|improv\w+|clinic|charity|support"
    r"|resources|information|advice|podcast|app|trials?|quality of life)"
    r"(?: \w+){0,4} living (?:well )?with\b",
    r"\blived experience (?:research|group|panel|advisory|involvement)\b",
    # Life with one's family.
    r"\bliving with (?:my|his|her|a|an|two|three|the|our)? ?(?:wife|husband|partner"
    r"|family|cats?|dogs?|kids|children|books|purpose|passion|intention|gratitude|joy"
    r"|grace|love|hope|integrity)\b",
    # Spanish, Portuguese, Italian, French, German.
    r"\b(?:al|del|el|cada|do|ao|al|il|au|du|le|chaque|dem|den|der|jeder)"
    r" (?:paciente|paziente|patiente?n?)\b",
    r"\bpersonas (?:que viven|viviendo|diagnosticadas) con\b",
    r"\bpersonnes (?:atteintes|vivant|malades)\b(?: (?:de|avec))?",
    r"\bmenschen (?:mit|die mit)\b",
)

# What people say of themselves.
SELF: Final = (
    r"\b(?:e-?)?patient\s*(?:$|[.,;:|/&+!#()\-]|\b(?:and|with|since|living|turned|expert"
    r"|for life|\d))",
    rf"\b{_ILLNESS} patient\b",
    r"\bsurvivor\b",
    r"\b(?:thriver|previvor|spoonie|epatient)\b|#actuallyautistic",
    rf"\b{_ILLNESS}\W+(?:warrior|fighter)\b",
    r"\bliving (?:well |positively |my best life |life )?with\b",
    r"\bdiagnosed\b\s*(?:with|in|at|aged?|w/|last|on|as|\d|-|:|'|@)",
    r"\b(?:type ?[12]|type one|t[12]) ?diabetic\b|\bdiabetic (?:since|for)\b",
    rf"\bt[12]d(?:m)?(?: type)? (?:since|for|\d|{_KIN}|warrior)\b",
    r"\b(?:i'?m|i am|am|proudly|proud) (?:a |an )?(?:\w+ )?(?:diabetic|epileptic"
    r"|asthmatic|autistic|bipolar|disabled|hiv)\b",
    r"\bi (?:live with|suffer from|survived|am living|was diagnosed)\b",
    rf"\bi(?: have|'ve| had| got)(?: \w+){{0,3}} {_ILLNESS}\b",
    r"\bmy (?:own |breast |lung |prostate |bowel |chronic |mental |rare |brain |skin "
    r")?(?:diagnosis|illness|cancer|chemo|disease|stoma|tumou?r|symptoms)\b",
    r"\bmy (?:journey|battle|fight|life|experiences?|struggles?)"
    r" (?:with|against|through|after)\b",
    r"\b(?:caregiver|care giver|carer|caretaker|care partner)\b",
    r"\bcaring for (?:my|her|his|our) ",
    rf"\b{_KIN} (?:of|to)(?: \w+){{0,5}} (?:with|who has|has|have|living with)"
    rf"(?: \w+){{0,2}} {_ILLNESS}\b",
    rf"\b{_KIN} (?:of|to) an? (?:\w+ )?(?:{_ILLNESS}|diabetic|autistic|disabled) ",
    rf"\b(?:{_ILLNESS}|heart|nicu) {_KIN}\b",
    r"\b(?:transplant|kidney|liver|heart|organ|lung|marrow) recipient\b",
    r"\bin remission\b|\bcancer[- ]free\b|\bned since\b|\blived experience\b",
    r"\bamputee\b|\bhiv ?(?:positive|\+)",
    r"\bstage (?:iv|4|iii|3|ii|2)(?: \w+){0,2} cancer\s*(?:$|[.,;|!])",
    # German, French, Spanish, Portuguese, Italian.
    r"\b(?:betroffener?|uberlebender?|patientin|erkrankt (?:an|seit)|lebe(?: ich)? mit"
    r"|leben mit (?:meine[mr]|ms|diabetes|krebs|hiv)|pflegender? angehoriger?"
    r"|krebskrank\w*)\b",
    r"\b(?:atteinte? (?:de|du|d'une?)|malade|vivant avec|je vis avec|survivante?"
    r"|aidante?|diagnostiquee?|patiente)\b",
    r"\b(?:paciente|sobrevivient[ea]|supervivient[ea]|vivo con|vivo com|conviviendo con"
    r"|diagnosticad[oa]|cuidadora?|luchadora? contra|paziente|sopravvissut[oa])\b",
    r"\b(?:madre|padre|mama|papa|mae|pai) de (?:un|una|uma?) (?:nin[oa]|hij[oa]"
    r"|filh[oa]) com?n?\b",
)

# What says in a role that somebody is a patient, and what does not.
IN_ROLE: Final = (
    r"(?i)\b(patients?|patientadvocate|e-?patient|survivors?|previvor|thriver|warrior"
    r"|fighter|caregivers?|care ?givers?|carers?|caretakers?|care partners?|living with"
    r"|diagnosed|in remission|lived experience|amputee|recipient"
    r"|patient(in|innen|en)|betroffener?|[u\x{fc}]berlebender?|angeh[o\x{f6}]riger?"
    r"|patiente?s?|malade|survivante?s?|aidante?s?|atteinte?s?"
    r"|pacientes?|sobreviviente|superviviente|cuidadora?|pazient[ei]|sopravvissut[oa]"
    r"|diagnosticad[oa])\b"
)
FOR_PATIENTS: Final = (
    r"(?i)\bpatients? ?-?(care|safety|services?|experience|education|access|relations"
    r"|engagement|navigat\w+|liaison|flow|affairs|support|centred|centered|oriented"
    r"|coordinator|transport\w*)\b"
)
