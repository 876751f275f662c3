"""A small HTTP client that does as a browser without scripts, one request at a time on a kept connection."""

import asyncio
import html
import re
import time
import urllib.parse


class Cut(Exception):
    """No whole answer came: what was asked may have been done or not."""


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode(errors="replace")


class Client:
    def __init__(self, port, session=None, timeout=30):
        self.port, self.session, self.timeout = port, session, timeout
        self.reader = self.writer = None

    async def close(self):
        if self.writer:
            self.writer.close()
            self.reader = self.writer = None

    async def ask(self, method, path, fields=None):
        """The answer; `Cut` when there is none. Nothing is ever sent twice by itself."""
        try:
            async with asyncio.timeout(self.timeout):
                return await self._ask(method, path, fields)
        except (OSError, EOFError, asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
            await self.close()
            raise Cut(f"{method} {path}: {error!r}") from None
        except asyncio.CancelledError:
            await self.close()
            raise

    async def _ask(self, method, path, fields):
        # The server closed it while nobody spoke: that says nothing of what is asked now.
        if self.writer and self.reader.at_eof():
            await self.close()
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 22)
        body = urllib.parse.urlencode(fields).encode() if fields is not None else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if self.session:
            lines.append(f"Cookie: session={self.session}")
        if fields is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
                      f"Origin: http://127.0.0.1:{self.port}", "Sec-Fetch-Site: same-origin"]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await self.writer.drain()
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ")[1])
        headers = {}
        for line in head[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int((await self.reader.readline()).split(b";")[0], 16):
                body += await self.reader.readexactly(size)
                await self.reader.readexactly(2)
            await self.reader.readline()
        else:
            body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection", "").lower() == "close":
            await self.close()
        return Reply(status, headers, body)


class Attempt:
    """One deposit, under one key for ever."""

    def __init__(self, candidate, version, key, content):
        self.candidate, self.version, self.key, self.content = candidate, version, key, content
        self.acknowledged = 0
        #: Seconds that each answer took.
        self.spans = []


def hidden(name, text):
    found = re.search(f'name="{name}" value="([^"]*)"', text)
    return html.unescape(found.group(1)) if found else None


def form(text, action):
    """The part of a page that is the form which goes to a path."""
    start = text.find(f'action="{action}"')
    return text[start:text.find("</form>", start)] if start >= 0 else ""


class Depositor:
    """A candidate at a keyboard: writes a section, reads the check page, deposits, and asks again when nothing came."""

    SECTION = "partie_1"

    def __init__(self, port, candidate, odd, timeout=30):
        self.client = Client(port, candidate.session, timeout)
        self.candidate, self.odd = candidate, odd
        self.path = f"/candidatures/{candidate.candidacy}"
        #: Seconds of each answer, by kind.
        self.spans = {}
        #: A save whose answer never came may have been kept, at once or later: the next one may then meet its own text.
        self.is_doubtful = False

    async def ask(self, kind, method, path, fields=None):
        start = time.monotonic()
        reply = await self.client.ask(method, path, fields)
        self.spans.setdefault(kind, []).append(time.monotonic() - start)
        if reply.status >= 500 and kind != "tolerated":
            self.odd.append(f"{method} {path}: {reply.status}")
        return reply

    async def token(self, page, action):
        """A form's token serves for the same form again."""
        tokens = self.candidate.tokens
        if action not in tokens:
            reply = await self.ask("page", "GET", page)
            tokens[action] = hidden("jeton", form(reply.text, action))
            if tokens[action] is None:
                raise Cut(f"{page}: {reply.status}, no form to {action}")
        return tokens[action]

    async def save(self):
        """Writes another summary; the draft's version follows."""
        person, action = self.candidate, f"{self.path}/dossier/{self.SECTION}"
        token = await self.token(action, action)
        person.saves += 1
        content = f"Version {person.saves} de {person.candidacy}"
        try:
            reply = await self.ask("save", "POST", action, [
                ("jeton", token), ("version", str(person.version)), ("titre_1", "Titre"), ("resume_1", content),
                ("prevu_1", "non"), ("montant_1", str(1_000 + person.saves)), ("courriel_1", "")])
            if reply.status in (400, 408) or self.is_doubtful and reply.status == 409:
                raise Cut(f"save: {reply.status}")
        except Cut:
            self.is_doubtful = True
            raise
        if reply.status != 303:
            self.odd.append(f"save {person.candidacy} at {person.version}: {reply.status}")
            return None
        person.version += 1
        self.is_doubtful = False
        return content

    async def check(self, content):
        """The key of the check page, for a deposit of the draft as it is."""
        reply = await self.ask("check", "GET", f"{self.path}/verification")
        part = form(reply.text, f"{self.path}/depot")
        key, version = hidden("cle_depot", part), hidden("version", part)
        if key is None:
            return None
        self.candidate.version = int(version)
        self.candidate.tokens[f"{self.path}/depot"] = hidden("jeton", part)
        return Attempt(self.candidate, int(version), key, content)

    def fields(self, attempt, version=None):
        """The final act's form."""
        return [("jeton", self.candidate.tokens[f"{self.path}/depot"]), ("cle_depot", attempt.key),
                ("version", str(version or attempt.version))]

    async def send(self, attempt, version=None):
        """Asks for the deposit, once. Whether it is acknowledged; `Cut` when nobody knows."""
        start = time.monotonic()
        reply = await self.ask("deposit", "POST", f"{self.path}/depot", self.fields(attempt, version))
        if reply.status == 303 and reply.headers.get("location", "").endswith("/recepisse"):
            attempt.acknowledged += 1
            attempt.spans.append(time.monotonic() - start)
            return True
        if reply.status in (400, 408):
            # The site had half of the request: a line that was cut, seen from the other side.
            raise Cut(f"deposit: {reply.status}")
        attempt.refusal = reply
        return False
