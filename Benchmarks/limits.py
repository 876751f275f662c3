"""The limits of the machine: nginx serving the same bytes, and each engine writing a row in a transaction of its own, with no server in front."""

import contextlib
import os
import re
import sqlite3
import subprocess
import time

from measures import TICKS, Failure, Server, family

NGINX = "/usr/sbin/nginx"
#: About what an act writes beside its journal.
ROW = "x" * 400

FRONT = """{user}
daemon off;
pid {folder}/nginx.pid;
error_log stderr error;
worker_processes auto;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    open_file_cache max=100;
    keepalive_requests 1000000;
    types {{ text/html html; }}
    charset utf-8;
    server {{
        listen 127.0.0.1:PORT;
        root {folder};
    }}
}}
"""


class Nginx(Server):
    """nginx with one page, as its documentation advises for files."""

    def __init__(self, folder, body):
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "page.html"), "wb") as file:
            file.write(body)
        super().__init__([NGINX, "-c", os.path.join(folder, "nginx.conf")], "/page.html")
        front = FRONT.format(folder=folder, user="user root;" if os.geteuid() == 0 else "").replace("PORT", str(self.port))
        with open(os.path.join(folder, "nginx.conf"), "w", encoding="utf-8") as file:
            file.write(front)

    def spent(self):
        """Its workers have the work."""
        return sum(int(fields[11]) + int(fields[12]) for fields in family([self.process.pid]).values()) / TICKS


def sqlite_alone(folder, seconds):
    """Transactions of one row in a second, one after the other, each synced before the next, as the site's own settings say."""
    path = os.path.join(folder, "alone.sqlite")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
        count, end = 0, time.monotonic() + seconds
        while time.monotonic() < end:
            database.execute("INSERT INTO line (text) VALUES (?)", (ROW,))
            count += 1
    return count / seconds


def postgres_alone(engine, folder, clients, seconds):
    """The same of PostgreSQL, by its own pgbench, so many clients at once."""
    from cluster import BIN

    script = os.path.join(folder, "line.sql")
    with open(script, "w", encoding="utf-8") as file:
        file.write(f"INSERT INTO line (text) VALUES ('{ROW}');\n")
    table = "CREATE TABLE IF NOT EXISTS line (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text TEXT NOT NULL)"
    subprocess.run(["psql", "-X", "-q", "-d", engine.url(), "-c", "SET client_min_messages = warning", "-c", table], check=True)
    done = subprocess.run(
        [os.path.join(BIN, "pgbench"), "--no-vacuum", f"--client={clients}", "--jobs=2", f"--time={seconds}", f"--file={script}",
         engine.url()], capture_output=True, text=True)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if not found:
        raise Failure(f"pgbench: {done.stderr.strip()}")
    return float(found.group(1))
