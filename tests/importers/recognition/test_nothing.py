"""Files without rows: those that say so, and those that were not understood."""

from __future__ import annotations

import pytest

from hcpgraph.importers import describe
from hcpgraph.model.files import ImportOptions
from hcpgraph.study import Study

SAYING = {
    "[]": "an empty list",
    "[\n]\n": "an empty list",
    '{"data": []}': "an empty list",
    '{"meta": {"result_count": 0}}\n': "result_count is 0",
    '{"meta": {"result_count": 0}}\n\n{"meta": {"result_count": 0}}\n': "result_count",
    '[{"meta": {"result_count": 0}}]': "result_count is 0",
    '{\n"meta": {\n"result_count": 0\n}\n}': "result_count is 0",
    '{"errors": [{"title": "Not Found Error"}]}\n': "error messages",
    '{"errors": [{"title": "x"}]}\n{"errors": [{"title": "y"}]}\n': "error messages",
    '{"data": [], "meta": {"result_count": 0, "newest_id": "1"}}': "result_count is 0",
}


@pytest.mark.parametrize("compress", [False, True])
@pytest.mark.parametrize("text", SAYING)
def test_a_file_that_says_it_is_empty_is_a_file_of_no_rows(
    tmp_path, write, text, compress
):
    """It is imported, and the report says which kind of nothing it is."""
    (report,) = Study(tmp_path / "s.duckdb").add(write(text, compress=compress))

    assert report.error is None
    assert report.read == report.accepted == report.rejected == 0
    assert any(SAYING[text] in note for note in report.notes)


@pytest.mark.parametrize(
    "text",
    [
        '{"meta": {"count": 10}, "results": [{"id": "W1"}]}',
        '{"meta": {}}',
        '{"meta": {"result_count": 3}}',
        '{"data": [], "meta": {"count": 0}}',
        '{"data": [], "links": {}}',
        '{"includes": {"users": []}}',
        '{"hello": "world"}',
        "{}",
        '{"errors": []}',
        '{"meta": {"result_count": 0}}\n{"hello": "world"}\n',
    ],
)
@pytest.mark.parametrize("named", [None, "x-api-v2", "x-api-v2-users"])
def test_an_object_in_which_nothing_known_stands_is_refused(
    tmp_path, write, text, named
):
    """Whether it is recognised or not, nothing of it is called imported."""
    options = ImportOptions(format=named)

    (report,) = Study(tmp_path / "s.duckdb").add(write(text), options=options)

    assert report.error is not None


@pytest.mark.parametrize(
    "text", ["follower,followed\n", "id,role\n\n", "follower;followed\n;\n"]
)
def test_a_table_without_rows_is_refused(tmp_path, write, text):
    """A header alone is what a broken export leaves."""
    (report,) = Study(tmp_path / "s.duckdb").add(write(text))

    assert "holds no row" in report.error
    assert not (tmp_path / "s.duckdb").exists()


def test_a_description_knows_how_its_file_says_nothing(write):
    """Only the words of the file itself count."""
    empty = describe(write("[]", name="empty"), ImportOptions())
    full = describe(
        write('{"id": "1", "text": "a", "author_id": "2"}'), ImportOptions()
    )

    assert empty.nothing() is not None
    assert full.nothing() is None


def test_pages_without_data_never_hide_others(tmp_path, write):
    """One page with a post is a file with a post."""
    text = (
        '{"meta": {"result_count": 0}}\n'
        '{"data": [{"id": "1", "text": "a", "author_id": "2"}]}\n'
    )

    (report,) = Study(tmp_path / "s.duckdb").add(write(text))

    assert (report.error, report.read) == (None, 1)


def test_a_page_of_another_tool_among_posts_is_a_bad_row(tmp_path, write):
    """It is not passed over as if it were empty."""
    post = '{"data": [{"id": "1", "text": "a", "author_id": "2"}]}\n'
    options = ImportOptions(max_rejected=0.5)

    (report,) = Study(tmp_path / "s.duckdb").add(
        write(post + '{"meta": {"count": 3}, "results": []}\n'), options=options
    )

    assert (report.read, report.rejected) == (2, 1)
    assert report.reasons[0] == (2, "neither a page nor a row of X API v2")


def test_what_is_nested_too_deep_does_not_say_that_it_is_empty(tmp_path, write):
    """Also where the format is given; the file is refused, and nothing is raised."""
    deep = '{"errors": ' + "[" * 5000 + "]" * 5000 + "}\n"
    options = ImportOptions(format="x-api-v2-users")

    (report,) = Study(tmp_path / "s.duckdb").add(
        write('{"errors": [{"title": "x"}]}\n' + deep), options=options
    )

    assert report.error is not None
    assert report.accepted == 0


@pytest.mark.parametrize("depth", [90, 900, 5000])
@pytest.mark.parametrize("around", ["{}", '{{"users": [{{"id": {}}}]}}', '{{"a": {}}}'])
def test_what_is_nested_too_deep_is_refused_in_words(tmp_path, write, depth, around):
    """Whatever it is read as: no list of lists says that it is empty."""
    text = around.format("[" * depth + "]" * depth)

    for name in (None, "x-api-v2", "x-api-v2-users"):
        (report,) = Study(tmp_path / "s.duckdb").add(
            write(text), options=ImportOptions(format=name, max_rejected=0.9)
        )

        assert report.error
        assert not (tmp_path / "s.duckdb").exists()
