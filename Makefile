# make demo    a synthetic study, from exports to figures, in ./demo
# make test    all tests but those that take long
# make test-slow   those: every moment of a crash, many writers, many odd files
# make check   format, lint, types, architecture
# make bench   measure beside networkit and others; needs a quiet machine, half an hour
# make bench-long   also 100 million and 1.5 billion ties; 55 GB of disk, two hours
# make docs    the documentation as a site, in build/docs
# make page    build the program of the HTML report anew (npm)
# make lock    choose newer versions of the dependencies (setup.cfg says which may be)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test test-slow check docs bench bench-long page lock clean

demo: $(READY)
	$(BIN)/hcpgraph demo demo

test: $(READY)
	$(BIN)/python -m pytest -q -n auto --dist loadfile -m "not slow"

test-slow: $(READY)
	$(BIN)/python -m pytest -q -n auto --dist loadfile -m slow

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_architecture.py

docs: $(READY)
	$(BIN)/python docs/site/build.py build/docs

# networkit is needed here alone, and is not locked: docs/performance.md names its version.
bench-long: LONG := --long
bench bench-long: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m tests.benchmarks --size full --runs 3 $(LONG)

# The locked versions first, then the package itself without looking further.
$(READY): requirements.lock setup.cfg pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'hcpgraph needs Python 3.11 or later')"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $(READY)

page:
	npm --prefix hcpgraph/reports/page ci --no-audit --no-fund
	npm --prefix hcpgraph/reports/page test
	npm --prefix hcpgraph/reports/page run build

lock:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade \
	    --extra dev setup.cfg --output-file requirements.lock

clean:
	rm -rf $(VENV) build dist *.egg-info demo
