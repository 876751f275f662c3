#!/usr/bin/env bash
# A throw-away PostgreSQL 15 for the tests: own directory, own port, nothing kept.
#   setup/postgres.sh start   starts one if none runs here, and prints its URL
#   setup/postgres.sh url     prints the URL of the one that runs
#   setup/postgres.sh stop    stops it and removes its files
# A second word `durable` names another one, which syncs its commits as PostgreSQL does unless told not to: for measures.
# The cluster lives in a temporary directory, outside the checkout: when root starts it, it runs as `postgres`,
# who may have no way into the checkout. .build-tools/pg (or pg-durable) remembers where it is.
set -euo pipefail
cd "$(dirname "$0")/.."

case ${2:-} in
    "") state=.build-tools/pg ;;
    durable) state=.build-tools/pg-durable ;;
    *)
        echo "usage: setup/postgres.sh start|stop|url [durable]" >&2
        exit 64
        ;;
esac

bindir() {
    local found
    for found in /usr/lib/postgresql/15/bin "$(pg_config --bindir 2>/dev/null || true)"; do
        [[ -x $found/initdb ]] && { echo "$found"; return; }
    done
    echo "postgres: PostgreSQL 15 is not installed (make setup)" >&2
    return 1
}

# initdb and postgres refuse to run as root.
as_owner() {
    if ((EUID == 0)); then
        (cd / && exec runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

is_running() {
    [[ -f $state/directory ]] || return 1
    as_owner "$(bindir)/pg_ctl" --pgdata="$(cat "$state/directory")/data" status >/dev/null 2>&1
}

stop() {
    [[ -f $state/directory ]] || return 0
    local directory
    directory=$(cat "$state/directory")
    if is_running; then
        as_owner "$(bindir)/pg_ctl" --pgdata="$directory/data" --mode=immediate --silent stop || true
    fi
    # Only ever what `start` made: the name says so.
    [[ $directory == */maillage-pg.* ]] && rm -rf -- "$directory"
    rm -rf -- "$state"
}

start() {
    if is_running; then
        cat "$state/url"
        return
    fi
    stop
    local bin directory port attempt
    bin=$(bindir)
    directory=$(mktemp --directory "${TMPDIR:-/tmp}/maillage-pg.XXXXXX")
    ((EUID != 0)) || chown postgres "$directory"
    mkdir -p "$state"
    echo "$directory" >"$state/directory"
    trap stop ERR INT TERM

    as_owner "$bin/initdb" --pgdata="$directory/data" --username=maillage --auth=trust --encoding=UTF8 \
        --locale=C.UTF-8 --no-sync >/dev/null
    cat <<SETTINGS | as_owner tee -a "$directory/data/postgresql.conf" >/dev/null
listen_addresses = '127.0.0.1'
unix_socket_directories = '$directory'
max_connections = 1000
autovacuum_naptime = 10
log_min_messages = warning
SETTINGS
    if [[ $state == .build-tools/pg ]]; then
        printf '%s = off\n' fsync synchronous_commit full_page_writes | as_owner tee -a "$directory/data/postgresql.conf" >/dev/null
    fi
    # Another process may take the port between the choice and the start.
    for attempt in 1 2 3 4 5; do
        port=$(free_port)
        if as_owner "$bin/pg_ctl" --pgdata="$directory/data" --log="$directory/log" --options="-p $port" \
            --wait --silent start >/dev/null; then
            break
        fi
        if ((attempt == 5)); then
            echo "postgres: cannot start:" >&2
            tail -n 20 "$directory/log" >&2
            stop
            return 1
        fi
    done
    as_owner "$bin/createdb" --host=127.0.0.1 --port="$port" --username=maillage maillage
    trap - ERR INT TERM
    echo "postgres://maillage@127.0.0.1:$port/maillage" >"$state/url"
    cat "$state/url"
}

case ${1:-} in
    start) start ;;
    stop) stop ;;
    url)
        is_running || { echo "postgres: not running (setup/postgres.sh start)" >&2; exit 1; }
        cat "$state/url"
        ;;
    *)
        echo "usage: setup/postgres.sh start|stop|url [durable]" >&2
        exit 64
        ;;
esac
