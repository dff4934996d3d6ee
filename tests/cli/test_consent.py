"""``hcpgraph consent``: what people allow decides who is scored and suggested."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from itertools import permutations

import duckdb
import pytest

from hcpgraph.study import Study
from tests.cli.conftest import ROSTER, TIES

ON = ("--on", "2026-03-31")
HEAD = "id,handle,npi,email,channel,purpose,status,basis,date,source,expiry\n"
KEY = "0123456789abcdef" * 4


@pytest.fixture
def key(hcpgraph):
    """A file with a key, and the option that names it."""
    return ("--key", hcpgraph.write("key", KEY))


def rows(result):
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def ranked(hcpgraph, study, *words):
    result = hcpgraph("rank", study, "--format", "csv", *ON, *words)
    return [row["handle"] for row in rows(result)]


def applied(hcpgraph, study, text, *words, name="consent.csv"):
    result = hcpgraph("consent", study, hcpgraph.write(name, text), *words)
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.parametrize(
    "asked",
    [("rank",), ("rank", "--by", "pagerank"), ("rank", "--area", "all")],
    ids=" ".join,
)
def test_an_objection_to_profiling_is_as_if_nobody_had_ties_with_the_person(
    hcpgraph, study, asked
):
    """The ranking is that of a study to which she never came, to the last byte."""
    applied(hcpgraph, study, f"{HEAD},nina,,,,profiling,no,,,,\n")
    other = hcpgraph.folder / "other.duckdb"
    without = [line for line in TIES.splitlines() if "9" not in line.split(",")[:2]]
    files = [
        hcpgraph.write("ties2.csv", "\n".join(without) + "\n"),
        hcpgraph.write("roster2.csv", ROSTER),
    ]
    assert hcpgraph("import", other, *files).exit_code == 0

    command = (*asked[1:], "--format", "csv", "--audience", "all")
    here = hcpgraph(asked[0], study, *command, *ON)
    there = hcpgraph(asked[0], other, *command)
    assert here.stdout == there.stdout
    assert "nina" not in here.output
    assert "object to profiling: 1;" in here.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("rank", "{s}", "--audience", "all", "--format", "json"),
        ("rank", "{s}", "--audience", "all", "--by", "pagerank", "--format", "csv"),
        ("communities", "{s}", "--format", "csv"),
        ("prospects", "{s}", "--audience", "all", "--format", "csv"),
        ("find", "{s}", "nin", "--format", "csv"),
        ("export", "{s}", "nodes", "-o", "-"),
        ("export", "{s}", "gexf", "-o", "-"),
        ("info", "{s}", "--format", "json"),
        ("consent", "{s}", "--list", "--format", "csv"),
        ("consent", "{s}", "--notices", "--format", "csv"),
        ("report", "{s}", "-o", "{f}/page.html"),
        ("figure", "{s}", "network", "-o", "{f}/network.svg"),
    ],
    ids=lambda words: "-".join(words[:1] + words[2:4]),
)
def test_who_objects_to_profiling_is_named_nowhere(hcpgraph, study, words):
    """By none of id, handle and name, in no list, file or message."""
    applied(hcpgraph, study, f"{HEAD},nina,,,,profiling,no,,,,\n")
    filled = [word.format(s=study, f=hcpgraph.folder) for word in words]

    result = hcpgraph(*filled, *ON)

    assert result.exit_code == 0, result.output
    made = [*hcpgraph.folder.glob("page*"), *hcpgraph.folder.glob("network*")]
    said = result.output + "".join(path.read_text("utf-8") for path in made)
    assert "nina" not in said.casefold()
    assert "Nine" not in said


def test_an_objection_to_contact_takes_from_suggestions_and_not_from_ranks(
    hcpgraph, study
):
    """The rank stays, and so do the ranks of others; the note counts."""
    before = ranked(hcpgraph, study, "--audience", "all")
    suggest = ("prospects", study, "--audience", "all", "--format", "csv", *ON)
    assert "nina" in {row["handle"] for row in rows(hcpgraph(*suggest))}

    applied(hcpgraph, study, f"{HEAD}9,,,,,contact,no,,,,\n")

    assert ranked(hcpgraph, study, "--audience", "all") == before
    result = hcpgraph(*suggest)
    assert "nina" not in {row["handle"] for row in rows(result)}
    assert "object to contact: 1;" in result.stderr


def test_an_objection_to_one_purpose_leaves_the_other(hcpgraph, study):
    """``--purpose`` says what the list is for."""
    basis = "9,,,,,contact,yes,legitimate interest,,,\n"
    applied(hcpgraph, study, f"{HEAD}9,,,,,commercial,no,,,,\n{basis}")

    def suggested(purpose):
        asked = ("prospects", study, "--audience", "all", "--format", "csv", *ON)
        officer = ("--as", "compliance", "--purpose", purpose)
        return {row["handle"] for row in rows(hcpgraph(*asked, *officer))}

    assert "nina" in suggested("medical")
    assert "nina" not in suggested("commercial")


def test_an_objection_to_one_channel_leaves_the_others(hcpgraph, study):
    """``--channel`` says how people will be approached."""
    applied(hcpgraph, study, f"{HEAD}9,,,,email,,opt-out,,,,\n")

    def suggested(*words):
        asked = ("prospects", study, "--audience", "all", "--format", "csv", *ON)
        return {row["handle"] for row in rows(hcpgraph(*asked, *words))}

    assert "nina" in suggested()
    assert "nina" in suggested("--channel", "visit")
    assert "nina" not in suggested("--channel", "email")
    assert hcpgraph("prospects", study, "--channel", "pigeon").exit_code == 2


def test_a_region_asks_for_a_basis_of_contact(hcpgraph, study):
    """Where consent is kept and a purpose is said; a term that is over is none."""
    applied(hcpgraph, study, f"{HEAD}9,,,,,contact,yes,consent,,,2026-03-31\n")
    asked = ("prospects", study, "--audience", "all", "--format", "csv")

    def suggested(*words):
        return {row["handle"] for row in rows(hcpgraph(*asked, *words))} - {""}

    assert suggested(*ON) == {"nina", "theo", "tara"}
    assert suggested(*ON, "--purpose", "medical") == {"nina"}
    late = ("--on", "2026-04-01", "--purpose", "medical")
    assert suggested(*late) == set()
    note = "without a basis for contact that their region asks for: 3;"
    assert note in hcpgraph(*asked, *ON, "--purpose", "medical").stderr


def test_statements_that_differ_are_counted_and_none_is_replaced(hcpgraph, study):
    """New, known, stricter, and what is less strict than what is known."""
    applied(hcpgraph, study, f"{HEAD}9,,,,email,,yes,,,,\n3,,,,email,,no,,,,\n")
    more = (
        f"{HEAD}9,,,,email,,yes,,,,\n9,,,,email,,no,,,,\n3,,,,email,,yes,,,,\n"
        "2,,,,email,,yes,,,,\n2,,,,email,,huh,,,,\n"
    )

    result = applied(hcpgraph, study, more, name="more.csv")

    assert (
        "statements: 1 new, 1 known already, 1 stricter than what was known, 1 less"
        " strict than what is known, which stays"
    ) in result.stderr
    assert "line 6: unknown word for status" in result.stderr
    listed = rows(hcpgraph("consent", study, "--list", "--format", "csv", *ON))
    assert {row["id"]: row["in_force"] for row in listed} == {
        "9": "False",
        "3": "False",
        "2": "True",
    }
    assert len(listed) == 5  # each statement of each row, what two rows say once


def test_any_order_of_files_gives_the_same_lists(hcpgraph, little):
    """Whichever system is read first."""
    texts = [
        f"{HEAD}9,,,,email,,yes,consent,2025-01-01,,2026-03-31\n",
        f"{HEAD},nina,,,email,,no,,2024-01-01,,\n,theo,,,,profiling,no,,,,\n",
        "Id,HasOptedOutSolicit,handle__c\n0PK1,true,tara\n0PK2,false,nina\n",
    ]
    files = [hcpgraph.write(f"{n}.csv", text) for n, text in enumerate(texts)]
    found = set()
    for place, order in enumerate(permutations(files)):
        study = hcpgraph.folder / f"s{place}.duckdb"
        study.write_bytes(little.read_bytes())
        for path in order:
            assert hcpgraph("consent", study, path).exit_code == 0
        listed = hcpgraph("consent", study, "--list", "--format", "csv", *ON)
        ranking = hcpgraph("rank", study, "--audience", "all", "--format", "csv", *ON)
        found.add((listed.stdout, ranking.stdout))

    assert len(found) == 1


def test_a_file_is_taken_back_out_with_all_it_said(hcpgraph, study):
    """As any other; the ranking is as before, byte for byte."""
    before = hcpgraph("rank", study, "--audience", "all", "--format", "csv", *ON)
    applied(hcpgraph, study, f"{HEAD},nina,,,,all,no,,,,\n")
    assert "nina" not in ranked(hcpgraph, study, "--audience", "all")

    assert hcpgraph("remove", study, "consent.csv").exit_code == 0

    after = hcpgraph("rank", study, "--audience", "all", "--format", "csv", *ON)
    assert after.stdout == before.stdout
    with duckdb.connect(study, read_only=True) as connection:
        for table in ("consent", "consent_name"):
            assert connection.execute(f"select count(*) from {table}").fetchone() == (
                0,
            )


def test_the_same_file_twice_changes_nothing(hcpgraph, study):
    """And says so."""
    applied(hcpgraph, study, f"{HEAD}9,,,,email,,yes,,,,\n")

    again = applied(hcpgraph, study, f"{HEAD}9,,,,email,,yes,,,,\n")

    assert "already imported as" in again.stderr
    assert len(rows(hcpgraph("consent", study, "--list", "--format", "csv"))) == 1


def test_people_to_come_are_known_by_hash_alone(hcpgraph, study, key):
    """What they said applies once they come; no byte of an address is kept."""
    secret = ["late.comer@example.org", "1999999984", "latecomer"]
    applied(
        hcpgraph,
        study,
        f"{HEAD},latecomer,,,,profiling,no,,,,\n"
        ",,1999999984,late.comer@example.org,email,,no,,,,\n",
        *key,
    )
    content = study.read_bytes()
    assert [word for word in secret if word.encode() in content] == []

    late = hcpgraph.write(
        "late.csv",
        "source_handle,target_handle,kind,timestamp\n"
        "theo,latecomer,mention,2025-03-01T10:00:00Z\n"
        "tara,latecomer,mention,2025-03-02T10:00:00Z\n",
    )
    refused = hcpgraph("import", study, late)
    assert refused.exit_code == 1
    assert "--key" in refused.stderr
    assert hcpgraph("import", study, late, *key).exit_code == 0

    assert "latecomer" not in ranked(hcpgraph, study, "--audience", "all")
    assert hcpgraph("remove", study, "consent.csv").exit_code == 0
    assert "latecomer" in ranked(hcpgraph, study, "--audience", "all")


def test_another_key_is_refused(hcpgraph, study, key):
    """With it, nobody who waits would ever be found."""
    applied(hcpgraph, study, f"{HEAD},,1999999984,,email,,no,,,,\n", *key)
    other = hcpgraph.write("other", KEY[::-1])
    more = hcpgraph.write("more.csv", f"{HEAD},,1999999992,,email,,no,,,,\n")

    result = hcpgraph("consent", study, more, "--key", other)

    assert result.exit_code == 1
    assert "another key" in result.stderr


def test_without_a_key_other_names_are_refused_in_words(hcpgraph, study):
    """Numbers and addresses are kept as hashes or not at all."""
    path = hcpgraph.write(
        "c.csv", f"{HEAD},,1999999984,,email,,no,,,,\n9,,,,email,,no,,,,\n"
    )

    result = hcpgraph("consent", study, path)

    assert result.exit_code == 0
    assert "line 2: names nobody in the study" in result.stderr
    assert "--key" in result.stderr
    assert b"1999999984" not in study.read_bytes()


def test_an_import_applies_what_the_platform_says(hcpgraph, study):
    """Compliance results of X are known for what they are."""
    result = {"id": "9", "action": "delete", "reason": "suspended"}
    path = hcpgraph.write("result.jsonl", json.dumps(result))

    assert hcpgraph("import", study, path).exit_code == 0

    assert "nina" not in ranked(hcpgraph, study, "--audience", "all")


def test_consent_is_judged_as_of_a_day_that_is_said(hcpgraph, study):
    """In notes and in the provenance; by default it is today."""
    applied(hcpgraph, study, f"{HEAD}9,,,,,profiling,yes,consent,,,2026-03-31\n")
    out = hcpgraph.folder / "r.csv"

    assert "nina" in ranked(hcpgraph, study, "--audience", "all")
    late = hcpgraph("rank", study, "--audience", "all", "--on", "2026-04-01", "-o", out)

    assert late.exit_code == 0
    assert "as of 2026-04-01" in late.stderr
    assert "nina" not in out.read_text("utf-8")
    origin = json.loads((hcpgraph.folder / "r.csv.provenance.json").read_text("utf-8"))
    assert origin["parameters"]["consent_on"] == "2026-04-01"


def test_officers_see_who_objects_and_on_what_basis(hcpgraph, study):
    """As compliance, and as JSON."""
    applied(
        hcpgraph,
        study,
        f"{HEAD}9,,,,,profiling,no,legitimate interest,2025-02-03,letter,\n",
    )
    asked = ("consent", study, "--list", "--format", "json", *ON)

    assert json.loads(hcpgraph(*asked).stdout) == []
    assert json.loads(hcpgraph(*asked, "--as", "compliance").stdout) == [
        {
            "id": "9",
            "handle": "nina",
            "name": "Nina Nine",
            "channel": "all",
            "purpose": "profiling",
            "status": "no",
            "basis": "legitimate interest",
            "date": "2025-02-03",
            "source": "letter",
            "expiry": None,
            "in_force": False,
        }
    ]


def test_people_are_to_be_informed_within_a_month_unless_they_were(hcpgraph, study):
    """Article 14: who, from which files, since when, until when."""
    before = rows(
        hcpgraph("consent", study, "--notices", "--format", "csv", "--as", "compliance")
    )
    nina = next(row for row in before if row["handle"] == "nina")
    assert nina["sources"] == "ties.csv | roster.csv"
    assert nina["country"] == "Norway"
    assert nina["first_imported"] < nina["due"]

    applied(hcpgraph, study, f"{HEAD}9,,,,,,informed,,2026-01-01,letter,\n")

    after = rows(
        hcpgraph("consent", study, "--notices", "--format", "csv", "--as", "compliance")
    )
    assert len(after) == len(before) - 1
    assert "nina" not in {row["handle"] for row in after}


def test_the_library_does_the_same(hcpgraph, study):
    """``consent`` brings files in, ``consents`` and ``notices`` list."""
    opened = Study(study, viewer="compliance")

    (report,) = opened.consent(hcpgraph.write("c.csv", f"{HEAD}9,,,,,all,no,,,,\n"))

    assert (report.read, report.accepted, report.rejected) == (1, 1, 0)
    assert list(opened.consents()["status"]) == ["no"]
    assert "9" in list(opened.notices()["id"])


def test_one_thing_is_asked_at_a_time(hcpgraph, study):
    """Files, or a list."""
    assert hcpgraph("consent", study).exit_code == 2
    assert hcpgraph("consent", study, "--list", "--notices").exit_code == 2
    missing = hcpgraph("consent", hcpgraph.folder / "no.duckdb", study)
    assert missing.exit_code == 1


def test_what_an_erased_person_said_goes_with_the_person(hcpgraph, study, key):
    """And does not come back with the file: no row, no byte."""
    text = (
        f"{HEAD}9,,,,email,,yes,consent,2025-01-01,nina herself,\n"
        ",theo,,,email,,no,,,,\n"
    )
    applied(hcpgraph, study, text, *key)
    gone = hcpgraph("forget", study, "@nina", "-o", hcpgraph.folder / "c.json", *key)
    assert gone.exit_code == 0, gone.output
    left = rows(hcpgraph("consent", study, "--list", "--format", "csv"))
    assert [row["id"] for row in left] == ["3"]
    assert hcpgraph("remove", study, "consent.csv").exit_code == 0

    refused = hcpgraph("consent", study, hcpgraph.folder / "consent.csv")
    again = applied(hcpgraph, study, text, *key)

    assert refused.exit_code == 1
    assert "key" in refused.stderr
    assert "rows about people who were erased, and not kept: 1" in again.stderr
    listed = rows(hcpgraph("consent", study, "--list", "--format", "csv"))
    assert [row["id"] for row in listed] == ["3"]
    assert b"nina" not in study.read_bytes()


def test_a_study_that_is_open_is_no_file_of_consent(hcpgraph, study):
    """Nor is one that is not there; the rest is applied."""
    good = hcpgraph.write("c.csv", f"{HEAD}9,,,,email,,no,,,,\n")

    result = hcpgraph("consent", study, study, hcpgraph.folder / "no.csv", good)

    assert result.exit_code == 1
    assert result.stderr.count("Error:") == 2
    assert "is a study that is open" in result.stderr
    assert len(rows(hcpgraph("consent", study, "--list", "--format", "csv"))) == 1


def test_results_in_an_archive_stand_under_its_name(hcpgraph, study):
    """As other files do, so that they can be taken back out."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("result.jsonl", '{"id": "9", "action": "delete"}\n')
    path = hcpgraph.write("results.zip", content.getvalue())

    assert hcpgraph("import", study, path).exit_code == 0
    assert "nina" not in ranked(hcpgraph, study, "--audience", "all")
    assert hcpgraph("remove", study, "result.jsonl").exit_code == 0
    assert "nina" in ranked(hcpgraph, study, "--audience", "all")
