# Everything a fresh machine needs, given Python 3.11, git and make. `make` alone says what there is.
# Another Python: make site PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --constraint constraints.txt
INSTALLED_FROM := pyproject.toml constraints.txt hatch_build.py
# Tests start the program some hundred times; without bytecode each start would compile it.
unexport PYTHONDONTWRITEBYTECODE

.NOTPARALLEL:
.PHONY: help site test lint format docs bench clean distclean

help:
	@echo 'make site       build content/ into output/, and say how to look at it'
	@echo 'make test       run everything that CI runs'
	@echo 'make lint       only style, types and floors'
	@echo 'make format     put the code into the common format'
	@echo 'make docs       write the tables of docs/ from the models'
	@echo 'make bench      measure how fast it is (POSTS="1000 10000"; benchmarks/README.md)'
	@echo 'make clean      remove what builds and tests left behind'
	@echo 'make distclean  the same, and the environment in .venv'

site: .venv/.site
	@$(BIN)/itnews build --output output

test: lint
	$(BIN)/python -m pytest -n auto --dist worksteal
	@echo 'Building the demonstration site'
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
		$(BIN)/itnews build --strict --output "$$folder"

lint: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: .venv/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/.dev
	$(BIN)/python -m tests.documented
	$(BIN)/python -m tests.settings_tables

# Not part of make test: no test asserts a time.
POSTS ?= 1000
bench: .venv/.site
	$(BIN)/python -m benchmarks.run --posts $(POSTS)

clean:
	find output -mindepth 1 ! -path output/.gitkeep -delete
	rm -rf .itnews dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name .venv -prune -o -name __pycache__ -prune -exec rm -rf {} +

distclean: clean
	rm -rf .venv

# Two stamps: what building needs, and what developing needs on top. Each holds the folder it was made in, because an
# environment points there: in a checkout that was moved or copied it is made anew.
ifneq ($(shell cat .venv/.site 2>/dev/null),$(CURDIR))
.PHONY: .venv/.site .venv/.dev
endif

.venv/.site: $(INSTALLED_FROM)
	$(call install,.)
	@pwd -P > .venv/.site

.venv/.dev: $(INSTALLED_FROM)
	$(call install,.[dev])
	@pwd -P > .venv/.site
	@pwd -P > .venv/.dev

# The build tools are installed first and used as they are, not fetched anew in whatever version is out today: feedgen
# has no wheel and is built here, as itnews itself is.
define install
	@$(usable) || { $(check_python) && $(PYTHON) -m venv --clear .venv; }
	@echo 'Installing into .venv (once; about a minute)'
	@$(PIP) editables hatchling setuptools
	@$(PIP) --no-build-isolation --use-pep517 --editable '$(1)'
endef

usable = { $(BIN)/python -c 'import pip' 2>/dev/null && \
	{ ! test -e .venv/.site || test "$$(cat .venv/.site)" = "$$(pwd -P)"; }; }

check_python = { \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "itnews needs Python 3.11 or newer, and '$(PYTHON)' is: $$($(PYTHON) --version 2>&1)" >&2; \
		echo "Name another one, for example: make $(or $(MAKECMDGOALS),site) PYTHON=python3.12" >&2; \
		exit 1; }; }
