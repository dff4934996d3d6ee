"""Archives give their files one by one; nothing leads out or costs too much."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

import pytest

from hcpgraph.errors import ExportError
from hcpgraph.importers import archives


@pytest.fixture
def inside(tmp_path):
    """What an archive holds: (name, content, remark) of each member."""

    def members(content, name="archive"):
        path = tmp_path / name
        path.write_bytes(content)
        work = tmp_path / "work"
        work.mkdir(exist_ok=True)
        assert archives.is_archive(path)
        found = []
        for each in archives.members(path, work):
            text = each.file.read_bytes() if each.file else None
            found.append((each.name, text, each.error or each.note))
        assert {each.name for each in work.iterdir()} <= {"member", "archive"}
        return found

    return members


def zipped(*files, method=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(*files, form=tarfile.PAX_FORMAT):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=form) as archive:
        for name, content, *kind in files:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            if kind:
                info.type, info.linkname = kind[0], "/etc/passwd"
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


FILES = [("b.csv", b"2"), ("in/side/a.csv", b"1")]


@pytest.mark.parametrize(
    "content",
    [zipped(*FILES), tarred(*FILES), gzip.compress(tarred(*FILES))],
    ids=["zip", "tar", "tar.gz"],
)
def test_files_come_sorted_by_path(inside, content):
    """Whatever the kind of archive."""
    assert inside(content) == [("b.csv", b"2", None), ("in/side/a.csv", b"1", None)]


def test_tars_without_a_signature_are_known(inside):
    """As programs of the seventies wrote them: the sum of the header is right."""
    content = bytearray(tarred(("a.csv", b"1"), form=tarfile.USTAR_FORMAT))
    content[257:265] = bytes(8)
    content[148:156] = b" " * 8
    content[148:156] = f"{sum(content[:512]):06o}\0 ".encode()

    assert inside(bytes(content)) == [("a.csv", b"1", None)]


NAMES = {
    "../../out.csv": "out.csv",
    "/etc/cron.d/x": "etc/cron.d/x",
    "C:\\data\\x.csv": "C:/data/x.csv",
    "..\\up.csv": "up.csv",
    "a/./b//c.csv": "a/b/c.csv",
    "..": "without a name",
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("made", [zipped, tarred])
def test_no_name_leads_out_of_an_archive(inside, made, name):
    """Names are shown without what would, and nothing is written under them."""
    assert inside(made((name, b"1"))) == [(NAMES[name], b"1", None)]


def test_names_in_other_letters_are_read(inside):
    """UTF-8 that does not say so, as macOS packs it, and letters of DOS."""
    for written, said in (("Zürich.csv", "utf-8"), ("Zürich.csv", "cp437")):
        content = zipped(("ZZrich_.csv" if said == "utf-8" else "Z_rich.csv", b"1"))
        plain = b"ZZrich_.csv" if said == "utf-8" else b"Z_rich.csv"
        other = written.encode(said).ljust(len(plain), b"v")
        found = inside(content.replace(plain, other))
        assert found[0][0].startswith("Zürich.csv")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_two(inside):
    """The second is numbered."""
    assert inside(zipped(("a/x.csv", b"1"), ("a/x.csv", b"2"))) == [
        ("a/x.csv", b"1", None),
        ("a/x (2).csv", b"2", None),
    ]


def test_hidden_files_and_folders_are_left_out(inside):
    """As they are of folders; so is what macOS puts beside files."""
    files = [(n, b"1") for n in (".x", "a/.git/b", "__MACOSX/._x", "x", "a/")]

    assert inside(zipped(*files)) == [("x", b"1", None)]


KINDS = (
    *(tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE),
    tarfile.FIFOTYPE,
)


def test_links_and_devices_are_passed_over(inside):
    """Of tars and of zips."""
    found = inside(tarred(*((f"{k!r}", b"", k) for k in KINDS)))
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    found += inside(zipped((link, "/etc/passwd")))

    assert len(found) == len(KINDS) + 1
    assert all(text is None and "a link, a pipe" in said for _, text, said in found)


@pytest.mark.parametrize(
    "nested",
    [zipped(*FILES), tarred(*FILES), gzip.compress(tarred(*FILES)), zipped()],
)
def test_an_archive_inside_is_passed_over(inside, nested):
    """And said to be one."""
    (name, _, said), _ = inside(zipped(("a", nested), ("b", b"1")))

    assert name == "a"
    assert "an archive inside an archive" in said


@pytest.mark.parametrize(
    "content",
    [
        zipped(*FILES)[:-30],
        b"PK\x03\x04rest",
        tarred(*FILES)[:700],
        tarred(*FILES)[:1024] + b"x" * 512 + tarred(*FILES)[1536:],
        gzip.compress(tarred(*FILES), mtime=0)[:-9],
    ],
)
def test_a_damaged_archive_is_refused(inside, content):
    """Whole: what stands behind the damage is not taken for absent."""
    with pytest.raises(ExportError, match="damaged"):
        inside(content)


def test_a_damaged_file_inside_is_refused_alone(inside):
    """The others are read."""
    content = bytearray(zipped(("a", b"1" * 100), ("b", b"2"), method=0))
    content[40] ^= 255

    (_, damaged, said), whole = inside(bytes(content))

    assert (damaged, whole) == (None, ("b", b"2", None))
    assert "damaged inside its archive" in said


def test_an_encrypted_file_inside_is_refused_alone(inside):
    """In words; as is one that is packed in a way of its own."""
    content = bytearray(zipped(("a", b"1")))
    for at in (6, content.find(b"PK\x01\x02") + 8):
        content[at] |= 1

    ((_, _, said),) = inside(bytes(content))
    ((_, _, other),) = inside(zipped(("a", b"1"), method=zipfile.ZIP_LZMA))

    assert "is encrypted" in said
    assert "packed in a way" in other


@pytest.mark.parametrize("made", [zipped, tarred, lambda *f: gzip.compress(tarred(*f))])
def test_what_inflates_to_too_much_is_refused(inside, made, monkeypatch):
    """Bytes are counted while they come, over all members together."""
    monkeypatch.setattr(archives, "MOST_INFLATED", 10**6)
    monkeypatch.setattr(archives, "MOST_RATIO", 0)

    with pytest.raises(ExportError, match="inflates to more than"):
        inside(made(*((f"{k}", bytes(10**5)) for k in range(11))))


def test_a_sparse_file_is_counted_by_what_it_holds(inside, monkeypatch):
    """A few bytes claim 8 GB of zeros."""
    content = bytearray(tarred(("a", b""), form=tarfile.GNU_FORMAT))
    content[156:157] = b"S"
    content[386:410] = b"%011o\0" % 0 + b"%011o\0" % 0  # one extent of nothing
    content[483:495] = b"%011o\0" % (2**33 - 1)
    content[148:156] = b" " * 8
    content[148:156] = f"{sum(content[:512]):06o}\0 ".encode()
    monkeypatch.setattr(archives, "MOST_INFLATED", 10**6)

    with pytest.raises(ExportError, match="inflates to more than"):
        inside(bytes(content))


def test_ten_thousand_files_are_no_trouble(inside):
    """One copy at a time."""
    assert len(inside(zipped(*((f"{k}.csv", b"1") for k in range(10_000))))) == 10_000
