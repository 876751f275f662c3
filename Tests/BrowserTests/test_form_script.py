"""The script of forms marks a page as it evaluates it, under a strict content security policy."""

import http.server
import json
import pathlib
import threading

import pytest
from playwright.sync_api import expect

PUBLIC = pathlib.Path(__file__).resolve().parents[2] / "Sources" / "Public"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'"

# Two yes-or-no conditions, a table with a total and a computed cell, and a rule; the shape is FormSchema's.
SCHEMA = {
    "key": "essai", "version": 1, "environment": {"zonings": {}},
    "sections": [{"key": "tout"}, {"key": "suite", "shownIf": ["compare", ["question", 0], "=", ["flag", True]]}],
    "questions": [
        {"section": 0, "key": "aide", "kind": "yesNo", "required": True},
        {"section": 1, "key": "montant", "kind": "money", "required": ["answered", ["question", 0]]},
        {"section": 0, "key": "budget", "kind": "table", "rows": ["60", "61"], "columnOrder": [0, 1, 2], "columns": [
            {"key": "nombre", "kind": "number", "decimals": 0}, {"key": "prix", "kind": "money"},
            {"key": "cout", "kind": "computed", "unit": "money", "formula": ["*", ["column", 0], ["column", 1]]}]},
        {"section": 0, "key": "part", "kind": "computed", "unit": "percent",
         "formula": ["/", ["question", 1], ["total", 2, 2]]},
    ],
    "rules": [{"key": "plafond", "condition": ["compare", ["question", 3], "≤", ["number", "800000"]], "message": "Trop."}],
    "order": [0, 2, 1, 3, 4, 5],
}


def cells(row):
    """The inputs of a row and the place of its computed cell."""
    return (f'<input name="budget.{row}.nombre"><input name="budget.{row}.prix">'
            f'<output data-output="budget.{row}.cout"></output>')


PAGE = f"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title><link rel="icon" href="data:,">
<script type="module" src="/form-text.js"></script><script type="module" src="/form.js"></script></head><body>
<form data-form-schema="schema"><script type="application/json" id="schema">{json.dumps(SCHEMA)}</script>
<p data-question="aide"><select name="aide"><option></option><option>oui</option><option>non</option></select></p>
<fieldset data-section="suite" hidden><p data-question="montant"><input name="montant"></p></fieldset>
<div>{cells(60)}{cells(61)}<output data-output="budget.cout"></output></div>
<p><output data-output="part"></output> <strong data-rule="plafond" hidden>Trop.</strong></p></form></body></html>"""


class Shelf(http.server.BaseHTTPRequestHandler):
    """The page and the two scripts, as the site serves them."""

    def do_GET(self):
        name = self.path.lstrip("/")
        script = name in ("form.js", "form-text.js")
        body = (PUBLIC / name).read_bytes() if script else PAGE.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if script else "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def shelf():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_the_page_follows_what_is_typed(shelf, open_page):
    """FRM-1, FRM-12: a section appears and goes with its answer kept; totals, ratios and rules follow."""
    page = open_page(shelf)
    page.goto("/")
    suite = page.locator("[data-section=suite]")
    assert suite.is_hidden()
    page.select_option("[name=aide]", "oui")
    page.wait_for_selector("[data-section=suite]:not([hidden])")
    assert page.locator("[data-question=montant]").get_attribute("data-required") == ""
    page.fill("[name='budget.60.nombre']", "3")
    page.fill("[name='budget.60.prix']", "12,50 €")
    page.fill("[name='budget.61.nombre']", "1")
    page.fill("[name='budget.61.prix']", "1 000")
    page.fill("[name=montant]", "415")
    # Not `wait_for_function`, which evaluates a text at each look: the page's policy refuses it.
    expect(page.locator("[data-output=part]")).not_to_be_empty()
    spaced = lambda text: text.replace("\u202f", " ").replace("\xa0", " ")
    assert spaced(page.locator("[data-output='budget.60.cout']").inner_text()) == "37,50 €"
    assert spaced(page.locator("[data-output='budget.cout']").inner_text()) == "1 037,50 €"
    assert spaced(page.locator("[data-output=part]").inner_text()) == "40 %"
    assert page.locator("[data-rule=plafond]").is_hidden()
    page.fill("[name=montant]", "1 000")
    page.wait_for_selector("[data-rule=plafond]:not([hidden])")
    page.select_option("[name=aide]", "non")
    page.wait_for_selector("[data-rule=plafond][hidden]", state="attached")
    assert suite.is_hidden()
    assert page.locator("[name=montant]").input_value() == "1 000"
