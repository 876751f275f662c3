"""Adds up what the test runners reported, and names what failed.

Usage: tally.py STATUS REPORT.xml...

STATUS is the worst exit status of the runners. Prints one line `red: suite name: message` per failed test (the first twenty),
then `N passed, N failed` as its last line. Exits non-zero if a test failed, if a runner failed without naming a test (a crash, a
refusal to start), or if nothing ran at all.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree

NAMED = 20  # failed tests named; the others are counted
MESSAGE = 300  # characters of a message: the first say what was expected


def words_of(child):
    """What a failure says, on one line: runners put it in the attribute, in the text, or the gist in one and all in the other."""
    said = child.get("message") or child.text or "no message"
    return " ".join(said.split())[:MESSAGE]


def cases(path):
    """The test cases of one JUnit report. A failure may quote control characters, which no XML may hold: each reads as a space."""
    with open(path, encoding="utf-8") as file:
        text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", file.read())
    return list(ElementTree.fromstring(text).iter("testcase"))


def read(path):
    """(passed, failures, skipped) of one JUnit report, test by test; failures are (suite, name, message)."""
    passed = skipped = 0
    failures = []
    for case in cases(path):
        faults = [child for child in case if child.tag in ("failure", "error")]
        if faults:
            failures.append((case.get("classname") or path, case.get("name") or "?", words_of(faults[0])))
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
    return passed, failures, skipped


def main(status, paths):
    passed = skipped = 0
    failures = []
    for path in paths:
        try:
            p, f, s = read(path)
        except (OSError, ElementTree.ParseError) as error:
            p, f, s = 0, [(path, "report", f"cannot be read: {error}")], 0
        passed, skipped = passed + p, skipped + s
        failures += f
    if status != 0 and not failures:
        failures.append(("runner", f"status {status}", "ended without naming a failed test: it crashed, or did not start"))
    if passed + len(failures) == 0:
        failures.append(("runner", "no test ran", "the reports hold no test"))
    for suite, name, message in failures[:NAMED]:
        print(f"red: {suite} {name}: {message}")
    if len(failures) > NAMED:
        print(f"red: and {len(failures) - NAMED} more")
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
