"""S-08: two programs that look for holes by themselves, sqlmap and wapiti, on a demo network. Found by either: 0.

Both reach the site through a `Recorder`, which counts what is answered. The control is a small site with holes (`Holed`): the same
programs, options and readers must find each of them, and must say nothing of the page beside them that has none."""

import collections
import concurrent.futures
import contextlib
import fnmatch
import html
import html.parser
import http.client
import http.server
import itertools
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.parse
import urllib.request

from program import ROOT, World
from trials import Skipped, Verdict

#: From setup/probe-tools.txt: an environment of its own, for what it needs is not what other tools need.
WAPITI = os.environ.get("MAILLAGE_WAPITI") or os.path.join(ROOT, ".build-tools", "probes", "bin", "wapiti")

#: As whom the site is surveyed for parameters, and as whom wapiti walks.
ROLES = ("visitor", "coordinator", "funder", "operator", "animator", "manager", "editor", "account")
WALKERS = ("coordinator", "funder", "editor")

#: Never asked of the site: what ends the trial's own session or takes its own rights away, and would leave the rest of it empty.
SPARED = (
    "/deconnexion*", "/mon-compte/fermeture*", "/mon-compte/sessions/*", "/mon-compte/roles/*", "/mon-compte/mot-de-passe*",
    "/mon-compte/second-facteur*", "/mon-compte/adresse*", "/administration/roles/*", "/administration/comptes/*/second-facteur")

#: The field of a form that says it was made here: a probe sends it as it came, or every form would be refused unread.
TOKEN = "jeton"

#: Answers that say nothing of a parameter, above which share of all a target counts as not tried.
DEAF, MOST_DEAF = (403, 429), 0.2

#: Forms of which sqlmap hears little but refusals, and why.
REFUSING = {
    "/appels/{slug}/jury/membres": "a person invites thirty times a day",
    "/appels/{slug}/jury/declaration": "who has declared a conflict has no say in that dossier any more",
}


# The site, seen from a probe ------------------------------------------------------------------------------------------


class Recorder(http.server.ThreadingHTTPServer):
    """Stands before a site on 127.0.0.1 and passes everything on, each request from another address of the loopback network, so that
    limits by network do not decide what is tried. It says that forms come from the site's own pages, and follows no redirect."""

    daemon_threads = True
    request_queue_size = 256
    addresses = itertools.count(1)

    def __init__(self, port, host="127.0.0.1"):
        super().__init__((host, 0), Passage)
        self.site, self.port, self.lock = port, self.server_address[1], threading.Lock()
        #: How often each status was answered; 0 is no whole answer.
        self.statuses = collections.Counter()
        #: (method, path) of what was asked and answered as people would wish, without queries; and of what was sent on elsewhere.
        self.opened, self.sent_on = set(), set()
        #: Of each address that failed, one failure.
        self.failed, self.spared = {}, 0
        self.thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    @classmethod
    def source(cls):
        number = next(cls.addresses) % 0xFFFFFE + 1
        return f"127.{number >> 16}.{number >> 8 & 255}.{number & 255}"

    def note(self, method, target, body, status):
        with self.lock:
            self.statuses[status] += 1
            if status in (200, 422):
                self.opened.add((method, target.partition("?")[0]))
            elif 300 <= status < 400:
                self.sent_on.add((method, target.partition("?")[0]))
            if status >= 500 or status == 0:
                sent = f", with {body[:300].decode(errors='replace')}" if body else ""
                self.failed.setdefault((status, method, target.partition("?")[0]), f"{method} {target[:300]}{sent}")

    @property
    def odd(self):
        return [f"answered {status or 'nothing'}: {words}" for (status, _, _), words in self.failed.items()]

    @property
    def asked(self):
        return sum(self.statuses.values())

    @property
    def deaf(self):
        """The share of answers that say nothing."""
        return sum(self.statuses[status] for status in DEAF) / max(self.asked, 1)

    def handle_error(self, request, client_address):
        """The probe went away in the middle of an answer: its own affair."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()
        self.thread.join()


class Passage(http.server.BaseHTTPRequestHandler):
    """One connection of a probe."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = True
    wbufsize = -1

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if any(fnmatch.fnmatchcase(self.path.partition("?")[0], pattern) for pattern in SPARED) and self.command != "GET":
            self.server.spared += 1
            return self.answer(404, [], b"")
        status, headers, content = 0, [], b""
        line = http.client.HTTPConnection("127.0.0.1", self.server.site, timeout=60, source_address=(Recorder.source(), 0))
        try:
            line.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in ("connection", "keep-alive", "sec-fetch-site", "proxy-connection"):
                    line.putheader(name, value.encode("latin-1"))
            line.putheader("Sec-Fetch-Site", "same-origin")
            line.putheader("Connection", "close")
            line.endheaders(body or None)
            with line.getresponse() as reply:
                content = reply.read()
                status, headers = reply.status, reply.getheaders()
        except (OSError, http.client.HTTPException, ValueError) as error:
            if isinstance(error, (http.client.InvalidURL, UnicodeError)):
                # What no browser can send, and this passage neither.
                return self.answer(400, [], b"")
        finally:
            line.close()
        self.server.note(self.command, self.path, body, status)
        self.answer(status or 502, headers, content)

    def answer(self, status, headers, content):
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in ("connection", "content-length", "transfer-encoding", "keep-alive"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.pass_on
        raise AttributeError(name)

    def log_message(self, *_):
        pass


class Page(html.parser.HTMLParser):
    """The links of a page, and its forms with what a browser would send: (method, action, [(name, value, kind)])."""

    def __init__(self, text):
        super().__init__()
        self.links, self.forms = [], []
        self.form = self.choice = self.written = None
        self.plain = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "a" and (given.get("href") or "").startswith("/"):
            self.links.append(given["href"])
        elif tag == "form":
            self.form, self.plain = (given.get("method", "get").upper(), given.get("action") or "", []), False
            if given.get("enctype") != "multipart/form-data" and self.form[1].startswith("/"):
                self.forms.append(self.form)
        elif self.form is None or not given.get("name"):
            if tag == "button" and self.form is not None and given.get("type", "submit") == "submit":
                # What this button sends is the form itself; the others of it do something else with it.
                self.form[2][:] = [field for field in self.form[2] if field[2] != "submit"]
                self.plain = True
            if tag == "option" and self.choice is not None:
                value = given.get("value") or ""
                if "selected" in given or value and not self.choice[1]:
                    self.choice[1] = value
        elif tag == "input" or tag == "button":
            kind = given.get("type", "text" if tag == "input" else "submit")
            kind = "number" if given.get("inputmode") in ("numeric", "decimal") else kind
            if kind in ("button", "reset", "image") or kind == "submit" and self.plain:
                return
            self.form[2].append([given["name"], given.get("value") or ("on" if kind in ("checkbox", "radio") else ""), kind])
        elif tag == "select":
            self.choice = [given["name"], "", "select"]
            self.form[2].append(self.choice)
        elif tag == "textarea":
            self.written = [given["name"], "", "textarea"]
            self.form[2].append(self.written)

    def handle_data(self, data):
        if self.written is not None:
            self.written[1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.choice = None
        elif tag == "textarea":
            self.written = None


def ask(port, method, target, session=None, fields=None):
    """One request as a browser sends it: status, headers, text. No redirect is followed."""
    headers = {"Sec-Fetch-Site": "same-origin", **({"Cookie": f"session={session}"} if session else {})}
    body = None
    if fields is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urllib.parse.urlencode(fields)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request(method, target, body, headers)
        reply = line.getresponse()
        return reply.status, reply.headers, reply.read().decode(errors="replace")
    finally:
        line.close()


def sign_in(port, account):
    """The session that the form of the password opens."""
    page = Page(ask(port, "GET", "/connexion")[2])
    _, action, fields = next(form for form in page.forms if any(kind == "password" for _, _, kind in form[2]))
    typed = {"password": account["password"], "email": account["email"]}
    status, headers, _ = ask(port, "POST", action, fields=[(name, typed.get(kind, value)) for name, value, kind in fields])
    for cookie in headers.get_all("Set-Cookie") or []:
        if status == 303 and (found := re.match(r"session=([^;]+)", cookie)):
            return found.group(1)
    raise AssertionError(f"{account['email']} is not signed in: {status}")


class Demo(World):
    """A folder with the demo network, made anew or copied from another; removed at the end."""

    def __init__(self, like=None):
        self.like = like
        super().__init__(0, journal=False, extra={"MAILLAGE_SECOND_FACTOR": "offered", "MAILLAGE_LOG_LEVEL": "error"})

    def fill(self, count, closes):
        if self.like is None:
            self.run("demo", "--no-serve", "--data", self.data)
        else:
            shutil.copytree(self.like.data, self.data, symlinks=True)
        return []

    def account(self, role):
        with open(os.path.join(self.data, "demo-accounts.json")) as file:
            return next(account for account in json.load(file) if account["role"] == role)

    def sessions(self, port, roles):
        """The cookie of each role; a visitor has none."""
        return {role: None if role == "visitor" else sign_in(port, self.account(role)) for role in roles}


def watched(server):
    """What is wrong with a site after the probes: its process, its own count of failures, its log."""
    if not server.runs:
        return [f"found: the process is gone, with status {server.process.returncode}: {server.said[-300:]}"]
    faults = []
    status = ask(server.port, "GET", "/healthz")[0]
    if status != 200:
        faults.append(f"/healthz answers {status}")
    failed = re.search(r'^maillage_answers_total\{class="5xx"\} (\d+)', ask(server.port, "GET", "/metrics")[2], re.MULTILINE)
    if failed and int(failed.group(1)):
        faults.append(f"the site counts {failed.group(1)} answers of class 5xx")
    return faults + [f"log: {line[:300]}" for line in server.said.splitlines()[:3]]


# What there is to try -------------------------------------------------------------------------------------------------


class Target:
    """One address with the parameters to try there. `fields`: those of a form that is posted; None for an address that is read. A path is
    tried at the segment that holds an asterisk. `loose`: fields that hold another e-mail address each time, for limits count by them."""

    def __init__(self, role, pattern, target, names, fields=None, loose=()):
        self.role, self.pattern, self.target, self.names, self.fields, self.loose = role, pattern, target, names, fields, loose

    @property
    def method(self):
        return "GET" if self.fields is None else "POST"

    def __str__(self):
        return f"{self.method} {self.pattern} as {self.role}"


class Patterns:
    """The site map, as `maillage routes` lists it."""

    def __init__(self, listing):
        self.all = collections.defaultdict(list)
        for line in listing.splitlines():
            words = line.split()
            shape = re.sub(r"\\\{\w+\\\}", "([^/]+?)", re.escape(words[-1]))
            self.all[words[0]].append((words[-1], re.compile(shape)))

    def __call__(self, method, target):
        """The pattern of an address and where its variable parts lie; literal segments win, as in the program."""
        path = target.partition("?")[0]
        fitting = [(pattern, found) for pattern, shape in self.all[method] if (found := shape.fullmatch(path))]
        return min(fitting, key=lambda one: one[0].count("{"), default=(None, None))


#: What is typed where a form offers nothing.
SAMPLES = {"number": "1", "date": "2026-11-30", "time": "12:00", "datetime-local": "2026-11-30T12:00", "email": "essai@demo.example",
           "url": "https://demo.example/", "tel": "0123456789", "search": "atelier", "password": "mot-de-passe-essai"}
#: What the machine interface is asked: it refuses what makes no sense.
MACHINE_SAMPLES = {"kind": "coworking", "service": "fabrication", "audience": "jeunes", "maturity": "ouvert", "accessibility": "oui",
                   "commune": "62498", "departement": "62", "region": "32", "near": "50.4,2.8", "radius": "20000",
                   "open_at": "2026-11-30T12:00:00Z", "updated_since": "2020-01-01T00:00:00Z", "bbox": "1,48,4,51", "sort": "name",
                   "nature": "ami", "phase": "open", "from": "2020", "to": "2027"}


def sample(value, kind):
    return value.strip() or SAMPLES.get(kind, "atelier")


def survey(port, sessions, patterns, each=8):
    """Walks the site as each person, `each` addresses of a pattern at most: every parameter of an address, of a path and of a form, once
    for each pattern; then those of the description of the machine interface. And of each person the pages that were opened, and the
    addresses that were met and left."""
    reads, writes, paths, known, ways = [], [], [], set(), {}

    def fresh(method, pattern, names):
        """Those not met before; names that differ by a number or an identifier alone are read by the same lines."""
        new = {}
        for name in names:
            key = method, pattern, re.sub(r"\b(?=\w*\d)[0-9a-z]{13}\b|\d+", "#", name)
            if name != TOKEN and key not in known:
                known.add(key)
                new[name] = True
        return list(new)

    def read(role, target):
        pattern, _ = patterns("GET", target)
        query = urllib.parse.parse_qsl(target.partition("?")[2])
        if pattern and (names := fresh("GET", pattern, [name for name, _ in query])):
            reads.append(Target(role, pattern, f"{target.partition('?')[0]}?{urllib.parse.urlencode(query)}", names))

    for role, session in sessions.items():
        opened, met, pages, left = collections.Counter(), set(), {}, set()
        ways[role] = pages, left
        waiting = [pattern for pattern, _ in patterns.all["GET"] if "{" not in pattern]
        for target in waiting:
            path = urllib.parse.urlsplit(target).path
            pattern, found = patterns("GET", path)
            read(role, target.partition("#")[0])
            if pattern is None or path in met or any(fnmatch.fnmatchcase(path, one) for one in SPARED):
                continue
            # A file has no links and no forms: one of its kind is enough, and some take long to make.
            if opened[pattern] >= (1 if "." in path.rpartition("/")[2] else each):
                left.add(path)
                continue
            met.add(path)
            opened[pattern] += 1
            status, headers, text = ask(port, "GET", path, session)
            if status != 200:
                continue
            for place in range(1, len(found.groups()) + 1):
                if fresh("PATH", pattern, [str(place)]):
                    paths.append(Target(role, pattern, path[:found.end(place)] + "*" + path[found.end(place):], ["#1*"]))
            if not headers.get("Content-Type", "").startswith("text/html"):
                continue
            pages.setdefault(pattern, []).append(path)
            page = Page(text)
            waiting.extend(page.links)
            for method, action, fields in page.forms:
                action = action.partition("#")[0]
                filled = [(name, sample(value, kind)) for name, value, kind in fields]
                if method == "GET":
                    # Each alone, with what the form holds by itself: all of them together would find nothing.
                    own = [(name, value) for name, value, kind in fields if kind == "hidden" and value]
                    for name, value in filled:
                        read(role, action.partition("?")[0] + "?" + urllib.parse.urlencode(dict(own) | {name: value}))
                    continue
                pattern, _ = patterns("POST", action)
                spared = any(fnmatch.fnmatchcase(action.partition("?")[0], one) for one in SPARED)
                if pattern and not spared and (names := fresh("POST", pattern, [name for name, _ in filled])):
                    # Of the buttons one is pressed, of the choices one is ticked.
                    sent = list(dict(reversed(filled)).items())[::-1]
                    loose = [name for name, _, kind in fields if kind == "email"]
                    for own in [[name for name in names if name not in loose], *([name] for name in names if name in loose)]:
                        if own:
                            writes.append(Target(role, pattern, action, own, sent, [name for name in loose if name not in own]))
    described = json.loads(ask(port, "GET", "/openapi.json")[2])
    for path, methods in described["paths"].items():
        # A tile over the north of France.
        path = path.replace("{z}/{x}/{y}", "6/32/21")
        for one in methods.get("get", {}).get("parameters", []):
            if one["in"] == "query":
                name, kind = one["name"], one.get("schema", {}).get("type")
                value = MACHINE_SAMPLES.get(name) or {"integer": "1", "number": "1"}.get(kind, "atelier")
                beside = {"near": MACHINE_SAMPLES["near"]} if name == "radius" else {}
                read("visitor", path + "?" + urllib.parse.urlencode({**beside, name: value}))
    return reads + paths, writes, ways


# sqlmap ---------------------------------------------------------------------------------------------------------------


#: Every technique, in the words of the engine that the demo network runs on: those of the twenty others would be four times as many.
SQLMAP = ["--batch", "--level", "3", "--risk", "2", "--technique", "BEUSTQ", "--dbms", "SQLite", "--time-sec", "2", "--flush-session",
          "--disable-coloring", "--ignore-redirects", "--timeout", "20", "--retries", "1"]


def sqlmap(port, target, session, folder, patience=900):
    """Tries the parameters of one target. What was found, and what went wrong with the trying; the recorder of it; and what held it back,
    `once` for a form that there is nothing left for, `refused` for one of `REFUSING`."""
    names = ",".join(target.names)
    os.makedirs(folder)
    with Recorder(port) as recorder:
        words = ["sqlmap", "-u", recorder.address + target.target, *SQLMAP, "--output-dir", folder]
        if target.fields is not None:
            words += ["--data", urllib.parse.urlencode(target.fields), "--method", "POST"]
        if target.loose:
            words += ["--randomize", ",".join(target.loose)]
        if "*" not in target.target:
            words += ["-p", names]
        if session:
            words += ["--cookie", f"session={session}"]
        try:
            said = subprocess.run(
                words, env={"PATH": os.environ["PATH"], "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=patience).stdout.decode(errors="replace")
        except subprocess.TimeoutExpired as late:
            said = (late.stdout or b"").decode(errors="replace") + "\n[CRITICAL] it was stopped"
    found, faults, held = *read_sqlmap(said, folder, target), None
    found += [f"found by sqlmap: {line}, at {target}" for line in recorder.odd[:3]]
    if target.fields is not None and re.search(r"\[ERROR\] page not found \(404\)", said) and recorder.statuses[404] == recorder.asked:
        # The first of its requests did what the form is for, and there is nothing left to do it to.
        faults, held = [], "once"
    elif recorder.deaf > MOST_DEAF:
        if target.pattern in REFUSING:
            held = "refused"
        else:
            faults.append(f"not tried: {recorder.deaf:.0%} of the answers to {target} were {DEAF}")
    return found, faults, recorder, held


def read_sqlmap(said, folder, target):
    """What sqlmap reports of one target: its holes, from its own log; the parameters that it did not try to the end."""
    found, faults, done = [], [], set()
    for path, _, files in os.walk(folder):
        if "log" in files:
            with open(os.path.join(path, "log"), errors="replace") as file:
                for name, place, ways in re.findall(r"^Parameter: (.+) \((.+)\)\n((?:    .*\n|\n(?=    ))+)", file.read(), re.MULTILINE):
                    kinds = "; ".join(dict.fromkeys(re.findall(r"Type: (.+)", ways)))
                    payload = (re.findall(r"Payload: (.+)", ways) or [""])[0]
                    found.append(f"found by sqlmap: {target}: {name} ({place}): {kinds}: {payload[:200]}")
                    done.add(name.split()[-1])
    for name, words in re.findall(r"heuristic \((?:XSS|FI)\) test shows that \S+ parameter '(.+?)' might be (.+)", said):
        found.append(f"found by sqlmap: {target}: {name}: {words.strip()}")
    done.update(re.findall(r"parameter '(.+?)' does not seem to be injectable", said))
    missing = [name for name in target.names if name not in done]
    if missing:
        last = [line for line in said.splitlines() if "[CRITICAL]" in line or "[ERROR]" in line][-1:] or said.splitlines()[-1:]
        faults.append(f"not tried: {target}: {', '.join(missing)}: {''.join(last)[:200]}")
    return found, faults


def try_all(places, targets, sessions, folder, workers):
    """Every target, so many at a time, on the port that `places()` gives for each. What was found, what went wrong, the counts, and what
    was held back."""
    found, faults, statuses, held = [], [], collections.Counter(), collections.Counter()

    def one(number):
        target, wrong = targets[number], []
        try:
            with places(wrong, target) as port:
                return *sqlmap(port, target, sessions[target.role], os.path.join(folder, f"sqlmap-{number}")), wrong
        except (OSError, AssertionError) as error:
            return [], [f"not tried: {target}: {error}"], None, None, wrong

    # The widest forms first: none of them then is what everybody waits for at the end.
    order = sorted(range(len(targets)), key=lambda number: -len(targets[number].names))
    with concurrent.futures.ThreadPoolExecutor(workers) as crew:
        for own, wrong, recorder, why, after in crew.map(one, order):
            found += own
            faults += wrong + after
            statuses += recorder.statuses if recorder else collections.Counter()
            held.update([why] if why else [])
    return found, faults, statuses, held


# wapiti ---------------------------------------------------------------------------------------------------------------


class Endpoint(http.server.ThreadingHTTPServer):
    """Where wapiti tries to lead the site to: whoever comes, but wapiti itself for its results, was sent by the site."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Arrival)
        self.came = []
        self.thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    __enter__, __exit__, handle_error = Recorder.__enter__, Recorder.__exit__, Recorder.handle_error


class Arrival(http.server.BaseHTTPRequestHandler):
    timeout = 10

    def do_GET(self):
        if not self.path.startswith("/get_"):
            self.server.came.append(self.path[:120])
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


#: What wapiti reports and is no hole: its category, words of what it says, why.
REVIEWED = (
    ("Secure Flag cookie", r"cookie : (session|message|connexion)$",
     "the trial speaks HTTP on the loopback network, where such a cookie would not come back; a site with HTTPS sets the flag"),
    ("Resource consumption", r"", "an answer took more than 5 s on this machine: how soon pages come is what R-14 measures"),
)

#: The modules that wapiti 3.2.3 chooses by itself; of them `ssl` has nothing to look at.
MODULES = {"cookieflags", "csp", "exec", "file", "http_headers", "permanentxss", "redirect", "sql", "ssrf", "upload", "xss"}


class Walk:
    """What came of one walk of wapiti: its findings, what went wrong with the walking, what was reviewed and is no hole."""

    def __init__(self):
        self.found, self.faults, self.reviewed = [], [], collections.Counter()
        self.pages = self.cut = 0


def wapiti(port, session, folder, starts, left, walk, attack, patience):
    """Walks a site signed in, from some pages one step on, but for the addresses `left` out; with the modules that wapiti chooses by
    itself. `walk` and `attack`: seconds that the walk and each module may take."""
    os.makedirs(folder)
    path, begin = os.path.join(folder, "report.json"), os.path.join(folder, "starts")
    with Recorder(port) as recorder, Endpoint() as endpoint:
        with open(begin, "w") as file:
            file.writelines(f"{recorder.address}{start}\n" for start in starts)
        words = [
            WAPITI, "-u", recorder.address + "/", "--scope", "folder", "-s", begin, "-d", "1", "-S", "paranoid", "-t", "5", "-f", "json",
            "-o", path, "-v", "1", "--no-bugreport", "--flush-session", "--store-session", os.path.join(folder, "session"),
            "--store-config", os.path.join(folder, "config"), "--endpoint", f"http://127.0.0.1:{endpoint.server_address[1]}/",
            "--skip", TOKEN, "--max-scan-time", str(walk), "--max-attack-time", str(attack)]
        for one in itertools.chain(SPARED, *((path, path + "?*") for path in left)):
            words += ["-x", recorder.address + one]
        if session:
            words += ["-C", f"session={session}"]
        came = Walk()
        with open(os.path.join(folder, "said"), "w+b") as output:
            try:
                subprocess.run(
                    words, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, timeout=patience,
                    env={"PATH": os.environ["PATH"], "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"})
            except subprocess.TimeoutExpired:
                came.faults.append(f"wapiti did not end in {patience} s")
            output.seek(0)
            read_wapiti(path, output.read().decode(errors="replace"), came)
    came.found += [f"found by wapiti: the site was led elsewhere: {line}" for line in dict.fromkeys(endpoint.came)]
    came.found += [f"found by wapiti: {line}" for line in recorder.odd]
    if recorder.deaf > MOST_DEAF:
        came.faults.append(f"not tried: {recorder.deaf:.0%} of the answers to wapiti were {DEAF}")
    return came, recorder


def read_wapiti(path, said, came):
    """What wapiti reports, from its JSON file; what it did not come to, from its words."""
    try:
        with open(path) as file:
            report = json.load(file)
    except (OSError, ValueError):
        came.faults.append(f"not tried: wapiti wrote no report: {said[-300:]}")
        return
    came.pages = report["infos"]["crawled_pages_nbr"]
    for category, lines in {**report["vulnerabilities"], **report["anomalies"]}.items():
        for line in lines:
            if any(category == one and re.search(words, line["info"]) for one, words, _ in REVIEWED):
                came.reviewed[category] += 1
            else:
                where = f"{line['method']} {line['path']} {line['parameter'] or ''}".strip()
                came.found.append(f"found by wapiti: {category}: {where}: {line['info'][:200]}")
    missing = MODULES - set(re.findall(r"Launching module (\w+)", said))
    if missing:
        came.faults.append(f"not tried: modules of wapiti: {', '.join(sorted(missing))}")
    for words in re.findall(r"^.*(?:Traceback|nexpected exception|generated an exception).*$", said, re.MULTILINE)[:3]:
        came.faults.append(f"not tried: wapiti: {words[:200]}")
    came.cut = len(re.findall(r"Max (?:attack|scan) time was reached", said))


# The control ----------------------------------------------------------------------------------------------------------


class Holed(http.server.ThreadingHTTPServer):
    """A small site with holes, and one page without: what comes in is bound and escaped there. No answer has a policy."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Hole)
        self.lock = threading.Lock()
        self.database = sqlite3.connect(":memory:", check_same_thread=False)
        self.database.execute("CREATE TABLE item (name TEXT, price INTEGER)")
        self.database.executemany("INSERT INTO item VALUES (?, ?)", [("lamp", 12), ("chair", 40), ("table", 95)])
        self.port = self.server_address[1]
        self.thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    __enter__, __exit__, handle_error = Recorder.__enter__, Recorder.__exit__, Recorder.handle_error

    def rows(self, sql, values=()):
        with self.lock:
            return self.database.execute(sql, values).fetchall()


class Hole(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self):
        parts = urllib.parse.urlsplit(self.path)
        self.show(parts.path, dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True)))

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(errors="replace")
        self.show(self.path, dict(urllib.parse.parse_qsl(body, keep_blank_values=True)))

    def show(self, path, fields):
        text = next((fields[name] for name in ("name", "word", "text", "to", "from") if name in fields), "")
        try:
            if path in ("/items", "/search"):
                self.answer(self.table(self.server.rows(f"SELECT name, price FROM item WHERE name = '{text}'")))
            elif path.startswith("/item/"):
                name = urllib.parse.unquote(path[6:])
                self.answer(self.table(self.server.rows(f"SELECT name, price FROM item WHERE name = '{name}'")))
            elif path == "/bound":
                self.answer(self.table(self.server.rows("SELECT name, price FROM item WHERE name = ?", (text,))) + html.escape(text))
            elif path == "/echo":
                self.answer(f"<p>You wrote {text}</p>")
            elif path == "/leave" and re.fullmatch(r"(https?:/)?/[!-~]*", text):
                self.answer("<p>Elsewhere</p>", 302, [("Location", text)])
            elif path == "/fetch":
                with urllib.request.urlopen(text, timeout=5) as other:
                    self.answer(f"<p>{len(other.read())} bytes</p>")
            elif path == "/":
                self.answer(
                    '<a href="/items?name=lamp">lamp</a> <a href="/bound?name=lamp">lamp</a> <a href="/echo?text=hello">echo</a> '
                    '<a href="/leave?to=%2F">leave</a> <a href="/fetch?from=a">fetch</a> '
                    '<form method="post" action="/search"><input name="word" value="lamp"><button>Search</button></form>')
            else:
                self.answer("<p>No such page</p>", 404)
        except sqlite3.Error as error:
            self.answer(f"<p>sqlite3.{type(error).__name__}: {html.escape(str(error))}</p>", 500)
        except (OSError, ValueError, http.client.HTTPException):
            self.answer("<p>It does not answer</p>")

    @staticmethod
    def table(rows):
        return f"<p>{len(rows)} found</p><ul>{''.join(f'<li>{name}: {price}</li>' for name, price in rows)}</ul>"

    def answer(self, text, status=200, headers=()):
        content = f"<!doctype html><title>Shop</title>{text}".encode(errors="replace")
        self.send_response(status)
        for name, value in (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(content))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


#: What each program must find of it, by words of its finding.
HOLES = {
    "sqlmap": ("GET /items as visitor: name", "POST /search as visitor: word", "GET /item/{name} as visitor: #1*", "answered 500"),
    "wapiti": ("SQL Injection: GET /items", "Reflected Cross Site Scripting: GET /echo", "Open Redirect: GET /leave",
               "Content Security Policy Configuration", "led elsewhere", "answered 500"),
}


def holes():
    """The control: what the same programs find of a site with holes. A hole that is missed, or a page that is accused and has none, is
    all that is told: then nothing was noticed."""
    targets = [
        Target("visitor", "/items", "/items?name=lamp", ["name"]), Target("visitor", "/bound", "/bound?name=lamp", ["name"]),
        Target("visitor", "/item/{name}", "/item/lamp*", ["#1*"]),
        Target("visitor", "/search", "/search", ["word"], [(TOKEN, "a"), ("word", "lamp")])]
    verdicts = []
    with tempfile.TemporaryDirectory(prefix="maillage-probes-") as folder, Holed() as site:
        found, faults, statuses, _ = try_all(lambda *_: contextlib.nullcontext(site.port), targets, {"visitor": None}, folder, 2)
        verdicts.append(("sqlmap", found, faults, statuses))
        came, recorder = wapiti(site.port, None, os.path.join(folder, "wapiti"), ["/"], [], 60, 60, 600)
        verdicts.append(("wapiti", came.found, came.faults, recorder.statuses))
    made = []
    for name, found, faults, statuses in verdicts:
        wrong = [f"missed by {name}: {hole}" for hole in HOLES[name] if not any(hole in line for line in found)]
        wrong += [f"accused by {name}: {line}" for line in found if "/bound" in line]
        made.append(Verdict(f"S-08 {name}", wrong + faults or found, requests=statuses.total(), holes=len(HOLES[name])))
    return made


# The trial ------------------------------------------------------------------------------------------------------------


def probes(each=4, limit=None, walkers=WALKERS, walk=600, attack=240, workers=3, planted=False):
    """S-08: every parameter under sqlmap, level 3, risk 2; every page under wapiti as three people. Neither finds a hole, no answer is a
    failure, the process is the same, and `maillage check` is content. `limit`: the most targets of sqlmap; all when None. `walk` and
    `attack`: seconds that a walk of wapiti and each of its modules may take; a walk that is cut sometimes leaves it without a report."""
    for program, package in ((WAPITI, "setup/test-tools.sh probes"), ("sqlmap", "apt-get install sqlmap")):
        if not shutil.which(program):
            raise Skipped(f"{os.path.basename(program)} is not installed ({package})")
    if planted:
        return holes()
    with Demo() as first:
        patterns = Patterns(first.run("routes"))
        # Whoever signs in now is signed in on every copy.
        with first.serve() as server:
            sessions = first.sessions(server.port, ROLES)
            reads, writes, ways = survey(server.port, sessions, patterns, each)
        # Each on a network of its own: a probe that writes must not move what another compares.
        with concurrent.futures.ThreadPoolExecutor(len(walkers) + 1) as crew:
            walked = [crew.submit(walk_as, first, role, sessions[role], ways[role], patterns, walk, attack) for role in walkers]
            tried = crew.submit(parameters, first, sessions, reads[:limit] + writes[:limit], workers)
            return [tried.result(), joined(walkers, [one.result() for one in walked])]


def settled(world, server, sessions):
    """What is wrong with a site after the probes; it is stopped, and its folder is checked."""
    faults = watched(server)
    if server.runs:
        faults += [f"not tried: {role} is signed out" for role, session in sessions.items()
                   if session and ask(server.port, "GET", "/mon-compte", session)[0] != 200]
        if (status := server.stop()) != 0:
            faults.append(f"the process ended with {status}")
    try:
        world.run("check", "--data", world.data)
    except AssertionError as wrong:
        faults.append(str(wrong)[:300])
    return faults


def parameters(like, sessions, targets, workers):
    """sqlmap on every target, each on a network of its own: what a form does changes what others may, and what breaks one site must not
    hide the rest."""
    begun = time.monotonic()

    @contextlib.contextmanager
    def alone(wrong, target):
        with Demo(like=like) as world, world.serve() as server:
            yield server.port
            wrong += [f"{fault}, after {target}" for fault in settled(world, server, {target.role: sessions[target.role]})]

    with tempfile.TemporaryDirectory(prefix="maillage-probes-") as folder:
        found, faults, statuses, held = try_all(alone, targets, sessions, folder, workers)
    return Verdict(
        "S-08 sqlmap", found + faults, targets=len(targets), parameters=sum(len(target.names) for target in targets),
        forms=sum(target.fields is not None for target in targets), requests=statuses.total(), answers=told(statuses),
        held_back=told(held) or 0, minutes=round((time.monotonic() - begun) / 60, 1))


def told(counts):
    return " ".join(f"{name}×{count}" for name, count in sorted(counts.items()))


def walk_as(like, role, session, way, patterns, walk, attack):
    pages, left = way
    starts = [paths[0] for paths in pages.values()]
    left = left | {path for paths in pages.values() for path in paths[1:]}
    with Demo(like=like) as world, world.serve() as server:
        came, recorder = wapiti(
            server.port, session, os.path.join(world.folder, "wapiti"), starts, sorted(left), walk, attack, walk + 15 * attack + 300)
        opened = {(method, patterns(method, path)[0]) for method, path in recorder.opened | recorder.sent_on if method == "POST"} | {
            (method, patterns(method, path)[0]) for method, path in recorder.opened}
        missed = [path for path in starts if ("GET", path) not in recorder.opened]
        if len(missed) * 10 > len(starts):
            came.faults.append(f"not tried: {len(missed)} of {len(starts)} pages, as {role}: {missed[:3]}")
        came.faults += settled(world, server, {role: session})
    came.found = [f"{line}, as {role}" for line in came.found]
    return came, recorder, opened


def joined(walkers, walked):
    figures = {}
    for role, (came, recorder, opened) in zip(walkers, walked):
        figures[role] = f"{came.pages} pages {recorder.asked} requests {len(opened)} patterns ({told(recorder.statuses)})"
    reviewed = sum((came.reviewed for came, _, _ in walked), collections.Counter())
    return Verdict(
        "S-08 wapiti", [line for came, _, _ in walked for line in came.found + came.faults], **figures,
        modules_cut_short=sum(came.cut for came, _, _ in walked), reviewed=told(reviewed) or 0)
