# The front door of the house: every target may be run again, and does only what is left to do.

PREFIX ?= /usr/local
KILLS ?= 1000
SECONDS ?= 60
SOAK_SECONDS ?= 120
RUNS ?= 10000
WORKER_KILLS ?= 2
PER_MINUTE ?= 50
JOBS ?= 2

# A terminal sees progress, a log only what went wrong.
NINJA_QUIET := $(shell test -t 2 || echo --quiet)

RELEASE = build/release
GOFLOW = $(RELEASE)/cli/goflow
DAGU = build/dagu
DAGU_PACKAGE = @dagu-org/dagu-linux-x64@1.30.2
FUZZERS = bundle cron event_stream expression jq json json_path plain_yaml redactor s3_answers template workflow

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup configure build demo test test-crash test-crowd test-gc test-workers soak bench \
        bench-dagu lint tidy fuzz sanitize tsan generate install package clean
.SILENT:

help:  ## this list
	awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup:  ## install the Debian packages that are missing
	tools/setup.sh

configure: setup
	cmake --preset release --log-level=WARNING >/dev/null

build: configure  ## the program alone: build/release/cli/goflow
	cmake --build $(RELEASE) -j$(JOBS) --target goflow -- $(NINJA_QUIET)

demo: build  ## see a first workflow run
	tools/demo.sh $(GOFLOW)

test: configure  ## build everything and run all tests
	cmake --build $(RELEASE) -j$(JOBS) -- $(NINJA_QUIET)
	tools/run_tests.sh $(RELEASE)

test-crash: build  ## kill runs at KILLS random instants (1000) and resume them
	python3 tests/crash/crash.py --goflow $(GOFLOW) --kills $(KILLS)

test-crowd: build  ## let 64 processes run workflows in one home for SECONDS (60)
	python3 tests/crowd/crowd.py --goflow $(GOFLOW) --seconds $(SECONDS)

test-gc: build  ## collect garbage for SECONDS (60) beside runs that are killed
	python3 tests/crash/gc.py --goflow $(GOFLOW) --seconds $(SECONDS)

test-workers: build  ## let 8 workers share RUNS (10000) runs while WORKER_KILLS (2) are killed
	python3 tests/crash/workers.py --goflow $(GOFLOW) --runs $(RUNS) --kills $(WORKER_KILLS)

soak: build  ## run PER_MINUTE (50) workflows with large values for SOAK_SECONDS (120)
	python3 tests/load/soak.py $(GOFLOW) --per-minute $(PER_MINUTE) --seconds $(SOAK_SECONDS)

bench: configure  ## measure against what the machine could do at best
	cmake --build $(RELEASE) -j$(JOBS) --target goflow benchmarks -- $(NINJA_QUIET)
	PATH="$(CURDIR)/$(DAGU):$$PATH" python3 tests/bench/run.py --build $(RELEASE)

bench-dagu: $(DAGU)/dagu  ## the same, with Dagu fetched through npm for comparison
	$(MAKE) bench

$(DAGU)/dagu:
	mkdir -p $(DAGU)
	npm install --silent --no-save --prefix $(DAGU) $(DAGU_PACKAGE)
	ln -sf node_modules/@dagu-org/dagu-linux-x64/bin/dagu $@

lint: setup  ## formatting and scripts
	python3 tools/lint.py

tidy: configure  ## lint and clang-tidy; a file that did not change is not looked at again
	python3 tools/lint.py --tidy $(RELEASE) --jobs $(JOBS)

fuzz: setup  ## feed each parser with made-up input for SECONDS (60)
	cmake --preset fuzz --log-level=WARNING >/dev/null
	cmake --build build/fuzz -j$(JOBS) --target $(FUZZERS:%=%_fuzz) -- $(NINJA_QUIET)
	tools/fuzz.sh $(SECONDS) $(FUZZERS)

sanitize: setup  ## all tests under the address and undefined behaviour sanitizers
	cmake --preset asan --log-level=WARNING >/dev/null
	cmake --build build/asan -j$(JOBS) -- $(NINJA_QUIET)
	tools/run_tests.sh build/asan

tsan: setup  ## all tests under the thread sanitizer
	cmake --preset tsan --log-level=WARNING >/dev/null
	cmake --build build/tsan -j$(JOBS) -- $(NINJA_QUIET)
	tools/run_tests.sh build/tsan

generate: build  ## write the man pages and completions from the commands
	rm -rf man completions
	$(GOFLOW) __generate man man
	$(GOFLOW) __generate completions completions

install: build  ## install goflow under PREFIX (/usr/local)
	cmake --install $(RELEASE) --prefix $(PREFIX)

package: build  ## a Debian package: build/release/goflow_*.deb
	cd $(RELEASE) && cpack -G DEB --config CPackConfig.cmake >/dev/null
	ls $(RELEASE)/*.deb

clean:  ## remove all that was built
	rm -rf build
