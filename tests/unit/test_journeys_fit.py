"""Figures from logs and sheets: known parameters come back, intervals cover, few stay few."""

from __future__ import annotations

import math
import random
from datetime import date, datetime, timedelta

import pytest

from vuon.evidence import observation
from vuon.journeys import logs
from vuon.journeys.arriving import from_log, from_tickets
from vuon.journeys.branches import counted, share_of
from vuon.journeys.dists import mean, quantile
from vuon.journeys.fit import fit_log
from vuon.journeys.fit_sheets import fit_sheet
from vuon.journeys.likelihood import candidates, censored_lognormal, service_time
from vuon.journeys.logs import Event, Log, directly_follows
from vuon.journeys.model import (
    Arrivals,
    Calendar,
    Dist,
    Edge,
    Figure,
    Group,
    Journey,
    Resource,
    Share,
    Step,
)
from vuon.journeys.patience import kaplan_meier, patience
from vuon.journeys.running import runnable
from vuon.toml.table import Text

MONDAY = date(2026, 10, 5)
TRUE = Dist.of("lognormal", mean=12, sigma=0.6)
BACK, LEAVE = 0.25, 0.08


def drawn(dist: Dist, count: int, luck: random.Random) -> list[float]:
    return [quantile(dist, min(max(luck.random(), 1e-12), 1 - 1e-12)) for _ in range(count)]


def service() -> Journey:
    """Form at home, counter, end; a way back; shares not yet known."""
    return Journey(
        "way",
        Text("Đường"),
        (
            Step("form", Text("Điền tờ khai"), service=Dist.of("const", value=10)),
            Step("counter", Text("Quầy"), kind="desk", resource="desks"),
            Step("done", Text("Xong"), kind="end"),
        ),
        (
            Edge("form", "counter"),
            Edge("counter", "done"),
            Edge("counter", "form", rework=True),
        ),
        calendar=Calendar(MONDAY, 28),
        resources=(Resource("desks", desks=4),),
        groups=(Group("young", Share(0.5)), Group("old", Share(0.5))),
        arrivals=Arrivals(Figure(1)),
    )


def simulated(cases: int, luck: random.Random, *, per_day: float = 20) -> Log:
    """A log of the journey from known parameters: `per_day` people, 30 % of them old."""
    events, day, number = [], 0, 0
    while number < cases:
        today = datetime.combine(MONDAY + timedelta(days=day), datetime.min.time())
        day += 1
        if today.weekday() > 4:
            continue
        minute = 0.0
        while (minute := minute + luck.expovariate(per_day / 450)) <= 450:
            number += 1
            opened = 450 + minute if minute < 240 else 570 + minute
            events += one(str(number), today + timedelta(minutes=opened), luck)
    return Log(tuple(events))


def one(case: str, when: datetime, luck: random.Random) -> list[Event]:
    group = "old" if luck.random() < 0.3 else "young"
    found = [Event(case, "form", when, when + timedelta(minutes=10), group=group)]
    while True:
        when = found[-1].last + timedelta(minutes=5)
        end = when + timedelta(minutes=drawn(TRUE, 1, luck)[0])
        found.append(Event(case, "counter", when, end, group=group))
        u = luck.random()
        if u < LEAVE:
            found[-1] = found[-1]._replace(outcome="left")
            return found
        if u >= LEAVE + BACK:
            return [*found, Event(case, "done", end, None, group=group, outcome="done")]
        found.append(Event(case, "form", end, end + timedelta(minutes=10), group=group))


def test_known_parameters_come_back_and_intervals_cover() -> None:
    """300 cases, again and again: nine of ten 90 % intervals should hold the truth."""
    luck = random.Random(20261127)
    held = {"service": 0, "back": 0, "leave": 0, "arrivals": 0, "old": 0}
    rounds = 40
    for _ in range(rounds):
        fit = fit_log(service(), simulated(300, luck))
        way = fit.journey
        assert runnable(way) == ()
        time = way.step("counter").service
        back = next(edge for edge in way.edges if edge.rework).share
        leave, rate = way.step("counter").gives_up, way.arrivals.per_day  # type: ignore[union-attr]
        assert time and back and leave
        for name, figure, truth in (
            ("service", time, 12.0),
            ("back", back, BACK),
            ("leave", leave, LEAVE),
            ("arrivals", rate, 20.0),
            ("old", way.group("old").share, 0.3),
        ):
            assert figure.light == "measured" and figure.low is not None
            held[name] += figure.low <= truth <= figure.high  # type: ignore[operator]
    assert sum(held.values()) >= 0.85 * rounds * len(held), held
    # Each alone within four standard errors.
    assert min(held.values()) >= rounds * (0.9 - 4 * math.sqrt(0.09 / rounds)), held


def test_patience_comes_back_although_the_served_hide_it() -> None:
    """Exponential patience of 45 minutes, calls after a wait of 15 on average."""
    luck = random.Random(7)
    held, rounds = 0, 100
    for _ in range(rounds):
        left, stayed = [], []
        for _ in range(300):
            stays, called = luck.expovariate(1 / 45), luck.expovariate(1 / 15)
            (left if stays < called else stayed).append(min(stays, called))
        found = patience(left, stayed).dist
        assert found and found.low and found.high
        held += found.low <= 45 <= found.high
    assert held >= 85


def test_few_are_treated_as_few() -> None:
    luck = random.Random(5)
    assert service_time([]) is None and service_time([4.0]) is None
    held = 0
    for _ in range(200):
        few = service_time(drawn(TRUE, 8, luck))
        assert few and few.family == "lognormal" and few.low and few.high
        held += few.low <= 12 <= few.high
    assert held >= 170  # eight observations, and the interval still covers
    many = service_time(drawn(TRUE, 30, luck))
    assert many and many.family == "lognormal"  # no choice of family at 30
    nobody = patience([], [5.0, 9.0, 30.0])
    assert nobody.dist is None and 0 < nobody.most < 1


@pytest.mark.parametrize(
    "dist",
    [
        Dist.of("exponential", mean=9),
        Dist.of("gamma", mean=9, shape=3.0),
        Dist.of("weibull", scale=9, shape=2.2),
        TRUE,
    ],
    ids=lambda d: d.family,
)
def test_the_right_family_is_found_among_many(dist: Dist) -> None:
    values = drawn(dist, 3000, random.Random(11))
    ranked = candidates(values)
    # An exponential is also a gamma and a Weibull of shape 1, which may be as good.
    assert (
        ranked[0][1].family == dist.family
        or ranked[0][0] > next(a for a, d in ranked if d.family == dist.family) - 2.5
    )
    fitted = next(d for _, d in ranked if d.family == dist.family)
    assert mean(fitted) == pytest.approx(mean(dist), rel=0.06)
    for name, value in dist.parameters:
        if name in ("shape", "sigma"):
            assert fitted[name] == pytest.approx(value, rel=0.07)


def test_cut_off_times_are_not_lost() -> None:
    luck = random.Random(3)
    values = drawn(TRUE, 4000, luck)
    seen = [x for x in values if x < 15]
    cut = [15.0] * (len(values) - len(seen))
    centre, spread = censored_lognormal(seen, cut)
    assert centre == pytest.approx(math.log(12) - 0.18, abs=0.03)
    assert spread == pytest.approx(0.6, abs=0.03)
    naive = service_time(seen[:200])
    whole = service_time(seen[:200], cut[:70])
    assert naive and whole and mean(naive) < mean(whole)


def test_kaplan_meier_is_the_published_one() -> None:
    """Freireich's 21 leukaemia patients under 6-MP, as printed in every textbook."""
    relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    found = {t: round(s, 3) for t, s in kaplan_meier(relapsed, censored)}
    assert found == {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def test_a_small_group_leans_on_everybody() -> None:
    luck = random.Random(2)
    log = simulated(300, luck)
    way = fit_log(service(), log).journey
    edge = next(edge for edge in way.edges if edge.rework)
    everybody, old = edge.share, dict(edge.share_for)["old"]
    assert everybody
    seen = counted(service(), log, {"form": "form", "counter": "counter", "done": "done"})[
        "counter"
    ]
    own = seen.to("form", "old") / sum(seen.to(w, "old") for w in ("form", "done", ""))
    assert min(own, everybody.value) <= old.value <= max(own, everybody.value)
    assert share_of(0, 0, 4).value == pytest.approx(0.25)  # nothing seen: all ways alike


def test_a_way_back_that_changes_with_the_attempt_is_said() -> None:
    luck = random.Random(4)
    events = []
    for number in range(400):
        when = datetime(2026, 10, 5, 8)
        for attempt in range(1, 9):
            events.append(Event(str(number), "counter", when, when + timedelta(minutes=9)))
            if luck.random() >= (0.5 if attempt == 1 else 0.1):
                break
            events.append(Event(str(number), "form", when, when + timedelta(minutes=9)))
            when += timedelta(hours=1)
        events.append(Event(str(number), "done", when + timedelta(minutes=20), outcome="done"))
    fit = fit_log(service(), Log(tuple(events)))
    edge = next(edge for edge in fit.journey.edges if edge.rework)
    assert edge.share and edge.share.value == pytest.approx(0.5, abs=0.06)
    assert edge.per_attempt == pytest.approx(0.2, abs=0.12)
    assert any(each.place.endswith("per_attempt") for each in fit.report)


def test_what_does_not_fit_the_map_is_reported() -> None:
    when = datetime(2026, 10, 5, 8)
    events = [
        Event("1", "form", when, when + timedelta(minutes=9), group="young"),
        Event("1", "done", when + timedelta(minutes=12), group="young"),
        Event("2", "tea", when, when + timedelta(minutes=9), group="tourist"),
        Event("2", "Quầy", when, when + timedelta(minutes=9), group="tourist"),
        Event("2", "Xong", when + timedelta(minutes=12), group="tourist"),
    ]
    fit = fit_log(service(), Log(tuple(events)))
    said = [each.words.say("en") for each in fit.report]
    assert any("“tea” stands 1 times" in each for each in said)
    assert any("1 cases name a group" in each for each in said)
    assert all("{" not in each for each in said)
    assert all(each.weak for each in fit.report)


def test_one_stamp_only_is_weak_and_low() -> None:
    text = "case,activity,end,outcome\n" + "".join(
        f"{n},form,2026-10-05T08:00:00,\n{n},counter,2026-10-05T08:{20 + n}:00,\n{n},done,2026-10-05T09:00:00,done\n"
        for n in range(1, 30)
    )
    fit = fit_log(service(), logs.read(text))
    found = fit.journey.step("counter").service
    assert found and found["value"] == pytest.approx(26, abs=1)
    assert [each.weak for each in fit.report if each.place == "step:counter:service"] == [True]


def test_bad_rows_are_set_aside_with_their_line() -> None:
    text = (
        "case;activity;start;end;extra\n"
        "1;counter;2026-10-05T08:00;2026-10-05T08:09;x\n"
        ";counter;2026-10-05T08:00;;\n"
        "3;;2026-10-05T08:00;;\n"
        "4;counter;;;\n"
        "5;counter;yesterday;;\n"
        "6;counter;2026-10-05T08:00;2026-10-05T07:00;\n"
        "7;counter;2026-10-05T08:00+07:00;;\n"
        "8;counter;2026-10-05T08:00;;;;too many\n"
        "\n"
        "9;done;2026-10-05T08:00;;\n"
    )
    log = logs.read(text)
    assert [event.case for event in log.events] == ["1", "9"]
    assert [each.line for each in log.quarantined] == [3, 4, 5, 6, 7, 8, 9]
    assert len({each.why.say("en") for each in log.quarantined}) == 7
    assert directly_follows(log)[("counter", "")] == 1
    with pytest.raises(logs.VuonError, match="missing"):
        logs.read("a,b\n1,2\n")


def test_a_sheet_of_the_stopwatch_fits_a_desk() -> None:
    """Read where evidence is kept, fitted here; who gave up or was cut off counts as such."""
    luck = random.Random(9)
    rows, ticket = ["sitting,ticket,group,arrived,called,done,left,reason"], 0
    for day in range(5):
        start = datetime(2026, 10, 5 + day, 7, 30)
        minute = 0.0
        while minute < 120:
            ticket += 1
            arrived = start + timedelta(minutes=minute)
            stays, wait = luck.expovariate(1 / 30), luck.expovariate(1 / 10)
            served = drawn(TRUE, 1, luck)[0]
            called = arrived + timedelta(minutes=wait)
            if stays < wait:
                rows.append(
                    f"s{day},{ticket},,{arrived},,,{arrived + timedelta(minutes=stays)},tired"
                )
            else:
                rows.append(
                    f"s{day},{ticket},,{arrived},{called},{called + timedelta(minutes=served)},,"
                )
            minute += luck.expovariate(1 / 2)
    sheet = observation.read("\n".join(rows))
    assert len(sheet.rows) == ticket and not sheet.problems
    fit = fit_sheet(
        service(), "counter", tickets=sheet.rows, observed=observation.observations(sheet)
    )
    step = fit.journey.step("counter")
    assert step.service and step.service.source == "stopwatch" and step.service.low
    assert step.service.low <= 12 <= step.service.high  # type: ignore[operator]
    assert step.patience and step.patience.low <= 30 <= step.patience.high  # type: ignore[operator]
    # Two hours of seven and a half were watched.
    counts = from_tickets(sheet.rows)
    assert counts.whole == ticket
    arrivals = next(each for each in fit.report if each.place == "arrivals")
    assert arrivals.weak  # most of the day was not watched


def test_days_and_hours_are_told_apart() -> None:
    """Mondays are twice as full, mornings hold two thirds."""
    luck = random.Random(1)
    events = []
    for day in range(84):
        when = datetime(2026, 10, 5) + timedelta(days=day)
        if when.weekday() > 4:
            continue
        for n in range(60 if when.weekday() == 0 else 30):
            minute = (
                450 + luck.random() * 240 if luck.random() < 2 / 3 else 810 + luck.random() * 210
            )
            events.append(Event(f"{day}-{n}", "form", when + timedelta(minutes=minute)))
    way = service()
    assert way.calendar
    counts = from_log(Log(tuple(events)), way.calendar)
    assert counts.whole == len(events)
    fitted = fit_log(way, Log(tuple(events))).journey.arrivals
    assert fitted and fitted.per_day.value == pytest.approx(36, rel=1e-6)
    parts = {day: sum(s.part for s in fitted.spans if day in s.days) for day in range(5)}
    assert parts[0] / parts[2] == pytest.approx(2, rel=0.15)
    assert sum(parts.values()) / 5 == pytest.approx(1, rel=1e-4)
    morning = sum(s.part * len(s.days) for s in fitted.spans if s.start < 720)
    assert morning / 5 == pytest.approx(2 / 3, rel=0.05)
