"""The criteria of the RGAA that a script can judge, beyond those axe knows: what is read on the page at once (criteria.js), and
what takes handling it: the ring of focus, the loop of tabs, larger text, wider spacing. Each fault is a line, `number: …`."""

import pathlib

READING = pathlib.Path(__file__).with_name("criteria.js").read_text()

# WCAG 1.4.12, word for word.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""

# How many stops of the keyboard are looked at on one page: long lists repeat themselves.
STOPS = 60

# How many stops one field may hold: a date and its hour have eight.
PARTS = 9


def reading_faults(page, *numbers):
    """What a reading of the page shows; `numbers` narrows the criteria."""
    return page.evaluate(READING, list(numbers))


# Text that its own box cuts. What scrolls inside a frame is reached; what is hidden on purpose is said elsewhere.
CUT = """() => [...document.querySelectorAll('body *')].filter(one => {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('.visually-hidden, .leaflet-container, svg, .hero, .skip-links')) return false;
    const style = getComputedStyle(one);
    if (!/hidden|clip/.test(style.overflowX + style.overflowY) || !one.innerText?.trim() || one.clientHeight < 2) return false;
    // A head of a table that turned into cards is kept for those who hear it.
    if (style.clipPath !== 'none' || /^(select|input|textarea|meter|progress)$/.test(one.localName)) return false;
    return one.scrollHeight > one.clientHeight + 3 || one.scrollWidth > one.clientWidth + 3;
}).map(one => one.outerHTML.slice(0, 140))"""

WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


def spacing_faults(page):
    """10.12: nothing is lost when text is spaced as its reader wants it."""
    # Through the engine of styles: a policy of the page does not stop its reader.
    return faults_when(
        page, "10.12", "spaced text",
        lambda: page.evaluate("""css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
            document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }""", SPACING),
        lambda: page.evaluate("document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1)"))


def enlarging_faults(page):
    """10.4: nothing is lost when text is twice as large."""
    session = page.context.new_cdp_session(page)
    return faults_when(
        page, "10.4", "text at 200 %", lambda: enlarge(session, 2), lambda: (enlarge(session, 1), session.detach()))


def enlarge(session, times):
    """The size of text, as somebody who sees badly sets it in their browser."""
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16 * times, "fixed": 13 * times}})


def faults_when(page, number, what, change, undo):
    """What a change of the text cuts or pushes out of the page, that was neither before."""
    before = set(page.evaluate(CUT))
    was_wide = page.evaluate(WIDE)
    change()
    try:
        found = [f"{number}: {what} is cut: {one}" for one in page.evaluate(CUT) if one not in before]
        if page.evaluate(WIDE) and not was_wide:
            found.append(f"{number}: {what} makes the page scroll sideways")
        return found
    finally:
        undo()


# What has the focus now: its place among all elements, how its ring looks, whether it lies in the window.
STOP = """() => {
    let one = document.activeElement;
    if (!one || one === document.body || one === document.documentElement) return null;
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    return {
        place: [...document.querySelectorAll('*')].indexOf(one), html: one.outerHTML.replace(/\\s+/g, ' ').slice(0, 140),
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        box: { x: box.x, y: box.y, width: box.width, height: box.height },
        in_window: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        is_empty: box.width < 2 || box.height < 2,
    };
}"""


def keyboard_faults(page, stops=STOPS):
    """10.7, 12.8 and 12.9: from the start of the page, each stop of the Tab key is seen, comes after the one before in the
    document, and the key comes out at the end."""
    found, seen, before, inside = [], [], -1, 0
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); getSelection()?.removeAllRanges(); }")
    for _ in range(stops):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return found
        if stop["place"] == before:
            # A date has a stop for its day, its month, its year and its calendar.
            inside += 1
            if inside > PARTS:
                found.append(f"12.9: the keyboard stays there: {stop['html']}")
                return found
            continue
        inside = 0
        if stop["place"] in seen:
            # Back to the first stop is the end of the loop; anything else is a trap.
            if stop["place"] != seen[0]:
                found.append(f"12.9: the keyboard turns round: {stop['html']}")
            return found
        if stop["place"] < before:
            found.append(f"12.8: the focus goes back: {stop['html']}")
        if stop["is_empty"] or not stop["in_window"]:
            found.append(f"10.7: the focus is where nobody sees it: {stop['html']}")
        elif not stop["ring"] and not ring_in_pixels(page, stop["box"]):
            found.append(f"10.7: the focus is not seen: {stop['html']}")
        before = stop["place"]
        seen.append(before)
    return found


def ring_in_pixels(page, box):
    """Whether the focus changes a pixel around what has it, for what draws its ring otherwise than by an outline."""
    clip = {"x": max(0, box["x"] - 6), "y": max(0, box["y"] - 6), "width": box["width"] + 12, "height": box["height"] + 12}
    with_focus = page.screenshot(clip=clip, animations="disabled", caret="hide")
    page.evaluate("() => { window.wasFocused = document.activeElement; document.activeElement.blur(); }")
    without = page.screenshot(clip=clip, animations="disabled", caret="hide")
    page.evaluate("() => window.wasFocused.focus({ preventScroll: true })")
    return with_focus != without


def menu_of(page):
    """12.2 to 12.5: the ways to go round, in their order: they are the same on every page for one reader."""
    return page.evaluate("""() => [...document.querySelectorAll('body > header nav a, body > footer a')]
        .map(one => one.getAttribute('href'))""")
