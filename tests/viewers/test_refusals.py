"""What a viewer may not ask, and who is unknown to a viewer: each in one line."""

from __future__ import annotations

import pytest

from hcpgraph.errors import (
    UnknownAccount,
    UnknownPurpose,
    UnknownViewer,
    WithheldColumn,
    WithheldList,
)
from tests.viewers.judging import Rules
from tests.viewers.world import BY_HANDLE, EVERYBODY

ALL = Rules(None, (), {})
FIRST = EVERYBODY[0]
# who sees the people of one country, and every column
OF_COUNTRY = Rules(None, (), {"country": (FIRST.cells["country"].upper(),)})
SEEN = [one for one in EVERYBODY if one.cells["country"] == FIRST.cells["country"]]
UNSEEN = [one for one in EVERYBODY if one not in SEEN]


def without(*columns):
    """Who sees all but some columns."""
    return Rules(None, columns, {})


def test_an_unknown_viewer_is_told_whom_the_policy_has(seen_by):
    """Before anything else is done, whatever is asked."""
    study = seen_by(ALL, viewer="slaes")

    for ask in (study.rank, study.summary, study.areas, lambda: study.find("x")):
        with pytest.raises(UnknownViewer) as caught:
            ask()
        assert str(caught.value) == (
            "no viewer 'slaes'; there are compliance, drawn, kam, medical, msl,"
            " outside, safety, sales"
        )


def test_a_viewer_has_no_other_purpose_than_its_own(seen_by):
    """Who sells, reads for commerce alone."""
    with pytest.raises(UnknownPurpose, match="only commercial") as caught:
        seen_by(ALL, viewer="sales", purpose="medical").areas()
    assert "\n" not in str(caught.value)

    with seen_by(ALL, viewer="sales").opened() as opened:
        assert opened.purpose == "commercial"


@pytest.mark.parametrize(
    ("column", "asked"),
    [
        ("country", {"country": "Zzcountryaaa"}),
        ("specialty", {"specialty": "Zzspecialtyaaa"}),
        ("role", {"role": "nurse"}),
        ("role", {"audience": "all"}),
        ("reach", {"weights": {"reach": 2.0}}),
        ("score", {"by": "in_degree"}),
        ("rank_social", {"layers": {"follow": 1.0}}),
    ],
)
def test_what_would_tell_of_a_withheld_column_is_refused(column, asked, seen_by):
    """A filter on it, a weight of it; and the same is done for who sees it."""
    assert len(seen_by(ALL).rank(resamples=None, **asked)) >= 0
    with pytest.raises(
        WithheldColumn, match=f"'{column}', which is withheld"
    ) as caught:
        seen_by(without(column)).rank(**asked)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("column", "limit"),
    [("country", "country=1"), ("institution", "team=1"), ("kind", "kind:leader=2")],
)
def test_a_limit_by_a_withheld_column_is_refused(column, limit, seen_by):
    """Whom it lets on the list would tell the groups."""
    with pytest.raises(WithheldColumn, match=column):
        seen_by(without(column)).prospects(budget=2, at_most=[limit])


def test_who_is_withheld_is_unknown_in_the_words_of_who_is_not_there(seen_by):
    """By id or handle; explained, corrected, or on a list of known people."""
    study = seen_by(OF_COUNTRY)
    for one in UNSEEN[:2]:
        for name in (one.cells["id"], f"@{one.cells['handle']}"):
            nobody = "@" + "x" * 8 if name.startswith("@") else "1" * len(name)
            for ask in (study.explain, lambda n: study.correct(n, role="nurse")):
                with pytest.raises(UnknownAccount) as caught:
                    ask(name)
                with pytest.raises(UnknownAccount) as stranger:
                    ask(nobody)
                said = str(stranger.value).replace(nobody, name)
                assert str(caught.value) == said
    unseen, stranger = (UNSEEN[0].cells["id"], "1" * 9)
    assert study.shortfalls(known=[unseen]) == study.shortfalls(known=[stranger])
    assert study.shortfalls(known=[unseen])


def test_who_is_seen_can_be_asked_of(seen_by):
    """The others of the list above are explained and found."""
    study = seen_by(OF_COUNTRY)

    assert study.explain(SEEN[0].cells["id"], resamples=0).id == SEEN[0].cells["id"]
    found = study.find("zzlast")
    assert set(found["id"]) == {one.cells["id"] for one in SEEN}


def test_nobody_is_found_by_what_is_withheld(seen_by):
    """No try at a name, a bio or an institution tells who it is."""
    study = seen_by(without("name", "institution"))

    for text in ("zzlast", "zzbio", "zzplace", "zz first"):
        assert len(study.find(text)) == 0
    assert len(study.find(FIRST.cells["handle"])) == 1


def test_a_person_is_not_named_by_a_withheld_column(seen_by):
    """Else a handle could be tried out to learn whose name it is."""
    with pytest.raises(UnknownAccount):
        seen_by(without("handle")).explain(f"@{FIRST.cells['handle']}", resamples=0)
    with pytest.raises(UnknownAccount):
        seen_by(without("id")).explain(FIRST.cells["id"], resamples=0)


def test_a_list_of_which_nothing_is_seen_is_an_error(seen_by):
    """Outside sees counts of areas, and no list of people."""
    study = seen_by(ALL, viewer="outside")

    assert study.areas().names[:2] == ("slug", "name")
    assert study.summary()["accounts"] == len(EVERYBODY) + len(BY_HANDLE)
    assert study.summary()["roles"] == {}
    for ask in (study.rank, study.communities, lambda: study.find("zz")):
        with pytest.raises(WithheldList, match="outside may see no column") as caught:
            ask()
        assert "\n" not in str(caught.value)
    with pytest.raises(WithheldList):
        study.explain(FIRST.cells["id"])


def test_a_withheld_column_is_named_once_in_a_note(seen_by):
    """And is no column of the table, whatever is made of that."""
    ranking = seen_by(ALL, viewer="sales").rank(resamples=0)

    (said,) = [note for note in ranking.notes if note.startswith("withheld from sales")]
    assert "score" in said
    assert "score" not in ranking.table.names
    with pytest.raises(WithheldColumn, match="'score'"):
        ranking.table["score"]
    with pytest.raises(WithheldColumn):
        ranking.explain(str(ranking.table["id"][0]))


def test_rows_are_in_no_order_that_tells_what_is_withheld(seen_by):
    """Without ranks people stand by id; with them, by rank."""
    ranked = seen_by(without("score")).rank(resamples=0).table
    plain = seen_by(without("score", "rank")).rank(resamples=0).table
    grouped = seen_by(without("attention")).communities().table

    assert list(ranked["rank"]) == sorted(ranked["rank"])
    assert list(plain["id"]) == sorted(ranked["id"])
    assert list(plain["id"]) != list(ranked["id"])
    rows = list(zip(grouped["community"], grouped["id"], strict=True))
    assert rows == sorted(rows)


def test_a_graph_has_running_numbers_for_who_is_withheld(seen_by):
    """Ids of the others stay; the shape is the same; no order of import shows."""
    whole, part = seen_by(ALL).graph(), seen_by(OF_COUNTRY).graph()
    none = seen_by(without("id", "handle")).graph()

    assert (part.n_nodes, part.n_edges) == (whole.n_nodes, whole.n_edges)
    plain = {one.cells["id"] for one in SEEN}
    assert {one for one in part.ids.tolist() if one in whole.ids.tolist()} == plain
    assert {one.split("-")[0] for one in set(part.ids.tolist()) - plain} == {"account"}
    assert {one.split("-")[0] for one in none.ids.tolist()} == {"account"}
    assert sorted(part.transpose().indptr[1:] - part.transpose().indptr[:-1]) == sorted(
        whole.transpose().indptr[1:] - whole.transpose().indptr[:-1]
    )


def test_handles_take_the_place_of_ids_that_are_withheld(seen_by):
    """Where these are seen; an account known by handle alone has no id to withhold."""
    ids = set(seen_by(without("id")).graph().ids.tolist())

    assert {f"@{one.cells['handle']}" for one in EVERYBODY} <= ids
    assert not {one.cells["id"] for one in EVERYBODY} & ids
    assert f"@{BY_HANDLE[0]}" not in set(
        seen_by(without("handle")).graph().ids.tolist()
    )


def test_the_default_viewer_sees_what_nobody_s_rules_change(seen_by):
    """``medical`` of the packaged policy is the lists without a policy."""
    whole = seen_by(ALL).rank()
    medical = seen_by(ALL, viewer="medical").rank()

    assert dict(whole.table.columns) == dict(medical.table.columns)
    assert whole.notes == medical.notes
