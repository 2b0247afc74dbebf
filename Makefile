# All that is done with this tree, one word each. Variables: PYTHON, HOST, PORT, DATA_DIR, WEB_WORKERS, TASK_WORKERS, and
# the ones that the settings read (README, "Configuration").

SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WEB_WORKERS ?= 2
TASK_WORKERS ?= 2
override DATA_DIR := $(abspath $(or $(DATA_DIR),var))
BIN := $(CURDIR)/.venv/bin
export HOST PORT WEB_WORKERS TASK_WORKERS DATA_DIR BIN

PIP := $(BIN)/pip install --disable-pip-version-check --require-hashes
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header --quiet
MANAGE := $(BIN)/python manage.py

# What stands already is remembered in these files, so a second run installs nothing.
VENV := $(BIN)/python
PROD := .venv/.installed-prod
DEV := .venv/.installed-dev
ASSETS := node_modules/.package-lock.json
DEV_ASSETS := node_modules/.installed-dev
STATIC := $(DATA_DIR)/static/staticfiles.json

.PHONY: help
help: ## Say what there is.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

.PHONY: run
run: check-port prepare ## Serve the portal with a demo company, worker and beat; prints logins and an API client.
	@$(MANAGE) load_demo
	@$(SERVE)

.PHONY: serve
serve: check-port prepare ## The same without the demo company: an installation of your own.
	@$(SERVE)

.PHONY: install
install: $(PROD) $(ASSETS) ## Install what the product needs into .venv and node_modules.

.PHONY: test
test: $(DEV) $(DEV_ASSETS) ## Run every check and test: lint, types, contracts, migrations, pytest on SQLite and PostgreSQL.
	@scripts/test.sh

.PHONY: lint
lint: $(DEV) ## Check format, style, types, imports between apps, and that models and migrations agree.
	@scripts/lint.sh

.PHONY: format
format: $(DEV) ## Put every file into shape.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: bench
bench: $(DEV) ## Measure ingest, consumption and invoices against their yardsticks, into docs/performance.md.
	$(BIN)/python -m bench

.PHONY: lock
lock: $(DEV) ## Pin the newest versions that requirements/*.in and package.json allow.
	for part in base prod dev node; do $(LOCK) --upgrade requirements/$$part.in -o requirements/$$part.txt >/dev/null || exit; done
	npm update --ignore-scripts --package-lock-only

# --- What these rest on

SERVE = echo "Intellimeter listens on http://$(HOST):$(PORT) (Ctrl-C ends it)"; exec $(BIN)/honcho --env /dev/null start

run serve prepare: export DJANGO_SETTINGS_MODULE := intellimeter.settings.prod

.PHONY: system check-port prepare
system:
	@$(PYTHON) scripts/check_system.py

check-port:
	@$(PYTHON) scripts/check_port.py

prepare: $(PROD) $(ASSETS)
	@$(BIN)/python -m intellimeter.settings.secrets
	@$(MAKE) $(STATIC)
	@$(MANAGE) migrate --noinput

$(VENV): | system
	$(PYTHON) -m venv .venv

$(PROD): requirements/prod.txt $(VENV) | system
	$(PIP) -r $<
	@touch $@

$(DEV): requirements/dev.txt $(VENV) | system
	$(PIP) -r $<
	@touch $@ $(PROD)

$(ASSETS): package.json package-lock.json .npmrc scripts/install_assets.sh $(VENV)
	scripts/install_assets.sh $(BIN) --omit=dev
	@touch $@

$(DEV_ASSETS): package.json package-lock.json .npmrc scripts/install_assets.sh $(VENV)
	scripts/install_assets.sh $(BIN)
	@touch $@ $(ASSETS)

$(STATIC): export DJANGO_SETTINGS_MODULE := intellimeter.settings.prod
$(STATIC): $(ASSETS) $(PROD) $(shell find static -type f)
	@$(MANAGE) collectstatic --noinput --verbosity 2 | $(BIN)/python -m tqdm --desc "Preparing assets" --unit " lines" >/dev/null
