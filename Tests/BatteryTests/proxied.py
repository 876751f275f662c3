"""S-17 behind nginx, set as packaging/examples/nginx.conf says: whatever is sent, never two answers to one request, and the site is
asked for nothing else than what was asked of nginx."""

import asyncio
import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import time

from cluster import free_ports
from program import ROOT, World
from trials import Skipped, Verdict

EXAMPLE = os.path.join(ROOT, "packaging", "examples", "nginx.conf")
NAME = "lieux.exemple.fr"
HOST = f"Host: {NAME}\r\n"
#: What is asked, what hides in a body or a header and is asked by nobody, and what follows each shape on its connection.
GET = "GET /demande HTTP/1.1\r\n"
POST = f"POST /demande HTTP/1.1\r\n{HOST}"
CHUNKED = f"{POST}Transfer-Encoding: chunked\r\n\r\n"
PAGE = f"{GET}{HOST}\r\n"
HIDDEN = f"GET /cachee HTTP/1.1\r\n{HOST}\r\n"
NEXT = f"GET /suite HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n".encode()
#: The end of a chunked body, then what hides behind it.
BEHIND = f"0\r\n\r\n{HIDDEN}"
#: What is asked on a connection of its own, after one that said nothing more: nginx has then looked at all of that one.
SENTRY = f"GET /sentinelle HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n".encode()
#: Seconds of silence after which nothing more is awaited, where an answer is due.
PATIENCE = 60.0

CLEAR, EITHER, BROKEN, REFUSED = "clear", "either", "broken", "refused"


class Shape:
    """Bytes, and what RFC 9112 lets a reader make of them: the requests `asked`, as `GET /path`, in order, which the site may see;
    and by its `kind`, what becomes of the request that follows.

    CLEAR    the request that follows is answered after those of the shape
    EITHER   so it may be; a reader who refuses the shape instead is right too
    BROKEN   the shape never ends well: what follows it is no request
    REFUSED  the same, and the site sees nothing of its last request; one answer says so
    `first`  the statuses of the first answer; empty for any"""

    def __init__(self, name, sent, asked=("GET /demande",), kind=CLEAR, first=()):
        self.name, self.asked, self.kind, self.first = name, list(asked), kind, set(first)
        self.sent = sent if isinstance(sent, bytes) else sent.encode("latin-1")

    @property
    def seen(self):
        """What the site may see, in order."""
        return self.asked + (["GET /suite"] if self.kind in (CLEAR, EITHER) else [])

    @property
    def most(self):
        """How many answers may come."""
        return len(self.asked) + (self.kind != BROKEN)

    @property
    def methods(self):
        """Those of the requests that are answered, in order."""
        return [one.split(" ")[0] for one in self.asked] + ["GET"]


def refused(name, sent, first=(400,), asked=()):
    return Shape(name, sent, asked, REFUSED, first)


def posted(name, sent, kind=CLEAR, first=()):
    return Shape(name, sent, ("POST /demande",), kind, first)


def length(value):
    return f"{POST}Content-Length:{value}\r\n\r\n"


def hosts():
    return [
        refused("no Host", f"{GET}\r\n"),
        refused("two equal Hosts", f"{GET}{HOST}{HOST}\r\n"),
        refused("two different Hosts", f"{GET}{HOST}Host: autre.test\r\n\r\n"),
        refused("two Hosts in different cases", f"{GET}{HOST}HOST: autre.test\r\n\r\n"),
        refused("two Hosts, one of them empty", f"{GET}Host:\r\n{HOST}\r\n"),
        refused("absolute form and two Hosts", f"GET http://{NAME}/demande HTTP/1.1\r\n{HOST}{HOST}\r\n"),
        refused("space before the colon of Host", f"{GET}Host : {NAME}\r\n\r\n"),
        refused("Host on a second line", f"{GET}Host:\r\n {NAME}\r\n\r\n"),
        refused("NUL in Host", f"{GET}Host: {NAME}\0.test\r\n\r\n"),
        Shape("Host with a space", f"{GET}Host: a b\r\n\r\n", kind=EITHER, first=(400,)),
        Shape("Host with a path", f"{GET}Host: a/b\r\n\r\n", kind=EITHER, first=(400,)),
        Shape("Host with a person", f"{GET}Host: a@b\r\n\r\n", kind=EITHER, first=(400,)),
        Shape("list of Hosts", f"{GET}Host: {NAME}, autre.test\r\n\r\n", kind=EITHER, first=(400,)),
        Shape("empty Host", f"{GET}Host:\r\n\r\n", kind=EITHER, first=(400,)),
        Shape("Host of 300 bytes", f"{GET}Host: {'a' * 300}\r\n\r\n", kind=EITHER, first=(400, 421)),
        Shape("Host of another site", f"{GET}Host: autre.test\r\n\r\n", first=(421,)),
        Shape("Host with its port", f"{GET}Host: {NAME}:80\r\n\r\n"),
        Shape("no Host in HTTP/1.0", "GET /demande HTTP/1.0\r\n\r\n", kind=BROKEN),
    ]


def codings():
    def coded(name, *lines, first=(400, 501)):
        return refused(name, POST + "".join(f"{line}\r\n" for line in lines) + f"\r\n{BEHIND}", first)

    whole, hidden = f"Content-Length: {len(BEHIND)}", f"Content-Length: {len(HIDDEN)}"
    return [
        coded("length and coding", whole, "Transfer-Encoding: chunked"),
        coded("coding and length", "Transfer-Encoding: chunked", whole),
        coded("coding in capitals and length", "TRANSFER-ENCODING: Chunked", whole),
        coded("length of the coded part and coding", "Content-Length: 5", "Transfer-Encoding: chunked"),
        coded("length, coding and length", whole, "Transfer-Encoding: chunked", "Content-Length: 5"),
        coded("identity and length", "Transfer-Encoding: identity", whole),
        coded("unknown coding and length", "Transfer-Encoding: xchunked", whole),
        coded("unknown coding", "Transfer-Encoding: gzip"),
        coded("chunked not last", "Transfer-Encoding: chunked, gzip"),
        coded("chunked after gzip", "Transfer-Encoding: gzip, chunked"),
        coded("chunked in a list with nothing", "Transfer-Encoding: , chunked"),
        coded("chunked twice", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
        coded("chunked then identity", "Transfer-Encoding: chunked", "Transfer-Encoding: identity", whole),
        coded("chunked with a parameter", "Transfer-Encoding: chunked;q=1"),
        coded("chunked between quotes", 'Transfer-Encoding: "chunked"'),
        coded("chunked after a vertical tab", "Transfer-Encoding: \x0bchunked", whole),
        coded("empty coding", "Transfer-Encoding:", whole),
        coded("space before the colon of the coding", "Transfer-Encoding : chunked", whole),
        coded("tab before the colon of the coding", "Transfer-Encoding\t: chunked", whole),
        coded("coding on a second line", "Transfer-Encoding:", " chunked", whole),
        coded("coding that continues another line", "X-Suite: a", " Transfer-Encoding: chunked", "Content-Length : 5"),
        coded("coding behind a carriage return", "X-Suite: a\rTransfer-Encoding: chunked", whole),
        coded("coding behind a line feed, and length", "X-Suite: a\nTransfer-Encoding: chunked", whole),
        coded("coding behind NUL", "X-Suite: a\0\r\nTransfer-Encoding: chunked", whole),
        refused("coding in HTTP/1.0", POST.replace("1.1", "1.0") + f"Transfer-Encoding: chunked\r\n\r\n{BEHIND}", (400, 501)),
        posted("coding with an underscore, and length", f"{POST}Transfer_Encoding: chunked\r\n{whole}\r\n\r\n{BEHIND}"),
        posted("length with an underscore, and coding", f"{POST}Content_Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        posted("coding that the connection names", f"{POST}Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked\r\n\r\n"
               f"{len(HIDDEN):x}\r\n{HIDDEN}\r\n0\r\n\r\n", EITHER),
        posted("length that the connection names", f"{POST}Connection: Content-Length\r\n{hidden}\r\n\r\n{HIDDEN}", EITHER),
        posted("chunked before a tab", f"{POST}Transfer-Encoding: chunked\t\r\n\r\n0\r\n\r\n", EITHER),
        posted("chunked in capitals", f"{POST}Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n"),
        Shape("chunks to a page", f"{GET}{HOST}Transfer-Encoding: chunked\r\n\r\n{len(HIDDEN):x}\r\n{HIDDEN}\r\n0\r\n\r\n"),
    ]


def lengths():
    def wrong(name, value):
        return refused(f"length {name}", f"{length(value)}{HIDDEN}")

    size = len(HIDDEN)
    return [
        refused("two different lengths", f"{POST}Content-Length: 0\r\nContent-Length: {size}\r\n\r\n{HIDDEN}"),
        refused("two different lengths, the long one first", f"{POST}Content-Length: {size}\r\nContent-Length: 0\r\n\r\n{HIDDEN}"),
        posted("two equal lengths", f"{POST}Content-Length: {size}\r\nContent-Length: {size}\r\n\r\n{HIDDEN}", EITHER),
        posted("list of equal lengths", length(f" {size}, {size}") + HIDDEN, EITHER),
        wrong("in a list of different ones", f" 0, {size}"), wrong("below nothing", " -1"), wrong("with a sign", f" +{size}"),
        wrong("in hexadecimal", f" 0x{size:x}"), wrong("beyond 64 bits", " 18446744073709551617"),
        wrong("in two words", f" 0 {size}"), wrong("that is empty", ""), wrong("with a point", f" {size}.0"),
        wrong("with an exponent", " 0e1"), wrong("before a semicolon", f" {size};"), wrong("after a vertical tab", f" \x0b{size}"),
        wrong("before NUL", f" {size}\0"), wrong("in letters", " abc"), wrong("between quotes", f' "{size}"'),
        refused("space before the colon of the length", f"{POST}Content-Length : {size}\r\n\r\n{HIDDEN}"),
        refused("length on a second line", f"{POST}Content-Length:\r\n {size}\r\n\r\n{HIDDEN}"),
        refused("length of ten gigabytes", length(" 9999999999"), (405, 413)),
        posted("length with zeros in front", length(f" 00000000{size}") + HIDDEN),
        posted("length between spaces", length(f"   {size}  ") + HIDDEN),
        posted("length between tabs", length(f"\t{size}\t") + HIDDEN, EITHER),
        posted("length that takes what follows", length(f" {len(NEXT) + 100}"), BROKEN),
        Shape("length shorter than what is there", length(" 3") + f"abc{PAGE}", ("POST /demande", "GET /demande")),
        Shape("length to a page", f"{GET}{HOST}Content-Length: {size}\r\n\r\n{HIDDEN}"),
        Shape("length to a head alone", f"HEAD /demande HTTP/1.1\r\n{HOST}Content-Length: {size}\r\n\r\n{HIDDEN}", ("HEAD /demande",)),
    ]


def chunks():
    return [
        posted("good chunks", f"{CHUNKED}{len(HIDDEN):x}\r\n{HIDDEN}\r\n3\r\nabc\r\n0\r\n\r\n"),
        posted("chunk of zeros", f"{CHUNKED}0000003\r\nabc\r\n00000\r\n\r\n"),
        posted("chunk with an extension", f"{CHUNKED}3;a=b\r\nabc\r\n0\r\n\r\n"),
        posted("chunk with a quoted extension", f'{CHUNKED}3;a="GET /cachee HTTP/1.1"\r\nabc\r\n0\r\n\r\n'),
        posted("chunk with an extension cut by a line feed", f"{CHUNKED}3;\nabc\r\n0\r\n\r\n", EITHER),
        posted("chunk with a space", f"{CHUNKED}3 \r\nabc\r\n0\r\n\r\n", EITHER),
        posted("chunks between line feeds", f"{CHUNKED}3\nabc\n0\n\n", EITHER),
        posted("line feed for an end", f"{CHUNKED}3\r\nabc\r\n0\r\n\n", EITHER),
        posted("chunk beyond 64 bits", f"{CHUNKED}10000000000000003\r\nabc\r\n{BEHIND}", BROKEN),
        posted("chunk of 64 bits", f"{CHUNKED}FFFFFFFFFFFFFFFF\r\nabc\r\n{BEHIND}", BROKEN),
        posted("chunk below nothing", f"{CHUNKED}-3\r\nabc\r\n{BEHIND}", BROKEN),
        posted("chunk with a sign", f"{CHUNKED}+3\r\nabc\r\n{BEHIND}", BROKEN),
        posted("chunk in hexadecimal words", f"{CHUNKED}0x3\r\nabc\r\n{BEHIND}", BROKEN),
        posted("chunk in letters", f"{CHUNKED}xyz\r\nabc\r\n{BEHIND}", BROKEN),
        posted("chunk without a size", f"{CHUNKED}\r\nabc\r\n{BEHIND}", BROKEN),
        posted("chunk longer than its size", f"{CHUNKED}3\r\nabcXY\r\n{BEHIND}", BROKEN),
        posted("chunk that runs into the next size", f"{CHUNKED}3\r\nabc{BEHIND}", BROKEN),
        posted("chunks that never end", f"{CHUNKED}3\r\nabc\r\n", BROKEN),
        posted("trailer", f"{CHUNKED}3\r\nabc\r\n0\r\nX-Suite: a\r\n\r\n"),
        posted("trailer with a length and a Host", f"{CHUNKED}0\r\nContent-Length: 500\r\n{HOST}Transfer-Encoding: gzip\r\n\r\n", EITHER),
        posted("trailer that is a request", f"{CHUNKED}0\r\nGET /cachee HTTP/1.1\r\n{HOST}\r\n", EITHER),
    ]


def heads():
    return [
        refused("NUL in a header", f"{GET}{HOST}X-Suite: a\0b\r\n\r\n"),
        refused("carriage return in a header", f"{GET}{HOST}X-Suite: a\rb\r\n\r\n"),
        refused("space in a header's name", f"{GET}{HOST}X Y: a\r\n\r\n"),
        refused("no header name", f"{GET}{HOST}: a\r\n\r\n"),
        refused("space before the first header", f"{GET} X-Suite: a\r\n{HOST}\r\n"),
        refused("header of 40 kB", f"{GET}{HOST}X-Suite: {'a' * 40_000}\r\n\r\n", (400, 431)),
        refused("greeting of TLS", bytes([22, 3, 1, 0, 165, 1, 0, 0, 161, 3, 3]) + b"B" * 160 + b"\r\n\r\n"),
        Shape("no colon", f"{GET}{HOST}abc\r\n\r\n", kind=EITHER),
        Shape("continued header", f"{GET}{HOST}X-Suite: a\r\n b\r\n\r\n", kind=EITHER),
        Shape("line feeds alone", f"GET /demande HTTP/1.1\nHost: {NAME}\n\n", kind=EITHER),
        Shape("one line feed alone", f"{GET}X-Suite: a\n{HOST}\r\n", kind=EITHER),
        Shape("200 headers", GET + HOST + "X-Suite: a\r\n" * 200 + "\r\n", kind=EITHER),
        Shape("unknown expectation", f"{GET}{HOST}Expect: banana\r\n\r\n", kind=EITHER),
        Shape("upgrade", f"{GET}{HOST}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"),
        Shape("connection that names Host", f"{GET}{HOST}Connection: Host, X-Forwarded-For\r\n\r\n"),
        Shape("answer in a header", f"{GET}{HOST}X-Suite: HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        posted("expectation without a body", f"{POST}Expect: 100-continue\r\nContent-Length: 0\r\n\r\n"),
        posted("expectation with its body", f"{POST}Expect: 100-continue\r\nContent-Length: {len(HIDDEN)}\r\n\r\n{HIDDEN}"),
    ]


def targets():
    def at(target, **others):
        return Shape(f"target {target[:40]!r} of {len(target)}", f"GET {target} HTTP/1.1\r\n{HOST}\r\n", (f"GET {target}",), **others)

    def never(target, first=(400,)):
        return refused(f"target {target[:40]!r} of {len(target)}", f"GET {target} HTTP/1.1\r\n{HOST}\r\n", first)

    return [
        Shape("absolute form", f"GET http://{NAME}/demande HTTP/1.1\r\n{HOST}\r\n", kind=EITHER),
        Shape("absolute form of another site", f"GET http://autre.test/demande HTTP/1.1\r\n{HOST}\r\n", kind=EITHER, first=(400, 421)),
        never("127.0.0.1:80"), never("*"), never("demande"), never(""), never("/demande /cachee"), never("/demande\t/cachee"),
        never("/demande HTTP/1.1 /cachee"), never("/demande\0"), never("/%00"), never("/%zz"), never("/../cachee"),
        never("/" + "a" * 200_000, (400, 414)), never("/demande\rX: a"),
        at("/demande/../cachee", kind=EITHER), at("/demande/%2e%2e/cachee", kind=EITHER), at("//demande"), at("/demande%2f..%2fcachee"),
        at(f"/demande%20HTTP/1.1%0d%0aHost:%20{NAME}%0d%0a%0d%0aGET%20/cachee"), at("/demande%3f%23", kind=EITHER),
        at("/demande?%0d%0aContent-Length:%2050", kind=EITHER), at("/%ff", kind=EITHER), at("/\xff", kind=EITHER),
        at("/" + "a" * 9_000, kind=EITHER, first=(414,)), at("/demande?q=" + "a" * 4_000), at("/demande\\..\\cachee", kind=EITHER),
    ]


def methods():
    def by(method, **others):
        return Shape(f"method {method}", f"{method} /demande HTTP/1.1\r\n{HOST}\r\n", (f"{method} /demande",), **others)

    return [
        refused("method TRACE", f"TRACE /demande HTTP/1.1\r\n{HOST}\r\n", (405,)),
        refused("method CONNECT", f"CONNECT {NAME}:80 HTTP/1.1\r\n{HOST}\r\n", (400, 405)),
        refused("method in small letters", f"get /demande HTTP/1.1\r\n{HOST}\r\n", (400, 405)),
        refused("method that is no word", f"G@T /demande HTTP/1.1\r\n{HOST}\r\n", (400, 405)),
        refused("method after a space", f" GET /demande HTTP/1.1\r\n{HOST}\r\n"),
        refused("greeting of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (400, 505)),
        by("BREW", kind=EITHER, first=(400, 405)), by("PROPFIND", kind=EITHER, first=(404, 405)), by("DELETE", first=(404, 405)),
        by("OPTIONS"), by("HEAD"), by("PUT", first=(404, 405, 411), kind=EITHER),
        Shape("asterisk with OPTIONS", f"OPTIONS * HTTP/1.1\r\n{HOST}\r\n", ("OPTIONS *",), EITHER),
    ]


def sequences():
    head = f"HEAD /demande HTTP/1.1\r\n{HOST}\r\n"
    five = f"{POST}Content-Length: 5\r\n\r\nabcde"
    return [
        Shape("ten pages", PAGE * 10, ["GET /demande"] * 10),
        Shape("head then page", head + PAGE, ("HEAD /demande", "GET /demande")),
        Shape("form then page", five + PAGE, ("POST /demande", "GET /demande")),
        Shape("form, chunks, page", f"{five}{CHUNKED}3\r\nabc\r\n0\r\n\r\n{PAGE}", ("POST /demande", "POST /demande", "GET /demande")),
        Shape("page with a body, then page", f"{GET}{HOST}Content-Length: 5\r\n\r\nabcde{PAGE}", ["GET /demande"] * 2),
        Shape("empty lines, then page", f"\r\n\r\n{PAGE}", kind=EITHER),
        refused("page then nonsense", f"{PAGE}nonsense\r\n\r\n", (), ("GET /demande",)),
        refused("page, then no Host, then page", f"{PAGE}{GET}\r\n{HIDDEN}", (), ("GET /demande",)),
        refused("page, then length and coding", f"{PAGE}{POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{BEHIND}", (),
                ("GET /demande",)),
        Shape("close, then page", f"{GET}{HOST}Connection: close\r\n\r\n{HIDDEN}", kind=BROKEN),
        Shape("CLOSE, then page", f"{GET}{HOST}Connection: CLOSE\r\n\r\n{HIDDEN}", kind=BROKEN),
        Shape("close in a list, then page", f"{GET}{HOST}Connection: keep-alive, close\r\n\r\n{HIDDEN}", kind=BROKEN),
    ]


def versions():
    def spoken(version, first=(400, 505)):
        return refused(f"version {version}", f"GET /demande {version}\r\n{HOST}\r\n", first)

    return [
        Shape("HTTP/1.0", f"GET /demande HTTP/1.0\r\n{HOST}\r\n{HIDDEN}", kind=BROKEN),
        Shape("HTTP/1.0 that asks to stay", f"GET /demande HTTP/1.0\r\n{HOST}Connection: keep-alive\r\n\r\n", kind=EITHER),
        Shape("HTTP/0.9", "GET /demande\r\n\r\n", kind=BROKEN),
        Shape("HTTP/1.2", f"GET /demande HTTP/1.2\r\n{HOST}\r\n", kind=EITHER),
        spoken("HTTP/2.0"), spoken("HTTP/9.9"), spoken("ICE/1.0"), spoken("http/1.1"), spoken("HTTP/1.1a"), spoken("HTTP/ 1.1"),
    ]


def shapes():
    return [*hosts(), *codings(), *lengths(), *chunks(), *heads(), *targets(), *methods(), *sequences(), *versions()]


# What is read ---------------------------------------------------------------------------------------------------------------


class Message:
    """A request or an answer, read to the letter. `words` are those of its first line; `doubts`, why another might read otherwise;
    `is_whole`, whether all of it is there."""

    def __init__(self, head):
        first, *lines = head.split(b"\r\n")
        self.words = first.decode("latin-1").split(" ", 2)
        self.fields, self.doubts, self.is_whole = [], [], True
        for line in lines:
            name, colon, value = line.partition(b":")
            if not colon or not re.fullmatch(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name) or re.search(rb"[\0\r\n]", value):
                self.doubts.append(f"the line {line[:60]!r}")
            self.fields.append((name.lower().decode("latin-1"), value.strip(b" \t").decode("latin-1")))

    def all(self, name):
        return [value for one, value in self.fields if one == name]

    def body(self, data, at):
        """Where the body ends that begins at `at`, and whether it ends there; `doubts` has what is unclear."""
        codings, lengths = self.all("transfer-encoding"), self.all("content-length")
        if len(codings) + len(lengths) > 1:
            self.doubts.append(f"codings {codings}, lengths {lengths}")
        if codings:
            if codings[0].lower() != "chunked":
                self.doubts.append(f"coding {codings}")
            return unchunked(data, at)
        if lengths and not re.fullmatch("[0-9]{1,18}", lengths[0]):
            self.doubts.append(f"length {lengths}")
            return len(data), False
        end = at + int(lengths[0] if lengths else 0)
        return min(end, len(data)), end <= len(data)


def unchunked(data, at):
    while line := re.compile(rb"([0-9A-Fa-f]{1,15})(?:;[^\r\n]*)?\r\n").match(data, at):
        at = line.end() + int(line[1], 16)
        if at == line.end():
            while (end := data.find(b"\r\n", at)) > at:
                at = end + 2
            return (end + 2, True) if end == at else (len(data), False)
        if data[at:at + 2] != b"\r\n":
            break
        at += 2
    return len(data), False


def read_requests(data):
    """The requests of what came to the site on one connection."""
    found, at = [], 0
    while at < len(data):
        end = data.find(b"\r\n\r\n", at)
        message = Message(data[at:end if end >= 0 else len(data)])
        found.append(message)
        if len(message.words) != 3 or not message.words[2].startswith("HTTP/1."):
            message.doubts.append("no request line")
        if len(message.all("host")) != 1:
            message.doubts.append(f"Hosts {message.all('host')}")
        if end < 0:
            message.is_whole = False
            break
        at, message.is_whole = message.body(data, end + 4)
        if not message.is_whole:
            break
    return found


def read_answers(data, methods):
    """The final answers to requests by these methods, in order, and what is left that is none."""
    found, at = [], 0
    while at < len(data):
        end = data.find(b"\r\n\r\n", at)
        if not data.startswith(b"HTTP/1.", at):
            return found, data[at:]
        if end < 0:
            # Cut in its head.
            return found, b""
        message = Message(data[at:end])
        message.status = int(message.words[1])
        at = end + 4
        if message.status < 200:
            continue
        method = methods[min(len(found), len(methods) - 1)]
        found.append(message)
        if method == "HEAD" or message.status in (204, 304):
            continue
        if not message.all("transfer-encoding") and not message.all("content-length"):
            # The end of the connection is the end.
            return found, b""
        at, message.is_whole = message.body(data, at)
        if not message.is_whole:
            return found, b""
    return found, b""


# The line -------------------------------------------------------------------------------------------------------------------


class Hop:
    """Before a port: every byte goes through as it is, and is kept.

    `repairs` is for the control: where a head has a length and the coding `chunked`, the length is dropped and the rest goes on."""

    def __init__(self, target, repairs=False):
        self.target, self.repairs = target, repairs
        self.open, self.kept = set(), []

    async def __aenter__(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.server.close()
        for task in list(self.open):
            task.cancel()
        await asyncio.gather(*self.open, return_exceptions=True)

    async def serve(self, reader, writer):
        self.open.add(asyncio.current_task())
        asked, answered, other = bytearray(), bytearray(), None
        self.kept.append((asked, answered))
        try:
            upstream, other = await asyncio.open_connection("127.0.0.1", self.target)
            async with asyncio.TaskGroup() as both:
                both.create_task(self.go(reader, other, asked))
                both.create_task(self.go(upstream, writer, answered))
        except* (OSError, EOFError):
            pass
        finally:
            self.open.discard(asyncio.current_task())
            for end in (writer, other):
                if end:
                    end.close()

    async def go(self, reader, writer, kept):
        while data := await reader.read(1 << 16):
            if self.repairs:
                data = b"\r\n\r\n".join(repaired(piece) for piece in data.split(b"\r\n\r\n"))
            kept += data
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()

    async def take(self):
        """What went through since the last time, once every connection has ended."""
        # What the kernel has accepted already is not open here yet.
        for _ in range(20):
            await asyncio.sleep(0)
        end = time.monotonic() + 60
        while self.open and time.monotonic() < end:
            await asyncio.sleep(0.005)
        kept, self.kept = self.kept, []
        return [(bytes(asked), bytes(answered)) for asked, answered in kept if not asked.startswith(SENTRY[:14])]


def repaired(head):
    if not re.search(rb"(?i)\r\ntransfer-encoding: *chunked(\r\n|$)", head):
        return head
    return re.sub(rb"(?i)\r\ncontent-length:[^\r]*", b"", head)


class Nginx:
    """Debian's nginx, with the site's example, once for each pair of ports (its own, the one it asks)."""

    def __init__(self, folder, pairs):
        self.program = shutil.which("nginx") or "/usr/sbin/nginx"
        if not os.path.exists(self.program):
            raise Skipped("nginx is not installed")
        self.folder = os.path.join(folder, "nginx")
        os.makedirs(self.folder)
        with open(EXAMPLE, encoding="utf-8") as file:
            example = file.read()
        servers = []
        for port, target in pairs:
            server = example
            for theirs, ours in (("    listen 80;\n", f"    listen 127.0.0.1:{port};\n"), ("    listen [::]:80;\n", ""),
                                 ("http://127.0.0.1:8080;", f"http://127.0.0.1:{target};")):
                if server.count(theirs) != 1:
                    raise AssertionError(f"{EXAMPLE}: no {theirs.strip()!r}")
                server = server.replace(theirs, ours)
            servers.append(server)
        kinds = "".join(f"    {kind}_temp_path {self.folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        with open(os.path.join(self.folder, "nginx.conf"), "w", encoding="utf-8") as file:
            file.write(f"{'user root;' if os.geteuid() == 0 else ''}\ndaemon off;\npid {self.folder}/pid;\nworker_processes 1;\n"
                       f"error_log {self.folder}/errors;\nevents {{ worker_connections 1024; }}\n"
                       f"http {{\n    access_log off;\n{kinds}{''.join(servers)}}}\n")
        self.pairs = pairs

    async def __aenter__(self):
        self.said = open(os.path.join(self.folder, "said"), "wb")
        self.process = subprocess.Popen(
            [self.program, "-p", self.folder, "-e", f"{self.folder}/errors", "-c", f"{self.folder}/nginx.conf"],
            stdin=subprocess.DEVNULL, stdout=self.said, stderr=self.said)
        end = time.monotonic() + 60
        for port, _ in self.pairs:
            while time.monotonic() < end and self.process.poll() is None:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.close()
                    break
                except OSError:
                    await asyncio.sleep(0.02)
        if self.process.poll() is not None or time.monotonic() >= end:
            self.end()
            with open(os.path.join(self.folder, "said"), encoding="utf-8") as file:
                raise AssertionError(f"nginx does not answer: {file.read()}")
        return self

    async def __aexit__(self, *_):
        self.end()

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
        self.said.close()


# The trial ------------------------------------------------------------------------------------------------------------------


async def exchange(port, sent, cuts, silence):
    """What comes back until the connection ends, or nothing comes for so many seconds; and whether it ended. Sent in pieces, cut at these
    places."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    received, has_ended = bytearray(), True

    async def send():
        try:
            for begin, end in zip([0, *cuts], [*cuts, len(sent)]):
                writer.write(sent[begin:end])
                await writer.drain()
                if cuts:
                    await asyncio.sleep(0.002)
        except OSError:
            # Refused before all of it was said.
            pass

    sending = asyncio.create_task(send())
    try:
        while data := await asyncio.wait_for(reader.read(1 << 16), silence):
            received += data
    except TimeoutError:
        has_ended = False
    except OSError:
        pass
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    writer.close()
    return bytes(received), has_ended


def judge(shape, received, kept, is_cut):
    """What is wrong with what came back, and with what went through to the site: pairs (asked, answered), one for each connection.
    Who is refused before all of it was said may find the connection closed: `is_cut`, fewer answers are no fault."""
    answers, rest = read_answers(received, shape.methods)
    name, faults = shape.name, []
    if rest and shape.name != "HTTP/0.9":
        faults.append(f"smuggled: {name}: {rest[:60]!r} is no answer")
    if len(answers) > shape.most:
        faults.append(f"smuggled: {name}: {len(answers)} answers, {shape.most} at most: {[one.status for one in answers]}")
    if shape.kind == CLEAR and not is_cut and len(answers) < shape.most:
        faults.append(f"silent: {name}: {len(answers)} answers of {shape.most}: {[one.status for one in answers]}")
    if not answers and not rest and shape.kind != BROKEN:
        faults.append(f"silent: {name}: no answer")
    if shape.first and answers and answers[0].status not in shape.first:
        faults.append(f"otherwise: {name}: {answers[0].status}, not {sorted(shape.first)}")
    allowed, asked_by = list(shape.seen), {}
    for asked, answered in kept:
        requests = read_requests(asked)
        theirs, more = read_answers(answered, [one.words[0] for one in requests] or ["GET"])
        if len(theirs) > len(requests) or more:
            faults.append(f"smuggled: {name}: the site gave {len(theirs)} answers to {len(requests)} requests")
        for request in requests:
            words = " ".join(request.words[:2])
            faults += [f"unclear: {name}: {words} went on with {doubt}" for doubt in request.doubts]
            if words in allowed:
                del allowed[:allowed.index(words) + 1]
            else:
                faults.append(f"smuggled: {name}: {words[:80]} came to the site, {shape.seen} was asked")
        for request, answer in zip(requests, theirs):
            for own in answer.all("x-request-id"):
                asked_by[own] = " ".join(request.words[:2])
    order = list(shape.seen)
    for answer in answers:
        for own in answer.all("x-request-id"):
            words = asked_by.get(own)
            if words not in order:
                faults.append(f"smuggled: {name}: the answer to {words} in the place of another")
            else:
                del order[:order.index(words) + 1]
    return faults, answers


def proxied(rounds=1, lanes=8, silence=2.0, seed=1, repairs=False):
    """S-17 behind nginx: every shape, then a request that is marked; in each round after the first, cut into pieces at random places.
    `silence`: seconds after which a connection on which no answer is due is closed.

    The control (`repairs`) is another proxy, before nginx, that drops the length of what has a length and a coding."""
    environment = {"MAILLAGE_BASE_URL": f"http://{NAME}", "MAILLAGE_TRUSTED_PROXIES": "1"}
    with World(1, journal=False, extra=environment) as world:
        with world.serve() as server:
            told = asyncio.run(_all(world, server.port, rounds, lanes, silence, seed, repairs))
            same = server.runs
    faults, counts = told
    if not same:
        faults.append("the server is gone")
    return Verdict("S-17 behind nginx", faults, shapes=len(shapes()), **counts, seed=seed)


async def _all(world, port, rounds, lanes, silence, seed, repairs):
    work = [(number, shape) for number in range(rounds) for shape in shapes()]
    faults, counts = [], {"connections": len(work), "answers": 0, "at_the_site": 0}
    statuses = {}

    async def lane(front, hop):
        while work:
            number, shape = work.pop()
            sent = shape.sent + NEXT
            chance = random.Random(f"{seed} {number} {shape.name}")
            places = chance.randint(1, 8) if number else 0
            cuts = sorted(chance.sample(range(1, len(sent)), min(places, len(sent) - 1)))
            received, has_ended = await exchange(front, sent, cuts, silence if shape.kind == BROKEN else PATIENCE)
            if not has_ended:
                await exchange(front, SENTRY, [], PATIENCE)
            kept = await hop.take()
            wrong, answers = judge(shape, received, kept, bool(cuts))
            faults.extend(f"{fault}{f' (cut at {cuts})' if cuts else ''}" for fault in wrong)
            counts["answers"] += len(answers)
            counts["at_the_site"] += sum(len(read_requests(asked)) for asked, _ in kept)
            for answer in answers:
                statuses[answer.status] = statuses.get(answer.status, 0) + 1

    async with contextlib.AsyncExitStack() as stack:
        fronts = free_ports(lanes)
        hops = [await stack.enter_async_context(Hop(port)) for _ in range(lanes)]
        await stack.enter_async_context(Nginx(world.folder, [(front, hop.port) for front, hop in zip(fronts, hops)]))
        if repairs:
            fronts = [(await stack.enter_async_context(Hop(front, repairs=True))).port for front in fronts]
        await asyncio.gather(*(lane(front, hop) for front, hop in zip(fronts, hops)))
    counts["statuses"] = " ".join(f"{status}×{count}" for status, count in sorted(statuses.items()))
    return faults, counts
