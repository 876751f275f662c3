"""A primary and its standby, and a watch over them that does in a hundred lines what Patroni does: promotes the standby when the primary
is gone, asks the primary to wait for nobody when the standby is."""

import os
import shutil
import signal
import threading

from cluster import Cluster, until


class Pair:
    """Two servers, of which one follows the other. With `synchronous`, a commit is acknowledged once it is on both disks. Who watches
    over them says which is the `primary` and which the `standby`, starts them, and brings back the one that died (`renew`)."""

    def __init__(self, synchronous=True):
        self.synchronous = synchronous
        #: Both, in one order for ever.
        self.servers = []

    @property
    def port(self):
        return self.primary.port

    def url(self, database="maillage"):
        """Both: a client finds the one that may be written to."""
        hosts = ",".join(sorted(f"{server.host}:{server.port}" for server in self.servers))
        return f"postgres://maillage@{hosts}/{database}?target_session_attrs=read-write"

    def create(self, seconds=60):
        """An empty database, known to both: a client that asks the standby first is refused, and asks no further, while it is unknown
        there."""
        self.primary.create()
        (written,), = self.primary.query("SELECT pg_current_wal_lsn()", "postgres")
        known = f"SELECT pg_last_wal_replay_lsn() >= '{written}'"
        until(lambda: self.standby.query(known, "postgres") == [["t"]], seconds, "the standby does not know the database")

    def query(self, sql, database="maillage"):
        return self.primary.query(sql, database)

    def damage(self):
        return self.primary.damage()

    def follows(self):
        """Whether the standby has what the primary writes, and the primary waits for it if it shall."""
        found = self.primary.query("SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'", "postgres")
        return found == [["sync" if self.synchronous else "async"]]

    def hold(self):
        """The line to the standby hangs: what the primary writes from now on does not leave it."""
        for process, in self.primary.query("SELECT pid FROM pg_stat_replication", "postgres"):
            os.kill(int(process), signal.SIGSTOP)

    def complaints(self):
        """What whoever watches over both did that it should not have, or could not do."""
        return []

    def figures(self):
        """What the verdict says of it."""
        return {}

    def remove(self):
        for server in self.servers:
            server.kill()
            shutil.rmtree(server.folder, ignore_errors=True)


class WatchedPair(Pair):
    """Two servers of the trial's own, and its own watch."""

    def __init__(self, synchronous=True):
        super().__init__(synchronous)
        self.turn = threading.RLock()
        self.primary = self.standby = None
        self.promotions = self.deaths = 0
        self.watch = Watch(self)

    def start(self):
        self.primary = Cluster()
        self.servers.append(self.primary)
        self.primary.start()
        self.standby = Cluster(self.primary)
        self.servers.append(self.standby)
        self.standby.start()
        self.pair()
        self.watch.start()

    def _ask(self, waits):
        """Whether the primary waits for its standby before it acknowledges."""
        self.primary.wait_for("FIRST 1 (standby)" if waits else "")

    def pair(self, seconds=60):
        """Until the standby follows."""
        with self.turn:
            self._ask(self.synchronous)
        until(self.follows, seconds, "the standby does not follow")

    def kill(self):
        """The primary dies."""
        if self.promotions != self.deaths:
            raise AssertionError(f"the watch promoted while the primary lived: {self.watch.reasons[-1]}")
        self.deaths += 1
        self.primary.kill()

    def promote(self):
        """The standby takes over. First the former primary must be gone for certain: two primaries are two truths."""
        with self.turn:
            self.primary.kill()
            self.standby.do("pg_ctl", "--pgdata", self.standby.data, "--wait", "--silent", "--timeout=60", "promote")
            self.primary, self.standby = self.standby, self.primary
            self.promotions += 1

    def release(self):
        """The standby is gone: the primary waits for nobody until it is back."""
        with self.turn:
            if not self.standby.processes():
                self._ask(False)

    def renew(self):
        """The one that died comes back as a copy of the other, and follows it."""
        self.standby.kill()
        self.standby.follow(self.primary)
        self.standby.start()
        self.pair()

    def complaints(self):
        return [f"the watch: {self.watch.problem[-300:]}"] if self.watch.problem else []

    def remove(self):
        self.watch.stop()
        super().remove()


class Watch:
    """Looks at both servers again and again, and acts when one of them missed three looks."""

    #: Seconds between two looks, looks that may be missed, and seconds that an answer may take: a dead server refuses at once, a
    #: machine with too much to do is slow and no reason to promote anybody.
    PAUSE, MISSES, PATIENCE = 0.3, 3, 10

    def __init__(self, pair):
        self.pair = pair
        self.problem = None
        #: Why each promotion was made.
        self.reasons = []
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def start(self):
        self._thread.start()

    def stop(self):
        self._is_over.set()
        if self._thread.ident:
            self._thread.join()

    def _run(self):
        missed = {"primary": 0, "standby": 0}
        while not self._is_over.wait(self.PAUSE):
            try:
                primary, standby = self.pair.primary, self.pair.standby
                complaint = primary.complaint(self.PATIENCE)
                missed["primary"] = missed["primary"] + 1 if complaint else 0
                missed["standby"] = 0 if standby.processes() else missed["standby"] + 1
                if missed["primary"] >= self.MISSES and standby.processes():
                    self.reasons.append(complaint)
                    self.pair.promote()
                    missed = {"primary": 0, "standby": 0}
                elif missed["standby"] == self.MISSES and missed["primary"] == 0:
                    self.pair.release()
            except AssertionError as error:
                # Tried again at the next looks; said if the trial fails.
                self.problem = str(error)
                missed["standby"] = 0
