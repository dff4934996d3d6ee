"""What files are before they are imported: the same counts, and nobody's words."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

import hcpgraph as hg
from hcpgraph.errors import FullDisk, UnknownArea
from hcpgraph.model.formats import FORMATS
from hcpgraph.model.inspection_columns import NAMES
from hcpgraph.study import Study, pipes
from hcpgraph.study.questions import inspect as question

SMALL = Path(__file__).parents[3] / "datasets" / "small"
EXPORTS = Path("/work/shared/data/exports")
CASES = Path("/work/shared/cases")

TIES = "source,target\n11,12\n12,13\n11,12\n"


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def record(path, **options):
    (found,) = hg.inspect(path, options=hg.ImportOptions(**options)).as_records()
    return found


def counted(path, folder, options):
    """What an import of one file into an empty study gives."""
    study = Study(folder / f"{path.name}.duckdb")
    (report,) = study.add(path, options=options)
    summary = study.summary()
    names = ("accounts", "first", "last")
    return {
        "rows": report.read,
        "layers": summary["ties"],
        **{name: summary[name] for name in names},
    }


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_counts_are_those_of_an_import(known, tmp_path):
    """Rows, accounts, ties and period of every format that is read."""
    path = written(tmp_path, "export", known.example)
    stated = {} if known.recognised else {"format": known.name}
    options = {**stated, **dict(known.options)}

    found = record(path, **options)

    wanted = counted(path, tmp_path, hg.ImportOptions(**options))
    assert {name: found[name] for name in wanted} == wanted
    assert found["format"] == known.name
    assert found["sure"] == ("certain" if known.recognised else "unsure")


def test_a_record_has_these_names(tmp_path):
    """What programs read of it changes only on purpose."""
    found = record(written(tmp_path, "ties.csv", TIES))

    assert tuple(found) == NAMES
    assert ",".join(NAMES) == (
        "file,format,sure,rows,first,last,platform,owner,layers,accounts,has,missing,how,"
        "forbidden"
    )


def test_a_table_has_a_row_a_file():
    """As pandas and notebooks show it, lists in a cell joined by a bar."""
    found = hg.inspect(SMALL / "follows.csv", SMALL / "roster.csv")

    frame = found.to_pandas()
    assert list(frame["format"]) == ["ties", "roster"]
    assert frame["layers"][0] == "follow=5691"
    assert frame["has"][0] == "ties|ids"
    assert "roster" in found._repr_html_()
    assert repr(found) == "Inspection(2 files, 2 of them read by import)"


def test_nothing_is_left_and_no_study_is_made(tmp_path, monkeypatch):
    """The trial is made in the temporary folder and taken away."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    path = written(tmp_path, "ties.csv", TIES)

    record(path, layer="follow")

    assert sorted(p.name for p in tmp_path.rglob("*")) == ["temporary", "ties.csv"]


def test_ties_without_a_layer_are_counted_under_a_question_mark(tmp_path):
    """They are refused as they stand; what they would bring is known all the same."""
    found = record(written(tmp_path, "ties.csv", TIES))

    assert found["layers"] == {"?": 2}
    assert (found["rows"], found["accounts"]) == (3, 3)
    assert found["missing"][0] == "layer"
    assert "--layer" in found["how"][0]
    assert "layer" not in record(Path(found["file"]), layer="follow")["missing"]


def test_the_owner_of_a_follower_list_stands_in_its_pages():
    """The one account that all follows have in common."""
    found = record(SMALL / "followers-01.jsonl")

    assert found["owner"] == "9000000000102015390"
    assert found["layers"] == {"follow": found["rows"]}
    assert "owner" not in found["missing"]


def test_a_page_without_an_owner_says_so(tmp_path):
    """Accounts and no tie, until somebody names the owner."""
    page = {"data": [{"id": "11", "username": "ann", "name": "Ann"}], "meta": {}}
    page["meta"]["result_count"] = 1
    path = written(tmp_path, "page.json", json.dumps(page))

    assert record(path)["missing"] == ["owner", "direction"]
    assert "--ego" in record(path)["how"][0]
    assert "--relation" in record(path)["how"][1]
    assert record(path, ego="12")["layers"] == {"follow": 1}
    assert record(path, ego="12")["owner"] == "12"


def test_a_page_of_one_follower_has_its_owner(tmp_path):
    """Both ends are in every tie; the one without a profile owns the page."""
    page = {
        "data": [{"id": "9", "username": "ann", "name": "Ann"}],
        "meta": {"result_count": 1},
        "__twarc": {"url": "https://api.twitter.com/2/users/7/followers?x=1"},
    }

    assert record(written(tmp_path, "p.json", json.dumps(page)))["owner"] == "7"


def test_what_a_file_has_and_lacks():
    """Words that a program can look for, and a sentence for each that is missing."""
    posts = record(SMALL / "posts-2025-h1.jsonl.gz")
    follows = record(SMALL / "follows.csv")

    assert {"texts", "times", "ids", "originals", "bios"} <= set(posts["has"])
    assert posts["missing"] == []
    assert follows["has"] == ["ties", "ids"]
    assert follows["missing"] == ["areas", "times", "roles", "handles"]
    assert len(follows["how"]) == len(follows["missing"])


def test_an_export_that_is_not_read_is_named(tmp_path):
    """By its signs, with the platform, and in the words of a refusal."""
    path = written(tmp_path, "x.gexf", "<gexf></gexf>")
    found = record(path)

    assert (found["format"], found["sure"]) == ("a GEXF network", "certain")
    assert (found["rows"], found["accounts"]) == (None, None)
    assert "does not read" in found["how"][0]
    outbox = written(tmp_path, "outbox.json", '{"did": "d", "handle": "h"}')
    assert record(outbox)["platform"] == "bluesky"


def test_private_messages_are_forbidden(tmp_path):
    """Whatever they are read as."""
    path = written(tmp_path, "m.csv", "from,to,message\nann,bob,see you at eight\n")

    for options in ({}, {"format": "ties"}):
        found = record(path, **options)
        assert found["format"] == "private messages (the columns from, to and message)"
        assert found["forbidden"] == [found["format"]]
        assert "never reads" in found["how"][0]


def test_forbidden_columns_are_named(tmp_path):
    """In every table: none is read beside such a column."""
    roster = written(
        tmp_path, "r.csv", "handle,name,role,Religion\nann,Ann,nurse,none\n"
    )
    ties = written(tmp_path, "t.csv", "source,target,kind,diagnosis\n1,2,follow,flu\n")

    assert record(roster)["forbidden"] == ["Religion"]
    assert record(roster)["format"] == "roster"
    assert "'Religion' is refused" in record(roster)["how"][0]
    assert record(ties)["forbidden"] == ["diagnosis"]
    assert "'diagnosis' is refused" in record(ties)["how"][0]


@pytest.mark.parametrize(
    "content",
    [
        "ann_able,bob_best\nann_able,cid_cole\n",
        "ann_able;bob_best;cid_cole\n1;2;3\n",
        "source,target,kind\nAnn Able said,@bob_best really,follow\n"
        "Ann Able said,12,ann_able\n",
        "source,target,kind,timestamp\n1,2,mention,ann_able at noon\n",
        "source,target,kind\n1,=ann_able(),follow\n",
        "handle,name,role\nann able bob_best,Ann Able,nurse\n",
        "ann_able\nbob_best\n",
        '{"id": "1", "text": "ann_able bob_best"}\n',
        '{"author": {"name": "Ann Able"}, "words": "bob_best"}\n',
        "source,target,kind\n1,2,ann_able\n",
        "source,target,kind,weight\n1,2,follow,ann_able\n",
        "source,target,kind\n11,12,follow,ann_able,bob_best\n13,14\n",
    ],
)
def test_nobodys_name_or_words_come_out(content, tmp_path):
    """Neither cells in reasons nor a first row that is no header."""
    text = json.dumps(record(written(tmp_path, "f", content)))

    for word in ("ann_able", "Ann Able", "bob_best", "cid_cole", "ann able", "noon"):
        assert word not in text, text


def test_unusable_rows_say_what_is_wrong_with_them(tmp_path):
    """Without the cell: the first of them, how many, and what to do."""
    content = "source,target,kind,timestamp\n1,2,mention,yesterday\n"
    found = record(written(tmp_path, "t.csv", content))

    assert found["rows"] == 1
    assert found["missing"] == ["times"]
    assert found["how"] == [
        "1 of 1 rows are unusable, the first is line 2: time ... is neither ISO 8601"
        " nor Unix time. Mend them, or allow more with --max-rejected"
    ]


ODD = {
    "a.csv": "",
    "b.csv": "\n\n",
    "c.gz": gzip.compress(b"source,target\n1,2\n" * 9000)[:60],
    "d.json": "[]",
    "e.json": '{"a": ',
    "f.bin": b"\x00\x01\x02",
    "g.zip": b"PK\x05\x06" + bytes(18),
    "h.pdf": b"%PDF-1.4",
    "i.xml": '<?xml version="1.0"?><a/>',
    "j.txt": "one\ntwo\n",
    "k.parquet": b"PAR1 and no more",
    "l.json": "[" * 5000,
    "m.csv": "source,source\n1,2\n",
    "n.csv": 'source,target\n"1,2\n',
    "o.txt": b"\xff\xfe" + "source,target\n".encode("utf-16-le"),
}


def test_a_folder_of_odd_files_is_answered_for(tmp_path):
    """Each file has its row, in order, and none stops the rest."""
    for name, content in ODD.items():
        written(tmp_path, name, content)
    written(tmp_path, "z.csv", "follower,followed\n1,2\n")

    found = hg.inspect(tmp_path)

    assert [Path(each.file).name for each in found.files] == [*ODD, "z.csv"]
    assert all(each.how for each in found.files[:-1])
    read = [Path(each.file).name for each in found.files if each.read]
    assert read == ["d.json", "z.csv"]  # an empty list says that it is empty


def test_what_cannot_be_read_is_answered_for(tmp_path):
    """A name of nothing, a link to nothing, a folder of nothing."""
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    (tmp_path / "empty").mkdir()

    found = hg.inspect(tmp_path / "absent", tmp_path / "link", tmp_path / "empty")

    assert [Path(each.file).name for each in found.files] == ["absent", "link"]
    assert all(each.refused and each.how for each in found.files)


def test_a_study_is_no_export(tmp_path):
    """Nor is one that is open elsewhere, whose lock is kept."""
    study = Study(tmp_path / "s.duckdb")
    study.add(SMALL / "roster.csv")

    assert record(study.path)["rows"] is None


def test_a_file_of_a_folder_that_import_passes_over_is_not_refused(tmp_path):
    """As in an import; named by itself, it is."""
    path = written(tmp_path, "x.gexf", "<gexf></gexf>")

    assert [each.refused for each in hg.inspect(tmp_path).files] == [False]
    assert [each.refused for each in hg.inspect(path).files] == [True]


def test_a_full_disk_is_an_answer(tmp_path, monkeypatch):
    """The file is named, not counted, and what to do is said."""

    def no_room(path, **_options):
        raise FullDisk(path, "no space left on the device")

    monkeypatch.setattr(question.Store, "open", no_room)
    found = record(SMALL / "follows.csv")

    assert found["format"] == "ties"
    assert "TMPDIR" in found["how"][0]
    assert hg.inspect(SMALL / "follows.csv").files[0].refused


def test_a_stated_format_is_as_sure_as_its_signs(tmp_path):
    """Whoever says what a file is may be wrong."""
    people = written(tmp_path, "p.csv", "handle,team\nann,north\n")

    assert record(people, format="roster")["sure"] == "unsure"
    assert record(SMALL / "roster.csv", format="roster")["sure"] == "certain"


def test_a_pipe_is_read_once(tmp_path, monkeypatch):
    """What comes through stdin is recognised and counted."""
    path = written(tmp_path, "ties.csv", "follower,followed\n1,2\n")
    with path.open("rb") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        found = record(pipes.STDIN)

    assert (found["file"], found["layers"]) == ("-", {"follow": 1})


def test_an_archive_is_answered_for_member_by_member(tmp_path):
    """Under the path of the archive and its own, what is no export as well."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("follows.csv", "follower,followed\n1,2\n")
        archive.writestr("notes/x.gexf", "<gexf></gexf>")

    found = hg.inspect(tmp_path / "a.zip").files

    inside = [each.file.removeprefix(f"{tmp_path}/a.zip/") for each in found]
    assert inside == ["follows.csv", "notes/x.gexf"]
    assert [each.read for each in found] == [True, False]
    assert [each.refused for each in found] == [False, False]


def test_a_workbook_and_another_encoding_are_tables(tmp_path):
    """Whatever a table is kept in, it has the counts of an import."""
    book = openpyxl.Workbook()
    for row in (("follower", "followed"), ("11", "12"), ("13", "12")):
        book.active.append(row)
    book.save(tmp_path / "follows.xlsx")
    other = written(tmp_path, "o.csv", TIES.encode("utf-16"))

    assert record(tmp_path / "follows.xlsx")["layers"] == {"follow": 2}
    assert record(other, layer="follow")["layers"] == {"follow": 2}


def test_a_list_of_accounts_needs_owner_and_direction(tmp_path):
    """Both are asked for, and with both it is counted."""
    path = written(tmp_path, "list.txt", "@ann\n@bob\n@cid\n")

    assert record(path)["missing"] == ["owner", "direction"]
    assert record(path)["format"] == "follower-list"
    found = record(path, ego="12", relation="following")
    assert (found["owner"], found["layers"]) == ("12", {"follow": 3})


def test_an_area_that_does_not_exist_is_an_error(tmp_path):
    """As in an import; one that does is what the ties are about."""
    path = written(tmp_path, "f.csv", "follower,followed\n1,2\n")

    assert "areas" in record(path, area="breast-cancer")["has"]
    with pytest.raises(UnknownArea):
        record(path, area="no-such-area")


@pytest.mark.slow
@pytest.mark.skipif(not EXPORTS.is_dir(), reason="no real exports here")
def test_real_exports_are_counted_or_named():
    """What is read has the counts of an independent count, all else a name."""
    expected = json.loads((EXPORTS / "expected.json").read_text("utf-8"))
    found = hg.inspect(*(EXPORTS / each["file"] for each in expected))

    assert len(found.files) == len(expected)
    for each, file in zip(expected, found.files, strict=True):
        assert file.format, file
        assert file.sure in {"certain", "likely"}, file
        assert file.how or file.read, file
        if file.format == "x-api-v2-users":
            assert file.accounts == each["accounts"]
        elif each["expect"] == "import" and file.read:
            wanted = {**each, **each.get("with_nested", {})}
            assert (file.accounts, dict(file.layers)) == (
                wanted["accounts"],
                wanted["ties"],
            )


@pytest.mark.slow
@pytest.mark.skipif(not CASES.is_dir(), reason="no collected cases here")
def test_collected_cases_are_counted_as_by_an_import(tmp_path):
    """Every odd file that is read, one by one."""
    for file in hg.inspect(CASES).files:
        if file.read:
            wanted = counted(Path(file.file), tmp_path, hg.ImportOptions())
            found = file.as_record()
            assert {name: found[name] for name in wanted} == wanted, file.file
