"""Lists of people beside a study: nobody on them is approached by mistake."""

from __future__ import annotations

import csv
import io

import pytest

from hcpgraph.errors import UnmatchedList
from hcpgraph.study import Study

NOBODY = "id\n77\n78\n"


def suggested(result):
    return {row["handle"] for row in csv.DictReader(io.StringIO(result.stdout))}


@pytest.mark.parametrize(
    "text",
    [
        ",handle\n0,@nina\n1,@tara\n",
        "Unnamed: 0;screen_name\n0;nina\n1;tara\n",
        "User ID\tNotes\n9\tmet\n2\tmet\n",
        "'@nina\n'@tara\n",
        "id,handle\n1001,nina\n1002,tara\n",  # ids of another system
    ],
)
def test_the_excluded_are_not_suggested(text, hcpgraph, study):
    """Row numbers of pandas and ids of a CRM are nobody's ids here."""
    never = hcpgraph.write("never.csv", text)

    result = hcpgraph("prospects", study, "--exclude", never, "--format", "csv")

    assert result.exit_code == 0, result.output
    assert suggested(result) == {"theo"}
    assert "excluded: 2 people found in the study" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("prospects", "{s}"),
        ("report", "{s}", "-o", "{f}/o.html"),
        ("figure", "{s}", "coverage", "-o", "{f}/o.svg"),
        ("figure", "{s}", "network", "-o", "{f}/o.svg"),
        ("export", "{s}", "xlsx", "-o", "{f}/o.xlsx"),
    ],
    ids=lambda words: words[-3] if len(words) > 3 else words[0],
)
def test_a_list_of_which_nobody_is_found_stops(words, hcpgraph, study):
    """In one line, with nothing written; unless that is allowed."""
    never = hcpgraph.write("never.csv", NOBODY)
    words = [one.format(s=study, f=hcpgraph.folder) for one in words]

    stopped = hcpgraph(*words, "--exclude", never)
    written = [path for path in hcpgraph.folder.iterdir() if path.stem == "o"]
    allowed = hcpgraph(*words, "--exclude", never, "--allow-unmatched")

    assert stopped.exit_code == 1
    assert stopped.stdout == ""
    assert stopped.stderr.startswith("Error: never.csv: none of its 2 people is in")
    assert "--allow-unmatched" in stopped.stderr
    assert not written
    assert allowed.exit_code == 0, allowed.output
    assert allowed.stderr.startswith("excluded: none of 2 entries is in the study")


@pytest.mark.parametrize(
    "words",
    [
        ("prospects", "{s}"),
        ("report", "{s}", "-o", "{f}/o.html"),
        ("figure", "{s}", "coverage", "-o", "{f}/o.svg"),
        ("export", "{s}", "xlsx", "-o", "{f}/o.xlsx"),
    ],
    ids=lambda words: words[0],
)
def test_a_list_that_is_partly_found_says_so_first(words, hcpgraph, study):
    """By line, without repeating who is on it."""
    never = hcpgraph.write("never.csv", "handle\n@nina\n@ghost\n\n@tara\n@spirit\n")
    words = [one.format(s=study, f=hcpgraph.folder) for one in words]

    result = hcpgraph(*words, "--exclude", never)

    assert result.exit_code == 0, result.output
    assert result.stderr.startswith(
        "2 of 4 people of never.csv are in this study; not found: line 3, 6\n"
    )
    assert "ghost" not in result.output


@pytest.mark.parametrize("option", ["--known", "--include"])
def test_other_lists_of_nobody_say_so_first(option, hcpgraph, study):
    """They stop nothing, but the plan is not what was meant."""
    path = hcpgraph.write("list.csv", NOBODY)

    result = hcpgraph("prospects", study, option, path, "--format", "csv")

    assert result.exit_code == 0, result.output
    assert "none of 2 entries is in the study" in result.stderr.splitlines()[0]


def test_an_empty_list_excludes_nobody(hcpgraph, study):
    """Headings alone are a list of nobody yet."""
    never = hcpgraph.write("never.csv", "handle\n")

    assert hcpgraph("prospects", study, "--exclude", never).exit_code == 0


def test_the_library_stops_as_the_command_does(study):
    """For values as well as for files."""
    asked = Study(study)

    with pytest.raises(UnmatchedList, match="none of its 2 people"):
        asked.prospects(exclude=["77", "@ghost"])
    with pytest.raises(UnmatchedList):
        asked.report(exclude=["77", "@ghost"])
    found = asked.prospects(exclude=["77", "@ghost"], allow_unmatched=True)
    some = asked.prospects(exclude=iter([9, "@ghost", "2.0"]))

    assert found.notes[0].startswith("excluded: none of 2 entries")
    assert some.notes[0] == (
        "2 of 3 people of the excluded are in this study; not found: entry 2"
    )
    assert set(some.table["handle"]) == {"theo"}
    with pytest.raises(ValueError, match="rounded"):
        asked.prospects(exclude=["1.29E+18"])
