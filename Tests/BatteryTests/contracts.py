"""S-06, its second half: what the site says of its own machine interface (`/openapi.json`), against what it answers, by schemathesis."""

import asyncio
import json
import os
import re
import time

from client import Client
from handshakes import tool
from program import World
from trials import Verdict

#: The checks of schemathesis that look at answers. Those that compare what is accepted with what is described (`positive_data_acceptance`,
#: `negative_data_rejection`) are left out: the description gives the types of parameters, not the words they take, and an empty field
#: is as good as none.
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance", "unsupported_method", "allow_header_conformance")


class DemoWorld(World):
    """The demo network."""

    def __init__(self):
        super().__init__(0, journal=False)

    def fill(self, count, closes):
        self.run("demo", "--no-serve", "--data", self.data)
        return []


class Hop:
    """Before the site: every byte goes through as it is. Clients ask for one thing at a time.

    `plants` is for the control: by path, what is answered in the place of the site, one time in five."""

    def __init__(self, target, plants):
        self.target, self.plants = target, plants
        self.asked, self.tasks = dict.fromkeys(plants, 0), set()

    async def __aenter__(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0, limit=1 << 22)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.server.close()
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def serve(self, reader, writer):
        other = None
        self.tasks.add(asyncio.current_task())
        try:
            upstream, other = await asyncio.open_connection("127.0.0.1", self.target)
            async with asyncio.TaskGroup() as both:
                both.create_task(self.ask(reader, writer, other))
                both.create_task(self.answer(upstream, writer))
        except* (OSError, EOFError):
            pass
        finally:
            self.tasks.discard(asyncio.current_task())
            for end in (writer, other):
                if end:
                    end.close()

    async def ask(self, reader, writer, other):
        while data := await reader.read(1 << 16):
            found = re.match(rb"GET ([^? ]+)[^ ]* HTTP/1.1\r\n", data)
            path = found and found[1].decode("latin-1")
            if path in self.plants and data.endswith(b"\r\n\r\n"):
                self.asked[path] += 1
                if self.asked[path] % 5 == 0:
                    writer.write(self.plants[path])
                    await writer.drain()
                    continue
            other.write(data)
            await other.drain()
        other.write_eof()

    async def answer(self, upstream, writer):
        while data := await upstream.read(1 << 16):
            writer.write(data)
            await writer.drain()
        writer.write_eof()


def written(status, kind, body):
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


#: By path: what is planted, and the check that must tell of it.
PLANTED = {
    "/api/v1/calls": (written("500 Internal Server Error", "application/problem+json", '{"status":500}'), "not_a_server_error"),
    "/api/v1/circles": (written("200 OK", "application/json", '{"items":[],"total":"0"}'), "response_schema_conformance"),
    "/api/v1/mednum.csv": (written("200 OK", "text/html", "<p>"), "content_type_conformance"),
}


class Told:
    """What reports of schemathesis say, read event by event."""

    def __init__(self):
        #: By operation, as `GET /path`: its cases. By status: the answers. By (operation, check): how often it failed, and an example.
        self.cases, self.statuses, self.failures, self.faults = {}, {}, {}, []

    def add(self, path):
        with open(path, encoding="utf-8") as file:
            for line in file:
                (kind, event), = json.loads(line).items()
                if kind == "ScenarioFinished":
                    self.read(event["recorder"])
                    if event["status"] not in ("success", "failure", "skip"):
                        self.faults.append(f"unread: {event['recorder']['label']}: {event['status']}")
                elif kind in ("NonFatalError", "FatalError", "Interrupted"):
                    self.faults.append(f"unread: {kind}: {str(event)[:300]}")

    def read(self, recorded):
        asked, label = recorded.get("interactions", {}), recorded["label"]
        for case in asked.values():
            status = (case.get("response") or {}).get("status_code")
            self.statuses[status] = self.statuses.get(status, 0) + 1
            words = f"{case['request']['method']} {case['request']['uri']}"
            if status is None:
                self.faults.append(f"no answer: {words[:300]}")
            elif status >= 500:
                self.note(label, "status", f"{words}: {status}")
            # Other methods are tried on each path too.
            if words.startswith(label.split(" ")[0] + " "):
                self.cases[label] = self.cases.get(label, 0) + 1
        for name, checks in recorded.get("checks", {}).items():
            for check in checks:
                if check["status"] == "failure":
                    request = asked[name]["request"] if name in asked else {"method": "", "uri": ""}
                    said = " ".join(str(check.get("failure_info", {}).get("failure", {}).get("message", "")).split())
                    self.note(label, check["name"], f"{request['method']} {request['uri'][:200]}: {said[:200]}")

    def note(self, label, check, example):
        count, first = self.failures.get((label, check), (0, example))
        self.failures[label, check] = (count + 1, first)

    @property
    def lines(self):
        return [f"answered: {label}: {check} {count} times, as {example}" for (label, check), (count, example) in self.failures.items()]


class Looked:
    """The process of the site, from outside."""

    def __init__(self, server):
        self.folder = f"/proc/{server.process.pid}"

    @property
    def descriptors(self):
        return len(os.listdir(f"{self.folder}/fd"))

    @property
    def memory(self):
        """Megabytes that are resident."""
        with open(f"{self.folder}/status", encoding="utf-8") as file:
            return int(re.search(r"VmRSS:\s+(\d+) kB", file.read())[1]) / 1024

    async def settle(self, most=None):
        """Waits until the descriptors are at most so many, else until their number stays the same for two seconds. Their number."""
        end, since, last = time.monotonic() + 60, time.monotonic(), None
        while time.monotonic() < end:
            now = self.descriptors
            if most is not None and now <= most:
                break
            if now != last:
                last, since = now, time.monotonic()
            if most is None and time.monotonic() - since > 2:
                break
            await asyncio.sleep(0.1)
        return self.descriptors


async def description(port):
    """What the site says, and its operations. One that takes nothing would have one case only: it is given a parameter that it does not
    know, and must pass over."""
    client = Client(port, timeout=60)
    reply = await client.ask("GET", "/openapi.json")
    await client.close()
    said, operations = json.loads(reply.body), []
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            operations.append(f"{method.upper()} {path}")
            if not operation["parameters"]:
                operation["parameters"] = [{"name": "inconnu", "in": "query", "required": False, "schema": {"type": "string"}}]
    return said, operations


async def crowd(port, operations):
    """Many at once: the connections to the database, which are opened as they are needed and kept, are all there afterwards."""
    async def one():
        client = Client(port, timeout=120)
        for _ in range(5):
            for method, path in (operation.split(" ") for operation in operations):
                if "{" not in path:
                    await client.ask(method, path)
        await client.close()

    await asyncio.gather(*(one() for _ in range(32)))


async def run(folder, port, said, examples, processes, seed):
    """So many random cases of each operation, parted among processes of schemathesis, each on one thread: their reports, read."""
    schema, told = os.path.join(folder, "schema.json"), Told()
    with open(schema, "w", encoding="utf-8") as file:
        json.dump(said, file)

    async def part(number):
        report = os.path.join(folder, f"{number}.ndjson")
        process = await asyncio.create_subprocess_exec(
            tool("schemathesis"), "--no-color", "run", schema, "--url", f"http://127.0.0.1:{port}", "--continue-on-failure",
            "--checks", ",".join(CHECKS), "--phases", "coverage,fuzzing", "--max-examples", str(-(-examples // processes)),
            "--seed", str(seed + number), "--no-shrink", "--suppress-health-check", "all", "--request-timeout", "60", "--warnings", "off",
            "--report-ndjson-path", report,
            cwd=folder, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
        output, _ = await process.communicate()
        # 1 says that a check failed.
        if process.returncode not in (0, 1) or not os.path.exists(report):
            raise AssertionError(f"schemathesis: status {process.returncode}: {output.decode(errors='replace')[-2000:]}")
        return report

    for report in await asyncio.gather(*(part(number) for number in range(processes))):
        await asyncio.to_thread(told.add, report)
        os.unlink(report)
    return told


async def _ask_all(world, server, examples, warm, processes, seed, plants):
    looked = Looked(server)
    said, operations = await description(server.port)
    async with Hop(server.port, {path: answer for path, (answer, _) in PLANTED.items()} if plants else {}) as hop:
        # What the site keeps ready is made, and all that it opens for good is open.
        await crowd(server.port, operations)
        await run(world.folder, hop.port, said, warm, processes, seed + 1_000)
        descriptors, memory = await looked.settle(), looked.memory
        told = await run(world.folder, hop.port, said, examples, processes, seed)
    after = await looked.settle(descriptors)
    return told, operations, (descriptors, after), (memory, looked.memory)


def contracts(examples=1_900, warm=200, count=20_000, least=200, growth=0.2, processes=4, seed=1, plants=False):
    """S-06: at least `count` cases, `least` for each operation, of `examples` random ones each, after `warm` of each; memory may grow by a
    share of `growth`.

    The control (`plants`) answers some requests in the place of the site: 500, a body that lacks a member, another type of content."""
    tool("schemathesis")
    with DemoWorld() as world, world.serve() as server:
        start = time.monotonic()
        told, operations, descriptors, memory = asyncio.run(
            _ask_all(world, server, examples, warm, processes, seed, plants))
        faults, seconds = told.lines + told.faults, time.monotonic() - start
        if not server.runs:
            faults.append(f"the server is gone: {server.said[-300:]}")
    if plants:
        untold = [path for path, (_, check) in PLANTED.items() if (f"GET {path}", check) not in told.failures]
        if untold:
            return Verdict("S-06 contracts", [f"what was planted on {untold} is not in the report"])
    cases = sum(told.statuses.values())
    if cases < count:
        faults.append(f"{cases} cases only")
    few = {name: told.cases.get(name, 0) for name in operations if told.cases.get(name, 0) < least}
    if few:
        faults.append(f"few cases: {few}")
    if told.statuses.get(429):
        faults.append(f"throttled: {told.statuses[429]} times")
    if descriptors[1] > descriptors[0]:
        faults.append(f"{descriptors[1]} descriptors, {descriptors[0]} before")
    if memory[1] > memory[0] * (1 + growth):
        faults.append(f"{memory[1]:.0f} MB of memory, {memory[0]:.0f} before")
    return Verdict(
        "S-06 contracts", faults, cases=cases, operations=len(operations), fewest=min(told.cases.values(), default=0),
        statuses=" ".join(f"{status}×{times}" for status, times in sorted(told.statuses.items(), key=str)),
        memory=f"{memory[0]:.0f}, then {memory[1]:.0f} MB", descriptors=f"{descriptors[0]}, then {descriptors[1]}",
        seconds=round(seconds), seed=seed)
