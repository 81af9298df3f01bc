# Every command a developer needs.  `make` leaves the command at .venv/bin/openline; `make help` lists the rest.
# After `make setup` nothing here uses the network, except `make lock`.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready
PYTEST_ARGS ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := setup
.PHONY: setup test check style types architecture demo bench soak fmt lock clean help

setup: $(STAMP) ## make .venv with everything in requirements.lock, and the command .venv/bin/openline

$(STAMP): requirements.lock pyproject.toml tools/setup.sh
	@PYTHON="$(PYTHON)" tools/setup.sh
	@touch $@

test: style types architecture ## everything that has to hold before a change lands
	@echo "tests: pytest"
	@$(BIN)/python -m pytest -q $(PYTEST_ARGS)

check: test ## the same as test; what CI runs

style: $(STAMP) ## ruff: rules and format
	@echo "style: ruff"
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .

types: $(STAMP) ## mypy, strict
	@echo "types: mypy"
	@$(BIN)/mypy src tests $(wildcard tools/*.py bench/*.py)

architecture: $(STAMP) ## the room table: who may import whom
	@echo "architecture: import-linter"
	@$(BIN)/lint-imports --no-logo

demo: $(STAMP) ## posts on this machine, an evening played, both verifiers
	@$(BIN)/openline demo

bench: $(STAMP) ## measured figures as JSON, each beside its floor
	@$(BIN)/python bench/run.py

soak: $(STAMP) ## the slow tests and many more seeds
	@$(BIN)/python -m pytest -q -m soak --hypothesis-profile=soak $(PYTEST_ARGS)

fmt: $(STAMP) ## format the code and mend what ruff can mend
	@$(BIN)/ruff check -q --fix .
	@$(BIN)/ruff format -q .

lock: $(STAMP) ## resolve pyproject.toml again into requirements.lock (network)
	@$(BIN)/uv lock -q
	@$(BIN)/uv export -q --frozen --no-emit-project --no-header --no-annotate -o requirements.lock

clean: ## remove the environment and every cache
	@rm -rf .venv build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14
