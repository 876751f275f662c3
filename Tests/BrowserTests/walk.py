"""Which pages there are to see: the site map asks, the links of the pages answer."""

import functools
import html.parser
import re
import urllib.parse

# Addresses that nobody links to in so many words, or that a walk along links meets in another state only.
VARIANTS = [
    "/lieux?q=atelier",
    "/lieux?q=rien-de-tel-nulle-part",
]

# What a few samples of its pattern may not meet, begun with: the call whose form is being composed, the board of all dossiers.
FIRST = ["/appels/label-lieu-accueillant-demo/formulaire/tous", "/instruction?onglet=tous"]

# How many addresses of one pattern a walk opens to find the links behind them.
SAMPLES = 8


class Links(html.parser.HTMLParser):
    """The addresses a page links to, in order."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            href = dict(attributes).get("href")
            if href and href.startswith("/"):
                self.found.append(urllib.parse.urlsplit(href))


class SiteMap:
    """The patterns of the pages a browser may open."""

    def __init__(self, routes):
        self.patterns = [pattern for method, _, pattern in routes if method == "GET"]

    def pattern(self, path):
        """The pattern that `path` answers to; literal segments win, as in the program."""
        fitting = [pattern for pattern in self.patterns if expression(pattern).fullmatch(path)]
        return min(fitting, key=lambda pattern: pattern.count("{"), default=None)


@functools.cache
def expression(pattern):
    """A pattern of the site map as a regular expression."""
    return re.compile("".join(
        "[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", pattern)))


def walk(request, site_map, variants=VARIANTS):
    """Opens what `request` (signed in or not) can reach: a dictionary of address to HTML, one address for each pattern
    and each variant. Only whole pages answered 200 count."""
    pages = {}
    opened = {pattern: 0 for pattern in site_map.patterns}
    met = set()
    waiting = FIRST + [pattern for pattern in site_map.patterns if "{" not in pattern]
    for address in waiting:
        pattern = site_map.pattern(address.partition("?")[0])
        if pattern is None or opened[pattern] >= SAMPLES or address in met:
            continue
        met.add(address)
        opened[pattern] += 1
        answer = request.get(address, max_redirects=0)
        if answer.status != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        text = answer.text()
        if opened[pattern] == 1 or not any(
                site_map.pattern(seen.partition("?")[0]) == pattern for seen in pages):
            pages[address] = text
        waiting.extend(link.path for link in Links(text).found)
    for address in variants:
        answer = request.get(address)
        if answer.status == 200:
            pages[address] = answer.text()
    return pages
