"""A PostgreSQL of the trial's own, durable as in production, and a network on it: two nodes behind HAProxy."""

import contextlib
import csv
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

from program import ROOT, Server, World

BIN = "/usr/lib/postgresql/15/bin"


def free_ports(count):
    """Ports nobody listens on; another process may take one between the choice and its use."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def until(holds, seconds, otherwise):
    """Looks until it holds; raises when it still does not after so many seconds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(otherwise)
        time.sleep(0.05)


def as_owner(*words, **options):
    """initdb and postgres refuse to run as root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    return subprocess.run([*prefix, *words], capture_output=True, text=True, cwd="/", **options)


class Postgres:
    """One PostgreSQL server with its own folder and address, whoever starts it."""

    def __init__(self, host="127.0.0.1", port=None):
        """`port`: one that is free, when it is not said."""
        self.folder = tempfile.mkdtemp(prefix="maillage-pg.")
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.data = os.path.join(self.folder, "data")
        self.host, self.port = host, port or free_ports(1)[0]

    def do(self, program, *words):
        done = as_owner(os.path.join(BIN, program), *words)
        if done.returncode:
            raise AssertionError(f"{program}: {done.stderr[-1500:]}")
        return done.stdout

    def processes(self):
        """The server's first process, then its children; none when it does not run."""
        try:
            with open(os.path.join(self.data, "postmaster.pid"), encoding="ascii") as file:
                first = int(file.readline())
        except (OSError, ValueError):
            return []
        found = []
        for name in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError), open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                state, parent = file.read().rpartition(")")[2].split()[:2]
                # What was killed and not yet buried does nothing any more.
                if state != "Z" and first in (int(name), int(parent)):
                    found.append(int(name))
        return sorted(found, key=lambda process: process != first) if first in found else []

    def kill(self):
        """As when its machine loses its current: nothing is said to anybody, nothing is written any more."""
        for first in self.processes()[:1]:
            # It must not replace a child meanwhile.
            os.kill(first, signal.SIGSTOP)
        for process in reversed(self.processes()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while self.processes():
            time.sleep(0.01)

    def complaint(self, patience):
        """Why it does not answer a question within so many seconds; None when it does."""
        try:
            done = subprocess.run(
                ["psql", "-X", "-q", "-d", self.url("postgres"), "-c", "SELECT 1"], capture_output=True, text=True, timeout=patience)
            return None if done.returncode == 0 else done.stderr.strip()[-200:]
        except subprocess.TimeoutExpired:
            return f"no answer in {patience} s"

    def url(self, database="maillage"):
        return f"postgres://maillage@{self.host}:{self.port}/{database}"

    def query(self, sql, database="maillage"):
        """The rows of a SELECT, as texts; None where there is nothing."""
        done = subprocess.run(
            ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url(database), "-c",
             f"COPY ({sql}) TO STDOUT WITH (FORMAT csv, NULL '\\N')"], capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(done.stderr[-1000:])
        return [[None if cell == "\\N" else cell for cell in row] for row in csv.reader(io.StringIO(done.stdout, newline=""))]

    def wait_for(self, names):
        """Whose answer it waits for before it acknowledges, in PostgreSQL's words; nobody's when empty."""
        self.do("psql", "-X", "-q", "-d", self.url("postgres"), "-c", f"ALTER SYSTEM SET synchronous_standby_names = '{names}'",
                "-c", "SELECT pg_reload_conf()")

    def create(self):
        """An empty database, which whoever asks this server finds from now on."""
        self.do("createdb", f"--host={self.host}", f"--port={self.port}", "--username=maillage", "maillage")

    def damage(self):
        """What pg_amcheck finds wrong in tables and indexes, one line each."""
        done = as_owner(
            os.path.join(BIN, "pg_amcheck"), "--install-missing", "--heapallindexed", "--parent-check", f"--host={self.host}",
            f"--port={self.port}", "--username=maillage", "maillage")
        return [line for line in (done.stdout + done.stderr).splitlines() if line] if done.returncode else []


class Cluster(Postgres):
    """A server that the trial makes and starts by itself."""

    def __init__(self, source=None, is_made=True):
        """`source`: the server that this one follows from its start, as it is now. `is_made`: false for one that `restore` will make."""
        super().__init__()
        if source:
            self.follow(source)
        elif is_made:
            self.do("initdb", "--pgdata", self.data, "--username=maillage", "--auth=trust", "--encoding=UTF8",
                    "--locale=C.UTF-8", "--data-checksums")
            self._settle()

    def _settle(self, more=""):
        """The settings of this server alone; what a copy brought with it is forgotten."""
        settings = f"listen_addresses = '127.0.0.1'\nunix_socket_directories = '{self.folder}'\nport = {self.port}\n" \
            "max_connections = 200\nlog_min_messages = warning\n" + more
        as_owner("sh", "-c", f"cat >'{self.data}/postgresql.conf'; : >'{self.data}/postgresql.auto.conf'", input=settings, check=True)

    def _copy(self, source):
        """Takes all that another server has, which goes on. What was there is lost."""
        as_owner("rm", "-rf", self.data)
        self.do("pg_basebackup", "--pgdata", self.data, "--host=127.0.0.1", f"--port={source.port}", "--username=maillage",
                "--checkpoint=fast", "--wal-method=stream", "--manifest-checksums=SHA256")

    def restore(self, source):
        """Becomes a copy of another server, every file of it verified, to be started by itself."""
        self._copy(source)
        self.do("pg_verifybackup", "--exit-on-error", self.data)
        self._settle()

    def follow(self, source):
        """Becomes a copy of another server, which it follows once started. What was there is lost."""
        self._copy(source)
        self._settle(f"primary_conninfo = 'host=127.0.0.1 port={source.port} user=maillage application_name=standby'\n"
                     "wal_retrieve_retry_interval = 200ms\n")
        as_owner("touch", os.path.join(self.data, "standby.signal"), check=True)

    def start(self):
        log = os.path.join(self.folder, "log")
        self.do("pg_ctl", "--pgdata", self.data, "--log", log, "--wait", "--silent", "--timeout=60", "start")

    def stop(self, mode):
        """`immediate`: no checkpoint, no goodbye: the next start recovers from the log, as after a crash."""
        self.do("pg_ctl", "--pgdata", self.data, "--mode", mode, "--wait", "--silent", "stop")

    def dump(self, path):
        """The database as it is now, by PostgreSQL's own tool."""
        with open(path, "wb") as file:
            subprocess.run(["pg_dump", "--format=custom", "-d", self.url()], stdout=file, check=True)

    def lose(self, path):
        """The database is lost, and put back as it was in a dump. Nobody may be connected."""
        self.do("dropdb", "--host=127.0.0.1", f"--port={self.port}", "--username=maillage", "--force", "maillage")
        self.create()
        done = subprocess.run(
            ["pg_restore", "--exit-on-error", "--single-transaction", "-d", self.url(), path], capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(done.stderr[-1500:])

    def remove(self):
        as_owner(os.path.join(BIN, "pg_ctl"), "--pgdata", self.data, "--mode=immediate", "--silent", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgresWorld(World):
    """A call and its candidates on a cluster, the folder that nodes share, and each node's second copy."""

    def __init__(self, candidates, cluster):
        self.cluster = cluster
        cluster.create()
        super().__init__(candidates, extra={"MAILLAGE_DATABASE_URL": cluster.url()})

    def query(self, sql):
        return self.cluster.query(sql)

    def damage(self):
        return self.cluster.damage()

    @property
    def journals(self):
        folder = os.path.dirname(self.journal)
        return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".journal")]


class Node:
    """One node with a name and a port, which may be killed and started again."""

    def __init__(self, world, name, port, site):
        self.world, self.name, self.port, self.site = world, name, port, site
        self.server, self.starts = None, []

    def start(self):
        environment = {"MAILLAGE_NODE": self.name, "MAILLAGE_BASE_URL": self.site, "MAILLAGE_TRUSTED_PROXIES": "1"}
        self.server = Server(self.world, (), environment, port=self.port)
        self.starts.append(self.server.ready)

    def kill(self):
        self.server.kill()

    def stop(self):
        if self.server and self.server.runs:
            self.server.stop()


class Balancer:
    """HAProxy with packaging/haproxy.cfg, on ports of the trial's."""

    def __init__(self, folder, port, nodes):
        with open(os.path.join(ROOT, "packaging", "haproxy.cfg"), encoding="utf-8") as file:
            text = file.read()
        for place, own in zip(("127.0.0.1:8080", "127.0.0.1:8081", "127.0.0.1:8082"), (port, *nodes), strict=True):
            assert place in text
            text = text.replace(place, f"127.0.0.1:{own}")
        path = os.path.join(folder, "haproxy.cfg")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        self.port = port
        self.process = subprocess.Popen(["haproxy", "-db", "-f", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait(self, seconds=30):
        """Until a node answers through it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as reply:
                    if json.load(reply)["status"] == "ok":
                        return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("no node answers behind the balancer")

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
