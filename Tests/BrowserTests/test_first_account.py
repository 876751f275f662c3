"""The first account of a network, by whoever reads the console: ACC-60."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import pytest
from playwright.sync_api import expect

from instruments import accessibility_faults, html_faults, overflowing_elements
from program import PROJECT, free_port

PASSWORD = "une phrase sans queue ni tête"


@pytest.fixture
def empty_site():
    """`maillage serve` on a directory that holds nothing: its address, and the code on its console."""
    folder = tempfile.mkdtemp(prefix="maillage-first-")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    executable = os.environ.get("MAILLAGE_PROGRAM", str(PROJECT / ".build/debug/maillage"))
    console = open(os.path.join(folder, "console"), "w+")
    process = subprocess.Popen(
        [executable, "serve", "--data", os.path.join(folder, "data"), "--port", str(port)],
        stdin=subprocess.DEVNULL, stdout=console, stderr=sys.stderr,
        env={**os.environ, "MAILLAGE_BASE_URL": url, "MAILLAGE_NETWORK_NAME": "Réseau neuf"})
    deadline, code = time.monotonic() + 90, None
    while code is None and time.monotonic() < deadline and process.poll() is None:
        with open(console.name) as said:
            code = re.search(r"([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})", said.read())
        time.sleep(0.1)
    assert code, "no code on the console"
    yield url, code.group(1)
    process.terminate()
    process.wait(30)
    console.close()
    shutil.rmtree(folder, ignore_errors=True)


def sound(page, scripts):
    """Nothing scrolls sideways, and axe, which needs scripts, finds nothing."""
    assert overflowing_elements(page) == [], page.url
    if scripts:
        faults = accessibility_faults(page)
        assert not faults, page.url + "\n" + "\n".join(faults)


# ACC-60
@pytest.mark.parametrize("width, scripts", [(1280, True), (320, True), (320, False)])
def test_whoever_reads_the_console_makes_the_first_account(empty_site, open_page, tmp_path, width, scripts):
    url, code = empty_site
    page = open_page(url, scripts=scripts, width=width)
    page.goto("/")
    sound(page, scripts)
    page.get_by_role("link", name="Créer le premier compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Premier compte")
    sound(page, scripts)
    (tmp_path / "page.html").write_text(page.request.get(url + "/premier-compte").text())
    assert html_faults([tmp_path / "page.html"]) == []
    if folder := os.environ.get("MAILLAGE_SHOTS"):
        page.screenshot(path=f"{folder}/premier-compte-{width}-{scripts}.png", full_page=True)
    page.get_by_label("Code affiché").fill("AAAA-BBBB-CCCC")
    page.get_by_label("Votre adresse").fill("lea@exemple.fr")
    page.get_by_label("Votre nom").fill("Léa Martin")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer le premier compte").click()
    expect(page.get_by_role("main")).to_contain_text("Ce n’est pas le code")
    sound(page, scripts)
    page.complaints.forgive("422")
    expect(page.get_by_label("Votre adresse")).to_have_value("lea@exemple.fr")
    page.get_by_label("Code affiché").fill(code.lower().replace("-", " "))
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer le premier compte").click()
    expect(page.locator("body")).to_contain_text("Léa Martin")
    assert page.request.get(url + "/exploitation").status == 200
    assert page.request.get(url + "/premier-compte").status == 404
    page.goto("/")
    expect(page.get_by_role("link", name="Créer le premier compte")).to_have_count(0)
