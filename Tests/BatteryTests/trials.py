"""The reliability batteries of deposits. Each answers a `Verdict`; each has a control, a defect it must notice."""

import asyncio
import base64
import contextlib
import json
import os
import random
import re
import shutil
import subprocess
import tempfile
import time

from client import Client, Cut, Depositor, hidden, form
from documents import DocumentWorld, Writer, altered, lost_documents
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


def kills(rounds=100, people=16, crowd=0, life=(0.02, 0.25), start=10.0, size=20_000, seed=1, lies=0.0):
    """R-01: `kill -9` at a random moment under so many people who write, attach documents and deposit, and ask again under the same key
    once it is back. `crowd`: candidacies of which each life draws so many, 0 for the same ones each time; `start`: seconds that a start
    may take; `size`: bytes of a document, about."""
    chance, ledger, odd, starts = random.Random(seed), Ledger(), [], []
    with DocumentWorld(max(crowd, people)) as world:
        pending = {}
        for number in range(rounds):
            present = chance.sample(world.candidates, people)
            told = {person: len(person.documents) for person in present}
            with world.serve() as server:
                starts.append(server.ready)
                asyncio.run(_until_killed(
                    server, present, ledger, pending, odd, chance.uniform(*life), size, lies, seed + number))
            odd += altered(world, [digest for person in present for digest in person.documents[told[person]:]])
        with world.serve() as server:
            starts.append(server.ready)
            asyncio.run(_settle(server.port, ledger, pending, odd))
        faults = ledger.faults(world) + lost_documents(world, world.candidates) + odd
        if max(starts) > start:
            late = sum(value > start for value in starts)
            faults.append(f"a start took {max(starts):.1f} s, {late} of {len(starts)} more than {start:.0f} s")
        world.run("check", "--data", world.data)
        return Verdict(
            "R-01 kill -9", faults, kills=rounds, seed=seed, receipts=len(ledger.acknowledged), asked=len(ledger.attempts),
            documents=sum(len(person.documents) for person in world.candidates),
            autosaves=sum(person.autosaves for person in world.candidates), slowest_start=f"{max(starts):.2f} s",
            start_p50=f"{share(starts, 0.5) / 1000:.2f} s")


async def _until_killed(server, present, ledger, pending, odd, life, size, lies, seed):
    chance = random.Random(seed)
    async with BadLine(server.port, seed, lies=lies) as line:
        port = line.port if lies else server.port
        await _settle(port, ledger, pending, odd)
        # The moment is counted from the first deposit that is asked for: a slow machine takes long to come to it.
        begun = asyncio.Event()

        async def work(person):
            depositor = Writer(port, person, odd)
            try:
                await resume(depositor, time.monotonic() + 10)
                while True:
                    if not person.documents or chance.random() < 0.05:
                        status = await depositor.attach(size + chance.randrange(size))
                        if status != 303:
                            odd.append(f"a document was answered {status}")
                    content = await (depositor.autosave() if chance.random() < 0.5 else depositor.save())
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

        await asyncio.gather(kill(), *(work(person) for person in present))


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

    @property
    def room(self):
        """Bytes that are left."""
        facts = os.statvfs(self.folder)
        return facts.f_bavail * facts.f_frsize

    @property
    def reserve(self):
        """Bytes that the site leaves to what is small and cannot wait: a quarter, 256 MiB at most (docs/OPERATIONS.md)."""
        facts = os.statvfs(self.folder)
        return min(facts.f_blocks * facts.f_frsize // 4, 256 << 20)

    def fill(self, leave=0):
        """Until so many bytes are left at most."""
        with open(os.path.join(self.folder, "ballast"), "ab", buffering=0) as file:
            try:
                while not leave or self.room > leave:
                    file.write(bytes(4_096))
            except OSError:
                pass

    def free(self, least=0):
        """Takes the ballast away. Whether the disk was made larger as well, for there to be so many bytes of room at least."""
        os.unlink(os.path.join(self.folder, "ballast"))
        more = max(least - self.room, 0)
        if more:
            facts = os.statvfs(self.folder)
            size = facts.f_blocks * facts.f_frsize + more
            subprocess.run(["mount", "-o", f"remount,size={size >> 10}k", self.folder], check=True)
        return bool(more)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.folder], check=True)
        os.rmdir(self.folder)


def full_disk(sizes=(12_288,), second_kilobytes=2_048, rounds=2, count=80, uploads=6, people=4, back=10.0, finals=True, seed=1, lies=0.0):
    """R-05: on disks of so many kilobytes, each time: the disk of the data fills up, then that of the journal. Nothing acknowledged is
    lost, pages are read, final acts are taken after documents are refused, and all is well once there is room again: without a restart
    for the data, after one for the journal. `count` deposits and `uploads` documents are tried on each disk; `back`: seconds until all is
    well; `finals`: whether a final act may not be refused once a document was."""
    faults, seen = [], Pressures()
    for place, kilobytes in enumerate(sizes):
        trial = FullDisk(kilobytes, second_kilobytes, people, random.Random(seed + place), seen)
        faults += [f"{fault} (on {kilobytes} kB)" for fault in trial.run(rounds, count, uploads, lies)]
    if not seen.refused or not seen.documents_refused:
        faults.append("the disk was never full")
    if finals and seen.finals_taken < seen.finals:
        faults.append(f"{seen.finals - seen.finals_taken} final acts of {seen.finals} were refused after a document was")
    if max(seen.back, default=0.0) > back:
        faults.append(f"back to normal {max(seen.back):.1f} s after there was room")
    return Verdict(
        "R-05 full disk", faults, disks=f"{len(sizes)} of {min(sizes)} to {max(sizes)} kB", seed=seed, deposits_tried=seen.tried,
        receipts=seen.receipts, refused=seen.refused, documents_tried=seen.documents_tried, documents_refused=seen.documents_refused,
        final_acts_after_a_refused_document=f"{seen.finals_taken} of {seen.finals}", pages=seen.pages,
        made_larger=seen.enlarged, back_to_normal=f"{max(seen.back, default=0.0):.2f} s at most")


class Pressures:
    """What was seen on all the disks."""

    def __init__(self):
        self.tried = self.receipts = self.refused = self.documents_tried = self.documents_refused = 0
        self.finals = self.finals_taken = self.pages = self.enlarged = 0
        #: Seconds from the moment when there is room until all is as before.
        self.back = []


class Pressed(Writer):
    """Somebody on a disk that may be full: 507 is an answer, and odd is any other refusal."""

    async def ask(self, kind, method, path, fields=None):
        reply = await self.client.ask(method, path, fields)
        if reply.status >= 500 and reply.status != 507:
            self.odd.append(f"a full disk was answered {reply.status} at {path}")
        return reply

    async def save(self):
        content = await super().save()
        self.odd = [line for line in self.odd if not line.endswith(": 507")]
        return content


class FullDisk:
    """A network on one disk, its journal on another."""

    def __init__(self, kilobytes, second_kilobytes, people, chance, seen):
        self.kilobytes, self.second_kilobytes, self.people, self.chance, self.seen = kilobytes, second_kilobytes, people, chance, seen
        #: Bytes of a document: sixty of them are half of the disk.
        self.size = kilobytes * 1_024 // 120
        self.ledger, self.faults = Ledger(), []
        #: Whether those who go on while the disk is full send documents too.
        self.sends = True

    def run(self, rounds, count, uploads, lies):
        with SmallDisk(self.kilobytes) as disk, SmallDisk(self.second_kilobytes) as second, DocumentWorld(self.people) as world:
            self.disk = disk
            # Made elsewhere: a disk that is full before the network is complete never has room for its log and its file at once.
            world.data = shutil.copytree(world.data, os.path.join(disk.folder, "data"))
            world.journal = os.path.join(second.folder, "deposits.journal")
            world.environment["MAILLAGE_DEPOSIT_JOURNAL"] = world.journal
            with world.serve() as server:
                asyncio.run(self.fill_and_free(server.port, world, rounds, count, uploads, lies))
                second.fill()
                asyncio.run(self.without_journal(server.port, world))
                if not server.runs:
                    self.faults.append("the server is gone")
                said = server.said
                second.free()
            if "the second copy of a deposit failed" not in said:
                self.faults.append("no alarm when the second disk was full")
            self.faults += self.ledger.faults(world, in_journal=False)
            with world.serve():
                pass
            # The start filled the journal with what it lacked.
            self.faults += self.ledger.faults(world) + lost_documents(world, world.candidates)
            world.run("check", "--data", world.data)
            self.seen.receipts += len(self.ledger.acknowledged)
        return self.faults

    async def everybody(self, port, world, act):
        """Each does it, beside the others; what they found odd is noted."""
        async def one(person):
            try:
                return await act(person)
            except Cut as cut:
                self.faults.append(f"no answer on a full disk: {cut}")
                return None
            finally:
                self.faults += person.odd
                await person.client.close()

        return await asyncio.gather(*(one(Pressed(port, person, [])) for person in world.candidates))

    async def fill_and_free(self, port, world, rounds, count, uploads, lies):
        await self.everybody(port, world, self.begin)
        reserve, each = self.disk.reserve, count // rounds
        start = self.disk.room - reserve
        for turn in range(rounds):
            tried, sent = self.seen.tried, self.seen.documents_tried
            async with BadLine(port, 1, lies=lies) as line:
                # What room there is beyond the reserve, is for all the rounds.
                while self.seen.tried - tried < each / 2 and self.disk.room - reserve > start * (rounds - turn - 0.5) / rounds:
                    await self.everybody(line.port if lies else port, world, self.deposit)
                    if (self.seen.tried - tried) / each > (self.seen.documents_tried - sent) / (uploads / rounds):
                        await self.attach(Pressed(port, self.chance.choice(world.candidates), self.faults))
            await self.last_acts(port, world)
            self.disk.fill()
            self.sends = True
            while self.sends or self.seen.tried - tried < each:
                await self.everybody(port, world, self.stubborn)
                self.sends = self.seen.documents_tried - sent < uploads / rounds
            self.seen.enlarged += self.disk.free(self.people * (self.size + (1 << 18)) + 2 * self.disk.reserve)
            await self.recover(port, world)

    async def begin(self, person):
        await resume(person, time.monotonic() + 10)
        if await self.attach(person) != 303:
            self.faults.append("no document could be attached on an empty disk")

    async def attach(self, person):
        status = await person.attach(self.size)
        self.seen.documents_tried += 1
        self.seen.documents_refused += status == 507
        if status not in (303, 507):
            self.faults.append(f"a document was answered {status}")
        return status

    async def prepare(self, person):
        """A draft that was checked, lacking the final act alone; None when there is no room for it."""
        content = await person.save()
        attempt = await person.check(content) if content else None
        if attempt:
            self.ledger.note(attempt)
        return attempt

    async def act(self, person, attempt):
        """The final act. Whether it was taken."""
        self.seen.tried += 1
        if attempt and await person.send(attempt):
            return True
        self.seen.refused += 1
        if attempt and attempt.refusal.status != 507:
            self.faults.append(f"a final act was answered {attempt.refusal.status} on a full disk")
        return False

    async def deposit(self, person):
        return await self.act(person, await self.prepare(person))

    async def last_acts(self, port, world):
        """Documents are sent until one is refused for want of room: the site's reserve is left. Then all those do the final act who had
        checked their draft."""
        attempts = await self.everybody(port, world, self.prepare)
        self.disk.fill(self.disk.reserve + self.chance.randrange(1, 3 * self.size))
        sender = Pressed(port, self.chance.choice(world.candidates), self.faults)
        while await self.attach(sender) == 303:
            pass
        await sender.client.close()
        ready = dict(zip((person.candidacy for person in world.candidates), attempts, strict=True))
        ready = {candidacy: attempt for candidacy, attempt in ready.items() if attempt and candidacy != sender.candidate.candidacy}

        async def final(person):
            attempt = ready.get(person.candidate.candidacy)
            return await self.act(person, attempt) if attempt else None

        self.seen.finals += len(ready)
        self.seen.finals_taken += (await self.everybody(port, world, final)).count(True)

    async def stubborn(self, person):
        """Somebody who goes on while the disk is full: refused with words, or served; pages stay."""
        await self.deposit(person)
        if self.sends:
            await self.attach(person)
        self.seen.pages += 1
        path = ("/", "/appels", person.path)[self.seen.pages % 3]
        reply = await person.client.ask("GET", path)
        if reply.status != 200:
            self.faults.append(f"{path} answers {reply.status} on a full disk")

    async def recover(self, port, world):
        """Until everybody deposits and attaches again."""
        start = time.monotonic()

        async def again(person):
            while not await self.deposit(person) or await self.attach(person) != 303:
                if time.monotonic() - start > 60:
                    self.faults.append("not back to normal once there was room")
                    return
                await asyncio.sleep(0.5)

        await self.everybody(port, world, again)
        self.seen.back.append(time.monotonic() - start)

    async def without_journal(self, port, world):
        """The second disk is full: deposits go on."""
        if not all(await self.everybody(port, world, self.deposit)):
            self.faults.append("a deposit was refused when the second disk was full")


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


# R-08 ---------------------------------------------------------------------------------------------------------------------


def repeats(count=2_000, people=16, seed=1, lies=0.0):
    """R-08: each deposit sent one to five times, one after the other, at once, or on cut connections: one row and one receipt."""
    chance, ledger, odd = random.Random(seed), Ledger(), []
    with World(people) as world:
        with world.serve() as server:
            asyncio.run(repeat_all([server.port], world, ledger, odd, count // people, chance, lies))
            same = server.runs
        faults = odd + ledger.faults(world) + ([] if same else ["the server is gone"])
    acknowledged = len(ledger.acknowledged)
    if acknowledged < len(ledger.attempts):
        faults.append(f"{len(ledger.attempts) - acknowledged} were never acknowledged")
    return Verdict("R-08 repeats", faults, deposits=acknowledged, seed=seed,
                   sent=sum(attempt.acknowledged for attempt in ledger.acknowledged))


async def repeat_all(ports, world, ledger, odd, each, chance, lies=0.0):
    """Each person makes so many deposits and sends each several times, to all of the ports in turn."""
    async with contextlib.AsyncExitStack() as stack:
        bad = {port: await stack.enter_async_context(BadLine(port, 3, cuts=0.3, lies=lies)) for port in ports}
        people = world.candidates

        async def work(place, person):
            good = Depositor(ports[place % len(ports)], person, odd)
            await resume(good, time.monotonic() + 10)
            for _ in range(each):
                content = await good.save()
                attempt = await good.check(content)
                if attempt is None:
                    odd.append("no check page")
                    return
                ledger.note(attempt)
                times, way = chance.randint(1, 5), chance.choice(["after", "together", "cut"])
                own = [ports[(place + number) % len(ports)] for number in range(times)]
                twins = [Depositor(bad[port].port if way == "cut" else port, person, odd) for port in own]

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
                    other = Depositor(good.client.port, people[(place + 1) % len(people)], odd)
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


# R-24 ---------------------------------------------------------------------------------------------------------------------


def signatures(count=1_000, rotations=3, people=16, seed=1, loses_key=False):
    """R-24: receipts of before, between and after so many changes of the key. `loses_key`: at the last change the first public key goes
    as well, which must be noticed."""
    ledger, odd = Ledger(), []
    with World(people) as world:
        folder = os.path.join(world.data, "keys")
        for turn in range(rotations + 1):
            if turn:
                world.run("receipt", "rotate", "--data", world.data)
            if loses_key and turn == rotations:
                os.unlink(os.path.join(folder, first_key(folder)))
            with world.serve() as server:
                asyncio.run(_crowd(server.port, world, ledger, odd, -(-count // people // (rotations + 1))))
                published = asyncio.run(Client(server.port).ask("GET", "/recepisses/cles.json"))
        secrets = [name for name in os.listdir(folder) if name.endswith(".key")]
        if len(secrets) != 1:
            odd.append(f"{len(secrets)} private keys are kept, the one in use was expected")
        faults = odd + ledger.faults(world)
        return independent(world, json.loads(published.body)["keys"], rotations, faults, random.Random(seed))


def first_key(folder):
    """The file of the oldest public key."""
    def since(name):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return json.load(file)["from"]

    return min((name for name in os.listdir(folder) if name.endswith(".json")), key=since)


def independent(world, published, rotations, faults, chance):
    """Every receipt is accepted, one in ten altered and then refused, by a program that shares no line with ours and has nothing but the
    keys that the site publishes."""
    contents = [row[0].encode() for row in world.query("SELECT content FROM receipt ORDER BY id")]
    accepted, refused = {}, 0
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "keys"))
        for key in published:
            with open(os.path.join(folder, "keys", f"{key['id']}.json"), "w", encoding="utf-8") as file:
                json.dump(key, file)
        keys = public_keys(folder)
        for place, content in enumerate(contents):
            own = json.loads(content)["receipt"]["key"]
            accepted.setdefault(own, 0)
            if holds(content, keys, folder):
                accepted[own] += 1
            else:
                faults.append(f"receipt {place + 1}, of the key {own}, is refused")
            if place % 10 == 0:
                changed = bytearray(content)
                at = chance.randrange(len(changed))
                changed[at] ^= 1 << chance.randrange(7)
                if holds(bytes(changed), keys, folder):
                    faults.append(f"altered at byte {at} and accepted: {bytes(changed)[:80]}")
                else:
                    refused += 1
    if len(accepted) != rotations + 1:
        faults.append(f"{len(accepted)} keys have signed, {rotations + 1} were in use")
    return Verdict("R-24 receipts", faults, changes_of_the_key=rotations, accepted=sum(accepted.values()),
                   of_each_key="/".join(map(str, accepted.values())), altered_refused=refused)


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
