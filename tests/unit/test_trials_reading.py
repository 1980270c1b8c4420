"""From rows to a verdict: the pilot of the example, what is refused, marked or left untold."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from math import inf, isfinite

import pytest
from tests.architecture.sources import ROOT

from vuon.errors import VuonError
from vuon.trials import protocol as p
from vuon.trials import record as records
from vuon.trials.analyse import AS_PLANNED, Analysis, analyse
from vuon.trials.file import read as read_plan
from vuon.trials.naive import shares
from vuon.trials.next_test import next_test
from vuon.trials.observe import observe
from vuon.trials.plans import cells_of
from vuon.trials.protocol import EXPLORATORY
from vuon.trials.rows import Rows, read
from vuon.trials.sealing import seal
from vuon.trials.several import holm, largest_over_lots

EXAMPLE = ROOT / "examples" / "song-an-mot-lan"
PILOT = read_plan(EXAMPLE / "trial.toml")
ROWS = read((EXAMPLE / "pilot.csv").read_text("utf-8"), PILOT)
ARMS = (p.Arm(p.NEW), p.Arm(p.OLD))
EIGHT = tuple("abcdefgh")


def plan(**changes: object) -> p.Protocol:
    """Eight units, four by lot, one number that decides."""
    base = p.Protocol(
        "x",
        outcomes=(p.Outcome("done", worthwhile=1.0, low=0.0, high=20.0),),
        arms=ARMS,
        lot=p.LotRule("complete", EIGHT, 4),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def table(values: object, arms: str = "nnnnoooo", head: str = "unit,arm,done") -> str:
    """A sheet of the eight units."""
    lines = [
        f"{u},{a},{'' if v is None else v}" for u, a, v in zip(EIGHT, arms, values, strict=True)
    ]  # type: ignore[call-overload]
    return "\n".join([head, *lines])


def told(protocol: p.Protocol, text: str, **known: object) -> Analysis:
    """The reading of a sheet."""
    return analyse(protocol, read(text, protocol), **known)  # type: ignore[arg-type]


def test_the_pilot_of_the_example_reads_as_it_is_told() -> None:
    """+18.8 points (2.5 to 35.2), p .028 over the 2¹² lots; works, by how much is open."""
    found = analyse(PILOT, ROWS).primary
    assert found is not None and found.reading is not None and found.verdict is not None
    assert found.reading.allocations == 4096
    assert 100 * found.reading.estimate == pytest.approx(18.8, abs=0.05)
    assert 100 * found.low == pytest.approx(2.6, abs=0.1)
    assert 100 * found.high == pytest.approx(35.2, abs=0.05)
    assert found.reading.p == pytest.approx(0.028, abs=0.0005)
    assert (found.verdict.code, found.verdict.enough) == ("works", False)


def test_what_the_usual_formulas_would_say_of_it() -> None:
    """46 of 120 and 71 of 124; naive 6.6 to 31.2, clustered 3.3 to 34.5, with t 2.4 to 35.4."""
    arms: dict[str, list[tuple[float, int]]] = {"new": [], "old": []}
    for row in ROWS.rows:
        value = row.values["first_visit"]
        arms[row.arm].append((value.total, value.seen))
    assert [sum(yes for yes, _ in arms[key]) for key in ("old", "new")] == [46, 71]
    assert [sum(of for _, of in arms[key]) for key in ("old", "new")] == [120, 124]
    found = shares(arms["new"], arms["old"])
    assert 100 * found.estimate == pytest.approx(18.9, abs=0.05)
    for pair, ends in (
        (found.alone, (6.6, 31.2)),
        (found.clustered, (3.3, 34.5)),
        (found.descriptive, (2.4, 35.4)),
    ):
        assert [100 * each for each in pair] == pytest.approx(ends, abs=0.05)
    assert found.design_effect == pytest.approx(1.6, abs=0.05)


def test_a_sealed_plan_with_its_lot_reads_as_planned() -> None:
    record = records.draw(
        records.begin(plan(), "2026-02-01T09:00:00+07:00"), "482913", "2026-02-02"
    )
    drawn = record.drawn
    assert drawn is not None
    arms = "".join("n" if z else "o" for z in drawn)
    text = table([9 + z + n / 9 for n, z in enumerate(drawn)], arms)
    known = {"drawn": drawn, "sealed": record.sealed, "sealed_on": record.sealed_on}
    assert told(record.protocol, text, **known).label == AS_PLANNED


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sealed": None}, "not sealed"),
        ({"sealed": seal({"key": "other"})}, "another plan"),
        ({"sealed": replace(seal(p.plain(plan())), words=("a", "b", "c", "d"))}, "changed"),
        ({"drawn": None}, "taken from the rows"),
        ({"drawn": (0, 0, 0, 0, 1, 1, 1, 1)}, "do not follow"),
        ({"sealed_on": date(2026, 3, 1)}, "older than the seal"),
    ],
)
def test_whatever_is_not_the_sealed_plan_is_stamped_exploratory(
    change: dict[str, object], words: str
) -> None:
    known = {"drawn": (1, 1, 1, 1, 0, 0, 0, 0), "sealed": seal(p.plain(plan()))} | change
    lines = table([5, 6, 7, 8, 1, 2, 3, 4]).splitlines()
    dated = [f"{line},{'on' if not n else '2026-02-03'}" for n, line in enumerate(lines)]
    found = told(plan(), "\n".join(dated), **known)
    assert found.label == EXPLORATORY
    assert any(words in str(each) for each in found.reasons)
    assert all(each.say("vi") != each.say("en") for each in found.reasons)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("unit,done\n" + "\n".join(f"{u},1" for u in EIGHT) + "\nz,3", "rows.unit", 10),
        ("unit,arm\na,new", "rows.columns", 1),
        ("unit,done,salary\na,3,1", "rows.columns", 1),
        ("unit,done\na,nan", "rows.number", 2),
        ("unit,done\na,many", "rows.number", 2),
        ("unit,done\na,21", "rows.bounds", 2),
        ("unit,done\na,3\na,4", "rows.twice", 3),
        ("unit,arm,done\na,both,3", "rows.arm", 2),
        ("unit,on,done\na,yesterday,3", "rows.day", 2),
        ("unit,done\n", "rows.empty", 0),
    ],
)
def test_rows_that_do_not_fit_the_sealed_plan_are_refused_by_line(
    text: str, code: str, line: int
) -> None:
    with pytest.raises(VuonError) as caught:
        read(text, plan())
    assert (caught.value.code, caught.value.where.line) == (code, line)
    assert caught.value.say("vi") != caught.value.say("en")


@pytest.mark.parametrize(
    ("changes", "text", "code"),
    [
        ({}, table(range(8), "nnnooooo"), "trials.not_drawn"),
        ({}, "unit,done\n" + "\n".join(f"{u},1" for u in EIGHT), "trials.ways"),
        ({"outcomes": (p.Outcome("done"),)}, table(range(8)), "trials.primary"),
        ({"lot": p.LotRule(p.NONE, EIGHT)}, table(range(8)), "trials.no_lot"),
        (
            {"outcomes": (p.Outcome("done", worthwhile=1.0),)},
            table([1, 2, 3, None, 5, 6, 7, 8]),
            "trials.unbounded",
        ),
        ({"unit": p.Unit(baseline=True)}, table(range(8)), "trials.baseline"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    changes: dict[str, object], text: str, code: str
) -> None:
    with pytest.raises(VuonError) as caught:
        told(plan(**changes), text)
    assert caught.value.code == code
    assert caught.value.say("vi") != caught.value.say("en")


def test_a_design_too_small_to_say_anything_says_so_and_invents_no_interval() -> None:
    small = plan(lot=p.LotRule("complete", EIGHT[:6], 3))
    text = "\n".join(table([9, 9, 9, 1, 1, 2, 0, 0], "nnnooooo").splitlines()[:7])
    found = told(small, text)
    assert found.primary is not None and found.primary.verdict is not None
    assert (found.primary.low, found.primary.high) == (-inf, inf)
    assert found.primary.verdict.code == "cannot_tell"
    assert any("no result can rule out chance" in str(each) for each in found.notes)
    assert "7" in str(next_test(small, found))


def test_an_outcome_at_its_ceiling_has_no_interval_and_says_why() -> None:
    found = told(plan(), table([20] * 8)).primary
    assert found is not None and found.verdict is not None
    assert found.reading is None
    assert found.refused is not None
    assert found.verdict.code == "cannot_tell"


def test_groups_that_were_drawn_are_read_whoever_was_measured_in_them() -> None:
    """Ten pupils a class: eight values, not eighty; more pupils alike change nothing."""
    classes = plan(unit=p.Unit("class", "pupil"))
    means = [5, 6, 7, 8, 1, 2, 3, 4]
    lines = ["unit,arm,done"]
    for name, arm, mean in zip(EIGHT, "nnnnoooo", means, strict=True):
        lines += [f"{name},{arm},{mean + shift}" for shift in (-1, 0, 1) for _ in range(3)]
    found, groups = told(classes, "\n".join(lines)), told(plan(), table(means))
    assert found.primary is not None and groups.primary is not None
    assert found.primary.reading == groups.primary.reading
    assert any("Groups were drawn" in str(each) for each in found.notes)


def test_who_crosses_over_is_counted_as_drawn() -> None:
    drawn = (1, 1, 1, 1, 0, 0, 0, 0)
    found = told(plan(), table([5, 6, 7, 8, 1, 2, 3, 4], "onnnoooo"), drawn=drawn)
    assert found.primary is not None and found.primary.reading is not None
    assert found.primary.reading.estimate == pytest.approx(4)
    assert any("read as drawn" in str(each) for each in found.notes)


def test_missing_values_widen_and_never_narrow() -> None:
    whole = told(plan(), table([9, 9, 10, 11, 1, 2, 3, 4])).primary
    holes = told(plan(), table([9, None, 10, 11, 1, 2, 3, None])).primary
    assert whole is not None and holes is not None and holes.verdict is not None
    assert holes.missing == 2
    assert holes.low <= whole.low <= whole.high <= holes.high
    assert holes.verdict.code == "cannot_tell"
    lost = told(plan(), table([9, None, None, None, 1, None, None, 4])).primary
    assert lost is not None
    assert (lost.low, lost.high) == (-inf, inf)


def test_less_can_be_better() -> None:
    less = plan(outcomes=(p.Outcome("done", better=p.LESS, worthwhile=1.0, low=0.0, high=20.0),))
    found = told(less, table([1, 2, 1, 2, 9, 8, 9, 8])).primary
    assert found is not None and found.verdict is not None
    assert found.verdict.code == "works"
    harmed = told(less, table([9, 8, 9, 8, 1, 2, 1, 2])).primary
    assert harmed is not None and harmed.verdict is not None
    assert harmed.verdict.code == "harms"


def test_yes_and_no_of_people_have_their_own_tests_and_interval() -> None:
    people = tuple(f"{n:02}" for n in range(24))
    asked = plan(
        outcomes=(p.Outcome("done", kind="yes_no", worthwhile=0.1),),
        lot=p.LotRule("complete", people, 12),
    )
    said = ["yes"] * 11 + ["no"] + ["no"] * 10 + ["có", ""]
    lines = [
        f"{u},{'n' if n < 12 else 'o'},{v}"
        for n, (u, v) in enumerate(zip(people, said, strict=True))
    ]
    found = told(asked, "\n".join(["unit,arm,done", *lines])).primary
    assert found is not None and found.boschloo is not None and found.fisher is not None
    assert found.missing == 1
    assert found.boschloo <= found.fisher == found.p
    assert 0 < found.low < found.high <= 1


def test_secondary_outcomes_are_corrected_and_the_rest_is_exploratory() -> None:
    outcomes = (
        p.Outcome("done", worthwhile=1.0),
        p.Outcome("wait", role=p.SECONDARY),
        p.Outcome("cost", role=p.SECONDARY),
        p.Outcome("mood", role=p.EXPLORATORY),
    )
    lines = [
        f"{u},{a},{n},{n},{n % 3},{n}"
        for n, (u, a) in enumerate(zip(EIGHT, "nnnnoooo", strict=True))
    ]
    found = told(plan(outcomes=outcomes), "\n".join(["unit,arm,done,wait,cost,mood", *lines]))
    by_key = {each.outcome.key: each for each in found.outcomes}
    assert by_key["wait"].adjusted == pytest.approx(2 * (by_key["wait"].p or 0))
    assert by_key["done"].adjusted is by_key["mood"].adjusted is None
    assert [each.outcome.key for each in found.outcomes if each.verdict] == ["done"]


def test_the_largest_over_the_same_lots_is_never_stricter_than_holm() -> None:
    from vuon.trials.exact import read as exact
    from vuon.trials.randomise import complete

    drawing, lots = random.Random(4), complete(8, 4)
    for seed in range(10):
        z = lots.draw(f"{seed}".encode())
        base = [drawing.gauss(0, 1) for _ in z]
        ys = {
            k: [
                b + drawing.gauss(0, 0.5) + (k == "a") * one for b, one in zip(base, z, strict=True)
            ]
            for k in "abc"
        }
        single = {k: exact(y, z, lots).p for k, y in ys.items()}
        together = largest_over_lots(ys, z, lots)
        assert all(single[k] - 1e-12 <= together[k] for k in ys)
        # Holm at the smallest p is three times as large; the common lots know they go together.
        first = min(single, key=lambda k: single[k])
        assert together[first] <= holm(single)[first] + 1e-12


def test_a_planned_look_reads_whole_blocks_only_at_its_share_of_alpha() -> None:
    looked = replace(PILOT, looks=(p.Look(8, 0.01),))
    early = Rows(tuple(row for row in ROWS.rows if row.cell[1] <= 9), ROWS.sha256)
    found = analyse(looked, early, drawn=_drawn(), look=0)
    assert found.alpha == 0.01
    assert found.primary is not None and found.primary.reading is not None
    assert found.primary.reading.allocations == 2**8
    assert isfinite(found.primary.low)
    assert found.primary.missing == 0  # what is not there yet is not lost
    tiny = Rows(tuple(row for row in ROWS.rows if row.cell[1] <= 2), ROWS.sha256)
    first = analyse(looked, tiny, drawn=_drawn(), look=0)
    assert any("cannot stop" in str(each) for each in first.notes)
    assert analyse(looked, ROWS, drawn=_drawn()).alpha == pytest.approx(0.04)
    with pytest.raises(VuonError) as caught:
        told(replace(plan(), looks=(p.Look(4, 0.01),)), table([1, 2, 3, 4, 5, 6, 7, 8]), look=0)
    assert caught.value.code == "trials.look"


def _drawn() -> tuple[int, ...]:
    arms = {row.cell: int(row.arm == p.NEW) for row in ROWS.rows}
    return tuple(arms[cell] for cell in cells_of(PILOT.lot))


def test_planned_looks_together_stay_below_five_in_a_hundred() -> None:
    """Three looks and the end, over pairs, without effect: at most 5% and three standard errors."""
    pairs = tuple(f"{n:02}" for n in range(24))
    looked = plan(
        lot=p.LotRule("pairs", pairs),
        looks=(p.Look(12, 0.01), p.Look(16, 0.01), p.Look(20, 0.01)),
    )
    from vuon.trials.plans import space_of

    lots, drawing, runs, alarms = space_of(looked.lot), random.Random(12), 120, 0
    assert lots is not None
    for run in range(runs):
        z = lots.draw(f"{run}".encode())
        y = [round(drawing.uniform(1, 19), 3) for _ in pairs]
        stopped = False
        for look, until in ((0, 12), (1, 16), (2, 20), (None, 24)):
            lines = [f"{u},{v}" for u, v in zip(pairs[:until], y, strict=False)]
            found = told(looked, "\n".join(["unit,done", *lines]), drawn=z, look=look).primary
            assert found is not None
            stopped = stopped or found.low > 0 or found.high < 0
        alarms += stopped
    assert alarms / runs <= 0.05 + 3 * (0.05 * 0.95 / runs) ** 0.5


def test_what_would_decide_shrinks_the_interval_as_promised() -> None:
    found = told(plan(), table([4, 9, 2, 7, 5, 1, 8, 3]))
    said = next_test(plan(), found)
    assert said is not None
    assert found.primary is not None
    wanted = int(said.fields["wanted"])
    half = (found.primary.high - found.primary.low) / 2
    assert half * (8 / wanted) ** 0.5 <= 1.0


def test_without_a_lot_nothing_is_more_than_consistent() -> None:
    seen = plan(lot=p.LotRule(p.NONE, EIGHT))
    drawing = random.Random(1)
    base = [drawing.gauss(0, 0.3) for _ in range(12)]

    def lines(start: int, last: int, changed: str) -> str:
        rows = ["unit,period,arm,done"]
        for n, unit in enumerate(EIGHT):
            for t in range(last):
                new = unit in changed and t >= start
                rows.append(
                    f"{unit},{t + 1},{'n' if new else 'o'},{9 + base[t % 12] + n / 9 + 2 * new}"
                )
        return "\n".join(rows)

    series = observe(seen, read(lines(20, 34, "d"), seen))
    assert series.how == "series" and series.jump is not None
    assert series.estimate == pytest.approx(2, abs=0.01)
    assert (series.jump.rank, series.jump.of) == (1, 8)
    both = observe(seen, read(lines(6, 12, "abc"), seen))
    assert both.how == "differences" and both.trends is not None
    assert both.estimate == pytest.approx(2)
    assert both.trends.breakdown == inf or both.trends.breakdown > 1e6
    short = observe(seen, read(lines(2, 6, "abcdefgh"), seen))
    assert short.how == "describe"
    assert {each.verdict.code for each in (series, both, short)} == {"observed"}
    assert all(each.note.say("vi") != each.note.say("en") for each in (series, both, short))


def test_a_look_before_its_time_is_exploratory() -> None:
    looked = replace(PILOT, looks=(p.Look(8, 0.01),))
    for periods, early in ((6, True), (8, False)):
        some = Rows(tuple(row for row in ROWS.rows if row.cell[1] <= periods), ROWS.sha256)
        found = analyse(looked, some, drawn=_drawn(), sealed=seal(p.plain(looked)), look=0)
        assert (found.label == EXPLORATORY) == early


def test_welch_covers_where_noise_is_bell_shaped() -> None:
    from vuon.trials.naive import welch

    drawing, held, runs = random.Random(2), 0, 1500
    for _ in range(runs):
        low, high = welch(
            [drawing.gauss(1, 1) for _ in range(4)], [drawing.gauss(0, 2) for _ in range(5)]
        )
        held += low <= 1 <= high
    assert held / runs == pytest.approx(0.95, abs=4 * (0.95 * 0.05 / runs) ** 0.5 + 0.02)
