# Everything a person runs. Each target sets up what it needs first; a second run costs no time.

PYTHON := .venv/bin/python
BAYLIGHT := .venv/bin/baylight

.DEFAULT_GOAL := help
.PHONY: docs help setup setup-test run demo test check bench audit pictures translations lock

help:  ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup:  ## Set up what is needed to run; leaves .venv/bin/baylight
	@scripts/setup run

setup-test:  ## Set up what is needed to check and test
	@scripts/setup test

run: setup  ## Start a shop with its screens
	@$(BAYLIGHT) serve

demo: setup  ## Start a shop with a simulated working day
	@$(BAYLIGHT) demo

test: setup-test  ## Run all tests
	@scripts/test

check: setup-test  ## Style, types, layers, sizes, docs, translations
	@scripts/check

bench: setup-test  ## Measure everything against the floors of the same run (an hour)
	@$(PYTHON) -m bench

audit: setup-test  ## axe in every language, Lighthouse, two hours of updates on open pages (MINUTES=20 for less)
	@scripts/audit $(if $(MINUTES),--minutes $(MINUTES))

pictures: setup-test  ## Take the pictures of the screens
	@$(PYTHON) -m bench.pictures

translations: setup-test  ## Collect the texts for people and bring the catalogues up to date
	@scripts/translations update

docs: setup-test  ## Write the pages made from the core's tables
	@PYTHONPATH=. $(PYTHON) scripts/docs.py

lock: setup-test  ## Pin the dependencies again after a change of requirements*.in
	@scripts/lock
