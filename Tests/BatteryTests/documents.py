"""What a browser with scripts sends beside plain forms: documents, and answers while one types. What was acknowledged of them is judged
here too."""

import asyncio
import hashlib
import json
import os
import time
import urllib.parse

from client import Cut, Depositor, form, hidden
from program import Candidate, World

#: The question of the trial's form that asks for a document.
QUESTION = "piece"


class Applicant(Candidate):
    """A candidate who attaches documents; the draft lacks one until the first is attached."""

    def __init__(self, line):
        super().__init__(line)
        #: SHA-256 of each document that was acknowledged, the one that the draft holds last.
        self.documents = []
        self.autosaves = 0


class DocumentWorld(World):
    """A call that asks for a document, and its candidates, who have attached none."""

    def fill(self, count, closes):
        made = self.run("bench", "candidates", str(count), "--closes", str(closes), "--asks-file", "--data", self.data)
        return [Applicant(line) for line in made.splitlines()]


def document(size):
    """A PDF of so many bytes that nobody sent before."""
    start, end = b"%PDF-1.4\n", b"\n%%EOF\n"
    return start + os.urandom(size - len(start) - len(end)) + end


async def exchange(port, session, path, headers, body, timeout):
    """Sends on a connection of its own: status and body of the answer. `Cut` when nobody knows."""
    lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Cookie: session={session}", f"Origin: http://127.0.0.1:{port}",
             "Sec-Fetch-Site: same-origin", "Connection: close", f"Content-Length: {len(body)}", *headers]
    writer = None
    try:
        async with asyncio.timeout(timeout):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
            writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
            head = await reader.readuntil(b"\r\n\r\n")
            return int(head.split(b" ")[1]), await reader.read()
    except (OSError, EOFError, TimeoutError, ValueError, IndexError) as error:
        raise Cut(f"POST {path}: {error!r}") from None
    finally:
        if writer:
            writer.close()


class Writer(Depositor):
    """A candidate whose browser saves each answer while it is typed, and who attaches documents."""

    async def post(self, kind, path, headers, body):
        start = time.monotonic()
        status, answer = await exchange(self.client.port, self.client.session, path, headers, body, self.client.timeout)
        self.spans.setdefault(kind, []).append(time.monotonic() - start)
        if status in (400, 408):
            raise Cut(f"{kind}: {status}")
        return status, answer

    async def autosave(self):
        """Writes another summary as the page's script does; the text, None when it was not taken."""
        person, action = self.candidate, f"{self.path}/dossier/{self.SECTION}"
        token = await self.token(action, action)
        person.saves += 1
        content = f"Version {person.saves} de {person.candidacy}"
        body = urllib.parse.urlencode([("jeton", token), ("version", str(person.version)), ("resume_1", content)]).encode()
        headers = ["Content-Type: application/x-www-form-urlencoded", "Accept: application/json", "X-Maillage-Part: saisie"]
        try:
            status, answer = await self.post("autosave", action, headers, body)
            # Its text may be there already, from a save whose answer never came.
            if self.is_doubtful and status == 409:
                raise Cut(f"autosave: {status}")
            data = json.loads(answer) if status == 200 else None
        except (Cut, ValueError) as error:
            self.is_doubtful = True
            raise Cut(f"autosave: {error}") from None
        if data is None or data["state"] != "saved" or data["version"] <= person.version:
            self.odd.append(f"autosave {person.candidacy} at {person.version}: {status}, {answer[:100]}")
            return None
        person.version = data["version"]
        person.autosaves += 1
        self.is_doubtful = False
        return content

    async def attach(self, size):
        """Sends a document of so many bytes, in the place of the one that is there. The status; a document that was acknowledged and
        is not on the page is lost."""
        person, page, action = self.candidate, f"{self.path}/pieces", f"{self.path}/pieces/{QUESTION}"
        reply = await self.ask("page", "GET", page)
        part = form(reply.text, action)
        token, replaced = hidden("jeton", part), hidden("remplace", part)
        if token is None:
            raise Cut(f"{page}: {reply.status}, no form to {action}")
        if person.documents and replaced is None:
            self.odd.append(f"lost: {page} shows no document, {person.documents[-1][:12]} was acknowledged")
        data = document(size)
        limit = os.urandom(12).hex()
        start = f"--{limit}\r\nContent-Disposition: form-data; name="
        fields = [("jeton", token)] + ([("remplace", replaced)] if replaced else [])
        head = "".join(f'{start}"{name}"\r\n\r\n{value}\r\n' for name, value in fields)
        head += f'{start}"{QUESTION}"; filename="piece.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        body = head.encode() + data + f"\r\n--{limit}--\r\n".encode()
        status, _ = await self.post("upload", action, [f"Content-Type: multipart/form-data; boundary={limit}"], body)
        if status == 303:
            person.documents.append(hashlib.sha256(data).hexdigest())
            person.version += 1
        return status


def path_of(world, digest):
    """Where the bytes of a document lie."""
    return os.path.join(world.data, "vault", digest[:2], digest[2:4], digest)


def altered(world, digests):
    """Of acknowledged documents, those whose bytes are not there as they were sent."""
    faults = []
    for digest in digests:
        try:
            with open(path_of(world, digest), "rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    faults.append(f"lost: document {digest[:12]}: other bytes")
        except FileNotFoundError:
            faults.append(f"lost: document {digest[:12]}: no bytes")
    return faults


def lost_documents(world, people):
    """Of all that people were told is attached, what the database does not name once or the vault does not hold. The server stopped."""
    named = {}
    for digest, in world.query("SELECT digest FROM candidacy_file"):
        named[digest] = named.get(digest, 0) + 1
    digests = [digest for person in people for digest in person.documents]
    return [f"lost: document {digest[:12]}: {named.get(digest, 0)} rows" for digest in digests if named.get(digest) != 1] \
        + altered(world, digests)
