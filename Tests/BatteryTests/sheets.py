"""S-12: formulas that people type into the site come out of every file it gives as the text that was typed, never as formulas: read by
LibreOffice, as whoever opens them would, and by Python."""

import csv
import datetime
import functools
import glob
import html.parser
import http.client
import io
import itertools
import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
import unicodedata
import urllib.parse
import xml.etree.ElementTree as ElementTree
import zipfile
import zoneinfo

from program import ROOT, World
from trials import Skipped, Verdict

PASSWORD = "tisser-des-liens-2026"
PLACE = "La Fosse commune numérique (démo)"
FACTORIES, FACTORIES_TITLE = "fabriques-de-territoire-demo", "Fabriques de territoire (démo)"
TRIAL_TITLE = "Appel d’essai"

#: What a cell may begin with to be taken for a formula, here and in the spreadsheets of other alphabets.
SIGNS = ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t=", "\r="]
#: What is to be run. {} names what was planted.
TEXTS = ["1+1+{}", "cmd|' /C calc'!{}", "HYPERLINK(\"http://{}.example/\")", "WEBSERVICE(\"http://{}.example/\")",
         "DDE(\"cmd\";\"/C calc\";\"{}\")", "SUM(1;1)*cmd|' /C calc'!{}"]
#: What stands before the sign, to hide it or to begin a cell of its own.
COVERS = [" ", "  ", "\u00a0", "\u200b", "'", "''", "\"", "\"\"", "\t", "\r\n", "\n", "mot\n", ",", ";", "\",", "\";", "\"\r\n", "_x003D_"]
MARK = re.compile(r"Q\d{4}Q")

#: The files of Sources/ that write sheets, all of which come out of what is asked below. One more needs a visit, then a line here.
WRITERS = {
    "Features/Calls/Web/Candidacy/CallCandidacyPages.swift", "Features/Decisions/Web/DecisionTable.swift",
    "Features/Funding/Web/FlowPages.swift", "Features/Funding/Web/FundingAPI.swift", "Features/Funding/Web/FundingListPages.swift",
    "Features/Funding/Web/InstalmentPages.swift", "Features/Instruction/Domain/Export/PiecesDrawing.swift",
    "Features/Instruction/Web/Export/DossierFileWriter.swift", "Features/Jury/Web/JuryRankingPages.swift",
    "Features/Places/Domain/Export/PlaceFileWriter.swift", "Site/Audit/CallAuditPages.swift",
    "Site/Privacy/ProcessingRegisterPages.swift",
}
#: Addresses that give sheets, alone or in an archive.
EXPORT = re.compile(r"\.(csv|tsv|xls|xlsx|ods|zip)$|/exports?$")
#: Kinds of files in which nobody's words stand, or nobody's words of this trial: tables of the permanent call's form.
FIXED = {"/registre-des-traitements.csv", "csv:feuille.charges", "csv:feuille.plan"}
#: Columns of several facts in one cell, and those of paths, which a document's name is made fit for.
JOINED, PATHS = {"sites", "links", "labels", "figures", "motifs", "egalite"}, {"chemin"}


# What is planted ----------------------------------------------------------------------------------------------------------


def one_line(text):
    """A line as the site keeps it: composed, blanks made one space, none at its ends, nothing invisible."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u200b", "").split())


def paragraphs(text):
    """A text of several lines as the site keeps it."""
    lines = []
    for line in map(one_line, text.splitlines()):
        if line or lines and lines[-1]:
            lines.append(line)
    return "\n".join(lines).rstrip("\n")


def answer(text):
    """A long answer to a form, which is kept as it was typed: the blanks before it too."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip()


def short_answer(text):
    return answer(text).replace("\n", " ").lstrip(" \t\u00a0\u200b")


def person_name(text):
    """A name, whose full-width signs become plain ones."""
    return " ".join("".join(chr(ord(letter) - 0xFEE0) if 0xFF01 <= ord(letter) <= 0xFF5E else letter for letter in text).split())


def is_formula(text):
    """Whether some spreadsheet runs a cell that begins so. Plain numbers are what they are."""
    return bool(re.match("[=@\t\r\n+\uff1d\uff0b\uff0d\uff20-]", text)) and not re.fullmatch(
        r"[+-]\d+([.,]\d+)?([eE][+-]?\d+)?", text, re.ASCII)


class Seeds:
    """Texts to type, each with a mark of its own, and what the site keeps of each."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        #: By mark.
        self.kept = {}
        self.bare, self.covered = self._shuffled([""]), self._shuffled(COVERS)

    def _shuffled(self, covers):
        """Every combination, again and again, each sign in turn."""
        rows = {sign: [(cover, sign, text) for cover in covers for text in TEXTS] for sign in SIGNS}
        for row in rows.values():
            self.chance.shuffle(row)
        return itertools.cycle(itertools.chain.from_iterable(zip(*rows.values())))

    def take(self, keep, limit=120, refused="", cover=None):
        """What to type into a field that takes so many characters and none of those refused."""
        mark = f"Q{len(self.kept):04d}Q"
        for _ in range(2_000):
            covers = len(self.kept) % 2 if cover is None else cover
            before, sign, text = next(self.covered if covers else self.bare)
            typed = before + sign + text.format(mark)
            if len(typed) <= limit and not set(typed) & set(refused):
                self.kept[mark] = keep(typed)
                return typed
        raise AssertionError(f"nothing to plant in {limit} characters")

    def line(self, limit=120, **more):
        return self.take(one_line, limit, **more)

    def long(self, limit=300):
        return self.take(paragraphs, limit)


# People -------------------------------------------------------------------------------------------------------------------


class Forms(html.parser.HTMLParser):
    """The forms of a page that send so: where each goes, and what a browser would send of it when nothing is touched."""

    def __init__(self, text, method="post"):
        super().__init__()
        self.forms, self.form, self.select, self.area, self.method = [], None, None, None, method
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = {key: value or "" for key, value in attributes}
        if tag == "form" and found.get("method", "get") == self.method:
            self.form = {"action": found.get("action", ""), "fields": [], "buttons": [], "options": {}, "file": None}
            self.forms.append(self.form)
        elif self.form is None or "disabled" in found:
            return
        elif tag == "input":
            kind, name, value = found.get("type", "text"), found.get("name", ""), found.get("value", "on")
            if kind == "file":
                self.form["file"] = name
            elif kind in ("radio", "checkbox"):
                self.form["options"].setdefault(name, []).append((value, ""))
            if name and kind not in ("file", "submit") and (kind not in ("radio", "checkbox") or "checked" in found):
                self.form["fields"].append((name, found.get("value", "")))
        elif tag == "button" and "name" in found:
            self.form["buttons"].append((found["name"], found.get("value", "")))
        elif tag == "select":
            self.select = [found.get("name", ""), None]
        elif tag == "option" and self.select:
            options = self.form["options"].setdefault(self.select[0], [])
            options.append((found.get("value", ""), ""))
            if "selected" in found or self.select[1] is None:
                self.select[1] = found.get("value", "")
        elif tag == "textarea":
            self.area = [found.get("name", ""), ""]

    def handle_data(self, data):
        if self.area:
            self.area[1] += data
        elif self.select and self.form["options"].get(self.select[0]):
            value, label = self.form["options"][self.select[0]].pop()
            self.form["options"][self.select[0]].append((value, label + data))

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select" and self.select:
            self.form["fields"].append((self.select[0], self.select[1] or ""))
            self.select = None
        elif tag == "textarea" and self.area:
            self.form["fields"].append((self.area[0], self.area[1].removeprefix("\n")))
            self.area = None


class Person:
    """Somebody with a browser without scripts."""

    def __init__(self, port, session=None):
        self.port, self.cookies = port, {"session": session} if session else {}

    def ask(self, method, path, body=None, kind="application/x-www-form-urlencoded"):
        """The status, the headers and the bytes of an answer; cookies are kept."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        if body is not None:
            headers |= {"Content-Type": kind, "Origin": f"http://127.0.0.1:{self.port}", "Sec-Fetch-Site": "same-origin"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        line.request(method, path, body=body, headers=headers)
        reply = line.getresponse()
        content = reply.read()
        line.close()
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value
        self.cookies = {name: value for name, value in self.cookies.items() if value}
        return reply.status, reply.headers, content

    def read(self, path):
        status, _, content = self.ask("GET", path)
        if status != 200:
            raise AssertionError(f"GET {path}: {status}")
        return content.decode()

    def form(self, page, action):
        """The form of a page that goes to an address, whatever is asked of it after the question mark."""
        found = [form for form in Forms(self.read(page)).forms if form["action"].partition("?")[0] == action.partition("?")[0]]
        if not found:
            raise AssertionError(f"{page}: no form to {action}")
        return found[0]

    def fill(self, page, action, changes, content=None):
        """Sends a form of a page with some fields changed: a text, several, or None for no such field. Where it leads."""
        form = self.form(page, action)
        fields = [(name, value) for name, value in form["fields"] if name not in changes]
        for name, value in changes.items():
            fields += [(name, one) for one in (value if isinstance(value, list) else [] if value is None else [value])]
        if content:
            body, kind = multipart(fields, form["file"], *content)
        else:
            body, kind = urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
        status, headers, said = self.ask("POST", form["action"], body, kind)
        if status != 303:
            told = " ".join(re.findall(r'class="[^"]*error[^"]*"[^>]*>(.*?)</(?:p|ul|div)>', said.decode(errors="replace"), re.S))
            raise AssertionError(f"POST {action}: {status}: " + " ".join(re.sub(r"<[^>]+>", " ", told).split())[:600])
        return headers["Location"]

    def sign_in(self, role):
        self.fill("/connexion", "/connexion/mot-de-passe", {"adresse": f"{role}@demo.example", "mot_de_passe": PASSWORD})
        return self


def multipart(fields, name, file, content):
    """The body of a form that sends a file, and its media type."""
    edge = "--------" + os.urandom(12).hex()
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode() for key, value in fields]
    quoted = file.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A")
    parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{quoted}"\r\n'
                 "Content-Type: application/pdf\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


class DemoWorld(World):
    """The demo network, with a call of some candidates that closes in a moment."""

    def fill(self, count, closes):
        self.run("demo", "--no-serve", "--data", self.data)
        # A slow machine has not made the candidates when the call closes: another one is made.
        for seconds in (closes, closes * 5, closes * 50):
            try:
                made = self.run("bench", "candidates", str(count), "--closes", str(seconds), "--asks-file", "--data", self.data)
            except AssertionError:
                continue
            #: When the call has closed, by the monotonic clock; its address.
            self.closed = time.monotonic() + seconds
            self.call = self.query("SELECT slug FROM call ORDER BY id DESC LIMIT 1")[0][0]
            return [line.split("\t")[:2] for line in made.splitlines()]
        raise AssertionError("no call could be made")


# What they write ----------------------------------------------------------------------------------------------------------


def siret(number):
    """A SIRET that no establishment has; its last digit controls the others."""
    digits = [int(digit) for digit in f"90001{number:08d}"]
    total = sum(sum(divmod(digit * (2 - place % 2), 10)) for place, digit in enumerate(reversed(digits)))
    return "".join(map(str, digits)) + str(-total % 10)


class Writers:
    """People of the demo network, who type what is planted into its forms."""

    def __init__(self, port, world, seeds):
        self.port, self.world, self.seeds = port, world, seeds
        self.now = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Paris"))
        self.coordination, self.manager, self.editor, self.funder, self.own = self.people = [
            Person(port).sign_in(role) for role in ("coordination", "responsable", "edition", "financeur", "compte")]
        #: The dossiers that came on paper, by their identifiers.
        self.papers = []

    def again(self, port):
        """The site was started again, at another port; sessions last."""
        self.port = port
        for person in self.people:
            person.port = port

    def names(self):
        """The name of who does something stands beside what they did."""
        for person in (self.coordination, self.manager, self.funder):
            name = self.seeds.take(person_name, 80, refused="\u200b\t\r\n", cover=False)
            person.fill("/mon-compte", "/mon-compte/nom", {"name": name})

    def place(self):
        seeds, person = self.seeds, self.coordination
        path = person.fill("/lieux/nouveau", "/lieux/nouveau", {
            "nom": seeds.line(120), "description_courte": seeds.long(250), "structure": seeds.line(200), "confirme": "oui",
            "implantations.0.adresse": seeds.line(200), "implantations.0.complement": seeds.line(200),
            "implantations.0.code_postal": "80000", "implantations.0.commune_nom": "Amiens"})
        person.fill(path + "/modifier", path + "/modifier", {
            "description": seeds.long(6_000), "famille_autre": seeds.line(120), "horaires_note": seeds.long(500),
            "mode_gestion_autre": seeds.line(120), "ouverture_donnees": "oui", "liens.0.nom": seeds.line(80),
            "liens.0.adresse": "https://lieu.example/", "labels.0.label": seeds.line(120), "chiffres.0.nom": seeds.line(120),
            "chiffres.0.valeur": "1", "chiffres.0.unite": seeds.line(40, cover=False)})

    def tend(self):
        """Who answers for a place, and who only edits it, write its sheet."""
        page = "/lieux/la-fosse-commune-numerique-demo/modifier"
        self.manager.fill(page, page, {"description": self.seeds.long(6_000), "ouverture_donnees": "oui"})
        self.editor.fill(page, page, {"horaires_note": self.seeds.long(500), "mode_gestion_autre": self.seeds.line(120)})

    def paper(self):
        """A candidacy that came by post in the first wave of the permanent call, which has closed."""
        page, arrival = f"/appels/{FACTORIES}/candidatures", self.now - datetime.timedelta(days=100)
        path = self.funder.fill(page, page, {
            "voie": "post", "arrivee": arrival.strftime("%Y-%m-%dT10:00"), "deposant": self.seeds.line(200),
            "structure": self.seeds.line(200), "titre": self.seeds.line(200), "contenu": "Six pages."})
        self.papers.append(path.rpartition("/")[2])

    def open_call(self):
        """A call whose own words are planted: its title, the questions of its form, what may be chosen, the lines of its tables. It
        closes within two minutes; its address and its title."""
        seeds, person = self.seeds, self.coordination
        title = seeds.line(150)
        path = person.fill("/appels/nouveau", "/appels/nouveau", {"titre": title, "organisateur": "Le réseau"}).removesuffix("/modifier")
        limit = (self.now + datetime.timedelta(seconds=90)).replace(second=0) + datetime.timedelta(minutes=1)
        person.fill(path + "/modifier/identite", path + "/modifier/identite", {"resume": "Un essai.", "courriel": "essai@demo.example"})
        person.fill(path + "/modifier/calendrier", path + "/modifier/calendrier", {
            "vague.0.limite": limit.strftime("avant le %d/%m/%Y à %H h %M")})

        def question(key, kind, label=None, **more):
            return {"key": key, "label": label or seeds.take(str, cover=False, refused="\t\r"), "kind": kind, **more}

        def choices(*keys):
            return [{"key": key, "label": seeds.take(str, cover=False, refused="\t\r")} for key in keys]

        form = {"format": "maillage-form", "formatVersion": 1, "key": "essai", "title": "Dossier", "version": 1, "sections": [
            {"key": "partie", "title": "Partie", "questions": [
                question("long", "longText", required=True, maxLength=3000), question("court", "shortText"),
                question("choix", "oneOf", options=[*choices("un"), {"key": "deux", "label": "Deux"}]),
                question("plusieurs", "severalOf", options=choices("un", "deux")),
                question("qui", "person"), question("adresse", "address"),
                question("tableau", "table", "Tableau", columns=[question("poste", "shortText")], rows=choices("un", "deux")),
                question("liste", "table", "Liste", minRows=0, maxRows=9, columns=[
                    question("nom", "shortText"), question("note", "longText")]),
            ]}]}
        person.fill(path + "/modifier/dossier", path + "/modifier/dossier", {"definition": json.dumps(form)})
        person.fill(path + "/publier", path + "/publier", {})
        self.limit = limit
        return path.rpartition("/")[2], one_line(title)

    def answer_call(self, slug):
        seeds, person = self.seeds, self.own
        person.fill("/mon-compte", "/mon-compte/nom", {"name": seeds.take(person_name, 80, refused="\u200b\t\r\n", cover=False)})
        path = person.fill(f"/appels/{slug}/candidater", f"/appels/{slug}/candidater", {})
        person.fill(path, path, {"titre": seeds.line(200), "structure": seeds.line(200)})
        page = path + "/dossier/partie"
        short = functools.partial(seeds.take, short_answer)
        person.fill(page, page, {
            "long": seeds.take(answer, 3_000), "court": short(), "choix": "un", "plusieurs": ["un", "deux"], "qui.prenom": short(),
            "qui.nom": short(), "qui.role": short(), "adresse.rue": short(), "adresse.code_postal": "80000", "adresse.commune": "Amiens",
            "tableau.un.poste": short(), "tableau.deux.poste": short(), "liste.lignes": ["a", "b"], "liste.a.nom": short(),
            "liste.a.note": seeds.take(answer, 300), "liste.b.nom": short(), "liste.b.note": seeds.take(answer, 300)})
        person.fill(f"{path}/verification", f"{path}/depot", {})

    def candidacy(self, session, identifier):
        """A candidacy on line, with a document; deposited, in time or not."""
        seeds, person, path = self.seeds, Person(self.port, session), f"/candidatures/{identifier}"
        person.fill(path, path, {"titre": seeds.line(200), "structure": seeds.line(200)})
        for part in range(1, 5):
            page = f"{path}/dossier/partie_{part}"
            person.fill(page, page, {
                f"titre_{part}": seeds.take(short_answer), f"resume_{part}": seeds.take(answer, 3_000, cover=part > 1)})
        self.attach(person, path, "piece")
        person.fill(f"{path}/verification", f"{path}/depot", {})

    def attach(self, person, path, question):
        name = self.seeds.take(lambda typed: one_line(typed) + ".pdf", 100, refused="/\\:\r\n\t\"\u200b", cover=False) + ".pdf"
        content = b"%PDF-1.7\n" + name.encode() + b"\n%%EOF\n"
        person.fill(f"{path}/pieces", f"{path}/pieces/{question}", {}, (name, content))

    def admit(self):
        """Late deposits are admitted: a machine is as slow as it is."""
        person = self.coordination
        for _, identifier in self.world.candidates:
            page = f"/appels/{self.world.call}/candidatures/{identifier}"
            if any(form["action"].endswith("/decision") for form in Forms(person.read(page)).forms):
                person.fill(page, page + "/decision", {"decision": "admettre", "motif": "Une panne."})

    def instruct(self):
        """Who has a dossier, and why another one is not admissible."""
        first, last = f"/candidatures/{self.papers[0]}/instruction", f"/candidatures/{self.world.candidates[-1][1]}/instruction"
        # Dossiers come to instruction when the site starts, or within a minute.
        end = time.monotonic() + 100
        while self.coordination.ask("GET", last)[0] != 200 and time.monotonic() < end:
            time.sleep(0.2)
        team = self.funder.form(first, first + "/prise")["options"]["instructeur"]
        self.funder.fill(first, first + "/prise", {"instructeur": team[1][0]})
        reason = self.coordination.form(last, last + "/issue")["options"]["motif"][0][0]
        self.coordination.fill(last, last + "/issue", {"issue": "irrecevable", "motif": reason, "motivation": self.seeds.long(4_000)})

    def judge(self):
        """The session of a jury: its advice on a dossier, and why it put it first."""
        person, jury, dossier = self.coordination, f"/appels/{FACTORIES}/jury", self.papers[0]
        person.fill(jury + "/conflits", jury + "/conflits", {})
        for form in Forms(person.read(jury + "/conflits")).forms:
            if ("decision", "non") in form["buttons"]:
                person.fill(jury + "/conflits", form["action"], {"decision": "non", "motif": "Rien ne les lie."})
        person.fill(jury + "/seance", jury + "/seance", {})
        seats = person.form(jury + "/seance", jury + "/seance/presences")["options"]
        person.fill(jury + "/seance", jury + "/seance/presences", {name: "present" for name in seats})
        person.fill(jury + "/seance", f"{jury}/seance/dossiers/{dossier}", {})
        person.fill(jury + "/seance", f"{jury}/seance/dossiers/{dossier}/avis", {"avis": "reserve", "texte": self.seeds.long(4_000)})
        person.fill(jury + "/classement", jury + "/classement", {
            "dossier": dossier, "position": "1", "motif": self.seeds.line(2_000)})

    def decide(self):
        for dossier in self.papers:
            page = f"/appels/{FACTORIES}/decisions/{dossier}"
            self.coordination.fill(page, page, {
                "decision": "refusee", "instance": self.seeds.line(200), "date": self.now.date().isoformat(),
                "deliberation": self.seeds.line(60), "conditions": self.seeds.long(4_000), "motif-1": self.seeds.long(2_000)})

    def fund(self, number):
        """A funder, and two aids of theirs: one is paid on its decision, the other under an agreement, up to the payment's order."""
        seeds, person = self.seeds, self.coordination
        name = seeds.line(200)
        person.fill("/financements/financeurs", "/financements/financeurs", {"nom": name, "sorte": "commune", "siret": siret(number)})
        new = person.form("/financements/nouveau", "/financements/nouveau")
        funder = next(value for value, label in new["options"]["financeur"] if label == one_line(name))
        place = next(value for value, label in new["options"]["lieu"] if label == PLACE)
        person.fill("/financements/financeurs", f"/financements/financeurs/{funder}/agents", {
            f"courriel-{funder}": "financeur@demo.example"})

        def line(step):
            path = person.fill("/financements/nouveau", "/financements/nouveau", {
                "financeur": funder, "beneficiaire": seeds.line(200), "siret": siret(number + 500), "objet": seeds.line(250),
                "dispositif": seeds.line(200), "annee": str(self.now.year), "lieu": place})
            person.fill(path, path + "/etape", {"etape": "demande", "montant": "1000"})
            person.fill(path, path + "/etape", {"etape": "accord", "montant": "1000", "motif": seeds.line(100)})
            if step:
                person.fill(path, path + "/etape", {"etape": step, "montant": "1000", "motif": "mandat 12"})
            return path

        line("versement")
        path = line(None)
        page = path + "/convention"
        articles = [name for name, value in person.form(page + "/rediger", page + "/rediger")["fields"]
                    if name.startswith("article-") and not value.strip()]
        person.fill(page + "/rediger", page + "/rediger", {
            "numero": seeds.line(60), "echeance-0": seeds.line(120), "somme-0": "50 %", "echeance-1": "Solde", "somme-1": "50 %",
            **dict.fromkeys(articles, "Comme convenu.")})
        person.fill(page, page + "/envoi", {})
        self.manager.fill(page, page + "/signature", {"qualite": "Présidente"})
        person.fill(page, page + "/signature", {"qualite": "Cheffe de service"})
        self.manager.fill(page, path + "/compte", {"iban": "FR1420041010050500013M02606", "titulaire": seeds.line(120)})
        account = next(form["action"] for form in Forms(person.read(page)).forms if form["action"].startswith(path + "/compte/"))
        person.fill(page, account, {})
        instalment = re.search(path + r"/echeances/\w+", person.read(page)).group()
        person.fill(instalment, instalment, {"geste": "controler"})
        self.funder.fill(instalment, instalment, {"geste": "mandater", "mandat": seeds.line(60)})

    def publish(self):
        """What is granted goes into the open files."""
        self.coordination.fill("/financements/publication", "/financements/publication", {})


# What the site gives ------------------------------------------------------------------------------------------------------


class Exports:
    """What every export gave, by name, and the routes that were asked for it."""

    def __init__(self, port):
        self.visitor = Person(port)
        #: Bytes by name, and the kind of each: two files of a kind have the same columns.
        self.files, self.kinds, self.asked = {}, {}, set()

    def get(self, person, pattern, start="", **segments):
        """Asks for a route as docs/ROUTES.md writes it."""
        path = pattern.format(**segments)
        status, _, content = person.ask("GET", path)
        if status != 200:
            raise AssertionError(f"GET {path}: {status}")
        self.asked.add(f"GET {pattern}")
        self.keep("-".join([start, *segments.values(), path.rpartition("/")[2]]).strip("-"), pattern, content)

    def keep(self, name, kind, content):
        """A file, or what an archive holds of sheets."""
        if not name.endswith(".zip"):
            self.files[name], self.kinds[name] = content, kind
            return
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                if EXPORT.search(member):
                    self.keep(f"{name}/{member}", re.sub(r"-vague-\d+", "", member), archive.read(member))

    def board(self, person, slug="", call=""):
        """Every file that the page which exports dossiers has a button for: of a call, or of all."""
        page = "/instruction/export?onglet=tous" + (f"&appel={call}" if call else "")
        self.asked.add("GET /instruction/export")
        for form in Forms(person.read(page)).forms:
            for name, value in form["buttons"] if form["action"] == "/instruction/export" else []:
                if value == "adresse":
                    continue
                self.asked.add("POST /instruction/export")
                body = urllib.parse.urlencode([*form["fields"], (name, value)]).encode()
                status, headers, content = person.ask("POST", form["action"], body)
                if status == 303:
                    status, headers, content = person.ask("GET", headers["Location"])
                    self.asked.add("GET /instruction/pieces/{request}.zip")
                if status != 200:
                    raise AssertionError(f"{page}, {value}: {status}")
                end = re.search(r'filename="[^"]*\.(\w+)"', headers["Content-Disposition"]).group(1)
                self.keep(f"dossiers-{slug}-{value.replace(':', '-')}.{end}", value, content)

    def take(self, writers, calls):
        """Every export, for each of those who may have it."""
        coordination, manager, funder = writers.coordination, writers.manager, writers.funder
        for path in ("/api/v1/places.csv", "/api/v1/places.xlsx", "/api/v1/mednum.csv", "/financements.csv", "/flux.csv",
                     "/api/v1/funding.csv"):
            self.get(self.visitor, path, "public")
        for path in ("/registre-des-traitements.csv", "/financements.csv", "/flux.csv", "/financements/mandats.csv",
                     "/mon-compte/donnees.zip"):
            self.get(coordination, path)
        self.get(manager, "/financements.csv", "responsable")
        self.get(funder, "/financements/mandats.csv", "financeur")
        self.get(funder, "/appels/{slug}/jury/classement.csv", slug=FACTORIES)
        session, identifier = writers.world.candidates[0]
        self.get(Person(self.visitor.port, session), "/candidatures/{id}/recepisse.zip", id=identifier)
        for slug in calls:
            self.get(coordination, "/appels/{slug}/actes.csv", slug=slug)
            self.get(coordination, "/appels/{slug}/candidatures.csv", slug=slug)
        self.board(coordination)
        searches = Forms(coordination.read("/instruction?onglet=tous"), "get").forms
        for call, title in next(form["options"]["appel"] for form in searches if "appel" in form["options"]):
            for slug in (slug for slug, known in calls.items() if one_line(title) == known):
                self.board(coordination, slug, call)

    def commands(self, world):
        """What the program writes without the site, which has stopped."""
        for form in ("csv", "mednum", "xlsx"):
            path = os.path.join(world.folder, "places." + form)
            world.run("export", "places", "--format", form, "--output", path, "--data", world.data)
            with open(path, "rb") as file:
                self.keep(f"command-{form}." + ("xlsx" if form == "xlsx" else "csv"), f"export places {form}", file.read())

    def unvisited(self, world):
        """Exports that nobody asked for: of the list of routes, of the program's own, and of the sources."""
        with open(os.path.join(ROOT, "docs", "ROUTES.md"), encoding="utf-8") as file:
            routes = set(re.findall(r"^\| (\w+) \| `([^`]+)` \|", file.read(), re.M))
        for line in world.run("routes").splitlines():
            method, *_, pattern = line.split()
            routes.add((method, pattern))
        faults = [f"unvisited: {method} {pattern}" for method, pattern in sorted(routes)
                  if EXPORT.search(pattern) and f"{method} {pattern}" not in self.asked]
        sources = os.path.join(ROOT, "Sources")
        found = set()
        for path in glob.glob(os.path.join(sources, "**", "*.swift"), recursive=True):
            name = os.path.relpath(path, sources)
            if not name.startswith(("Exchange/", "Workbench/")):
                with open(path, encoding="utf-8") as file:
                    if re.search(r"\b(CSVWriter|WorkbookStream)\(", file.read()):
                        found.add(name)
        faults += [f"unvisited: Sources/{name} writes sheets" for name in sorted(found - WRITERS)]
        archived = {"jury-classement.csv", "decisions.csv", "documents.csv", "liste.csv"}
        return faults + [f"unvisited: no archive holds {member}" for member in sorted(archived - set(self.kinds.values()))]


# Those who open it --------------------------------------------------------------------------------------------------------


#: What LibreOffice makes of the booleans of XLSX: a formula of the file's own is looked for by Python, in the file itself.
BOOLEANS = ("of:=TRUE()", "of:=FALSE()")
OFFICE, TABLE, TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text"))
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def separator(content):
    """What stands between the cells of a CSV file."""
    head = content.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0]
    return ";" if head.count(b";") > head.count(b",") else ","


def read_csv(content):
    """The rows of a CSV file, each cell as its text and whether it is a formula."""
    text = content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator(content), strict=True):
        yield [(cell, is_formula(cell)) for cell in row]


def read_xlsx(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if re.search(r"externalLink|vbaProject|connections|queryTable|definedName", name):
                yield [(name, True)]
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                for row in ElementTree.fromstring(archive.read(name)).iter(MAIN + "row"):
                    cells = []
                    for cell in row.iter(MAIN + "c"):
                        letters = cell.get("r").rstrip("0123456789")
                        column = functools.reduce(lambda count, letter: count * 26 + ord(letter) - 64, letters, 0)
                        cells += [("", False)] * (column - 1 - len(cells))
                        cells.append(("".join(part.text or "" for part in cell.iter(MAIN + "t")), cell.find(MAIN + "f") is not None))
                    yield cells


def unescaped(text):
    """`_x0041_` is a character in XLSX."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def shown(element):
    """The text of a paragraph of OpenDocument."""
    text = element.text or ""
    for child in element:
        text += {TEXT + "s": " " * int(child.get(TEXT + "c", "1")), TEXT + "tab": "\t", TEXT + "line-break": "\n"}.get(
            child.tag) or shown(child)
        text += child.tail or ""
    return text


def read_tables(root, constants=()):
    """The rows of the tables of OpenDocument. `constants`: formulas that are none."""
    for element in root.iter():
        if element.tag in (TABLE + "table-source", TABLE + "cell-range-source", TABLE + "dde-link", OFFICE + "dde-source"):
            yield [(element.tag, True)]
    for row in root.iter(TABLE + "table-row"):
        cells = []
        for cell in row.findall(TABLE + "table-cell"):
            one = ("\n".join(map(shown, cell.findall(TEXT + "p"))), cell.get(TABLE + "formula") not in (None, *constants))
            cells += [one] * min(int(cell.get(TABLE + "number-columns-repeated", "1")), 1_000)
        yield cells


def read_ods(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from read_tables(ElementTree.fromstring(archive.read("content.xml")))


def by_python(name, content):
    """The rows of a file as Python reads them."""
    if name.endswith(".xlsx"):
        return [[(unescaped(text), is_one) for text, is_one in row] for row in read_xlsx(content)]
    return list(read_ods(content) if name.endswith(".ods") else read_csv(content))


class Office:
    """LibreOffice, with a profile of its own, as somebody has it who accepts whatever it asks."""

    #: How a CSV file is opened, after its separator: in UTF-8, French, from the first line, and then as it comes; or with numbers
    #: and dates recognised, blanks around cells taken off, and formulas evaluated.
    WAYS = {"plain": "34,76,1,,1036,false,false", "eager": "34,76,1,,1036,false,true,false,false,true,0,true"}

    def __init__(self, folder, program):
        self.folder, self.program, self.count = folder, program, 0

    def read(self, files, filter=None):
        """The rows of some files, by name; CSV files are opened as the filter says."""
        self.count += 1
        given, made = (os.path.join(self.folder, f"{word}-{self.count}") for word in ("given", "made"))
        os.makedirs(given)
        paths = {}
        for place, (name, content) in enumerate(files.items()):
            paths[name] = os.path.join(made, f"{place}.fods")
            with open(os.path.join(given, f"{place}.{name.rpartition('.')[2]}"), "wb") as file:
                file.write(content)
        process = subprocess.Popen(
            [self.program, f"-env:UserInstallation=file://{self.folder}/profile", "--headless", "--norestore",
             *([f"--infilter=CSV:{filter}"] if filter else []), "--convert-to", "fods", "--outdir", made,
             *sorted(glob.glob(os.path.join(given, "*")))],
            env={"PATH": os.environ["PATH"], "HOME": self.folder, "LANG": "C.UTF-8"}, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            process.wait(600)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        rows = {}
        for name, path in paths.items():
            if not os.path.exists(path):
                raise AssertionError(f"LibreOffice does not read {name}")
            rows[name] = list(read_tables(ElementTree.parse(path).getroot(), BOOLEANS if name.endswith(".xlsx") else ()))
        return rows

    def loose(self, files):
        """How many cells are formulas when CSV files are opened with every separator at once, as its window proposes: a text is then cut
        where it holds one of them."""
        some = {name: content for name, content in files.items() if name.endswith(".csv")}
        return sum(is_one for rows in self.read(some, "9/44/59," + self.WAYS["plain"]).values() for row in rows for _, is_one in row)

    def all(self, files):
        """What it makes of every file, in every way: (name, way, rows). Of what nobody guarded it makes a formula each time: a reader who
        runs nothing would prove nothing."""
        for way, filter in self.WAYS.items():
            for mark in ",;":
                some = {name: content for name, content in files.items() if name.endswith(".csv") and separator(content) == mark}
                found = self.read({**some, "raw.csv": f'"=1+1"{mark}x\r\n'.encode()}, f"{ord(mark)},{filter}")
                if not found.pop("raw.csv")[0][0][1]:
                    raise AssertionError("this LibreOffice runs no formula of a file")
                for name, rows in found.items():
                    yield name, way, rows
        for name, rows in self.read({name: content for name, content in files.items() if not name.endswith(".csv")}).items():
            yield name, "workbook", rows


# The trial ----------------------------------------------------------------------------------------------------------------


def unguard(name, content, kept):
    """A file with one of its cells as it would be without what neutralises it; None when it has none that can be altered."""
    for text in kept:
        if not re.fullmatch(r"=1\+1\+Q\d{4}Q", text):
            continue
        if name.endswith(".csv"):
            altered = content.replace(b"'" + text.encode(), text.encode(), 1)
        elif name.endswith(".xlsx"):
            altered = repacked(content, f't="inlineStr"><is><t xml:space="preserve">{text}</t></is>', f"><f>{text[1:]}</f><v>2</v>")
        else:
            altered = repacked(content, f'office:value-type="string"><text:p>{text}</text:p>',
                               f'table:formula="of:{text}" office:value-type="float" office:value="2"><text:p>2</text:p>')
        if altered != content:
            return altered
    return None


def unguarded(files, kept):
    """The first CSV file, the first XLSX and the first ODS that can be altered so, by name."""
    altered = {}
    for end in (".csv", ".xlsx", ".ods"):
        for name in sorted(name for name in files if name.endswith(end)):
            content = unguard(name, files[name], kept)
            if content:
                altered[name] = content
                break
        else:
            raise AssertionError(f"no {end} can be altered")
    return altered


def repacked(content, old, new):
    """A workbook with one piece of its XML exchanged for another, where it stands first."""
    made, left = io.BytesIO(), 1
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if left and old.encode() in part:
                part, left = part.replace(old.encode(), new.encode(), 1), 0
            target.writestr(name, part)
    return content if left else made.getvalue()


class Judge:
    """What somebody sees who opens the files: no formula, and what was planted as it was typed."""

    def __init__(self, kept):
        self.kept, self.faults = kept, []
        #: The marks that were seen as they were typed, in which files, and how many cells were read.
        self.seen, self.holders, self.cells = set(), set(), 0

    def look(self, name, way, rows):
        titles = []
        for row in rows:
            titles = titles or [text for text, _ in row]
            for place, (text, is_one) in enumerate(row):
                self.cells += bool(text)
                if is_one:
                    self.faults.append(f"formula: {name}, {way}: {text[:80]!r}")
                title = titles[place] if place < len(titles) else ""
                for mark in set(MARK.findall(text)) & self.kept.keys():
                    self.compare(name, way, text, mark, title)

    def compare(self, name, way, text, mark, title):
        kept = self.kept[mark]
        if name.endswith(".csv") and is_formula(kept):
            right = {"'" + kept}
        else:
            right = {kept}
        if way == "eager":
            right |= {one.strip() for one in right}
        if way != "Python":
            # LibreOffice 7.4 loses the tabs of cells of ODS, its own files' too, and of cells of several lines.
            right |= {one.replace("\t", "") for one in right}
        # Several choices in one cell, a part of an answer after its question.
        parts = re.split("; |\u202f: ", text[1:] if name.endswith(".csv") and is_formula(text[1:]) and text[0] == "'" else text)
        if text in right or kept in parts and len(parts) > 1 or title in JOINED and kept in text:
            self.seen.add(mark)
            self.holders.add(name)
        elif title not in PATHS:
            self.faults.append(f"altered: {name}, {way}, {title}: {text[:200]!r} of {kept!r}")


def sheets(rounds=1, office="wanted", labels=False, unguards=False, seed=1):
    """S-12: what is planted in every field that reaches a file which the site gives, so many times over, is read there as it was typed,
    and no cell of any file is a formula.

    `office`: LibreOffice is `needed`, or `wanted`: read with where it is there. `labels`: also in the words of a call itself, which takes
    the two minutes until it closes. `unguards`: one CSV file, one XLSX and one ODS have a cell that nothing neutralises any more, which
    every reader must notice."""
    program = shutil.which("soffice")
    if office == "needed" and not program:
        raise Skipped("LibreOffice is not installed")
    seeds, figures = Seeds(seed), {}
    with DemoWorld(max(rounds, 2), closes=3, extra={"MAILLAGE_SECOND_FACTOR": "offered"}) as world:
        exports = plant(world, seeds, rounds, labels)
        files, altered = exports.files, unguarded(exports.files, seeds.kept.values()) if unguards else {}
        files |= altered
        readers = [Judge(seeds.kept)]
        for name, content in files.items():
            readers[0].look(name, "Python", by_python(name, content))
        if program:
            libre = Office(world.folder, program)
            readers.append(Judge(seeds.kept))
            for name, way, rows in libre.all(files):
                readers[1].look(name, way, rows)
            figures["cells_read_by_LibreOffice"] = readers[1].cells
            figures["formulas_with_every_separator"] = libre.loose(files)
        faults = [fault for reader in readers for fault in reader.faults]
        if unguards:
            missed = [f"unnoticed: {name}" for name in altered for reader in readers
                      if not any(fault.startswith(f"formula: {name},") for fault in reader.faults)]
            return Verdict("S-12 formulas", missed or faults, altered=", ".join(altered))
        faults += exports.unvisited(world)
    for reader in readers:
        lost = sorted(seeds.kept.keys() - reader.seen)
        if lost:
            faults.append(f"unseen: {len(lost)} of {len(seeds.kept)} came out nowhere: {[seeds.kept[mark] for mark in lost[:9]]}")
    held = {exports.kinds[name] for name in readers[0].holders} | FIXED
    faults += [f"unseen: {kind} holds nothing that was planted" for kind in sorted(set(exports.kinds.values()) - held)]
    return Verdict("S-12 formulas", faults, planted=len(seeds.kept), exports=len(set(exports.kinds.values())), files=len(files),
                   cells=readers[0].cells, **figures, seed=seed)


def plant(world, seeds, rounds, labels):
    """People write, the calls close, what follows is done; everything that the site then gives."""
    with world.serve() as server:
        writers = Writers(server.port, world, seeds)
        calls = {FACTORIES: FACTORIES_TITLE, world.call: TRIAL_TITLE}
        writers.names()
        writers.tend()
        if labels:
            slug, title = writers.open_call()
            calls[slug] = title
            writers.answer_call(slug)
        for number in range(rounds):
            writers.place()
            writers.paper()
            writers.fund(number)
        for session, identifier in world.candidates:
            writers.candidacy(session, identifier)
        writers.publish()
        time.sleep(max(world.closed - time.monotonic(), 0))
        if labels:
            time.sleep(max((writers.limit - datetime.datetime.now(writers.limit.tzinfo)).total_seconds() + 1, 0))
        writers.admit()
    with world.serve() as server:
        writers.again(server.port)
        writers.instruct()
        writers.judge()
        writers.decide()
        exports = Exports(server.port)
        exports.take(writers, calls)
    exports.commands(world)
    return exports
