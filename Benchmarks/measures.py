"""What every part of `Benchmarks/run` measures with: servers from their start to their end, requests by wrk, processor time, memory."""

import asyncio
import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TICKS = os.sysconf("SC_CLK_TCK")


class Failure(Exception):
    """What cannot be measured, and why, in one line."""


def say(text):
    print(text, file=sys.stderr, flush=True)


def processor(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def family(roots):
    """These processes and all that descend from them, each with the fields of its /proc/PID/stat after the name."""
    fields, children = {}, {}
    for pid in (int(name) for name in os.listdir("/proc") if name.isdecimal()):
        with contextlib.suppress(OSError), open(f"/proc/{pid}/stat") as file:
            fields[pid] = file.read().rsplit(")", 1)[1].split()
            children.setdefault(int(fields[pid][1]), []).append(pid)
    found, waiting = {}, list(roots)
    while waiting:
        pid = waiting.pop()
        if pid in fields:
            found[pid] = fields[pid]
            waiting += children.get(pid, [])
    return found


def memory(pid, name="VmRSS"):
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(name + r":\s+(\d+)", file.read()).group(1)) / 1024


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port, path, headers={}):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def cost(port, path, seconds, spent, headers=()):
    """Microseconds of processor per request, and requests per second, from 32 connections. `spent` tells the seconds of processor that
    the server has taken."""
    command = ["wrk", "-t2", "-c32", f"-d{seconds}s"]
    for header in headers:
        command += ["-H", header]
    command.append(f"http://127.0.0.1:{port}{path}")
    subprocess.run(command[:3] + ["-d1s"] + command[4:], capture_output=True, check=True)
    before = spent()
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    after = spent()
    count = int(re.search(r"(\d+) requests in", text).group(1))
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    if errors:
        raise Failure(f"{path}: {errors.group(1)} of {count} answers are errors")
    if not count:
        raise Failure(f"{path}: no answer in {seconds} seconds")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    return (after - before) / count * 1e6, rate


class Server:
    """A program that serves, from its start until `with` ends."""

    def __init__(self, command, path, **settings):
        self.port = free_port()
        self.settings = {"MAILLAGE_" + name: value for name, value in settings.items()}
        self.command = [part.replace("PORT", str(self.port)) for part in command]
        self.path = path

    def __enter__(self):
        start = time.monotonic()
        self.process = subprocess.Popen(
            self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | self.settings)
        while True:
            try:
                if ask(self.port, self.path)[0].status == 200:
                    break
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() - start > 120:
                self.process.kill()
                raise Failure(f"{' '.join(self.command)} does not answer")
            time.sleep(0.002)
        self.started, self.ready = start, time.monotonic() - start
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=60)

    def wait_for_register(self):
        """Seconds from the start of the program until a page that searches the whole register is there."""
        answer, _ = ask(self.port, "/lieux")
        if answer.status != 200:
            raise Failure(f"/lieux answers {answer.status}")
        return time.monotonic() - self.started

    def spent(self):
        """Seconds of processor since the start."""
        return processor(self.process.pid)

    def cost(self, path, seconds, headers=()):
        """Microseconds of processor per request, and requests per second."""
        return cost(self.port, path, seconds, self.spent, headers)


def trial_modules(program):
    """The modules of the trials that make candidates and deposit for them, set to run this program."""
    sys.path.insert(0, os.path.join(ROOT, "Tests", "BatteryTests"))
    os.environ["MAILLAGE_PROGRAM"] = program
    import program as trial_program
    import trials
    return trial_program, trials


def saves(port, world, count):
    """Writes sections, one after the other: each is a page's form sent, kept in the history of its draft."""
    import client

    async def all():
        odd = []
        person = client.Depositor(port, world.candidates[0], odd)
        await person.save()
        for _ in range(count):
            await person.save()
        await person.client.close()
        if odd:
            raise Failure(odd[0])

    asyncio.run(all())


def named(text):
    """The figures that `maillage bench` prints, a name and a number on each line."""
    return {name: int(value) for name, value in (line.split() for line in text.splitlines())}


def figures(program, *arguments):
    text = subprocess.run([program, "bench", *arguments], capture_output=True, text=True)
    if text.returncode:
        raise Failure(f"{' '.join(arguments)}: {text.stderr.strip()}")
    return named(text.stdout)
