"""One point in one week of a pilot, person by person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vuon import seeds
from vuon.practice.world import NEW, OLD, CentreWeek, Draw, PilotPlan

if TYPE_CHECKING:
    from vuon.practice.arithmetic import Arithmetic

#: Of a working week, what three days are.
THREE_DAYS = 0.6


def centre_week(
    world: Arithmetic, draw: Draw, plan: PilotPlan, site: str, week: int, arm: str, adherence: float
) -> CentreWeek:
    about, happens = world.truth.pilot, world.happenings(draw, plan)
    incident = world.incident(draw, plan)
    here = (week, site) == happens[incident]
    # Weeks are drawn in pairs: what is mixed up is the old week of the pair.
    pair = (site, (week - 1) // 2) == (happens[incident][1], (happens[incident][0] - 1) // 2)
    when = {key: begins for key, (begins, _) in happens.items()}
    low, high = about.people
    seen = seeds.whole(draw.seed, "people", site, week, low=low, high=high)
    if here and incident == "holiday":
        seen = max(2, int(seen * about.incident_holiday))
    surge = "surge" in when and 0 <= week - when["surge"] < world.truth.shocks["surge"]["weeks"]
    scale = world.scale("surge") if surge else {}
    if "rule" in when and week >= when["rule"]:
        for cause, factor in world.scale("rule").items():
            scale[cause] = scale.get(cause, 1) * factor
    unpowered = THREE_DAYS if when.get("power") == week else 0.0
    luck = about.spread * seeds.bell(draw.seed, "week", site, week)
    mixed = pair and incident == "mixed" and arm == OLD and week > 0
    finished = lost = long_wait = 0
    waits = _long_wait(world, draw, plan, arm, adherence, surge)
    chance_lost = about.incident_lost if here and incident == "lost" else about.lost
    for number in range(seen):
        name = ("resident", site, week, number)
        new = arm == NEW or (
            mixed and seeds.uniform(draw.seed, *name, "mixed") < about.incident_mixed
        )
        group = seeds.choose(
            [(each.key, each.share) for each in world.place.groups], draw.seed, *name, "group"
        )
        share = world.group_first(
            draw.cause,
            plan.ideas if new else (),
            adherence,
            group or world.place.groups[-1].key,
            second=draw.second,
            scale=scale,
            unpowered=unpowered,
        )
        done = seeds.uniform(draw.seed, *name, "finish") < min(max(share + luck, 0.02), 0.98)
        gone = seeds.uniform(draw.seed, *name, "lost") < chance_lost
        lost += gone
        finished += done and not gone
        long_wait += seeds.uniform(draw.seed, *name, "wait") < waits
    return CentreWeek(site, week, arm, seen, finished, lost, long_wait)


def _long_wait(
    world: Arithmetic, draw: Draw, plan: PilotPlan, arm: str, adherence: float, surge: bool
) -> float:
    """The chance to wait longer than an hour, from the load of such a week."""
    ideas = plan.ideas if arm == NEW else ()
    first = world.first(draw.cause, ideas, adherence, second=draw.second)
    files = world.files(world.truth.week.trust)
    if surge:
        files *= world.truth.shocks["surge"]["demand"]
    minutes = world.wait_minutes(files * world.visits(first) / world.capacity(ideas))
    return minutes / (minutes + world.truth.pilot.long_wait_scale)
