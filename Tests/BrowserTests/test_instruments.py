"""The instruments see what they are there to see: a test that cannot fail proves nothing about the pages."""

import functools
import http.server
import threading

import pytest

from instruments import SHEET_RULES, accessibility_faults, html_faults, overflowing_elements

GOOD = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>Un lieu</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body><main><h1>Un lieu</h1><p>On y répare des vélos.</p></main></body></html>"""


class Shelf(http.server.BaseHTTPRequestHandler):
    """Serves the pages of a dictionary: path to (HTML, content security policy or None)."""

    def __init__(self, pages, *arguments):
        self.pages = pages
        super().__init__(*arguments)

    def do_GET(self):
        if self.path not in self.pages:
            self.send_error(404)
            return
        html, policy = self.pages[self.path]
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(html.encode())

    def log_message(self, *arguments):
        pass


@pytest.fixture
def shelf():
    """A dictionary of pages and the address they are served from."""
    pages = {"/good": (GOOD, None)}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Shelf, pages))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield pages, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def with_body(body):
    return GOOD.replace("<p>On y répare des vélos.</p>", body)


def test_a_good_page_has_no_fault_of_any_kind(shelf, open_page, tmp_path):
    _, base = shelf
    page = open_page(base, width=320)
    page.goto("/good")
    assert accessibility_faults(page) == []
    assert overflowing_elements(page) == []
    file = tmp_path / "good.html"
    file.write_text(GOOD)
    assert html_faults([file]) == []


BREAKS = {
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "color-contrast": '<p style="color:#bbb;background:#fff">Gris sur blanc</p>',
    "p-as-heading":
        '<p style="font-size:2em;font-weight:bold">Faux titre</p><p>Un texte qui suit le titre.</p>',
    "table-fake-caption":
        '<table><tr><td colspan="2">Fausse légende</td></tr><tr><th>a</th><th>b</th></tr>'
        '<tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>',
    "td-has-header":
        "<table>" + "<tr><td>1</td><td>2</td><td>3</td><td>4</td></tr>" * 4 + "</table>",
    "label-content-name-mismatch": '<button type="button" aria-label="Fermer">Envoyer</button>',
    "focus-order-semantics": '<div tabindex="0">Un bloc sans rôle</div>',
    "target-size":
        '<button style="width:9px;height:9px;padding:0" aria-label="a"></button>'
        '<button style="width:9px;height:9px;padding:0" aria-label="b"></button>',
}


@pytest.mark.parametrize("rule", BREAKS)
def test_axe_runs_the_default_rules_and_those_the_rgaa_needs(shelf, open_page, rule):
    pages, base = shelf
    pages["/bad"] = (with_body(BREAKS[rule]), None)
    page = open_page(base)
    page.goto("/bad")
    assert rule in {fault.split(":")[0] for fault in accessibility_faults(page)}


def test_a_style_sheet_that_holds_the_screen_one_way_is_refused(shelf, open_page):
    pages, base = shelf
    pages["/held"] = (GOOD.replace(
        "</head>", "<style>@media (orientation: landscape) { body { transform: rotate(90deg) } }</style></head>"), None)
    page = open_page(base)
    page.goto("/good")
    assert accessibility_faults(page, only=SHEET_RULES) == []
    page.goto("/held")
    assert {fault.split(":")[0] for fault in accessibility_faults(page, only=SHEET_RULES)} == set(SHEET_RULES)


def test_an_element_wider_than_the_screen_is_named(shelf, open_page):
    pages, base = shelf
    pages["/wide"] = (with_body('<div id="planche" style="width:500px">Large</div>'), None)
    page = open_page(base, width=320)
    page.goto("/wide")
    assert any("planche" in element for element in overflowing_elements(page))


def test_a_refusal_of_the_content_security_policy_is_a_complaint(shelf, open_page):
    pages, base = shelf
    pages["/strict"] = (with_body("<script>document.title = 'lu'</script>"), "script-src 'none'")
    page = open_page(base)
    page.goto("/strict")
    page.complaints.forgive("CSP: script-src-elem refused inline")
    page.complaints.forgive("Content Security Policy")


def test_an_exception_and_a_missing_file_are_complaints(shelf, open_page):
    pages, base = shelf
    pages["/broken"] = (with_body("<script src='/absent.js'></script><script>lieux.ouvre()</script>"), None)
    page = open_page(base)
    page.goto("/broken")
    page.complaints.forgive("lieux is not defined")
    page.complaints.forgive("404")


def test_an_expected_complaint_may_come_late_but_must_come(shelf, open_page):
    pages, base = shelf
    pages["/late"] = (with_body("<script>addEventListener('click', () => fetch('/absente'))</script>"), None)
    page = open_page(base)
    page.complaints.expect("/absente")
    page.goto("/late")
    assert page.complaints.remaining() == ["nothing was complained of with '/absente'"]
    with page.expect_event("console"):
        page.mouse.click(10, 10)
    assert page.complaints.remaining() == []
    page.evaluate("console.error('autre chose')")
    page.complaints.forgive("autre chose")


def test_a_request_to_another_server_is_a_complaint(shelf, open_page):
    pages, base = shelf
    elsewhere = base.replace("127.0.0.1", "localhost") + "/good"
    pages["/leak"] = (with_body(f'<iframe title="Ailleurs" src="{elsewhere}"></iframe>'), None)
    page = open_page(base)
    page.goto("/leak")
    page.complaints.forgive("third-party request")


def test_scripts_do_not_run_in_a_plain_page(shelf, open_page):
    pages, base = shelf
    pages["/title"] = (with_body("<script>document.title = 'lu'</script>"), None)
    page = open_page(base, scripts=False)
    page.goto("/title")
    assert page.title() == "Un lieu"


def test_invalid_html_is_named_with_its_file_and_line(tmp_path):
    file = tmp_path / "bad.html"
    file.write_text(with_body("<p><div>Un bloc dans un paragraphe</div></p>"))
    faults = html_faults([file])
    assert faults and all(fault.startswith("bad.html:4:") for fault in faults)
