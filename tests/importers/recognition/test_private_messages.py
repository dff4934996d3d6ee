"""What people wrote to each other is refused before anything else is tried."""

from __future__ import annotations

import json
from itertools import permutations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hcpgraph.errors import HcpgraphError, PrivateMessages
from hcpgraph.importers import IMPORTERS, describe
from hcpgraph.model.files import ImportOptions

TABLES = {
    "LinkedIn, 13 columns": "CONVERSATION ID,CONVERSATION TITLE,FROM,"
    "SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,"
    "ATTACHMENTS,"
    "IS MESSAGE DRAFT,IS CONVERSATION DRAFT",
    "LinkedIn, 8 columns": "CONVERSATION ID,CONVERSATION TITLE,FROM,TO,DATE,SUBJECT,"
    "CONTENT,FOLDER",
    "LinkedIn invitations, cut": "From,To,Sent At,Direction",
    "LinkedIn invitations": "From,To,Sent At,Message,Direction,inviterProfileUrl,"
    "inviteeProfileUrl",
    "invitations without a message": "From,To,Sent At,Direction,inviterProfileUrl",
    "mail": "From,To,Subject,Date,Body",
    "mail without a body": "Date,Subject,To,From",
    "mail by name and address": "from_name,from_email,to_name,to_email,subject",
    "Outlook": "Subject,Body,From: (Name),From: (Address),From: (Type),To: (Name),"
    "To: (Address),CC: (Name)",
    "copies": "from,to,cc,date",
    "who sent and received": "sender_id,recipient_id,created_at,message_text",
    "camels": "senderName,recipientIds,text",
    "a chat": "date,sender,message",
    "a message of a network": "source,target,message",
    "a subject of a network": "Source;Target;Subject",
    "German": "Von;An;Betreff;Nachricht",
    "German, in words": "Absender;Empfänger;Text",
    "French": "De,À,Objet",
    "French, in words": "Expéditeur,Destinataire,Contenu",
    "Spanish": "De\tPara\tAsunto\tMensaje",
    "Italian": "Da,A,Oggetto",
    "Portuguese": "Remetente,Destinatário,Mensagem",
    "Dutch": "Van,Aan,Onderwerp",
    "Polish": "Od,Do,Temat",
    "Russian": "От,Кому,Тема",
    "Japanese": "差出人,宛先,件名",
    "Chinese": "发件人,收件人,主题",
}


@pytest.mark.parametrize("header", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("named", [None, *IMPORTERS])
def test_tables_of_messages_are_refused(write, header, named):
    """In every language, by every option; the one line says what it is."""
    rows = "\n".join("x" * (len(header) % 3 + 1) for _ in range(2))
    path = write(f"{header}\n{rows}\n")

    with pytest.raises(PrivateMessages, match="holds private messages") as caught:
        describe(path, ImportOptions(format=named, layer="mention"))

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("names", list(permutations(["to", "message", "from"])))
def test_the_order_of_columns_does_not_matter(write, names):
    """Nor does the delimiter."""
    for delimiter in ",;\t|":
        with pytest.raises(PrivateMessages):
            describe(write(delimiter.join(names) + "\n"), ImportOptions())


def test_notes_may_stand_before_the_header(write):
    """As some exports have them, or the line that Excel understands."""
    text = 'Notes:\n"your messages"\n\nFROM,TO,DATE,CONTENT\na,b,c,d\n'

    for before in ("", "sep=,\n"):
        with pytest.raises(PrivateMessages):
            describe(write(before + text), ImportOptions())


def test_parquet_is_no_way_round(tmp_path):
    """Columns are what tells."""
    path = tmp_path / "m.parquet"
    pq.write_table(pa.table({"from": ["1"], "to": ["2"], "body": ["hi"]}), path)

    with pytest.raises(PrivateMessages):
        describe(path, ImportOptions(format="ties", layer="mention"))


OBJECTS = {
    "direct messages of X": {
        "event_type": "MessageCreate", "id": "1", "text": "hi", "sender_id": "2",
        "dm_conversation_id": "2-3",
    },
    "a page of them": {
        "data": [{"id": "1", "event_type": "MessageCreate", "sender_id": "2"}],
        "meta": {"result_count": 1},
    },
    "an archive of them": {"dmConversation": {"messages": []}},
    "Instagram": {
        "participants": [{"name": "a"}],
        "messages": [{"sender_name": "a", "timestamp_ms": 1, "content": "hi"}],
    },
    "Slack": {"type": "message", "user": "U1", "text": "hi", "ts": "1.2"},
    "Telegram": {
        "name": "a", "type": "personal_chat", "id": 1,
        "messages": [{"id": 1, "from": "a", "text": "hi"}],
    },
    "mail": {"from": "a", "to": ["b"], "subject": "hi"},
    "mail of a server": {"value": [{"toRecipients": [], "bodyPreview": "hi"}]},
    "messages deep inside": {"a": {"b": [{"sender": 1, "receiver": 2, "text": "hi"}]}},
}  # fmt: skip


@pytest.mark.parametrize("one", OBJECTS.values(), ids=OBJECTS)
@pytest.mark.parametrize("layout", ["line", "list", "document"])
def test_objects_of_messages_are_refused(write, one, layout):
    """However they are laid out."""
    text = {
        "line": json.dumps(one) + "\n",
        "list": json.dumps([one]),
        "document": json.dumps([one], indent=2),
    }[layout]

    for named in (None, "x-api-v2"):
        with pytest.raises(PrivateMessages):
            describe(write(text), ImportOptions(format=named))


TEXTS = {
    "archive of X": "window.YTD.direct_messages.part0 = [ {\n",
    "headers of them": "window.YTD.direct_message_headers.part0 = [ ]\n",
    "mbox": "From a@x Mon Jan 1\nFrom: a@x\nTo: b@x\nSubject: hi\nDate: x\n\nhi\n",
    "one letter": "Return-Path: <a@x>\nFrom: a@x\nTo: b@x\n\nhi\n",
    "WhatsApp": "[12/03/25, 10:12:33] Ann: hi\n[12/03/25, 10:13:01] Bob: hello\n",
    "WhatsApp on Android": "12/03/2025, 10:12 - Ann: hi\n12/03/2025, 10:13 - Bob: a\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_texts_of_messages_are_refused(write, text):
    """Letter boxes and chats are no tables."""
    with pytest.raises(PrivateMessages):
        describe(write(text), ImportOptions())


WRITTEN = {
    "a note": ("note", "see you at 8", "ok"),
    "notes": ("Notes", "call me", ""),
    "comments in German": ("Kommentar", "bis morgen dann", "ja gerne"),
    "of any name": ("x1", "Can we meet after your talk?", "Thanks, see you there"),
    "of any name in French": ("colonne", "Bonjour, merci pour votre note", "oui"),
    "of any name in Chinese": ("x1", "明天晚上一起吃饭吧。", "好"),
}


@pytest.mark.parametrize("case", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("ends", ["from,to", "Sender,Recipient", "Von,An"])
def test_texts_beside_sender_and_recipient_are_refused(write, case, ends):
    """Whatever their column is called; the reason names it, and no text."""
    name, *cells = case
    rows = "".join(f'1,2,"{cell}"\n' for cell in cells)

    with pytest.raises(PrivateMessages, match=f"{name}, in which texts stand") as found:
        describe(write(f"{ends},{name}\n{rows}"), ImportOptions(layer="mention"))

    assert cells[0] not in str(found.value)


def test_texts_in_parquet_and_json_are_refused_alike(write, tmp_path):
    """What they are stored in does not matter."""
    path = tmp_path / "m.parquet"
    row = {"from": "1", "to": "2", "note": "see you at 8"}
    pq.write_table(pa.Table.from_pylist([row]), path)

    for each in (path, write(json.dumps(row))):
        with pytest.raises(PrivateMessages):
            describe(each, ImportOptions(format="ties", layer="mention"))


HARMLESS = {
    "notes of a word": ("note", "A", "strong"),
    "an empty note": ("note", "", ""),
    "institutions": ("institution", "University Hospital of Bern", "Charité, Berlin"),
    "areas": ("area", "non small cell lung cancer", "breast cancer"),
    "times": ("at", "2025-03-01 12:00:00 UTC", "2025-03-01T12:00Z"),
    "titles": ("paper", "Survival after surgery: a cohort study", "What we know"),
    "places": ("place", "Hôpital du Nord, Genève", "Our Lady Hospital, Honolulu, HI"),
    "days": ("day", "Mon Mar 03 12:00:00 2025", "Tue Mar 04 12:00:00 2025"),
    "trials": ("trial", "Phase I trial of a drug in ME", "Type I diabetes, US"),
    "kinds": ("kind", "Replies to", "Mentions"),
}


@pytest.mark.parametrize("case", HARMLESS.values(), ids=HARMLESS)
def test_other_cells_are_no_messages(write, case):
    """Words for things are no sentences, and say so by whom they do not address."""
    name, *cells = case
    rows = "".join(f'1,2,"{cell}"\n' for cell in cells)

    found = describe(write(f"from,to,{name}\n{rows}"), ImportOptions(layer="mention"))

    assert found.format == "ties"


PUBLIC = {
    "DMI-TCAT": "id,time,from_user_name,text,to_user_name",
    "NodeXL": "Vertex 1,Vertex 2,Relationship,Tweet",
    "mentions with their texts": "source,target,text",
    "mentions with their posts": "source,target,body,tweet_id",
    "posts counted": "from,to,text,retweet_count",
    "ties": "from,to,weight",
    "a period": "id,role,valid_from,valid_to,text",
    "a roster": "id,handle,role,email address",
    "the toolkit for coordination": "message_id,user_id,username,repost_id,message",
}


@pytest.mark.parametrize("header", PUBLIC.values(), ids=PUBLIC)
def test_public_posts_are_not_called_private(write, header):
    """They may be refused, but as what they are."""
    path = write(f"{header}\n{','.join('1' for _ in header.split(','))}\n")

    refusal = None
    try:
        describe(path, ImportOptions(layer="mention"))
    except HcpgraphError as error:
        refusal = error

    assert not isinstance(refusal, PrivateMessages), header
