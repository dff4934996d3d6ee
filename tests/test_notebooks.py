"""Notebooks run from the first cell to the last, as a reader would run them."""

from __future__ import annotations

from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


@pytest.mark.parametrize(
    "path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda p: p.stem
)
# jupyter-client opens sockets that its garbage collection closes late
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_every_cell_runs(path):
    """A notebook that is shipped works."""
    nbclient = pytest.importorskip("nbclient", reason="needs hcpgraph[notebook]")
    nbformat = pytest.importorskip("nbformat", reason="needs hcpgraph[notebook]")
    notebook = nbformat.read(path, as_version=4)

    nbclient.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOKS)}}
    ).execute()

    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    shown = [out for cell in code for out in cell.outputs]
    assert any("text/html" in out.get("data", {}) for out in shown)


@pytest.mark.parametrize(
    "path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda p: p.stem
)
def test_no_results_are_committed(path):
    """Outputs are the reader's own; the repository holds none."""
    nbformat = pytest.importorskip("nbformat", reason="needs hcpgraph[notebook]")

    cells = nbformat.read(path, as_version=4).cells

    assert not any(cell.get("outputs") for cell in cells)
