"""Other programs asked the same questions as Maillage, on the same machine, one after the other, in one run.

`Benchmarks/run --only peers` installs them (the Debian packages tagged `peers`, and setup/peers.txt from PyPI), starts each on the loopback
in a temporary folder, and ends it. One that cannot be installed or started is told, and the others are measured.
"""

import math
import os
import re
import subprocess

from measures import ROOT, Failure, say
from peers import maillage
from peers.django_directory import directory, first_slug
from peers.mediawiki import HOME, Writer, address, rows, wiki
from peers.pretalx_call import CALL, pretalx, submit
from peers.programs import WORKERS, acts

PLACES, WIKI_PAGES, PEOPLE = 3_500, 400, 16
#: The square of a map around Lille: zoom, column, row.
SQUARE = (12, 2_082, 1_377)
LIST, SHEET, SEARCH, API, MAP = (
    "a list of 50 places with facets", "the sheet of a place", "a search of two words", "API, 50 whole places", "a square of the map")
CALL_PAGE, DEPOSIT, SAVE = "the page of a call", "a deposit, from the form to its end", "a text saved"
QUESTIONS = (LIST, SHEET, SEARCH, API, MAP, CALL_PAGE, DEPOSIT, SAVE)

TOLD = """The same questions to each program, one program after the other in one run, each set up as its own documentation says for
production. Nobody has a cache of pages in front; Maillage has one inside, so it is there twice: « made anew » is with `PAGE_CACHE=0`,
« kept » as it is served. Processor time is that of every process of the program, its database's included, for one answer, without
compression or TLS. « In a second » is by `wrk` with 32 connections, and of 16 people at once for a deposit and a save; what asks takes its
share of the same cores, and for Maillage's deposits and saves the client, in Python, is what limits. « Alone » is the median answer to one
visitor. The ratios are of processor time, which depends least on what else the machine does. Kept or not, the API and the map cost
Maillage the same.

- **Django** {django}: a directory of our own (`Benchmarks/peers/directory`), as its documentation advises: PostGIS with indexes for places,
  words and order, related rows asked for together, connections and compiled templates kept, gunicorn with {workers} workers, no cache, as in
  a new project. The same {places:,} places as Maillage; six groups of facets where Maillage has seven, a plainer page, and in the API the
  columns that its tables have. On the map it answers the 41 places of the square, Maillage their clusters.
- **pretalx** {pretalx}: one open call without questions, PostgreSQL, gunicorn as its documentation says, with {workers} workers, neither
  Celery nor Redis, mail that goes nowhere. A proposal is two forms and five requests; a deposit of Maillage is the form of a section read
  and written, the check page, the deposit: four requests, at the end of which a signed receipt is made. Everybody has signed in before.
- **MediaWiki** {mediawiki}, Debian's, with PHP-FPM ({workers} processes), nginx, PostgreSQL and APCu, as its manual says of speed:
  {wiki:,} places as pages, parsed pages kept as by default, files of whole pages not. A save is an edit of a place through its API; that of
  Maillage writes a section of a dossier.
- **On the disk when an answer leaves**: PostgreSQL syncs each commit (`fsync` and `synchronous_commit` on, as by default), so proposals and
  edits are, as deposits and saves of Maillage are (SQLite's log and, for a deposit, the journal in a second file, on the same disk here)."""


class Comparison:
    """What was measured, in the order of the questions."""

    def __init__(self):
        self.answers = {question: [] for question in QUESTIONS}
        self.programs = []

    def note(self, question, program, figures):
        self.answers[question].append((program, figures))
        say(f"  {question}, {program}: {figures.cost:.0f} µs, {figures.rate:,.1f}/s, {figures.alone:.1f} ms alone")

    def note_program(self, program, first, held):
        self.programs.append((program, f"{first:.2f} s", f"{held:,.0f} MB", f"{os.getloadavg()[0]:.0f}"))
        say(f"  {program}: {first:.2f} s to the first answer, {held:.0f} MB")

    def text(self):
        lines = ["| Asked | Program | Bytes | Processor | In a second | Alone | × Maillage made anew | × Maillage kept |",
                 "|---|---|---|---|---|---|---|---|"]
        for question, answers in self.answers.items():
            costs = {program: figures.cost for program, figures in answers}
            anew, kept = costs.get("Maillage, made anew") or costs.get("Maillage"), costs.get("Maillage, kept")
            for program, figures in answers:
                lines.append("| " + " | ".join([
                    question, program, f"{figures.size:,}" if figures.size else "", f"{brief(figures.cost / 1000)} ms", brief(figures.rate),
                    f"{brief(figures.alone)} ms", ratio(figures.cost, anew), ratio(figures.cost, kept)]) + " |")
        lines += ["", "| Program | From the start to the first answer | Memory after the measures (PSS) | Load of the machine then |",
                  "|---|---|---|---|"]
        return "\n".join(lines + ["| " + " | ".join(program) + " |" for program in self.programs])


def brief(value):
    """Three figures that count."""
    return f"{value:,.{max(2 - math.floor(math.log10(value)), 0) if value > 0 else 0}f}"


def ratio(cost, ours):
    return f"{brief(cost / ours)} ×" if ours else ""


def box(zoom, column, row):
    """West, south, east and north of a square of the web's map."""
    def longitude(number):
        return number / 2 ** zoom * 360 - 180

    def latitude(number):
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * number / 2 ** zoom))))

    return longitude(column), latitude(row + 1), longitude(column + 1), latitude(row)


def our_paths(slug):
    return {LIST: "/lieux", SHEET: "/lieux/" + slug, SEARCH: "/lieux?q=fablab+amiens", API: "/api/v1/places?limit=50",
            MAP: "/api/v1/map/{}/{}/{}".format(*SQUARE)}


def measure_maillage(found, program, data, seconds):
    for name, settings in (("Maillage, kept", {}), ("Maillage, made anew", {"PAGE_CACHE": "0"})):
        taken, first, held = maillage.serve(program, data, our_paths, seconds, **settings)
        for question, figures in taken.items():
            found.note(question, name, figures)
        found.note_program(name, first, held)
    kept, anew, deposits, saves = maillage.calls(program, PEOPLE, 40, seconds)
    found.note(CALL_PAGE, "Maillage, kept", kept)
    found.note(CALL_PAGE, "Maillage, made anew", anew)
    found.note(DEPOSIT, "Maillage", deposits)
    found.note(SAVE, "Maillage", saves)


def measure_directory(found, folder, places, seconds):
    with directory(folder, places) as (site, first):
        paths = {LIST: "/lieux", SHEET: "/lieux/" + first_slug(site.port), SEARCH: "/lieux?q=fablab+amiens", API: "/api/places",
                 MAP: "/api/map?bbox=" + ",".join(map(str, box(*SQUARE)))}
        for question, path in paths.items():
            found.note(question, "Django", site.page(path, seconds))
        found.note_program("Django", first, site.memory())


def measure_pretalx(found, folder, seconds):
    with pretalx(folder, PEOPLE) as (site, visitors, first):
        found.note(CALL_PAGE, "pretalx", site.page(CALL, seconds))
        found.note(DEPOSIT, "pretalx", acts(visitors, 10, submit, site.spent))
        found.note_program("pretalx", first, site.memory())


def measure_wiki(found, folder, places, seconds):
    with wiki(folder, places, WIKI_PAGES) as (site, password, first):
        found.note(SHEET, "MediaWiki", site.page(address(0), seconds))
        writers = [Writer(site, password, number, row) for number, row in enumerate(rows(places, PEOPLE))]
        found.note(SAVE, "MediaWiki", acts(writers, 20, Writer.save, site.spent))
        found.note_program("MediaWiki", first, site.memory())


def install():
    """Asks for what the peers need. What cannot be had is told by the scripts, then by each peer that lacks it."""
    for script in ("install.sh", "test-tools.sh"):
        subprocess.run([os.path.join(ROOT, "setup", script), "peers"], stdout=subprocess.DEVNULL)


def versions():
    """Of the peers: the pinned ones, and that of Debian's wiki when it is there."""
    with open(os.path.join(ROOT, "setup", "peers.txt")) as file:
        found = dict(re.findall(r"^(\w+)==(.+)$", file.read(), re.M))
    try:
        with open(os.path.join(HOME, "includes", "Defines.php")) as file:
            found["mediawiki"] = re.search(r"'MW_VERSION', '([^']+)'", file.read()).group(1)
    except OSError:
        found["mediawiki"] = "(absent)"
    return found


def measure(program, folder, seconds):
    """The text of what was measured, and the peers that could not be."""
    install()
    missed, found = {}, Comparison()
    own = {}
    for name in ("maillage", "django", "pretalx", "mediawiki"):
        own[name] = os.path.join(folder, "peers-" + name)
        os.mkdir(own[name])
    say("Maillage")
    data, places = maillage.fill(program, own["maillage"], PLACES)
    measure_maillage(found, program, data, seconds)
    for name, work in (("Django", lambda: measure_directory(found, own["django"], places, seconds)),
                       ("pretalx", lambda: measure_pretalx(found, own["pretalx"], seconds)),
                       ("MediaWiki", lambda: measure_wiki(found, own["mediawiki"], places, seconds))):
        say(name)
        try:
            work()
        except (Failure, OSError, subprocess.SubprocessError) as failure:
            missed[name] = str(failure)
            say(f"  not measured: {failure}")
    lines = [f"{name} was not measured: {why}." for name, why in missed.items()]
    told = TOLD.format(workers=WORKERS, places=PLACES, wiki=WIKI_PAGES, **versions())
    return "\n\n".join([told, found.text(), *lines]), list(missed)
