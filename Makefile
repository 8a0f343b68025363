# `make demo` shows what fabula does; it needs Python 3.11+, pip and make alone. `make explore` shows it in the browser, `make test` says
# whether all is well: these need Node.js 20.19+ with npm as well, and the tests in a browser Chromium.

PYTHON ?= python3
VENV := .venv
BARE := build/bare
STAMP := $(VENV)/.installed
BIN := $(VENV)/bin
STORY := build/the-tide-clerk.fabula

.PHONY: demo explore test wheel lint types tests front-end screenshots results clean

demo: $(STAMP)
	@mkdir -p build
	$(BIN)/fabula read examples/the-tide-clerk.txt -o $(STORY)

explore: $(STAMP)
	@mkdir -p build
	$(BIN)/python scripts/front_end.py build
	@test -f $(STORY) || $(BIN)/fabula read examples/the-tide-clerk.txt -o $(STORY) --quiet >/dev/null
	$(BIN)/fabula explore $(STORY)

test: wheel lint types tests front-end

# Installed as users install it, in an environment of its own, and run from elsewhere with sockets blocked.
wheel: $(STAMP)
	rm -rf build/wheel $(BARE)
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir build/wheel .
	$(PYTHON) -m venv $(BARE)
	$(BARE)/bin/python -m pip install --quiet --disable-pip-version-check build/wheel/*.whl
	$(BARE)/bin/python -I scripts/read_offline.py examples/letters-from-the-weir.txt

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

tests: $(STAMP)
	$(BIN)/pytest src tests evaluation benchmarks training

# What cannot be run here is skipped, and it is said.
front-end: $(STAMP)
	$(BIN)/python scripts/front_end.py test

# The README's pictures.
screenshots: $(STAMP)
	$(BIN)/python scripts/front_end.py screenshots

# Writes evaluation/RESULTS.md and benchmarks/RESULTS.md anew; DATA is the folder of the corpora, MODELS that of the weights of every
# fold, without which the sections that need them stay as they are.
DATA ?= ../shared/data
MODELS ?=
results: $(STAMP)
	$(BIN)/python -m evaluation.results --data $(DATA) $(if $(MODELS),--models $(MODELS))
	$(BIN)/python -m benchmarks.reading --data $(DATA)
	$(BIN)/python -m benchmarks.exploring --data $(DATA)

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	touch $(STAMP)

clean:
	rm -rf build dist $(VENV) frontend/node_modules src/fabula/web/static .mypy_cache .ruff_cache .pytest_cache .hypothesis
