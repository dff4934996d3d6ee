"""Tables by a mapping on the command line."""

from __future__ import annotations

import time

import pytest

MAPPING = """
[columns]
author = "usuario"
text = "texto"
time = "fecha"
link = "enlace"
kind = "tipo"
[time]
format = "%d/%m/%Y %H:%M"
zone = "Europe/Madrid"
[values.kind]
"propio" = "original"
"""
HEAD = "usuario;texto;fecha;enlace;tipo\n"


@pytest.fixture(autouse=True)
def _in_folder(hcpgraph, monkeypatch):
    """Where the files of a test are."""
    monkeypatch.chdir(hcpgraph.folder)


def rows(count):
    """Posts, every second a repost of another account."""
    for k in range(count):
        who, other = f"u{k % 997}", f"u{k % 991}"
        text = f"RT @{other}: x" if k % 2 else f"Gracias @{other}, escribe a a@b.es"
        kind = "RT" if k % 2 else "propio"
        link = f"https://x.com/{who}/status/{10**18 + k}"
        when = f"1/2/2024 10:{k % 60:02}"
        yield f"{who};{text} https://t.co/{k} #cancer;{when};{link};{kind}"


def test_an_unknown_name_lists_those_that_are_shipped(hcpgraph):
    """Each with how sure it is; nothing is made."""
    hcpgraph.write("t.csv", HEAD)

    result = hcpgraph("import", "s.duckdb", "t.csv", "--map", "nowhere")

    assert result.exit_code == 1
    assert "talkwalker (seen in real files)" in result.stderr
    assert "brandwatch (headings not known: fill in)" in result.stderr
    assert not (hcpgraph.folder / "s.duckdb").exists()


def test_an_area_of_all_rows_is_one_of_the_file(hcpgraph):
    """As with --area, which wins; an unknown one is refused."""
    hcpgraph.write("t.csv", HEAD + "\n".join(rows(6)) + "\n")
    for name, area in (("m", "copd"), ("n", "cpod")):
        constant = f'[constants]\narea = "{area}"\n'
        hcpgraph.write(f"{name}.toml", f"{MAPPING}{constant}")
    hcpgraph.write("plain.toml", MAPPING)
    told = {
        "by mapping": ("--map", "m.toml"),
        "by option": ("--map", "plain.toml", "--area", "copd"),
        "by both": ("--map", "m.toml", "--area", "asthma"),
    }

    shown = {}
    for name, words in told.items():
        done = hcpgraph("import", f"{name}.duckdb", "t.csv", *words)
        assert done.exit_code == 0, done.output
        areas = hcpgraph("areas", f"{name}.duckdb", "--format", "csv").stdout
        shown[name] = set(areas.splitlines())
    wrong = hcpgraph("import", "s.duckdb", "t.csv", "--map", "n.toml")

    assert "copd,COPD,D029424,6,6,0,built-in,1" in shown["by mapping"]
    assert shown["by mapping"] == shown["by option"]
    assert "asthma,Asthma,D001249,6,6,0,built-in,1" in shown["by both"]
    assert not any(row.startswith("copd,") for row in shown["by both"])
    assert wrong.exit_code == 1
    assert "did you mean 'copd'" in wrong.stderr


def test_a_template_says_what_to_do(hcpgraph):
    """It is refused with the path of the file to copy."""
    hcpgraph.write("t.csv", HEAD)

    result = hcpgraph("import", "s.duckdb", "t.csv", "--map", "symplur")

    assert result.exit_code == 1
    assert "symplur.toml, fill in the headings" in " ".join(result.stderr.split())


def test_a_mapping_is_used_for_every_file_of_a_command(hcpgraph):
    """One that does not fit refuses its file alone."""
    hcpgraph.write("m.toml", MAPPING)
    for name in ("a.csv", "b.csv"):
        hcpgraph.write(name, HEAD + "".join(f"{row}\n" for row in rows(4)) + name[0])
    hcpgraph.write("c.csv", "x,y\n1,2\n")

    result = hcpgraph(
        *("import", "s.duckdb", "a.csv", "b.csv", "c.csv", "--map", "m.toml"),
        *("--max-rejected", ".5"),
    )

    assert result.exit_code == 1
    assert "missing columns: usuario (author)" in " ".join(result.stderr.split())
    assert result.stdout.count("map:m") == 2


@pytest.mark.slow
def test_a_large_table_is_read_in_seconds(hcpgraph):
    """100,000 posts take seconds, not minutes, whatever their texts."""
    hcpgraph.write("m.toml", MAPPING)
    hcpgraph.write("t.csv", HEAD + "".join(f"{row}\n" for row in rows(100_000)))
    start = time.process_time()

    result = hcpgraph("import", "s.duckdb", "t.csv", "--map", "m.toml")

    assert result.exit_code == 0, result.stderr
    assert time.process_time() - start < 20
