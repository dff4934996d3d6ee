"""``Study.forget``: nothing of a person stays, and no import brings her back."""

from __future__ import annotations

import csv
import json
import os
import threading

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcpgraph.errors import (
    AmbiguousPerson,
    LockedStudy,
    StoreError,
    SuppressionKeyError,
    TrailError,
    UnknownAccount,
)
from hcpgraph.model.files import ImportOptions
from hcpgraph.policy import Key
from hcpgraph.store import Store
from hcpgraph.study import Study, kept, output

SECRET = "0123456789abcdef" * 4
MENTIONS = ImportOptions(layer="mention")
JANE = {
    "id": "7000000000000000042",
    "username": "Jane_Sample7",
    "name": "Dr. Jane Samplewood",
    "description": "Pulmonologist who collects barometers in Tromsø",
}
OTHERS = [
    {"id": f"60000000000000000{n:02}", "username": f"other_{n}", "name": f"Otto O. {n}"}
    for n in range(12)
]
OWN = "A barometer cannot tell asthma from copd, I told the ward today"
NEEDLES = (
    JANE["id"], JANE["username"], "Jane Samplewood", "Samplewood", "barometers", OWN,
)  # fmt: skip


def post(number, author, text, **more):
    return {
        "id": f"90000000000000{number:05}",
        "author_id": author["id"],
        "text": text,
        "created_at": f"2025-03-{number % 27 + 1:02}T10:00:00Z",
        **more,
    }


def said_of(kind, original):
    return {"referenced_tweets": [{"type": kind, "id": original["id"]}]}


def mention(*people):
    named = [{"username": one["username"], "id": one["id"]} for one in people]
    return {"entities": {"mentions": named}}


def posts():
    """What Jane wrote, and what others wrote to her, of her and after her."""
    own = post(1, JANE, OWN)
    first, second = OTHERS[:2]
    handle, name = JANE["username"], JANE["name"]
    return [
        own,
        post(2, JANE, f"thanks @{first['username']} #asthma", **mention(first)),
        post(3, first, f"RT @{handle}: {OWN}", **said_of("retweeted", own)),
        post(4, second, f"@{handle.upper()} well said #asthma", **mention(JANE)),
        post(
            5, second, f"as {name} says, see x.com/{handle}/status/{own['id']} #asthma"
        ),
        post(6, first, f"agreed #asthma #{handle}", **said_of("replied_to", own)),
        *(post(20 + n, one, "asthma care #asthma") for n, one in enumerate(OTHERS)),
    ]


def write_exports(folder, ending=""):
    """Posts, ties and a roster that all name Jane; *ending* makes other bytes."""
    folder.mkdir(exist_ok=True)
    page = {
        "data": posts(),
        "includes": {"users": [JANE, *OTHERS]},
        "meta": {"result_count": len(posts()), "note": ending},
    }
    (folder / f"posts{ending}.jsonl").write_text(json.dumps(page) + "\n", "utf-8")
    ties = [
        (one["id"], JANE["id"]) for one in OTHERS
    ] + [(JANE["id"], OTHERS[3]["id"]), (OTHERS[1]["id"], OTHERS[2]["id"])]  # fmt: skip
    rows = [("source", "target", "layer"), *((a, b, "follow") for a, b in ties)]
    write_csv(folder / f"follows_{JANE['username']}{ending}.csv", rows, ending)
    roster = [
        ("id", "handle", "name", "role", "institution", "country"),
        (JANE["id"], JANE["username"], JANE["name"], "physician", "Ward 4", "Norway"),
        (
            OTHERS[4]["id"], OTHERS[4]["username"], "Per Other", "physician",
            "Practice of Dr. Jane Samplewood", "Norway",
        ),
    ]  # fmt: skip
    write_csv(folder / f"roster{ending}.csv", roster, ending)
    return sorted(folder.glob(f"*{ending}.*"))


def write_csv(path, rows, ending=""):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\r\n" if ending else "\n").writerows(rows)
    return path


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "hashes.key"
    path.write_text(SECRET)
    return path


@pytest.fixture
def study(tmp_path, key):
    """A study of Jane and twelve others."""
    found = Study(tmp_path / "study.duckdb", key=key)
    reports = found.add(*write_exports(tmp_path / "exports"))
    assert all(report.imported for report in reports), reports
    found.correct(JANE["id"], name="Prof. Jane Samplewood", role="clinician")
    return found


def cells(path):
    """Every text of every table, as one text."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
        return "\n".join(
            str(connection.execute(f"select * from {table}").fetchall())
            for (table,) in tables
        )


def count(study, table, where="true"):
    with Store.open(study.path) as store:
        query = f"select count(*) from {table} where {where}"
        return store._connection.execute(query).fetchone()[0]


def remains(path, needles=NEEDLES):
    """What of the needles stands in the bytes or the cells of a study."""
    content = path.read_bytes().lower()
    said = cells(path).casefold()
    forms = ("utf-8", "utf-16-le", "utf-16-be")
    return [
        needle
        for needle in needles
        if any(needle.lower().encode(form) in content for form in forms)
        or needle.casefold() in said
    ]


def test_no_byte_of_a_person_stays(study, tmp_path):
    """Nor beside the study; what others wrote stays, without her."""
    assert set(remains(study.path)) >= {JANE["id"], "Samplewood", "barometers"}
    beside = set(tmp_path.iterdir())

    certificate = study.forget(f"@{JANE['username']}")

    assert remains(study.path) == []
    assert set(tmp_path.iterdir()) == beside
    assert certificate.found == 0
    assert certificate.tables["account"] == 1
    assert certificate.tables["post"] == 2
    assert certificate.tables["tie"] >= 15
    assert certificate.redacted["post"] >= 4
    assert count(study, "post") == len(posts()) - 2
    assert count(study, "account") == len(OTHERS)
    assert "well said" in cells(study.path)
    assert all(one["id"] in cells(study.path) for one in OTHERS)


def test_the_certificate_says_what_was_searched_and_names_nobody(study):
    """Tables and bytes, in three encodings; the person is a keyed hash."""
    certificate = study.forget(JANE["id"])
    said = json.loads(certificate.to_json())

    key = Key(SECRET.encode())
    assert said["person"] == key.digest("account", f"x:{JANE['id']}")
    assert {"at", "person", "tables", "searched", "outputs_named"} <= set(said)
    searched = {(one["where"], one["encoding"]) for one in said["searched"]}
    assert {("post.text", "text"), ("study.duckdb", "utf-8")} <= searched
    assert {"utf-16-le", "utf-16-be"} <= {encoding for _, encoding in searched}
    assert not [needle for needle in NEEDLES if needle in certificate.to_json()]
    assert len(certificate.to_pandas()) == len(certificate.searched)


def test_the_same_exports_bring_nothing_back(study, tmp_path):
    """Neither the very files nor files with other bytes; a note counts her rows."""
    study.forget(JANE["id"])
    accounts, ties = count(study, "account"), count(study, "tie")

    study.add(*write_exports(tmp_path / "exports"))
    reports = study.add(*write_exports(tmp_path / "again", "-2"))

    assert all(report.imported for report in reports), reports
    assert remains(study.path) == []
    assert (count(study, "account"), count(study, "tie")) == (accounts, ties)
    for report in reports:
        assert report.accepted + report.known + report.rejected == report.read
        (note,) = [note for note in report.notes if "erased" in note]
        assert note[0].isdigit()


def test_the_ranking_is_that_of_exports_without_the_person(tmp_path, key):
    """As if nobody had ever exported a row of hers."""
    ties = [(f"s{n}", f"t{n % 5}", "mention") for n in range(20)]
    hers = [(f"s{n}", "t9", "mention") for n in range(20)] + [("t9", "t1", "mention")]
    heading = ("source", "target", "layer")
    with_her = write_csv(tmp_path / "with.csv", [heading, *ties, *hers])
    without = write_csv(tmp_path / "without.csv", [heading, *ties])
    one, other = (Study(tmp_path / f"{n}.duckdb", key=key) for n in "ab")
    one.add(with_her)
    other.add(without)
    assert (
        one.rank(by="in_degree").table["id"] != other.rank(by="in_degree").table["id"]
    )

    one.forget("t9")

    for by in ("in_degree", "pagerank"):
        assert one.rank(by=by).table.columns == other.rank(by=by).table.columns


WAYS = {
    "id": JANE["id"],
    "platform and id": f"x:{JANE['id']}",
    "handle with @": f"@{JANE['username'].upper()}",
    "handle without @": JANE["username"],
    "address": f"https://twitter.com/{JANE['username']}?lang=no",
    "address of an id": f"https://x.com/i/user/{JANE['id']}",
    "name": "prof. jane samplewood",
}


@pytest.mark.parametrize("person", WAYS.values(), ids=WAYS)
def test_a_person_is_known_by_whatever_names_her(study, person):
    """Id, handle, address of the profile, or a name that nobody else bears."""
    study.forget(person)

    assert count(study, "account", f"native_id = '{JANE['id']}'") == 0


def test_of_two_people_with_one_name_none_is_chosen(tmp_path, key):
    """The message names their ids, and the study stays as it is."""
    rows = [
        ("id", "name", "role"),
        ("1", "Ann Lee", "nurse"),
        ("2", "Ann Lee", "nurse"),
    ]
    study = Study(tmp_path / "study.duckdb", key=key)
    study.add(write_csv(tmp_path / "roster.csv", rows))
    before = study.path.read_bytes()

    with pytest.raises(AmbiguousPerson, match=r"'Ann Lee' may be several.* 1 or 2"):
        study.forget("Ann Lee")
    with pytest.raises(UnknownAccount, match="no account 'Bob'"):
        study.forget("1", "Bob")

    assert study.path.read_bytes() == before


def test_a_handle_alone_keeps_the_account_out_under_its_id(tmp_path, key):
    """Known by handle, erased; later files say the id, first beside it, then alone."""
    study = Study(tmp_path / "study.duckdb", key=key)
    heading = ("source", "target", "layer")
    rows = [heading, ("11", "@wanderer_5", "mention"), ("11", "12", "mention")]
    study.add(write_csv(tmp_path / "a.csv", rows))
    study.forget("wanderer_5")

    people = [
        ("id", "handle", "role"),
        ("777", "Wanderer_5", "nurse"),
        ("11", "", "nurse"),
    ]
    study.add(write_csv(tmp_path / "b.csv", people))
    later = [
        heading,
        ("777", "12", "mention"),
        ("12", "777", "mention"),
        ("12", "11", "mention"),
    ]
    study.add(write_csv(tmp_path / "c.csv", later))

    assert count(study, "account") == 2
    assert count(study, "tie") == 2
    assert "777" not in cells(study.path)


def test_a_person_on_two_platforms_goes_from_both(tmp_path, key):
    """One registry number is one person, and keeps her out under other ids too."""
    study = Study(tmp_path / "study.duckdb", key=key)
    heading = ("id", "role", "npi", "match_basis")
    npi = "1234567893"
    for platform, one in (
        ("x", "101"),
        ("bluesky", "did:plc:abc"),
        ("mastodon", "new"),
    ):
        rows = [heading, (one, "nurse", npi, "optin"), ("5", "nurse", "", "")]
        file = write_csv(tmp_path / f"{platform}.csv", rows)
        if platform == "mastodon":
            study.forget("x:101")
            assert count(study, "account") == 2
        (report,) = study.add(file, options=ImportOptions(platform=platform))
        assert report.imported, report

    assert count(study, "account") == 3
    assert npi not in cells(study.path)


def test_an_import_needs_the_key(study, tmp_path, monkeypatch):
    """Without it the person would come back; another key could not tell."""
    study.forget(JANE["id"])
    monkeypatch.delenv("HCPGRAPH_KEY_FILE", raising=False)
    other = tmp_path / "other.key"
    other.write_text("f" * 64)
    before = study.path.read_bytes()
    (file, *_) = write_exports(tmp_path / "again", "-2")

    with pytest.raises(SuppressionKeyError, match="without the key"):
        Study(study.path).add(file)
    with pytest.raises(SuppressionKeyError, match="another key"):
        Study(study.path, key=other).add(file)
    with pytest.raises(SuppressionKeyError, match="another key"):
        Study(study.path, key=other).forget(OTHERS[0]["id"])
    with pytest.raises(SuppressionKeyError, match=r"needs a key.* secrets"):
        Study(study.path).forget(OTHERS[0]["id"])

    assert study.path.read_bytes() == before


def test_who_is_erased_can_be_searched_for_again(study):
    """Nothing is removed and nothing found: the proof may be asked for later."""
    first = study.forget(JANE["id"])

    again = study.forget(JANE["id"])

    assert again.people == first.people
    assert (again.tables, again.found) == ({}, 0)
    assert count(study, "suppression") == 2


def test_merged_accounts_go_as_one(tmp_path, key):
    """Also the handle that an earlier file gave, wherever it is named."""
    study = Study(tmp_path / "study.duckdb", key=key)
    heading = ("id", "handle", "role")
    for name, handle in (("a", "early_bird"), ("b", "late_bird")):
        rows = [heading, ("88", handle, "nurse"), ("9", "", "nurse")]
        study.add(write_csv(tmp_path / f"{name}.csv", rows))
    ties = [("source", "target", "layer"), ("9", "@early_bird", "mention")]
    study.add(write_csv(tmp_path / "t.csv", ties))

    study.forget("88")
    study.add(write_csv(tmp_path / "u.csv", [*ties, ("9", "@LATE_bird", "reply")]))

    assert count(study, "tie") == 0
    assert count(study, "account") == 1
    assert remains(study.path, ("early_bird", "late_bird")) == []


def test_a_reader_keeps_the_study_from_being_rewritten(study):
    """Whoever has it open reads on; the study is as it was."""
    before = study.path.read_bytes()
    answers = []

    def try_it():
        try:
            study.forget(JANE["id"])
        except LockedStudy as error:
            answers.append(str(error))

    with study.opened() as opened:
        other = threading.Thread(target=try_it)
        other.start()
        other.join()
        assert opened.store.resolve(JANE["id"]) >= 0

    assert "open" in answers[0]
    assert study.path.read_bytes() == before


def test_a_second_name_of_the_file_is_refused(study, tmp_path):
    """Under it everything would stay."""
    os.link(study.path, tmp_path / "second.duckdb")

    with pytest.raises(StoreError, match="second name"):
        study.forget(JANE["id"])

    assert remains(study.path)


def test_what_died_beside_the_study_goes_with_the_person(study, tmp_path):
    """Copies that an erasure or a maker of studies left behind."""
    left = [tmp_path / ".study.duckdb.erasing", tmp_path / ".hcpgraph-0.new"]
    for path in left:
        path.write_text(JANE["name"])
        os.utime(path, (0, 0))

    study.forget(JANE["id"])

    assert not [path for path in left if path.exists()]


def test_outputs_that_name_her_are_named_and_no_name_of_one_calls_her(study, tmp_path):
    """The certificate and the trail list them; the chain of the trail stays whole."""
    for name in ("found.csv", f"about-{JANE['username']}.csv"):
        with study.opened() as opened:
            content = output.render(study.find("Jane"), "csv")
            parameters = {"command": "find"}
            people = [JANE["id"]]
            output.save(opened, content, tmp_path / name, parameters, people=people)

    certificate = study.forget(JANE["id"])

    withheld, named = certificate.outputs_named
    assert withheld == "(name withheld, as it called the person)"
    assert named.endswith("found.csv")
    assert not [one for one in certificate.searched if one.found]
    trail = (tmp_path / "study.duckdb.audit.jsonl").read_text(encoding="utf-8")
    assert JANE["username"] not in trail
    assert not len(study.check_audit().table)
    assert study.audit().table["command"][-1] == "forget"
    assert {one.name for one in kept.REGISTER if one.lasting} >= {"audit trail"}


def test_nobody_is_erased_beside_a_trail_that_was_changed(study, tmp_path):
    """It is moved away first, as what it says of her could not be trusted."""
    trail = tmp_path / "study.duckdb.audit.jsonl"
    content = trail.read_bytes() if trail.exists() else b""
    trail.write_bytes(content + b'{"n": 99}\n')

    with pytest.raises(TrailError, match="move both files of it away"):
        study.forget(JANE["id"])

    assert len(study.find(JANE["username"]))


CONSENT = """
create table if not exists consent (
    file integer, line bigint, channel varchar, purpose varchar, status varchar,
    basis varchar, given date, until date, source varchar);
create table if not exists consent_name (
    file integer, line bigint, kind varchar, platform varchar, name varchar);
"""


def test_what_she_consented_to_goes_too(study):
    """By id or by the hash of a registry number or mail that a row shares with it."""
    names = [
        (9, 2, "id", "x", JANE["id"]),
        (9, 2, "email", "", "her-mail"),
        (9, 3, "email", "", "her-mail"),
        (9, 4, "id", "x", OTHERS[0]["id"]),
    ]
    with Store.open(study.path, write=True) as store:
        connection = store._connection
        connection.execute(CONSENT)
        for name in names:
            connection.execute(f"insert into consent_name values {name}")
        connection.execute(
            "insert into consent select file, line, 'email', 'commercial', 'no',"
            " 'none', null, null, 'form' from (select distinct file, line from"
            " consent_name)"
        )

    certificate = study.forget(JANE["id"])

    assert certificate.tables["consent"] == 2
    assert certificate.tables["consent_name"] == 3
    assert count(study, "consent") == 1


HANDLES = st.one_of(
    st.from_regex(r"[A-Za-z][A-Za-z0-9_]{1,14}", fullmatch=True),
    st.text("äÖñøŁßçİабвГДЕ王小明_1", min_size=2, max_size=8),
)
IDS = st.from_regex(r"[1-9][0-9]{0,18}", fullmatch=True)


@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(IDS, HANDLES),
        min_size=2,
        max_size=5,
        unique_by=(lambda one: one[0], lambda one: one[1].casefold()),
    ),
    st.data(),
)
def test_nobody_comes_back_whatever_they_are_called(tmp_path_factory, people, data):
    """Any id and handle, in any case: what is left is what files without them give."""
    folder = tmp_path_factory.mktemp("odd")
    key = folder / "key"
    key.write_text(SECRET)
    study = Study(folder / "study.duckdb", key=key)
    (gone_id, gone), *others = people
    swapped = gone.swapcase()
    same = swapped.casefold() == gone.casefold() and swapped.lower() == gone.lower()
    said = data.draw(st.sampled_from([gone, swapped] if same else [gone]))
    roster = [("id", "handle", "role"), *((i, h, "nurse") for i, h in others)]
    ties = [
        ("source", "target", "layer"),
        (others[0][0], others[-1][0], "reply"),
        (others[0][0], "@nobody_else", "reply"),
    ]
    hers = [
        *((i, f"@{said}", "mention") for i, _ in others),
        *((gone_id, i, "mention") for i, _ in others),
    ]
    lists = ((roster, [(gone_id, gone, "nurse")]), (ties, hers))

    def add(to, ending, *, whole):
        for number, (rows, more) in enumerate(lists):
            every = [*rows, *more] if whole else rows
            file = write_csv(folder / f"{number}{ending}.csv", every, ending)
            (report,) = to.add(file, options=ImportOptions(max_rejected=1.0))
            assert report.imported, report

    add(study, "", whole=True)
    study.forget(f"x:{gone_id}")
    add(study, "-2", whole=True)
    plain = Study(folder / "plain.duckdb")
    add(plain, "-3", whole=False)

    assert called(study) >= called(plain)
    assert gone_id not in {one for one, _ in called(study)}
    assert gone.casefold() not in {(h or "").casefold() for _, h in called(study)}
    assert count(study, "tie") == count(plain, "tie") > 0


def called(study):
    with Store.open(study.path) as store:
        query = "select native_id, handle from account"
        return set(store._connection.execute(query).fetchall())
