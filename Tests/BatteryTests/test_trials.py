"""Each battery, short, and with the defect that it must notice: a trial that finds nothing proves nothing unless it can."""

import pytest

import trials
from run import TRIALS, verdicts

SHORT = [name for name, trial in TRIALS.items() if not trial.is_long]


@pytest.mark.parametrize("name", SHORT)
def test_the_battery_holds(name):
    trial = TRIALS[name]
    try:
        found = verdicts(trial.run(**trial.short))
    except trials.Skipped as skipped:
        pytest.skip(str(skipped))
    for verdict in found:
        print(verdict)
        assert verdict.faults == [], verdict


@pytest.mark.parametrize("name", SHORT)
def test_the_battery_notices_a_planted_defect(name):
    trial = TRIALS[name]
    try:
        found = verdicts(trial.run(**trial.control))
    except trials.Skipped as skipped:
        pytest.skip(str(skipped))
    assert trial.noticed(found), [str(verdict) for verdict in found]


def test_the_order_needs_the_journal():
    try:
        assert any("journal" in fault for fault in trials.order(count=3, journal=False).faults)
    except trials.Skipped as skipped:
        pytest.skip(str(skipped))
