"""Who is told how far a study is: a callback, a line of text, a notebook, nobody."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from hcpgraph import progress
from hcpgraph.study import Study
from hcpgraph.study.progress import Line, chosen, said


def lined(*calls):
    """What a line shows when told (seconds, step, done, total) in turn."""
    shown, now = [], [0.0]
    line = Line(shown.append, clock=lambda: now[0])
    for second, *told in calls:
        now[0] = second
        line(*told)
    return shown


def test_what_is_soon_done_is_not_shown():
    """A line that flickers tells nobody anything."""
    assert lined((0, "a", 0, 2), (0.1, "a", 1, 2), (0.2, "a", 2, 2)) == []


def test_a_line_says_how_far_and_how_long():
    """And is empty again at the end."""
    shown = lined((0, "scoring", 0, 4), (10, "scoring", 1, 4), (40, "scoring", 4, 4))

    assert shown == ["scoring: 25 %, 30 s left", ""]


def test_lines_do_not_follow_each_other_too_fast():
    """Two hundred draws a second are fifty lines too many."""
    shown = lined(*((n / 100, "x", n, 1000) for n in range(200)))

    assert 4 <= len(shown) <= 7


def test_a_step_within_a_step_ends_by_itself():
    """The line goes when the outermost is done."""
    shown = lined(
        (0, "listing", 0, None),
        (1, "drawing", 0, 2),
        (2, "drawing", 2, 2),
        (3, "listing", 1, 1),
    )

    assert shown == ["drawing ...", ""]


SAID = {
    "unknown": (("x", 0, None, 5.0), "x ..."),
    "not begun": (("x", 0, 9, 5.0), "x ..."),
    "seconds": (("x", 1, 2, 5.0), "x: 50 %, 5 s left"),
    "minutes": (("x", 1, 101, 1.25), "x: 1 %, 2 min 5 s left"),
}


@pytest.mark.parametrize(("told", "words"), SAID.values(), ids=SAID)
def test_time_left_is_said_in_words(told, words):
    """From what the part done has taken."""
    assert said(*told) == words


@pytest.mark.usefixtures("forgetful")
def test_a_study_tells_its_callback(tiny):
    """Of each long step, up to its end; and of no step afterwards."""
    told = []
    study = Study(tiny.study.path, progress=lambda *said: told.append(said))

    study.rank(tiny.areas[0], top=3, resamples=5)
    study.communities()

    names = list(dict.fromkeys(name for name, *_ in told))
    assert names == [
        *("reading ties", "scoring", "listing", "resampling ranks"),
        "finding communities",
    ]
    assert ("resampling ranks", 5, 5) in told
    assert progress.listener() is None


def test_an_import_is_told_by_bytes(tiny, tmp_path):
    """To whoever listens to a study; the file is named."""
    told = []
    study = Study(tmp_path / "s.duckdb", progress=lambda *said: told.append(said))

    study.add(tiny.folder / "follows.csv")

    size = (tiny.folder / "follows.csv").stat().st_size
    assert told[-1] == ("importing follows.csv", size, size)


def test_a_result_is_the_same_whoever_listens(tiny):
    """Telling changes nothing."""
    heard = Study(tiny.study.path, progress=lambda *_: None)

    assert heard.rank(top=5).table == tiny.study.rank(top=5).table


def test_a_callback_of_the_study_is_told_in_place_of_others(tiny):
    """False turns everything off, None leaves it as it is."""
    told = []

    with progress.report_to(lambda *said: told.append(said)):
        Study(tiny.study.path, progress=False).communities()
        assert told == []
        Study(tiny.study.path).communities()
    assert told


def test_true_shows_a_line_on_stderr(capsys):
    """Outside of notebooks; stdout is for results."""
    line = chosen(True)

    line._show("scoring ...")

    assert capsys.readouterr() == ("", "\r\x1b[Kscoring ...")


def test_a_notebook_has_one_output_that_changes(monkeypatch):
    """It is put in place of the one before, and is empty at the end."""
    published = []
    publisher = SimpleNamespace(
        publish=lambda data, metadata, transient, update: published.append(
            (data["text/plain"], transient["display_id"], update)
        )
    )
    shell = SimpleNamespace(kernel=object(), display_pub=publisher)
    monkeypatch.setitem(sys.modules, "ipykernel", SimpleNamespace())
    monkeypatch.setitem(
        sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell)
    )

    line = chosen(None)
    for text in ("one", "two", "", "three"):
        line._show(text)

    texts, ids, updates = zip(*published, strict=True)
    assert texts == ("one", "two", "", "three")
    assert updates == (False, True, True, False)
    assert ids[0] == ids[1] == ids[2] != ids[3]


def test_a_terminal_of_ipython_is_no_notebook(monkeypatch):
    """Nothing is shown unless asked for."""
    shell = SimpleNamespace()
    monkeypatch.setitem(sys.modules, "ipykernel", SimpleNamespace())
    monkeypatch.setitem(
        sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell)
    )

    assert chosen(None) is None
