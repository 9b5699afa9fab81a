# Gehoor, for people and for machines alike: `make` lists what there is. Needs GNU make 3.81 or later and a plain sh.
#
#   PYTHON=...   the Python to make the environment with (3.11 or later; to change it, `make clean` first);
#                without it the first one found
#   ARGS=...     what to add to the command that `make run` and `make bench` start

SHELL = /bin/sh
VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check
RUN_STAMP = $(VENV)/.installed
DEV_STAMP = $(VENV)/.installed-dev
CODE = platform tests
# Of the scenarios each so many-th runs on PostgreSQL too; SHARE=1 for all of them.
SHARE = 40
APT = apt-get --yes -o Acquire::Retries=0 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20

.DEFAULT_GOAL = help
# Hundreds of tests start a process: with what is compiled kept, each begins in half the time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test check formatted lint types layers browser postgres tests workspace soak bench screenshots translations format clean

help: ## list the targets
	@echo "make <target>:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-15s %s\n", $$1, $$2 }'

run: $(RUN_STAMP) ## install, fill a demo register in .gehoor/ and serve it on this computer only
	$(BIN)/gehoor demo --serve $(ARGS)

test: check ## everything: the same as make check

check: formatted lint types layers tests workspace ## the one definition of green
	@echo "All checks passed."
	@$(BIN)/python -m tests.browser.chromium || true

formatted: $(DEV_STAMP)
	$(BIN)/ruff format --check $(CODE)

lint: $(DEV_STAMP)
	$(BIN)/ruff check $(CODE)

types: $(DEV_STAMP)
	$(BIN)/mypy

layers: $(DEV_STAMP)
	$(BIN)/lint-imports

# For the tests that look at pages. Installed only where nobody has to be asked for it; else the last line says how.
browser: $(DEV_STAMP)
	@if ! $(BIN)/python -m tests.browser.chromium 2>/dev/null \
	  && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium, to look at pages in a browser."; \
	  { $(APT) update && DEBIAN_FRONTEND=noninteractive $(APT) install --no-install-recommends chromium-headless-shell \
	    || DEBIAN_FRONTEND=noninteractive $(APT) install --no-install-recommends chromium; } \
	    >/dev/null 2>&1 </dev/null || echo "That did not succeed."; \
	fi

# For the tests that keep a register in PostgreSQL: they start a server of their own.
postgres: $(DEV_STAMP)
	@if ! $(BIN)/python -m tests.support.postgres 2>/dev/null \
	  && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing PostgreSQL, to keep registers in."; \
	  { $(APT) update && DEBIAN_FRONTEND=noninteractive $(APT) install --no-install-recommends postgresql; } \
	    >/dev/null 2>&1 </dev/null || echo "That did not succeed."; \
	fi

# One more than there are cores: some tests wait for a process or a browser.
WORKERS = $$($(BIN)/python -c 'import os; print((os.cpu_count() or 1) + 1)')
tests: $(DEV_STAMP) browser postgres
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal
	GEHOOR_TEST_STORE=postgres GEHOOR_TEST_SHARE=$(SHARE) $(BIN)/pytest -q -n $(WORKERS) --dist worksteal tests/scenarios

workspace: $(DEV_STAMP)
	$(BIN)/gehoor check

soak: $(DEV_STAMP) ## the long tests, and every property test with many more examples
	GEHOOR_HYPOTHESIS=soak $(BIN)/pytest -q -n auto -m "soak or hypothesis"
	GEHOOR_TEST_STORE=postgres $(BIN)/pytest -q -n auto tests/scenarios

bench: $(DEV_STAMP) ## measure speed, each figure beside a peer from the same run; ARGS="w2 --quick" for less
	$(BIN)/python -m tests.bench $(ARGS)

screenshots: $(DEV_STAMP) ## take pictures of the pages
	$(BIN)/python -m tests.browser.screenshots

translations: $(DEV_STAMP) ## take over the texts of the pages in the catalogues, and make what the pages read
	$(BIN)/python -m tests.catalogues

format: $(DEV_STAMP) ## write the code the way make check wants it
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

clean: ## remove the environment, caches and build output; the registers in .gehoor/ stay
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find platform tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Installing ---------------------------------------------------------------------------------------------------
# Once, and again when pyproject.toml or constraints.txt changes.

$(RUN_STAMP): $(BIN)/python pyproject.toml constraints.txt
	@$(call install,.)
	@touch $@

$(DEV_STAMP): $(BIN)/python pyproject.toml constraints.txt
	@$(call install,".[dev]")
	@touch $(RUN_STAMP) $@

# A python3.13 can be on the path and still not run (a version manager's placeholder), so each one is tried.
CANDIDATES = $(if $(PYTHON),$(PYTHON),python3.13 python3.12 python3.11 python3)
SUITABLE = import sys; sys.exit(sys.version_info < (3, 11))

$(BIN)/python:
	@python=; \
	for candidate in $(CANDIDATES); do \
	  if "$$candidate" -c '$(SUITABLE)' >/dev/null 2>&1; then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Gehoor needs Python 3.11 or later; none of these is: $(CANDIDATES)." >&2; \
	  echo "Install one, or name it: make PYTHON=/path/to/python3 ..." >&2; \
	  exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	  echo "$$python cannot make a virtual environment: its venv module is missing." >&2; \
	  echo "  Debian, Ubuntu: apt install python3-venv" >&2; \
	  exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$python" --version)."; \
	"$$python" -m venv $(VENV)

# durable-rules is C, published as source only. Its callbacks, which Gehoor does not use, call a function that Python
# 3.13 took out of its header files under that name. Without a compiler, pip may still find a built copy somewhere.
SINCE_313 = import sys; sys.exit(sys.version_info < (3, 13))
COMPILE = import os, sysconfig as s; \
  print(os.environ.get("CC") or s.get_config_var("CC") or "cc", \
  *("-I" + s.get_path(p) for p in ("include", "platinclude")))

define install
if $(BIN)/python -c '$(SINCE_313)'; then \
  CPPFLAGS="$$CPPFLAGS -DPyEval_CallObject=PyObject_CallObject"; export CPPFLAGS; \
fi; \
compile=$$($(BIN)/python -c '$(COMPILE)'); \
if ! $$compile -E -x c -include Python.h /dev/null >/dev/null 2>&1 \
  && ! $(PIP) install --quiet --only-binary durable-rules --no-deps -c constraints.txt durable-rules >/dev/null 2>&1; then \
  echo "A C compiler and Python's header files are needed, to build durable-rules. Install them, and try again:" >&2; \
  echo "  Debian, Ubuntu: apt install build-essential python3-dev" >&2; \
  echo "  Fedora:         dnf install gcc python3-devel" >&2; \
  echo "  macOS:          xcode-select --install" >&2; \
  exit 1; \
fi; \
echo "Installing; the first time this takes a minute or two."; \
$(PIP) install --quiet -c constraints.txt --editable $(1)
endef
