#!/bin/sh
# maillage: the program, with the data directory of the package.
#
# Called by root it becomes the user that owns the data: what root wrote there, the site could not change. Only `restore` stays
# root, for it replaces the directory itself, and gives it to that user at the end.
set -eu

MAILLAGE_DATA=${MAILLAGE_DATA:-/var/lib/maillage}
export MAILLAGE_DATA
program=/usr/lib/maillage/maillage

if [ "$(id -u)" != 0 ]; then
    exec "$program" "$@"
fi
if [ "${1:-}" = restore ]; then
    "$program" "$@"
    if [ -d "$MAILLAGE_DATA" ]; then
        chown -R maillage:maillage "$MAILLAGE_DATA"
    fi
    exit 0
fi
exec setpriv --reuid=maillage --regid=maillage --init-groups -- "$program" "$@"
