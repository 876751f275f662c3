"""What people do on every page, by the words they read: no test names a class or an identifier."""

import re

from playwright.sync_api import expect


def sign_in(page, account):
    """Signs in with a demo account, by password, through the form, and checks that the account's page opens. The tests of a
    fast machine come more often than the site lets anybody try (ACC-7): they wait then, as its answer asks."""
    while (wait := try_password(page, account)) is not None:
        page.wait_for_timeout(wait * 1000)
        page.complaints.forgive("429")
    page.goto("/mon-compte")
    expect(page.get_by_label("Adresse électronique")).to_have_value(account["email"])


def try_password(page, account):
    """Sends the form of the password. Returns nothing, or the seconds to wait before another try."""
    page.goto("/connexion")
    page.get_by_text("J’ai un mot de passe").click()
    form = page.get_by_role("group").filter(has_text="J’ai un mot de passe")
    form.get_by_label("Adresse électronique").fill(account["email"])
    form.get_by_label("Mot de passe").fill(account["password"])
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        form.get_by_role("button", name="Se connecter").click()
    return int(answer.value.headers["retry-after"]) if answer.value.status == 429 else None


def sign_out(page):
    """Signs out from whatever page is open."""
    page.get_by_role("button", name="Se déconnecter").click()


def results(page):
    """The links to places in the main part of the page, in order, each once."""
    links = page.get_by_role("main").locator('a[href^="/lieux/"]').evaluate_all(
        "links => links.map(link => new URL(link.href).pathname)")
    return list(dict.fromkeys(link for link in links if link.count("/") == 2))


def field(scope, label):
    """The control of a label, whether the page adds that it may stay empty or not."""
    return scope.get_by_label(re.compile("^" + re.escape(label) + r"(\s*\(facultatif\))?$"))


def tab_to(page, target, limit=250):
    """Presses Tab until `target` has the focus, and sees that it shows: no pointer, no shortcut of the test."""
    for _ in range(limit):
        if target.evaluate("element => element === document.activeElement"):
            assert target.evaluate("element => element.matches(':focus-visible')"), "the focus is seen"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached in {limit} tabs")
