"""Names with signs that steer a screen or hide come in by no format."""

from __future__ import annotations

import json

import pytest

from hcpgraph.model.files import ImportOptions
from hcpgraph.store import Store
from hcpgraph.study import Study

SIGNS = [
    "\x1b", "\x07", "\x7f", "\x9b", "\x85", "\u202e", "\u2066", "\u200b", "\u200f",
    "\u061c", "\u2028", "\ufeff", "\U000e0041",
]  # fmt: skip


def user(number, handle):
    return {"id": number, "username": handle, "name": "N"}


def table(head, bad, good):
    return "\n".join([head, bad, *good, ""])


def as_ties(name):
    return table("source,target,kind", f"{name},2,follow", ["3,4,follow"] * 3)


def as_target(name):
    return table("source,target,kind", f"2,@{name},follow", ["3,4,follow"] * 3)


def as_roster(name):
    return table("id,handle,name,role", f"1,{name},A,nurse", ["2,ok,B,nurse"])


def as_users(name):
    users = [user("1", name), user("2", "ok"), user("3", "fine")]
    return "\n".join(json.dumps(one) for one in users) + "\n"


def as_followers(name):
    page = {"data": [user("1", name), user("2", "ok")]}
    url = "https://api.twitter.com/2/users/9/followers"
    return json.dumps({**page, "__twarc": {"url": url}}) + "\n"


def as_post(name):
    post = {"id": "5", "author_id": "7", "text": "t"}
    return "\n".join(json.dumps(one) for one in (post, {**post, "id": f"6{name}"}))


FILES = [as_ties, as_target, as_roster, as_users, as_followers, as_post]


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
@pytest.mark.parametrize("write", FILES, ids=lambda write: write.__name__)
def test_a_row_about_such_a_name_is_rejected(tmp_path, write, sign):
    """With its line and why; nobody of that name is in the study."""
    path = tmp_path / "export"
    path.write_text(write(f"ann{sign}bob"), encoding="utf-8")

    options = ImportOptions(max_rejected=0.9)
    (report,) = Study(tmp_path / "s.duckdb").add(path, options=options)

    assert report.error is None, report
    assert report.rejected == 1
    assert report.read == report.accepted + report.known + report.rejected
    assert any(
        said in report.reasons[0][1]
        for said in ("character", "the id of a post is none")
    )
    assert not names(tmp_path / "s.duckdb", sign)


def names(study, sign):
    with Store.open(study) as store:
        asked = "select native_id from account union all select handle from account"
        asked += " union all select native_id from post"
        found = store._connection.execute(asked).fetchall()
    return [name for (name,) in found if name and sign in name]


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_a_post_beside_such_a_name_stays(tmp_path, sign):
    """Whom it mentions and who wrote it are known by id; a handle alone is nobody."""
    mentions = [
        {"start": 0, "end": 3, "id": "8", "username": f"m{sign}"},
        {"start": 4, "end": 6, "username": f"alone{sign}"},
    ]
    post = {
        "id": "5",
        "author_id": "7",
        "text": "t",
        "created_at": "2025-01-01T00:00:00Z",
        "entities": {"mentions": mentions},
    }
    page = {"data": [post], "includes": {"users": [user("7", f"a{sign}b")]}}
    path = tmp_path / "page.json"
    path.write_text(json.dumps(page), encoding="utf-8")

    study = Study(tmp_path / "s.duckdb")
    (report,) = study.add(path)

    assert (report.error, report.accepted, report.rejected) == (None, 1, 0)
    assert study.summary()["ties"] == {"mention": 1}
    assert any("character that none has: they are left out" in n for n in report.notes)
    assert not names(tmp_path / "s.duckdb", sign)


@pytest.mark.parametrize(
    ("content", "accounts"),
    [
        (
            'follower,followed\n1278""354,1\n2,1\n'
            + "".join(f"{n},1\n" for n in range(3, 300)),
            299,
        ),
        (
            "id,handle,name,role\n1,@bob smith,Bob,nurse\n"
            + "".join(f"{n},h{n},N,nurse\n" for n in range(2, 300)),
            299,
        ),
    ],
)
def test_pieces_of_cells_and_several_words_are_no_names(tmp_path, content, accounts):
    """What got into a name by mistake makes no account of its own."""
    path = tmp_path / "export.csv"
    path.write_text(content, encoding="utf-8")
    study = Study(tmp_path / "study.duckdb")

    (report,) = study.add(path)

    assert report.error is None
    assert report.rejected + len(report.notes) > 0
    assert study.summary()["accounts"] in {accounts, accounts - 1}
    assert not len(study.find("smith")["id"])


def test_a_handle_written_with_its_sign_is_the_same_handle(tmp_path):
    """Whichever format writes it so; a sign alone is no handle."""
    path = tmp_path / "users.jsonl"
    users = [user("1", "@ann"), user("2", "bob"), user("3", "@"), user("4", "@@cy")]
    path.write_text("\n".join(map(json.dumps, users)), encoding="utf-8")
    study = Study(tmp_path / "study.duckdb")

    (report,) = study.add(path, options=ImportOptions(max_rejected=0.5))

    assert (report.error, report.accepted, report.rejected) == (None, 3, 1)
    assert sorted(study.find("", most=9)["handle"]) == ["ann", "bob", "cy"]
