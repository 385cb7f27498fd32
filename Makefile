# Every target sets itself up: Debian packages that are missing, the virtual environment, then its own work.
# A fresh machine needs Python 3.11 or newer, make and a package manager.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
JOBS ?= 2
ARGS ?=

.PHONY: help setup demo pictures run test check conformance bench dist lock format clean distclean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1|\2/' | column -t -s '|'

setup: $(READY)  ## the virtual environment only

$(READY): requirements.lock pyproject.toml scripts/venv.sh scripts/python.sh
	@scripts/debian.sh python
	@scripts/venv.sh $(VENV)
	@touch $@

demo: $(READY)  ## the whole year end on a generated school, into demo-out/
	@scripts/debian.sh qt demo
	$(PYTHON) -m app demo --out demo-out $(ARGS)

pictures: demo  ## the guide's pictures anew, from the demo
	cp demo-out/anh/0*.png docs/huong-dan/anh/

run: $(READY)  ## the window
	@scripts/debian.sh qt window
	$(PYTHON) -m app $(ARGS)

test: $(READY)  ## the whole test suite (ARGS="-k name" for a part)
	@scripts/debian.sh qt demo test
	$(VENV)/bin/pytest -n $(JOBS) $(ARGS)

check: $(READY)  ## lint, format, types, layering, sizes
	@scripts/debian.sh qt
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/pytest tests/test_layering.py tests/test_sizes.py

conformance: $(READY)  ## second opinions: veraPDF, EU DSS, pdfsig, xmlsec1, qpdf, bagit
	@scripts/debian.sh qt demo test
	$(PYTHON) -m conformance.run $(ARGS)

bench: $(READY)  ## the budgets table of the design
	@scripts/debian.sh qt demo bench
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock \
		|| echo "SKIPPED: the typesetters beside ours could not be installed" >&2
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m benchmarks $(ARGS)

dist: $(READY)  ## the bundle in dist/hocba, tried out
	@scripts/debian.sh qt dist
	$(VENV)/bin/pyinstaller build/pyinstaller.spec --noconfirm --log-level WARN \
		--workpath .cache/pyinstaller --distpath dist
	scripts/smoke.sh dist/hocba/hocba

lock:  ## pin the dependencies anew (uses the network)
	scripts/lock.sh

format: $(READY)  ## let ruff put the code in order
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

clean:  ## remove what the other targets made, except the virtual environment
	rm -rf dist demo-out .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis conformance/target *.egg-info
	find app tests benchmarks conformance -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean  ## remove the virtual environment too
	rm -rf $(VENV)
