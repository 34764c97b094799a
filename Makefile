# Everything here works on a machine that has Python 3, make and git; the rest is installed below.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
export NO_MKDOCS_2_WARNING := 1

UV := .cache/uv/bin/uv
PY := .venv/bin/python
LOCK := $(UV) pip compile --quiet --generate-hashes --universal --no-header --no-annotate \
	--python-version 3.12 --group docs --group run --group test --output-file requirements.txt

.PHONY: help site docs serve record new check test verify versions branches bench search-eval bump lint lock clean

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 18

site: .venv/all.done ## Run every snippet that changed on real Keras, then build the site
	@$(PY) -m generator site

docs: .venv/docs.done ## Build the site from the recordings, without Keras
	@$(PY) -m generator build

serve: .venv/all.done ## Serve the site; run a snippet that is saved, rebuild and reload its pages
	@$(PY) -m mkdocs serve --dirty --livereload

record: .venv/all.done ## Accept what the snippets print now, and the addresses the site has now
	@$(PY) -m generator site --record

test: .venv/all.done ## Check everything that a change can break
	@$(PY) -m tests.browser.install
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy
	@$(PY) -m pytest

verify: .venv/all.done ## The same and the slow checks, in full
	@$(PY) -m tests.browser.install
	@$(PY) -m pytest --full -rs --durations=12

new: .venv/all.done ## Begin a pitfall: ID=some-word writes its page and its snippet
	@$(PY) -m tests.docs.new $(ID)

check: .venv/all.done ## Say every rule that a page breaks
	@$(PY) -m tests.docs.check

versions: .venv/all.done ## Run what is missing on every Keras; ENV=keras-2.* CASE=top-k-* only compare
	@$(PY) -m generator versions $(if $(ENV)$(CASE),--env '$(ENV)' --case '$(CASE)',--record)

branches: .venv/all.done ## Say which branches of Keras no case takes; ENV=keras-2.* for other releases
	@$(PY) -m tests.sweep.branches $(if $(ENV),--env '$(ENV)')

bench: .venv/all.done ## Measure against mkdocs-jupyter, Material and what no tool can avoid
	@$(PY) -m tests.browser.install
	@$(PY) -m tests.bench

search-eval: .venv/all.done ## Type the questions of QUESTIONS=path into the search of site/
	@$(PY) -m tests.browser.install
	@$(PY) -m tests.search_eval $(QUESTIONS)

bump: .venv/all.done ## Take the newest Keras and TensorFlow, run all of it, report what changed
	@$(PY) -m generator bump

lint: .venv/all.done ## Mend what ruff can mend
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

lock: $(UV) ## Lock the newest releases that pyproject.toml allows; ONLY="keras" just those
	@$(LOCK) $(if $(ONLY),$(addprefix --upgrade-package ,$(ONLY)),--upgrade)

clean: ## Delete all that these commands made
	rm -rf .venv .cache site

# uv comes from the same lock as everything else: its version and hashes are cut out of it.
$(UV): requirements.txt
	@for python in python3 /usr/bin/python3; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 8))' && \
		$$python -m venv .cache/uv && break; done || \
		{ echo "No Python 3.8 or later that can make a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.txt | .cache/uv/bin/python -m pip install --quiet \
		--disable-pip-version-check --require-hashes --requirement /dev/stdin
	@touch $@

# Bytecode is compiled on installation: importing Keras without it takes several times as long.
.venv/docs.done: $(UV)
	@$(UV) venv --quiet --allow-existing .venv
	@$(UV) pip install --quiet --python $(PY) --compile-bytecode --group docs --constraint requirements.txt
	@touch $@

.venv/all.done: $(UV)
	@$(UV) venv --quiet --allow-existing .venv
	@echo "Installing Keras, TensorFlow and the tools into .venv"
	@$(UV) pip sync --python $(PY) --compile-bytecode requirements.txt
	@touch .venv/docs.done $@
