#!/usr/bin/env bash
# Every test, on both engines and in a browser. Called by `make test`, which installs what it needs first.
#   setup/test.sh            Swift tests, then the browser tests, then the trials of deposits, short
#   setup/test.sh battery    the long trials only: the Swift tests that MAILLAGE_BATTERY makes longer, Tests/BatteryTests/run.py, the
#                            parsers under libFuzzer, the sweeps of pages; `battery swift`, `trials`, `fuzz`, `browser`: one part
# All parts run even if the first fails; the last line says `N passed, N failed`; failure if anything failed.
set -euo pipefail
cd "$(dirname "$0")/.."

results=.build-tools/results
rm -rf "$results"
mkdir -p "$results"

# One that a developer already started is used, and left running.
if ! setup/postgres.sh url >/dev/null 2>&1; then
    trap 'setup/postgres.sh stop' EXIT
    trap 'exit 130' INT TERM
    setup/postgres.sh start >/dev/null
fi
MAILLAGE_TEST_POSTGRES=$(setup/postgres.sh url)
export MAILLAGE_TEST_POSTGRES

# Begun all at once, as the runner does by default, 1,500 tests starve those that look at the clock.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=24

# Where every build is a first one, nobody will step through it.
flags=()
[[ ${CI:-} != true ]] || flags=(-debug-info-format none)

status=0
if [[ ${1:-} == battery ]]; then
    # What each part reported stays until it is run again: the page has them all, each with its own day.
    kept=.build-tools/battery
    mkdir -p "$kept"
    parts=("${@:2}")
    ((${#parts[@]})) || parts=(swift trials fuzz browser)
    for part in "${parts[@]}"; do
        python3 setup/machine.py >"$kept/$part.txt"
        rm -f "$kept/$part"*.xml
        case $part in
            swift)
                swift build --build-tests "${flags[@]}"
                MAILLAGE_BATTERY=1 swift test --skip-build "${flags[@]}" --filter "Battery|SecurityJourneys|DamagedCallText|Rehearsal" \
                    --xunit-output "$kept/swift.xml" || status=$?
                ;;
            trials)
                # On what people run: an optimised build, or the installed program that MAILLAGE_PROGRAM names.
                if [[ -z ${MAILLAGE_PROGRAM:-} ]]; then
                    swift build -c release --product maillage
                    MAILLAGE_PROGRAM="$(swift build -c release --show-bin-path)/maillage"
                fi
                MAILLAGE_PROGRAM="$MAILLAGE_PROGRAM" python3 Tests/BatteryTests/run.py --junit-xml="$kept/trials.xml" || status=$?
                MAILLAGE_BATTERY=1 MAILLAGE_PROGRAM="$MAILLAGE_PROGRAM" .build-tools/venv/bin/python -m pytest \
                    Tests/BatteryTests/test_restart.py --junit-xml="$kept/trials-restarts.xml" || status=$?
                ;;
            fuzz)
                # Every parser, on bytes that nobody wrote, for MAILLAGE_FUZZ_SECONDS each.
                setup/fuzz.py --seconds "${MAILLAGE_FUZZ_SECONDS:-120}" --junit-xml "$kept/fuzz.xml" || status=$?
                ;;
            browser)
                # Every page, as every role: accessibility by script (docs/ACCESSIBILITY.md); then every payload, wherever it is shown.
                MAILLAGE_BATTERY=1 .build-tools/venv/bin/python -m pytest Tests/BrowserTests/test_sweep.py \
                    Tests/BrowserTests/test_criteria.py Tests/BrowserTests/test_payloads.py \
                    --junit-xml="$kept/browser.xml" || status=$?
                ;;
            *)
                echo "test: no part of the battery is called $part (swift, trials, fuzz, browser)" >&2
                exit 64
                ;;
        esac
    done
    python3 setup/battery_page.py "$kept" >"$kept/BATTERY.md" && mv "$kept/BATTERY.md" docs/BATTERY.md || status=$?
    results=$kept
else
    # The browser and the trials begin once there is a program, beside the compiler and then the Swift tests: each waits a good part of its
    # time. They look at the clock, the compiler does not: it yields to them.
    swift build --product maillage "${flags[@]}"
    MAILLAGE_PROGRAM="$(swift build --show-bin-path)/maillage"
    export MAILLAGE_PROGRAM
    beside=()
    # Each file by one of a few browsers with a site of its own.
    .build-tools/venv/bin/python -m pytest Tests/BrowserTests --numprocesses "$(($(nproc) > 3 ? 3 : 2))" --dist loadfile \
        --no-loadscope-reorder --junit-xml="$results/browser.xml" >"$results/browser.log" 2>&1 &
    beside+=($!)
    .build-tools/venv/bin/python -m pytest Tests/BatteryTests --junit-xml="$results/trials.xml" >"$results/trials.log" 2>&1 &
    beside+=($!)
    nice -n 10 swift build --build-tests "${flags[@]}" &&
        swift test --skip-build "${flags[@]}" --xunit-output "$results/swift.xml" || status=$?
    for process in "${beside[@]}"; do wait "$process" || status=$?; done
    cat "$results/browser.log" "$results/trials.log"
fi

python3 setup/tally.py "$status" "$results"/*.xml
