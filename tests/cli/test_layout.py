"""What a table does not show is said with ``--layout`` and ``--relation``."""

from __future__ import annotations

import pytest

from tests.spreadsheets import workbook

CASES = {
    "a sheet": (
        workbook(a=[["x", "y"], [1, 2]], b=[["follower", "followed"], [1, 2]]),
        ["sheet=b"],
    ),
    "the row of the headings": (b"a,b\nc,d\nfollower,followed\n1,2\n", ["header=3"]),
    "an encoding": (
        "follower,followed,Größe\n1,2,x\n".encode("cp850"),
        ["encoding=cp850"],
    ),
    "a separator": (b"follower^followed\n1^2\n", ["separator=^"]),
    "tabs": (b"follower\tfollowed\tx,y,z\n1\t2\t3\n", ["separator=tab"]),
    "a decimal sign": (
        b'follower,followed,weight\n1,2,"1.000,5"\n',
        ["decimal=,", "separator=,"],
    ),
}


@pytest.mark.parametrize(("content", "said"), CASES.values(), ids=CASES)
def test_what_is_said_is_taken(hcpgraph, content, said):
    """Each by itself or together."""
    path = hcpgraph.write("table", content)
    words = [word for each in said for word in ("--layout", each)]

    result = hcpgraph("import", hcpgraph.study, path, *words)

    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("sheets=a", "encoding, separator, decimal, header, sheet"),
        ("sheet", "is not NAME=VALUE"),
        ("header=x", "no row has the number"),
        ("header=0", "no row has the number 0"),
        ("decimal=;", "no decimal sign"),
        ("separator=ab", "no separator"),
        ("encoding=rot13", "no encoding of text"),
    ],
)
def test_a_wrong_layout_is_a_line(hcpgraph, word, words):
    """Nothing is imported."""
    path = hcpgraph.write("table", "follower,followed\n1,2\n")

    result = hcpgraph("import", hcpgraph.study, path, "--layout", word)

    assert result.exit_code == 2
    assert words in " ".join(result.output.split())
    assert not hcpgraph.study.exists()


def test_the_relation_is_said_with_the_owner(hcpgraph):
    """A list of accounts is asked about, and then read."""
    path = hcpgraph.write("list.txt", "@ann\n@bob\n")

    asked = hcpgraph("import", hcpgraph.study, path)
    read = hcpgraph(
        "import", hcpgraph.study, path, "--ego", "@eve", "--relation", "following"
    )

    assert asked.exit_code == 1
    assert "--relation followers" in asked.output
    assert read.exit_code == 0, read.output
    assert "accounts followed by @eve" in read.output
