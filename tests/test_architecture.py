"""The rules of the house, checked rather than remembered."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import hcpgraph

PACKAGE = Path(__file__).parent.parent / "hcpgraph"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")

# What each layer may import, besides itself and those below. Errors word themselves
# with names of the model, and the model knows no other layer.
EVERYWHERE = {"errors", "model", "compiled", "progress", "writing"}
EVERYTHING = {
    "importers", "store", "areas", "identity", "policy", "graph", "measures",
    "communities", "layout", "ranking", "engines", "prospects", "narrative", "figures",
    "exports", "reports",
}  # fmt: skip
ALLOWED = {
    "errors": set(),
    "model": set(),
    "compiled": set(),
    "progress": set(),
    "writing": set(),
    "importers": set(),
    "store": set(),
    "areas": set(),
    "identity": set(),
    "policy": set(),
    "graph": set(),
    "measures": {"graph"},
    "communities": {"graph"},
    "layout": {"graph", "communities"},
    "ranking": {"graph", "measures", "communities"},
    "engines": {"graph", "measures", "communities"},
    "prospects": {"graph", "measures", "communities", "ranking"},
    "narrative": {"graph", "measures", "communities", "ranking"},
    "figures": {"graph", "layout"},
    "exports": {"graph", "layout"},
    "reports": {"graph", "layout", "figures"},
    "demo": {"areas"},
    "study": EVERYTHING,
    "cli": {"study", "demo"},
}

# Where each third party lives.
ANYWHERE = set(ALLOWED) - {"errors"}
HOMES = {
    "duckdb": {"store"},
    "pyarrow": {"importers", "store", "exports"},
    "click": {"cli"},
    "rich": {"cli"},
    "matplotlib": {"figures"},
    "jinja2": {"reports"},
    "igraph": {"graph", "measures", "communities", "layout", "exports"},
    "networkx": {"graph", "measures", "communities", "layout", "exports"},
    "numba": {"compiled"},
    "openpyxl": {"exports"},
    "pandas": {"model"},  # inside ``to_pandas`` alone
    "numpy": ANYWHERE - {"cli"},
    "scipy": ANYWHERE - {"cli"},
}


_FOR_TYPES = "if TYPE_CHECKING:"


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path, *, for_types: bool = True) -> list[str]:
    """The dotted names that the import statements of *path* name.

    Without *for_types*, those that only a type checker follows are left out.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not for_types:
        tree.body = [n for n in tree.body if not ast.unparse(n).startswith(_FOR_TYPES)]
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            # ``from hcpgraph import areas`` names a layer in its second half
            if module == "hcpgraph":
                names += [f"hcpgraph.{alias.name}" for alias in node.names]
            else:
                names.append(module)
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return names


def named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_follow_the_layers(path):
    """Lower layers know nothing of higher ones, so cycles cannot form."""
    layer = layer_of(path)
    layers = {n.split(".")[1] for n in imported(path) if n.startswith("hcpgraph.")}

    unexpected = layers - ALLOWED[layer] - {layer, *EVERYWHERE}

    assert not unexpected


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_third_parties_stay_at_home(path):
    """A library is used where it belongs, so that it can be replaced there."""
    foreign = {name.split(".")[0] for name in imported(path, for_types=False)}
    foreign -= set(sys.stdlib_module_names) | {"hcpgraph", "__future__"}

    strays = {name for name in foreign if layer_of(path) not in HOMES.get(name, ())}

    assert not strays


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_files_fit_in_the_head(path):
    """Past 400 lines a module does two things."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_functions_are_one_step(path):
    """Past 60 lines, its docstring not counted, a function does two things."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            start, docstring = node.body[0], ast.get_docstring(node)
            told = start.end_lineno - start.lineno + 1 if docstring else 0
            assert node.end_lineno - node.lineno + 1 - told <= 60, node.name


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_names_say_what_a_room_is_for(path):
    """A drawer called utils holds everything and nothing."""
    assert path.stem not in {"utils", "helpers", "manager", "data", "info_", "misc"}


# What opens a file for writing, or puts one in the place of another.
_WRITES = {"write_text", "write_bytes", "touch", "rename", "symlink_to", "hardlink_to"}
# Studies, and what they read from pipes, are files too: those rooms keep their own.
_KEEPERS = {"store", "importers"}


def writes(path: Path) -> list[str]:
    """The calls of a module that write files."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        text = ast.unparse(node)
        name = ast.unparse(node.func)
        last = name.rsplit(".", 1)[-1]
        modes = [a for a in node.args if isinstance(a, ast.Constant)]
        modes += [k.value for k in node.keywords if k.arg == "mode"]
        writing = any(
            isinstance(m, ast.Constant)
            and isinstance(m.value, str)
            and len(m.value) < 4
            and set(m.value) & set("wax+")
            for m in modes
        )
        moves = last == "replace" and len(node.args) == 1 and not node.keywords
        opens = last == "open" and writing
        if name.startswith("os."):
            opens = last in {"replace", "rename", "link", "symlink", "mknod"}
            opens = opens or (last == "open" and "os.O_RDONLY" not in text)
        if opens or moves or last in _WRITES or name.startswith("shutil."):
            found.append(text)
    return found


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_results_leave_through_one_door(path):
    """Links, devices, the umask and failures half way are thought of in one place."""
    if layer_of(path) == "writing":
        assert writes(path)
    elif layer_of(path) not in _KEEPERS and path.name != "screen.py":
        assert not writes(path)


PRINTING = {"click.echo", "click.secho", "print", "sys.stdout", "sys.stderr"}


@pytest.mark.parametrize(
    "path", [p for p in MODULES if layer_of(p) == "cli"], ids=named
)
def test_commands_print_through_one_door(path):
    """What strangers wrote is cleaned for terminals there, and nowhere forgotten."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named_ = {
        ast.unparse(n)
        for n in ast.walk(tree)
        if isinstance(n, ast.Attribute | ast.Name)
    }
    consoles = "Console" in named_ or "rich.console" in imported(path)

    assert path.name == "screen.py" or not PRINTING & named_
    # one lays out tables as text, the other shows bars, whose words are cleaned
    assert path.name in {"output.py", "progress.py"} or not consoles


def test_the_command_starts_without_numpy():
    """``hcpgraph --help`` answers at once: heavy imports wait for a command."""
    probe = (
        "import sys, hcpgraph.cli;"
        "print([m for m in ('numpy', 'duckdb', 'rich') if m in sys.modules])"
    )

    found = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )

    assert found.stdout == "[]\n"


def test_the_public_names_are_these():
    """What others rely on changes only on purpose."""
    assert hcpgraph.__all__ == [
        "Graph",
        "HcpgraphError",
        "ImportOptions",
        "Partition",
        "Prospects",
        "Ranking",
        "Scores",
        "Study",
        "communities",
        "figures",
        "measures",
        "prospects",
    ]


@pytest.mark.parametrize("name", hcpgraph.__all__)
def test_public_names_resolve(name):
    """What is advertised exists, and is documented."""
    assert getattr(hcpgraph, name).__doc__


def test_unknown_public_names_are_refused():
    """A misspelt name fails as in any module."""
    with pytest.raises(AttributeError, match="no attribute 'Stduy'"):
        hcpgraph.Stduy  # noqa: B018 - reading it is the point
