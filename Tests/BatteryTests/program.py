"""The built `maillage`, run as a process of its own, on a data folder and a second volume of the trial's."""

import contextlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get("MAILLAGE_PROGRAM") or os.path.join(ROOT, ".build", "debug", "maillage")


class Candidate:
    """Somebody signed in, with a draft that lacks nothing."""

    def __init__(self, line):
        self.session, self.candidacy, version = line.split("\t")
        self.version = int(version)
        self.tokens = {}
        self.saves = 0


class World:
    """A folder with a published call and its candidates; removed at the end."""

    def __init__(self, candidates, folder=None, journal=True, closes=2_592_000, extra={}):
        self.folder = folder or tempfile.mkdtemp(prefix="maillage-battery-")
        self.owns = folder is None
        self.data = os.path.join(self.folder, "data")
        os.makedirs(os.path.join(self.folder, "second"), exist_ok=True)
        self.journal = os.path.join(self.folder, "second", "deposits.journal")
        self.environment = {
            "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "MAILLAGE_LOG_LEVEL": "warning",
            **({"MAILLAGE_DEPOSIT_JOURNAL": self.journal} if journal else {}), **extra,
        }
        self.candidates = self.fill(candidates, closes)

    def fill(self, count, closes):
        """Makes the call; who may deposit."""
        made = self.run("bench", "candidates", str(count), "--closes", str(closes), "--data", self.data)
        return [Candidate(line) for line in made.splitlines()]

    def run(self, *words, status=0):
        done = subprocess.run([PROGRAM, *words], env=self.environment, capture_output=True, text=True)
        if done.returncode != status:
            raise AssertionError(f"maillage {' '.join(words)}: status {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.owns:
            shutil.rmtree(self.folder, ignore_errors=True)

    def serve(self, launcher=(), **environment):
        return Server(self, launcher, environment)

    def query(self, sql):
        """The rows of a SELECT, with the server stopped: nothing else may have the file open."""
        with contextlib.closing(sqlite3.connect(os.path.join(self.data, "maillage.sqlite"))) as database:
            return database.execute(sql).fetchall()

    def damage(self):
        """What the engine itself finds wrong, one line each."""
        said = self.query("PRAGMA integrity_check")[0][0]
        return ([] if said == "ok" else [f"integrity: {said}"]) + [
            f"reference: {line}" for line in self.query("PRAGMA foreign_key_check")]

    @property
    def journals(self):
        """The second copies: one, or one for each node."""
        return [self.journal]


class Server:
    """`maillage serve` on a free port, until `with` ends."""

    def __init__(self, world, launcher=(), environment={}, port=0):
        self.output = tempfile.TemporaryFile()
        self.errors = tempfile.TemporaryFile()
        start = time.monotonic()
        self.process = subprocess.Popen(
            [*launcher, PROGRAM, "serve", "--data", world.data, "--port", str(port)], env={**world.environment, **environment},
            stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.errors)
        self.port = self._port()
        self.ready = time.monotonic() - start

    def _port(self):
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            found = re.search(r"http://127\.0\.0\.1:(\d+)", self._text(self.output))
            if found:
                return int(found.group(1))
            if self.process.poll() is not None:
                break
            time.sleep(0.002)
        self.process.kill()
        raise AssertionError("maillage serve does not answer: " + self.said)

    @staticmethod
    def _text(file):
        size = os.fstat(file.fileno()).st_size
        return os.pread(file.fileno(), size, 0).decode(errors="replace")

    @property
    def said(self):
        return self._text(self.errors)

    @property
    def runs(self):
        return self.process.poll() is None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def stop(self):
        if self.runs:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("the server does not stop") from None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.runs:
            self.stop()
        self.output.close()
        self.errors.close()


def journal_entries(path):
    """What the second volume holds, read from docs/decisions/010-receipts.md alone: (key, receipt, snapshot)."""
    import hashlib

    entries = []
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return entries
    header = b"MAILLAGE DEPOSITS 1\n"
    if not data.startswith(header):
        return entries
    seal, place = hashlib.sha256(header).digest(), len(header)
    while len(data) - place >= 36:
        length = int.from_bytes(data[place:place + 4], "big")
        payload = data[place + 36:place + 36 + length]
        own = data[place + 4:place + 36]
        if len(payload) < length or hashlib.sha256(seal + data[place:place + 4] + payload).digest() != own:
            break
        entry = json.loads(payload)
        entries.append((entry["key"], entry["receipt"].encode(), entry["snapshot"].encode()))
        seal, place = own, place + 36 + length
    return entries
