#!/usr/bin/env bash
# Writes the pages that the program knows better than anybody. Called by `make docs`.
# Usage: setup/docs.sh PROGRAM
set -euo pipefail
cd "$(dirname "$0")/.."

program=$1

# A page is replaced only once it is whole.
page() {
    local file=$1
    shift
    "$program" "$@" >"$file.new" || { rm -f "$file.new"; echo "docs: maillage $* failed" >&2; return 1; }
    mv "$file.new" "$file"
}

page docs/RIGHTS.md manual rights
page docs/SETTINGS.md manual settings
page docs/CLI.md manual cli
page docs/SCHEMA.sql manual schema
page docs/ROUTES.md manual routes
