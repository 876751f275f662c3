"""A second factor, chosen, used, lost and taken away in a browser, with and without scripts. The codes are computed here from the letters
that the page shows (RFC 6238), as an authenticator does: the site must agree with somebody who shares no line of code with it."""

import base64
import email
import email.policy
import hashlib
import hmac
import re
import struct
import time

import pytest
from playwright.sync_api import expect

from instruments import accessibility_faults, overflowing_elements
from people import field, sign_out


class Authenticator:
    """What an application of a telephone does with the letters it was given."""

    def __init__(self, letters):
        self.secret = base64.b32decode(letters.replace(" ", ""))
        self.last = 0

    def code(self):
        """A code that was not shown before: waits for the next half minute if it must."""
        while int(time.time()) // 30 <= self.last:
            time.sleep(0.5)
        self.last = int(time.time()) // 30
        mark = hmac.new(self.secret, struct.pack(">Q", self.last), hashlib.sha1).digest()
        start = mark[-1] & 15
        return f"{(int.from_bytes(mark[start:start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def check(page):
    """Nothing wrong with the page being read, at its width. What looks is a script: without scripts nothing is asked."""
    if not page.has_scripts:
        return
    assert accessibility_faults(page) == []
    assert overflowing_elements(page) == []


def leave(page):
    """Signs out, from the menu that a narrow screen folds."""
    menu = page.locator("summary", has_text="Menu")
    if menu.is_visible():
        menu.click()
    sign_out(page)


class Newcomer:
    """Somebody whom no other test of the run knows, who signs in by the code of a letter."""

    def __init__(self, program, page, address):
        self.program, self.page, self.address = program, page, address

    def come_by_letter(self):
        """Up to the first factor: the site may ask for more."""
        self.page.goto("/connexion")
        field(self.page.locator("form").first, "Adresse électronique").fill(self.address)
        before = set(self.program.letters.glob("*.eml"))
        self.page.get_by_role("button", name="Recevoir un lien de connexion").click()
        code = self.read_code(before)
        self.page.get_by_label("Code à six chiffres").fill(code)
        self.page.get_by_role("button", name="Se connecter", exact=True).click()
        name = self.page.get_by_label("Votre nom, tel que les autres le verront")
        if name.count():
            # Somebody new is asked for a name before the code is spent.
            self.page.complaints.forgive("422")
            name.fill("Ada Essai")
            self.page.get_by_label("Code à six chiffres").fill(code)
            self.page.get_by_role("button", name="Se connecter", exact=True).click()

    def read_code(self, before):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            for file in set(self.program.letters.glob("*.eml")) - before:
                letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                if self.address in str(letter["To"]):
                    digits = re.search(r"ouverte\s*: (\d{3})\s(\d{3})", letter.get_body().get_content())
                    if digits:
                        return "".join(digits.groups())
            time.sleep(0.2)
        raise AssertionError("no letter with a code came")


@pytest.mark.parametrize("width, scripts", [(1280, True), (320, True), (320, False)])
def test_a_second_factor_from_beginning_to_end(open_page, site, program, width, scripts):
    """ACC-25, ACC-26."""
    page = open_page(site, width=width, scripts=scripts)
    page.has_scripts = scripts
    account = Newcomer(program, page, f"facteur-{width}-{scripts}@exemple.fr".lower())
    account.come_by_letter()
    page.goto("/mon-compte")
    page.get_by_role("link", name="Choisir un second facteur").click()
    check(page)
    page.get_by_role("button", name="Choisir un second facteur").click()
    check(page)
    letters = page.locator("code").inner_text()
    phone = Authenticator(letters)
    expect(page.get_by_role("img", name="Code à flasher avec l’application")).to_be_visible()
    code = page.get_by_label("Code à six chiffres")
    expect(code).to_have_attribute("autocomplete", "one-time-code")
    expect(code).to_have_attribute("inputmode", "numeric")
    code.fill(phone.code())
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_role("heading", name="Votre second facteur est en service")).to_be_visible()
    check(page)
    codes = page.get_by_role("main").locator("ol code").all_inner_texts()
    assert len(set(codes)) == 10
    page.get_by_role("link", name="J’ai gardé mes codes").click()
    leave(page)

    account.come_by_letter()
    expect(page.get_by_role("heading", name="Connexion en deux temps")).to_be_visible()
    check(page)
    page.get_by_label("Code à six chiffres").fill(phone.code())
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.goto("/mon-compte")
    expect(page.get_by_label("Adresse électronique")).to_have_value(account.address)
    leave(page)

    account.come_by_letter()
    page.get_by_text("Je n’ai plus l’application").click()
    page.get_by_label("Code de secours").fill(codes[2].lower())
    page.get_by_role("button", name="Se connecter avec ce code").click()
    page.goto("/mon-compte/second-facteur")
    expect(page.get_by_text("Il en reste 9")).to_be_visible()
    check(page)
    page.get_by_text("Retirer le second facteur").first.click()
    page.get_by_role("button", name="Retirer le second facteur").click()
    expect(page.get_by_text("Votre compte n’a plus de second facteur.")).to_be_visible()
