"""The levers of an idea, and the JSON that a browser runs: what is put together is what compiles."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.running_journeys import office

from vuon.ideas.file import read as read_idea
from vuon.journeys.applying import Change, apply
from vuon.journeys.compare import compare
from vuon.journeys.compile import compiled
from vuon.journeys.file import read
from vuon.journeys.model import Journey
from vuon.journeys.portable import patch, patched, portable, told, written
from vuon.journeys.positions import MOST, at, combinations, levers_of, variants

EXAMPLES = Path(__file__).parents[2] / "examples" / "journeys"
IDEAS = sorted((EXAMPLES / "ideas").glob("*/*.toml"))


def shipped(path: Path) -> tuple[Journey, list[Change]]:
    """A shipped idea with the journey that it changes."""
    idea = read_idea(path)
    changes = [Change(e.target, e.edit, e.values) for e in idea.changes if e.target and e.values]
    return read(EXAMPLES / f"{path.parent.name}.toml"), changes


@pytest.mark.parametrize("path", IDEAS, ids=lambda path: path.stem)
def test_every_combination_is_what_compiles(path: Path) -> None:
    journey, changes = shipped(path)
    found = portable(journey, changes)
    assert found.levers
    assert found.base.arrays == compiled(journey, under=found.under).arrays
    for places in combinations(found.levers):
        made = apply(journey, at(changes, found.levers, places))
        assert found.arrays(places) == compiled(made, under=found.under).arrays
    # The idea's own positions are the idea; the first ones are the journey as it is.
    assert at(changes, found.levers, [each.idea for each in found.levers]) == changes
    assert len(gzip.compress(written(told(journey, found)).encode(), mtime=0)) < 25_000


def test_the_envelope_holds_every_position_and_only_levers_on_arrivals_need_more() -> None:
    way = office()
    faster = portable(way, [Change("counter", "", {"service_factor": 0.7})])
    assert faster.base.arrays == compiled(way).arrays
    assert compare(way, way, pilot=2, cap=2, under=faster.under).differences
    busier = portable(way, [Change("arrivals", "", {"per_day_factor": 1.2})])
    (lever,) = busier.levers
    most = max(value for value in lever.values if value is not None)
    rates, over = (busier.base.arrays[name] for name in ("rate_value", "rate_envelope"))
    assert max(over) == pytest.approx(most * max(rates))


def test_many_levers_have_fewer_positions_and_what_is_left_stays_at_the_idea() -> None:
    way = office()
    values = {"service_factor": 0.7, "patience_minutes": 60, "gives_up": 0.1, "fee": 4000,
              "prepare_minutes": 5, "other_money": 2000, "new_visit": 0, "desks": 1}  # fmt: skip
    changes = [Change("counter", "", values)]
    levers = levers_of(way, changes)
    counts = [len(each.values) for each in levers]
    assert math.prod(counts) <= MOST < 2 * math.prod(counts)
    assert [each.name for each in levers] == list(values)[: len(levers)]
    assert at(changes, levers, [0] * len(levers))[0].values == {
        name: values[name] for name in list(values)[len(levers) :]
    }
    few = levers_of(way, changes, most=2)
    assert [(each.values, each.idea) for each in few] == [((None, 0.7), 1)]


def test_a_position_that_cannot_run_is_left_out() -> None:
    way = office()
    (lever,) = levers_of(way, [Change("desks", "", {"desks": -1})])
    # Two desks: without the second one it runs, without both it never does.
    assert lever.values == (None, -1)
    closed = [Change("desks", "", {"desks": -2})]
    assert list(variants(way, closed, levers_of(way, closed)).values())[-1] is None
    found = portable(way, closed)
    assert found.rests[found.levers[0].idea,] is None
    with pytest.raises(ValueError, match="cannot run"):
        found.arrays((found.levers[0].idea,))


def test_levers_go_on_in_the_direction_of_the_idea() -> None:
    for path in IDEAS:
        journey, changes = shipped(path)
        for lever in levers_of(journey, changes):
            assert lever.values[0] is None and 0 < lever.idea < len(lever.values) <= 5
            set_to = [value for value in lever.values if value is not None]
            assert set_to in (sorted(set_to), sorted(set_to, reverse=True))
            assert len(set(set_to)) == len(set_to)


cells = st.lists(st.sampled_from([0, 1, -3, 2**60, 0.1, 1e9, float("inf")]), max_size=30)


@settings(derandomize=True, max_examples=60, suppress_health_check=[*HealthCheck])
@given(
    st.dictionaries(st.sampled_from("abc"), cells), st.dictionaries(st.sampled_from("abc"), cells)
)
def test_a_patch_makes_one_of_the_other(
    before: dict[str, list[float]], after: dict[str, list[float]]
) -> None:
    got = patched(before, patch(before, after))
    assert {name: got[name] for name in after} == after


def test_the_json_holds_every_number_as_it_is() -> None:
    way = office()
    found = portable(way, [Change("counter", "", {"service_factor": 0.7})])
    sent = json.loads(written(told(way, found, cap=40)))
    for name, values in found.base.arrays.items():
        got = sent["base"][name]
        if isinstance(got, dict):
            got = [sum(got["d"][: n + 1]) for n in range(len(got["d"]))]
        assert [type(own)(each) for own, each in zip(values, got, strict=True)] == list(values)
        assert not any(isinstance(each, int) and abs(each) > 2**53 for each in got)
    assert len(sent["luck"]) == 40 and len(sent["student"]) == 41
    assert {each["metric"] for each in sent["columns"] if each["decides"]} == {"completion", "wait"}
