# 有诉 Yousu. On a fresh clone: `make demo` to see it, `make test` to check it.
# Needs make and a Python of at least 3.11; everything else is fetched into .uv/ and .venv/.

ARGS ?=
# `make test BROWSER=skip` installs no browser; tests that need one are then skipped by name.
BROWSER ?=
UV_WANTED := uv>=0.13,<0.14
BIN := .venv/bin
CORES := $(shell nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# The first Python that is new enough; PYTHON=… on the command line names another one.
ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c '$(ENOUGH)' 2>/dev/null && command -v "$$p" && break; done)
# In a home of its own: the check asks a database for nothing but its tables.
MIGRATIONS := env YOUSU_HOME=.yousu/check DJANGO_SETTINGS_MODULE=yousu.config.settings \
	python -m django makemigrations --check
FIND_BROWSER := { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null

# An account without a home of its own (a container, a service) keeps uv's cache here.
HAS_HOME := $(shell test -n "$$HOME" && test -d "$$HOME" && test -w "$$HOME" && echo yes)
ifneq ($(HAS_HOME),yes)
export HOME := $(CURDIR)/.uv/home
endif
# No interpreter is fetched, and no environment of the caller's is taken for ours.
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
unexport VIRTUAL_ENV
# Where the system keeps certificates they are believed: a network's own authority is known to it alone.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem),)
export UV_SYSTEM_CERTS := true
endif

.PHONY: help setup demo serve test test-long evaluate bench check screens handbook browser

help: ## shows this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: .venv/.ready-to-run ## makes the environment

demo: .venv/.ready-to-run ## plays the sample city's days, prints its bulletins, serves the pages (ARGS="--no-serve")
	$(BIN)/yousu demo $(ARGS)

serve: .venv/.ready-to-run ## serves pages and API of YOUSU_HOME
	$(BIN)/yousu serve $(ARGS)

test: .venv/.ready-to-test browser ## installs what tests need, runs all of them
	@$(BIN)/pytest -n $(CORES) --dist loadfile $(ARGS); status=$$?; \
	$(FIND_BROWSER) || printf '\n!!! NO CHROMIUM HERE: every test in a browser was SKIPPED !!!\n'; \
	exit $$status

test-long: .venv/.ready-to-test browser ## the same with large counts; takes its time
	YOUSU_LONG=1 $(BIN)/pytest -m 'not evaluate' -n $(CORES) --dist loadfile $(ARGS)

evaluate: .venv/.ready-to-test ## how well texts are understood, measured on the shared data
	$(BIN)/pytest -m evaluate -s $(ARGS)

screens: .venv/.ready-to-test browser ## draws every page on contact sheets in build/screens, to be looked at
	$(BIN)/pytest -m screens -n $(CORES) --dist loadgroup tests/screens $(ARGS)

handbook: .venv/.ready-to-test browser ## draws the handbook's pictures anew and prints it to build/handbook, one PDF a language
	YOUSU_DRAW=1 $(BIN)/pytest tests/e2e/test_browser_handbook.py $(ARGS)
	$(BIN)/python scripts/print_handbook.py

bench: .venv/.ready-to-run ## measures this machine, each figure beside its ceiling
	$(BIN)/yousu bench $(ARGS)

check: .venv/.ready-to-test ## format, lint, types, import rules, migrations
	@failed=0; for step in 'ruff format --check' 'ruff check' 'mypy' 'lint-imports' '$(MIGRATIONS)'; do \
		printf '\n== %s\n' "$$step"; PATH="$(CURDIR)/$(BIN):$$PATH" $$step || failed=1; done; exit $$failed

browser:
	@if [ "$(BROWSER)" != skip ] && ! $(FIND_BROWSER); then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk \
				|| echo 'Chromium could not be installed; tests in a browser will be skipped.'; \
		else echo 'No Chromium, and no right to install it; tests in a browser will be skipped.'; fi; fi

# uv lies beside .venv and not in it: a sync removes from .venv whatever the lock file does not name.
.uv/bin/uv:
	@test -n "$(PYTHON)" || { echo 'Yousu needs a Python of at least 3.11 (make PYTHON=/path/to/python3)' >&2; exit 1; }
	@mkdir -p .uv "$$HOME"
	$(PYTHON) -m venv .uv || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
		&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv && $(PYTHON) -m venv .uv; }
	.uv/bin/python -m pip install --quiet --disable-pip-version-check '$(UV_WANTED)'

# To run, what is needed to test is left where it is; to test, .venv holds exactly what the lock file names.
.venv/.ready-to-run: pyproject.toml uv.lock | .uv/bin/uv
	.uv/bin/uv sync --frozen --no-dev --inexact --quiet --python '$(PYTHON)'
	@touch $@

.venv/.ready-to-test: pyproject.toml uv.lock | .uv/bin/uv
	.uv/bin/uv sync --frozen --quiet --python '$(PYTHON)'
	@touch .venv/.ready-to-run $@
