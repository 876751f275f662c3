"""Adds up what the test runners reported.

Usage: tally.py STATUS REPORT.xml...

STATUS is the worst exit status of the runners. Prints `N passed, N failed` as its last line and exits non-zero if a test
failed, if a runner failed without naming a test (a crash, a refusal to start), or if nothing ran at all.
"""

import sys
import xml.etree.ElementTree as ElementTree


def count(path):
    """(passed, failed, skipped) of one JUnit report, counted test by test."""
    passed = failed = skipped = 0
    for case in ElementTree.parse(path).iter("testcase"):
        outcomes = {child.tag for child in case}
        if outcomes & {"failure", "error"}:
            failed += 1
        elif "skipped" in outcomes:
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def main(status, paths):
    passed = failed = skipped = 0
    for path in paths:
        try:
            p, f, s = count(path)
        except (OSError, ElementTree.ParseError) as error:
            print(f"tally: {path}: {error}", file=sys.stderr)
            p, f, s = 0, 1, 0
        passed, failed, skipped = passed + p, failed + f, skipped + s
    if status != 0 and failed == 0:
        print(f"tally: a runner ended with status {status} without naming a failed test", file=sys.stderr)
        failed = 1
    if passed + failed == 0:
        print("tally: no test ran", file=sys.stderr)
        failed = 1
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
