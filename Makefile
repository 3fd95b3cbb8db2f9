# `make help` lists the targets. Nothing has to be installed beforehand but Python, make and a C compiler.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY := .venv/bin/python
READY := .venv/.ready

# The pages are checked in this browser (Debian's Chromium unless told otherwise).
BROWSER ?= /usr/bin/chromium
export BROWSER

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

.PHONY: test
test: $(READY) browser ## the whole test suite (ARGS="tests/core -x" narrows it)
	@$(PY) -m pytest -n 2 -q $(ARGS)

.PHONY: browser
browser: $(READY)
	@sh local/browser.sh

.PHONY: lock
lock: ## remake requirements/*.txt from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --quiet -o requirements/production.txt
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --quiet -o requirements/dev.txt
