"""The example's weekly model: its figures at rest, what levers do, and which futures break an idea."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vuon.errors import VuonError
from vuon.futures.discover import discover
from vuon.futures.ensemble import Ensemble, run_ensemble
from vuon.futures.file import read
from vuon.futures.sample import Dimension, planned
from vuon.futures.study import Source, asked
from vuon.systems import file
from vuon.systems.sketch import check
from vuon.systems.visits import VisitsModel, read_model
from vuon.xlrm import ColumnModel, Luck, Lucks, Model, Policy, Result

FOLDER = Path(__file__).parents[2] / "examples" / "song-an-mot-lan"
TEXT = (FOLDER / "system.toml").read_text("utf-8")
FUTURES = read(FOLDER / "futures.toml")


@pytest.fixture(scope="module")
def model() -> VisitsModel:
    """The example's."""
    return read_model(TEXT)


def told(model: VisitsModel, **levers: float) -> Result:
    """The outcomes with these levers."""
    return model.run(Policy("p", levers), {}, Luck(1))


def test_at_rest_and_with_each_lever(model: VisitsModel) -> None:
    """At rest every year is like the one before: 2.10 visits a file, the counter busy to .88."""
    assert isinstance(model, Model)
    assert isinstance(model, ColumnModel)
    rest = told(model)
    assert (rest["finish"], rest["counter_visits"], rest["load"]) == pytest.approx(
        (0.476, 2.10, 0.88), abs=0.005
    )
    assert rest["waiting"] == 0
    for levers, visits in (
        ({"precheck": 2}, 1.70),
        ({"checklist": 1}, 1.67),
        ({"precheck": 2, "checklist": 1}, 1.47),
        ({"online_finish": 0.517}, 2.06),
    ):
        assert told(model, **levers)["counter_visits"] == pytest.approx(visits, abs=0.005)


def test_a_third_more_files_and_the_queue_grows_without_end(model: VisitsModel) -> None:
    more = {"demand": 63 * 1.35}
    year = model.run(Policy("p"), more, Luck(1))["waiting"]
    longer = VisitsModel(model.constants, model.stocks, 2 * model.weeks, model.told_from)
    assert year > 500
    assert longer.run(Policy("p"), more, Luck(1))["waiting"] > 1.9 * year


def test_at_rest_as_many_are_done_as_come(model: VisitsModel) -> None:
    """After years under a policy visits a week are files a week times visits a file."""
    settled = VisitsModel(model.constants, model.stocks, 400, 399)
    found = settled.run(Policy("p", {"checklist": 1, "precheck": 2}), {}, Luck(1))
    value = {name: each.value for name, each in model.constants.items()}
    hours = value["counter_hours"] - 2 * value["precheck_hours"]
    served = found["load"] * hours * 60 / value["visit_minutes"]
    assert served / found["visits"] == pytest.approx(value["demand"], rel=1e-6)


def test_no_figure_is_typed_in_the_equations() -> None:
    """Each constant of the file moves an outcome, so that none is written twice."""
    base = read_model(TEXT)
    policy = Policy("p", {"checklist": 1, "precheck": 2})
    values = {"demand": 85.0, "outage": 0.05}
    before = base.run(policy, values, Luck(1))
    for name, each in base.constants.items():
        if each.role == "lever" or name in values:
            continue
        text = TEXT.replace(
            f"[const.{name}]", f"[const.{name}]\nvalue = {each.value * 1.1!r}\n#", 1
        )
        start = text.index(f"[const.{name}]")
        end = text.index("\n\n", start)
        block = text[start:end]
        first, rest = block.split("\n#", 1)
        kept = [
            line
            for line in rest.splitlines()
            if not line.startswith(("value", "low", "high", "role"))
        ]
        changed = read_model(text[:start] + "\n".join([first, *kept]) + text[end:])
        inside = {k: v for k, v in values.items() if k in {u.name for u in changed.uncertainties}}
        after = changed.run(policy, inside, Luck(1))
        assert changed.hash != base.hash
        assert after != before, name


def test_a_counter_that_never_opens_breaks_and_no_other_future(model: VisitsModel) -> None:
    hours = {"counter_hours": np.array([10.0, 52.0])}
    found = model.run_columns(Policy("p", {"precheck": 5}), hours, Lucks(1))
    assert np.isnan(found["visits"]).tolist() == [True, False]


def test_what_cannot_be_decided_is_refused(model: VisitsModel) -> None:
    with pytest.raises(VuonError, match="precheck 0–5"):
        told(model, precheck=6)
    with pytest.raises(VuonError, match="demand = 1"):
        told(model, demand=1)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[const.demand]", "[const.demands]", "table.missing"),
        ("value = 63\nlow = 10", "value = 63\nlow = 70", "system.range"),
        ("initial = 66", 'initial = "many"', "table.kind"),
        ('role = "lever"', 'role = "handle"', "table.name"),
    ],
)
def test_a_figure_that_is_missing_or_wrong_is_named(old: str, new: str, code: str) -> None:
    with pytest.raises(VuonError) as error:
        read_model(TEXT.replace(old, new, 1))
    assert error.value.code == code
    assert error.value.where.line > 1


def test_the_sketch_shows_no_figure_that_no_arrow_touches() -> None:
    found = file.read(TEXT)
    assert file.write(found) == TEXT
    shown = {each.key for each in found.drawn}
    assert {"trust", "queue", "precheck", "counter_hours"} <= shown
    assert "hurry_effect" not in shown
    assert not [remark for remark in check(found, "en") if remark.code == "lonely"]


def ensemble(n: int, kind: str, seed: int) -> Ensemble:
    """The example's futures."""
    dims = [
        Dimension(each.key, each.low or 0, each.high or 0, scale=each.scale)
        for each in FUTURES.uncertainties
    ]
    design, _ = planned(dims, n, kind=kind, seed=seed)
    policies = [Policy(each.key, each.levers) for each in FUTURES.policies]
    source = Source("vuon.systems.visits:read_model", TEXT)
    return run_ensemble(asked(source, policies, FUTURES.measures, design)[0])


def lost(found: Ensemble) -> np.ndarray:
    """Where checklist and triage are not strictly better than the portal tweak."""
    values = found.values
    assert values is not None
    triage, m = found.place("checklist_triage", "visits")
    return values[triage, m] >= values[found.place("portal", "visits")[0], m]


@pytest.mark.parametrize(
    ("n", "kind", "low", "high"),
    [(500, "lhs", 0.84, 0.89), (512, "sobol", 0.84, 0.89), (2**14, "sobol", 0.855, 0.87)],
)
def test_how_often_the_checklist_beats_the_portal(
    n: int, kind: str, low: float, high: float
) -> None:
    for seed in (FUTURES.seed, FUTURES.seed + 1):
        assert low <= 1 - lost(ensemble(n, kind, seed)).mean() <= high


def test_the_box_explains_where_it_loses() -> None:
    """Where many file online anyway and the checklist adds little."""
    found = ensemble(FUTURES.n, FUTURES.design, FUTURES.seed)
    design = found.study.design
    seen = discover(design.columns(0, design.n), lost(found), design.dims, seed=design.seed)
    (box,) = seen.boxes
    limits = {each.name: each for each in box.limits}
    assert limits["online_base"].low == pytest.approx(0.59, abs=0.05)
    assert limits["online_base"].high is None
    assert limits["checklist_effect"].high == pytest.approx(0.1, abs=0.015)
    assert limits["checklist_effect"].low is None
    assert len(limits) <= 3
    assert box.density >= 0.75
    assert box.coverage >= 0.6
    assert box.stability >= 0.8
