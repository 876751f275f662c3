"""R-22: `kill -9` while the schema is brought up to date, from each earlier one. Restarted, the network is what an undisturbed upgrade
makes of it.

The network of each schema holds what the fixture of schema 17 holds, as far as its tables go; schema 0 is nothing at all: the very
first start."""

import base64
import collections
import contextlib
import gzip
import hashlib
import json
import os
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.request

from cluster import BIN, Cluster, until
from ledger import canonical, holds, public_keys
from program import PROGRAM, ROOT, World
from trials import Skipped, Verdict

FIXTURE = os.path.join(ROOT, "Tests", "Fixtures", "demo-017.sqlite.gz")
#: The schema of the fixture.
FORMER = 17
#: The table that says which migrations were applied; when each was is no part of what must be equal.
LEDGER = "schema_migration"
#: Seconds that an upgrade may take before it counts as one that never ends.
PATIENCE = 120


class Bare(World):
    """A folder that nobody has started in."""

    def __init__(self, **extra):
        super().__init__(0, journal=False, extra=extra)

    def fill(self, count, closes):
        return []


class Content:
    """What a database holds. `schema`: its parts as the engine writes them; `tables`: the rows of each, counted; `receipts`: by id."""

    def __init__(self, schema, tables, receipts):
        self.schema, self.tables, self.receipts = collections.Counter(schema), tables, receipts


class Engine:
    """A database that is put at a schema, brought up to date under blows, and read."""

    def __init__(self, world):
        self.world = world
        #: Of each schema: where an upgrade from it begins and ends, for each kind of blow.
        self.spans = {}

    def start(self, command, launcher=(), **environment):
        self.output, self.errors = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        port = ("--port", "0") if command == "serve" else ()
        return subprocess.Popen(
            [*launcher, PROGRAM, command, "--data", self.world.data, *port], env={**self.world.environment, **environment},
            stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.errors)

    def watch(self, process, blow=lambda: False):
        """Until the process ends, is killed when `blow` says so, or answers as a site. Whether it came to answer."""
        end, is_ready, self.is_endless = time.monotonic() + PATIENCE, False, False
        while process.poll() is None:
            self.is_endless = time.monotonic() > end
            is_ready = b"http://" in os.pread(self.output.fileno(), 400, 0)
            if is_ready or self.is_endless or blow():
                process.kill()
                process.wait(30)
            time.sleep(0.0002)
        return is_ready

    @property
    def said(self):
        return os.pread(self.errors.fileno(), 1_000, 0).decode(errors="replace").strip()

    def target(self, chance, kind, start, at, last):
        """Where a blow falls in an upgrade from `start` that has come to `at` already."""
        first, end = self.spans[start][kind]
        if at > start:
            end = first + max((end - first) * (last - at) // (last - start), 1)
        return chance.randint(first, end)

    def upgrade(self):
        """The restart. None, or what it said when it did not succeed."""
        try:
            done = subprocess.run(
                [PROGRAM, "migrate", "--data", self.world.data], env=self.world.environment, capture_output=True, text=True,
                timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return f"not done in {PATIENCE} s"
        return None if done.returncode == 0 else f"status {done.returncode}: {done.stderr.strip()[-300:]}"

    def climb(self, schema):
        """Up to that schema and no further: the ledger itself refuses the next migration."""
        self.alter(self.gate[0].format(schema))
        assert self.upgrade(), "the ledger did not refuse"
        self.alter(self.gate[1])
        assert self.version() == schema, f"{self.version()} instead of {schema}"


class OnSQLite(Engine):
    name = "SQLite"
    gate = (f"CREATE TRIGGER gate BEFORE INSERT ON {LEDGER} WHEN NEW.number > {{}} "
            "BEGIN SELECT RAISE(ABORT, 'no further'); END", "DROP TRIGGER gate")

    def __init__(self, world):
        super().__init__(world)
        self.path = os.path.join(world.data, "maillage.sqlite")
        #: A blow comes with a system call, by strace, or once the log has so many bytes more.
        self.kinds = ["pwrite64", "fdatasync", "log"]

    def put(self, state):
        for name in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.path + name)
        if state:
            with open(self.path, "wb") as file:
                file.write(state)

    def keep(self):
        self.alter("PRAGMA journal_mode = DELETE")
        with open(self.path, "rb") as file:
            return file.read()

    def alter(self, script):
        with contextlib.closing(sqlite3.connect(self.path)) as database:
            database.executescript(script)

    @contextlib.contextmanager
    def copy(self):
        """What the file and its log say, read elsewhere: whoever opens them recovers them, which is left to the restart."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "copy")
            for name in ("", "-wal"):
                if os.path.exists(self.path + name):
                    shutil.copyfile(self.path + name, path + name)
            with contextlib.closing(sqlite3.connect(path)) as database:
                yield database

    def ask(self, sql):
        with self.copy() as database:
            return database.execute(sql).fetchall()

    def version(self):
        there = self.ask(f"SELECT 1 FROM sqlite_schema WHERE name = '{LEDGER}'")
        return self.ask(f"SELECT COALESCE(MAX(number), 0) FROM {LEDGER}")[0][0] if there else 0

    def content(self):
        with self.copy() as database:
            parts = database.execute("SELECT type, name, tbl_name, COALESCE(sql, '') FROM sqlite_schema").fetchall()
            tables = {}
            for name in (name for kind, name, *_ in parts if kind == "table"):
                found = database.execute(f"SELECT {'number, name, checksum' if name == LEDGER else '*'} FROM {name}")
                columns = [column[0] for column in found.description]
                tables[name] = collections.Counter(repr((columns, row)) for row in found)
            receipts = dict(database.execute("SELECT id, content FROM receipt")) if "receipt" in tables else {}
            return Content((" ".join(part) for part in parts), tables, receipts)

    def damage(self):
        with self.copy() as database:
            said = [row[0] for row in database.execute("PRAGMA integrity_check")]
            return [f"integrity: {line}" for line in said if line != "ok"] + [
                f"reference: {row}" for row in database.execute("PRAGMA foreign_key_check")]

    def empty(self, ledger):
        """A database with nothing in it but the ledger, as the program itself makes it."""
        self.put(None)
        self.alter(f"PRAGMA application_id = {ledger[0]}; {ledger[1]}")

    def ledger(self):
        return self.ask("PRAGMA application_id")[0][0], self.ask(f"SELECT sql FROM sqlite_schema WHERE name = '{LEDGER}'")[0][0]

    def fill(self, fixture):
        """The fixture's rows, as far as there are tables and columns for them."""
        with contextlib.closing(sqlite3.connect(self.path)) as database:
            def columns(place, table):
                return [row[1] for row in database.execute(f"PRAGMA {place}.table_info({table})")]

            database.execute("ATTACH ? AS fixture", [fixture])
            for (table,) in database.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall():
                if table != LEDGER:
                    names = ", ".join(name for name in columns("main", table) if name in columns("fixture", table))
                    database.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM fixture.{table}")
            database.commit()
        assert not self.damage(), self.damage()[:3]

    def measure(self, schema):
        """An undisturbed upgrade: how often the thread that writes asks for each system call, and how long the log becomes."""
        trace = os.path.join(self.world.folder, "trace")
        process = self.start("migrate", [
            "strace", "-D", "-f", "-y", "-qq", "-s", "0", "-o", trace, "-e", "trace=pwrite64,fdatasync"])
        self.watch(process)
        assert process.returncode == 0, self.said
        counts, self.spans[schema], length = collections.Counter(), {}, 0
        with open(trace, errors="replace") as file:
            for line in file:
                found = re.match(r"(\d+) +(pwrite64|fdatasync)\(\d+<([^>]*)>(?:, \"\"\.\.\., (\d+), (\d+))?", line)
                if not found:
                    continue
                thread, call, path, size, place = found.groups()
                counts[thread, call] += 1
                if path == self.path + "-wal":
                    first, _ = self.spans[schema].get(call, (counts[thread, call], 0))
                    self.spans[schema][call] = (first, counts[thread, call])
                    length = max(length, int(place or 0) + int(size or 0))
        self.spans[schema]["log"] = (1, length)
        if not schema:
            # The very first start begins with a file that is not there.
            self.spans[schema].update({call: (1, self.spans[schema][call][1]) for call in ("pwrite64", "fdatasync")})

    def strike(self, chance, command, start, at, last):
        """One upgrade under a blow. Of which kind it was, and whether it fell before the upgrade ended."""
        kind = chance.choice(self.kinds)
        target = self.target(chance, kind, start, at, last)
        if kind != "log":
            process = self.start(command, [
                "strace", "-D", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={kind}", "-e", f"inject={kind}:signal=KILL:when={target}"])
            is_ready = self.watch(process)
            return kind, process.returncode == -9 and not is_ready
        log, before, fell = self.path + "-wal", 0, []
        with contextlib.suppress(FileNotFoundError):
            before = os.stat(log).st_size

        def is_long():
            with contextlib.suppress(FileNotFoundError):
                if os.stat(log).st_size - before >= target:
                    fell.append(True)
            return bool(fell)

        process = self.start(command)
        self.watch(process, is_long)
        return kind, bool(fell) and process.returncode == -9


class Line:
    """Carries the bytes of one upgrade between the program and its database. Once `limit` have passed one way ("asked" by the program,
    "told" to it), `blow` falls and nothing passes any more."""

    def __init__(self, target, way=None, limit=0, blow=None):
        self.target, self.way, self.limit, self.blow = target, way, limit, blow
        self.passed, self.fell, self.lock = {"asked": 0, "told": 0}, False, threading.Lock()
        #: What had passed when the first statement that changes the schema was sent, and once the last one was.
        self.first = self.last = None
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.server.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
                for one, other, way in ((near, far, "asked"), (far, near, "told")):
                    threading.Thread(target=self._pass, args=(one, other, way), daemon=True).start()

    def _pass(self, source, sink, way):
        try:
            while data := source.recv(65_536):
                with self.lock:
                    if self.fell:
                        break
                    before = dict(self.passed)
                    self.passed[way] += len(data)
                    if way == "asked" and re.search(rb"CREATE (TABLE|INDEX)|ALTER TABLE", data):
                        self.first, self.last = self.first or before, dict(self.passed)
                    if way == self.way and self.passed[way] >= self.limit:
                        self.fell = True
                        if way == "asked":
                            sink.sendall(data[:self.limit - before[way]])
                        self.blow()
                        break
                sink.sendall(data)
        except OSError:
            pass
        finally:
            for end in (source, sink):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # Closing alone leaves the one who waits for a connection waiting.
        with contextlib.suppress(OSError):
            self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()


class OnPostgres(Engine):
    name = "PostgreSQL"
    gate = (f"CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no further'; END $$; "
            f"CREATE TRIGGER gate BEFORE INSERT ON {LEDGER} FOR EACH ROW WHEN (NEW.number > {{}}) EXECUTE FUNCTION gate()",
            f"DROP TRIGGER gate ON {LEDGER}; DROP FUNCTION gate")

    def __init__(self, world, cluster):
        super().__init__(world)
        self.cluster = cluster
        self.address = ["--host=127.0.0.1", f"--port={cluster.port}", "--username=maillage"]
        #: The program dies once it has asked, or was told, so many bytes; or the database does.
        self.kinds = ["asked", "told", "database"]
        self.states = 0

    def put(self, state):
        self.cluster.do("dropdb", *self.address, "--if-exists", "--force", "maillage")
        self.cluster.do("createdb", *self.address, f"--template={state or 'template0'}", "maillage")

    def keep(self):
        self.states += 1
        name = f"state_{self.states}"
        self.cluster.do("createdb", *self.address, "--template=maillage", name)
        return name

    def alter(self, script):
        done = subprocess.run(
            ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.cluster.url()], input=script.encode(), capture_output=True)
        assert done.returncode == 0, done.stderr[-1000:]

    def ask(self, sql):
        return self.cluster.query(sql)

    def version(self):
        # What the dead program asked for last may still be done.
        asked = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'maillage'"
        until(lambda: not self.cluster.query(asked, "postgres"), PATIENCE, "the database goes on without the program")
        there = self.ask(f"SELECT to_regclass('{LEDGER}')")[0][0]
        return int(self.ask(f"SELECT COALESCE(MAX(number), 0) FROM {LEDGER}")[0][0]) if there else 0

    def dump(self, *words):
        # Since 15.14 two lines bear a word drawn at random.
        text = subprocess.run(["pg_dump", "-d", self.cluster.url(), *words], capture_output=True, text=True, check=True).stdout
        return re.sub(r"(?m)^\\(un)?restrict .*\n", "", text)

    def content(self):
        tables, text = {}, self.dump("--no-owner")
        pattern = re.compile(r"^COPY public\.(\w+) (\(.*\)) FROM stdin;\n((?:.*\n)*?)\\\.\n", re.MULTILINE)
        for name, columns, rows in pattern.findall(text):
            tables[name.strip('"')] = collections.Counter(
                columns + " " + (row.rpartition("\t")[0] if name == LEDGER else row) for row in rows.split("\n")[:-1])
        receipts = dict(self.cluster.query("SELECT id, content FROM receipt")) if "receipt" in tables else {}
        return Content(pattern.sub("", text).split("\n\n"), tables, receipts)

    def damage(self):
        return self.cluster.damage()

    def empty(self, ledger):
        self.put(None)
        self.alter(ledger)

    def ledger(self):
        return self.dump("--no-owner", "--schema-only", f"--table={LEDGER}")

    def fill(self, fixture):
        here = collections.defaultdict(list)
        for table, column in self.cluster.query(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
                "ORDER BY table_name, ordinal_position"):
            here[table].append(column)
        script = ["SET session_replication_role = replica;\n"]
        with contextlib.closing(sqlite3.connect(fixture)) as database:
            for table in set(here) - {LEDGER}:
                there = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
                names = ", ".join(name for name in here[table] if name in there)
                script.append(f"COPY public.{table} ({names}) FROM stdin;\n")
                for row in database.execute(f"SELECT {names} FROM {table}"):
                    script.append("\t".join(map(cell, row)) + "\n")
                script.append("\\.\n")
        self.alter("".join(script))

    def start_through(self, command, line):
        return self.start(command, MAILLAGE_DATABASE_URL=self.cluster.url().replace(f":{self.cluster.port}/", f":{line.port}/"))

    def measure(self, schema):
        with Line(self.cluster.port) as line:
            process = self.start_through("migrate", line)
            self.watch(process)
        assert process.returncode == 0, self.said
        self.spans[schema] = {way: (line.first[way] + 1, line.last[way]) for way in ("asked", "told")}
        self.spans[schema]["database"] = self.spans[schema]["asked"]

    def strike(self, chance, command, start, at, last):
        """One upgrade under a blow. Of which kind it was, and whether it fell before the upgrade ended."""
        kind = chance.choice(self.kinds)
        started, process = threading.Event(), None

        def blow():
            started.wait()
            if kind == "database":
                self.cluster.stop("immediate")
            else:
                process.kill()

        with Line(self.cluster.port, "told" if kind == "told" else "asked", self.target(chance, kind, start, at, last), blow) as line:
            process = self.start_through(command, line)
            started.set()
            self.watch(process)
            # The blow takes its time.
            with line.lock:
                fell = line.fell
        if fell and kind == "database":
            self.cluster.start()
        return kind, fell


def cell(value):
    """A value of SQLite as a line of COPY writes it."""
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def former_network(path, data):
    """The fixture, whose key nobody kept: its receipts are signed anew, by openssl, with the key that a first start made in `data`."""
    with gzip.open(FIXTURE) as packed, open(path, "wb") as file:
        shutil.copyfileobj(packed, file)
    folder = os.path.join(data, "keys")
    name = next(name.removesuffix(".json") for name in os.listdir(folder) if name.endswith(".json"))
    with open(os.path.join(folder, name + ".key"), encoding="ascii") as file:
        seed = base64.b64decode(file.read())
    with open(os.path.join(folder, name + ".json"), "r+", encoding="utf-8") as file:
        key = json.load(file)
        # Some deposits of the demo are of 2020.
        file.seek(0)
        json.dump({**key, "from": "2020-01-01T00:00:00.000000Z"}, file)
        file.truncate()
    with contextlib.closing(sqlite3.connect(path)) as database, tempfile.TemporaryDirectory() as scratch:
        secret, text = os.path.join(scratch, "key"), os.path.join(scratch, "text")
        with open(secret, "wb") as file:
            file.write(bytes.fromhex("302e020100300506032b657004220420") + seed)
        for number, content in database.execute("SELECT id, content FROM receipt").fetchall():
            receipt = {**json.loads(content)["receipt"], "key": key["id"]}
            with open(text, "wb") as file:
                file.write(canonical(receipt))
            signature = subprocess.run(
                ["openssl", "pkeyutl", "-sign", "-keyform", "DER", "-inkey", secret, "-rawin", "-in", text], capture_output=True,
                check=True).stdout
            signed = {"format": "maillage-signed-receipt-1", "receipt": receipt, "signature": base64.b64encode(signature).decode()}
            database.execute(
                "UPDATE receipt SET content = ?, fingerprint = ?, key_id = ? WHERE id = ?",
                [canonical(signed).decode(), hashlib.sha256(canonical(receipt)).hexdigest(), key["id"], number])
        # Nobody had said who was to write what.
        database.execute(
            "INSERT INTO candidacy_assignment (candidacy_id, section, question, account_id, at) "
            "SELECT id, 'projet', '', holder_id, updated_at FROM candidacy WHERE holder_id IS NOT NULL ORDER BY id LIMIT 1")
        database.commit()


class Trial:
    """An engine, its networks of former schemas, and what an undisturbed upgrade makes of each."""

    def __init__(self, engine):
        self.engine, self.world = engine, engine.world
        self.states, self.before, self.undisturbed, self.checks, self.verified = {0: None}, {}, {}, {}, {}
        engine.put(None)
        self.before[0] = engine.content()
        engine.measure(0)
        self.undisturbed[0] = engine.content()
        self.last, self.ledger = engine.version(), engine.ledger()
        self.entries = {int(number): words for number, *words in engine.ask(f"SELECT number, name, checksum FROM {LEDGER}")}
        self.fixture = os.path.join(self.world.folder, "former.sqlite")
        former_network(self.fixture, self.world.data)
        self.keys = public_keys(self.world.data)

    def make(self, schema):
        """Makes the network of a schema, and brings it up to date undisturbed. From nothing and from the fixture it is done twice: both
        must come to the same."""
        engine = self.engine
        if schema > FORMER:
            self.make(FORMER)
        if schema in self.checks:
            return
        if schema == FORMER and isinstance(engine, OnSQLite):
            # The file as the former program wrote it.
            with open(self.fixture, "rb") as file:
                self.states[schema] = file.read()
        elif schema:
            if schema > FORMER:
                engine.put(self.states[FORMER])
            else:
                engine.empty(self.ledger)
            engine.climb(schema)
            if schema <= FORMER:
                engine.fill(self.fixture)
            self.states[schema] = engine.keep()
        if schema:
            engine.put(self.states[schema])
            self.before[schema] = engine.content()
            engine.measure(schema)
            self.undisturbed[schema] = engine.content()
        if schema in (0, FORMER):
            engine.put(self.states[schema])
            self.world.run("migrate", "--data", self.world.data)
        assert not self.compare(schema), f"undisturbed, from {schema}: {self.compare(schema)[:3]}"
        self.checks[schema] = self.check()
        # What was never written at a former schema is missed by some invariants, undisturbed or not.
        assert 0 < schema < FORMER or not self.checks[schema], self.checks[schema]

    def compare(self, schema):
        """What of the network of a former schema is lost, or other than undisturbed."""
        before, undisturbed, after, faults = self.before[schema], self.undisturbed[schema], self.engine.content(), []
        for name, rows in before.tables.items():
            count, now = rows.total(), after.tables.get(name, collections.Counter()).total()
            if name != LEDGER and now != count:
                faults.append(f"{'lost' if now < count else 'altered'}: {name} has {now} rows of {count}")
        for number, content in before.receipts.items():
            now = after.receipts.get(number)
            if now != content:
                faults.append(f"lost: receipt {number} {'is not there' if now is None else 'was altered'}")
        for number, content in after.receipts.items():
            if content not in self.verified:
                with tempfile.TemporaryDirectory() as folder:
                    self.verified[content] = holds(content.encode(), self.keys, folder)
            if not self.verified[content]:
                faults.append(f"lost: openssl refuses receipt {number}")
        for name, rows in (("the schema", undisturbed.schema), *undisturbed.tables.items()):
            there = after.schema if name == "the schema" else after.tables.get(name, collections.Counter())
            for word, other in (("lost", rows - there), ("altered", there - rows)):
                if other:
                    faults.append(f"{word}: {other.total()} lines of {name}, the first {min(other)[:160]!r}")
        return faults

    def judge(self, schema):
        """What is wrong after a restart."""
        said = self.engine.upgrade()
        if said:
            return [f"lost: the restart: {said}"]
        faults, said = self.compare(schema) + self.engine.damage(), self.check()
        if said != self.checks[schema]:
            faults.append(f"check: {said or 'nothing'}, undisturbed: {self.checks[schema] or 'nothing'}")
        return faults

    def check(self):
        """What `maillage check` finds wrong. The documents of the demo are no part of the fixture."""
        done = subprocess.run(
            [PROGRAM, "check", "--no-files", "--data", self.world.data], env=self.world.environment, capture_output=True, text=True)
        return done.stderr.strip() if done.returncode else ""

    def answers(self):
        """What is wrong with the site once it is up to date."""
        try:
            with self.world.serve() as server:
                with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/appels", timeout=60) as reply:
                    return [] if reply.status == 200 else [f"lost: the site answers {reply.status}"]
        except (AssertionError, OSError) as error:
            return [f"lost: the site: {error}"]

    def plant(self, schema, version, number):
        """Leaves the database as an upgrade that is not all or nothing would."""
        name, checksum = self.entries[version + 1]
        scripts = [f"INSERT INTO {LEDGER} (number, name, checksum, applied_at) VALUES ({version + 1}, '{name}', '{checksum}', 1)"]
        if schema == FORMER:
            scripts += ["DELETE FROM receipt WHERE id = (SELECT MIN(id) FROM receipt)", "ALTER TABLE receipt DROP COLUMN number"]
        self.engine.alter(scripts[number % len(scripts)])

    def run(self, schemas, rounds, seed, spoils):
        """That many deaths inside upgrades from these schemas, each in its turn."""
        engine, faults, unnoticed, chance = self.engine, [], 0, random.Random(seed)
        kills, inside, tried, again, kinds, versions = 0, 0, 0, 0, collections.Counter(), collections.Counter()
        for schema in schemas:
            self.make(schema)
        turn = 0
        while (inside < rounds or turn < len(schemas)) and tried < 3 * max(rounds, len(schemas)) + 20:
            schema = at = schemas[turn % len(schemas)]
            resumed, found = [], []
            engine.put(self.states[schema])
            command = chance.choice(["migrate", "serve"])
            while True:
                tried += 1
                kind, fell = engine.strike(chance, "migrate" if resumed else command, schema, at, self.last)
                at = engine.version()
                kills += fell
                if engine.is_endless:
                    found.append(f"lost: an upgrade, at {at}, has no end in {PATIENCE} s: {engine.said[-300:]}")
                if at == self.last or engine.is_endless:
                    break
                if not fell:
                    found.append(f"lost: the upgrade ended at {at}: {engine.said[-300:]}")
                    break
                resumed.append(at)
                kinds[kind] += 1
                versions[at] += 1
                if spoils:
                    self.plant(schema, at, turn)
                if spoils or chance.random() < 0.6:
                    break
            if at == self.last and not resumed and not found:
                # The blow came too late.
                continue
            turn, inside, again = turn + 1, inside + len(resumed), again + max(len(resumed) - 1, 0)
            found += self.judge(schema)
            unnoticed += spoils and not any(fault.startswith("lost") for fault in found)
            faults += [f"{fault} (from {schema}, resumed from {resumed} after {kind})" for fault in found]
        if not spoils:
            faults += self.answers()
        # Most fall inside; of a few, chance decides.
        if inside < rounds or kills > 2 * inside + 5:
            faults.append(f"{inside} deaths of {kills} only fell inside an upgrade")
        if unnoticed:
            faults = [f"{unnoticed} planted defects were not noticed"]
        place = f"from {schemas[0]}" if len(schemas) == 1 else f"from {min(schemas)} to {max(schemas)}"
        return Verdict(
            f"R-22 {engine.name}, {place}", faults, upgrades=turn, kills=kills, inside=inside, of_them_in_a_resumed_one=again,
            by=", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())),
            resumed_from=f"{len(versions)} schemas, {min(versions, default=None)} to {max(versions, default=None)}",
            receipts=max(len(self.before[schema].receipts) for schema in schemas), last_schema=self.last, seed=seed)


def migrations(rounds=100, others=True, seed=1, spoils=False):
    """R-22: so many deaths inside upgrades of each kind: of the network of schema 17 on SQLite, of nothing on both engines; with
    `others`, of the networks of every other schema too. `spoils`: what the first death leaves is damaged, which must be noticed."""
    if not shutil.which("strace"):
        raise Skipped("strace is not installed")
    if not os.path.exists(os.path.join(BIN, "initdb")):
        raise Skipped("PostgreSQL 15 is not installed")
    verdicts = []

    def judge(engine, *kinds):
        trial = Trial(engine)
        every = [schema for schema in range(1, trial.last) if others]
        for schemas in (*kinds, [schema for schema in every if [schema] not in kinds]):
            if schemas:
                verdicts.append(trial.run(schemas, rounds, seed, spoils))

    with Bare() as world:
        judge(OnSQLite(world), *([[FORMER]] if spoils else [[FORMER], [0]]))
    cluster = Cluster()
    try:
        cluster.start()
        # Processes die here, never the machine: what the system was given survives, and need not be waited for.
        cluster.do("psql", "-X", "-q", "-d", cluster.url("postgres"), "-c", "ALTER SYSTEM SET fsync = off", "-c", "SELECT pg_reload_conf()")
        with Bare(MAILLAGE_DATABASE_URL=cluster.url()) as world:
            judge(OnPostgres(world, cluster), [FORMER] if spoils else [0])
    finally:
        cluster.remove()
    return verdicts
