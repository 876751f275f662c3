"""A restart turns nobody away: the socket is kept by whoever starts the program, as systemd does with `maillage.socket`.

The short form in CI; MAILLAGE_BATTERY makes it longer. Without the kept socket the same crowd must see refusals (control).
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time

import pytest

from program import PROGRAM

RESTARTS = 20 if os.environ.get("MAILLAGE_BATTERY") else 3
VISITORS = 6


class Keeper:
    """What systemd is to the program: it holds the socket, hands it over as descriptor 3, and hears the states."""

    def __init__(self, folder):
        self.folder = folder
        self.listener = self.listen()
        self.port = self.listener.getsockname()[1]
        #: The port in clear beside HTTPS, and what the program is told of it: see `secure`.
        self.clear, self.settings = None, {"MAILLAGE_BASE_URL": f"http://127.0.0.1:{self.port}"}
        self.mailbox = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.mailbox.bind(os.path.join(folder, "notify"))
        self.mailbox.settimeout(60)
        self.log = open(os.path.join(folder, "log"), "ab")
        self.process = None

    @staticmethod
    def listen():
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen(1024)
        return listener

    def secure(self):
        """A certificate for the site, and a second socket for its port in clear. What visitors trust."""
        key, certificate = (os.path.join(self.folder, name) for name in ("site.key", "site.pem"))
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
             "-out", certificate, "-days", "3", "-subj", "/CN=essai", "-addext", "subjectAltName=DNS:localhost"],
            check=True, capture_output=True)
        os.chmod(key, 0o600)
        self.clear = self.listen()
        self.settings = {
            "MAILLAGE_BASE_URL": f"https://localhost:{self.port}", "MAILLAGE_TLS_CERTIFICATE": certificate,
            "MAILLAGE_TLS_KEY": key, "MAILLAGE_TLS_REDIRECT_PORT": str(self.clear.getsockname()[1]),
        }
        return ssl.create_default_context(cafile=certificate)

    def start(self, keeps=True):
        """Starts the program and returns once it says that it is ready. `keeps` False lets it open the port by itself."""
        environment = {
            "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "NOTIFY_SOCKET": os.path.join(self.folder, "notify"),
            "WATCHDOG_USEC": "900000", **self.settings,
        }
        kept = [line.fileno() for line in (self.listener, self.clear) if line] if keeps else []
        data = os.path.join(self.folder, "data")
        words = f'exec "{PROGRAM}" serve --data "{data}" --port {self.port}'
        if keeps:
            # The process that execs is the one that serves: its number is what LISTEN_PID must say. dash knows no descriptor above 9.
            # Aside first: the numbers 3 and 4 may be taken by one another.
            moves = [f"exec {number + 200}<&{line}; " for number, line in enumerate(kept)]
            moves += [f"exec {number + 3}<&{number + 200}; exec {number + 200}<&-; " for number in range(len(kept))]
            words = "".join(moves) + f"export LISTEN_FDS={len(kept)} LISTEN_PID=$$; " + words
        self.process = subprocess.Popen(
            ["bash", "-c", words], env=environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            pass_fds=kept)
        self.hear("READY=1")

    def hear(self, wanted):
        """Waits for a state, passing over others; the names of those that came before it."""
        passed = []
        while True:
            state = self.mailbox.recv(256).decode()
            if state == wanted:
                return passed
            passed.append(state)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(60) == 0

    def see_it_end(self, seconds):
        """Waits for the end of the program, which may take so many seconds; how many it took. What it says meanwhile is not heard."""
        start = time.monotonic()
        while self.process.poll() is None:
            assert time.monotonic() - start < seconds, "the program does not end"
            # A mailbox that nobody empties makes those who write wait.
            with contextlib.suppress(TimeoutError):
                self.mailbox.settimeout(0.01)
                self.mailbox.recv(256)
        self.mailbox.settimeout(60)
        assert self.process.returncode == 0
        return time.monotonic() - start

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.listener.close()
        if self.clear:
            self.clear.close()
        self.mailbox.close()
        self.log.close()


@pytest.fixture
def keeper():
    folder = tempfile.mkdtemp(prefix="maillage-restart-")
    keeper = Keeper(folder)
    yield keeper
    keeper.close()
    shutil.rmtree(folder, ignore_errors=True)


class Crowd:
    """Visitors who come one after the other, each by a connection of their own, until told to stop."""

    def __init__(self, port, trust=None):
        self.port, self.trust = port, trust
        self.answered, self.turned_away, self.slowest = 0, [], 0.0
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.visit, daemon=True) for _ in range(VISITORS)]

    def visit(self):
        while not self.over.is_set():
            start = time.monotonic()
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=60) as line:
                    if self.trust:
                        line = self.trust.wrap_socket(line, server_hostname="localhost")
                    # Some take a breath between arriving and asking.
                    time.sleep(0.05 if id(threading.current_thread()) % 2 else 0)
                    line.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n\r\n".encode())
                    answer = b""
                    while piece := line.recv(65_536):
                        answer += piece
                fault = None if answer.startswith(b"HTTP/1.1 200 ") else repr(answer[:80])
            except OSError as error:
                fault = repr(error)
            with self.lock:
                self.slowest = max(self.slowest, time.monotonic() - start)
                if fault:
                    self.turned_away.append(fault)
                else:
                    self.answered += 1
            time.sleep(0.01)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join(90)


def test_nobody_is_turned_away_by_a_restart(keeper):
    keeper.start()
    gaps = []
    with Crowd(keeper.port) as crowd:
        for _ in range(RESTARTS):
            time.sleep(0.5)
            start = time.monotonic()
            keeper.stop()
            keeper.hear("STOPPING=1")
            keeper.start()
            gaps.append(time.monotonic() - start)
        time.sleep(0.5)
    keeper.stop()
    print(f"{RESTARTS} restarts, {crowd.answered} answered, {len(crowd.turned_away)} turned away, "
          f"slowest restart {max(gaps):.2f} s, slowest answer {crowd.slowest:.2f} s")
    assert crowd.turned_away == []
    assert crowd.answered > 20 * RESTARTS


def test_nobody_is_turned_away_from_https_either(keeper):
    trust = keeper.secure()
    keeper.start()
    with Crowd(keeper.port, trust) as crowd:
        for _ in range(RESTARTS):
            time.sleep(0.5)
            keeper.stop()
            keeper.hear("STOPPING=1")
            keeper.start()
            with socket.create_connection(keeper.clear.getsockname(), timeout=60) as line:
                line.sendall(b"GET /lieux HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                answer = line.recv(4_096).decode()
            assert answer.startswith("HTTP/1.1 308 ") and f"https://localhost:{keeper.port}/lieux" in answer
        time.sleep(0.5)
    keeper.stop()
    print(f"{RESTARTS} restarts in TLS, {crowd.answered} answered, slowest answer {crowd.slowest:.2f} s")
    assert crowd.turned_away == []
    assert crowd.answered > 10 * RESTARTS


class Latecomer:
    """A visitor who is there before the site is told to stop, and asks while it stops, piece by piece."""

    def __init__(self, keeper, trust=None, room=None):
        self.line = socket.socket()
        self.line.settimeout(30)
        if room:
            # Of what it has not read, the system keeps little.
            self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        self.line.connect(("127.0.0.1", keeper.port))
        # The bytes of TLS by hand: each side's flight is a piece.
        self.heard, self.said = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.secret = trust and trust.wrap_bio(self.heard, self.said, server_hostname="localhost")
        # Taken from the queue of the socket.
        time.sleep(0.3)

    def shake_hands(self, pause=0.0):
        """The handshake, with `pause` seconds before each of our flights."""
        while True:
            try:
                self.secret.do_handshake()
                done = True
            except ssl.SSLWantReadError:
                done = False
            time.sleep(pause)
            self.line.sendall(self.said.read())
            if done:
                return
            self.heard.write(self.receive())

    def receive(self):
        piece = self.line.recv(65_536)
        assert piece, "the site hung up"
        return piece

    def say(self, words):
        if self.secret:
            self.secret.write(words)
            words = self.said.read()
        self.line.sendall(words)

    def hear(self):
        """What comes next of an answer."""
        while self.secret:
            try:
                return self.secret.read(65_536)
            except ssl.SSLWantReadError:
                self.heard.write(self.receive())
        return self.receive()

    def body(self):
        """The body of an answer, of as many bytes as the answer says."""
        answer = self.hear()
        while b"\r\n\r\n" not in answer:
            answer += self.hear()
        head, body = answer.split(b"\r\n\r\n", 1)
        length = int(re.search(rb"(?i)content-length: (\d+)", head).group(1))
        while len(body) < length:
            body += self.hear()
        return body

    def ask(self, pause=0.0):
        """The status line that answers a request, said in three pieces with `pause` seconds before each."""
        for words in (b"GET /hea", b"lthz HTTP/1.1\r\nHo", b"st: localhost\r\n\r\n"):
            time.sleep(pause)
            self.say(words)
        return self.hear().split(b"\r\n")[0]


def tell_to_stop(keeper):
    """SIGTERM; back once the site has told its connections."""
    keeper.process.send_signal(signal.SIGTERM)
    keeper.hear("STOPPING=1")
    time.sleep(0.1)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_who_asks_slowly_is_answered_by_a_site_that_stops(keeper, scheme):
    trust = keeper.secure() if scheme == "https" else None
    keeper.start()
    visitor = Latecomer(keeper, trust)
    tell_to_stop(keeper)
    if trust:
        visitor.shake_hands(pause=0.5)
    assert visitor.ask(pause=0.5) == b"HTTP/1.1 200 OK"
    keeper.see_it_end(10)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_who_asks_while_a_site_that_stops_stands_still_is_answered(keeper, scheme):
    trust = keeper.secure() if scheme == "https" else None
    keeper.start()
    visitor = Latecomer(keeper, trust)
    tell_to_stop(keeper)
    # A disk or a processor that others keep busy does this to it.
    keeper.process.send_signal(signal.SIGSTOP)
    moved_on = threading.Timer(1.5, keeper.process.send_signal, (signal.SIGCONT,))
    moved_on.start()
    if trust:
        visitor.shake_hands()
    assert visitor.ask() == b"HTTP/1.1 200 OK"
    moved_on.join()
    keeper.see_it_end(10)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_who_takes_an_answer_slowly_gets_all_of_it_from_a_site_that_stops(keeper, scheme):
    trust = keeper.secure() if scheme == "https" else None
    keeper.start()
    visitor = Latecomer(keeper, trust, room=4_096)
    if trust:
        visitor.shake_hands()
    visitor.say(b"GET /carte HTTP/1.1\r\nHost: localhost\r\n\r\n")
    script = re.search(rb"/assets/leaflet[^\"]*\.js", visitor.body()).group()
    visitor.say(b"GET " + script + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    time.sleep(0.5)
    tell_to_stop(keeper)
    time.sleep(2)
    assert len(visitor.body()) > 100_000
    keeper.see_it_end(10)


@pytest.mark.parametrize("scheme, said", [
    ("http", "nothing"), ("http", "a request"), ("https", "nothing"), ("https", "hello"), ("https", "a request"),
])
def test_who_says_nothing_holds_up_no_restart(keeper, scheme, said):
    trust = keeper.secure() if scheme == "https" else None
    spent = []
    # The least of five: a machine that does something else only adds to it.
    while len(spent) < 5 and (not spent or min(spent) >= 1.5):
        keeper.start()
        # Gone without a word, as a telephone that left the network: it answers no farewell.
        gone = Latecomer(keeper, trust)
        if trust and said != "nothing":
            gone.shake_hands()
        if said == "a request":
            assert gone.ask() == b"HTTP/1.1 200 OK"
        tell_to_stop(keeper)
        spent.append(keeper.see_it_end(10))
    assert min(spent) < 1.5


def test_the_crowd_notices_a_socket_that_is_not_kept(keeper):
    # The port alone: it is let go of with the process.
    keeper.listener.close()
    keeper.start(keeps=False)
    with Crowd(keeper.port) as crowd:
        time.sleep(0.5)
        keeper.stop()
        time.sleep(0.5)
        keeper.start(keeps=False)
        time.sleep(0.5)
    keeper.stop()
    assert crowd.answered > 5
    assert any("refused" in fault.lower() for fault in crowd.turned_away)


def test_the_site_gives_a_sign_of_life_while_its_database_answers(keeper):
    keeper.start()
    assert keeper.hear("WATCHDOG=1") == []
    assert keeper.hear("WATCHDOG=1") == []
    keeper.stop()
    assert set(keeper.hear("STOPPING=1")) <= {"WATCHDOG=1"}
