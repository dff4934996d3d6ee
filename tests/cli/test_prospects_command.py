"""What ``hcpgraph prospects`` prints, on a study of five accounts."""

from __future__ import annotations

import csv
import io

BEFORE = """\
sparse data: 5 accounts respond (30 needed); 6 responses in all (100 needed);\
 median of 2 distinct responders among the first 3 (3 needed); treat ranks as\
 indicative
audience: hcp
not listed: 1 company
not listed: 1 not known as a health professional
"""


def test_prospects_leaves_out_the_known_and_the_excluded(say, hcpgraph):
    """Each with a reason that names the user's own people, and nobody else."""
    hcpgraph.write("known.csv", "handle\n@nina\n")
    hcpgraph.write("never.csv", "id\n2\n")

    out, err = say(
        *("prospects", "--area", "asthma", "--format", "csv"),
        *("--known", "known.csv", "--exclude", "never.csv"),
    )

    (row,) = csv.DictReader(io.StringIO(out))
    assert list(row)[:5] == ["rank", "id", "handle", "name", "kind"]
    assert list(row)[5:8] == ["gain", "coverage", "reason"]
    assert [row[name] for name in ("rank", "id", "handle", "name", "kind")] == [
        *("1", "3", "theo", "Theo Three", "voice"),
    ]
    assert row["reason"] == (
        "rank 2 of 3 in asthma; community 1 (5 accounts); mentioned by @nina (1 tie);"
        " no audience beyond that of your contacts and higher-ranked prospects"
    )
    assert (row["introducer"], row["path"]) == ("@nina", "mentioned by @nina (1 tie)")
    assert (row["institution"], row["country"]) == ("Hill Hospital", "Norway")
    assert err.startswith(
        f"{BEFORE}known: 1 people found in the study, 1 of them here\n"
        "excluded: 1 people found in the study, 1 of them here\n"
        "influence probabilities: weighted cascade"
    )
    assert "likely response: not predicted, as " in err


def test_prospects_keep_limits_and_name_those_that_cannot_be_kept(say):
    """One of an institution; and more of a country than there are, in one line."""
    out, err = say(
        *("prospects", "--area", "asthma", "--format", "csv"),
        *("--at-most", "institution=1", "--mix", "voice=1"),
    )

    rows = list(csv.DictReader(io.StringIO(out)))
    named = [row["institution"] for row in rows if row["institution"]]
    assert len(set(named)) == len(named)
    assert "voice" in {row["kind"] for row in rows}
    assert "the list ends at" in err


def test_prospects_of_nobody_left_says_so(say, hcpgraph):
    """Everyone known: an empty list and a reason."""
    hcpgraph.write("known.csv", "id\n2\n3\n9\n")

    out, err = say(
        "prospects", "--area", "asthma", "--known", "known.csv", "--format", "csv"
    )

    assert out.count("\n") == 1
    assert (
        "nobody to suggest: everyone is known, excluded or may not be listed\n" in err
    )
