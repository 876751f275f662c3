#!/usr/bin/env python3
"""What TLS by the site itself costs (docs/decisions/022-tls.md): processor time of the server for each request, by /proc.

Usage: Benchmarks/tls.py [PROGRAM]     (the release build, unless another is named)
"""

import os
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, ".build", "release", "maillage")
PATHS = ["/healthz", "/"]


def certificate(folder, kind):
    key, chain = os.path.join(folder, kind + ".key"), os.path.join(folder, kind + ".pem")
    new = ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"] if kind == "ECDSA" else ["rsa:2048"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", *new, "-nodes", "-keyout", key, "-out", chain, "-days", "3", "-subj", "/CN=essai",
         "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
    os.chmod(key, 0o600)
    return {"MAILLAGE_TLS_CERTIFICATE": chain, "MAILLAGE_TLS_KEY": key}


class Site:
    def __init__(self, folder, environment={}):
        self.log = open(os.path.join(folder, "log"), "w+b")
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--data", os.path.join(folder, "data"), "--port", "0"], stdout=self.log, stderr=self.log,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "MAILLAGE_LOG_LEVEL": "warning", **environment})
        while True:
            found = re.search(rb"://127\.0\.0\.1:(\d+)", os.pread(self.log.fileno(), 4_096, 0))
            if found:
                break
            assert self.process.poll() is None
            time.sleep(0.01)
        self.port = int(found.group(1))
        trust = environment.get("MAILLAGE_TLS_CERTIFICATE")
        self.context = ssl.create_default_context(cafile=trust) if trust else None
        # What it does once is not counted.
        time.sleep(3)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)
        self.log.close()

    @property
    def spent(self):
        words = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def connect(self, session=None):
        line = socket.create_connection(("127.0.0.1", self.port))
        return self.context.wrap_socket(line, server_hostname="localhost", session=session) if self.context else line

    def ask(self, line, path):
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += line.recv(65_536)
        head, _, body = answer.partition(b"\r\n\r\n")
        left = int(re.search(rb"(?i)content-length: (\d+)", head).group(1)) - len(body)
        while left > 0:
            left -= len(line.recv(65_536))

    def kept(self, path, count=6_000):
        """Microseconds of a request on a connection that is kept."""
        with self.connect() as line:
            for _ in range(300):
                self.ask(line, path)
            start = self.spent
            for _ in range(count):
                self.ask(line, path)
            return (self.spent - start) / count * 1e6

    def fresh(self, resumes=False, count=1_500):
        """Microseconds of a connection with one request."""
        session, start = None, 0.0
        for number in range(-100, count):
            if number == 0:
                start = self.spent
            with self.connect(session) as line:
                self.ask(line, "/healthz")
                if resumes and session is None:
                    session = line.session
        return (self.spent - start) / count * 1e6


def main():
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for name, environment in [("in clear", {}), *((f"TLS 1.3, {kind}", certificate(folder, kind)) for kind in ("ECDSA", "RSA"))]:
            with Site(folder, environment) as site:
                kept = [site.kept(path) for path in PATHS]
                rows.append((name, *kept, site.fresh(), site.fresh(resumes=True) if environment else None))
        print("| | " + " | ".join(f"`{path}`, kept connection" for path in PATHS) + " | new connection and `/healthz` | resumed |")
        print("|---|---|---|---|---|")
        for name, *values in rows:
            print(f"| {name} | " + " | ".join("" if value is None else f"{value:.0f} µs" for value in values) + " |")


if __name__ == "__main__":
    main()
