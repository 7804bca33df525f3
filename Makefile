# `make` lists what developers use; users have ./run and ./test.
.DEFAULT_GOAL := help
.PHONY: help check test quick bench load demo lock format shots reference force mutate clean
export OPENBLAS_NUM_THREADS = 1
BIN = .venv/bin

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */\1\t/' | expand -t 12

check: ## what CI runs: every check and every test
	./test

quick: ## lint, types, walls and the quick tests, under a minute
	./test quick

bench: ## each claim of speed, measured, as a ratio
	@code=0; for script in rates mse mse_bayes mse_panel disclosure vault cases contact audit figures serve; do echo "== benchmarks/$$script.py"; \
		$(BIN)/python benchmarks/$$script.py || code=1; done; exit $$code

load: ## 60 mixed requests a second for ten minutes on SQLite, then with faults; about a quarter of an hour
	@code=0; $(BIN)/python benchmarks/load.py || code=1; $(BIN)/python benchmarks/load.py --faults --seconds 90 || code=1; exit $$code

force: ## every write killed at every step and every sealed byte changed, on SQLite and PostgreSQL; about an hour
	$(BIN)/python -m tests.force.crash
	$(BIN)/python -m tests.force.canaries
	KLARSYN_FORCE=all $(BIN)/pytest -q tests/matrix/test_matrix.py tests/matrix/test_mass_assignment.py tests/web/report/test_protected_release.py tests/force/test_sealed_rows.py tests/unit/contact/test_timing.py \
	  tests/unit/cases/test_wall_timing.py
	$(BIN)/python -m tests.postgres $(BIN)/python -m tests.force.crash
	$(BIN)/python -m tests.postgres $(BIN)/python -m tests.force.canaries

mutate: ## plant a fault in every line of the vault, the log and the permissions; about an hour; goes on where it stopped
	$(BIN)/python -m tests.mutation

demo: ## throw the demo away and make it again, then serve it
	rm -rf var && ./run

lock: ## remake requirements/*.txt from the .in files
	@for k in base test lrs; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --upgrade requirements/$$k.in -o requirements/$$k.txt; done

format: ## ruff format and the fixes that are safe
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

shots: ## remake the pictures in docs/ with a real browser
	KLARSYN_SCREENSHOTS=docs/pictures $(BIN)/pytest -q tests/browser -k "reads_the_report or 32_pixels or start_page_at_night"

reference: ## rebuild docs/reference from the code
	$(BIN)/python -m tests.architecture.reference --write

clean: ## remove what was made here (the data folder var/ too)
	rm -rf .venv var build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
