# codesign: `make run` does the main job, `make test` passes the tests; both need only Go and make.

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
GO          ?= go
FUZZTIME    ?= 10000x
COUNT       ?= 10
BENCH       ?= .
export GOAMD64 := v1
export GOFLAGS ?= -buildvcs=false

BIN     := bin/codesign
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
SOURCES := $(shell find . \( -path ./results -o -path ./python -o -path ./bin -o -path ./.git -o -path ./examples -o -path './web/*' \) -prune -o -type f -not -name '*_test.go' \
             \( -name '*.go' -o -name '*.toml' -o -name '*.csv' -o -name '*.html' -o -name '*.css' -o -name '*.py' \) -print) go.mod go.sum
QUICK   := results/systolic-quickstart

.DEFAULT_GOAL := help
.PHONY: help build release run web test-web screenshots test test-python test-python-in-venv languages race lint fuzz bench agents-bench cover validate

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: web ## the static binary bin/codesign
	@$(MAKE) --no-print-directory $(BIN)
$(BIN): $(SOURCES) $(wildcard web/*.go web/dist/*)
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o $@ ./cmd/codesign

web: ## the scripts of interactive pages, where Node 20.19 or later is; make build and make release do this too
	@web/build.sh

# For each system a static program of its own; with -trimpath and without a stamp of the repository, the same sources and Go give the same bytes.
RELEASES := linux-amd64 linux-arm64 darwin-amd64 darwin-arm64
release: web ## static programs for linux and darwin, amd64 and arm64, with checksums, in dist/
	@test -f web/dist/report.js || { echo 'a release has the interactive pages: it needs Node 20.19 or later, and npm'; exit 1; }
	rm -rf dist && mkdir dist
	for system in $(RELEASES); do \
	  CGO_ENABLED=0 GOOS=$${system%-*} GOARCH=$${system#*-} $(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' \
	    -o dist/codesign-$(VERSION)-$$system ./cmd/codesign; \
	done
	cd dist && sha256sum codesign-* | tee SHA256SUMS

run: web ## the main job: agents search a systolic array for two networks; table, dataset, report
	@$(MAKE) --no-print-directory $(BIN)
	rm -rf $(QUICK)
	$(BIN) run experiments/systolic-quickstart.toml --out $(QUICK)

test: lint race pure validate fuzz ## everything that CI checks: lint, all tests (under the race detector where anything runs at once), every reference row, short fuzzing

# Needs a Python and its packages: made and installed where there are none. Where that fails nothing is tested, said aloud; never with CI=true.
test-python: ## the Python package against the real Gymnasium, PettingZoo, stable-baselines3, Optuna, pandas, polars, DuckDB and SCALE-Sim
	@if python/tests/venv.sh; then $(MAKE) --no-print-directory test-python-in-venv; \
	elif test "$${CI:-}" = true; then echo 'CI needs the Python tests, and their packages could not be installed'; exit 1; \
	else echo 'SKIPPED: the Python tests, for want of their packages'; fi

test-python-in-venv:
	GO=$(GO) python/.venv/bin/pip install -q --disable-pip-version-check --no-deps --no-build-isolation --force-reinstall ./python
	cd python && .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/pytest
	CODESIGN_SCALESIM=$(CURDIR)/python/.venv/bin/python $(GO) test -count=1 -v -run SCALESim ./experiments/verify

test-web: ## the sources of the interactive pages, and the pages in headless Chromium
	@GO=$(GO) web/test.sh

# Retakes them from the experiments' reports: run when what a page looks like has changed.
screenshots: ## the pictures of the pages in docs/images
	@GO=$(GO) web/test.sh shots

lint: ## gofmt, go.mod, vet, staticcheck, import and source rules
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt would change: $$unformatted"; exit 1; }
	$(GO) mod tidy -diff
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) test ./internal/lint

# The tutorials of simulators in other languages need python3 and a C++ compiler: installed likewise; where that fails their tests are skipped
# aloud, never with CI=true.
languages:
	@for program in python3 c++; do \
	  if ! command -v $$program >/dev/null; then \
	    package=$$program; test $$program = python3 || package=g++; \
	    echo "no $$program for the tutorials: installing $$package"; \
	    as=; test "$$(id -u)" = 0 || as='sudo -n'; \
	    { $$as apt-get update -q && $$as apt-get install -y -q --no-install-recommends $$package; } || true; \
	    command -v $$program >/dev/null || echo "SKIPPED: the tutorials that need $$program, for want of it"; \
	  fi; \
	done

# Models and agents start no goroutines (internal/lint holds them to it), so nothing can race in their own tests, but where those start some. Under the
# detector they would take most of the time; what drives them at once, from simulators/simtest to experiments, is tested under it.
# No test vets: lint does.
PURE = $$($(GO) list -f '{{.Dir}}' ./accelerators/... ./agents/... ./dram/... ./soc/... | while read -r dir; do \
         grep -qsE 'go func|t\.Parallel|sync\.' "$$dir"/*_test.go || echo "$$dir"; done)

pure: ## the tests of models and agents, which run nothing at once
	$(GO) test -vet=off -timeout 20m $(PURE)

# The race detector needs a C compiler: installed where there is none, as root or with sudo. Where that fails the tests run without the
# detector, said aloud; never with CI=true.
race: languages ## all tests but those of pure, under the race detector
	@for tool in CODESIGN_DRAMSIM3 CODESIGN_RAMULATOR2 CODESIGN_SCALESIM CODESIGN_MAESTRO; do \
	  test -n "$${!tool:-}" || echo "SKIPPED: the comparison with a tool on this machine, which $$tool would name (docs/verify.md)"; \
	done
	@compiler() { command -v gcc || command -v clang; } >/dev/null; \
	if ! compiler; then \
	  echo 'no C compiler for the race detector: installing gcc'; \
	  as=; test "$$(id -u)" = 0 || as='sudo -n'; \
	  { $$as apt-get update -q && $$as apt-get install -y -q --no-install-recommends gcc libc6-dev; } || true; \
	fi; \
	raced=$$($(GO) list -f '{{.Dir}}' ./... | grep -vxF "$$(printf '%s\n' $(PURE))"); \
	if compiler; then CGO_ENABLED=1 $(GO) test -race -vet=off -timeout 20m $$raced; \
	elif test "$${CI:-}" = true; then echo 'CI needs the race detector, and no C compiler could be installed'; exit 1; \
	else echo 'SKIPPED: the race detector, for want of a C compiler'; $(GO) test -vet=off -timeout 20m $$raced; fi

fuzz: ## every fuzz target for FUZZTIME (10,000 inputs, or a duration), two at a time
	@grep -rl --include='*_test.go' '^func Fuzz' . | sort | while read -r file; do \
	  sed -n "s|^func \(Fuzz[A-Za-z0-9_]*\).*|\1 $$(dirname $$file)|p" "$$file"; \
	done | xargs -P 2 -L 1 bash -c 'set -o pipefail; \
	  $(GO) test -vet=off -run "^$$" -fuzz "^$$0\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x -parallel 1 "$$1" </dev/null 2>&1 | sed "s|^|$$0: |"'

bench: ## the benchmarks matching BENCH (all), COUNT (10) runs each, summarised by benchstat
	@mkdir -p bin
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -count $(COUNT) -timeout 120m ./... | tee bin/bench.txt
	$(GO) tool benchstat bin/bench.txt

agents-bench: ## every agent on the test functions beside the reference agents: results/agents-bench and agents/README.md; ARGS as its -help says
	$(GO) run ./cmd/agentsbench --readme agents/README.md $(ARGS)

cover: ## test coverage: cover.out, and the total
	$(GO) test -coverprofile cover.out -coverpkg ./... ./...
	$(GO) tool cover -func cover.out | tail -n 1

validate: $(BIN) ## agreement of the models with every reference table
	$(BIN) validate
