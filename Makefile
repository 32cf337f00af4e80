# Needs Python 3.11 or newer and make, nothing else. The first run sets up .venv; later ones start at once.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
PINNED := install --require-hashes --no-deps --requirement
SAMPLE := rulesets/acme_partner_programme --as-of 2026-06-30

SUITABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3.14 python3 python; do \
	$$python -c '$(SUITABLE)' >/dev/null 2>&1 && echo $$python && break; done)

unexport PYTHONHOME PYTHONPATH

.PHONY: help demo test check bench schema pins

help:
	@echo "make demo     segment the sample ruleset and explain one partner"
	@echo "make test     run the tests                (ARGS='-k tier' picks some)"
	@echo "make check    layout, style, types, floors"
	@echo "make bench    measure against queries written by hand"
	@echo "make schema   write schemas/ from the models"
	@echo "make pins     renew requirements/ to the newest versions (needs uv)"

demo: $(VENV)/.run
	$(BIN)/segrules evaluate $(SAMPLE) --out results/demo
	$(BIN)/segrules explain $(SAMPLE) --key P-017

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/.dev
	@for file in bench/[!_]*.py; do echo "$(BIN)/python $$file"; $(BIN)/python $$file || exit; done

schema: $(VENV)/.run
	$(BIN)/segrules schema --out schemas

$(VENV)/.run: requirements/build.txt requirements/run.txt pyproject.toml
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(MAKE) --no-print-directory $(VENV)
	@echo "installing segrules into $(VENV)"
	@$(PIP) $(PINNED) requirements/build.txt
	@$(PIP) $(PINNED) requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "installing the tools for tests and checks into $(VENV)"
	@$(PIP) $(PINNED) requirements/dev.txt
	@touch $@

.PHONY: $(VENV)
$(VENV):
	@$(or $(PYTHON),false) -c '$(SUITABLE)' >/dev/null 2>&1 || { \
		echo "segrules needs Python 3.11 or newer with its venv module; found: $(or $(PYTHON),none on the PATH)" >&2; \
		echo "Install one, or name one: make PYTHON=/path/to/python3.12 ..." >&2; exit 1; }
	@echo "setting up $(VENV) (once, a minute or so)"
	@$(PYTHON) -m venv --clear $(VENV)

COMPILE := uv pip compile --quiet --upgrade --no-config --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate

pins:
	$(COMPILE) requirements/build.in --output-file requirements/build.txt
	$(COMPILE) pyproject.toml --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --group dev --constraints requirements/run.txt --output-file requirements/dev.txt
