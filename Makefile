# `make run` installs and serves seeds/; `make test` installs and runs the tests.
.DEFAULT_GOAL := help
.PHONY: help run test bench bench-quick test-deploy fuzz soak check format lock audit sbom wheel clean

VENV := .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?= -n auto --dist loadfile

help: ## Show available commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.runtime ## Install, then serve seeds/ on http://127.0.0.1:8080
	@mkdir -p var
	@$(BIN)/feedsvc serve --show-file-names true

test: $(VENV)/.dev ## Install, then run the tests
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

test-deploy: $(VENV)/.dev ## Run the tests that boot machines and build images (needs root)
	@$(BIN)/python -m pytest -m deploy tests/deploy

fuzz: $(VENV)/.dev ## Try random hostile content for longer than `make test` does
	@$(BIN)/python -m pytest --hypothesis-profile=fuzz tests/faults/test_fuzz.py

soak: $(VENV)/.dev ## Run the slow fault tests
	@$(BIN)/python -m pytest -m slow tests/faults

bench: $(VENV)/.dev ## Measure everything in about ten minutes and write bench/results.md
	@$(BIN)/python -m bench

bench-quick: $(VENV)/.dev ## Measure with fewer and shorter rounds; writes nothing
	@$(BIN)/python -m bench --quick

check: $(VENV)/.dev ## Check style, types and import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.dev ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(VENV)/.dev ## Update the lock files to the newest versions that pyproject.toml allows
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/python tools/lock.py

audit: $(VENV)/.dev ## Check all pinned dependencies for known vulnerabilities
	@$(BIN)/python tools/audit.py

sbom: $(VENV)/.dev ## Build the wheel and its software bill of materials (dist/feedsvc-….cdx.json)
	@$(BIN)/python tools/make_sbom.py

wheel: $(VENV)/.dev ## Build dist/feedsvc-….whl
	@rm -f dist/feedsvc-*.whl
	@$(BIN)/python -m hatchling build -t wheel

clean: ## Remove everything generated, except the database in var/
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.runtime: requirements.txt requirements-editable.txt pyproject.toml
	@sh tools/setup.sh $(VENV) requirements.txt requirements-editable.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml
	@sh tools/setup.sh $(VENV) requirements-dev.txt
	@touch $@ $(VENV)/.runtime
