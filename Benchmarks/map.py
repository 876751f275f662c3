"""What a visitor's browser does with the map: called by `Benchmarks/run` with the Python that has Playwright.

Usage: map.py BASE_URL. Prints one JSON object: `items` drawn and `kilobytes` of points over the wire for the first view, `drawn` (ms
from the navigation to the last point drawn), `longest` (ms, the longest task of the page's thread while it is dragged and zoomed; 50 is the
least a browser tells, so 0 means that none was longer) and `tasks` (how many were longer).
"""
import json
import os
import sys

from playwright.sync_api import sync_playwright

# Every arc on a canvas says when it was drawn; every long task is kept with its time.
WATCH = """
(() => {
  window.watched = { last: 0, arcs: 0, long: [] };
  const arc = CanvasRenderingContext2D.prototype.arc;
  CanvasRenderingContext2D.prototype.arc = function (...values) {
    watched.last = performance.now();
    watched.arcs += 1;
    return arc.apply(this, values);
  };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watched.long.push([entry.startTime, entry.duration]);
  }).observe({ entryTypes: ["longtask"] });
})()
"""
POINTS = """
() => performance.getEntriesByType("resource").filter((entry) => entry.name.includes("/api/v1/map/"))
  .reduce((sum, entry) => sum + entry.transferSize, 0)
"""


def settle(page):
    """Until nothing was drawn for a second."""
    page.wait_for_function("() => watched.last > 0 && performance.now() - watched.last > 1000", timeout=60_000)


def main(base):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("MAILLAGE_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"] if os.geteuid() == 0 else [])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(WATCH)
        page.goto(base + "/carte")
        settle(page)
        first = page.evaluate("() => watched")
        size = page.evaluate(POINTS)
        page.evaluate("() => { watched.long = []; }")
        for _ in range(3):
            page.mouse.move(900, 400)
            page.mouse.down()
            for step in range(60):
                page.mouse.move(900 - 8 * step, 400 + 3 * step)
                page.wait_for_timeout(8)
            page.mouse.up()
            page.wait_for_timeout(300)
            page.mouse.wheel(0, -120)
            settle(page)
        long = [duration for _, duration in page.evaluate("() => watched.long")]
        browser.close()
    print(json.dumps({"items": first["arcs"], "drawn": first["last"], "kilobytes": size / 1000,
                      "longest": max(long, default=0), "tasks": len(long)}))


if __name__ == "__main__":
    main(sys.argv[1])
