# make run    the environment, the sample's index, the service on http://127.0.0.1:8000 (PORT=)
# make test   everything the tests need, then linters, types, import contracts and all tests
# make bench  the engine measured against others (ARTICLES=)
# See CONTRIBUTING.md for the rest.

PORT ?= 8000
SCALE ?= 20
ARTICLES ?= 10000
INDEX := var/sample-index
BIN := .venv/bin
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: run test test-long bench bench-serve setup lint lock golden translations screenshots fonts icons clean
.DELETE_ON_ERROR:

# The sample is indexed again when an article of it, the analysis or the engine has changed.
run: setup
	@test -e $(INDEX)/.made && test -z "$$(find sample search indexer -type f ! -name '*.pyc' -newer $(INDEX)/.made | head -1)" \
		|| { { $(BIN)/izde reindex sample --index $(INDEX) || [ $$? = 3 ]; } && touch $(INDEX)/.made; }
	@exec $(BIN)/izde serve --index $(INDEX) --bind 127.0.0.1:$(PORT)

test: .venv/.test lint
	@sh .ci/browser
	@sh .ci/validator
	$(BIN)/pytest -n auto

test-long: .venv/.test
	@sh .ci/browser
	@sh .ci/validator java
	SCALE=$(SCALE) $(BIN)/pytest -n auto -m "long or not long"

lint: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

setup: .venv/.runtime

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Izde needs Python 3.11 or newer: on Debian, apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) has no venv module: on Debian, apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

# Hatchling comes from the lock too, so nothing is installed that has no hash there.
.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.test: requirements-test.lock .venv/.runtime
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

lock:
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --extra build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --extra build --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

# The engine against others: ARTICLES=100000 BENCH="--peers izde,tantivy". Tables and plot in var/bench.
bench: .venv-bench/.ready
	.venv-bench/bin/python -m bench.engine run --articles $(ARTICLES) $(BENCH)

bench-serve: .venv-bench/.ready
	.venv-bench/bin/python -m bench.engine serve --articles $(ARTICLES) $(BENCH)

.venv-bench/.ready: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m venv .venv-bench
	.venv-bench/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	.venv-bench/bin/pip install -q --disable-pip-version-check --no-build-isolation -e ".[bench]"
	@touch $@

# The golden stems: shows what differs; ACCEPT=1 takes the new ones.
golden: .venv/.test
	$(BIN)/python -m tests.search.kazakh.golden $(if $(ACCEPT),--accept)

# Gathers the sentences of the pages into web/translations and compiles what is translated there; Kazakh is the source.
translations: setup
	@mkdir -p var
	$(BIN)/pybabel -q extract -F web/babel.cfg --no-location --sort-output --omit-header -o var/messages.pot web
	$(BIN)/pybabel -q update -i var/messages.pot -d web/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel -q compile -d web/translations

# Pictures of the pages, also the one in README.md.
screenshots: .venv/.test
	$(BIN)/izde reindex sample --index $(INDEX)
	$(BIN)/python docs/screenshots.py $(INDEX) var/screenshots
	@mkdir -p docs/images && cp var/screenshots/search-kk.png docs/images/

# The fonts of the pages from their upstream files; the versions stand in docs/fonts.py and web/static/fonts/README.md.
fonts:
	@mkdir -p var/fonts
	$(PYTHON) -m venv var/fonts/venv && var/fonts/venv/bin/pip install -q fonttools==4.68.0 brotli==1.2.1
	cd var/fonts && for package in onest@0.4.2 literata@0.4.3 noto-naskh-arabic@0.4.5; do \
		file=$$(npm pack --silent @expo-google-fonts/$$package) && mkdir -p $${file%.tgz} && tar -xzf $$file -C $${file%.tgz}; done
	var/fonts/venv/bin/python docs/fonts.py var/fonts
# The icons of the face in all their sizes, from web/static/icon.svg.
icons: .venv/.test
	$(BIN)/python docs/icons.py

clean:
	rm -rf .venv .venv-bench var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
