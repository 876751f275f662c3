"""Writes docs/BATTERY.md from what the runners of the battery reported. Called by setup/test.sh battery.

Usage: battery_page.py FOLDER > docs/BATTERY.md
The folder holds, of each part (trials, fuzz, swift, browser), its reports and `PART.txt`: the day and the machine.
A trial that was skipped or did not hold stands in the page as such: it tells what was seen, not what is hoped.
"""

import os
import sys
import xml.etree.ElementTree as ElementTree

from tally import cases, words_of

HEAD = """# The long battery

Written by `make battery`, from what its runners reported: `Tests/BatteryTests/run.py` on a release build (each trial also with a planted
defect, which its judge must notice), then every parser under libFuzzer (`make fuzz`, a planted defect first), then the Swift tests that
`MAILLAGE_BATTERY` makes longer, then every page in a browser as every role. CI runs them all, short, but for the parsers and the trials
that take minutes or programs of their own. Zero faults in N trials bound the true rate below 3/N, 19 times in 20.
"""


def outcome(case):
    for child in case:
        if child.tag in ("failure", "error"):
            return "**no**: " + words_of(child).replace("|", "/")
        if child.tag == "skipped":
            return "not run: " + words_of(child).replace("|", "/")
    return "yes"


def whole(path):
    """The test cases; None of a runner that was stopped before it wrote its report, or in the middle of it."""
    try:
        return cases(path)
    except (FileNotFoundError, ElementTree.ParseError):
        return None


def main(folder):
    print(HEAD)
    for title, part, report in [
            ("Trials", "trials", "trials.xml"), ("Restarts under visits", "trials", "trials-restarts.xml"),
            ("Parsers under libFuzzer", "fuzz", "fuzz.xml"),
            ("Swift tests", "swift", "swift-swift-testing.xml"), ("Browser tests", "browser", "browser.xml")]:
        print(f"## {title}\n")
        found = whole(os.path.join(folder, report))
        if found is None:
            print("Not run to their end.\n")
            continue
        with open(os.path.join(folder, part + ".txt")) as file:
            print(file.read())
        write(found, report in ("trials.xml", "fuzz.xml"))


def write(found, are_trials):
    print("| Trial | Bar | Seen | Holds | Seconds | Day |\n|---|---|---|---|---|---|" if are_trials else
          "| Test | Holds | Seconds |\n|---|---|---|")
    for case in found:
        name, seconds = case.get("name"), f"{float(case.get('time', 0)):.0f}"
        if are_trials:
            told = {child.get("name"): child.get("value") for child in case.iter("property")}
            row = [name, told["bar"], told["seen"], outcome(case), seconds, told["day"]]
        else:
            row = [f"{case.get('classname', '').rpartition('.')[2]} `{name}`", outcome(case), seconds]
        print("| " + " | ".join(row) + " |")
    print()


if __name__ == "__main__":
    main(sys.argv[1])
