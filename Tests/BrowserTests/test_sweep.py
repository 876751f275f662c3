"""What every page owes to everybody, on every page of the site map, as each of the people who may open it: one title of
its own, a heading, a way past the menu, no sideways scroll on a small phone, no fault of accessibility, valid HTML, and a
browser that complains of nothing; and the criteria of the RGAA that a script can judge (criteria.py, docs/ACCESSIBILITY.md)."""

import hashlib
import os
import re
import urllib.parse

import pytest

from conftest import PATIENCE, WIDTHS
from criteria import enlarging_faults, keyboard_faults, menu_of, reading_faults, spacing_faults
from instruments import LAYOUT_RULES, SHEET_RULES, Complaints, accessibility_faults, html_faults, overflowing_elements
from people import sign_in
from walk import Links, SiteMap, walk

# Under MAILLAGE_BATTERY, every role and every page; else the roles that open every pattern, and a sample for what takes long.
IS_LONG = os.environ.get("MAILLAGE_BATTERY") == "1"
ROLES = ["visitor", "editor", "manager", "coordinator", "operator"] + (["account", "animator", "funder"] if IS_LONG else [])

# What makes a page worth reading again: another content, or (short) another make: elements, classes and attributes, however often
# they follow each other and whatever they say.
CONTENT = "document.querySelector('main').innerHTML"
SHAPE = """(function shape(one) {
    const inside = [...one.childNodes].map(node => node.nodeType === 1 ? shape(node) : node.data?.trim() ? '…' : '');
    const attributes = [...one.attributes].map(({ name, value }) => /^(class|role|type|aria-[a-z]*)$/.test(name)
        && !/^aria-(label|labelledby|describedby|controls|owns)$/.test(name) ? `${name}=${value}` : value ? name : `no ${name}`);
    return `<${[one.localName, ...attributes.sort()].join(' ')}>`
        + inside.filter((text, n) => text && !inside.slice(0, n).includes(text)).join('') + '<>';
})(document.querySelector('main'))"""
SHEETS = "[...document.styleSheets].map(({ href, ownerNode }) => href ?? ownerNode.textContent).join(' ')"

# How many of the new pages of one role are gone through by the keyboard, with larger and with wider text.
HANDLED = 1_000 if IS_LONG else 3

# Patterns that no link leads to: journeys open them, with the secret that came by mail.
BY_MAIL = re.compile(r"\{secret\}|\{jeton\}|\{key\}")


# What was deposited opens to those who keep the call once its limit has passed: no deposit of the demo is there yet.
AFTER_THE_LIMIT = {"/appels/{slug}/candidatures/{id}"}

# What is asked of one person, who is none of these: test_instruction.py opens it.
ASKED_OF_ONE = {"/avis/{id}"}

# A draft of a call that has ended, which the mail that warns of its term leads to.
LAPSING = {"/candidatures/{id}/garder"}

# Gone as soon as somebody administers the network: test_first_account.py opens it.
BEFORE_ANYBODY = {"/premier-compte"}

# No call of another network was read back into the demo: CallArchiveJourneys open these pages.
READ_BACK = {"/coordination/archives/{id}", "/coordination/archives/{id}/dossiers/{number}"}

# The demo has no identity service: test_identity.py opens them with one.
BY_A_SERVICE = {"/connexion/identite", "/connexion/identite/retour", "/deconnexion/identite", "/mon-compte/identite"}


@pytest.fixture(scope="module")
def site_map(program):
    return SiteMap(program.routes())


@pytest.fixture(scope="module")
def seen():
    """What the sweeps opened so far: role to a dictionary of address to HTML; what axe read already, by digest;
    and how many pages were handled, by role."""
    return {"pages": {}, "read": set(), "handled": {}}


@pytest.fixture(scope="module")
def walked(browser, site, program, site_map, seen):
    """A function that opens, once for each role, everything that role can reach: its context and its pages."""
    contexts = {}

    def walked(role):
        if role not in contexts:
            context = browser.new_context(
                base_url=site, locale="fr-FR", timezone_id="Europe/Paris", viewport={"width": 1280, "height": 800},
                # A page that glides to what has the focus does not show it yet.
                reduced_motion="reduce")
            context.set_default_timeout(PATIENCE)
            if role != "visitor":
                page = context.new_page()
                sign_in(page, program.account(role))
                page.close()
            contexts[role] = context
            seen["pages"][role] = walk(context.request, site_map)
        return contexts[role], seen["pages"][role]

    yield walked
    for context in contexts.values():
        context.close()


def faults(page, address, role, seen):
    """What is wrong with one page: a list of sentences."""
    read = seen["read"]
    page.set_viewport_size({"width": WIDTHS["wide"], "height": 800})
    answer = page.goto(address)
    if answer.status != 200:
        return [f"answered {answer.status}"]
    found = []
    if page.get_by_role("heading", level=1).count() != 1:
        found.append(f"{page.get_by_role('heading', level=1).count()} headings of level 1")
    if not re.fullmatch(r"\S.* – Réseau de démonstration", page.title()) and address != "/":
        found.append(f"title: {page.title()!r}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    if page.evaluate("document.activeElement.localName") != "main":
        found.append("the first tab stop does not lead to the content")
    # The same content said to somebody else differs by the menu only, which was read too.
    digest = hashlib.sha256(page.evaluate(CONTENT if IS_LONG else SHAPE).encode()).hexdigest()
    is_new = digest not in read
    read.add(digest)
    sheets = page.evaluate(SHEETS)
    if sheets not in read:
        read.add(sheets)
        found += accessibility_faults(page, only=SHEET_RULES)
    is_handled = is_new and seen["handled"].get(role, 0) < HANDLED
    if is_new:
        found += accessibility_faults(page) + reading_faults(page)
    if is_handled:
        seen["handled"][role] = seen["handled"].get(role, 0) + 1
        # A browser goes on from where the focus was: from the top, it is opened anew.
        page.goto(address)
        found += keyboard_faults(page) + spacing_faults(page) + enlarging_faults(page)
    page.set_viewport_size({"width": WIDTHS["narrow"], "height": 640})
    found += [f"too wide at 320 px: {element}" for element in overflowing_elements(page)[:3]]
    if is_new:
        found += [
            f"at 320 px, {fault}" for fault in accessibility_faults(page, only=LAYOUT_RULES) if fault not in found]
    if is_handled:
        found += [f"at 320 px, {fault}" for fault in spacing_faults(page)]
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_sound_for_somebody_who_comes_as(role, walked, site, seen):
    context, pages = walked(role)
    page = context.new_page()
    page.complaints = Complaints()
    page.complaints.listen(page, site)
    found, titles, ways = [], {}, {}
    for address in pages:
        wrong = faults(page, address, role, seen) + page.complaints
        page.complaints.clear()
        found += [f"{address}: {fault}" for fault in wrong]
        titles.setdefault(page.title(), []).append(address)
        # A page made for the frame of another site has no menu.
        if menu := tuple(menu_of(page)):
            ways.setdefault(menu, []).append(address)
    page.close()
    found += [f"12.2: the ways to go round are not those of the other pages: {addresses[0]}: {menu}"
              for menu, addresses in list(ways.items())[1:]]
    found += [f"one title for {addresses}: {title}" for title, addresses in titles.items() if len(addresses) > 1]
    assert not found, "\n".join(found)


def test_every_pattern_of_the_site_map_was_opened_by_somebody(walked, site_map, seen):
    for role in ROLES:
        walked(role)
    opened = {site_map.pattern(address.partition("?")[0]) for pages in seen["pages"].values() for address in pages}
    missed = [
        pattern for pattern in site_map.patterns
        if pattern not in opened and not BY_MAIL.search(pattern) and not is_for_machines(pattern)
        and pattern not in AFTER_THE_LIMIT | ASKED_OF_ONE | LAPSING | BEFORE_ANYBODY | READ_BACK | BY_A_SERVICE
    ]
    assert not missed, missed


def test_no_link_leads_nowhere(walked, site_map):
    dead = {}
    for role in ROLES:
        for address, text in walked(role)[1].items():
            for link in Links(text).found:
                if site_map.pattern(urllib.parse.unquote(link.path)) is None:
                    dead.setdefault(link.path, f"{link.path}, from {address} as {role}")
    assert not dead, "\n".join(dead.values())


def is_for_machines(pattern):
    """Whether no page answers there: files, feeds, the machine interface."""
    return bool(re.search(r"^/(api|assets|\.well-known)/|\.\w+$|^/(healthz|metrics)$|^/territoires/recherche$|^/carte/lieux/"
                          r"|/fichiers/\{file\}$|/envois/\{upload\}$|/coffre/\{document\}$", pattern))


def test_the_html_of_every_page_is_valid(walked, seen, tmp_path):
    written = set()
    for role in ROLES:
        for address, text in walked(role)[1].items():
            name = re.sub(r"\W+", "-", f"{role}{address}")
            if text not in written:
                written.add(text)
                (tmp_path / f"{name}.html").write_text(text)
    wrong = html_faults(sorted(tmp_path.iterdir()))
    assert not wrong, "\n".join(wrong)
