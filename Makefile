# The commands of the project. `make` alone lists them.
# `make book` and `make test` install what they need into .venv, once.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
ALL := .venv/.all
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
# Files in their order, so that the longest, of pages in a browser, do not come last by themselves.
# Nothing of whoever runs them: their start-up file, kernels, settings and folders at home.
CLOSED := env -u PYTHONSTARTUP -u JUPYTER_PATH -u JUPYTER_CONFIG_DIR -u COLUMNS \
  IPYTHONDIR="$(CURDIR)/_build/home/ipython" JUPYTER_RUNTIME_DIR="$(CURDIR)/_build/home/jupyter"
TESTS := $(CLOSED) $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
COMPARED := --nbval --nbval-current-env --nbval-cell-timeout=120

# What decides about the environment, by what it says and not by when it was written: the lock, the
# package's declaration, and the folder, since a copied environment runs the old folder's code.
MADE_OF := { cat requirements-book.lock pyproject.toml; pwd; } | cksum
# It is made again, too, when the Python is gone that it was made with.
$(shell [ "$$($(MADE_OF))" = "$$(cat $(READY) 2>&1)" ] && $(BIN)/python -ISc '' 2>/dev/null || \
  rm -f $(READY))
$(shell [ "$$(cksum requirements.lock)" = "$$(cat $(ALL) 2>&1)" ] || rm -f $(ALL))

.DEFAULT_GOAL := help
.PHONY: help book test quick serve check lint notebooks gate data lab bench mutate reproduce
.PHONY: lock clean browser plain

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: $(READY)  ## check the data, bring notebooks up to date, build the book
	@$(BIN)/csto book

test: $(ALL) lint browser  ## everything CI runs: lint, data, notebooks, book, code
	@$(TESTS) $(COMPARED)

quick: $(ALL) lint  ## what needs no browser, built book or copy of the project, in a minute
	@$(BIN)/csto check
	@$(TESTS) -m "not book and not browser and not notebooks and not commands" tests

serve: $(READY)  ## a live preview on this machine: save a file, see the page
	@$(BIN)/csto serve

check: $(READY)  ## data and prose: every problem with file, line and column
	@$(BIN)/csto check

# All four run, so that all findings are seen at once.
lint: $(ALL)  ## format, lint, types, directions of imports
	@status=0; for tool in "ruff format --check" "ruff check" mypy \
	  "lint-imports --no-logo --cache-dir _build/lint/imports"; do \
	  $(BIN)/$$tool || status=1; done; exit $$status

notebooks: $(READY)  ## execute stale notebooks in place
	@$(BIN)/csto notebooks

gate: $(ALL)  ## execute every notebook and compare with its stored outputs
	@$(TESTS) $(COMPARED) notebooks

data: $(READY)  ## write the tables and findings to _build/data/
	@$(BIN)/csto data

lab: $(ALL)  ## JupyterLab on the notebooks
	@$(BIN)/jupyter trust notebooks/*.ipynb >/dev/null  # so that stored charts are shown at once
	@$(BIN)/jupyter lab $$([ "$$(id -u)" = 0 ] && echo --allow-root) notebooks

bench: $(ALL)  ## how long things take, against stock tools; writes _build/bench.json
	@$(BIN)/csto book
	@PYTHONPATH=tests $(BIN)/python -m campaign.bench

# The browser tests drive the machine's Chromium, and the HTML checker is Java.
# Root on Debian gets both here; elsewhere the tests that need them say what to run.
browser:
	@{ command -v chromium && command -v java; } >/dev/null || [ "$$(id -u)" != 0 ] || \
	  ! command -v apt-get >/dev/null || { \
	  echo "installing chromium and java (once; about a minute)"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq \
	    --no-install-recommends chromium fonts-liberation default-jre-headless >/dev/null; }

mutate: $(ALL)  ## damage one thing at a time: does any gate notice? writes _build/mutants.json
	@PYTHONPATH=tests $(BIN)/python -m campaign.mutate

reproduce: $(ALL)  ## build the book twice, differently, and compare byte for byte
	@PYTHONPATH=tests $(BIN)/python -m campaign.reproduce

plain: $(READY)  ## the same pages on plain Sphinx 9, without Jupyter Book; needs a network
	@$(BIN)/csto book
	@$(BIN)/python tests/campaign/plain/build.py

LOCK := uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-annotate \
  --no-header --python-version 3.11 pyproject.toml
lock:  ## renew both locks and environment.yml from pyproject.toml (needs uv)
	$(LOCK) --all-extras -o requirements.lock
	$(LOCK) --extra build -c requirements.lock -o requirements-book.lock
	$(PYTHON) src/csto/environment.py

clean:  ## remove everything that can be made again, but .venv
	rm -rf _build

# The locks decide what is installed, the smaller one what the book needs.
# A half-made environment has no .ready and is redone.
# The lock is whole, so pip resolves nothing: older ones stumble over extras there.
$(READY):
	@case "$$PWD" in *[\"\`\$$]*) echo "the programs of an environment do not run in a folder whose" \
	  "name has a quotation mark, a backtick or a dollar sign; rename it: $$PWD"; exit 1; esac
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "needs Python 3.11 or newer" \
	  ", this is " + sys.version.split()[0] + "; run: make PYTHON=python3.11 …")'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "needs Python's venv; on Debian: apt-get install python3-venv"; exit 1; }
	@rm -f $@
	@$(PYTHON) -m venv --clear .venv
	@echo "installing into .venv (once; about a minute)"
	@{ $(INSTALL) --require-hashes -r requirements-book.lock && \
	  $(INSTALL) --no-build-isolation -e .; } || { \
	  echo "the packages could not be installed, see above; with a network, run make again"; exit 1; }
	@$(MADE_OF) > $@

$(ALL): $(READY)
	@echo "installing what tests need (once; about a minute)"
	@$(INSTALL) --require-hashes -r requirements.lock || { \
	  echo "the packages could not be installed, see above; with a network, run make again"; exit 1; }
	@cksum requirements.lock > $@
