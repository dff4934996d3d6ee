"""Files are recognised by what is in them."""

from __future__ import annotations

import pytest

from hcpgraph.errors import ExportError, UnknownFormat, UnknownName
from hcpgraph.importers import describe
from hcpgraph.model.files import ImportOptions
from hcpgraph.model.formats import FORMATS

SAMPLES = {known.name: known.example for known in FORMATS}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("file", ["a.txt", "b.json", "c.csv", "d.parquet", "e.gz"])
def test_a_format_is_recognised_whatever_the_file_is_called(write, name, file):
    """Names and endings mean nothing."""
    assert describe(write(SAMPLES[name], name=file), ImportOptions()).format == name


@pytest.mark.parametrize("name", SAMPLES)
def test_a_format_can_be_named(write, name):
    """``--format`` reads the file as that, without looking."""
    options = ImportOptions(format=name)

    assert describe(write(SAMPLES[name]), options).format == name


def test_an_unknown_format_is_a_wrong_name(write):
    """The closest one is offered."""
    with pytest.raises(UnknownName, match="did you mean 'roster'"):
        describe(write("a"), ImportOptions(format="rooster"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "blank lines"),
        (b"\n \n\t\n", "blank lines"),
        ("source,target\n1,2\n".encode("utf-16"), "UTF-16"),
        ("source,target\n1,2\n".encode("utf-16-le"), "UTF-16"),
        (b"\x1f\x8bno gzip at all", "compressed and damaged"),
        (b'[\n{"id": "1", "text": "a", "author_id": "2"},\n{"id":\n', "not valid JSON"),
    ],
)
def test_unreadable_files_are_refused_in_words(write, content, words):
    """What is wrong and what to do, in one line."""
    with pytest.raises(ExportError, match=words) as caught:
        describe(write(content), ImportOptions())

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d", "binary"),
        ('{"data": [{"start": "a", "end": "b", "tweet_count": 3}]}', "counts of posts"),
        ('{"data": [{"id": "1", "name": "L", "owner_id": "2"}]}', "X lists"),
        ('{"id": "1", "action": "delete", "reason": "protected"}', "compliance"),
        ("window.YTD.tweets.part0 = [ {\n", "account archive of X"),
        ('<?xml version="1.0"?><gexf></gexf>', "GEXF"),
        ("First Name,Last Name,Company\nAda,L,X\n", "source,target"),
        ('{"hello": "world"}', "source,target"),
        ("just some text", "source,target"),
    ],
)
def test_what_is_no_export_is_refused_in_words(write, content, words):
    """It says what the file is, or else what hcpgraph reads."""
    with pytest.raises(UnknownFormat, match=words):
        describe(write(content), ImportOptions())


def test_a_missing_file_is_an_export_error(tmp_path):
    """No traceback for a typo."""
    with pytest.raises(ExportError, match="cannot be read"):
        describe(tmp_path / "none.csv", ImportOptions())


def test_truncated_gzip_is_refused(write, tmp_path):
    """A broken download is said to be one."""
    whole = write(SAMPLES["ties"] * 50, compress=True).read_bytes()
    path = tmp_path / "cut.gz"
    path.write_bytes(whole[:-12])

    with pytest.raises(ExportError, match="compressed and damaged"):
        describe(path, ImportOptions())


@pytest.mark.parametrize(
    "text", ["[]", "[ ]\n", '{"meta": {"result_count": 0}}\n', '{"data": []}']
)
def test_nothing_found_is_a_file_of_no_rows(staged, write, text):
    """An answer without results is an answer."""
    found = staged(write(text))

    assert found.records == []
    assert found.rejects == []
