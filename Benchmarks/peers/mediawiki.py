"""Debian's MediaWiki on PostgreSQL, with PHP-FPM and nginx: a wiki whose pages are places."""

import contextlib
import csv
import itertools
import json
import os
import secrets
import urllib.parse

from measures import Failure
from peers.programs import WORKERS, Database, Site, Visitor, run

HOME = "/usr/share/mediawiki"
INSTALL, IMPORT = (os.path.join(HOME, "maintenance", name) for name in ("install.php", "importTextFiles.php"))
PHP, FPM, NGINX = "/usr/bin/php8.2", "/usr/sbin/php-fpm8.2", "/usr/sbin/nginx"
FRONT = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/log warn;
worker_processes auto;
{user}
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    fastcgi_temp_path {folder}/fastcgi;
    proxy_temp_path {folder}/proxy;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    upstream php {{ server unix:{folder}/php.sock; }}
    server {{
        listen 127.0.0.1:{port};
        root {home};
        location ~ ^/(index|api|load)\\.php {{
            include /etc/nginx/fastcgi_params;
            fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
            fastcgi_pass php;
        }}
    }}
}}
"""
POOL = """
[global]
error_log = {folder}/log
pid = {folder}/php.pid
[www]
{user}
listen = {folder}/php.sock
pm = static
pm.max_children = {workers}
clear_env = no
"""
#: As its manual says of speed: APCu keeps objects and parsed pages, files keep the words of the interface. Files of whole pages are not
#: kept, as by default.
CACHE = """
$wgMainCacheType = CACHE_ACCEL;
$wgCacheDirectory = '{folder}';
"""
PAGE = """{presentation_resume}

{{| class="wikitable"
! Adresse
| {adresse}, {code_postal} {commune}
|-
! Horaires
| {horaires}
|-
! Téléphone
| {telephone}
|-
! Courriel
| {courriels}
|-
! Site web
| {site_web}
|-
! Prix
| {frais_a_charge}
|}}

== Services ==
{services}

[[Category:{commune}]]
[[Category:{typologie}]]
"""


def title(number):
    return f"Lieu {number}"


def text(row):
    services = "\n".join("* " + service for service in row["services"].split("|"))
    return PAGE.format(**row | {"services": services})


@contextlib.contextmanager
def wiki(folder, places, pages):
    """The site with its first pages, the password of who writes them, and seconds to its first page."""
    for file in (os.path.join(HOME, "index.php"), PHP, FPM, NGINX):
        if not os.path.exists(file):
            raise Failure(f"{file} is missing")
    with Database() as database, Site(folder) as site:
        password = secrets.token_hex(16)
        settings = os.environ | {"MW_CONFIG_FILE": os.path.join(folder, "LocalSettings.php")}
        run([PHP, INSTALL, "--confpath", folder, "--dbtype", "postgres", "--dbserver", "127.0.0.1",
             "--dbport", database.port, "--dbname", "wiki", "--dbuser", "maillage", "--installdbuser", "maillage", "--lang", "fr",
             "--server", f"http://127.0.0.1:{site.port}", "--scriptpath", "", "--pass", password, "Lieux", "Redaction"], "MediaWiki")
        with open(settings["MW_CONFIG_FILE"], "a") as file:
            file.write(CACHE.format(folder=folder))
        _import(folder, places, pages, settings)
        names = {"folder": folder, "port": site.port, "home": HOME, "workers": WORKERS}
        is_root = os.geteuid() == 0
        for name, words, user in (("nginx.conf", FRONT, "user root;"), ("php.conf", POOL, "user = root")):
            with open(os.path.join(folder, name), "w") as file:
                file.write(words.format(**names, user=user if is_root else ""))
        site.count_in(database.pid)
        site.start(FPM, "--nodaemonize", "--fpm-config", os.path.join(folder, "php.conf"), *(["--allow-to-run-as-root"] if is_root else []),
                   env=settings)
        site.start(NGINX, "-c", os.path.join(folder, "nginx.conf"), env=settings)
        yield site, password, site.wait(address(0))


def rows(places, count):
    with open(places, newline="") as file:
        return list(itertools.islice(csv.DictReader(file), count))


def _import(folder, places, pages, settings):
    """Writes the first pages, one for each place."""
    source = os.path.join(folder, "pages")
    os.mkdir(source)
    for number, row in enumerate(rows(places, pages)):
        with open(os.path.join(source, title(number) + ".txt"), "w") as page:
            page.write(text(row))
    files = [os.path.join(source, name) for name in os.listdir(source)]
    run([PHP, IMPORT, "--user", "Redaction", *files], "MediaWiki", env=settings)


def address(number):
    return "/index.php?title=" + title(number).replace(" ", "_")


class Writer:
    """Somebody signed in who writes one page again and again through the API."""

    def __init__(self, site, password, number, row):
        self.visitor, self.title, self.row, self.saves = Visitor(site.port), title(number), row, 0
        token = self._ask("GET", {"action": "query", "meta": "tokens", "type": "login"})["query"]["tokens"]["logintoken"]
        done = self._ask("POST", {"action": "login", "lgname": "Redaction", "lgpassword": password, "lgtoken": token})
        if done["login"]["result"] != "Success":
            raise Failure(f"nobody can sign in: {done['login']}")
        self.token = self._ask("GET", {"action": "query", "meta": "tokens"})["query"]["tokens"]["csrftoken"]

    def _ask(self, method, fields):
        fields = fields | {"format": "json"}
        if method == "POST":
            _, said = self.visitor.ask("POST", "/api.php", fields)
        else:
            _, said = self.visitor.ask("GET", "/api.php?" + urllib.parse.urlencode(fields))
        return json.loads(said)

    def save(self):
        self.saves += 1
        content = text(self.row | {"presentation_resume": f"Version {self.saves} de {self.title}."})
        done = self._ask("POST", {"action": "edit", "title": self.title, "text": content, "token": self.token})
        if done.get("edit", {}).get("result") != "Success":
            raise Failure(f"a save is refused: {done}")
