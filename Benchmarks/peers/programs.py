"""Other programs as they are measured: started together as one site, weighed together, ended together."""

import contextlib
import http.client
import os
import re
import signal
import statistics
import subprocess
import threading
import time
import urllib.parse
from typing import NamedTuple

import measures
from measures import ROOT, TICKS, Failure, family

#: What setup/peers.txt installs.
PROGRAMS = os.path.join(ROOT, ".build-tools", "peers", "bin")
#: As gunicorn's documentation counts them: twice the cores, and one.
WORKERS = 2 * len(os.sched_getaffinity(0)) + 1


class Figures(NamedTuple):
    """What one answer takes: microseconds of processor, how many in a second, milliseconds for somebody alone; bytes of a page."""

    cost: float
    rate: float
    alone: float
    size: int = 0


def share_of_memory(pids):
    """Megabytes that these processes hold, each page divided among those who share it (PSS)."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError), open(f"/proc/{pid}/smaps_rollup") as file:
            total += int(re.search(r"^Pss:\s+(\d+)", file.read(), re.M).group(1))
    return total / 1024


def run(command, what, **options):
    """Runs a command to its end; what it says is told only when it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or f"status {done.returncode}").splitlines()
        raise Failure(f"{what}: {said[-1]}")
    return done.stdout


class Site:
    """Programs that answer together on one port, until `with` ends: they and their children are then ended, whatever happened."""

    def __init__(self, folder):
        self.port = measures.free_port()
        self.log = os.path.join(folder, "log")
        self.processes, self.guests = [], []
        self.started = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def start(self, *command, **options):
        """Starts a program of the site, in a group of its own."""
        self.started = self.started or time.monotonic()
        with open(self.log, "ab") as log:
            self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **options))

    def count_in(self, pid):
        """A process that somebody else starts and ends, and that works for this site: its time and its memory count."""
        self.guests.append(pid)

    def wait(self, path):
        """Seconds from the first start to the first answer."""
        while time.monotonic() - self.started < 60:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if measures.ask(self.port, path)[0].status == 200:
                    return time.monotonic() - self.started
            if any(process.poll() is not None for process in self.processes):
                break
            time.sleep(0.005)
        with open(self.log, errors="replace") as file:
            raise Failure("does not answer: " + (file.read().strip().splitlines() or ["it says nothing"])[-1])

    def family(self):
        return family([process.pid for process in self.processes] + self.guests)

    def spent(self):
        """Seconds of processor since the start, with those of children that ended."""
        return sum(sum(map(int, fields[11:15])) for fields in self.family().values()) / TICKS

    def memory(self):
        return share_of_memory(self.family())

    def page(self, path, seconds):
        """What a page takes. wrk leaves requests half done, which are many beside the answers of a slow site: it only tells how many
        answers there are in a second, and processor time is that of 400 whole requests, before."""
        visitors = [Visitor(self.port) for _ in range(16)]
        whole = acts(visitors, 25, lambda visitor: visitor.ask("GET", path), self.spent)
        _, rate = measures.cost(self.port, path, seconds, self.spent)
        self._settle()
        return whole._replace(rate=rate, size=len(measures.ask(self.port, path)[1]))

    def _settle(self):
        """Waits until the site does nothing any more, a minute at most."""
        before, deadline = -1, time.monotonic() + 60
        while (now := self.spent()) > before + 0.01 and time.monotonic() < deadline:
            before = now
            time.sleep(0.5)


class Database:
    """A PostgreSQL of its own that syncs each commit, until `with` ends."""

    def __enter__(self):
        self._tell("stop")
        url = self._tell("start")
        self.port = re.search(r":(\d+)/", url).group(1)
        with open(os.path.join(ROOT, ".build-tools", "pg-durable", "directory")) as file, \
                open(os.path.join(file.read().strip(), "data", "postmaster.pid")) as postmaster:
            self.pid = int(postmaster.readline())
        return self

    def __exit__(self, *_):
        self._tell("stop")

    @staticmethod
    def _tell(word):
        return run([os.path.join(ROOT, "setup", "postgres.sh"), word, "durable"], "PostgreSQL")


class Visitor:
    """A browser without scripts, of one person: it keeps cookies, and its connection when the site does."""

    def __init__(self, port, cookies=()):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies = dict(cookies)

    def ask(self, method, path, fields=None):
        """The answer and its text."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(fields)
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status >= 400:
            raise Failure(f"{method} {path} answers {answer.status}")
        return answer, text


def median_span(count, work):
    """Milliseconds that it takes, the median of so many times."""
    spans = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        spans.append((time.perf_counter() - start) * 1000)
    return statistics.median(spans)


def acts(people, each, act, spent):
    """What an act takes, done `each` times by each of the people: by one of them alone, then by all at once. Each has done it five times
    before."""
    failures = []

    def work(person, count):
        try:
            for _ in range(count):
                act(person)
        except (Failure, OSError, http.client.HTTPException) as failure:
            failures.append(failure)

    def together(count):
        threads = [threading.Thread(target=work, args=(person, count)) for person in people]
        start = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failures:
            raise Failure(str(failures[0]))
        return time.monotonic() - start

    together(5)
    alone = median_span(15, lambda: act(people[0]))
    before = spent()
    seconds = together(each)
    count = each * len(people)
    return Figures((spent() - before) / count * 1e6, count / seconds, alone)
