"""S-13: passwords, the codes of letters and those of telephones are guessed, from one address and from a thousand, while people deposit
from the guesser's address and owners sign in by the link of a letter; the program is killed meanwhile."""

import asyncio
import base64
import contextlib
import email
import email.policy
import hashlib
import hmac
import html
import ipaddress
import itertools
import math
import os
import random
import re
import shutil
import sqlite3
import statistics
import struct
import time
import urllib.parse

from client import Client, Cut, Depositor, Reply, form, hidden
from cluster import BIN, Cluster, Node, PostgresWorld, free_ports
from ledger import Ledger
from program import Server, World
from trials import Skipped, Verdict, deposits, share

#: What docs/rules/accounts.md publishes (ACC-5, ACC-7, ACC-25): so many at once in so many seconds, then one each time that share of them
#: has gone by.
LIMITS = {
    "passwords of the account": (10, 300),
    "passwords from the address": (50, 300),
    "passwords from the /48": (500, 300),
    "letters to the address": (5, 1_800),
    "letters asked for from the address": (30, 1_800),
    "letters asked for from the /48": (300, 1_800),
    "codes of the letter": (5, math.inf),
    "wrong codes of the account": (10, 86_400),
    "second factors of the account": (5, 900),
    "second factors of the account in a day": (30, 86_400),
}

SIGN_IN, PASSWORD, CODE, SECOND = "/connexion", "/connexion/mot-de-passe", "/connexion/code", "/connexion/second-facteur"
ACCOUNT, FACTOR, LINK = "/mon-compte", "/mon-compte/second-facteur", "/connexion/lien/"

#: How the site says that it compared, and that it did not. Signing in says that it did.
COMPARED = {
    PASSWORD: "Adresse ou mot de passe incorrect", CODE: "Ce n’est pas le code du dernier message", SECOND: "Ce n’est pas le bon code"}
HELD = {PASSWORD: "Trop d’essais", SIGN_IN: "Trop d’essais", CODE: "Aucun code n’est plus attendu", SECOND: "Trop de codes faux"}

#: Stands for sendmail: each letter becomes a file of a folder.
POSTMAN = """#!/bin/sh
letter=$(mktemp '{folder}/XXXXXXXXXX') && cat >"$letter" && mv "$letter" "$letter.eml"
"""


class Judge:
    """Counts what was compared against what may be. It knows the limits that are published, and nothing of the program."""

    def __init__(self):
        self.first, self.compared, self.excesses, self.odd = {}, {}, {}, []
        #: Tries, those that were refused, and those whose answer was cut: they may have been compared, and nobody learnt what came of it.
        self.asked = self.held = self.cut = 0

    def begin(self, tolls):
        """Before a try is sent: the time that a limit gives is counted from the first of its tries."""
        self.asked += 1
        for toll in tolls:
            self.first.setdefault(toll, time.monotonic())

    def note(self, tolls):
        """One was compared, before its answer came: what the limit allows by now is what it allowed then, or more."""
        for toll in tolls:
            count, period = LIMITS[toll[0]]
            seconds = time.monotonic() - self.first[toll]
            allowed = count + int(seconds * count / period)
            self.compared[toll] = self.compared.get(toll, 0) + 1
            if self.compared[toll] > allowed:
                self.excesses[toll] = f"guessed: {self.compared[toll]} {toll[0]} {toll[1]} in {seconds:.1f} s, {allowed} at most"

    @property
    def faults(self):
        return list(self.excesses.values()) + self.odd


def networks(what, address):
    """What is counted of an address: itself, or its network and its site in IPv6."""
    place = ipaddress.ip_address(address)
    if place.version == 4:
        return [(f"{what} from the address", address)]
    return [(f"{what} from the {kind}", str(ipaddress.ip_network((address, size), strict=False)))
            for kind, size in (("address", 64), ("/48", 48))]


class Alone:
    """One program on SQLite, always on the same port. Clients have addresses of their own on this machine; with `proxied`, an address is
    told as a proxy tells it."""

    def __init__(self, world, forgets):
        self.world, self.forgets, self.proxied = world, forgets, False
        self.ports = free_ports(1)
        self.strikes, self.server = 0, None

    def start(self):
        environment = {"MAILLAGE_TRUSTED_PROXIES": "1"} if self.proxied else {}
        self.server = Server(self.world, (), environment, port=self.ports[0])

    def strike(self):
        """`kill -9`, and another start. With `forgets`, what was counted is lost, as it would be were it kept in memory."""
        self.strikes += 1
        self.server.kill()
        if self.forgets:
            with contextlib.closing(sqlite3.connect(os.path.join(self.world.data, "maillage.sqlite"))) as database, database:
                database.execute("DELETE FROM throttle")
        self.start()

    def trust(self):
        self.stop()
        self.proxied = True
        self.start()

    def stop(self):
        if self.server and self.server.runs:
            self.server.stop()

    @property
    def gone(self):
        return [] if self.server.runs else [f"the server is gone: {self.server.said[-300:]}"]


class Nodes:
    """Two nodes on one PostgreSQL, which are asked in turn."""

    proxied = True

    def __init__(self, world, cluster, forgets):
        self.cluster, self.forgets = cluster, forgets
        self.ports = free_ports(2)
        self.strikes = 0
        self.nodes = [Node(world, f"n{place}", port, f"http://127.0.0.1:{port}") for place, port in enumerate(self.ports, 1)]

    def start(self):
        for node in self.nodes:
            node.start()

    def strike(self):
        """One node is killed and started again; with `forgets`, as above."""
        node = self.nodes[self.strikes % 2]
        self.strikes += 1
        node.kill()
        if self.forgets:
            self.cluster.do("psql", "-X", "-q", "-d", self.cluster.url(), "-c", "DELETE FROM throttle")
        node.start()

    def trust(self):
        pass

    def stop(self):
        for node in self.nodes:
            node.stop()

    @property
    def gone(self):
        return [f"{node.name} is gone: {node.server.said[-300:]}" for node in self.nodes if not node.server.runs]


class Visitor(Client):
    """A browser at an address of its own, which keeps its cookies. It always claims to come from elsewhere as well."""

    claims = itertools.count(1)

    def __init__(self, site, address, cookies=None):
        claim = next(self.claims)
        super().__init__(site.ports[claim % len(site.ports)], timeout=60)
        self.address, self.proxied, self.cookies, self.cut = address, site.proxied, dict(cookies or {}), 0
        self.claim = f"10.{claim >> 16 & 255}.{claim >> 8 & 255}.{claim & 255}"

    async def _ask(self, method, path, fields):
        if self.writer and self.reader.at_eof():
            await self.close()
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(
                "127.0.0.1", self.port, limit=1 << 22, local_addr=None if self.proxied else (self.address, 0))
        body = urllib.parse.urlencode(fields).encode() if fields is not None else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}",
                 f"X-Forwarded-For: {self.claim}" + (f", {self.address}" if self.proxied else "")]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if fields is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
                      f"Origin: http://127.0.0.1:{self.port}", "Sec-Fetch-Site: same-origin"]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await self.writer.drain()
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in filter(None, head[1:]):
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
            if name.lower() == "set-cookie":
                name, _, value = value.strip().partition(";")[0].partition("=")
                self.cookies[name] = value
                if not value:
                    del self.cookies[name]
        reply = Reply(int(head[0].split(" ")[1]), headers, await self.reader.readexactly(int(headers.get("content-length", 0))))
        if headers.get("connection", "").lower() == "close":
            await self.close()
        return reply

    async def insist(self, method, path, fields=None):
        """Asks until an answer comes: the program is being started again."""
        end = time.monotonic() + 60
        while True:
            try:
                return await self.ask(method, path, fields)
            except Cut:
                self.cut += 1
                if time.monotonic() > end:
                    raise
                await asyncio.sleep(0.05)

    async def token(self, page, action):
        reply = await self.insist("GET", page)
        token = hidden("jeton", form(reply.text, action))
        if token is None:
            raise AssertionError(f"{page}: {reply.status}, no form to {action}")
        return token

    async def send(self, page, action, fields):
        """Fills in the form of a page."""
        return await self.insist("POST", action, [("jeton", await self.token(page, action)), *fields])


class Letters:
    """What the site mailed, by recipient, oldest first."""

    def __init__(self, world):
        self.folder = os.path.join(world.folder, "letters")
        os.mkdir(self.folder)
        postman = os.path.join(world.folder, "postman")
        with open(postman, "w", encoding="utf-8") as file:
            file.write(POSTMAN.format(folder=self.folder))
        os.chmod(postman, 0o755)
        world.environment["MAILLAGE_MAIL_COMMAND"] = postman
        self.read, self.found = set(), {}

    def to(self, recipient, words):
        """The text of each that contains those words."""
        names = {name for name in os.listdir(self.folder) if name.endswith(".eml")} - self.read
        for name in sorted(names, key=lambda name: os.stat(os.path.join(self.folder, name)).st_mtime_ns):
            with open(os.path.join(self.folder, name), "rb") as file:
                letter = email.message_from_binary_file(file, policy=email.policy.default)
            self.found.setdefault(str(letter["To"]), []).append(f"{letter['Subject']}\n{letter.get_content()}")
            self.read.add(name)
        return [text for text in self.found.get(recipient, []) if words in text]

    async def after(self, count, recipient, words, patience=60):
        """The text of the first letter of the kind that comes to somebody who had so many; None when none does."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            if len(found := self.to(recipient, words)) > count:
                return found[count]
            await asyncio.sleep(0.05)
        return None


class Authenticator:
    """What an application of a telephone does with the letters it was given (RFC 6238)."""

    def __init__(self, letters):
        self.secret = base64.b32decode(letters.replace(" ", ""))
        self.last = 0

    def at(self, step):
        mark = hmac.new(self.secret, struct.pack(">Q", step), hashlib.sha1).digest()
        start = mark[-1] & 15
        return f"{(int.from_bytes(mark[start:start + 4], 'big') & 0x7FFF_FFFF) % 1_000_000:06}"

    def code(self):
        """One that was not shown before: of the present half minute, or of the next, which is taken too."""
        self.last = max(int(time.time()) // 30, self.last + 1)
        return self.at(self.last)

    def near(self):
        """Those that are right now or soon."""
        now = int(time.time()) // 30
        return {self.at(step) for step in range(now - 5, now + 20)}


class Guessing:
    """What a trial has at hand: the site, its letters, who deposits and who is guessed at."""

    def __init__(self, world, site, letters, chance, crowd, width):
        self.world, self.site, self.letters, self.chance, self.width = world, site, letters, chance, width
        self.judge, self.ledger, self.figures = Judge(), Ledger(), {}
        self.people = dict(enumerate(world.candidates[:crowd]))
        #: Who is not spoken for yet, with their place, which is in their address.
        self.others = iter(list(enumerate(world.candidates))[crowd:])
        self.over = asyncio.Event()
        self.owners, self.late = [], 0
        #: Addresses that nobody came from yet, for clients and for accounts.
        self.addresses = (f"127.{a}.{b}.{c}" for a in range(2, 255) for b in range(256) for c in range(1, 255))
        self.strangers = (f"candidat-inconnu-{number}@essai.example" for number in itertools.count(100_000))

    # Those who are not to be troubled --------------------------------------------------------------------------------------------

    async def deposit(self, place, person):
        """Deposits one version after the other from 127.0.0.1, at the pace of somebody who hurries, until the guessing is over: each is
        told by a letter, which leaves before the letters that are asked for later."""
        depositor = Depositor(self.site.ports[place % len(self.site.ports)], person, self.judge.odd)
        while not self.over.is_set():
            self.late += await deposits(depositor, self.ledger, 1)
            await asyncio.sleep(self.chance.uniform(0, 2))
        await depositor.client.close()

    async def enter_by_link(self, who, address):
        """The owner asks for a letter and signs in by its link, in one browser."""
        start = time.monotonic()
        visitor = Visitor(self.site, address)
        letter = await self.ask_for_letter(visitor, who)
        if letter is None:
            return
        path = re.search(LINK + r"[\w-]{43}", letter).group()
        reply = await visitor.send(path, path, [])
        account = await visitor.insist("GET", ACCOUNT)
        await visitor.close()
        if reply.status != 303 or account.status != 200 or who not in account.text:
            self.judge.odd.append(f"the owner of {who} could not sign in by a link: {reply.status}, then {account.status}")
        self.owners.append(time.monotonic() - start)

    async def ask_for_letter(self, visitor, who):
        """What the letter says; None when the site refuses to send one, or none came, which is a fault."""
        before = len(self.letters.to(who, LINK))
        if await self.ask(visitor, SIGN_IN, [("email", who)], [("letters to the address", who),
                                                               *networks("letters asked for", visitor.address)]) != "compared":
            self.judge.odd.append(f"no letter to {who}: the site refuses")
            return None
        letter = await self.letters.after(before, who, LINK)
        if letter is None:
            self.judge.odd.append(f"no letter to {who}: none came")
        return letter

    # One try ---------------------------------------------------------------------------------------------------------------------

    async def ask(self, visitor, action, fields, tolls, token=None):
        """`compared`, `opened` or `held`, as the site says. A try that was cut is tried again, and counts once at least."""
        token = token or await visitor.token(SIGN_IN if action == PASSWORD else action, action)
        self.judge.begin(tolls)
        cut = visitor.cut
        reply = visitor.reply = await visitor.insist("POST", action, [("jeton", token), *fields])
        self.judge.cut += visitor.cut > cut
        words = html.unescape(reply.text)
        if reply.status in (422, 429) and HELD[action] in words:
            self.judge.held += 1
            return "held"
        if reply.status == 303 and (action == SIGN_IN or reply.headers["location"] != SIGN_IN):
            self.judge.note(tolls)
            return "compared" if action == SIGN_IN else "opened"
        if reply.status == 422 and action in COMPARED and COMPARED[action] in words:
            self.judge.note(tolls)
            return "compared"
        words = re.sub(r"(<[^>]*>|\s)+", " ", words[words.find("<main"):])
        self.judge.odd.append(f"{action} answered {reply.status}: {words[:300]}")
        return "odd"

    async def password(self, visitor, who, word, token=None):
        """An address may be written in several ways and is one."""
        written = "".join(letter.upper() if self.chance.random() < 0.3 else letter for letter in who)
        return await self.ask(visitor, PASSWORD, [("adresse", written), ("mot_de_passe", word)], [
            ("passwords of the account", who), *networks("passwords", visitor.address)], token)

    async def password_from(self, address, who, word):
        visitor = Visitor(self.site, address)
        said = await self.password(visitor, who, word)
        await visitor.close()
        return said, visitor

    # Many tries ------------------------------------------------------------------------------------------------------------------

    async def many(self, count, guess, *beside):
        """So many guesses, several at once, and as long as what happens beside lasts, which is told when half of them, and one of each
        worker, were answered. `guess` is given the place of the worker. How often each answer came."""
        said, answered, half = {}, set(), asyncio.Event()
        others = [asyncio.create_task(work(half)) for work in beside]
        begun = 0

        async def worker(place):
            nonlocal begun
            while begun < count or not all(other.done() for other in others):
                begun += 1
                answer = await guess(place)
                said[answer] = said.get(answer, 0) + 1
                answered.add(place)
                if len(answered) == self.width and sum(said.values()) >= count // 2:
                    half.set()
                if begun > count:
                    # What is beside goes on, under guesses that are no longer counted.
                    await asyncio.sleep(0.01)

        await asyncio.gather(*(worker(place) for place in range(self.width)))
        await asyncio.gather(*others)
        return said

    async def strike(self, half):
        await half.wait()
        await asyncio.to_thread(self.site.strike)

    async def passwords(self, name, count, targets, addresses, *beside):
        """Guesses passwords; `targets` and `addresses` never end. A worker keeps its line as long as its address is the same."""
        visitors, token = {}, await Visitor(self.site, "127.0.0.1").token(SIGN_IN, PASSWORD)

        async def guess(place):
            address, (who, word) = next(addresses), next(targets)
            visitor = visitors.get(place)
            if visitor is None or visitor.address != address:
                if visitor:
                    await visitor.close()
                visitor = visitors[place] = Visitor(self.site, address)
            return await self.password(visitor, who, word, token)

        said = await self.many(count, guess, *beside)
        for visitor in visitors.values():
            await visitor.close()
        self.figures[name] = f"{said.get('compared', 0)} compared of {sum(said.values())}"
        if said.get("opened"):
            self.judge.odd.append(f"guessed: {name}: {said['opened']} wrong passwords opened a session")
        return said

    async def last(self, name, wrong, right):
        """Right after a refusal, and before the moment that it names, somebody types what is right."""
        for _ in range(100):
            start = time.monotonic()
            said, visitor = await wrong()
            if said != "held":
                continue
            wait = int(visitor.reply.headers["retry-after"])
            said, _ = await right()
            if said == "held":
                return
            # What is shorter than a second is said to be one.
            if said == "opened" and wait > 1 and time.monotonic() - start < wait:
                self.judge.odd.append(f"guessed: {name}: the right one opened a session, {wait} s before the site said that it would")
                return
        self.judge.odd.append(f"{name}: nothing was refused")

    # Who is guessed at -----------------------------------------------------------------------------------------------------------

    def someone(self):
        """An account that nobody else uses: its address, and a browser where it is signed in."""
        place, person = next(self.others)
        return f"candidat-essai-{place}@essai.example", Visitor(self.site, next(self.addresses), {"session": person.session})

    def word(self):
        return "".join(self.chance.choices("abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789", k=20))

    async def with_password(self):
        """Somebody whose password is known to be right: it opened a session. Their address, their password, their browser."""
        who, browser = self.someone()
        word = self.word()
        reply = await browser.send(ACCOUNT, f"{ACCOUNT}/mot-de-passe", [("mot_de_passe", word)])
        said, _ = await self.password_from(next(self.addresses), who, word)
        if reply.status != 303 or said != "opened":
            raise AssertionError(f"{who} could not choose a password: {reply.status}, {said}")
        return who, word, browser

    # The trial -------------------------------------------------------------------------------------------------------------------

    async def one_account(self, name, tries, addresses):
        """So many passwords of one account. Its owner, at the guesser's address, signs in by a link meanwhile, before and after the
        program is killed."""
        who, right, browser = await self.with_password()
        await browser.close()

        async def owner(half):
            await self.enter_by_link(who, "127.0.0.1")
            await self.strike(half)
            await self.enter_by_link(who, "127.0.0.1")

        said = await self.passwords(name, tries, ((who, self.word()) for _ in itertools.count()), addresses, owner)
        if said.get("compared", 0) < LIMITS["passwords of the account"][0] - 1 or not said.get("held"):
            self.judge.odd.append(f"{name}: too few were compared or refused to say anything: {said}")
        address = next(self.addresses)
        await self.last(name, lambda: self.password_from(address, who, self.word()), lambda: self.password_from(address, who, right))

    async def one_password(self, name, accounts, addresses, bounded):
        """One password on so many accounts, the last of whose it is. `bounded`: whether a limit says that it is refused there."""
        who, right, browser = await self.with_password()
        await browser.close()
        known = [f"candidat-essai-{place}@essai.example" for place in range(len(self.world.candidates))]
        targets = [person for person in known if person != who][:accounts]
        targets += itertools.islice(self.strangers, accounts - len(targets))
        await self.passwords(name, accounts, ((person, right) for person in itertools.cycle(targets)), addresses,
                             *([self.strike] if bounded else []))
        if not bounded:
            return
        address = next(addresses)
        await self.last(name, lambda: self.password_from(address, next(self.strangers), right),
                        lambda: self.password_from(address, who, right))

    async def codes(self, tries):
        """The codes of three letters, each in a browser and from an address of its own, then the right one of each; at last the owner
        signs in by the link of a fourth."""
        who, browser = self.someone()
        await browser.close()
        compared = 0
        for number in range(3):
            visitor = Visitor(self.site, next(self.addresses))
            letter = await self.ask_for_letter(visitor, who)
            if letter is None:
                return who
            right = "".join(re.search(r":\s(\d{3})\s(\d{3})", letter).groups())
            tolls = [("codes of the letter", f"{who}, {number + 1}"), ("wrong codes of the account", who)]
            token = await visitor.token(CODE, CODE)
            lines = [Visitor(self.site, visitor.address, visitor.cookies) for _ in range(self.width)]

            async def guess(place, lines=lines, right=right, tolls=tolls, token=token):
                code = right
                while code == right:
                    code = f"{self.chance.randrange(1_000_000):06}"
                return await self.ask(lines[place], CODE, [("code", code)], tolls, token)

            said = await self.many(tries // 3, guess, *([self.strike] if number == 1 else []))
            compared += said.get("compared", 0)
            # Were it taken, it would be one too many.
            await self.ask(visitor, CODE, [("code", right)], tolls, token)
            for line in (visitor, *lines):
                await line.close()
        self.figures["codes_of_letters"] = f"{compared} compared of {tries // 3 * 3}"
        if compared < LIMITS["wrong codes of the account"][0]:
            self.judge.odd.append(f"codes: {compared} were compared, too few to say anything")
        await self.enter_by_link(who, "127.0.0.1")
        return who

    async def flood(self, who):
        """Somebody asks for letters to an address for as long as the site sends any, then its owner asks for theirs."""
        for _ in range(100):
            visitor = Visitor(self.site, next(self.addresses))
            said = await self.ask(visitor, SIGN_IN, [("email", who)], [("letters to the address", who)])
            await visitor.close()
            if said != "compared":
                break
        await self.enter_by_link(who, "127.0.0.1")

    async def second_factor(self, tries):
        """The second factor of somebody whose password is known, in two browsers; then a code that is right, and a recovery code."""
        who, word, browser = await self.with_password()
        await browser.send(FACTOR, f"{FACTOR}/debut", [])
        page = (await browser.insist("GET", FACTOR)).text
        telephone = Authenticator(re.search(r'class="secret-letters">([A-Z2-7 ]+)<', page).group(1))
        reply = await browser.send(FACTOR, FACTOR, [("code", telephone.code())])
        recovery = re.findall(r"<li><code>([^<]+)</code>", reply.text)
        if len(recovery) != 10:
            raise AssertionError(f"{who} could not choose a second factor: {reply.status}")
        await browser.close()
        tolls = [("second factors of the account", who), ("second factors of the account in a day", who)]
        lines = []
        for _ in range(3):
            said, visitor = await self.password_from(next(self.addresses), who, word)
            if said != "opened" or visitor.reply.headers["location"] != SECOND:
                raise AssertionError(f"{who} is not at the second step: {said}")
            lines.append(visitor)
        # What is right opens, before anybody guesses.
        if await self.ask(lines[2], SECOND, [("code_secours", recovery[0])], []) != "opened":
            self.judge.odd.append(f"{who}: a recovery code does not open")
        token = await lines[0].token(SECOND, SECOND)
        guessers = [Visitor(self.site, visitor.address, visitor.cookies) for visitor, _ in zip(
            itertools.cycle(lines[:2]), range(self.width), strict=False)]

        async def guess(place):
            code, near = "", telephone.near() | {""}
            while code in near:
                code = f"{self.chance.randrange(1_000_000):06}"
            field = ("code", code) if place % 4 else ("code_secours", "-".join(["ABCD"] * 3 + [f"{self.word():.4}"]))
            return await self.ask(guessers[place], SECOND, [field], tolls, token)

        async def owner(half):
            # A letter whose program is killed while it leaves is sent again after two minutes.
            if await self.letters.after(0, who, "Des codes faux ont été tapés") is None:
                self.judge.odd.append(f"{who} was not told that their second factor is guessed")
            await self.strike(half)

        said = await self.many(tries, guess, owner)
        self.figures["second_factors"] = f"{said.get('compared', 0)} compared of {sum(said.values())}"
        if said.get("compared", 0) < LIMITS["second factors of the account"][0]:
            self.judge.odd.append(f"second factors: too few were compared to say anything: {said}")
        for field in (("code", telephone.code()), ("code_secours", recovery[1])):
            # One is looked at every three minutes: it is a wrong one, if its time has come. Were the right one taken, it would be one
            # too many.
            for _ in range(100):
                if await guess(1) == "held":
                    break
            await self.ask(lines[0], SECOND, [field], tolls, token)
        for line in (*lines, *guessers):
            await line.close()

    async def subscriber(self, tries):
        """IPv6: somebody who holds a network of 64 bits, then one of 48."""
        for name, addresses, count in (
                ("one_network_of_64_bits", (f"2001:db8:64::{place:x}" for place in itertools.count(1)), min(tries, 80)),
                ("one_network_of_48_bits", (f"2001:db8:48:{place % 65_536:x}::1" for place in itertools.count(1)), tries)):
            bound = LIMITS["passwords from the address" if "64" in name else "passwords from the /48"][0]
            if count > bound:
                await self.one_password(name, count, addresses, True)

    # Who exists ------------------------------------------------------------------------------------------------------------------

    async def alike(self, spans):
        """Accounts with a password, without one and unknown addresses are answered alike, to those who ask once and to those who ask too
        often: status, headers and page. With `spans`, in the same time as well: so many are measured."""
        with_password, browser = (await self.with_password())[::2]
        await browser.close()
        without, browser = self.someone()
        await browser.close()
        kinds = {"with a password": with_password, "without a password": without, "unknown": next(self.strangers)}
        seen = {}
        for kind, who in kinds.items():
            seen[kind] = []
            for action, field, times in ((PASSWORD, "adresse", 13), (SIGN_IN, "email", 7)):
                pages = []
                for _ in range(times):
                    visitor = Visitor(self.site, next(self.addresses))
                    fields = [(field, who)] + ([("mot_de_passe", "celui-ci ne l'est pas")] if action == PASSWORD else [])
                    reply = await visitor.send(SIGN_IN, action, fields)
                    page = plain(reply, who)
                    if page not in pages:
                        pages.append(page)
                    if action == SIGN_IN and len(pages) == 1:
                        pages.append(plain(await visitor.insist("GET", CODE), who))
                        pages.append(plain(await visitor.send(CODE, CODE, [("code", "123456")]), who))
                    await visitor.close()
                seen[kind] += [(action, page) for page in pages]
        for kind, pages in seen.items():
            if {status for _, (status, _, _) in pages} != {200, 303, 422, 429}:
                self.judge.odd.append(f"{kind}: only {sorted({status for _, (status, _, _) in pages})} were seen")
            for one, other in itertools.zip_longest(pages, seen["unknown"]):
                if one != other:
                    self.judge.odd.append(f"told apart: an account {kind} is answered {difference(one, other)}")
        if spans:
            await self.as_long(spans)

    async def as_long(self, count):
        """The medians of what one asks takes, one after the other, in turn for each kind of account: within a quarter and 5 ms."""
        # Four letters and six passwords to each, beside one or two tries of other parts of the trial: none is held up.
        size = math.ceil(count / 6)
        kinds = {"with_password": [(await self.with_password())[0] for _ in range(size)],
                 "without_password": [self.someone()[0] for _ in range(size)],
                 "unknown": list(itertools.islice(self.strangers, size))}
        token = {action: await Visitor(self.site, "127.0.0.1").token(SIGN_IN, action) for action in (PASSWORD, SIGN_IN)}
        for action, field, rounds in ((PASSWORD, "adresse", 6), (SIGN_IN, "email", 4)):
            spans = {kind: [] for kind in kinds}
            for _, place in itertools.product(range(rounds), range(size)):
                for kind in self.chance.sample(list(kinds), len(kinds)):
                    visitor = Visitor(self.site, next(self.addresses))
                    await visitor.insist("GET", "/healthz")
                    fields = [("jeton", token[action]), (field, kinds[kind][place])]
                    start = time.monotonic()
                    reply = await visitor.ask("POST", action, fields + [("mot_de_passe", "celui-ci non plus")])
                    spans[kind].append(time.monotonic() - start)
                    await visitor.close()
                    if reply.status not in (303, 422):
                        self.judge.odd.append(f"{action}: {kind} was answered {reply.status} while it was measured")
            medians = {kind: statistics.median(values) for kind, values in spans.items()}
            name = "password" if action == PASSWORD else "letter"
            self.figures[f"{name}_p50_with_without_unknown"] = "/".join(f"{value * 1000:.1f}" for value in medians.values()) + " ms"
            low, high = min(medians.values()), max(medians.values())
            if high > low * 1.25 + 0.005:
                self.judge.odd.append(f"told apart: {name}: medians of {medians}")


#: Headers that differ from one answer to the next, or follow from the page.
VARIABLE = {"date", "retry-after", "set-cookie", "content-length", "etag", "x-request-id"}


def plain(reply, who):
    """An answer without what changes each time it is given: moments, secrets, and the address that was typed."""
    headers = {name: value for name, value in reply.headers.items() if name not in VARIABLE}
    headers["set-cookie"] = reply.headers.get("set-cookie", "").partition("=")[0]
    text = re.sub(r'(name="jeton" value=")[^"]*', r"\1", html.unescape(reply.text).replace(who, "?"))
    return reply.status, headers, re.sub(r"dans \d+ minutes?", "dans n minutes", text)


def difference(one, other):
    """In short, how an answer is not another."""
    if one is None or other is None or one[:1] != other[:1] or one[1][0] != other[1][0]:
        return f"{one and (one[0], one[1][0])}, an unknown address {other and (other[0], other[1][0])}"
    lines = [page[1][2].split("\n") for page in (one, other)]
    return f"{one[0]} {one[1][0]}: {set(one[1][1].items()) ^ set(other[1][1].items())} {set(lines[0]) ^ set(lines[1])}"[:400]


async def _guess(guessing, tries, accounts, addresses, spans, floods):
    """All of it, in one loop."""
    crowd = [asyncio.create_task(guessing.deposit(*person)) for person in guessing.people.items()]
    many = list(itertools.islice(guessing.addresses, addresses))
    here = itertools.repeat("127.0.0.1")
    try:
        await guessing.one_account("one_account_from_one_address", tries, here)
        await guessing.one_account("one_account_from_many", tries, itertools.cycle(many))
        await guessing.one_password("one_password_from_one_address", accounts, here, True)
        # From here on 127.0.0.1 may try no password; those who deposit are there too.
        already = len(guessing.ledger.acknowledged)
        await guessing.one_password("one_password_from_many", accounts, itertools.cycle(many), False)
        who = await guessing.codes(tries)
        if floods:
            await guessing.flood(who)
        await guessing.second_factor(tries)
    finally:
        guessing.over.set()
        await asyncio.gather(*crowd)
    if len(guessing.ledger.acknowledged) - already < len(crowd):
        guessing.judge.odd.append("nearly nobody deposited from the address of whoever may guess no more")
    await guessing.alike(spans)
    await asyncio.to_thread(guessing.site.trust)
    await guessing.subscriber(accounts)


def _tried(name, world, site, tries, accounts, addresses, people, spans, floods, seed, sample):
    start = time.monotonic()
    letters = Letters(world)
    try:
        site.start()
        guessing = Guessing(world, site, letters, random.Random(seed), people, 16)
        asyncio.run(_guess(guessing, tries, accounts, addresses, spans, floods))
        gone = site.gone
    finally:
        site.stop()
    judge, ledger = guessing.judge, guessing.ledger
    if guessing.late:
        judge.odd.append(f"{guessing.late} deposits were not acknowledged")
    faults = judge.faults + gone + ledger.faults(world, sample)
    world.run("check", "--data", world.data)
    spent = [span for attempt in ledger.acknowledged for span in attempt.spans]
    return Verdict(
        name, faults, tried=judge.asked, refused=judge.held, cut=judge.cut, restarts=site.strikes, **guessing.figures,
        owners_signed_in_by_link=len(guessing.owners), slowest=f"{max(guessing.owners, default=0):.1f} s",
        deposits_meanwhile=len(ledger.acknowledged), deposit_p99=f"{share(spent, 0.99)} ms", seed=seed,
        seconds=round(time.monotonic() - start))


def guesses(tries=40, accounts=60, addresses=30, known=18, people=6, spans=0, floods=False, sample=20, seed=1, forgets=False):
    """S-13, on SQLite: so many passwords of one account, and one password on so many accounts, from one address and from so many; as many
    codes of letters and second factors. `known`: how many accounts there are; `people`: who of them deposits meanwhile; `spans`: how many
    answers are measured of each kind of account. With `floods`, whoever asks for all the letters that an address may have must not keep
    its owner from theirs.

    The control (`forgets`) loses at each start what was counted, as a program does that keeps it in memory."""
    with World(known) as world:
        return _tried(
            "S-13 guesses", world, Alone(world, forgets), tries, accounts, addresses, people, spans, floods, seed, sample)


def guesses_on_nodes(tries=40, accounts=60, addresses=30, known=18, people=4, spans=0, floods=False, sample=20, seed=1, forgets=False):
    """S-13, on two nodes of one PostgreSQL, which are asked in turn and killed in turn."""
    if not shutil.which("psql") or not os.path.exists(os.path.join(BIN, "initdb")):
        raise Skipped("PostgreSQL 15 is not installed")
    cluster = Cluster()
    try:
        cluster.start()
        with PostgresWorld(known, cluster) as world:
            return _tried(
                "S-13, two nodes", world, Nodes(world, cluster, forgets), tries, accounts, addresses, people, spans, floods, seed, sample)
    finally:
        cluster.remove()
