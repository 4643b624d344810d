# make serve   a running Huiying with sample data on http://127.0.0.1:8000
# make test    everything that must be true before a change lands
# make check   the quick part of it, without running tests
# make bench   how fast it is, beside the same work in bare SQL
# make bench-incidents   how well group incidents are found in a stream of letters (STREAM=…csv.gz EVENTS=…json)
# make bench-care        the public pool and a mailing to many, with a large clientele
# make bench-archive     how long a large archive takes to import, and how its pages answer
# make clean   remove what these commands made here (not var/, which holds your data)

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export HUIYING_DATA_DIR ?= $(CURDIR)/var
POSTGRES := $(or $(HUIYING_TEST_POSTGRES),postgresql://postgres@127.0.0.1:5432/postgres)
JOBS ?= auto

BIN := .venv/bin
INSTALLED := .venv/installed
DEVELOPING := .venv/developing
SOURCES := pyproject.toml hatch_build.py $(wildcard frontend/*.json frontend/*.js) $(shell find frontend/src -type f 2>/dev/null) \
           $(wildcard src/huiying/locale/*/LC_MESSAGES/django.po)

REAL_DATA := $(or $(HUIYING_REAL_DATA),../shared/data)
STREAM ?= $(REAL_DATA)/text/gov_stream_dev.csv.gz
EVENTS ?= $(REAL_DATA)/text/gov_stream_events_dev.json

.PHONY: serve test test-sqlite test-postgres check bench bench-archive bench-care bench-incidents messages clean

serve: $(INSTALLED)
	@$(BIN)/huiying migrate --verbosity 0
	@$(BIN)/huiying demo --if-empty
	@$(BIN)/huiying serve --host $(HOST) --port $(PORT)

test: check test-sqlite test-postgres

test-sqlite: $(DEVELOPING)
	env -u HUIYING_DATABASE_URL $(BIN)/pytest -q -n $(JOBS) -m "not crash"

test-postgres: $(DEVELOPING)
	@tools/postgres.sh $(BIN)/python
	HUIYING_DATABASE_URL=$(POSTGRES) $(BIN)/pytest -q -n $(JOBS) -m "not browser"

check: $(DEVELOPING)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/budgets.py
	$(BIN)/python tools/messages.py check
	$(BIN)/djlint src --lint --quiet
	$(BIN)/python -m django makemigrations --check --dry-run --settings huiying.settings --verbosity 0

bench: $(DEVELOPING)
	$(BIN)/python -m bench

bench-incidents: $(DEVELOPING)
	@$(BIN)/python -m bench.incidents $(STREAM) $(EVENTS)

bench-care: $(DEVELOPING)
	$(BIN)/python -m bench.care

bench-archive: $(DEVELOPING)
	$(BIN)/python -m bench.archive

messages: $(DEVELOPING)
	$(BIN)/python tools/messages.py extract

clean:
	rm -rf .venv frontend/node_modules src/huiying/static/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find src -name '*.mo' -delete

# The packaging hook builds the front end and the catalogues, with a node that pip brings along.
$(INSTALLED): $(SOURCES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Huiying needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Python's venv is missing (Debian: apt-get install python3-venv)"; exit 1; }
	@echo "Installing (the first time takes a minute or two) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(DEVELOPING): $(INSTALLED)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $@
