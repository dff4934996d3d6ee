"""Build the documentation as a site: ``python docs/site/build.py [FOLDER]``.

Pages are the Markdown files of docs/ and some others, and pages made from the code:
commands, columns, formats, configuration and the Python interface. All are put in one
folder, their links mended, and given to Sphinx, to which every warning is an error.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from sphinx.cmd.build import main as sphinx

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
for folder in (HERE, ROOT):  # this code, whatever else is installed
    sys.path.insert(0, str(folder))

import pages  # noqa: E402 - needs the line above

# jobs in the order in which they come up; guides that are not named follow
_JOBS = (
    *("monthly-refresh", "defend-a-ranking", "plan-outreach", "new-platform"),
    "odd-files",
)
# file of the repository -> page of the site, by caption of the table of contents
CONTENTS = {
    "Tutorial": {"docs/how-to/first-study.md": "how-to/first-study"},
    "How to": {
        f"docs/how-to/{name}.md": f"how-to/{name}"
        for name in dict.fromkeys(
            (*_JOBS, *sorted(path.stem for path in ROOT.glob("docs/how-to/*.md")))
        )
        if name != "first-study"
    },
    "What goes in, what comes out": {
        "docs/data.md": "data",
        "docs/results.md": "results",
        "docs/privacy.md": "privacy",
        "docs/policy.md": "policy",
        "figures/README.md": "gallery",
    },
    "Reference": {
        "docs/glossary.md": "glossary",
        **{name: name for name in pages.REFERENCE},
    },
    "Python": {name: name for name in pages.API},
    "How it works": {
        "docs/methods.md": "methods",
        "docs/architecture.md": "architecture",
        "docs/performance.md": "performance",
        "docs/reliability.md": "reliability",
    },
    "Project": {
        ".github/CONTRIBUTING.md": "contributing",
        "CHANGELOG.md": "changelog",
    },
}
START = "docs/index.md"
ORIGINS = {
    START: "index",
    **{origin: page for part in CONTENTS.values() for origin, page in part.items()},
}
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")


def write_source(folder: Path) -> None:
    """Put all pages in *folder*, as Sphinx reads them."""
    made = {**pages.REFERENCE, **pages.API}
    for origin, page in ORIGINS.items():
        path = folder / f"{page}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        if origin in made:
            text = made[origin]()
        else:
            text = mended((ROOT / origin).read_text("utf-8"), origin, folder)
        path.write_text(text + (contents() if page == "index" else ""), "utf-8")
    (folder / "_static").mkdir()
    shutil.copy(HERE / "site.css", folder / "_static")
    shutil.copy(HERE / "conf.py", folder)


def contents() -> str:
    """The tables of contents, which the site has at its side."""
    return "".join(
        "\n".join(["\n```{toctree}", ":hidden:", f":caption: {caption}", "", *part])
        + "\n```\n"
        for caption, entries in CONTENTS.items()
        for part in [list(entries.values())]
    )


def mended(text: str, origin: str, folder: Path) -> str:
    """A page whose links lead to pages of the site; other files are named instead.

    Args:
        text: of the page, in Markdown.
        origin: its path in the repository.
        folder: where pages are put; pictures are copied there.

    Raises:
        FileNotFoundError: if a link leads nowhere.
    """
    page = PurePosixPath(ORIGINS[origin])

    def lead(found: re.Match[str]) -> str:
        picture, words, target = found.groups()
        path, hash_, anchor = target.partition("#")
        if not path or re.match(r"\w+:", path):
            return found[0]
        there = os.path.normpath(Path(origin).parent / path)
        if not (ROOT / there).exists():
            raise FileNotFoundError(f"{origin}: {target} leads nowhere")
        if picture:
            copy = folder / "_pictures" / Path(there).name
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / there, copy)
            return f"![{words}](/_pictures/{copy.name})"
        if there in ORIGINS:
            lead_to = os.path.relpath(f"{ORIGINS[there]}.md", page.parent)
            return f"[{words}]({lead_to}{hash_}{anchor})"
        return words if there in words else f"{words} (`{there}`)"

    # what stands between fences is no link
    parts = re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL)
    return "".join(
        part if part.startswith("```") else LINK.sub(lead, part) for part in parts
    )


def build(folder: Path) -> int:
    """Build the site in *folder*; gives the exit code of Sphinx."""
    with TemporaryDirectory() as source:
        write_source(Path(source))
        options = ["--fail-on-warning", "--keep-going", "--quiet", "--fresh-env"]
        return sphinx([*options, "-d", f"{source}/.read", source, str(folder)])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    default = ROOT / "build" / "docs"
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    sys.exit(build(parser.parse_args().folder))
