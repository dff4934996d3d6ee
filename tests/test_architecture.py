"""The rules of the house, checked rather than remembered."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter, defaultdict
from importlib import import_module
from pathlib import Path

import pytest

import hcpgraph
from hcpgraph import cli, importers
from hcpgraph.engines import open_engine
from hcpgraph.exports import graphology, markup
from hcpgraph.exports.tables import WRITERS
from hcpgraph.measures import MEASURES
from hcpgraph.model import names
from hcpgraph.study.questions.figure import DRAWINGS

PACKAGE = Path(__file__).parent.parent / "hcpgraph"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")

# What each layer may import, besides itself and those below. Errors word themselves
# with names of the model, and the model knows no other layer.
EVERYWHERE = {"errors", "model", "compiled", "memo", "progress", "writing"}
EVERYTHING = {
    "importers", "store", "areas", "identity", "policy", "graph", "measures",
    "communities", "layout", "ranking", "engines", "prospects", "narrative", "figures",
    "exports", "reports",
}  # fmt: skip
ALLOWED = {
    "errors": set(),
    "model": set(),
    "compiled": {"numba_internals"},
    "numba_internals": set(),
    "memo": set(),
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
    "numba": {"compiled", "numba_internals"},
    "openpyxl": {"exports"},
    "python_calamine": {"importers"},
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


CONTRIBUTING = (PACKAGE.parent / ".github" / "CONTRIBUTING.md").read_text("utf-8")


def limit(unit: str) -> int:
    """The number that CONTRIBUTING names before *unit*, so that both stay the same."""
    return int(
        re.search(rf"(\d+)\s+{unit.replace(' ', chr(92) + 's+')}", CONTRIBUTING)[1]
    )


LINES_OF_A_FILE = limit("lines a file")
LINES_OF_A_FUNCTION = limit("lines a function")
POSITIONAL = limit("positional parameters")


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_files_fit_in_the_head(path):
    """Past the lines that CONTRIBUTING names a module does two things."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_OF_A_FILE


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_functions_are_one_step(path):
    """Past the lines that CONTRIBUTING names, docstring not counted, it is two."""
    for node in functions(path):
        start, docstring = node.body[0], ast.get_docstring(node)
        told = start.end_lineno - start.lineno + 1 if docstring else 0
        lines = node.end_lineno - node.lineno + 1 - told
        assert lines <= LINES_OF_A_FUNCTION, node.name


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_parameters_by_position_are_few(path):
    """What is passed by position beyond the number CONTRIBUTING names is mixed up.

    Click passes the options of a command by name; compiled loops take no others.
    """
    for node in functions(path):
        decorators = " ".join(ast.unparse(d) for d in node.decorator_list)
        if "click.command" in decorators or "compiled" in decorators:
            continue
        taken = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
        assert len([a for a in taken if a not in {"self", "cls"}]) <= POSITIONAL, (
            node.name
        )


def functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]


STUDY = [path for path in MODULES if layer_of(path) == "study"]


@pytest.mark.parametrize("path", STUDY, ids=named)
def test_tables_of_people_are_made_for_their_viewer(path):
    """``OpenStudy.table`` leaves out what is withheld; no list goes round it."""
    made = "Table.of" in path.read_text(encoding="utf-8")

    assert made == (path.name == "viewing.py")


@pytest.mark.parametrize(
    "path", [path for path in STUDY if path.parent.name == "questions"], ids=named
)
def test_people_are_named_and_looked_up_for_their_viewer(path):
    """Who is called how, and who is meant by a name, depends on who asks."""
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"store\.(?:read_ids|resolve\w*|unknown|search)\(", text) == []


def test_a_class_name_means_one_thing():
    """Whoever reads or searches for a class finds the one that is meant."""
    found = defaultdict(list)
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(named(path))

    assert not {name: places for name, places in found.items() if len(places) > 1}


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


BY_NAME = {dotted(path): path for path in MODULES}


def module_graph(*, for_types: bool) -> dict[str, set[str]]:
    """Module -> modules of the package that it imports, within functions or not."""
    return {
        name: set(modules_of(path, for_types=for_types)) & set(BY_NAME)
        for name, path in BY_NAME.items()
    }


def modules_of(path: Path, *, for_types: bool) -> list[str]:
    """The modules that *path* imports; ``from room import module`` names the module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not for_types:
        tree.body = [n for n in tree.body if not ast.unparse(n).startswith(_FOR_TYPES)]
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.append(inner if inner in BY_NAME else node.module)
    return found


def circles(graph: dict[str, set[str]]) -> list[frozenset[str]]:
    """Modules that reach each other, by group: strongly connected components."""

    def reached(start: str) -> set[str]:
        seen, todo = set(), [start]
        while todo:
            new = graph[todo.pop()] - seen
            seen |= new
            todo += new
        return seen

    reach = {name: reached(name) for name in graph}
    return list(
        {
            frozenset(other for other in reach[name] if name in reach[other])
            for name in graph
            if name in reach[name]
        }
    )


def test_no_module_needs_itself_at_run_time():
    """Whichever module is imported first, it can be; imports in functions included."""
    assert circles(module_graph(for_types=False)) == []


def test_types_are_known_up_the_stream_alone():
    """Who reads a module need not read its users."""
    assert circles(module_graph(for_types=True)) == []


# How many imports stand within functions, by room. It may fall: lower it then.
LATE_IMPORTS = {
    "cli": 6,  # rich and the demo, only for those who ask
    "engines": 1,  # only participation needs communities
    "exports": 5,  # pyarrow and openpyxl, only for those who ask
    "graph": 5,  # networkx, igraph and scipy, only for those who ask
    "importers": 4,  # pyarrow, numba and resource, only where they are needed
    "measures": 3,  # igraph and scipy, only for measures that need them
    "model": 1,  # pandas, within to_pandas alone
    "ranking": 2,  # scipy and communities, where they are needed
    "store": 3,  # pyarrow and numba, only for large imports
    "study": 6,  # a reader needs no importers, most files no igraph
}


def late_imports(path: Path) -> list[str]:
    """The first lines of imports within functions."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    found = {
        inner.lineno
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }
    return [lines[k - 1] for k in sorted(found)]


def test_imports_within_functions_do_not_spread():
    """They hide what a module needs; each room has no more of them than it had."""
    counted = Counter(layer_of(path) for path in MODULES for _ in late_imports(path))

    more = {room: n for room, n in counted.items() if n > LATE_IMPORTS.get(room, 0)}
    fewer = {room: n for room, n in LATE_IMPORTS.items() if n > counted[room]}

    assert not more, "import at the head of the file"
    assert not fewer, f"lower LATE_IMPORTS: {fewer}"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_within_functions_say_why(path):
    """Each has its reason beside it."""
    bare = [
        line
        for line in late_imports(path)
        if not re.search(r"noqa: PLC0415 - \w", line)
    ]

    assert bare == []


# What a registry or the door of a room loads, which one module is bound to import.
_LOADED = (
    *("cli/*", "measures/*", "figures/*", "study/questions/*", "*__init__.py"),
    *("errors/*", "importers/roster.py", "importers/ties.py", "importers/twarc_csv.py"),
    *("importers/edges.py", "importers/matrix.py", "importers/follower_list.py"),
    *("importers/x_api/posts.py", "importers/x_api/users.py"),
    *("exports/graphology.py", "exports/markup.py", "exports/workbook.py"),
    "exports/read_back/*.py",
)
# It may fall.
MODULES_OF_ONE_USER = 0.3  # of all that are counted


def test_modules_of_one_user_do_not_spread():
    """A smaller share than that has exactly one other module that imports it.

    Such a module is a part of its user: both are read together, and often are one
    idea. Not counted are packages, and what a registry or the door of a room loads:
    commands, measures, figures, questions, and the formats of imports and exports.
    """
    graph = module_graph(for_types=True)
    users = {
        name: [n for n in graph if name in graph[n] and n != name] for name in graph
    }
    counted = [
        name
        for name, path in BY_NAME.items()
        if not any(path.relative_to(PACKAGE).match(kind) for kind in _LOADED)
    ]
    of_one = [name for name in counted if len(users[name]) == 1]

    assert len(of_one) < MODULES_OF_ONE_USER * len(counted), of_one


def test_a_name_is_offered_where_something_is_behind_it():
    """Registries and the lists of names from which help is made are the same."""
    assert set(importers.IMPORTERS) == set(names.FORMATS)
    assert set(names.MEASURES) == open_engine().supported
    assert set(names.MEASURES) == {*MEASURES, "participation"}  # needs communities
    assert set(names.FIGURES) == set(DRAWINGS) == set(names.FIGURE_OPTIONS)


def test_an_export_is_offered_where_something_writes_it():
    """Each kind of table has a writer, and each format of networks a function."""
    rooms = {"gexf": markup, "graphml": markup, "graphology": graphology}
    tables_ = {"nodes", "ties", "evidence"}

    assert set(names.EXPORTS) == {*rooms, *tables_, "xlsx"}
    assert all(hasattr(room, f"to_{name}") for name, room in rooms.items())
    assert all(set(names.EXPORTS[name]) == set(WRITERS) for name in tables_)


# Modules of the room that are no command.
_BESIDE_COMMANDS = {
    *(
        "__init__",
        "access",
        "examples",
        "options",
        "output",
        "progress",
        "screen",
        "values",
    ),
}


def test_every_command_is_listed():
    """A module of a command that help does not show cannot be called."""
    listed = {module for module, _ in cli._COMMANDS.values()}
    there = {p.stem for p in MODULES if layer_of(p) == "cli"} - _BESIDE_COMMANDS

    assert listed == there


@pytest.mark.parametrize("name", cli._COMMANDS)
def test_a_command_has_the_name_it_is_listed_by(name):
    """What help shows is what runs."""
    module = import_module(f"hcpgraph.cli.{cli._COMMANDS[name][0]}")

    assert module.command.name == name


# Function -> the name that its field has for it.
TERMS = {
    "measures.in_degree": "in-degree",
    "measures.out_degree": "out-degree",
    "measures.strength": "in-strength",
    "measures.pagerank": "PageRank",
    "measures.personalized_pagerank": "Personalised PageRank",
    "measures.personalized_pageranks": "Personalised PageRank",
    "measures.hits": "HITS",
    "measures.katz": "Katz centrality",
    "measures.harmonic_closeness": "harmonic closeness",
    "measures.betweenness": "betweenness",
    "measures.core_number": "core number",
    "measures.constraint": "Burt's constraint",
    "measures.participation": "participation coefficient",
    "measures.clustering": "clustering coefficient",
    "measures.voterank": "VoteRank",
    "measures.power_iteration": "power iteration",
    "measures.bfs": "breadth-first search",
    "communities.leiden": "Leiden",
    "communities.label_propagation": "label propagation",
    "communities.modularity": "modularity",
    "communities.conductance": "conductance",
    "communities.agreement": "adjusted Rand index",
    "communities.local_moving": "local moving",
    "communities.refinement": "refinement",
    "communities.leiden.aggregate": "aggregation",
    "prospects.influence.maximizing.maximize_influence": "influence maximisation",
    "prospects.influence.opim": "OPIM-C",
    "prospects.influence.rr_sets": "reverse-reachable sets",
    "prospects.influence.rr_sampling": "RR-set sampling",
    "prospects.influence.max_cover": "greedy maximum cover",
    "prospects.influence.simulation": "influence diffusion",
    "prospects.key_players.selection.key_players": "key players",
    "prospects.influence.learned": "influence probabilities",
    "prospects.influence.baselines.by_degree_discount": "degree discount",
    "prospects.response.local_pagerank": "Personalised PageRank",
    "prospects.response.prediction": "response prediction",
    "prospects.quotas.conflict": "QuickXplain",
    "graph.csr_construction": "CSR construction",
    "layout.springs": "Fruchterman-Reingold",
    "figures.ties.backbone": "disparity filter",
    "ranking.signals.reach": "in-degree",
    "ranking.signals.resonance": "recency-weighted",
    "ranking.signals.authority": "PageRank",
    "ranking.signals.brokerage": "participation-weighted audience",
    "ranking.record.recency.fresh": "exponential decay",
    "ranking.score.fitting": "ridge regression",
    "ranking.uncertainty.resampling": "Bayesian bootstrap",
    "ranking.uncertainty.intervals.shrink": "empirical Bayes",
    "ranking.uncertainty.overdispersion": "random-effects model",
    "ranking.uncertainty.counter_rng": "counter-based",
    "ranking.validation.metrics.ndcg": "normalised discounted cumulative gain",
    "ranking.validation.sparse_data": "sparse data",
    "ranking.change.logistic": "logistic regression",
    "ranking.explain.endorsers": "endorsers",
    "ranking.explain.coordination": "coordinated amplification",
    "ranking.explain.counterfactual": "counterfactual",
}


@pytest.mark.parametrize(("where", "term"), TERMS.items(), ids=TERMS)
def test_an_algorithm_is_introduced_by_the_name_of_its_field(where, term):
    """A statistician who searches for the exact term finds the function."""
    room, _, name = f"hcpgraph.{where}".rpartition(".")
    # a module is asked for first: some functions bear the names of their modules
    found = getattr(import_module(room), name, None) or import_module(f"{room}.{name}")
    first = re.split(r"\.\s|\n\n", found.__doc__, maxsplit=1)[0]

    assert term.lower() in " ".join(first.split()).lower()


@pytest.mark.parametrize("room", ["measures", "communities"])
def test_every_algorithm_has_its_term(room):
    """One that comes is listed with the name of its field."""
    public = import_module(f"hcpgraph.{room}")
    offered = {
        name
        for name in public.__all__
        if name.islower() and callable(getattr(public, name)) and name != "components"
    }

    assert offered <= {where.split(".")[1] for where in TERMS if where.startswith(room)}


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
        "Layout",
        "Partition",
        "Prospects",
        "Ranking",
        "Scores",
        "Study",
        "communities",
        "figures",
        "inspect",
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


# Names in such lists that are functions, not modules.
LISTED_FUNCTIONS = {
    *("as_plain_text", "describe", "recognise", "suggest", "read_mapping"),
    *("write_copy", "read", "hcpgraph", "make_world", "write_exports"),
}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=named)
def test_rooms_list_modules_that_are_there(path):
    """What the docstring of a room names can be opened."""
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    listed = re.findall(r"``([a-z_]+(?:[.][a-z_]+)*)``", said)

    gone = [
        name
        for name in listed
        if name not in LISTED_FUNCTIONS
        and not (path.parent / name).is_file()
        and not (path.parent / name.replace(".", "/")).is_dir()
        and not (path.parent / f"{name.replace('.', '/')}.py").is_file()
        and not (PACKAGE / name).is_dir()
    ]

    assert gone == []
