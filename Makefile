# `make help` lists the targets. Nothing has to be installed beforehand but Python, make and a C compiler.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY := .venv/bin/python
READY := .venv/.ready

# The pages are checked in this browser (Debian's Chromium unless told otherwise).
BROWSER ?= /usr/bin/chromium
export BROWSER

# How many tests run at once.
JOBS ?= 2

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

.PHONY: setup
setup: $(READY) ## make .venv with the pinned packages

$(READY): requirements/dev.txt local/setup.sh
	@local/setup.sh
	@touch $@

.PHONY: run
run: $(READY) ## start the whole portal with demo data (PORT=8000)
	@exec $(PY) -m local

.PHONY: dev
dev: $(READY) ## the same with DEBUG on and code reloaded when it changes
	@DEBUG=1 exec $(PY) -m local

.PHONY: css
css: $(READY) ## put static/css/portal.css together from its source files
	@$(PY) manage.py bundle_css

.PHONY: test
test: $(READY) browser ## the whole test suite (ARGS="tests/core -x" narrows it)
	@$(PY) -m pytest -n $(JOBS) --dist worksteal -q $(ARGS)

.PHONY: browser
browser: $(READY)
	@sh local/browser.sh

.PHONY: coverage
coverage: $(READY) browser ## the suite with a report of branches
	@$(PY) -m pytest -n $(JOBS) -q --cov --cov-report=term $(ARGS)
	@echo "Rooms that must be covered wholly:"
	@$(PY) -m coverage report --fail-under=100 \
		--include='*/law.py,*/law/*,*/workflow.py,*/actions.py,*/actions/*'

.PHONY: lint
lint: $(READY) ## form, types, floors, migrations, deployment check
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@.venv/bin/lint-imports --no-logo --config pyproject.toml
	@$(PY) -m mypy
	@$(PY) -W ignore manage.py makemigrations --check --dry-run
	@SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
		DATABASE_URL=postgresql://portal@/portal REDIS_URL=redis://127.0.0.1 EMAIL_URL=smtp://127.0.0.1 \
		SITE_URL=https://portal.example ALLOWED_HOSTS=portal.example \
		DJANGO_SETTINGS_MODULE=portal.settings.production $(PY) manage.py check --deploy --fail-level WARNING

.PHONY: format
format: $(READY) ## put code and templates into the common form
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format .

.PHONY: bench
bench: $(READY) ## measure speed and load in a database of its own
	@$(PY) -m bench

.PHONY: docs
docs: $(READY) ## print rulebook, state diagrams and data dictionary anew
	@$(PY) manage.py build_docs

.PHONY: messages
messages: $(READY) ## bring the catalogues in line with the texts and compile them
	@$(PY) manage.py update_messages

.PHONY: manage
manage: $(READY) ## manage.py of the running portal (ARGS="shell")
	@exec $(PY) -m local manage $(ARGS)

.PHONY: clean
clean: ## remove caches and the environment; var/ with its data stays
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
	@find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +

.PHONY: lock
lock: ## remake requirements/*.txt from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --quiet -o requirements/production.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --quiet -o requirements/dev.txt
