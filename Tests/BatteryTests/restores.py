"""R-17: a backup while people deposit, the loss of the whole folder, and the restoration."""

import asyncio
import os
import shutil
import subprocess
import time

from client import Depositor
from ledger import Ledger
from program import PROGRAM, World
from trials import Verdict, deposits, resume, share


def restores(megabytes=64, places=500, people=4, count=8, most=300.0, delay=0.5, loses_journal=False):
    """R-17: a network of so many megabytes of documents and so many places is backed up under deposits, its folder is lost, and what
    comes back is looked at. `most`: seconds that a gigabyte may take; `delay`: by how much the slowest deposits in a hundred may be
    later than without a backup. `loses_journal`: the second volume is lost too, which must be noticed."""
    faults, ledger = [], Ledger()
    with World(people) as world:
        fill(world, megabytes, places)
        backup = os.path.join(world.folder, "backup.tar")
        with world.serve() as server:
            calm, busy, late, seconds = asyncio.run(_back_up(server.port, world, ledger, faults, count, backup))
            if not server.runs:
                faults.append("the server is gone")
            server.kill()
        size, rows = weight(world.data), os.path.getsize(os.path.join(world.data, "maillage.sqlite"))
        shutil.rmtree(world.data)
        if loses_journal:
            os.unlink(world.journal)
        start = time.monotonic()
        world.run("restore", backup, "--data", world.data)
        back = time.monotonic() - start
        start = time.monotonic()
        world.run("check", "--data", world.data)
        checked = time.monotonic() - start
        # The start gives back what the journal has and the backup has not.
        with world.serve() as server:
            ready = server.ready
        faults += ledger.faults(world)
        world.run("check", "--data", world.data)
        allowed = most * max(size / (1 << 30), 0.1)
        if back > allowed:
            faults.append(f"the restoration took {back:.0f} s, {allowed:.0f} s at most for {size >> 20} MB")
        slow = [share(spans, 0.99) for spans in (calm, busy)]
        if slow[1] - slow[0] > delay * 1000:
            faults.append(f"the backup delayed deposits: {slow[0]} ms in a hundred before, {slow[1]} ms during")
        if late:
            faults.append(f"{late} deposits were not acknowledged")
        if len(busy) < people:
            faults.append(f"{len(busy)} deposits only were made during the backup")
    return Verdict(
        "R-17 restoration", faults, network=f"{size >> 20} MB", database=f"{rows >> 20} MB", places=places,
        receipts=len(ledger.acknowledged), backup=f"{seconds:.1f} s", restoration=f"{back:.1f} s", check=f"{checked:.1f} s",
        start=f"{ready:.1f} s", deposits_before=f"{len(calm)}, p99 {slow[0]} ms", deposits_during=f"{len(busy)}, p99 {slow[1]} ms",
        slowest_during=f"{share(busy, 1.0)} ms")


def fill(world, megabytes, places):
    """Documents in safes, and places with all their words in the register."""
    table = os.path.join(world.folder, "places.csv")
    world.run("bench", "places", str(places), "--output", table, "--data", world.data)
    world.run("import", "places", table, "--source", "essai", "--data", world.data)
    world.run("bench", "safes", str(megabytes), "--data", world.data)
    os.unlink(table)


def weight(folder):
    return sum(os.path.getsize(os.path.join(path, name)) for path, _, names in os.walk(folder) for name in names)


async def _back_up(port, world, ledger, odd, count, backup):
    """The seconds that deposits took before the backup and during it, how many came to nothing, and what the backup took."""
    people = [Depositor(port, person, odd) for person in world.candidates]
    for person in people:
        await resume(person, time.monotonic() + 10)

    async def crowd():
        return sum(await asyncio.gather(*(deposits(person, ledger, count) for person in people)))

    def spans():
        return [span for attempt in ledger.acknowledged for span in attempt.spans]

    late = await crowd()
    calm = spans()
    start = time.monotonic()
    asked = subprocess.Popen(
        [PROGRAM, "backup", backup, "--data", world.data], env=world.environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)
    while asked.poll() is None:
        late += await crowd()
    seconds = time.monotonic() - start
    if asked.returncode:
        odd.append(f"the backup failed: {asked.stderr.read()[-500:]}")
    # Those made while it ran, all but the last of whom may have ended after it.
    busy = spans()[len(calm):]
    # What only the journal will know of.
    late += await crowd()
    for person in people:
        await person.client.close()
    return calm, busy, late, seconds
