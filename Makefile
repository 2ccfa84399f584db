# Every target sets up what it needs (tools/in-env) and is quick the second time.
# Paths stay relative and no target is a file, so a clone may live in a folder with a space in its name.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo run test soak lint bench bench-real chaos

# More for pytest, for example: make test PYTEST="-x -k offer"
PYTEST ?=
in_env := tools/in-env

help:
	@echo 'fs_control: what make can do here'
	@echo
	@echo '  make demo    calls through the whole system, told as stories; needs nothing but this folder'
	@echo '  make run     start the system and keep it up (Ctrl-C ends it)'
	@echo '  make test    run the tests'
	@echo '  make soak    those that try what chance brings, for much longer; SEED=... repeats a run'
	@echo '  make lint    style, types and the import rules of the house'
	@echo '  make bench   take the measured figures'
	@echo '  make bench-real   those on a real FreeSWITCH alone, at several paces, with curves'
	@echo '  make chaos   kill everything while people call, and count who was lost; SWITCH=real for FreeSWITCH'

demo:
	@$(in_env) python cli.py demo

run:
	@$(in_env) python cli.py run

test:
	@$(in_env) tools/run-tests $(PYTEST)

# For example: make soak SEED=4711, or PYTEST="-x -k ring_all"
soak:
	@SEED=$(SEED) $(in_env) tools/soak $(PYTEST)

lint:
	@$(in_env) bash -ec 'ruff check; ruff format --check; mypy; lint-imports --no-logo'

bench:
	@$(in_env) python -m bench

# Calls a second; for example: make bench-real RATES=20
RATES ?= 20 60 100
bench-real:
	@$(in_env) python -m bench.real --rates $(RATES) --curves docs/performance-real-switch.svg

# For example: make chaos KILLS=20 RATE=5 SWITCH=real SEED=4711
KILLS ?= 100
RATE ?= 20
SWITCH ?= virtual
chaos:
	@$(in_env) python -m chaos --kills $(KILLS) --rate $(RATE) --switch $(SWITCH) --seed "$${SEED:-1}"
