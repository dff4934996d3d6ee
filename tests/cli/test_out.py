"""Where -o leads: files, links, pipes, stdout, and where it must not lead."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CODE = "from hcpgraph.cli import main; main(prog_name='hcpgraph')"
ON_UNIX = pytest.mark.skipif(os.name == "nt", reason="devices and FIFOs are of Unix")
WRITING = {
    "rank": ["rank", "{}", "--format", "csv"],
    "communities": ["communities", "{}", "--format", "json"],
    "find": ["find", "{}", "nina"],
    "areas": ["areas", "{}"],
    "explain": ["explain", "{}", "@nina"],
    "figure": ["figure", "{}", "ranking", "--format", "svg"],
    "report": ["report", "{}"],
    "nodes": ["export", "{}", "nodes"],
    "gexf": ["export", "{}", "gexf"],
    "xlsx": ["export", "{}", "xlsx"],
}


def run(folder, *words, shell=None, **more):
    command = [sys.executable, "-c", CODE, *map(str, words)]
    if shell is not None:
        command = ["bash", "-c", shell, *command]
    done = subprocess.run(
        command, cwd=folder, stderr=subprocess.PIPE, check=False, **more
    )
    return done, done.stderr.decode()


def there(folder):
    """The files of a folder, without the audit trail, which every output leaves."""
    return sorted(path for path in folder.iterdir() if ".audit." not in path.name)


@pytest.mark.parametrize("words", WRITING.values(), ids=WRITING)
def test_a_dash_is_stdout(hcpgraph, study, words):
    """For every command and kind of file; nothing is written beside."""
    before = sorted(hcpgraph.folder.iterdir())
    words = [study if word == "{}" else word for word in words]

    result = hcpgraph(*words, "-o", "-")

    assert result.exit_code == 0, result.output
    assert len(result.stdout_bytes) > 50
    assert "wrote" not in result.stderr
    assert sorted(hcpgraph.folder.iterdir()) == before


@ON_UNIX
@pytest.mark.parametrize("words", WRITING.values(), ids=WRITING)
def test_a_link_to_a_fifo_is_written_through(hcpgraph, study, words):
    """The pipe gets what a file would; both stay, and nothing stands beside."""
    os.mkfifo(hcpgraph.folder / "pipe")
    (hcpgraph.folder / "link").symlink_to("pipe")
    before = there(hcpgraph.folder)
    words = [study if word == "{}" else word for word in words]

    with subprocess.Popen(
        ["cat", hcpgraph.folder / "pipe"], stdout=subprocess.PIPE
    ) as reader:
        result = hcpgraph(*words, "-o", hcpgraph.folder / "link")
        read = reader.stdout.read()

    assert result.exit_code == 0, result.output
    assert read == hcpgraph(*words, "-o", "-").stdout_bytes
    assert there(hcpgraph.folder) == before
    assert "provenance" not in result.stderr


@ON_UNIX
def test_a_process_reads_the_list(hcpgraph, study):
    """As bash gives it: -o >(gzip -c > list.csv.gz)."""
    shell = '"$0" "$@" -o >(cat > list.csv); wait $!'

    done, said = run(hcpgraph.folder, "rank", study, "--format", "csv", shell=shell)

    assert done.returncode == 0, said
    assert (hcpgraph.folder / "list.csv").read_text().startswith("rank,id,")


PEOPLE = {
    "known": ["prospects", "{}", "--known", "list.csv"],
    "exclude": ["prospects", "{}", "--exclude", "list.csv"],
    "of a report": ["report", "{}", "--known", "list.csv"],
    "of a workbook": ["export", "{}", "xlsx", "--known", "list.csv"],
}


@pytest.mark.parametrize("out", ["list.csv", "link.csv", "./list.csv"])
@pytest.mark.parametrize("words", PEOPLE.values(), ids=PEOPLE)
def test_a_list_that_is_read_is_not_written(hcpgraph, study, monkeypatch, words, out):
    """Somebody's CRM list is no place for a result, by whatever name."""
    monkeypatch.chdir(hcpgraph.folder)
    hcpgraph.write("list.csv", "id\n9\n")
    Path("link.csv").symlink_to("list.csv")

    result = hcpgraph(*[study if word == "{}" else word for word in words], "-o", out)

    assert result.exit_code == 1
    assert "name another file" in result.stderr
    assert Path("list.csv").read_text() == "id\n9\n"
    assert not list(hcpgraph.folder.glob("*.provenance.json"))


def test_an_imported_file_is_not_written(hcpgraph):
    """The study can be made again from its inputs while they are there."""
    ties = hcpgraph.write("ties.csv", "source,target,kind\n1,2,follow\n")
    hcpgraph("import", hcpgraph.study, ties)

    refused = hcpgraph("rank", hcpgraph.study, "-o", ties)
    ties.write_text("something else")
    written = hcpgraph("rank", hcpgraph.study, "-o", ties)

    assert refused.exit_code == 1
    assert "it was imported into the study" in refused.stderr
    assert written.exit_code == 0


@pytest.mark.parametrize("name", ["study.csv", "x.csv"])
def test_no_provenance_replaces_a_study(hcpgraph, study, name):
    """However the study is called, and whatever leads to it."""
    path = study.rename(study.with_name("x.csv.provenance.json"))
    before = path.read_bytes()
    (hcpgraph.folder / "study.csv.provenance.json").symlink_to(path)

    result = hcpgraph("rank", path, "-o", hcpgraph.folder / name)

    assert result.exit_code == 1
    assert path.read_bytes() == before
    assert not (hcpgraph.folder / name).exists()


@pytest.mark.parametrize(
    "name", ["n" * 300 + ".csv", "no/x.csv", "ties.csv/x.csv", "n" * 240 + ".csv"]
)
def test_names_that_cannot_be_are_one_line(hcpgraph, study, monkeypatch, name):
    """For every command alike, and nothing is left behind."""
    monkeypatch.chdir(hcpgraph.folder)
    hcpgraph.write("ties.csv", "mine")
    before = sorted(hcpgraph.folder.iterdir())

    for words in (["rank", study, "--format", "csv"], ["find", study, "x"]):
        result = hcpgraph(*words, "-o", name)
        assert result.exit_code == 1, result.output
        assert result.stderr.startswith(("Error: cannot write", "no account"))
        assert result.exception is None or isinstance(result.exception, SystemExit)

    assert sorted(hcpgraph.folder.iterdir()) == before


STREAMS = {
    "full stdout": ("> /dev/full", 1, "No space left on device"),
    "closed stdout": (">&-", 1, "it is closed"),
    "full stderr": ("2> /dev/full", 0, ""),
    "closed stderr": ("2>&-", 0, ""),
    "all closed": ("<&- >&- 2>&-", 1, ""),
    "a reader that leaves": ("| head -c 1", 0, ""),
}


@ON_UNIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize(("where", "code", "said"), STREAMS.values(), ids=STREAMS)
@pytest.mark.parametrize("words", [["rank", "{}"], ["info", "{}"], ["--help"]])
def test_streams_that_cannot_be_written_are_one_line(
    hcpgraph, study, where, code, said, words
):
    """A code and a line; never a traceback, never a study written into."""
    before = study.read_bytes()
    words = [study if word == "{}" else word for word in words]

    done, told = run(
        hcpgraph.folder,
        *words,
        shell=f'"$0" "$@" {where}',
        stdout=subprocess.PIPE,
    )

    if words != ["--help"] or "closed" not in said:  # help has nobody to be shown to
        assert done.returncode == (0 if words == ["--help"] and not said else code)
        assert said in told
    assert "Traceback" not in told
    assert "Exception" not in told
    assert study.read_bytes() == before


def test_a_written_list_is_read_again(hcpgraph):
    """Whoever was suggested is known next time, handles and all."""
    roster = "handle,name,role\nann,=1+1,nurse\nbob_b,B;=2,nurse\ncy,@c,nurse\n"
    ties = "source,target,kind,area\nann,cy,mention,asthma\nbob_b,cy,mention,asthma\n"
    hcpgraph.write("r.csv", roster)
    hcpgraph.write("t.csv", ties)
    made = hcpgraph(
        *("import", hcpgraph.study, "--ids", "handle"),
        *(hcpgraph.folder / "r.csv", hcpgraph.folder / "t.csv"),
    )
    assert made.exit_code == 0, made.output
    listed = hcpgraph.folder / "list.csv"
    hcpgraph("rank", hcpgraph.study, "-o", listed)

    result = hcpgraph("prospects", hcpgraph.study, "--known", listed)

    assert "known: 3 people found in the study" in result.stderr
    beside = json.loads(listed.with_name("list.csv.provenance.json").read_text())
    assert beside["parameters"]["command"] == "rank"
