"""Writes docs/BATTERY.md from what the runners of the battery reported. Called by setup/test.sh battery.

Usage: battery_page.py MACHINE TRIALS.xml SWIFT.xml BROWSER.xml > docs/BATTERY.md
A trial that was skipped or did not hold stands in the page as such: it tells what was seen, not what is hoped.
"""

import datetime
import os
import sys
import xml.etree.ElementTree as ElementTree

from tally import words_of

HEAD = """# The long battery

Written by `make battery`, from what its runners reported: `Tests/BatteryTests/run.py` on a release build (each trial also with a defect
planted in what people are told, which its judge must notice), then the Swift tests that `MAILLAGE_BATTERY` makes longer, then every page
in a browser as every role. CI runs them all, short. Zero faults in N trials bound the true rate below 3/N, 19 times in 20.
"""


def outcome(case):
    for child in case:
        if child.tag in ("failure", "error"):
            return "**no**: " + words_of(child).replace("|", "/")
        if child.tag == "skipped":
            return "not run: " + words_of(child).replace("|", "/")
    return "yes"


def cases(path):
    """None of a runner that was stopped before it wrote its report."""
    if not os.path.exists(path):
        return None
    return list(ElementTree.parse(path).iter("testcase"))


def main(machine, trials, swift, browser):
    print(HEAD)
    print(f"{datetime.date.today()}, {machine}.\n")
    print("| Trial | Bar | Seen | Holds | Seconds |\n|---|---|---|---|---|")
    for case in cases(trials) or []:
        told = {child.get("name"): child.get("value") for child in case.iter("property")}
        print(f"| {case.get('name')} | {told.get('bar', '')} | {told.get('seen', '')} | {outcome(case)} | {float(case.get('time', 0)):.0f} |")
    for title, path in [("Swift test", swift), ("Browser test", browser)]:
        if cases(path) is None:
            print(f"\n{title}s: not run to their end.")
            continue
        print(f"\n| {title} | Holds | Seconds |\n|---|---|---|")
        for case in cases(path):
            print(f"| {case.get('classname', '').rpartition('.')[2]} `{case.get('name')}` | {outcome(case)} | {float(case.get('time', 0)):.0f} |")


if __name__ == "__main__":
    main(*sys.argv[1:5])
