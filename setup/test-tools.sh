#!/usr/bin/env bash
# Makes the Python environment of the browser tests in .build-tools/venv, from the pinned setup/test-tools.txt;
# `setup/test-tools.sh scanners` that of the programs that look at the site in the battery, in .build-tools/scanners; `probes`
# that of wapiti, which wants one for itself; `peers` that of the programs measured beside Maillage, in .build-tools/peers.
# A second run with the same list touches neither the disk nor the network.
set -euo pipefail
cd "$(dirname "$0")/.."

case ${1:-} in
    "") list=setup/test-tools.txt venv=.build-tools/venv what="test tools" ;;
    scanners) list=setup/scanners.txt venv=.build-tools/scanners what="scanners" ;;
    probes) list=setup/probes.txt venv=.build-tools/probes what="probes" ;;
    peers) list=setup/peers.txt venv=.build-tools/peers what="peers" ;;
    *)
        echo "usage: setup/test-tools.sh [scanners|probes|peers]" >&2
        exit 64
        ;;
esac
stamp=$venv/installed.txt

if [[ -x $venv/bin/python ]] && cmp --silent "$list" "$stamp"; then
    exit 0
fi

# Debian's own interpreter first: it is the one python3-venv completes.
python=/usr/bin/python3
[[ -x $python ]] || python=python3

echo "setup: $what in $venv" >&2
mkdir -p .build-tools
rm -rf "$venv"
"$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --use-pep517 --requirement "$list"
cp "$list" "$stamp"
