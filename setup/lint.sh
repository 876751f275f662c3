#!/usr/bin/env bash
# Checks the form of Swift, shell and Python sources. Called by `make lint`. Names every fault before failing.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

status=0

swift format lint --strict --parallel --recursive Sources Tests Fuzz Package.swift || status=1

shopt -s nullglob
scripts=(setup/*.sh .ci/* packaging/*.sh packaging/debian/*)
for script in "${scripts[@]}"; do
    bash -n "$script" || status=1
    [[ -x $script ]] || { echo "$script: not executable" >&2; status=1; }
done
if command -v shellcheck >/dev/null; then
    shellcheck "${scripts[@]}" || status=1
fi

PYTHONPYCACHEPREFIX=.build-tools/pycache python3 -m compileall -q setup Tests/BrowserTests Tests/BatteryTests Benchmarks || status=1

exit "$status"
