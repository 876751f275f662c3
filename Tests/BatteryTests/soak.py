"""R-16: everything that a busy network does, all at once and at a steady pace, on one process: it must not grow."""

import asyncio
import bisect
import collections
import email
import email.utils
import gzip
import hashlib
import html
import json
import os
import random
import re
import socket
import statistics
import time
import urllib.parse

from client import Client, Cut, Depositor, Reply, form, hidden
from ledger import Ledger
from program import Candidate, World
from restores import fill
from trials import Verdict, deposits, resume

#: How many of each kind begin in a second, at pace 1. A visit reads several pages, a map several tiles.
PACE = {
    "visits": 4.0, "maps": 1.0, "programs": 2.0, "exports": 0.2, "deposits": 1.0, "documents": 0.4, "members": 0.4, "editors": 0.2,
    "drops": 2.0, "slow": 0.2, "monitors": 0.2,
}
#: Of one kind at once; what comes then is left out, and counted.
MOST = 64
#: Seconds after which an answer, or a letter, is missing: how fast they come is for other trials.
PATIENCE = 300
WORDS = ("atelier", "repair café", "fablab", "jardin partagé", "café associatif", "coworking", "amiens", "lille", "lens", "numérique")
PUBLIC = re.compile(r"/($|(lieux|appels|cercles|territoires|carte|donnees|recepisses|contact|plan-du-site)\b)")
#: What people without an account have no business with, and what WeasyPrint makes.
PRIVATE = re.compile(r"/nouveau|/corriger|/candidater|/alertes|/fond/|\.pdf")
EXPORTS = ("/api/v1/places.csv", "/api/v1/places.geojson", "/api/v1/places.xlsx", "/api/v1/mednum.csv")
MONITORED = ("/metrics", "/etat", "/etat.json", "/healthz")
BOUNDARY = "essai"
MAILER = '#!/bin/sh\ncat > "$1/.$$" && mv "$1/.$$" "$1/$$.eml"\n'


class SoakWorld(World):
    """A call that asks for a document, places in the register, and a folder that receives the letters."""

    def __init__(self, candidates, places):
        self.places = places
        super().__init__(candidates, extra={"MAILLAGE_SECOND_FACTOR": "offered"})
        self.letters = os.path.join(self.folder, "letters")
        os.makedirs(self.letters)
        mailer = os.path.join(self.folder, "mailer")
        with open(mailer, "w", encoding="ascii") as file:
            file.write(MAILER)
        self.environment["MAILLAGE_MAIL_COMMAND"] = f"/bin/sh {mailer} {self.letters}"

    def fill(self, count, closes):
        self.run("account", "add", "coordination@essai.example", "--role", "coordination", "--data", self.data)
        fill(self, 1, self.places)
        made = self.run("bench", "candidates", str(count), "--closes", str(closes), "--asks-file", "--data", self.data)
        return [Candidate(line) for line in made.splitlines()]


class Line(Client):
    """Somebody's browser: an address of their own, cookies that it keeps, files that it sends. One connection at a time."""

    def __init__(self, load, address, session=None):
        super().__init__(load.port, session, PATIENCE)
        self.load, self.address = load, address
        self.cookies = {"session": session} if session else {}

    async def _ask(self, method, path, fields):
        """`fields` may be the bytes of a form with files."""
        if self.writer and self.reader.at_eof():
            await self.close()
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(
                "127.0.0.1", self.port, limit=1 << 22, local_addr=(self.address, 0))
            self.load.connections += 1
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept-Encoding: gzip"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        body = b""
        if fields is not None:
            is_form = not isinstance(fields, bytes)
            body = urllib.parse.urlencode(fields).encode() if is_form else fields
            kind = "application/x-www-form-urlencoded" if is_form else f"multipart/form-data; boundary={BOUNDARY}"
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}", f"Origin: http://127.0.0.1:{self.port}",
                      "Sec-Fetch-Site: same-origin"]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await self.writer.drain()
        reply = await self._reply()
        self.load.count(reply)
        return reply

    async def close(self):
        self.load.connections -= self.writer is not None
        await super().close()

    async def _reply(self):
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in head[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
            if name.lower() == "set-cookie":
                cookie, _, value = value.strip().partition(";")[0].partition("=")
                self.cookies[cookie] = value
        self.cookies = {name: value for name, value in self.cookies.items() if value}
        body = bytearray()
        if headers.get("transfer-encoding") == "chunked":
            while size := int((await self.reader.readline()).split(b";")[0], 16):
                body += await self.reader.readexactly(size)
                await self.reader.readexactly(2)
            await self.reader.readline()
        else:
            body += await self.reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection", "").lower() == "close":
            await self.close()
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        return Reply(int(head[0].split(" ")[1]), headers, bytes(body))

    async def want(self, method, path, fields=None, status=200):
        reply = await self.ask(method, path, fields)
        if reply.status != status:
            raise Cut(f"{method} {path}: {reply.status}")
        return reply

    async def send(self, page, action, fields):
        """Fills in the form of a page, which answers by sending elsewhere."""
        token = hidden("jeton", form((await self.want("GET", page)).text, action))
        if token is None:
            raise Cut(f"{page}: no form to {action}")
        return await self.want("POST", action, [("jeton", token), *fields], 303)


class Member:
    """Somebody who has an account, or will."""

    def __init__(self, load, number, address=None):
        self.email = address or f"membre-{number}@essai.example"
        self.line = load.line(f"127.2.{number >> 8}.{number & 255}")
        self.password = None
        self.visits = 0


class Look:
    """What Linux says of the process at one moment, memory in kB, and the size of the log in bytes."""

    def __init__(self, world, server, connections):
        folder = f"/proc/{server.process.pid}"
        with open(f"{folder}/status", encoding="ascii") as file:
            fields = dict(line.split(":", 1) for line in file)
        self.moment = time.monotonic()
        self.resident, self.anonymous = (int(fields[name].split()[0]) for name in ("VmRSS", "RssAnon"))
        self.threads = int(fields["Threads"])
        self.descriptors = len(os.listdir(f"{folder}/fd"))
        #: Beside those of the connections that are in use.
        self.others = self.descriptors - connections
        try:
            self.log = os.path.getsize(os.path.join(world.data, "maillage.sqlite-wal"))
        except FileNotFoundError:
            self.log = 0


def pdf(chance):
    """A document of 100 to 500 kB that nobody wrote before."""
    noise = chance.randbytes(chance.randrange(50_000, 250_000)).hex()
    return f"%PDF-1.4\n% {noise}\n1 0 obj\n<< >>\nendobj\nstartxref\n9\n%%EOF\n".encode()


def parts(fields, question, name, content):
    """A form with one file, as browsers send it."""
    lines = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields]
    lines.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{question}"; filename="{name}"\r\n'
                 "Content-Type: application/pdf\r\n\r\n")
    return "".join(lines).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


class Load:
    """Everybody who is there, and what came of what they did."""

    def __init__(self, world, server, seed):
        self.world, self.server, self.port = world, server, server.port
        self.chance, self.ledger, self.odd, self.looks = random.Random(seed), Ledger(), [], []
        #: When each answer came, and how many of each kind of act were done, or left out.
        self.answers, self.done, self.left_out = [], collections.Counter(), collections.Counter()
        self.failures = collections.Counter()
        #: Of each address, the secret of its newest link.
        self.links = {}
        #: SHA-256 of the documents of acknowledged deposits; places said to be as they are.
        self.kept, self.verified = set(), set()
        #: Connections in use, and those of the planted defect.
        self.connections, self.held = 0, []
        self.depositors = []
        for number, person in enumerate(world.candidates):
            depositor = Depositor(self.port, person, self.odd)
            depositor.client = self.line(f"127.1.{number >> 8}.{number & 255}", person.session)
            self.depositors.append(depositor)
        # One in four also changes documents: nobody may send more than 240 in an hour.
        share = max(len(self.depositors) // 4, 1)
        self.accounts = [Member(self, number) for number in range(24)]
        #: Whoever is not busy, by kind; the others are nobody in particular.
        self.idle = {"documents": self.depositors[:share], "deposits": self.depositors[share:], "members": list(self.accounts),
                     "editors": [Member(self, 999, "coordination@essai.example")]}
        self.places = []
        self.end = 0.0

    def line(self, address, session=None):
        return Line(self, address, session)

    def visitor(self):
        return self.line(f"127.3.{self.chance.randrange(256)}.{self.chance.randrange(1, 255)}")

    def count(self, reply):
        self.answers.append(time.monotonic())
        if reply.status >= 500:
            self.failures[reply.status] += 1

    async def begin(self):
        """What must be there before the load: the addresses of places, a document in each draft, the coordinator's session."""
        line = self.visitor()
        found = json.loads((await line.want("GET", "/api/v1/places?limit=200")).body)
        self.places = [(place["id"], f"/lieux/{place['slug']}") for place in found["items"]]
        self.call = json.loads((await line.want("GET", "/api/v1/calls")).body)["items"][0]["slug"]
        await line.close()
        for depositor in self.depositors:
            await self.attach(depositor)
            await resume(depositor, time.monotonic() + 30)
            await depositor.client.close()
        editor, = self.idle["editors"]
        await self.enter(editor)
        await editor.line.close()

    # The kinds of acts, each by its name in PACE.

    async def visits(self):
        """Follows links from one of the pages where people come in."""
        line, chance = self.visitor(), self.chance
        path = chance.choice(["/", "/", "/lieux", "/appels", "/carte", "/territoires", "/cercles", "/donnees", f"/appels/{self.call}",
                              "/lieux?q=" + urllib.parse.quote(chance.choice(WORDS)), chance.choice(self.places)[1]])
        for _ in range(chance.randrange(1, 9)):
            reply = await line.ask("GET", path)
            if reply.status not in (200, 303):
                raise Cut(f"{path}: {reply.status}")
            links = {html.unescape(link) for link in re.findall(r'href="(/[^"#]*)', reply.text)}
            links = sorted(link for link in links if PUBLIC.match(link) and not PRIVATE.search(link))
            path = chance.choice(links or ["/lieux"])
            await asyncio.sleep(chance.random())
            if time.monotonic() > self.end:
                break
        await line.close()

    async def maps(self):
        """A view of the map: the page, six tiles of a zoom, sometimes of a search, and one of its points."""
        line, chance = self.visitor(), self.chance
        await line.want("GET", "/carte")
        zoom = chance.randrange(5, 13)
        # The north of France, by the usual squares of the web's maps.
        x, y = int((1 << zoom) * chance.uniform(0.504, 0.512)), int((1 << zoom) * chance.uniform(0.335, 0.350))
        search = "?q=" + urllib.parse.quote(chance.choice(WORDS)) if chance.random() < 0.3 else ""
        for number in range(6):
            await line.want("GET", f"/api/v1/map/{zoom}/{x + number % 3}/{y + number // 3}{search}")
        await line.want("GET", f"/carte/lieux/{chance.choice(self.places)[0]}", status=303)
        await line.close()

    async def programs(self):
        line, chance = self.visitor(), self.chance
        reply = await line.want("GET", path := chance.choice([
            "/api/v1/places?limit=50", "/api/v1/places?q=" + urllib.parse.quote(chance.choice(WORDS)),
            f"/api/v1/places/{chance.choice(self.places)[0]}",
            "/api/v1/calls", "/api/v1/circles", "/lieux.atom", "/appels.atom", "/appels.ics", "/openapi.json", "/sitemap.xml",
            "/robots.txt", "/recepisses/cles.json", "/territoires/recherche?q=" + chance.choice("abcdefghilmnoprst")]))
        if "?" in path and path.startswith("/api/v1/places") and (cursor := json.loads(reply.body)["next_cursor"]):
            await line.want("GET", f"{path}&cursor={cursor}")
        await line.close()

    async def exports(self):
        line = self.visitor()
        await line.want("GET", self.chance.choice(EXPORTS))
        await line.close()

    async def deposits(self, depositor):
        """Saves, checks, deposits, and takes the receipt away."""
        if await deposits(depositor, self.ledger, 1, PATIENCE):
            self.odd.append(f"{depositor.path}: not acknowledged")
        for kind in ("", ".json", ".zip"):
            await depositor.client.want("GET", f"{depositor.path}/recepisse{kind}")
        await depositor.client.want("GET", "/candidatures")

    async def attach(self, depositor):
        """Puts a document in the place of the one that is there; its name and its bytes."""
        line, page = depositor.client, f"{depositor.path}/pieces"
        text = (await line.want("GET", page)).text
        if removal := re.search(r'action="(/candidatures/[^"]*/retrait)"', text):
            token = hidden("jeton", form(text, removal.group(1)))
            await line.want("POST", removal.group(1), [("jeton", token)], 303)
            text = (await line.want("GET", page)).text
        name, content = f"piece-{self.chance.randrange(1 << 40)}.pdf", pdf(self.chance)
        action = f"{page}/piece"
        await line.want("POST", action, parts([("jeton", hidden("jeton", form(text, action)))], "piece", name, content), 303)
        return name, content

    async def documents(self, depositor):
        """Changes the document of the draft, reads it back, and deposits."""
        name, content = await self.attach(depositor)
        line, digest = depositor.client, hashlib.sha256(content).hexdigest()
        page = await line.want("GET", f"{depositor.path}/pieces")
        found = re.search(r'href="(/candidatures/[^"]*/fichiers/[^"/]*)">' + name, page.text)
        if not found or hashlib.sha256((await line.want("GET", found.group(1))).body).hexdigest() != digest:
            self.odd.append(f"lost: {name} is not what was attached")
        attempt = await depositor.check(name)
        if attempt is None:
            raise Cut(f"{depositor.path}/verification: nothing to deposit")
        self.ledger.note(attempt)
        if not await depositor.send(attempt):
            raise Cut(f"deposit: {attempt.refusal.status}")
        self.kept.add(digest)

    async def enter(self, member):
        """By a link, or now and then by the password; one who comes for the first time chooses it."""
        line, member.visits = member.line, member.visits + 1
        # Nobody may ask for more than five links in half an hour.
        if member.password and member.visits % 10:
            await line.send("/connexion", "/connexion/mot-de-passe", [("adresse", member.email), ("mot_de_passe", member.password)])
        else:
            self.links.pop(member.email, None)
            await line.send("/connexion", "/connexion", [("email", member.email)])
            deadline = time.monotonic() + PATIENCE
            while member.email not in self.links:
                if time.monotonic() > deadline:
                    raise Cut("no letter came")
                self.read_letters()
                await asyncio.sleep(0.2)
            link = f"/connexion/lien/{self.links[member.email]}"
            await line.send(link, link, [("name", "Camille Essai")])
        if member.password is None:
            member.password = f"cinq lampes bleues {self.chance.randrange(1 << 30):x}"
            await line.send("/mon-compte", "/mon-compte/mot-de-passe", [("mot_de_passe", member.password)])

    async def members(self, member):
        """Signs in, looks at the account, signs out."""
        await self.enter(member)
        await member.line.want("GET", "/mon-compte/donnees.json")
        await member.line.send("/mon-compte", "/deconnexion", [])

    async def editors(self, editor):
        """Says that a place is as its sheet says: what lists and pages keep of it changes."""
        _, path = self.chance.choice(self.places)
        await editor.line.send(path, f"{path}/verification", [])
        self.verified.add(path.rpartition("/")[2])

    async def drops(self):
        """A connection dropped half-way: silent, in the head, in the body, before the answer, or in it."""
        way = self.chance.randrange(6)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.visitor().address, 0))
        self.connections += 1
        page = f"GET /lieux HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n".encode()
        writer.write([b"", page[:20], b"POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\nemail=",
                      page + b"\r\n", page + b"\r\n", page][way])
        if way == 4:
            await reader.read(100)
        if way == 5:
            # Half closed: the site may still answer.
            writer.write_eof()
            await asyncio.wait_for(reader.read(), PATIENCE)
        await asyncio.sleep(self.chance.random())
        if self.chance.random() < 0.5:
            writer.transport.abort()
        else:
            writer.close()
        self.connections -= 1

    async def slow(self):
        """Takes a file slowly for some seconds, and goes away."""
        inlet = socket.socket()
        inlet.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        inlet.setblocking(False)
        inlet.bind((self.visitor().address, 0))
        await asyncio.get_running_loop().sock_connect(inlet, ("127.0.0.1", self.port))
        reader, writer = await asyncio.open_connection(sock=inlet, limit=16_384)
        self.connections += 1
        path = self.chance.choice(EXPORTS)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n\r\n".encode())
        until = min(time.monotonic() + self.chance.uniform(2, 10), self.end)
        while time.monotonic() < until and await reader.read(4_096):
            await asyncio.sleep(0.5)
        writer.transport.abort()
        self.connections -= 1

    async def monitors(self):
        line = self.line("127.0.0.1")
        for path in MONITORED:
            await line.want("GET", path)
        await line.close()

    def read_letters(self):
        """Takes the letters that came out of their folder."""
        for name in os.listdir(self.world.letters):
            path = os.path.join(self.world.letters, name)
            if not name.endswith(".eml"):
                continue
            with open(path, "rb") as file:
                letter = email.message_from_binary_file(file)
            os.unlink(path)
            text = letter.get_payload(decode=True).decode(errors="replace")
            if link := re.search(r"/connexion/lien/([^\s/]+)", text):
                self.links[email.utils.parseaddr(letter["To"])[1]] = link.group(1)

    # What holds it together.

    async def once(self, kind, who):
        try:
            await getattr(self, kind)(*who)
            self.done[kind] += 1
        except (Cut, OSError, TimeoutError) as error:
            self.odd.append(f"{kind}: {error!r}")
        finally:
            for person in who:
                await (person.line if isinstance(person, Member) else person.client).close()
                # At the end: who comes next is who waited longest.
                self.idle[kind].append(person)

    async def keep(self, kind, rate, start, end):
        """Begins so many a second, whatever becomes of those before."""
        running, number = set(), 0
        while (moment := start + number / rate) < end:
            await asyncio.sleep(max(moment - time.monotonic(), 0))
            number += 1
            if len(running) >= MOST or self.idle.get(kind) == []:
                self.left_out[kind] += 1
                continue
            who = [self.idle[kind].pop(0)] if kind in self.idle else []
            task = asyncio.create_task(self.once(kind, who))
            running.add(task)
            task.add_done_callback(running.discard)
        await asyncio.gather(*running)

    async def watch(self, every, end):
        while time.monotonic() < end:
            self.looks.append(Look(self.world, self.server, self.connections))
            self.read_letters()
            await asyncio.sleep(every)

    async def back_up(self, moments):
        """A backup from the command line at each of these moments."""
        for number, moment in enumerate(moments):
            await asyncio.sleep(max(moment - time.monotonic(), 0))
            path = os.path.join(self.world.folder, f"backup-{number}.tar")
            try:
                await asyncio.to_thread(self.world.run, "backup", path, "--data", self.world.data)
                self.done["backups"] += 1
                os.unlink(path)
            except AssertionError as error:
                self.odd.append(f"backup: {error}")

    async def leak(self, rate, end):
        """The planted defect: connections that are never closed."""
        while time.monotonic() < end:
            self.held.append(await asyncio.open_connection("127.0.0.1", self.port))
            await asyncio.sleep(1 / rate)

    async def run(self, kinds, pace, seconds, every, backups, leaks):
        """When it started, and when it ended."""
        await self.begin()
        start = time.monotonic()
        self.end = end = start + seconds
        others = [self.leak(leaks, end)] if leaks else []
        others.append(self.back_up([start + seconds * (number + 0.4) / backups for number in range(backups)]))
        await asyncio.gather(
            self.watch(every, end), *others,
            *(self.keep(kind, rate * pace, start, end) for kind, rate in PACE.items() if kind in kinds))
        for _, writer in self.held:
            writer.close()
        return start, end


def faults_of_kept(world, load):
    """What was acknowledged beside deposits: documents, accounts, what was said of places."""
    faults = []
    for digest in load.kept:
        try:
            with open(os.path.join(world.data, "vault", digest[:2], digest[2:4], digest), "rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    faults.append(f"lost: document {digest} is another")
        except FileNotFoundError:
            faults.append(f"lost: document {digest}")
    accounts = {row[0] for row in world.query("SELECT email FROM account")}
    faults += [f"lost: account {member.email}" for member in load.accounts if member.password and member.email not in accounts]
    verified = {row[0] for row in world.query("SELECT slug FROM place WHERE verified_at IS NOT NULL")}
    return faults + [f"lost: the verification of {slug}" for slug in load.verified - verified]


def slope(looks, field):
    """Of a straight line through the looks, MB an hour."""
    moments = [look.moment / 3_600 for look in looks]
    return statistics.linear_regression(moments, [getattr(look, field) / 1_024 for look in looks]).slope


def soak(minutes=30.0, people=40, places=5_000, pace=1.0, every=2.0, warmup=1 / 6, growth=0.1, descriptors=5, log=64, evenness=0.1,
         backups=6, kinds=tuple(PACE), leaks=0.0, seed=1):
    """R-16: a mixed load for so many minutes. `every`: seconds between two looks; `warmup`: part of the time before the first sixth that
    counts, which is compared with the last sixth by their medians. `kinds`: of PACE; fewer tell which of them makes it grow.

    `growth`: part by which resident memory may grow; `descriptors`: how many more there may be beside those of connections in use; `log`:
    megabytes that the write-ahead log may never reach; `evenness`: part by which the answers of both sixths may differ. `leaks`:
    connections a second that are never closed, which must be noticed."""
    with SoakWorld(people, places) as world:
        with world.serve() as server:
            load = Load(world, server, seed)
            start, end = asyncio.run(load.run(kinds, pace, minutes * 60, every, backups, leaks))
            same = server.runs
        faults = [] if same else ["the server is gone"]
        faults += [f"{count} answers were {status}" for status, count in load.failures.items()]
        faults += load.odd + load.ledger.faults(world) + faults_of_kept(world, load)
        world.run("check", "--data", world.data)
    sixth = (end - start) / 6
    warm = start + (end - start) * warmup
    counted = [look for look in load.looks if look.moment >= warm]
    first = [look for look in counted if look.moment < warm + sixth]
    last = [look for look in counted if look.moment >= end - sixth]
    load.answers.sort()
    answers = [bisect.bisect(load.answers, till) - bisect.bisect(load.answers, since)
               for since, till in ((warm, warm + sixth), (end - sixth, end))]

    def medians(field):
        return [statistics.median(getattr(look, field) for look in looks) for looks in (first, last)]

    resident, anonymous, threads = medians("resident"), medians("anonymous"), medians("threads")
    open_, others = medians("descriptors"), medians("others")
    longest = max(look.log for look in load.looks)
    if resident[1] > resident[0] * (1 + growth):
        faults.append(f"grows: resident memory from {resident[0] / 1024:.1f} MB to {resident[1] / 1024:.1f} MB")
    if others[1] > others[0] + descriptors:
        faults.append(f"grows: descriptors from {others[0]:.0f} to {others[1]:.0f}, beside the connections in use")
    if longest >= log << 20:
        faults.append(f"grows: the write-ahead log was seen with {longest >> 20} MB")
    if abs(answers[1] - answers[0]) > max(answers) * evenness:
        faults.append(f"the load was not the same: {answers[0]} answers, then {answers[1]}")

    def pair(values, unit=""):
        return " then ".join(f"{value / (1024 if unit else 1):.{1 if unit else 0}f}" for value in values) + unit

    return Verdict(
        "R-16 soak", faults, minutes=round(minutes, 2), answers=len(load.answers),
        answers_a_second=round(len(load.answers) / (end - start)),
        answers_in_each_sixth=pair(answers), resident=pair(resident, " MB"), resident_by=f"{(resident[1] / resident[0] - 1) * 100:+.1f} %",
        anonymous=pair(anonymous, " MB"), slope_an_hour=f"{slope(counted, 'resident'):+.1f} MB resident",
        of_which_anonymous=f"{slope(counted, 'anonymous'):+.1f} MB", most=f"{max(look.resident for look in load.looks) / 1024:.1f} MB",
        descriptors=pair(open_), beside_connections=pair(others), threads=pair(threads), longest_log=f"{longest / (1 << 20):.1f} MB",
        looks=len(load.looks),
        receipts=len(load.ledger.acknowledged), **{kind: count for kind, count in sorted(load.done.items()) if kind != "deposits"},
        left_out=sum(load.left_out.values()), seed=seed)
