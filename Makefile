# `make run` sets up and serves seeds/; `make test` sets up and passes the tests.
.DEFAULT_GOAL := help
.PHONY: help run compiled test test-deploy fuzz soak check format lock audit sbom wheel clean

VENV := .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?=

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.runtime ## Set up and serve seeds/ on http://127.0.0.1:8080
	@$(BIN)/python tools/compile.py >/dev/null || :
	@mkdir -p var
	@$(BIN)/feedsvc serve --show-file-names true

compiled: $(VENV)/.runtime ## Compile what labels, as installing does (needs a C compiler)
	@$(BIN)/python tools/compile.py

test: $(VENV)/.dev ## Set up and run the tests
	@$(BIN)/python tools/compile.py >/dev/null || :
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

test-deploy: $(VENV)/.dev ## Run the tests that boot machines and build images (as root)
	@$(BIN)/python -m pytest -m deploy tests/deploy

fuzz: $(VENV)/.dev ## Try hostile content for longer
	@$(BIN)/python -m pytest --hypothesis-profile=fuzz tests/faults/test_fuzz.py

soak: $(VENV)/.dev ## Try the faults that take minutes
	@$(BIN)/python -m pytest -m slow tests/faults

check: $(VENV)/.dev ## Lint, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.dev ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(VENV)/.dev ## Pin the newest dependencies that pyproject.toml allows
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/python tools/lock.py

audit: $(VENV)/.dev ## Look up known vulnerabilities of all that is pinned
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.txt
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements-build.txt
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements-dev.txt

sbom: $(VENV)/.dev ## Build the wheel and list its parts (CycloneDX): dist/feedsvc-….cdx.json
	@$(BIN)/python tools/make_sbom.py

wheel: $(VENV)/.dev ## Build dist/feedsvc-….whl, the only one there
	@rm -f dist/feedsvc-*.whl
	@$(BIN)/python -m hatchling build -t wheel

clean: ## Remove what was set up, but not var/
	rm -rf $(VENV) feedsvc/_compiled dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.runtime: requirements.txt requirements-build.txt pyproject.toml
	@sh tools/setup.sh $(VENV) requirements.txt requirements-build.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml
	@sh tools/setup.sh $(VENV) requirements-dev.txt
	@touch $@ $(VENV)/.runtime
