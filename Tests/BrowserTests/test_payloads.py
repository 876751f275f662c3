"""S-09: what people write in calls and candidacies is shown, never run: payloads in every stored field, read back on every page
that shows it, in a real Chromium that listens for dialogs and for refusals of the content security policy."""

import os
import re

import pytest

from people import field, sign_in
from program import Program

# The long version tries every payload; the short one a share of each family.
IS_LONG = os.environ.get("MAILLAGE_BATTERY") == "1"

CODES = ["alert(1)", "window.__run=1", "top.__run=1", "confirm`1`", "print()"]
SHAPES = [
    "<script>{}</script>", "<ScRiPt>{}</sCrIpT>", "</script><script>{}</script>", "<script\x0c>{}</script>",
    "<img src=x onerror={}>", "<img/src=`x`onerror={}>", "<svg onload={}>", "<svg/onload={}>",
    "<svg><script>{}</script></svg>", "<math><mtext></form><form><mglyph><style></math><img src onerror={}>",
    "<body onload={}>", "<iframe srcdoc='<script>{}</script>'></iframe>", "<iframe src=javascript:{}></iframe>",
    "<a href=javascript:{} id=piege>x</a>", "<a href='java\tscript:{}' id=piege>x</a>", "<details open ontoggle={}>",
    "<input autofocus onfocus={}>", "<select autofocus onfocus={}>", "<textarea autofocus onfocus={}>",
    "<video><source onerror={}></video>", "<audio src=x onerror={}>", "<object data=javascript:{}></object>",
    "<embed src=javascript:{}>", "<marquee onstart={}>", "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<base href='javascript:{}//'>", "<link rel=stylesheet href=javascript:{}>", "<style>@import 'javascript:{}'</style>",
    "<form action=javascript:{}><button autofocus>x</button></form>", "<button formaction=javascript:{}>x</button>",
    "<x contenteditable autofocus onfocus={}>", "<div style='background:url(javascript:{})'>",
    "\"><script>{}</script>", "'><script>{}</script>", "\" autofocus onfocus={} x=\"", "' autofocus onfocus={} x='",
    "` onmouseover={} `", "--><script>{}</script>", "]]><script>{}</script>", "*/{}/*", "\\\"-{}//", "';{}//", "${{{}}}",
    "{{{{constructor.constructor('{}')()}}}}", "</textarea><script>{}</script>", "</title><script>{}</script>",
    "</style><script>{}</script>", "</noscript><script>{}</script>", "</select><script>{}</script>",
    "&lt;script&gt;{}&lt;/script&gt;", "&#60;script&#62;{}&#60;/script&#62;", "\\u003cscript\\u003e{}\\u003c/script\\u003e",
    "%3Cscript%3E{}%3C/script%3E", "\u003cscript\u003e{}\u003c/script\u003e", "\uff1cscript\uff1e{}\uff1c/script\uff1e",
    "\ufeff<script>{}</script>", "javascript:{}", "JaVaScRiPt:{}", "data:text/html,<script>{}</script>",
    "vbscript:{}", "<script src=data:,{}></script>", "<script type=module>{}</script>", "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "<template><script>{}</script></template>", "<frameset onload={}>", "<table background=javascript:{}>",
    "<svg><animate onbegin={} attributeName=x dur=1s>", "<svg><a xlink:href=javascript:{}><text>x</text></a></svg>",
    "<svg><use href=data:image/svg+xml,<script>{}</script>>", "<isindex type=image src=1 onerror={}>",
    "<img src=x:x onerror\x0b={}>", "<img src='x' onerror\n=\n{}>", "<IMG \"\"\"><SCRIPT>{}</SCRIPT>\">",
    "<<script>{}//<</script>", "<script>{}<", "<a/onmouseover={}>x", "<p onpointerenter={}>x</p>",
    "<input type=image src=x onerror={}>", "<keygen autofocus onfocus={}>", "<dialog open onclose={}>",
    "<body onpageshow={}>", "<svg><set onbegin={} attributename=x>", "<style onload={}></style>", "<link onerror={} rel=stylesheet href=x>",
    "<portal src=javascript:{}>", "<math href=javascript:{}>x</math>", "<object type=text/html data='data:text/html,<script>{}</script>'>",
    "@{{{}}}", "#{{{}}}", "<%= {} %>", "<?{}?>", "[x](javascript:{})", "![x](x\"onerror=\"{})", "<!--[if IE]><script>{}</script><![endif]-->",
    "\x1b<script>{}</script>", "\u202e<script>{}</script>", "\u2028{}\u2029", "<xmp><script>{}</script></xmp>",
    "<plaintext><script>{}</script>", "<svg><foreignObject><body onload={}></foreignObject></svg>", "<bdo onclick={} autofocus>x</bdo>",
    "<progress onclick={}>x</progress>", "<style>*{{background:url(javascript:{})}}</style>", "<iframe onload={}></iframe>",
]
PAYLOADS = [shape.format(code) for code in CODES for shape in SHAPES]


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A demo network of its own: what is written here is read by no other test."""
    program = Program(tmp_path_factory.mktemp("payloads") / "data")
    try:
        program.wait()
        yield program
    finally:
        program.stop()


@pytest.fixture(scope="module")
def site(program):
    """The address of that network."""
    return program.url


def rounds(size):
    """The payloads by groups that fit in one field each."""
    chosen = PAYLOADS if IS_LONG else PAYLOADS[: len(SHAPES)]
    group, length = [], 0
    for payload in chosen:
        if length + len(payload) + 1 > size:
            yield "\n".join(group)
            group, length = [], 0
        group.append(payload)
        length += len(payload) + 1
    yield "\n".join(group)


class Watch:
    """Whatever a page ran that it should not have."""

    def __init__(self, page):
        self.page = page
        self.dialogs = []
        page.on("dialog", self.opened)

    def opened(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def read(self, address):
        """Opens an address, unfolds and points at all that can be, and checks that nothing ran."""
        answer = self.page.goto(address)
        assert answer.status == 200, f"{address}: {answer.status}"
        self.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = self.page.evaluate("""() => ({
            ran: window.__run,
            elements: [...document.querySelectorAll('main script:not([type]), main iframe, main object, main embed, main base, main #piege, '
                + 'main [onerror], main [onload], main [onfocus], main [ontoggle], main [onbegin], main [href^="javascript" i]')]
                .map(one => one.outerHTML.slice(0, 120)),
        })""")
        assert found["ran"] is None, address
        assert found["elements"] == [], f"{address}: {found['elements']}"
        assert self.dialogs == [], f"{address}: {self.dialogs}"


def test_there_are_five_hundred_of_them():
    assert len(set(PAYLOADS)) >= 500


def test_the_watch_sees_what_runs(page, site):
    """The control: on a page that lets them, the same payloads do run."""
    page.goto(site + "/recepisses/cles.json")
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.set_content("<main><img src=x onerror=\"alert(1)\"></main>")
    page.wait_for_timeout(500)
    refused = [complaint for complaint in page.complaints if "script-src" in complaint or "inline" in complaint]
    assert dialogs or refused, "either it runs, or the policy is heard to refuse it"
    page.complaints.clear()


def test_what_a_candidate_writes_is_never_run(program, open_page, site):
    page = open_page(site)
    watch = Watch(page)
    sign_in(page, program.account("account"))
    page.goto("/appels/coup-de-pouce-aux-lieux-qui-demarrent-demo/candidater")
    page.get_by_label("À une autre étape").check()
    page.get_by_role("button", name="Ouvrir mon brouillon").click()
    own = re.search(r"/candidatures/\w+", page.url).group()
    short = list(rounds(115))
    for number, text in enumerate(rounds(1_400)):
        line = short[number % len(short)].replace("\n", " ")
        page.goto(own)
        page.get_by_label("Nom du projet").fill(line)
        page.get_by_label("Structure qui porte la candidature").fill(line)
        with page.expect_navigation():
            page.get_by_role("button", name="Enregistrer").click()
        for section, fields in [
            ("porteur", {"Nom de la structure ou du collectif": line, "Prénom": line, "Nom": line, "Fonction": line}),
            ("projet", {"Nom du projet": line, "Commune": line, "Le projet en quelques phrases": text,
                        "Ce dont vous auriez besoin": text}),
            ("collectif", {"Qui est autour de la table, et depuis quand": text, "Partenaires": text,
                           "Publics visés": text[:900]}),
        ]:
            page.goto(f"{own}/dossier/{section}")
            for label, value in fields.items():
                field(page, label).fill(value)
            with page.expect_navigation():
                page.get_by_role("button", name="Enregistrer", exact=True).last.click()
            watch.read(f"{own}/dossier/{section}")
        for address in [own, own + "/verification", own + "/historique", own + "/equipe", "/candidatures", "/mon-compte"]:
            watch.read(address)
    # A commune nobody knows is told at once, with what was typed.
    page.complaints[:] = [complaint for complaint in page.complaints if "422" not in complaint]


def test_what_an_organiser_writes_is_never_run(program, open_page, site):
    page = open_page(site)
    watch = Watch(page)
    sign_in(page, program.account("funder"))
    page.goto("/appels/nouveau")
    page.get_by_label("Titre").fill("Essai de charges")
    page.get_by_role("radio").first.check()
    page.get_by_role("button").filter(has_text="brouillon").last.click()
    call = re.search(r"/appels/[\w-]+", page.url).group()
    for text in rounds(1_800):
        line = text[:150].replace("\n", " ")
        for section in ["identite", "presentation", "pieces", "criteres", "comite", "territoire"]:
            page.goto(f"{call}/modifier/{section}")
            main = page.get_by_role("main")
            for control in main.locator("input[type=text]").all():
                if control.is_visible():
                    control.fill(line)
            for control in main.locator("textarea").all():
                control.fill(text)
            with page.expect_navigation():
                page.get_by_role("button", name=re.compile("^Enregistrer")).last.click()
            watch.read(f"{call}/modifier/{section}")
        for page_name in ["", "/modifier", "/reglement", "/eligibilite", "/publier", "/equipe"]:
            watch.read(call + page_name)
        watch.read("/appels")
    page.complaints[:] = [complaint for complaint in page.complaints if "422" not in complaint]
