# Every target explains itself in the list that `make` alone prints.

PYTHON ?= python3
IN_TOOLS = PATH="$(CURDIR)/.tools/bin:$(CURDIR)/.venv/bin:$$PATH"
COMPILE = .venv/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.10 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

# Node comes with the requirements, so that a machine without it checks the same.
export PYRIGHT_PYTHON_GLOBAL_NODE = off
export PYRIGHT_PYTHON_IGNORE_WARNINGS = 1

.DEFAULT_GOAL := help
.PHONY: help setup pythons demo test verify-live check soak record bench generate docs lock

help: ## list the targets
	@echo "Targets:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "Settings:"
	@echo "  PYTHON=python3.12           the Python of the virtual environment, 3.10 or newer"
	@echo "  PULUMI_CLI_SOURCE=path      take the Pulumi CLI from PATH, the installer or go, and nowhere else"
	@echo "  TESTS=tests/tools           what make test runs, with any further options of pytest"
	@echo "  TESTS=twilio/voice:ClientConfiguration  the conformance tests of this type alone"
	@echo "  SEED=7                      where chance begins in make test and make soak"
	@echo "  ROUNDS=20 SECONDS=600       how long make soak goes on"
	@echo "  OBJECTS=1000                make soak imports an account of this size instead, and times each step"
	@echo "  SCENARIOS=adoption          what make record records anew; everything if it is left out"
	@echo "  TYPES=twilio/memory:Store   what make verify-live tries, with commas; every type if it is left out"
	@echo "  YES=ACCOUNT_SID             does not ask before make verify-live; CLEAN=1 only removes what it has left"
	@echo "  BENCH=waits                 what make bench measures: processes, waits, no_change, look_up, cancel, accounts, operations"

setup: ## bring .venv (this package and its tools) and .tools/bin (the Pulumi CLI); make demo, test and check call it
	@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON). Run: sudo apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -m tools.setup

demo: setup ## deploy the quickstart against the emulator with the real CLI, show it, remove it
	@$(IN_TOOLS) .venv/bin/python -m tools.demo

pythons: setup ## bring an environment for each supported Python that is installed, with the oldest and newest SDK
	@.venv/bin/python -m tools.pythons

test: setup ## run the tests, those with the real CLI included
	@$(IN_TOOLS) .venv/bin/python -m tests $(TESTS)

verify-live: setup ## try each type's life in your own accounts at the vendors; explains and asks first
	@$(IN_TOOLS) .venv/bin/python -m tests.live $(if $(TYPES),--types '$(TYPES)') $(addprefix --yes ,$(YES)) \
		$(if $(CLEAN),--clean)

check: setup ## check format, lint, types, imports, that each type is complete, and that generated files are current
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	$(IN_TOOLS) .venv/bin/pyright
	.venv/bin/lint-imports
	.venv/bin/python -m tools.generate --check

soak: setup ## play random edits, kills and outages with the real CLI, and check the stack after each round
	@$(IN_TOOLS) .venv/bin/python -m tests.soak $(addprefix --seed ,$(SEED)) --rounds $(or $(ROUNDS),20) \
		$(addprefix --seconds ,$(SECONDS)) $(addprefix --objects ,$(OBJECTS))

record: setup ## record with the real CLI what the engine asks the provider, for the driver of the conformance tests
	@$(IN_TOOLS) .venv/bin/python -m tests.traces $(SCENARIOS)

bench: setup ## measure the budgets of the design, as ratios within one run
	@$(IN_TOOLS) .venv/bin/python -m bench $(BENCH)

generate: setup ## write what follows from the definitions and samples: classes, pages, typed programs, saved states
	.venv/bin/python -m tools.generate

docs: generate ## draw the picture in the README anew, from a deployment of its program with the real CLI
	@$(IN_TOOLS) .venv/bin/python -m tools.picture

lock: setup ## renew the pinned requirements
	$(COMPILE) --all-extras --group dev --output-file requirements/dev.txt
	$(COMPILE) --constraint requirements/dev.txt --output-file requirements/newest.txt
	$(COMPILE) --resolution lowest-direct --output-file requirements/oldest.txt
