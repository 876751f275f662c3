"""The program under test: `maillage demo`, started once on its own data, its own port and its own post office."""

import email
import email.policy
import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

PROJECT = pathlib.Path(__file__).resolve().parents[2]

# Building the demo network by acts takes a while in a debug build on two cores.
PATIENCE = 180


class DidNotStart(Exception):
    """The program ended or stayed silent; the message carries the end of its log."""


# Stands for sendmail: each letter becomes a file of the directory it is given.
POSTMAN = """
import pathlib, sys, tempfile
with tempfile.NamedTemporaryFile(dir=sys.argv[1], suffix=".part", delete=False) as letter:
    letter.write(sys.stdin.buffer.read())
pathlib.Path(letter.name).rename(letter.name.replace(".part", ".eml"))
"""


class Program:
    """A running demo network. `url` is its base address, without a trailing slash; `letters` is the folder where
    what it mails arrives."""

    def __init__(self, data):
        self.data = pathlib.Path(data)
        self.log = self.data.with_name("program.log")
        self.letters = self.data.with_name("letters")
        self.letters.mkdir()
        postman = self.data.with_name("postman.py")
        postman.write_text(POSTMAN)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.executable = os.environ.get("MAILLAGE_PROGRAM", str(PROJECT / ".build/debug/maillage"))
        if not os.access(self.executable, os.X_OK):
            raise DidNotStart(f"{self.executable} is not built (swift build --product maillage)")
        self.settings = {
            **os.environ, "MAILLAGE_BASE_URL": self.url,
            "MAILLAGE_MAIL_COMMAND": f"{sys.executable} {postman} {self.letters}",
        }
        self.start()

    def start(self):
        """Starts it, for the first time or again on the same data; `wait` before asking it anything."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.executable, "demo", "--data", str(self.data), "--host", "127.0.0.1", "--port", str(self.port)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=PROJECT, env=self.settings)

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

    def routes(self):
        """Every URL the program answers: triples of method, floor, pattern, as `maillage routes` lists them."""
        listing = subprocess.run([self.executable, "routes"], capture_output=True, text=True, timeout=60, check=True)
        for line in listing.stdout.splitlines():
            method, *floor, pattern = line.split()
            yield method, " ".join(floor), pattern

    def letter(self, words, patience=20):
        """The newest letter that contains `words`, decoded: its whole text, once it has arrived."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            for file in sorted(self.letters.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True):
                message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                body = message.get_body(("plain",))
                text = f"{message['To']}\n{message['Subject']}\n{body.get_content() if body else ''}"
                if words in text:
                    return text
            time.sleep(0.2)
        raise KeyError(f"no letter with {words!r} among {len(list(self.letters.glob('*.eml')))}")

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
