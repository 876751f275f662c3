"""EXP-1: every document of a call in one archive of tens of gigabytes, cut by the death of the server, taken up again, and read back."""

import asyncio
import hashlib
import http.client
import io
import os
import random
import sqlite3
import time
import zipfile

from client import Client, form, hidden
from program import World
from trials import Verdict

#: How a PDF begins, so that a document is one for whoever looks at its first bytes.
PDF = b"%PDF-1.7\n"


class BoardWorld(World):
    """A call that has closed, with so many dossiers, and who instructs them."""

    def fill(self, dossiers, closes):
        made = self.run("bench", "board", "--dossiers", str(dossiers), "--data", self.data)
        self.session = made.splitlines()[0].split("\t")[2]
        return []

    def attach(self, files, megabytes, chance):
        """Gives the deposit, which all the dossiers share, so many documents of about so many megabytes. The rows are written by hand:
        it is the reading that is tried."""
        #: SHA-256 of each document by its name.
        self.documents = {}
        with sqlite3.connect(os.path.join(self.data, "maillage.sqlite")) as database:
            (deposit, candidacy, at), = database.execute("SELECT id, candidacy_id, arrival FROM candidacy_deposit").fetchall()
            for number in range(files):
                size = (megabytes << 20) - chance.randrange(1 << 16)
                path = os.path.join(self.folder, "document")
                digest = write(path, size)
                folder = os.path.join(self.data, "vault", digest[:2], digest[2:4])
                os.makedirs(folder, exist_ok=True)
                os.rename(path, os.path.join(folder, digest))
                name = f"plan-{number}.pdf"
                self.documents[name] = digest
                database.execute(
                    "INSERT INTO candidacy_file (id, candidacy_id, question, name, family, size, digest, added_at)"
                    " VALUES (?, ?, 'plans', ?, 'pdf', ?, ?, ?)", (9_000_000 + number, candidacy, name, size, digest, at))
                database.execute("INSERT INTO candidacy_deposit_file VALUES (?, ?)", (deposit, 9_000_000 + number))


def write(path, size):
    """A file that nobody wrote before; its SHA-256."""
    digest, left, start = hashlib.sha256(), size, PDF
    with open(path, "wb") as file:
        while left:
            piece = (start + os.urandom(1 << 20))[:left]
            start, left = b"", left - len(piece)
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


class Download:
    """What one address gives, part by part, as a browser takes it up again: with the name of what it has already."""

    def __init__(self, session, path):
        self.session, self.path = session, path
        self.tag = None
        self.size = None
        #: Seconds until the first byte of each answer.
        self.waits = []

    def part(self, port, start=0, end=None):
        """The answer with the bytes from `start` up to `end`, without it."""
        headers = {"Cookie": f"session={self.session}"}
        if self.tag:
            headers |= {"Range": f"bytes={start}-{'' if end is None else end - 1}", "If-Range": self.tag}
        asked = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        line.request("GET", self.path, headers=headers)
        reply = line.getresponse()
        self.waits.append(time.monotonic() - asked)
        wanted = 206 if self.tag else 200
        if reply.status != wanted:
            raise AssertionError(f"{self.path}: {reply.status}, {wanted} was expected")
        if not self.tag:
            self.tag, self.size = reply.headers["ETag"], int(reply.headers["Content-Length"])
        return reply


class Reach(io.RawIOBase):
    """The archive as a file, of which each reading is a request for that part."""

    def __init__(self, download, port):
        self.download, self.port, self.place = download, port, 0

    def seekable(self):
        return True

    def readable(self):
        return True

    def tell(self):
        return self.place

    def seek(self, offset, whence=io.SEEK_SET):
        self.place = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.place, io.SEEK_END: self.download.size}[whence]
        return self.place

    def readinto(self, buffer):
        end = min(self.place + len(buffer), self.download.size)
        if end <= self.place:
            return 0
        content = self.download.part(self.port, self.place, end).read()
        buffer[:len(content)] = content
        self.place += len(content)
        return len(content)


def memory(server, field):
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(field + ":")) / 1024


async def ask(port, session):
    """The address of the archive, given by the form of the page that exports."""
    client = Client(port, session)
    page = await client.ask("GET", "/instruction/export?onglet=tous")
    # The second form of the page asks for the documents; one token serves for both, which go to one address.
    token = hidden("jeton", form(page.text, "/instruction/export"))
    reply = await client.ask("POST", "/instruction/export", [("jeton", token), ("onglet", "tous"), ("format", "pieces")])
    await client.close()
    if reply.status != 303:
        raise AssertionError(f"export: {reply.status}: {reply.text[:300]}")
    return reply.headers["location"]


def take(reply, digest, most=None):
    """Reads what comes, or `most` bytes of it, into a digest. How many bytes came."""
    count = 0
    while piece := reply.read(min(1 << 20, most - count) if most is not None else 1 << 20):
        digest.update(piece)
        count += len(piece)
        if count == most:
            break
    return count


def large_archive(dossiers=25, files=20, megabytes=100, samples=6, growth=64, seed=1, alters=False):
    """EXP-1: the archive of so many dossiers with so many documents each is read to about its half, the server is killed, the rest comes
    from another one, and both make the same file: every name is there, and documents anywhere in it are those that were attached.

    `growth`: megabytes that the server may take more while it sends. `alters`: a document changes on the disk meanwhile, which must be
    noticed."""
    faults, chance = [], random.Random(seed)
    with BoardWorld(dossiers) as world:
        world.attach(files, megabytes, chance)
        with world.serve(MAILLAGE_SECOND_FACTOR="offered") as server:
            download = Download(world.session, asyncio.run(ask(server.port, world.session)))
            before = memory(server, "VmRSS")
            start = time.monotonic()
            whole = hashlib.sha256()
            half = take(download.part(server.port), whole, dossiers * files * megabytes << 19)
            spent = time.monotonic() - start
            grown = memory(server, "VmHWM") - before
            server.kill()
        if alters:
            victim = next(iter(world.documents.values()))
            with open(os.path.join(world.data, "vault", victim[:2], victim[2:4], victim), "r+b") as file:
                file.seek(1 << 10)
                file.write(b"\0" * 64)
        with world.serve(MAILLAGE_SECOND_FACTOR="offered") as server:
            before = memory(server, "VmRSS")
            start = time.monotonic()
            count = half + take(download.part(server.port, half), whole)
            spent += time.monotonic() - start
            if count != download.size:
                faults.append(f"lost: {download.size - count} bytes of {download.size}")
            with zipfile.ZipFile(io.BufferedReader(Reach(download, server.port), 1 << 20)) as archive:
                documents = [name for name in archive.namelist() if name.endswith(".pdf")]
                if len(documents) != dossiers * files:
                    faults.append(f"lost: {len(documents)} documents are in the archive, of {dossiers * files}")
                for name in [documents[0], *chance.sample(documents, samples), documents[-1]]:
                    digest = hashlib.sha256()
                    try:
                        with archive.open(name) as content:
                            take(content, digest)
                    except zipfile.BadZipFile as error:
                        faults.append(f"lost: {name}: {error}")
                        continue
                    if digest.hexdigest() != world.documents[name.rpartition("/plans-")[2]]:
                        faults.append(f"lost: {name} is not what was attached")
            again = hashlib.sha256()
            if alters or download.size < 1 << 30:
                take(download.part(server.port, 0), again)
                if again.digest() != whole.digest():
                    faults.append("lost: the two halves and the whole are not the same bytes")
            grown = max(grown, memory(server, "VmHWM") - before)
        if grown > growth:
            faults.append(f"the server took {grown:.0f} MB more while it sent, {growth} at most")
    return Verdict(
        "EXP-1 large archive", faults, archive=f"{download.size / 1e9:.1f} GB", documents=dossiers * files, of_them_different=files,
        pace=f"{download.size / 1e6 / spent:.0f} MB/s", first_byte=f"{download.waits[0] * 1000:.0f} ms",
        first_byte_of_the_rest=f"{download.waits[1] * 1000:.0f} ms", memory_added=f"{grown:.0f} MB", seed=seed)
