"""R-17: backups while people deposit, the loss of a folder, of a database or of the second volume, and the restoration."""

import asyncio
import hashlib
import os
import shutil
import subprocess
import time

from documents import DocumentWorld, Writer, lost_documents
from ledger import Ledger
from program import PROGRAM
from trials import Verdict, deposits, resume, share

#: What is lost in a drill: the whole data folder, the database alone, the second volume; or nothing, and the backup is restored elsewhere.
FOLDER, DATABASE, JOURNAL, NOTHING = "the folder lost", "the database lost", "the second volume lost", "restored elsewhere"


def restores(megabytes=64, places=500, people=4, count=8, most=300.0, delay=0.5, small=(), writes=100, loses_journal=False):
    """R-17: a network of so many megabytes of documents and so many places is backed up under deposits, its folder is lost, and what
    comes back is looked at; then again with networks of a few megabytes, of which something is lost as `small` says. `count`: deposits of
    each person before the backup, again and again during it, and after it, a fourth of them on the small networks; `writes`: how many a
    second all make together; `most`: seconds that a gigabyte may take; `delay`: seconds by which a backup may delay a deposit.
    `loses_journal`: the second volume is lost with the folder, which must be noticed."""
    first = Drill(FOLDER, megabytes, places, people, count, writes)
    drills = [first] + [Drill(kind, 4, 20, people, max(count // 4, 2), writes) for kind in small]
    faults = []
    for number, drill in enumerate(drills):
        faults += [f"{fault} (drill {number + 1}, {drill.kind})" for fault in drill.run(most, delay, loses_journal)]
    kinds = [drill.kind for drill in drills]
    return Verdict(
        "R-17 restoration", faults, drills=", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)),
        network=f"{first.size >> 20} MB", database=f"{first.rows >> 20} MB", places=places,
        receipts=sum(len(drill.ledger.acknowledged) for drill in drills), files=sum(drill.files for drill in drills),
        backup=f"{first.seconds:.1f} s", restoration=f"{first.back:.1f} s", check=f"{first.checked:.1f} s", start=f"{first.ready:.1f} s",
        writes_a_second=f"{min(drill.pace for drill in drills):.0f} at least",
        deposits_before=f"{sum(len(drill.calm) for drill in drills)}, p50 {share(first.calm, 0.5)} ms",
        deposits_during=f"{sum(len(drill.busy) for drill in drills)}, p99 {share(first.busy, 0.99)} ms",
        longest_delay=f"{max(drill.delay for drill in drills) * 1000:.0f} ms",
        longest_restoration_of_the_small=f"{max((drill.back for drill in drills[1:]), default=0.0):.1f} s")


class Drill:
    """One network, its backup, its loss and its return."""

    def __init__(self, kind, megabytes, places, people, count, writes):
        self.kind, self.megabytes, self.places, self.people, self.count, self.writes = kind, megabytes, places, people, count, writes
        self.ledger, self.faults = Ledger(), []
        self.size = self.rows = self.files = 0
        self.seconds = self.back = self.checked = self.ready = self.delay = self.pace = 0.0
        #: Seconds that deposits took before the backup, and during it.
        self.calm, self.busy = [], []

    def run(self, most, delay, loses_journal):
        with DocumentWorld(self.people) as world:
            fill(world, self.megabytes, self.places)
            backup = os.path.join(world.folder, "backup.tar")
            with world.serve() as server:
                late = asyncio.run(self.back_up(server.port, world, backup))
                if not server.runs:
                    self.faults.append("the server is gone")
                server.kill()
            self.size, self.rows = weight(world.data), os.path.getsize(os.path.join(world.data, "maillage.sqlite"))
            before = kept_files(world.data)
            start = time.monotonic()
            self.lose(world, backup)
            self.back = time.monotonic() - start
            if loses_journal:
                os.unlink(world.journal)
            start = time.monotonic()
            self.check(world)
            self.checked = time.monotonic() - start
            # The start gives back what the journal has and the backup has not, or to the journal what it lacks.
            with world.serve() as server:
                self.ready = server.ready
            self.faults += self.ledger.faults(world) + lost_documents(world, world.candidates)
            self.check(world)
            self.compare(before, kept_files(world.data))
            allowed = most * max(self.size / (1 << 30), 0.1)
            if self.back > allowed:
                self.faults.append(f"the restoration took {self.back:.0f} s, {allowed:.0f} s at most for {self.size >> 20} MB")
            self.delay = max(self.busy, default=0.0) - share(self.calm, 0.5) / 1000
            if self.delay > delay:
                self.faults.append(f"the backup delayed a deposit by {self.delay:.2f} s")
            if late:
                self.faults.append(f"{late} deposits were not acknowledged")
            if len(self.busy) < self.people:
                self.faults.append(f"{len(self.busy)} deposits only were made during the backup")
        return self.faults

    def check(self, world):
        try:
            world.run("check", "--data", world.data)
        except AssertionError as error:
            self.faults.append(str(error))

    def lose(self, world, backup):
        """Loses what this drill is about, and mends it as docs/OPERATIONS.md says."""
        if self.kind is JOURNAL:
            os.unlink(world.journal)
            return
        lost = f"{world.data}.lost"
        if self.kind is FOLDER:
            shutil.rmtree(world.data)
        elif self.kind is DATABASE:
            for name in os.listdir(world.data):
                if name.startswith("maillage.sqlite"):
                    os.unlink(os.path.join(world.data, name))
            os.rename(world.data, lost)
        else:
            world.data = f"{world.data}.elsewhere"
        world.run("restore", backup, "--data", world.data)
        if self.kind is DATABASE:
            # Documents that came after the backup are still in the former folder, and nowhere else.
            for path, _, names in os.walk(os.path.join(lost, "vault")):
                own = os.path.join(world.data, os.path.relpath(path, lost))
                os.makedirs(own, mode=0o700, exist_ok=True)
                for name in names:
                    if not os.path.exists(os.path.join(own, name)):
                        shutil.copy2(os.path.join(path, name), own)

    def compare(self, before, after):
        """Every file is there again, and each has the bytes that its name says."""
        self.files = len(after)
        self.faults += [f"lost: file {name[:12]}" for name in before.keys() - after.keys()]
        self.faults += [f"altered: file {name[:12]}" for name, path in after.items() if digest(path) != name]

    async def back_up(self, port, world, backup):
        """Deposits before, during and after the backup; how many came to nothing."""
        people = [Writer(port, person, self.faults) for person in world.candidates]
        for person in people:
            await resume(person, time.monotonic() + 10)
        begun = time.monotonic()

        async def attach():
            for person in people:
                if await person.attach(100_000) != 303:
                    self.faults.append("a document was refused")

        async def crowd():
            # A deposit is two writes: the draft, and the final act.
            start, step = time.monotonic(), 2 * len(people) / self.writes
            return sum(await asyncio.gather(*(
                deposits(person, self.ledger, self.count,
                         moments=[start + step * (number + place / len(people)) for number in range(self.count)])
                for place, person in enumerate(people))))

        def spans():
            return [span for attempt in self.ledger.acknowledged for span in attempt.spans]

        await attach()
        late = await crowd()
        self.calm = spans()
        start = time.monotonic()
        asked = subprocess.Popen(
            [PROGRAM, "backup", backup, "--data", world.data], env=world.environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True)
        while asked.poll() is None:
            late += await crowd()
        self.seconds = time.monotonic() - start
        if asked.returncode:
            self.faults.append(f"the backup failed: {asked.stderr.read()[-500:]}")
        # Those made while it ran, all but the last of whom may have ended after it.
        self.busy = spans()[len(self.calm):]
        # What only the journal will know of; of documents, what only the former folder has.
        if self.kind in (DATABASE, JOURNAL):
            await attach()
        late += await crowd()
        self.pace = 2 * len(spans()) / (time.monotonic() - begun)
        for person in people:
            await person.client.close()
        return late


def fill(world, megabytes, places):
    """Documents in safes, and places with all their words in the register."""
    table = os.path.join(world.folder, "places.csv")
    world.run("bench", "places", str(places), "--output", table, "--data", world.data)
    world.run("import", "places", table, "--source", "essai", "--data", world.data)
    world.run("bench", "safes", str(megabytes), "--data", world.data)
    os.unlink(table)


def weight(folder):
    return sum(os.path.getsize(os.path.join(path, name)) for path, _, names in os.walk(folder) for name in names)


def kept_files(data):
    """Where each file of the vault lies, by its name, which is the SHA-256 of its bytes."""
    vault = os.path.join(data, "vault")
    return {name: os.path.join(path, name) for path, _, names in os.walk(vault) for name in names
            if os.path.relpath(path, vault).count(os.sep) == 1}


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
