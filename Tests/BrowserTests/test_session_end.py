"""A session that is about to end says so in time, and is kept by one gesture that loses nothing: with scripts, without, on a small
phone, in a dark room (ACC-35, RGAA 13.1). The program's clock cannot be moved from here: what it noted of the session is."""

import re
import sqlite3
import time

import pytest
from playwright.sync_api import expect

from conftest import WIDTHS
from criteria import reading_faults
from instruments import accessibility_faults, overflowing_elements
from people import field, sign_in, tab_to

# When the word comes on a page of the coordination: five minutes are left to what is noted of the last use, ten to who reads.
WAIT = 225 * 60


class Stay:
    """The session that was opened last, as the program keeps it."""

    def __init__(self, program):
        self.file = next(program.data.glob("*.sqlite"))
        with sqlite3.connect(self.file, timeout=30) as database:
            self.id, = database.execute("SELECT id FROM session ORDER BY opened_at DESC LIMIT 1").fetchone()

    def note(self, opened=None, unused=None):
        """As if it had been opened, or used for the last time, so many minutes ago."""
        with sqlite3.connect(self.file, timeout=30) as database:
            for column, minutes in [("opened_at", opened), ("last_seen_at", unused)]:
                if minutes is not None:
                    database.execute(
                        f"UPDATE session SET {column} = ? WHERE id = ?", [int((time.time() - minutes * 60) * 1e6), self.id])

    def unused(self):
        """For how many minutes it was not used."""
        with sqlite3.connect(self.file, timeout=30) as database:
            seen, = database.execute("SELECT last_seen_at FROM session WHERE id = ?", [self.id]).fetchone()
        return (time.time() - seen / 1e6) / 60


def word(page):
    return page.get_by_role("region", name="Fin de la session")


def name(page):
    return field(page.get_by_role("main"), "Nom, tel que les autres le voient")


def test_the_word_comes_in_time_and_keeps_what_is_typed(page, program):
    page.clock.install()
    sign_in(page, program.account("coordinator"))
    stay = Stay(program)
    name(page).fill("Alix, en train d’écrire")
    expect(word(page)).to_be_hidden()
    # Used elsewhere meanwhile: the site says so when it is asked, and nothing shows.
    with page.expect_response("**/mon-compte/session"):
        page.clock.fast_forward(WAIT * 1000 + 15_000)
    expect(word(page)).to_be_hidden()
    # Not used any more.
    stay.note(unused=228)
    with page.expect_response("**/mon-compte/session"):
        page.clock.fast_forward(WAIT * 1000 + 15_000)
    expect(word(page)).to_be_visible()
    expect(word(page)).to_contain_text(re.compile(r"Sans autre usage du site, elle se fermera à \d+\sh\s\d\d\."))
    voice = page.get_by_role("status").filter(has_text="Votre session va se fermer")
    expect(voice).to_contain_text("Le bouton « Rester connecté » est à la fin de la page.")
    expect(name(page)).to_be_focused()
    assert stay.unused() > 227, "to look is no use of the session"
    assert accessibility_faults(page) == [] and reading_faults(page) == []
    # By the keyboard alone; what had the focus has it again.
    tab_to(page, page.get_by_role("button", name="Rester connecté"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="C’est fait")).to_be_visible()
    assert accessibility_faults(page) == []
    expect(word(page)).to_be_hidden()
    assert stay.unused() < 1
    expect(name(page)).to_be_focused()
    expect(name(page)).to_have_value("Alix, en train d’écrire")
    page.keyboard.press("End")
    expect(page.get_by_text("C’est fait")).to_have_count(0)
    # And again, the next time.
    stay.note(unused=228)
    page.clock.fast_forward(WAIT * 1000 + 15_000)
    expect(word(page)).to_be_visible()
    # Kept in another tab: it goes away by itself.
    stay.note(unused=0)
    page.clock.fast_forward(75_000)
    expect(word(page)).to_be_hidden()


def test_a_session_that_ended_is_told_and_opened_again_beside(page, program):
    page.clock.install()
    sign_in(page, program.account("operator"))
    name(page).fill("Écrit trop lentement")
    Stay(program).note(unused=61)
    page.clock.fast_forward(45 * 60_000 + 15_000)
    expect(word(page)).to_contain_text("Cette page garde ce que vous y avez écrit.")
    expect(page.get_by_role("status").filter(has_text="Votre session est terminée.")).to_have_count(1)
    assert accessibility_faults(page) == []
    with page.context.expect_page() as beside:
        word(page).get_by_role("link", name="Se connecter (nouvel onglet)").click()
    sign_in(beside.value, program.account("operator"))
    beside.value.close()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(word(page)).to_be_hidden()
    expect(name(page)).to_have_value("Écrit trop lentement")


def test_an_answer_that_does_not_come_leaves_the_word(page, program):
    page.clock.install()
    sign_in(page, program.account("coordinator"))
    page.route("**/mon-compte/session**", lambda route: route.abort())
    page.clock.fast_forward(WAIT * 1000 + 15_000)
    expect(word(page)).to_contain_text("Sans autre usage du site, elle se fermera à")
    page.get_by_role("button", name="Rester connecté").click()
    expect(word(page)).to_contain_text("Le site n’a pas répondu. Réessayez dans un instant.")
    expect(page.get_by_role("status").filter(has_text="Réessayez")).to_have_count(1)
    page.complaints.forgive("net::ERR_FAILED")
    page.unroute("**/mon-compte/session**")
    page.get_by_role("button", name="Rester connecté").click()
    expect(page.get_by_role("status").filter(has_text="C’est fait")).to_be_visible()
    expect(word(page)).to_be_hidden()


def test_without_scripts_the_style_sheet_brings_the_word(plain_page, program):
    page = plain_page
    sign_in(page, program.account("coordinator"))
    stay = Stay(program)
    name(page).fill("Alix, sans script")
    expect(word(page)).to_be_hidden()
    # The browser's own clock of animations, moved by hand.
    session = page.context.new_cdp_session(page)
    seek = "document.querySelector('[data-session-end]').getAnimations()[0].currentTime = {}"
    session.send("Runtime.evaluate", {"expression": seek.format((WAIT - 5) * 1000)})
    expect(word(page)).to_be_hidden()
    session.send("Runtime.evaluate", {"expression": seek.format((WAIT + 1) * 1000)})
    expect(word(page)).to_be_visible()
    expect(word(page)).to_contain_text("Sans autre usage du site, elle se fermera à")
    stay.note(unused=228)
    with page.context.expect_page() as tab:
        word(page).get_by_role("link", name="Rester connecté (nouvel onglet)").click()
    expect(tab.value.get_by_role("main")).to_contain_text("C’est fait : votre session reste ouverte jusqu’au")
    assert stay.unused() < 1
    expect(name(page)).to_have_value("Alix, sans script")
    # It folds, for who has read it.
    word(page).get_by_text("Votre session va se fermer").click()
    expect(word(page).get_by_role("link")).to_be_hidden()


@pytest.mark.parametrize("role, hours, scripts", [("operator", 8, True), ("coordinator", 24, False)])
def test_the_last_end_is_told_from_the_start(open_page, site, program, role, hours, scripts):
    page = open_page(site, scripts=scripts)
    sign_in(page, program.account(role))
    Stay(program).note(opened=hours * 60 - 8)
    page.goto("/mon-compte")
    expect(word(page)).to_contain_text(f"sans prolongation possible : une session dure au plus {hours} h.")
    expect(word(page).get_by_role("button", name="Rester connecté")).to_have_count(0)
    # As it is: others read it.
    kept = name(page).input_value() + " "
    name(page).fill(kept)
    # A new session takes the place of the one that ends, and nothing is lost here.
    with page.context.expect_page() as tab:
        word(page).get_by_role("link", name="Se reconnecter (nouvel onglet)").click()
    sign_in(tab.value, program.account(role))
    expect(word(tab.value)).to_be_hidden()
    expect(name(page)).to_have_value(kept)
    page.get_by_role("button", name="Enregistrer le nom").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")
    expect(name(page)).to_have_value(kept.strip())


def test_the_word_is_legible_and_never_printed(page, program):
    sign_in(page, program.account("operator"))
    Stay(program).note(opened=7 * 60 + 52)
    for width in WIDTHS.values():
        for scheme in ["light", "dark"]:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            page.goto("/exploitation")
            expect(word(page)).to_be_visible()
            assert accessibility_faults(page) == [] and reading_faults(page) == []
            assert overflowing_elements(page) == []
            box = word(page).bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] > 300, box
    page.emulate_media(media="print")
    expect(word(page)).to_be_hidden()


def test_nobody_else_is_disturbed(page, program):
    for role in [None, "editor"]:
        if role:
            sign_in(page, program.account(role))
        page.goto("/lieux")
        assert "session-end" not in page.content() and "session." not in " ".join(
            page.locator("script").evaluate_all("scripts => scripts.map(script => script.src.split('/').at(-1))"))
