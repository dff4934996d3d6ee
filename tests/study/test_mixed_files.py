"""Many files of all kinds in one command: each is read or refused by itself."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zipfile

import openpyxl
import pytest

from hcpgraph.model.files import ImportOptions
from hcpgraph.model.formats import FORMATS
from hcpgraph.study import Study

FOLLOWS = "follower,followed\n{},9\n"
RECOGNISED = [each for each in FORMATS if each.recognised]
IMPORTED, PASSED_OVER, REFUSED = "imported", "passed over", "refused"


def workbook(*rows, sheets=1):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for _ in range(sheets - 1):
        made.create_sheet()
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def zipped(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(files):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return packed.getvalue()


def follows(number):
    return FOLLOWS.format(number).encode()


MESSAGES = b"FROM,TO,DATE,SUBJECT,CONTENT\na,b,2025-01-01,hi,see you\n"
BOOK = workbook(["source", "target", "kind"], [201, 9, "reply"])
# name -> content, and what becomes of it by itself
PLAIN = {
    **{
        f"{k:02}-{f.name}": (f.example.encode(), IMPORTED)
        for k, f in enumerate(RECOGNISED)
    },
    "10.csv": (follows(110), IMPORTED),
    "11.csv": (follows(111).replace(b",", b";"), IMPORTED),
    "12.csv": (follows(112).decode().encode("utf-16"), IMPORTED),
    "12.gz": (gzip.compress(follows(212).decode().encode("utf-16")), IMPORTED),
    "13.csv": (b"sep=;\n" + follows(113).replace(b",", b";"), IMPORTED),
    "14.csv": (b"Followers\nof 2025\n\n" + follows(114), IMPORTED),
    "15.csv": ("source;target;note\n115;9;Zürich\n".encode("cp1252"), IMPORTED),
    "16.csv.gz": (gzip.compress(follows(116), mtime=0), IMPORTED),
    "17.xlsx": (BOOK, IMPORTED),
    "18 called.csv": (workbook(["follower", "followed"], [118, 9]), IMPORTED),
    "19.tsv": (follows(119).replace(b",", b"\t"), IMPORTED),
    "20.csv": (b"\xef\xbb\xbf" + follows(120).replace(b"\n", b"\r\n"), IMPORTED),
    "21.csv": (follows(110), IMPORTED),  # known already
    "22.csv": (b"", REFUSED),
    "23.csv": (b"source,target\n1,2\0\n", REFUSED),
    "24.xlsx": (b"PK\x03\x04rest", REFUSED),
    "25.xlsx": (workbook(), REFUSED),
    "26.xls": (b"\xd0\xcf\x11\xe0" + bytes(600), REFUSED),
    "27.gz": (gzip.compress(follows(127), mtime=0)[:-5], REFUSED),
    "28.csv": (MESSAGES, REFUSED),
    "29.txt": (b"hello world\n", REFUSED),
    "30.json": (b'{"data": [', REFUSED),
    "31.bin": (bytes(range(256)), REFUSED),
    "32.pdf": (b"%PDF-1.7\n", REFUSED),
    "33.docx": (zipped({"[Content_Types].xml": b"<a/>"}), REFUSED),
    "34.csv": (b"handle,name,religion\nann,Ann,none\n", REFUSED),
    "35.csv": (b"\xff\xfea", REFUSED),
    "36.xlsx": (workbook(["follower", "followed"], ["=1+1", 9]), REFUSED),
}
INSIDE = {
    "in/side/40.csv": (follows(140), IMPORTED),
    "../41.csv": (follows(141), IMPORTED),
    "42.xlsx": (workbook(["follower", "followed"], [142, 9]), IMPORTED),
    "43.csv": (MESSAGES, PASSED_OVER),
    "44.zip": (zipped({"a.csv": follows(144)}), PASSED_OVER),
    "45.csv": (b"", REFUSED),
    "46.txt": (b"hello world\n", PASSED_OVER),
}
OPTIONS = ImportOptions(layer="mention", ego="12", relation="followers")


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """What became of all of them in one command; the folder they are in."""
    tmp_path = tmp_path_factory.mktemp("mixed")
    folder = tmp_path / "in"
    folder.mkdir()
    for name, (content, _) in PLAIN.items():
        (folder / name).write_bytes(content)
    files = {name: content for name, (content, _) in INSIDE.items()}
    (folder / "50.zip").write_bytes(zipped(files))
    others = {f"t/{name}": b"\n" + content for name, content in files.items()}
    others["t/42.xlsx"] = workbook(["follower", "followed"], [152, 9])
    (folder / "51.tar.gz").write_bytes(tarred({**others, "t/44.zip": files["44.zip"]}))
    (folder / "52.zip").write_bytes(zipped(files)[:-9])
    named = [folder / name for name in sorted(each.name for each in folder.iterdir())]

    study = Study(tmp_path / "study.duckdb")
    return study.add(*named, options=OPTIONS), folder, study


def outcome(report):
    if report.error is not None:
        return REFUSED
    return IMPORTED if report.format else PASSED_OVER


def test_forty_files_of_all_kinds_never_stop_at_one(reports):
    """Each is in the study, passed over or refused, whatever stands before it."""
    found, folder, _ = reports
    become = {str(r.path.relative_to(folder)): outcome(r) for r in found}

    expected = {name: said for name, (_, said) in PLAIN.items()}
    for name, (_, said) in INSIDE.items():
        plain = name.removeprefix("../")
        expected[f"50.zip/{plain}"] = expected[f"51.tar.gz/t/{plain}"] = said
    expected["51.tar.gz/t/41.csv"] = IMPORTED
    expected["51.tar.gz/link"] = PASSED_OVER
    expected["52.zip"] = REFUSED
    assert become == expected
    assert len(become) > 40
    assert all(r.accepted + r.known + r.rejected == r.read for r in found)


def test_private_messages_inside_an_archive_are_named(reports):
    """They are not read, and it is said why."""
    found, folder, _ = reports
    (note,) = next(r.notes for r in found if r.path == folder / "50.zip" / "43.csv")

    assert "private messages" in note


def test_the_ledger_has_the_path_and_the_bytes_of_the_original(reports):
    """Not those of the copy that was read."""
    _, folder, study = reports
    files = {entry["path"]: entry["sha256"] for entry in study.summary()["files"]}

    for path, content in (
        (folder / "17.xlsx", BOOK),
        (folder / "12.csv", PLAIN["12.csv"][0]),
        (folder / "50.zip" / "in/side/40.csv", follows(140)),
    ):
        digest = hashlib.sha256(content).hexdigest()
        assert digest.startswith(files[str(path)])


def test_a_member_of_an_archive_is_removed_by_its_path(tmp_path):
    """And by its last part, where it is the only one."""
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped({"in/x.csv": follows(1), "y.csv": follows(2)}))
    study = Study(tmp_path / "study.duckdb")
    study.add(archive)

    assert study.remove(f"{archive}/in/x.csv") == f"{archive}/in/x.csv"
    assert study.remove("y.csv") == f"{archive}/y.csv"
    assert study.summary()["files"] == []


def test_the_same_workbook_twice_is_known(tmp_path):
    """Its bytes are those of the ledger."""
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(BOOK)

    _, again = Study(tmp_path / "s").add(tmp_path / "a.xlsx", tmp_path / "b.xlsx")

    assert again.notes[0].startswith(f"already imported as {tmp_path / 'a.xlsx'}")


def test_a_line_of_a_workbook_is_its_row(tmp_path):
    """Reasons name the row as the spreadsheet shows it."""
    rows = [[], ["source", "target"], [], [1, 2], [3, None], [1294030472427835001, 2]]
    (tmp_path / "a.xlsx").write_bytes(workbook(*rows))

    (report,) = Study(tmp_path / "s").add(
        tmp_path / "a.xlsx", options=ImportOptions(layer="reply", max_rejected=1)
    )

    assert [(line, why[:30]) for line, why in report.reasons] == [
        (5, "target is empty"),
        (6, "source 1.2940304724278349e+18 "),
    ]


def test_pages_of_json_in_an_archive_are_posts(tmp_path):
    """Folders of pages are what programs for X leave."""
    page = next(each.example for each in FORMATS if each.name == "x-api-v2")
    other = json.dumps({**json.loads(page), "meta": {"result_count": 1, "n": 2}})
    (tmp_path / "p.zip").write_bytes(zipped({"p/1.json": page, "p/2.json": other}))

    reports = Study(tmp_path / "s").add(tmp_path / "p.zip")

    assert [(r.read, r.accepted) for r in reports] == [(1, 1), (1, 0)]
