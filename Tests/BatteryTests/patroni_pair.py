"""A primary and its standby under Patroni, with packaging/patroni.yml, and three voters of etcd: one on the machine of each, one beside. Each
machine is on a network of the trial's, whose cables can be pulled."""

import contextlib
import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import urllib.error
import urllib.request

from cluster import Postgres, until
from lan import Cable, Lan
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


def launch(cable, folder, *words):
    """A process of the owner of PostgreSQL, on a machine, at work in a folder, where its log is."""
    owner = pwd.getpwnam("postgres")
    words = ("nsenter", f"--net={cable.namespace}", f"--setuid={owner.pw_uid}", f"--setgid={owner.pw_gid}", *words)
    with open(os.path.join(folder, os.path.basename(words[4]) + ".log"), "ab") as log:
        return subprocess.Popen(words, cwd=folder, env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": folder},
                                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)


def ends(process):
    """Ends one process, alone."""
    process.kill()
    process.wait(30)


class Voter:
    """One etcd."""

    def __init__(self, name, folder, cable):
        self.name, self.folder, self.cable = name, folder, cable
        self.client, self.peer = f"{cable.address}:2379", f"{cable.address}:2380"
        self.process = None

    def start(self, voters):
        if self.process is None or self.process.poll() is not None:
            every = ",".join(f"{voter.name}=http://{voter.peer}" for voter in voters)
            self.process = launch(
                self.cable, self.folder, "etcd", f"--name={self.name}", f"--data-dir={self.folder}/etcd", "--logger=zap", "--log-level=warn",
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
    """One server with its Patroni, its voter and its cable."""

    def __init__(self, name, address):
        super().__init__(address, 5432)
        self.name, self.rest = name, f"{address}:8008"
        self.cable = Cable(address)
        self.voter = Voter(name, self.folder, self.cable)
        self.settings = os.path.join(self.folder, "patroni.yml")
        self.patroni = None

    def configure(self, voters, synchronous):
        """What the sysadmin does with packaging/patroni.yml; nothing else than folders and the network's trust is changed."""
        with open(os.path.join(ROOT, "packaging", "patroni.yml"), encoding="utf-8") as file:
            text = file.read()
        for place, own in (
                ("name: db1", f"name: {self.name}"), ("10.0.0.1:8008", self.rest), ("10.0.0.1:5432", f"{self.host}:{self.port}"),
                ("10.0.0.1:2379,10.0.0.2:2379,10.0.0.3:2379", ",".join(voter.client for voter in voters)), ("/var/lib/postgresql/15/patroni", self.data),
                ("/var/lib/postgresql/.pgpass-patroni", f"{self.folder}/pgpass"), ("/var/run/postgresql", self.folder),
                ("10.0.0.0/24 scram-sha-256", "10.0.0.0/24 trust"), ("synchronous_mode: true", f"synchronous_mode: {str(synchronous).lower()}")):
            assert place in text, place
            text = text.replace(place, own)
        with open(self.settings, "w", encoding="utf-8") as file:
            file.write(text)

    def start(self, voters):
        """What of it does not run; its cable is in its place."""
        self.cable.plug()
        self.voter.start(voters)
        if self.patroni is None or self.patroni.poll() is not None:
            self.patroni = launch(self.cable, self.folder, "patroni", self.settings)

    def kill(self):
        """The machine dies, with all that it runs; nobody is told."""
        self.cable.pull()
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

    def unplug(self):
        """It lives, and nobody hears it."""
        self.cable.pull()

    def plug(self):
        self.cable.plug()

    def is_said(self, role):
        """Whether its Patroni says that it is what a role names: primary, replica, synchronous."""
        try:
            with urllib.request.urlopen(f"http://{self.rest}/{role}", timeout=2) as reply:
                return reply.status == 200
        except (OSError, urllib.error.HTTPError):
            return False

    @property
    def timeline(self):
        with urllib.request.urlopen(f"http://{self.rest}/patroni", timeout=10) as reply:
            return json.load(reply)["timeline"]


class PatroniPair(Pair):
    """Two servers that Patroni watches over."""

    def __init__(self, synchronous=True):
        super().__init__(synchronous)
        self.lan = contextlib.ExitStack()
        self.beside = self.witness = None
        #: Deaths of a primary whose voter led etcd.
        self.twice_led = 0

    @property
    def voters(self):
        return [*(server.voter for server in self.servers), self.witness]

    def start(self):
        self.lan.enter_context(Lan())
        self.beside = tempfile.mkdtemp(prefix="maillage-etcd.")
        shutil.chown(self.beside, "postgres")
        self.servers.append(Machine("db1", "10.0.0.1"))
        self.servers.append(Machine("db2", "10.0.0.2"))
        self.witness = Voter("third", self.beside, Cable("10.0.0.3"))
        for server in self.servers:
            server.configure(self.voters, self.synchronous)
        self.start_voters()
        for server in self.servers:
            server.start(self.voters)
        primary = self.primary
        primary.do("createuser", f"--host={primary.host}", f"--port={primary.port}", "--username=postgres", "--superuser", "maillage")
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

    def part(self, server):
        """A machine and the two others do not hear each other; the nodes hear all three."""
        for other in (self.beside_of(server).cable, self.witness.cable):
            server.cable.part(other)

    def join(self, server):
        for other in (self.beside_of(server).cable, self.witness.cable):
            server.cable.join(other)

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
        if self.beside:
            end_all(self.beside)
            shutil.rmtree(self.beside, ignore_errors=True)
        if self.witness and self.witness.process:
            self.witness.process.wait(30)
        for voter in self.voters if self.witness else ():
            voter.cable.cut()
        self.lan.close()
