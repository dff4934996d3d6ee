"""The judge notices what it is there for: each fault, planted, is found."""

from __future__ import annotations

import gzip
import json
import time

import duckdb
import pytest

from hcpgraph.model.files import FileReport
from hcpgraph.study import Study
from tests.fuzz import (
    campaign,
    faults,
    judging,
    making,
    minimising,
    mutations,
    sessions,
)
from tests.fuzz.making import Case
from tests.fuzz.worker import Share

TIES = b"follower,followed\n1,2\n2,3\n"


@pytest.fixture
def session(tmp_path):
    """A session in a folder of its own, with a small study."""
    found = sessions.Session(tmp_path / "study")
    found.begin(fresh=False)
    return found


def case(data=TIES, *, expect=None, by_command=False, seed=0):
    made = making.make(seed, 0)
    return Case(
        seed=seed,
        number=0,
        recipe="planted",
        name="planted.csv",
        data=data,
        said={},
        quiet=False,
        by_command=by_command,
        expect=expect,
        rng=made.rng,
    )


def kinds(found):
    return [fault.kind for fault in found]


def tampered(monkeypatch, statement):
    """Have every import followed by a statement that spoils the study."""
    add = Study.add

    def spoiling(self, *files, **options):
        reports = add(self, *files, **options)
        with duckdb.connect(str(self.path)) as connection:
            connection.execute(statement)
        return reports

    monkeypatch.setattr(Study, "add", spoiling)


@pytest.mark.parametrize("by_command", [True, False])
def test_a_sound_file_has_no_faults(session, by_command):
    """What is read as it should be is left in peace."""
    sound = case(expect=("accept", "ties"), by_command=by_command)

    assert session.judge(sound) == []


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("update source_file set read = read + 1", "the ledger does not add up"),
        (
            "insert into reject select max(file), 3, 'x' from source_file",
            "rejected rows and the list of them differ",
        ),
        (
            "update account set native_id = '{\"id\": 1}' where native_id = '1'",
            "an account whose id or handle is none (ties)",
        ),
        (
            "update account set handle = 'a b' where native_id = '2'",
            "an account whose id or handle is none (ties)",
        ),
    ],
)
def test_a_study_that_is_wrong_is_noticed(session, monkeypatch, statement, kind):
    """Ledgers that do not add up, and accounts that are none."""
    tampered(monkeypatch, statement)

    assert kind in kinds(session.judge(case()))


def test_an_exception_is_a_fault_with_its_place(session, monkeypatch):
    """Whatever escapes is found, by command and by library."""

    def failing(*_files, **_options):
        raise KeyError("x")

    monkeypatch.setattr(Study, "add", failing)

    for by_command in (True, False):
        (fault,) = session.judge(case(by_command=by_command))
        assert fault.kind.startswith("traceback: KeyError in ")


def test_a_wrong_outcome_is_noticed(session):
    """Refused where it is sound, and read where it must not be."""
    refused = session.judge(case(b"a,b\n1,2\n", expect=("accept", "ties")))
    read = session.judge(case(expect=("refuse", "private messages")))

    assert kinds(refused) == ["refused, is sound: ties (planted)"]
    assert kinds(read) == ["imported, must be refused: private messages (planted)"]


def test_a_refused_file_that_changes_the_study_is_noticed(session, monkeypatch):
    """Every row of every table is looked at, now and then."""
    tampered(monkeypatch, "update account set posts = coalesce(posts, 0) + 1")

    found = [session.judge(case(b"a,b\n1,2\n", seed=seed)) for seed in range(40)]

    seen = {kind for faults_found in found for kind in kinds(faults_found)}
    assert seen == {"a refused file changed the study"}


def test_a_report_that_does_not_add_up_is_noticed(session, monkeypatch):
    """The library's own words are checked as the study's are."""
    wrong = FileReport(session.study, "ties", read=3, accepted=1, known=1, rejected=0)
    monkeypatch.setattr(Study, "add", lambda *_files, **_options: [wrong])

    assert "the report does not add up" in kinds(session.judge(case()))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a \x1b[31mred\n", "control character on stderr"),
        ("a \u202e b\n", "control character on stderr"),
        ("a \x85 b\n", "control character on stderr"),
        ("good.csv: fine\nFORGED line\n", "a line of stderr is forged"),
        ("Error: x: Binder Error: no column\n", "words of the database on stderr"),
        ("Traceback (most recent call last)\n", "traceback on stderr"),
    ],
)
def test_lines_on_a_screen_are_judged(text, kind):
    """Signs that steer a terminal, forged lines, and words of the database."""
    found = kinds(faults.of_screen(text, "stderr"))

    assert len(found) == 1
    assert found[0].startswith(kind)


def test_plain_lines_on_a_screen_are_left_in_peace():
    """Tabs, accents and our own words are no fault."""
    plain = "Error: caf\u00e9.csv: line 3:\tid 1.0 went through a decimal number\n"

    assert list(faults.of_screen(plain, "stderr")) == []


def test_counts_that_remove_leaves_are_compared():
    """Only accounts that became one may leave fewer of anything."""
    before = {"accounts": 3, "posts": 2}

    assert kinds(judging.removed(before, {"accounts": 3, "posts": 1}))
    assert kinds(judging.removed(before, {"accounts": 4, "posts": 2}))
    assert not kinds(judging.removed(before, {"accounts": 2, "posts": 1}))


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("[]", True),
        (
            '{"meta": {"result_count": 0}}\n{"data": [], "meta": {"result_count": 0}}',
            True,
        ),
        ('{"errors": [{"title": "x"}]}', True),
        ('{"errors": [{"title": "\udcf4\udc90"}]}', True),
        ('{"meta": {}}', False),
        ('[{"id": "1"}]', False),
        ("source,target\n", False),
    ],
)
def test_files_that_say_that_they_hold_nothing_are_told_apart(text, empty):
    """Only a file that says so may be a success with 0 rows."""
    entry = judging.Entry(0, "x", "x-api-v2", 0, 0, 0, 0)
    data = text.encode("utf-8", "surrogateescape")

    assert (not list(judging.of_nothing(data, entry))) is empty


def test_damaged_gzip_is_told_from_sound_gzip():
    """Zero padding and several members are sound; a cut or a changed sum is not."""
    packed = gzip.compress(TIES)

    for sound in (packed, packed + packed, packed + b"\0" * 512, TIES):
        assert not mutations.is_damaged_gzip(sound)
    changed = packed[:-5] + bytes([packed[-5] ^ 1]) + packed[-4:]
    for damaged in (packed[:-1], packed + b"x", changed, packed[:20]):
        assert mutations.is_damaged_gzip(damaged)


def test_cases_are_made_of_seed_and_number_alone():
    """Any case of a run can be made again, at any time."""
    before = [making.make(7, number) for number in range(200)]
    time.sleep(2.1)  # the clock of a zip has steps of two seconds
    for number, first in enumerate(before):
        second = making.make(7, number)
        assert (first.data, first.said, first.name) == (
            second.data,
            second.said,
            second.name,
        )
    assert making.make(7, 1).data != making.make(8, 1).data


def test_the_smallest_file_keeps_the_fault():
    """Lines and bytes that are not needed go."""
    data = b"".join(b"line %d\n" % n for n in range(50)) + b"a bad one\n"

    assert minimising.smallest(data, lambda d: b"bad" in d) == b"bad"


def test_a_worker_that_hangs_or_dies_is_a_fault(tmp_path, monkeypatch):
    """What cannot be caught within a process is told by the one beside it."""
    shares = campaign.shares(seed=0, kind="file", first=0, last=2, folder=tmp_path)
    monkeypatch.setattr(campaign, "command", lambda _share: ["sleep", "30"])
    start = time.monotonic()

    found = campaign.run(shares, processes=1, silence=0.2)

    assert time.monotonic() - start < 20
    assert found.kinds == {"no end within 0.2 seconds": 2}
    monkeypatch.setattr(campaign, "command", lambda _share: ["sh", "-c", "kill -9 $$"])
    found = campaign.run(shares, processes=1)
    assert found.kinds == {"the process died: exit code -9": 2}


def test_what_is_found_is_kept_with_the_command(tmp_path):
    """A folder a kind of fault: the file, what was seen, and how to see it again."""
    found = campaign.Found(cases=1, seconds=1.0)
    share = Share(seed=0, kind="file", first=0, last=1, folder=str(tmp_path))
    found.add(campaign.fault_of_case(share, 0, "it broke"))

    campaign.keep(found, tmp_path / "kept")

    (folder,) = [path for path in (tmp_path / "kept").iterdir() if path.is_dir()]
    assert (folder / "example-1").read_bytes() == making.make(0, 0).data
    told = (folder / "example-1.txt").read_text(encoding="utf-8")
    assert told.startswith("it broke\nhcpgraph import s.study example-1 ")
    assert "1  it broke" in (tmp_path / "kept" / "summary.txt").read_text()


def test_shares_are_lines_of_json():
    """A worker is told its share as text, so that any process can be one."""
    share = Share(seed=1, kind="file", first=0, last=9, folder="x")

    word = campaign.command(share)[-1]

    assert Share(**json.loads(word)) == share
