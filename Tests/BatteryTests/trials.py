"""The reliability batteries of deposits. Each answers a `Verdict`; each has a control, a defect it must notice."""

import asyncio
import os
import random
import re
import shutil
import subprocess
import tempfile
import time

from client import Client, Cut, Depositor, hidden, form
from ledger import Ledger, holds, public_keys
from network import BadLine
from program import World


class Verdict:
    def __init__(self, name, faults, **figures):
        self.name, self.faults, self.figures = name, faults, figures

    @property
    def seen(self):
        return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in self.figures.items())

    def __str__(self):
        lines = [f"{self.name}: {'holds' if not self.faults else f'{len(self.faults)} FAULTS'}: {self.seen}"]
        return "\n".join(lines + [f"    {fault}" for fault in self.faults[:8]])


class Skipped(Exception):
    """This machine does not let the trial be made."""


def share(values, part):
    """The value below which a part of the values lies, in milliseconds."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return round(ordered[min(int(len(ordered) * part), len(ordered) - 1)] * 1000, 1)


async def deposits(depositor, ledger, count, patience=60.0, moments=None):
    """Deposits that many new versions, asking again under the same key while the line is bad. How many were acknowledged late.
    `moments`: when each begins, by the monotonic clock; absent, each follows the one before at once."""
    slow = 0
    for number in range(count):
        if moments:
            await asyncio.sleep(max(moments[number] - time.monotonic(), 0))
        start = time.monotonic()
        attempt = None
        while time.monotonic() - start < patience:
            try:
                if attempt is None:
                    content = await depositor.save()
                    attempt = await depositor.check(content)
                    if attempt is None:
                        continue
                    ledger.note(attempt)
                if await depositor.send(attempt):
                    break
                depositor.odd.append(f"deposit {attempt.key[:12]}: {attempt.refusal.status}")
                break
            except Cut:
                if attempt is None:
                    await resume(depositor, start + patience)
        if attempt is None or not attempt.acknowledged:
            slow += 1
    return slow


async def resume(depositor, deadline):
    """After a cut: the version of the draft as the site has it."""
    while time.monotonic() < deadline:
        try:
            page = f"{depositor.path}/dossier/{depositor.SECTION}"
            reply = await depositor.ask("page", "GET", page)
            version = hidden("version", form(reply.text, page))
            if version is not None:
                if int(version) < depositor.candidate.version:
                    depositor.odd.append(
                        f"lost: {depositor.path} is at version {version}, {depositor.candidate.version} was acknowledged")
                depositor.candidate.version = int(version)
            return
        except Cut:
            await asyncio.sleep(0.01)


# R-01 ---------------------------------------------------------------------------------------------------------------------


def kills(rounds=100, people=16, life=(0.02, 0.25), seed=1, lies=0.0):
    """R-01: `kill -9` at a random moment under people who deposit, and ask again under the same key once it is back."""
    chance, ledger, odd, slowest = random.Random(seed), Ledger(), [], 0.0
    with World(people) as world:
        pending = {}
        for number in range(rounds):
            with world.serve() as server:
                slowest = max(slowest, server.ready)
                asyncio.run(_until_killed(server, world, ledger, pending, odd, chance.uniform(*life), lies, seed + number))
        with world.serve() as server:
            asyncio.run(_settle(server.port, ledger, pending, odd))
        faults = ledger.faults(world) + odd
        if slowest > 10:
            faults.append(f"a start took {slowest:.1f} s")
        world.run("check", "--data", world.data)
        return Verdict("R-01 kill -9", faults, kills=rounds, seed=seed, receipts=len(ledger.acknowledged),
                       asked=len(ledger.attempts), slowest_start=f"{slowest:.2f} s")


async def _until_killed(server, world, ledger, pending, odd, life, lies, seed):
    async with BadLine(server.port, seed, lies=lies) as line:
        port = line.port if lies else server.port
        await _settle(port, ledger, pending, odd)
        # The moment is counted from the first deposit that is asked for: a slow machine takes long to come to it.
        begun = asyncio.Event()

        async def work(person):
            depositor = Depositor(port, person, odd)
            try:
                await resume(depositor, time.monotonic() + 10)
                while True:
                    content = await depositor.save()
                    attempt = await depositor.check(content)
                    if attempt is None:
                        return
                    ledger.note(attempt)
                    pending[person.candidacy] = attempt
                    begun.set()
                    if not await depositor.send(attempt):
                        odd.append(f"refused: {attempt.refusal.status}")
                    del pending[person.candidacy]
            except Cut:
                pass
            finally:
                await depositor.client.close()

        async def kill():
            try:
                await asyncio.wait_for(begun.wait(), 20)
            except TimeoutError:
                odd.append("nobody could deposit")
            await asyncio.sleep(life)
            server.kill()

        await asyncio.gather(kill(), *(work(person) for person in world.candidates))


async def _settle(port, ledger, pending, odd):
    """Those who were cut ask again under the same key: each is told, whatever happened."""
    async def again(candidacy, attempt):
        depositor = Depositor(port, attempt.candidate, odd)
        if not await depositor.send(attempt):
            odd.append(f"the same key, asked again, was refused: {attempt.refusal.status}")
        del pending[candidacy]
        await depositor.client.close()

    await asyncio.gather(*(again(*item) for item in list(pending.items())))


# R-03 ---------------------------------------------------------------------------------------------------------------------


def order(count=100, journal=True, skips_syncs=False):
    """R-03: by the system calls, each receipt leaves after the sync of the write-ahead log, then of the journal."""
    if not shutil.which("strace"):
        raise Skipped("strace is not installed")
    with World(1, journal=journal) as world:
        trace = os.path.join(world.folder, "trace")
        launcher = ["strace", "-D", "-f", "-y", "-qq", "-s", "700", "-o", trace, "-e",
                    "trace=fdatasync,fsync,write,writev,pwrite64,sendto,sendmsg"]
        if skips_syncs:
            # A disk that says yes and does nothing.
            launcher += ["-e", "inject=fdatasync:retval=0"]
        with world.serve(launcher) as server:
            ledger, odd = Ledger(), []
            asyncio.run(_some(server.port, world, ledger, odd, count))
        with open(trace, errors="replace") as file:
            found, faults = read_order(file, world.journal)
    if found != count:
        faults.append(f"{found} receipts were seen leaving, of {count}")
    return Verdict("R-03 order of syncs", faults + odd, deposits=count)


async def _some(port, world, ledger, odd, count):
    depositor = Depositor(port, world.candidates[0], odd)
    await deposits(depositor, ledger, count)
    await depositor.client.close()


def read_order(lines, journal):
    """Reads a trace of one depositor: how many receipts left, and those that left too early. A receipt leaves when its sending
    begins; what is written or synced is so when the call has ended. A later checkpoint syncs the log again: that takes nothing back."""
    logged = written = kept = False
    found, faults, waiting = 0, [], {}
    for line in lines:
        pid, _, call = line.partition(" ")
        call = call.strip()
        is_resumed = call.startswith("<...")
        if is_resumed:
            call = waiting.pop(pid, "") + call
        is_unfinished = call.endswith("<unfinished ...>")
        if is_unfinished:
            waiting[pid] = call
        if "HTTP/1.1 303" in call and "/recepisse" in call:
            if is_resumed:
                continue
            found += 1
            if not kept:
                faults.append(f"receipt {found} left before the sync of {'the journal' if logged else 'the log'}")
            logged = written = kept = False
            continue
        if is_unfinished or "(INJECTED)" in call:
            continue
        done = re.search(r"= (-?\d+)", call)
        is_sync = call.startswith(("fdatasync", "fsync")) and done and done.group(1) == "0"
        is_write = call.startswith(("write", "pwrite64"))
        if "-wal>" in call and not written:
            # Frames that came after a sync are not durable yet.
            logged = bool(is_sync) if is_sync or is_write else logged
        elif f"<{journal}>" in call:
            if is_write and logged:
                written = True
            elif is_sync and written:
                kept = True
    return found, faults


# R-05 ---------------------------------------------------------------------------------------------------------------------


class SmallDisk:
    """A disk of its own, of so many kilobytes."""

    def __init__(self, kilobytes):
        self.folder = tempfile.mkdtemp(prefix="maillage-disk-")
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", self.folder], capture_output=True, text=True)
        if done.returncode:
            os.rmdir(self.folder)
            raise Skipped("no right to mount a small disk here")

    def fill(self):
        with open(os.path.join(self.folder, "ballast"), "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4_096))
            except OSError:
                pass

    def free(self):
        os.unlink(os.path.join(self.folder, "ballast"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.folder], check=True)
        os.rmdir(self.folder)


def full_disk(kilobytes=12_288, second_kilobytes=2_048, rounds=2, count=6, lies=0.0):
    """R-05: the disk of the data fills up, then that of the journal. Nothing acknowledged is lost, pages are read, and all is well
    once there is room again: without a restart for the data, after one for the journal."""
    faults, refused = [], 0
    with SmallDisk(kilobytes) as disk, SmallDisk(second_kilobytes) as second, World(4, folder=disk.folder) as world:
        world.journal = os.path.join(second.folder, "deposits.journal")
        world.environment["MAILLAGE_DEPOSIT_JOURNAL"] = world.journal
        ledger = Ledger()
        with world.serve() as server:
            for _ in range(rounds):
                odd = []
                asyncio.run(_crowd(server.port, world, ledger, odd, count, lies))
                faults += odd
                disk.fill()
                odd = []
                refused += asyncio.run(_stubborn(server.port, world, ledger, odd, count))
                disk.free()
                faults += odd
            odd = []
            start = time.monotonic()
            asyncio.run(_crowd(server.port, world, ledger, odd, count))
            if time.monotonic() - start > 60:
                faults.append("not back to normal once there was room")
            second.fill()
            asyncio.run(_crowd(server.port, world, ledger, odd, count))
            faults += odd
            if not server.runs:
                faults.append("the server is gone")
            said = server.said
            second.free()
        if "the second copy of a deposit failed" not in said:
            faults.append("no alarm when the second disk was full")
        faults += ledger.faults(world, in_journal=False)
        with world.serve():
            pass
        # The start filled the journal with what it lacked.
        faults += ledger.faults(world)
        world.run("check", "--data", world.data)
    if not refused:
        faults.append("the disk was never full")
    return Verdict("R-05 full disk", faults, disk=f"{kilobytes} kB", receipts=len(ledger.acknowledged), refused=refused)


async def _crowd(port, world, ledger, odd, count, lies=0.0):
    async with BadLine(port, 1, lies=lies) as line:
        people = [Depositor(line.port if lies else port, person, odd) for person in world.candidates]
        for person in people:
            await resume(person, time.monotonic() + 10)
        late = await asyncio.gather(*(deposits(person, ledger, count) for person in people))
        if sum(late):
            odd.append(f"{sum(late)} deposits were not acknowledged")
        for person in people:
            await person.client.close()


async def _stubborn(port, world, ledger, odd, count):
    """People who go on while the disk is full: refused with words, or served; pages stay. How many writes were refused."""
    refused = 0
    for person in world.candidates:
        depositor = Depositor(port, person, [])
        for _ in range(count):
            try:
                await depositor.save()
                attempt = await depositor.check(None)
                if attempt is not None:
                    ledger.note(attempt)
                    if not await depositor.send(attempt):
                        refused += 1
                        if attempt.refusal.status not in (507, 422):
                            odd.append(f"a full disk was answered {attempt.refusal.status}")
            except Cut as cut:
                odd.append(f"no answer on a full disk: {cut}")
            for path in ("/", "/appels", depositor.path):
                reply = await depositor.client.ask("GET", path)
                if reply.status != 200:
                    odd.append(f"{path} answers {reply.status} on a full disk")
        refused += sum("save" in line or "507" in line for line in depositor.odd)
        await depositor.client.close()
    return refused


# R-06 ---------------------------------------------------------------------------------------------------------------------


def exhaustion(descriptors=64, connections=2_000, count=4, lies=0.0):
    """R-06: few descriptors, little memory, many connections: deposits made before and after are whole, in the same process."""
    faults, ledger = [], Ledger()
    with World(4) as world:
        limits = ["prlimit", f"--nofile={descriptors}:{descriptors}"]
        for launcher, held in ((limits, descriptors * 2), ([], connections)):
            with world.serve(launcher) as server:
                odd = []
                asyncio.run(_crowd(server.port, world, ledger, odd, count, lies))
                asyncio.run(_hold(server.port, held))
                start = time.monotonic()
                asyncio.run(_crowd(server.port, world, ledger, odd, count))
                if time.monotonic() - start > 30:
                    faults.append("slow to recover")
                faults += odd
                if not server.runs:
                    faults.append("the server is gone")
        faults += ledger.faults(world)
    return Verdict("R-06 exhaustion", faults, descriptors=descriptors, connections=connections,
                   receipts=len(ledger.acknowledged))


async def _hold(port, count):
    """Connections that say nothing, for a second."""
    held = []
    for _ in range(count):
        try:
            held.append(await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 2))
        except (OSError, TimeoutError):
            break
    await asyncio.sleep(1)
    for _, writer in held:
        writer.close()


# R-08, R-24 ---------------------------------------------------------------------------------------------------------------


def repeats(count=2_000, people=16, seed=1, lies=0.0, receipts=0):
    """R-08: each deposit sent one to five times, one after the other, at once, or on cut connections: one row and one receipt.

    Then R-24: `receipts` of them, each checked by openssl and Python with the public keys only, and one in ten altered."""
    chance, ledger, odd = random.Random(seed), Ledger(), []
    with World(people) as world:
        with world.serve() as server:
            asyncio.run(_repeat_all(server.port, world, ledger, odd, count // people, chance, lies))
            same = server.runs
        faults = odd + ledger.faults(world) + ([] if same else ["the server is gone"])
        acknowledged = len(ledger.acknowledged)
        if acknowledged < len(ledger.attempts):
            faults.append(f"{len(ledger.attempts) - acknowledged} were never acknowledged")
        verdicts = [Verdict("R-08 repeats", faults, deposits=acknowledged, seed=seed,
                            sent=sum(attempt.acknowledged for attempt in ledger.acknowledged))]
        if receipts:
            verdicts.append(independent(world, receipts, chance))
        return verdicts


async def _repeat_all(port, world, ledger, odd, each, chance, lies):
    async with BadLine(port, 3, cuts=0.3, lies=lies) as bad:
        people = world.candidates

        async def work(place, person):
            good = Depositor(port, person, odd)
            for _ in range(each):
                content = await good.save()
                attempt = await good.check(content)
                if attempt is None:
                    odd.append("no check page")
                    return
                ledger.note(attempt)
                times, way = chance.randint(1, 5), chance.choice(["after", "together", "cut"])
                twins = [Depositor(bad.port if way == "cut" else port, person, odd) for _ in range(times)]

                async def once(twin):
                    for _ in range(20):
                        try:
                            if not await twin.send(attempt):
                                odd.append(f"refused: {attempt.refusal.status}")
                            return
                        except Cut:
                            continue

                if way == "together":
                    await asyncio.gather(*(once(twin) for twin in twins))
                else:
                    for twin in twins:
                        await once(twin)
                # The same key with another version is still that deposit, and never makes another.
                if chance.random() < 0.1:
                    await good.send(attempt, version=attempt.version + 1)
                # The key of somebody else says nothing of them.
                if chance.random() < 0.05:
                    other = Depositor(port, people[(place + 1) % len(people)], odd)
                    reply = await other.ask("tolerated", "POST", f"{good.path}/depot", [
                        ("jeton", person.tokens[f"{good.path}/depot"]), ("cle_depot", attempt.key),
                        ("version", str(attempt.version))])
                    if reply.status < 400:
                        odd.append(f"another person's deposit answered {reply.status}")
                    await other.client.close()
                for twin in twins:
                    await twin.client.close()
            await good.client.close()

        await asyncio.gather(*(work(place, person) for place, person in enumerate(people)))


def independent(world, count, chance):
    """R-24: every receipt is accepted, every altered one refused, by a program that shares no line with ours."""
    contents = [row[0].encode() for row in world.query(f"SELECT content FROM receipt ORDER BY id LIMIT {int(count)}")]
    keys, accepted, refused, faults = public_keys(world.data), 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        for place, content in enumerate(contents):
            accepted += holds(content, keys, folder)
            if place % 10 == 0:
                altered = bytearray(content)
                at = chance.randrange(len(altered))
                altered[at] ^= 1 << chance.randrange(7)
                if holds(bytes(altered), keys, folder):
                    faults.append(f"altered at byte {at} and accepted: {bytes(altered)[:80]}")
                else:
                    refused += 1
    if accepted != len(contents):
        faults.append(f"{len(contents) - accepted} receipts were refused")
    return Verdict("R-24 receipts", faults, accepted=accepted, altered_refused=refused)


# R-09 ---------------------------------------------------------------------------------------------------------------------


def bad_network(count=400, people=16, losses=(0.05, 0.2), seed=1, lies=0.0):
    """R-09: connections cut at any byte, half closed, slow: nothing doubled, nothing lost, and nearly all done within a minute."""
    ledger, odd, late, cut = Ledger(), [], 0, 0
    with World(people) as world:
        with world.serve() as server:
            for loss in losses:
                late_, cut_ = asyncio.run(_bad(server.port, world, ledger, odd, count // people, loss, seed, lies))
                late, cut = late + late_, cut + cut_
        faults = odd + ledger.faults(world)
    asked = count // people * people * len(losses)
    if late > asked / 100:
        faults.append(f"{late} of {asked} were not done within a minute")
    return Verdict("R-09 bad network", faults, deposits=len(ledger.acknowledged), cut_connections=cut, late=late, seed=seed)


async def _bad(port, world, ledger, odd, each, loss, seed, lies):
    async with BadLine(port, seed, cuts=loss, delay=0.01, lies=lies) as line:
        people = [Depositor(line.port, person, odd, timeout=5) for person in world.candidates]

        async def work(person):
            late = 0
            for _ in range(each):
                # A connection of its own each time, as phones have.
                await resume(person, time.monotonic() + 60)
                late += await deposits(person, ledger, 1)
                await person.client.close()
            return late

        return sum(await asyncio.gather(*(work(person) for person in people))), line.cut


# R-14, R-15 ---------------------------------------------------------------------------------------------------------------


def rush(people=100, each=5, slow=200, readers=8, page=2.0, final=2.0, seed=1, lies=0.0, launcher=(), minutes=0):
    """R-14, R-15: everybody deposits in the last minutes, while others read and a thousand slow lines hold connections.
    In `minutes`, more and more of them towards the end; 0 for as fast as each is answered."""
    ledger, odd, spans = Ledger(), [], {}
    with World(people) as world:
        with world.serve(launcher) as server:
            start = time.monotonic()
            asyncio.run(_rush(server.port, world, ledger, odd, spans, each, slow, readers, lies, minutes, seed))
            took = time.monotonic() - start
            same = server.runs
        faults = odd + ledger.faults(world) + ([] if same else ["the server is gone"])
    kinds = {kind: (share(values, 0.5), share(values, 0.95), share(values, 0.99)) for kind, values in spans.items()}
    if kinds.get("deposit", (0, 0, 0))[2] > final * 1000:
        faults.append(f"a final act in a hundred took {kinds['deposit'][2]} ms")
    if kinds.get("page", (0, 0, 0))[1] > page * 1000:
        faults.append(f"a page in twenty took {kinds['page'][1]} ms")
    return Verdict("R-14, R-15 rush", faults, receipts=len(ledger.acknowledged), seconds=round(took, 1), slow_lines=slow,
                   **{f"{kind}_p50_p95_p99_ms": "/".join(map(str, values)) for kind, values in sorted(kinds.items())})


async def _rush(port, world, ledger, odd, spans, each, slow, readers, lies, minutes, seed):
    async with BadLine(port, 1, lies=lies) as line:
        crowd = [Depositor(line.port if lies else port, person, odd) for person in world.candidates]
        over = asyncio.Event()

        async def drip(number):
            while not over.is_set():
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    body = number % 2
                    writer.write(b"POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n" if body
                                 else b"GET / HTTP/1.1\r\nHost: x\r\n")
                    while not over.is_set():
                        writer.write(b"a" if body else b"X-A: b\r\n")
                        await writer.drain()
                        await asyncio.sleep(1)
                    writer.close()
                except OSError:
                    await asyncio.sleep(0.2)

        async def read(number):
            client = Client(port)
            paths = ["/", "/appels", "/lieux", "/recepisses/verifier"]
            while not over.is_set():
                at = time.monotonic()
                reply = await client.ask("GET", paths[number % len(paths)])
                spans.setdefault("page", []).append(time.monotonic() - at)
                if reply.status >= 500:
                    odd.append(f"a page answered {reply.status}")
                number += 1
                await asyncio.sleep(0.02)
            await client.close()

        others = [asyncio.create_task(drip(number)) for number in range(slow)]
        others += [asyncio.create_task(read(number)) for number in range(readers)]
        chance, now = random.Random(seed), time.monotonic()

        def moments():
            # The square root: as many arrive at each instant as time has passed.
            return sorted(now + minutes * 60 * chance.random() ** 0.5 for _ in range(each)) if minutes else None

        late = await asyncio.gather(*(deposits(person, ledger, each, moments=moments()) for person in crowd))
        over.set()
        if sum(late):
            odd.append(f"{sum(late)} deposits were not acknowledged")
        for done in await asyncio.gather(*others, return_exceptions=True):
            if isinstance(done, Exception):
                odd.append(f"a reader was cut: {done!r}")
        for person in crowd:
            for kind, values in person.spans.items():
                spans.setdefault(kind, []).extend(values)
            await person.client.close()
