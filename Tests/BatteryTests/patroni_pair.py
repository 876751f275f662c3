"""A primary and its standby under Patroni, with packaging/patroni.yml, and three voters of etcd: one on the machine of each, one beside."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import urllib.error
import urllib.request

from cluster import Postgres, free_ports, until
from pair import Pair
from program import ROOT


def inhabitants(folder):
    """The processes that work in a folder or below it: all that a machine of the trial runs."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if (os.readlink(f"/proc/{name}/cwd") + "/").startswith(folder + "/"):
                found.append(int(name))
    return found


def signal_all(folder, number):
    for process in inhabitants(folder):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, number)


def end_all(folder):
    """As when its machine loses its current: none of them sees another one die."""
    signal_all(folder, signal.SIGSTOP)
    while inhabitants(folder):
        signal_all(folder, signal.SIGKILL)


def launch(folder, *words):
    """A process of the owner of PostgreSQL, at work in a folder, where its log is."""
    owner = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    with open(os.path.join(folder, os.path.basename(words[0]) + ".log"), "ab") as log:
        return subprocess.Popen(words, cwd=folder, env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": folder},
                                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **owner)


def ends(process):
    """Ends one process, alone."""
    process.kill()
    process.wait(30)


class Voter:
    """One etcd."""

    def __init__(self, name, folder):
        self.name, self.folder = name, folder
        self.client, self.peer = (f"127.0.0.1:{port}" for port in free_ports(2))
        self.process = None

    def start(self, voters):
        if self.process is None or self.process.poll() is not None:
            every = ",".join(f"{voter.name}=http://{voter.peer}" for voter in voters)
            self.process = launch(
                self.folder, "etcd", f"--name={self.name}", f"--data-dir={self.folder}/etcd", "--logger=zap", "--log-level=warn",
                "--enable-v2=true",
                f"--listen-client-urls=http://{self.client}", f"--advertise-client-urls=http://{self.client}",
                f"--listen-peer-urls=http://{self.peer}", f"--initial-advertise-peer-urls=http://{self.peer}",
                f"--initial-cluster={every}")

    @property
    def leads(self):
        """Whether it is the one whose death makes the others elect."""
        asked = urllib.request.Request(f"http://{self.client}/v3/maintenance/status", b"{}")
        with urllib.request.urlopen(asked, timeout=10) as reply:
            status = json.load(reply)
        return status["leader"] == status["header"]["member_id"]


class Machine(Postgres):
    """One server with its Patroni and its voter."""

    def __init__(self, name):
        super().__init__()
        self.name = name
        self.rest, = free_ports(1)
        self.voter = Voter(name, self.folder)
        self.settings = os.path.join(self.folder, "patroni.yml")
        self.patroni = None

    def configure(self, voters, synchronous):
        """What the sysadmin does with packaging/patroni.yml; nothing else than addresses, folders and the network's trust is changed."""
        with open(os.path.join(ROOT, "packaging", "patroni.yml"), encoding="utf-8") as file:
            text = file.read()
        for place, own in (
                ("name: db1", f"name: {self.name}"), ("10.0.0.1:8008", f"127.0.0.1:{self.rest}"),
                ("10.0.0.1:2379,10.0.0.2:2379,10.0.0.3:2379", ",".join(voter.client for voter in voters)),
                ("10.0.0.1:5432", f"127.0.0.1:{self.port}"), ("/var/lib/postgresql/15/patroni", self.data),
                ("/var/lib/postgresql/.pgpass-patroni", f"{self.folder}/pgpass"), ("/var/run/postgresql", self.folder),
                ("10.0.0.0/24 scram-sha-256", "127.0.0.1/32 trust"),
                ("synchronous_mode: true", f"synchronous_mode: {str(synchronous).lower()}")):
            assert place in text, place
            text = text.replace(place, own)
        with open(self.settings, "w", encoding="utf-8") as file:
            file.write(text)

    def start(self, voters):
        """What of it does not run."""
        self.voter.start(voters)
        if self.patroni is None or self.patroni.poll() is not None:
            self.patroni = launch(self.folder, "patroni", self.settings)

    def kill(self):
        """The machine dies, with all that it runs."""
        end_all(self.folder)
        for process in filter(None, (self.patroni, self.voter.process)):
            process.wait(30)

    def kill_postgres(self):
        super().kill()

    def kill_patroni(self):
        ends(self.patroni)

    def kill_service(self):
        """Patroni dies, and systemd ends what it left, as packaging/patroni-unit.conf asks of it."""
        with open(os.path.join(ROOT, "packaging", "patroni-unit.conf"), encoding="utf-8") as file:
            assert "\nKillMode=mixed\n" in file.read()
        self.kill_patroni()
        self.kill_postgres()

    def freeze_patroni(self):
        """Patroni does not move until it thaws."""
        self.patroni.send_signal(signal.SIGSTOP)

    def freeze(self):
        """Nothing of it moves until it thaws, and it does not know afterwards."""
        signal_all(self.folder, signal.SIGSTOP)

    def thaw(self):
        signal_all(self.folder, signal.SIGCONT)

    def is_said(self, role):
        """Whether its Patroni says that it is what a role names: primary, replica, synchronous."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.rest}/{role}", timeout=2) as reply:
                return reply.status == 200
        except (OSError, urllib.error.HTTPError):
            return False

    @property
    def timeline(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.rest}/patroni", timeout=10) as reply:
            return json.load(reply)["timeline"]


class PatroniPair(Pair):
    """Two servers that Patroni watches over."""

    def __init__(self, synchronous=True):
        super().__init__(synchronous)
        self.beside = tempfile.mkdtemp(prefix="maillage-etcd.")
        if os.geteuid() == 0:
            shutil.chown(self.beside, "postgres")
        self.witness = Voter("third", self.beside)
        #: Deaths of a primary whose voter led etcd.
        self.twice_led = 0

    @property
    def voters(self):
        return [*(server.voter for server in self.servers), self.witness]

    def start(self):
        self.servers = [Machine("db1"), Machine("db2")]
        for server in self.servers:
            server.configure(self.voters, self.synchronous)
        self.start_voters()
        for server in self.servers:
            server.start(self.voters)
        primary = self.primary
        primary.do("createuser", "--host=127.0.0.1", f"--port={primary.port}", "--username=postgres", "--superuser", "maillage")
        self.renew()

    def _leader(self):
        return next((server for server in self.servers if server.is_said("primary")), None)

    @property
    def primary(self):
        """Whom Patroni says to be it; waits while there is none."""
        until(self._leader, 90, "Patroni names no primary")
        return self._leader() or self.primary

    @property
    def standby(self):
        return self.beside_of(self.primary)

    def beside_of(self, server):
        return next(other for other in self.servers if other is not server)

    def follows(self):
        """Also by Patroni's word: only a standby that etcd knows as such may be promoted."""
        try:
            return super().follows() and self.standby.is_said("synchronous" if self.synchronous else "replica")
        except AssertionError:
            return False

    def kill(self):
        """The machine of the primary dies."""
        primary = self.primary
        self.twice_led += primary.voter.leads
        primary.kill()

    def renew(self):
        """What does not run is started again; until one follows the other."""
        for server in self.servers:
            server.start(self.voters)
        until(self.follows, 180, "the standby does not follow")

    def start_voters(self):
        for voter in self.voters:
            voter.start(self.voters)

    def kill_voters(self):
        for voter in self.voters:
            ends(voter.process)

    def until_replaced(self, former):
        """Until the other one leads."""
        other = self.beside_of(former)
        until(lambda: other.is_said("primary"), 90, f"{other.name} was not promoted")

    def switch(self):
        """What the sysadmin types before a planned stop of the primary."""
        primary = self.primary
        done = subprocess.run(
            ["patronictl", "-c", primary.settings, "switchover", "--leader", primary.name, "--candidate", self.beside_of(primary).name,
             "--force"], capture_output=True, text=True, env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"})
        if done.returncode:
            raise AssertionError(f"patronictl: {done.stdout[-500:]}{done.stderr[-500:]}")

    def figures(self):
        return {"with_the_leader_of_etcd": self.twice_led, "promotions": self.primary.timeline - 1}

    def remove(self):
        super().remove()
        end_all(self.beside)
        if self.witness.process:
            self.witness.process.wait(30)
        shutil.rmtree(self.beside, ignore_errors=True)
