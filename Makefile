# The words of this project. `make help` explains them; CI says the same ones (.ci/run).
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test bench battery fuzz sanitize package package-trial lint format docs setup clean

# Where `make run` keeps its network, and where it answers.
DATA ?= ./var
HOST ?= 127.0.0.1
PORT ?= 8080

SWIFT_SOURCES := Sources Tests Fuzz Package.swift

# `make bench PEERS=1` measures other programs beside Maillage.
PEERS ?=

# How long `make fuzz` tries each parser.
SECONDS_EACH ?= 60

help:     ## explain these words
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  make run DATA=./var HOST=127.0.0.1 PORT=8080 changes where the demo network lives and answers"

run:      ## install what is missing, build in release, serve the demo network on http://127.0.0.1:8080
	@setup/install.sh run
	swift build -c release --product maillage
	@exec "$$(swift build -c release --show-bin-path)/maillage" demo --data "$(DATA)" --host "$(HOST)" --port "$(PORT)"

test:     ## install what is missing, run every test on SQLite and PostgreSQL, then in a real Chromium
	@setup/install.sh run test
	@setup/test-tools.sh
	@setup/test.sh

bench:    ## measure: requests, imports, searches; with PEERS=1, beside other programs (Benchmarks/)
	@setup/install.sh run bench
	@Benchmarks/run $(if $(PEERS),--peers)

battery:  ## the long reliability trials: power cuts, floods, random walks (MAILLAGE_BATTERY, Tests/BatteryTests)
	@setup/install.sh run test battery
	@setup/test-tools.sh
	@setup/test-tools.sh scanners
	@setup/test-tools.sh probes
	@setup/test.sh battery

fuzz:     ## try every parser with libFuzzer, SECONDS_EACH=60 seconds each (Fuzz/)
	@setup/install.sh run
	@setup/fuzz.py --seconds "$(SECONDS_EACH)"

sanitize: ## run the Swift tests under the thread sanitizer, then the address sanitizer
	@setup/install.sh run test
	@setup/sanitize.sh

package:  ## build the release as one folder and as a Debian package (.build-package/)
	@setup/install.sh run package
	@packaging/make-package.sh

package-trial: package ## install that package on a bare Debian 12 under systemd, in a container, as root
	@setup/install.sh trial
	@packaging/trial.sh "$$(ls -t .build-package/*.deb | head -n 1)"

lint:     ## check the form of everything: Swift, shell, Python
	@setup/lint.sh

format:   ## rewrite the Swift sources in the project's form
	swift format --in-place --parallel --recursive $(SWIFT_SOURCES)

docs:     ## regenerate the pages the program writes about itself
	swift build --product maillage
	@setup/docs.sh "$$(swift build --show-bin-path)/maillage"

setup:    ## install everything `run` and `test` need, and stop there
	@setup/install.sh run test
	@setup/test-tools.sh

clean:    ## remove what was built (never the data of DATA)
	rm -rf .build .build-asan .build-tsan .build-tools
