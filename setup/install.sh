#!/usr/bin/env bash
# Installs the Debian packages of setup/packages.txt that are missing; says nothing when none is.
# Usage: setup/install.sh [run] [test] [battery] …      (default: run)
# Services that come with `battery` and `peers` are neither left running nor enabled: only their programs are wanted.
set -euo pipefail
cd "$(dirname "$0")/.."

(($#)) || set -- run

wanted=()
while read -r tag package _; do
    for asked in "$@"; do
        [[ $tag == "$asked" ]] && wanted+=("$package")
    done
done < <(sed 's/#.*//' setup/packages.txt)

if ((${#wanted[@]} == 0)); then
    echo "setup: no package of setup/packages.txt is tagged: $*" >&2
    exit 64
fi

if ! command -v dpkg-query >/dev/null; then
    echo "setup: this is not a Debian system; install the equivalents of: ${wanted[*]}" >&2
    exit 1
fi

missing=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $status == installed ]] || missing+=("$package")
done
((${#missing[@]})) || exit 0

as_root=()
if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
        echo "setup: missing packages, and neither root nor sudo to install them. Run as root:" >&2
        echo "    apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@"
}

enabled_units() {
    command -v systemctl >/dev/null || return 0
    systemctl list-unit-files --state=enabled --no-legend 2>/dev/null | awk '{ print $1 }' | sort
}

enabled_before=$(enabled_units)

# The simulation tells, before anything is touched, whether the lists know these packages at versions that still fit.
echo "setup: installing ${missing[*]}" >&2
if ! apt-get -qq --simulate --no-install-recommends install "${missing[@]}" >/dev/null 2>&1; then
    apt update
    refreshed=yes
fi
if ! apt --yes --no-install-recommends install "${missing[@]}" >/dev/null; then
    # Lists that are old name versions the mirror has dropped: refresh once, then fail for good.
    [[ ${refreshed:-no} == no ]] || exit 1
    apt update
    apt --yes --no-install-recommends install "${missing[@]}" >/dev/null
fi

if [[ " $* " =~ " battery " || " $* " =~ " peers " ]]; then
    mapfile -t units < <(comm -13 <(printf '%s\n' "$enabled_before") <(enabled_units))
    if ((${#units[@]})); then
        echo "setup: not left enabled: ${units[*]}" >&2
        if [[ -d /run/systemd/system ]]; then
            "${as_root[@]}" systemctl --quiet disable --now "${units[@]}"
        else
            "${as_root[@]}" systemctl --quiet disable "${units[@]}"
        fi
    fi
fi
