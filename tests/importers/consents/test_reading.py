"""Files of consent of several systems, read alike; unknown words are counted."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hcpgraph.errors import ExportError, MissingColumns
from hcpgraph.importers.consents import is_platform_result, read_consent
from hcpgraph.importers.consents.days import day_of, last_day
from hcpgraph.importers.consents.words import CHANNEL, PURPOSE, STATUS, meant
from hcpgraph.model.consent import PersonName, Statement
from tests.spreadsheets import workbook


@pytest.fixture
def read(tmp_path):
    """Read a file with some content; gives what it says."""

    def reading(content, name="consent.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_consent(path)

    return reading


def statements(found):
    return [one for row in found.rows for one in row.statements]


PLAIN = Statement(
    "email", "commercial", "no", "consent", date(2025, 12, 31), None, "form"
)


@pytest.mark.parametrize(
    "text",
    [
        "handle,channel,purpose,status,basis,date,source,expiry\n"
        "nina,e-mail,marketing,Opted Out,consent,2025-12-31,form,\n",
        "Nutzername;Kanal;Zweck;Einwilligung;Rechtsgrundlage;Datum;Quelle;gültig bis\n"
        "@Nina;E-Mail;Werbung;widerrufen;Einwilligung;31.12.2025;form;\n",
        "Nom d'utilisateur\tCanal\tFinalité\tStatut\tBase légale\tDate\tOrigine\n"
        "nina\tCourriel\tPublicité\tretiré\tConsentement\t31/12/2025\tform\n",
        "usuario;canal;finalidad;estado;base jurídica;fecha;fuente\n"
        "nina;correo electrónico;publicidad;revocado;consentimiento;2025-12-31;form\n",
        "nome utente;canale;finalità;stato;base giuridica;data;fonte\n"
        "nina;posta elettronica;pubblicità;revocato;consenso;31 dicembre 2025;form\n",
    ],
    ids=["english", "german", "french", "spanish", "italian"],
)
def test_five_languages_say_the_same(read, text):
    """In headings and in cells."""
    found = read(text)

    assert found.rejected == ()
    assert found.rows[0].names == (PersonName("handle", "nina"),)
    assert statements(found) == [PLAIN]


VEEVA = (
    "Id,Account_vod__c,Account_vod__r.NPI_vod__c,Owner.Email,RecordType.Name,"
    "Consent_Type_vod__c,Channel_Value_vod__c,Opt_Type_vod__c,Capture_Datetime_vod__c,"
    "Opt_Expiration_Date_vod__c\n"
    "a0X1,0011t00000AbcDeAAZ,1999999984,rep@example.org,Approved Email,"
    "a0T1t000000AbcdEAA,nina@example.org,{},2025-01-01T23:30:00.000-0500,2027-01-01\n"
)


@pytest.mark.parametrize(
    ("said", "status"),
    [("Opt_In_vod", "yes"), ("Opt_Out_vod", "no"), ("Opt_In_Pending_vod", "pending")],
)
def test_veeva_says_it_by_type_of_opt(read, said, status):
    """The person is the account, its NPI and the address; no owner, no row."""
    found = read(VEEVA.format(said))

    assert found.system == "veeva"
    assert {(name.kind, name.text) for name in found.rows[0].names} == {
        ("record", "0011t00000AbcDe"),
        ("npi", "1999999984"),
        ("email", "nina@example.org"),
    }
    (one,) = statements(found)
    assert (one.channel, one.purpose, one.status) == ("email", "contact", status)
    assert (one.given, one.until) == (date(2025, 1, 2), date(2027, 1, 1))


def test_vault_says_it_likewise(read):
    """Names of fields end in __v there."""
    found = read(
        "id,account__v,consent_type__v,opt_type__v,npi__v\n"
        "V1,V0001,email__v,opt_out__v,1999999984\n"
    )

    assert [name.kind for name in found.rows[0].names] == ["npi", "record"]
    assert [(o.channel, o.status) for o in statements(found)] == [("email", "no")]


def test_ticked_boxes_of_salesforce_are_objections(read):
    """Boxes that are not ticked are no consent, and say nothing."""
    found = read(
        "Id,HasOptedOutProfiling,HasOptedOutProcessing,HasOptedOutSolicit,"
        "HasOptedOutTracking,ShouldForget,X_Handle__c\n"
        "0PK1,true,false,false,0,false,nina\n"
        "0PK2,false,TRUE,false,,false,theo\n"
        "0PK3,false,false,1,false,false,tara\n"
        "0PK4,false,false,false,false,true,acme\n"
        "0PK5,false,false,false,false,false,ann\n"
        "0PK6,perhaps,false,false,false,false,bob\n"
    )

    assert [
        [(one.channel, one.purpose, one.status) for one in row.statements]
        for row in found.rows
    ] == [
        [("all", "profiling", "no")],
        [("all", "all", "no")],
        [("all", "contact", "no")],
        [("all", "all", "no")],
        [],
    ]
    assert found.rejected == ((7, "unknown word for a box"),)
    assert "1 rows ask to be erased" in found.notes[0]


def test_records_of_salesforce_are_joined_by_their_ids(read):
    """A contact names its individual; 15 and 18 signs are one id."""
    contact = read(
        "Id,IndividualId,Email,HasOptedOutOfEmail,DoNotCall\n"
        "0031t00000AbcDeAAZ,0PK1t00000AbcDeGAZ,Nina@Example.org,1,0\n"
    )
    answer = {
        "records": [
            {
                "attributes": {"type": "ContactPointTypeConsent"},
                "Id": "1",
                "PartyId": "0PK1t00000AbcDe",
                "PrivacyConsentStatus": "OptIn",
                "ContactPointType": "Phone",
                "EffectiveTo": "2027-01-01T12:00:00.000+0000",
                "DataUsePurpose": {"Name": "Medical Information"},
            }
        ]
    }
    consents = read(json.dumps(answer), "answer.json")

    shared = {n.text for n in contact.rows[0].names} & {
        n.text for n in consents.rows[0].names
    }
    assert shared == {"0PK1t00000AbcDe"}
    assert statements(contact) == [Statement("email", "contact", "no")]
    assert statements(consents) == [
        Statement("phone", "medical", "yes", until=date(2026, 12, 31))
    ]


def test_a_purpose_that_another_file_knows_allows_nothing(read):
    """A no to it is one to all contact; a yes cannot be used."""
    head = "PartyId,PrivacyConsentStatus,ContactPointType,DataUsePurposeId\n"
    row = "0PK1,{},Email,0ZW1t000000AbcdEAA\n"

    assert statements(read(head + row.format("OptOut"))) == [
        Statement("email", "contact", "no")
    ]
    assert read(head + row.format("OptIn")).rejected[0][0] == 2


def test_results_of_x_are_objections(read, tmp_path):
    """Whatever took the account away; places alone are none of ours."""
    path = tmp_path / "result.jsonl"
    reasons = ["deleted", "suspended", "protected", "deactivated"]
    rows = [
        {"id": "12", "action": "delete", "reason": why, "created_at": "2010-01-01"}
        for why in reasons
    ]
    rows += [{"id": "13", "action": "delete", "redacted_at": "2025-02-03T04:05:06Z"}]
    rows += [{"id": "14", "action": "scrub_geo"}, {"id": "15", "action": "promote"}]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")

    found = read_consent(path)

    assert is_platform_result(path)
    assert found.system == "x"
    assert len(found.rows) == len(reasons) + 1
    assert {(o.channel, o.purpose, o.status) for o in statements(found)} == {
        ("all", "all", "no")
    }
    assert statements(found)[-1].given == date(2025, 2, 3)
    assert [line for line, _ in found.rejected] == [7]


def test_a_workbook_and_json_say_what_the_table_says(read):
    """The same rows in another vessel."""
    head = ["handle", "channel", "purpose", "status", "basis", "date", "source"]
    cells = ["nina", "email", "marketing", "no", "consent", date(2025, 12, 31), "form"]
    sheet = workbook(Consent=[head, cells])
    line = json.dumps(dict(zip(head, [*map(str, cells)], strict=True)))

    for found in (read(sheet, "c.xlsx"), read(line, "c.jsonl"), read(f"[{line}]", "c")):
        assert statements(found) == [PLAIN]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("nina,perhaps,email,,", "unknown word for status"),
        ("nina,,email,,", "status is empty"),
        ("nina,yes,pigeon,,", "unknown word for channel"),
        ("nina,yes,mail,,", "unknown word for channel"),  # by post or by e-mail
        ("nina,yes,email,03/04/2026,", "no such day"),
        ("nina,yes,email,,2026-02-30", "no such day"),
        ("nina,yes,email,,soon", "not certainly a day; write it as 2026-12-31"),
        (",yes,email,,", "names nobody"),
    ],
)
def test_what_is_not_understood_is_rejected_without_its_words(read, row, why):
    """The reason has the line; a cell may be anybody's."""
    found = read(f"handle,status,channel,date,expiry\ntheo,yes,email,,\n{row}\n")

    assert len(found.rows) == 1
    assert found.rejected == ((3, why),)


def test_an_empty_channel_is_every_one_and_an_empty_purpose_too(read):
    """Who objects without saying to what, objects to all of it."""
    assert statements(read("handle,status\nnina,no\n")) == [
        Statement("all", "all", "no")
    ]
    assert statements(read("handle,status,channel\nnina,no,all\n")) == [
        Statement("all", "contact", "no")
    ]
    assert statements(read("handle,status,purpose\nnina,no,profiling\n")) == [
        Statement("all", "profiling", "no")
    ]


def test_a_source_keeps_no_address_and_no_number(read):
    """Where it was said is free text in every system."""
    found = read(
        "handle,status,source\n"
        '"nina",no,"letter to ann@example.org, +47 22 33 44 55, 2025-01-02"\n'
    )

    assert "example" not in statements(found)[0].said_in
    assert "22 33" not in statements(found)[0].said_in
    assert "letter" in statements(found)[0].said_in


@pytest.mark.parametrize("text", ["", "id,name\n1,Ann\n", "status\nyes\n", "[]"])
def test_a_file_without_people_or_statements_is_refused(read, text):
    """The message names what is missing."""
    with pytest.raises(MissingColumns, match="status"):
        read(text)


def test_json_that_is_none_is_refused(read):
    """In one line, whatever it holds."""
    with pytest.raises(ExportError, match="not valid JSON"):
        read('{"id": ', "c.json")


@pytest.mark.parametrize(
    ("cell", "given", "last"),
    [
        ("2026-03-31", date(2026, 3, 31), date(2026, 3, 31)),
        ("2026-03-31 00:00:00", date(2026, 3, 31), date(2026, 3, 31)),
        ("2026-03-31T00:00:00Z", date(2026, 3, 31), date(2026, 3, 30)),
        ("2026-03-31T23:59:59Z", date(2026, 3, 31), date(2026, 3, 31)),
        ("2026-03-31T23:59:59+02:00", date(2026, 3, 31), date(2026, 3, 30)),
        ("2026-03-31T23:30:00-05:00", date(2026, 4, 1), date(2026, 3, 31)),
        ("2026-04-01T00:30:00+0200", date(2026, 3, 31), date(2026, 3, 30)),
        ("31.03.2026", date(2026, 3, 31), date(2026, 3, 31)),
        ("31/03/2026", date(2026, 3, 31), date(2026, 3, 31)),
        ("03/31/2026", date(2026, 3, 31), date(2026, 3, 31)),
        ("31 März 2026", date(2026, 3, 31), date(2026, 3, 31)),
        ("March 31, 2026", date(2026, 3, 31), date(2026, 3, 31)),
        ("20260331", date(2026, 3, 31), date(2026, 3, 31)),
    ],
)
def test_a_day_is_one_in_utc(cell, given, last):
    """A term that ends within a day holds to the day before."""
    assert day_of(cell) == given
    assert last_day(cell) == last


def test_a_day_far_ahead_is_no_end():
    """Databases write one where there is none."""
    assert last_day("9999-12-31") is None
    with pytest.raises(ValueError, match="1990"):
        day_of("1970-01-01")


@pytest.mark.parametrize(
    ("words", "cells", "meaning"),
    [
        (STATUS, ["Opt_In_vod", "opted-in", "JA", "oui", "sí", "concesso"], "yes"),
        (STATUS, ["OptOut", "Widerspruch", "opposé", "baja", "revocato"], "no"),
        (STATUS, ["Opt_In_Pending_vod", "NotSeen", "en attente"], "pending"),
        (CHANNEL, ["Approved_Email_vod", "MailingAddress", "Teléfono"], None),
        (PURPOSE, ["Direct Marketing", "wissenschaftlich", "profilage"], None),
    ],
)
def test_words_are_found_however_they_are_spelt(words, cells, meaning):
    """Case, accents, hyphens and the endings of systems set aside."""
    found = [meant(words, cell, "it") for cell in cells]

    assert all(found)
    assert meaning is None or set(found) == {meaning}
