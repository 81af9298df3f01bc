# Every command a developer needs.  `make` leaves the command at .venv/bin/openline; `make help` lists the rest.
# After `make setup` nothing here uses the network, except `make lock`.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready
DESK := src/openline/desk/static/.built
PYTEST_ARGS ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := setup
.PHONY: setup test check style types architecture demo bench pictures soak fmt lock clean help

setup: $(STAMP) $(DESK) ## make .venv with everything in requirements.lock, the command .venv/bin/openline, and the desk

$(STAMP): requirements.lock pyproject.toml tools/setup.sh
	@PYTHON="$(PYTHON)" tools/setup.sh
	@touch $@

$(DESK): package-lock.json tools/desk.sh $(wildcard src/openline/desk/web/* src/openline/desk/web/words/*) | $(STAMP)
	@tools/desk.sh

test: style types architecture ## everything that has to hold before a change lands
	@tools/browser.sh
	@echo "tests: pytest, three files at a time: those with processes mostly wait"
	@$(BIN)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder --ignore=tests/sim $(PYTEST_ARGS)
	@echo "tests: simulated worlds, on two processes"
	@$(BIN)/python -m pytest -q tests/sim $(PYTEST_ARGS)

check: test ## the same as test; what CI runs

style: $(STAMP) ## ruff: rules and format
	@echo "style: ruff"
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .

types: $(STAMP) $(DESK) ## mypy, and TypeScript's compiler, both strict
	@echo "types: mypy, tsc"
	@$(BIN)/mypy src tests $(wildcard tools/*.py bench/*.py)
	@PATH="$$PATH:$(CURDIR)/$(BIN)" node_modules/.bin/tsc -p src/openline/desk/web

architecture: $(STAMP) ## the room table: who may import whom
	@echo "architecture: import-linter"
	@$(BIN)/lint-imports --no-logo

demo: $(STAMP) ## posts on this machine, an evening played, both verifiers; on a terminal, desks
	@test ! -t 1 || $(MAKE) -s --no-print-directory $(DESK) || true
	@$(BIN)/openline demo

bench: $(STAMP) ## measured figures as JSON, each beside its floor
	@$(BIN)/python bench/run.py

pictures: $(STAMP) $(DESK) ## make the pages of the incidents and all pictures again
	@OPENLINE_PICTURES=1 $(BIN)/python -m pytest -q tests/incidents/test_pages.py tests/desk/test_page.py -k "page_says or readme"

soak: $(STAMP) ## the slow tests and many more seeds
	@$(BIN)/python -m pytest -q -m soak --hypothesis-profile=soak $(PYTEST_ARGS)

fmt: $(STAMP) ## format the code and mend what ruff can mend
	@$(BIN)/ruff check -q --fix .
	@$(BIN)/ruff format -q .

lock: $(STAMP) ## resolve pyproject.toml again into requirements.lock (network)
	@$(BIN)/uv lock -q
	@$(BIN)/uv export -q --frozen --no-emit-project --no-header --no-annotate -o requirements.lock

clean: ## remove the environment and every cache
	@rm -rf .venv node_modules src/openline/desk/static build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14
