"""The program under test: `maillage demo`, started once on its own data and its own port."""

import json
import os
import pathlib
import socket
import subprocess
import time
import urllib.error
import urllib.request

PROJECT = pathlib.Path(__file__).resolve().parents[2]

# Building the demo network by acts takes a while in a debug build on two cores.
PATIENCE = 180


class DidNotStart(Exception):
    """The program ended or stayed silent; the message carries the end of its log."""


class Program:
    """A running demo network. `url` is its base address, without a trailing slash."""

    def __init__(self, data):
        self.data = pathlib.Path(data)
        self.log = self.data.with_name("program.log")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        executable = os.environ.get("MAILLAGE_PROGRAM", str(PROJECT / ".build/debug/maillage"))
        if not os.access(executable, os.X_OK):
            raise DidNotStart(f"{executable} is not built (swift build --product maillage)")
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [executable, "demo", "--data", str(self.data), "--host", "127.0.0.1", "--port", str(port)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=PROJECT)

    def wait(self):
        """Returns once /healthz answers 200."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise DidNotStart(f"maillage demo ended with status {self.process.returncode}\n{self.end_of_log()}")
            try:
                with urllib.request.urlopen(self.url + "/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                pass
            time.sleep(0.2)
        raise DidNotStart(f"maillage demo gave no healthy answer in {PATIENCE} s\n{self.end_of_log()}")

    def stop(self):
        """Asks it to end as an operator would, and insists after ten seconds."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def end_of_log(self):
        """The last lines the program wrote, for a failure's message."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-30:])

    def account(self, role):
        """The demo sign-in of that role: a dictionary with `role`, `email` and `password`."""
        accounts = json.loads((self.data / "demo-accounts.json").read_text())
        for account in accounts:
            if account["role"] == role:
                return account
        raise KeyError(f"no demo account has the role {role}; there are {[one['role'] for one in accounts]}")


def free_port():
    """A port nobody listens on at this instant."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
