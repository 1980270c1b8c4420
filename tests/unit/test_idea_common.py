"""Templates of common changes: each can be about something on some shipped journey, and runs there."""

from __future__ import annotations

from pathlib import Path

import pytest

from vuon.errors import VuonError
from vuon.ideas.common import COMMON, common, made, parts
from vuon.journeys.applying import Change, apply
from vuon.journeys.file import read
from vuon.journeys.model import Journey
from vuon.journeys.running import runnable
from vuon.journeys.sketching import sketched

EXAMPLES = [
    read(path.read_text(encoding="utf-8")) for path in Path("examples/journeys").glob("*.toml")
]


def applied(key: str, journey: Journey) -> Journey | None:
    """The journey with a template's change on the first part that it can be about."""
    found = parts(common(key), journey)
    if not found:
        return None
    target, other = found[0][0], found[-1][0]
    change = made(common(key), journey, target, {}, other)
    return apply(journey, [Change(change.target, change.edit, change.values)])


@pytest.mark.parametrize("key", [each.key for each in COMMON])
def test_a_template_changes_a_shipped_journey_into_one_that_runs(key: str) -> None:
    changed = [(journey, after) for journey in EXAMPLES if (after := applied(key, journey))]
    if key == "merge":  # no shipped journey of one house has two pools of desks side by side
        changed = changed or [(_two_pools(), applied(key, _two_pools()))]
    assert changed
    for journey, after in changed:
        assert after and after.hash != journey.hash
        assert not runnable(after), key


def _two_pools() -> Journey:
    rows = "".join(
        f'[[step]]\nkey = "{k}"\ntitle = "{k}"\noffice = "{k}"\nkind = "desk"\n' for k in "ab"
    )
    return sketched(read("format = 1\n" + rows)).journey


def test_numbers_are_kept_within_their_bounds_and_divided() -> None:
    journey = next(each for each in EXAMPLES if parts(common("notice"), each))
    target = parts(common("notice"), journey)[0][0]
    change = made(common("notice"), journey, target, {"missing_factor": 700})
    assert dict(change.values) == {"missing_factor": 1.0}


def test_what_the_map_does_not_have_is_refused_by_name() -> None:
    with pytest.raises(VuonError, match="nowhere"):
        made(common("plain_words"), EXAMPLES[0], "nowhere", {})
    peak = next(each for each in EXAMPLES if parts(common("desk_at_the_peak"), each))
    desks = parts(common("desk_at_the_peak"), peak)[0][0]
    with pytest.raises(VuonError, match="before it begins"):
        made(common("desk_at_the_peak"), peak, desks, {"from_hour": 10, "to_hour": 9})
    with pytest.raises(VuonError):
        made(common("merge"), _two_pools(), "a", {}, "a")
