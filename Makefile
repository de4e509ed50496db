# codesign: `make run` does the main job, `make test` passes the tests; both need only Go and make.

SHELL      := bash
.SHELLFLAGS := -euo pipefail -c
GO         ?= go
FUZZTIME   ?= 3s
COUNT      ?= 10
export GOAMD64 := v1
export GOFLAGS ?= -buildvcs=false

BIN     := bin/codesign
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION)
SOURCES := $(shell find . -name '*.go' -not -name '*_test.go') go.mod go.sum

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

.DEFAULT_GOAL := help

$(BIN): $(SOURCES)
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $@ ./cmd/codesign

.PHONY: build
build: $(BIN) ## the static binary bin/codesign

.PHONY: run
run: $(BIN) ## the main job: several agents on the systolic space of two networks
	$(BIN) run experiments/systolic-quickstart.toml --out results/systolic-quickstart --overwrite

.PHONY: test
test: lint race fuzz ## everything CI checks: lint, tests under the race detector, examples, short fuzzing
	@echo 'all tests passed'

.PHONY: race
race: cc
	CGO_ENABLED=1 $(GO) test -race -timeout 20m ./...

.PHONY: lint
lint: ## gofmt, vet, staticcheck, import rules, go.mod tidy
	@unformatted=$$(gofmt -l $$(git ls-files -co --exclude-standard '*.go')); test -z "$$unformatted" || { echo "gofmt would change: $$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) mod tidy -diff
	$(GO) test ./internal/lint

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME (3s)
	@for package in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
	    echo "fuzz $$package $$target"; $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$package; \
	  done; \
	done

.PHONY: bench
bench: ## every benchmark, COUNT (10) runs, summarised by benchstat
	mkdir -p bin
	$(GO) test -run '^$$' -bench . -benchmem -count $(COUNT) -timeout 60m ./... | tee bin/bench.txt
	$(GO) tool benchstat bin/bench.txt

.PHONY: cover
cover: ## test coverage, in cover.out and as a total
	$(GO) test -coverprofile cover.out -coverpkg ./... ./...
	$(GO) tool cover -func cover.out | tail -n 1

.PHONY: validate
validate: $(BIN) ## agreement with every reference table
	$(BIN) validate

# The race detector needs a C compiler. Where there is none it is installed, as root or with sudo; elsewhere the target says so and fails.
.PHONY: cc
cc:
	@command -v gcc >/dev/null || command -v clang >/dev/null || { \
	  echo 'no C compiler for the race detector: installing gcc'; \
	  run=; test "$$(id -u)" = 0 || run=sudo; \
	  $$run apt-get update -q && $$run apt-get install -y -q --no-install-recommends gcc libc6-dev; }
