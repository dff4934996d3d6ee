"""Reports made by hand, with names as unkind as strangers can make them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from hcpgraph import communities, reports
from hcpgraph.graph import from_ties
from hcpgraph.model.backtest import Backtest
from hcpgraph.model.names import CONTRIBUTIONS
from hcpgraph.model.note import Note
from hcpgraph.model.prospects import Certificate, Prospects
from hcpgraph.model.report import (
    AreaReport,
    Endorsement,
    MapLeaders,
    Report,
)
from hcpgraph.model.table import Table
from hcpgraph.model.ties import NO_AREA, NO_POST, NO_TIME, Ties

UNKIND = (
    '</script><script>document.title="owned"</script>',
    "<img src=https://example.invalid/x onerror=alert(1)>",
    "Q \"uote\" & 'apos' {{ 7 * 7 }}",
    "\u202edesrever Dr",
    "د. ليلى حداد",
    "Zoë 👩‍⚕️ O’Neil",  # noqa: RUF001 - as people write it
    "-->\u2028]]>",
    "x" * 300,
)


def ties_among(accounts: int, ties: int, seed: int = 7) -> Ties:
    """Follows and mentions in groups of a hundred; some accounts draw many."""
    rng = np.random.default_rng(seed)
    source = rng.integers(0, accounts, ties)
    near = source // 100 * 100 + (100 * rng.random(ties) ** 2).astype(np.int64)
    far = (accounts * rng.random(ties) ** 2).astype(np.int64)
    target = np.where(rng.random(ties) < 0.8, near, far) % accounts
    order = np.lexsort((target, source))
    count = np.full(ties, 0)
    return Ties(
        source=source[order].astype(np.int32),
        target=target[order].astype(np.int32),
        layer=rng.integers(0, 2, ties).astype(np.int8),
        at=count + NO_TIME,
        post=(count + NO_POST).astype(np.int32),
        weight=np.ones(ties, np.float32),
        area=(count + NO_AREA).astype(np.int16),
    )


def people_of(count: int) -> Table:
    """So many people, the first of them with unkind names."""
    names = [*UNKIND, *(f"Person Number {i}" for i in range(len(UNKIND), count))]
    rows = range(count)
    return Table(
        {
            "id": [str(9 * 10**18 + i) for i in rows],
            "handle": [None if i == 3 else f"handle_{i}" for i in rows],
            "name": [None if i == 11 else names[i] for i in rows],
            "role": [("clinician", "nurse", "unknown")[i % 3] for i in rows],
            "specialty": [("Oncology", None)[i % 2] for i in rows],
            "institution": [f"Clinic {i % 40}" for i in rows],
            "country": [("NO", "CL", None)[i % 3] for i in rows],
        }
    )


def backtest_of() -> Backtest:
    """Four methods at one moment."""
    return Backtest(
        table=Table(
            {
                "method": ["hcpgraph", "followers", "hcpgraph, timed ties", "random"],
                "ndcg": [0.84, 0.88, 0.8, 0.27],
                "low": [0.77, 0.79, 0.7, 0.24],
                "high": [0.9, 0.93, 0.9, 0.32],
                "precision": [0.67, 0.72, 0.5, 0.24],
                "precision_low": [0.5, 0.6, 0.4, 0.2],
                "precision_high": [0.8, 0.8, 0.6, 0.3],
                "difference": [None, -0.04, 0.04, 0.57],
                "difference_low": [None, -0.09, -0.02, 0.5],
                "difference_high": [None, 0.01, 0.1, 0.63],
                "verdict": [None, "level", "level", "ahead"],
            }
        ),
        moments=Table(
            {
                "share": [0.5],
                "at": ["2025-06-17T14:58:00Z"],
                "known": [90],
                "judged": [83],
                "responded": [39],
            }
        ),
        area=None,
        top=20,
        notes=(
            Note("audience: hcp", "audience"),
            Note("hcpgraph is level with the plain rival", "rival"),
            Note("negative control: silent", "negative control"),
        ),
    )


def area_of(
    people: Table, *, accounts: int, ties: int, slug: str | None, top: int = 12
) -> AreaReport:
    """An area whose first accounts are *people*; the rest may not be named."""
    named = min(len(people), accounts)
    links = ties_among(accounts, ties)
    graph = from_ties(links, {"follow": 1.0, "mention": 1.0})
    partition = communities.leiden(graph)
    cast = np.intersect1d(np.arange(named, dtype=np.int32), graph.ids)
    chart = reports.draw_map(graph, partition, links, cast)
    rank = chart.person[: chart.named]
    score = 6.0 - 5.0 * rank / max(named, 1)
    top = min(top, chart.named)
    table = reports.communities_of(graph, partition, cast)
    rows = list(range(top))
    return AreaReport(
        area=slug,
        name="Whole study" if slug is None else slug.title(),
        listed=len(cast),
        ranking=Table(
            {
                "person": rank[:top].tolist(),
                "rank": [i + 1 for i in rows],
                "score": score[:top].tolist(),
                "rank_low": [max(1, i - 1) for i in rows],
                "rank_high": [i + 3 for i in rows],
                "p_top10": [1.0 if i < 5 else 0.2 for i in rows],
                "tier": [1 + i // 5 for i in rows],
                **{name: (score[:top] / 5).tolist() for name in CONTRIBUTIONS},
            }
        ),
        medians=dict.fromkeys(CONTRIBUTIONS, 0.3),
        leaders=MapLeaders(
            person=rank,
            rank=(rank + 1).astype(np.int32),
            score=score,
            contribution=dict.fromkeys(CONTRIBUTIONS, score / 5),
        ),
        endorsed=tuple(
            (Endorsement(int(rank[-1]), 0.2, i + 2, ("follow",), 1, "2025-03-01"),)
            for i in rows
        ),
        map=chart,
        communities=table,
        prospects=Prospects(
            table=Table(
                {
                    "rank": [1, 2],
                    "id": people["id"][1:3],
                    "handle": people["handle"][1:3],
                    "name": people["name"][1:3],
                    "kind": ["leader", "voice"],
                    "gain": [5, 2],
                    "coverage": [0.6, 0.7],
                    "reason": ["rank 2; follows @handle_9 (1 tie)", UNKIND[0]],
                    "community": [1, 1],
                    **{
                        name: people[name][1:3]
                        for name in ("role", "specialty", "institution", "country")
                    },
                    "path": ["handle_9, then handle_1", None],
                    "response": [0.12, None],
                    "evidence": ["https://example.invalid/post/1", None],
                    "novelty": ["as new as this", 0.25],
                }
            ),
            area=slug,
            notes=("audience: hcp",),
            reach={"chosen": (0.4, 0.6, 0.7), "ranking": (0.4, 0.5, 0.69)},
            certificate=Certificate(60.0, 80.0, 0.99),
        ),
        backtest=backtest_of() if slug is None else None,
        size=(graph.n_nodes, graph.n_edges),
        lacking="" if slug is None else "no tie has a time",
        notes=("audience: hcp", UNKIND[1]),
    )


def report_of(
    *, accounts: int = 60, named: int = 40, ties: int = 240, areas: int = 1
) -> Report:
    """A report on the whole study and so many areas."""
    people = people_of(named)
    slugs = [None, *(f"area-{i}" for i in range(areas))]
    return Report(
        title="</title><b>unkind",
        areas=tuple(
            area_of(people, accounts=accounts, ties=ties, slug=slug) for slug in slugs
        ),
        left_out=("tiny area (2 people may be listed)",),
        people=people,
        summary={
            "accounts": accounts,
            "placeholders": 1,
            "posts": 5,
            "ties": {"follow": ties},
            "ties_without_time": ties,
            "roles": {"clinician": named, "unknown": accounts - named},
            "files": [
                {
                    "path": "/home/somebody/secret-folder/follows.csv",
                    "format": "ties",
                    "sha256": "ab" * 32,
                    "read": ties,
                    "accepted": ties,
                    "known": 0,
                    "rejected": 1,
                }
            ],
            "first": "2025-01-01T00:00:00Z",
            "last": None,
        },
        origin={"versions": {"hcpgraph": "0", "python": "3"}},
        parameters={"seed": 0, "areas": [None, "x"], "layers": {"follow": 1.0}},
    )


@pytest.fixture(scope="session")
def make_report():
    """Makes reports of any size."""
    return report_of


@pytest.fixture(scope="session")
def report() -> Report:
    """Sixty accounts, forty of them named, two areas."""
    return report_of()


@pytest.fixture(scope="session")
def html(report: Report) -> str:
    """Its page."""
    return reports.render(report)


@dataclass(frozen=True, slots=True)
class Opened:
    """A page in a browser, and what it did since.

    Attributes:
        page: the page.
        requests: addresses asked for, the file itself first.
        errors: what it complained of.
    """

    page: object
    requests: list[str]
    errors: list[str]


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium, or the reason why there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is missing")
    found = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    arguments = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
        " --disable-background-networking --disable-component-update --disable-sync"
    )
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found, args=arguments.split()
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, tmp_path: Path):
    """Opens HTML as a file in a browser without a network."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)

    def opened(html: str) -> Opened:
        path = tmp_path / "report.html"
        path.write_text(html, encoding="utf-8")
        page = context.new_page()
        requests: list[str] = []
        errors: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text))
        page.goto(path.as_uri())
        page.wait_for_selector("html.alive")
        return Opened(page, requests, errors)

    yield opened
    context.close()
