# `make lab` and `make test` set everything up by themselves; `make help` lists the rest.
OLDEST := 3.10
VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif
STAMP := $(VENV)/course-is-installed
LOG := $(VENV)/install.log
RECENT := import sys; sys.exit(sys.version_info < tuple(map(int, "$(OLDEST)".split("."))))

# The first Python on this machine that is new enough; say PYTHON=/path/to/python to choose another.
PYTHON ?= $(shell for p in python3 python python3.13 python3.12 python3.11 python3.14 python3.10; do \
	$$p -c '$(RECENT)' >/dev/null 2>&1 && { echo $$p; break; }; done)

# Your own pip settings (mirrors, proxies, folders of wheels) are left as they are. On Linux the ordinary package
# index serves PyTorch for NVIDIA cards, gigabytes of it. Without such a card, give the address of PyTorch's
# own index of CPU builds (pytorch.org, "Get started", Compute platform: CPU): make lab TORCH_INDEX=ADDRESS
TORCH_INDEX ?=
PIP_OPTIONS ?=

.DEFAULT_GOAL := help
.PHONY: help lab test check test-all bench clean

help:
	@echo "make lab        set up, check, and open the course in JupyterLab (LAB_ARGS=\"--no-browser\" without a browser)"
	@echo "make test       set up and run the tests"
	@echo "make check      what to run before each commit: export, clean, lint, notebooks, tests"
	@echo "make test-all   the slow tests too"
	@echo "make bench      seconds, memory and energy beside other tools (build/bench.json)"
	@echo "make clean      delete the environment and everything that was built"

lab: $(STAMP)
	@$(BIN)/course doctor || echo "JupyterLab opens all the same; the list above says what will not work yet."
	@$(BIN)/course lab $(LAB_ARGS)

test: $(STAMP)
	@$(BIN)/python -m pytest $(TEST_ARGS)

test-all: $(STAMP)
	@$(BIN)/python -m pytest -m "" $(TEST_ARGS)

check: $(STAMP)
	$(BIN)/nbdev-export
	$(BIN)/python tests/shape/readme.py
	$(BIN)/nbdev-clean
	$(BIN)/ruff check --select E9,F811,F821,F403 course
	$(BIN)/nbdev-test
	$(BIN)/python -m pytest $(TEST_ARGS)

bench: $(STAMP)
	@$(BIN)/python tests/bench/run.py $(BENCH_ARGS)

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .hypothesis .ruff_cache .benchmarks node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements-lock.txt settings.ini setup.py pyproject.toml
	@test -n "$(PYTHON)" && "$(PYTHON)" -c '$(RECENT)' || { \
		found=$$("$(or $(PYTHON),python3)" --version 2>/dev/null) || found="no other"; \
		echo "The course needs Python $(OLDEST) or newer; found: $$found."; \
		echo "Install a newer one from python.org, then run the same command again (PYTHON=/path/to/python chooses one)."; exit 2; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python could not make an environment in $(VENV). On Debian and Ubuntu: sudo apt install python3-venv."; exit 2; }
	@echo "Installing the course into $(VENV) (some 150 packages; minutes the first time, seconds after that)."
	@$(BIN)/python -m pip install --disable-pip-version-check --retries 2 $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) \
		$(PIP_OPTIONS) -r requirements-lock.txt > $(LOG) 2>&1 \
	&& $(BIN)/python -m pip install --disable-pip-version-check --no-build-isolation --no-deps -e . >> $(LOG) 2>&1 || { \
		if grep -qiE 'connection|resolution|timed out|unreachable|proxy' $(LOG); \
		then echo "The package index could not be reached: check the network, then run the same command again."; \
		else grep -E '^ *ERROR' $(LOG) | head -n 3; \
		echo "The packages could not be installed; $(LOG) says more. Mend that, then run the same command again."; fi; exit 2; }
	@touch $(STAMP)
