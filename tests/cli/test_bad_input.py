"""Bad input gets one clear line and code 1, and loses nothing."""

from __future__ import annotations

import gzip
import json

import pyarrow as pa
import pytest
from pyarrow import parquet

GOOD = b"follower,followed\n1,2\n2,3\n"
HEADER = b"source,target,kind,timestamp,weight\n"
MANY = b"".join(b"%d,%d,mention,1735689600,1\n" % (n, n + 1) for n in range(400))


def refused(hcpgraph, *arguments):
    """The one line that refuses an import."""
    result = hcpgraph("import", hcpgraph.study, *arguments)
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    lines = [x for x in result.stderr.splitlines() if x.startswith("Error: ")]
    assert len(lines) == 1, result.stderr
    return lines[0]


FILES = {
    "empty": (b"", "is empty"),
    "only blank lines": (b"\n\n  \n", "blank"),
    "binary": (bytes(range(256)) * 8, "binary"),
    "half a letter of utf-16": (GOOD.decode().encode("utf-16")[:-1], "utf-16"),
    "missing columns": (b"source,colour\n1,red\n", "target"),
    "no header we know": (b"a,b\n1,2\n", ""),
    "duplicate column": (b"source,target,source\n1,2,3\n", "source"),
    "cut-off gzip": (gzip.compress(GOOD * 4000, mtime=0)[:-20], "damaged"),
    "counts": (
        b'{"data": [{"start": "2021-10-16T18:21:34.000Z", '
        b'"end": "2021-10-16T19:00:00.000Z", "tweet_count": 3}]}\n',
        "counts",
    ),
    "forbidden column": (
        b"handle,name,religion\nann,Ann,none\n",
        "religion",
    ),
}


@pytest.mark.parametrize(("content", "word"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_used_says_why(hcpgraph, content, word):
    """What is wrong, with which file; and no study is made of nothing."""
    path = hcpgraph.write("export.dat", content)

    line = refused(hcpgraph, path)

    assert str(path) in line
    assert word.lower() in line.lower()
    assert not hcpgraph.study.exists()


ROWS = {
    "spreadsheet exponent": (b"1.23457E+18,2,mention,1735689600,1", "spreadsheet"),
    "half a number": (b"123.5,2,mention,1735689600,1", "decimal number"),
    "no source": (b",2,mention,1735689600,1", "source"),
    "negative weight": (b"1,2,mention,1735689600,-1", "weight"),
    "infinite weight": (b"1,2,mention,1735689600,inf", "weight"),
    "weight that is no number": (b"1,2,mention,1735689600,heavy", "weight"),
    "time without zone": (b"1,2,mention,2025-01-01T10:00:00,1", "zone"),
    "time out of range": (b"1,2,mention,99999999999999999,1", "time"),
    "unknown kind": (b"1,2,mentoin,1735689600,1", "mention"),
    "too few fields": (b"1,2", ""),
    "control character": (b"1\x07,2,mention,1735689600,1", "control"),
    "invalid utf-8": (b"1\xff,2,mention,1735689600,1", ""),
}


@pytest.mark.parametrize(("row", "word"), ROWS.values(), ids=ROWS)
def test_one_bad_row_is_named_with_its_line_and_the_rest_imported(hcpgraph, row, word):
    """One bad row costs one row, and is reported where it stands."""
    path = hcpgraph.write("ties.csv", HEADER + MANY + row + b"\n" + MANY[:200])

    result = hcpgraph("import", hcpgraph.study, path)

    assert result.exit_code == 0, result.output
    assert f"{path}: line 402: " in result.stderr
    assert word.lower() in result.stderr.lower()
    found = json.loads(hcpgraph("info", hcpgraph.study, "--format", "json").stdout)
    assert found["files"][0]["rejected"] == 1
    assert found["files"][0]["read"] == found["files"][0]["accepted"] + 1


def test_a_cut_off_last_line_is_one_rejected_row(hcpgraph):
    """A download that broke off loses its last row, and says so."""
    path = hcpgraph.write("ties.csv", HEADER + MANY + b"77,")

    result = hcpgraph("import", hcpgraph.study, path)

    assert result.exit_code == 0, result.output
    assert f"{path}: line 402: " in result.stderr


def test_a_short_recording_that_was_cut_off_is_imported(hcpgraph):
    """The broken end of a stopped stream says nothing against the rest."""
    post = '{"data": {"id": "1", "author_id": "2", "text": "hello"}}'
    path = hcpgraph.write("stream.jsonl", f'{post}\n{{"data": {{"id": "3"')

    result = hcpgraph("import", hcpgraph.study, path)

    assert result.exit_code == 0, result.output
    assert f"{path}: line 2: " in result.stderr


@pytest.mark.parametrize("end", ["", "\n"])
def test_only_a_file_without_a_last_line_end_was_cut_off(hcpgraph, end):
    """Compressed or not: what a file ends with stands in what it holds."""
    text = f"follower,followed\n1,2\n3,{end}".encode()
    plain = hcpgraph.write("plain.csv", text)
    packed = hcpgraph.write("packed.csv.gz", gzip.compress(text))

    codes = [hcpgraph("import", f"{p}.duckdb", p).exit_code for p in (plain, packed)]

    assert codes == ([1, 1] if end else [0, 0])


def test_a_byte_order_mark_is_no_part_of_the_header(hcpgraph):
    """Spreadsheets write one; the first line is read all the same."""
    path = hcpgraph.write("ties.csv", b"\xef\xbb\xbf" + GOOD)

    result = hcpgraph("import", hcpgraph.study, path)

    assert result.exit_code == 0, result.output


def test_handles_are_one_account_however_they_are_written(hcpgraph):
    """@Ann, ann and ' ANN ' are one person."""
    path = hcpgraph.write(
        "ties.csv", "follower,followed\n@Ann,@bob\n @ANN ,@Bob\n@ann,@BOB\n"
    )

    result = hcpgraph("import", hcpgraph.study, path)

    assert result.exit_code == 0, result.output
    found = json.loads(hcpgraph("info", hcpgraph.study, "--format", "json").stdout)
    assert found["accounts"] == 2


def test_too_many_bad_rows_refuse_the_file_unless_allowed(hcpgraph):
    """Over one row in a hundred, the file is suspect as a whole."""
    content = HEADER + MANY + b"1,2,mention,yesterday,1\n" * 8
    path = hcpgraph.write("ties.csv", content)

    line = refused(hcpgraph, path)
    allowed = hcpgraph("import", hcpgraph.study, path, "--max-rejected", "0.05")

    assert "8 of 408 rows are unusable, the first is line 402" in line
    assert "--max-rejected" in line
    assert allowed.exit_code == 0, allowed.output


def test_a_folder_with_nothing_to_import_is_an_error(hcpgraph):
    """Silence would look like success."""
    folder = hcpgraph.folder / "notes"
    folder.mkdir()
    (folder / "readme.txt").write_text("nothing here\n", encoding="utf-8")

    line = refused(hcpgraph, folder)

    assert "nothing to import" in line


def test_a_folder_imports_what_it_recognises_and_lists_the_rest(hcpgraph):
    """A whole export folder can be named at once."""
    folder = hcpgraph.folder / "exports"
    folder.mkdir()
    (folder / "ties.csv").write_bytes(GOOD)
    (folder / "readme.txt").write_text("nothing here\n", encoding="utf-8")

    result = hcpgraph("import", hcpgraph.study, folder)

    assert result.exit_code == 0, result.output
    assert "readme.txt: passed over" in result.stderr


def test_a_refused_file_does_not_stop_the_others(hcpgraph):
    """Files are independent: the good ones are in, the code says one was not."""
    bad, good = hcpgraph.write("bad.csv", b""), hcpgraph.write("good.csv", GOOD)

    result = hcpgraph("import", hcpgraph.study, bad, good)

    assert result.exit_code == 1
    found = json.loads(hcpgraph("info", hcpgraph.study, "--format", "json").stdout)
    assert [entry["path"] for entry in found["files"]] == [str(good)]


def test_a_missing_file_is_named(hcpgraph):
    """A slip in a path is one line."""
    line = refused(hcpgraph, hcpgraph.folder / "nowhere.csv")

    assert "nowhere.csv" in line


QUESTIONS = {
    "area": (
        ["rank", "{}", "--area", "astma"],
        "no area 'astma'; did you mean 'asthma'?",
    ),
    "measure": (
        ["rank", "{}", "--by", "pagernak"],
        "no measure 'pagernak'; did you mean 'pagerank'?",
    ),
    "account": (
        ["correct", "{}", "@nima", "--hide"],
        "no account '@nima'; did you mean '@nina'?",
    ),
    "file": (["remove", "{}", "tie.csv"], "no imported file 'tie.csv'"),
    "date": (["rank", "{}", "--since", "January"], "'January' is no date"),
    "period": (
        ["rank", "{}", "--since", "2025-02-01", "--until", "2025-01-01"],
        "the period is empty",
    ),
}


@pytest.mark.parametrize(("words", "answer"), QUESTIONS.values(), ids=QUESTIONS)
def test_an_unknown_name_is_answered_with_the_closest(hcpgraph, study, words, answer):
    """A slip of the keyboard costs one line and one second."""
    result = hcpgraph(*[study if word == "{}" else word for word in words])

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"Error: {answer}")
    assert result.stderr.count("\n") == 1


def test_a_file_that_is_no_study_is_refused_by_every_command(hcpgraph):
    """Naming an export where the study belongs says so."""
    path = hcpgraph.write("ties.csv", GOOD)

    for words in (["info"], ["areas"], ["rank"], ["communities"], ["find"]):
        result = hcpgraph(*words, path, *(["x"] if words == ["find"] else []))
        assert result.exit_code == 1
        assert "no study" in result.stderr
    assert path.read_bytes() == GOOD


@pytest.mark.parametrize("compress", [False, True])
@pytest.mark.parametrize(("end", "code"), [(b"", 0), (b"\n", 1)])
def test_a_file_may_break_off_compressed_or_not(
    hcpgraph, tmp_path, compress, end, code
):
    """A recording that was stopped in its last row is taken; one bad row is not."""
    data = b"follower,followed\n1,2\n2," + end
    path = tmp_path / "odd"
    path.write_bytes(gzip.compress(data) if compress else data)

    result = hcpgraph("import", hcpgraph.study, path)

    assert result.exit_code == code, result.output


def test_a_parquet_file_does_not_break_off_in_a_row(hcpgraph, tmp_path):
    """Its last row is unusable like any other."""
    table = pa.table({"follower": ["1", "2"], "followed": ["2", None]})
    parquet.write_table(table, tmp_path / "odd")

    result = hcpgraph("import", hcpgraph.study, tmp_path / "odd")

    assert result.exit_code == 1
    assert "1 of 2 rows are unusable" in result.stderr
