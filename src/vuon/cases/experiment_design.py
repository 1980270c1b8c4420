"""The design of an exported trial: what its sealed plan says, prompt by prompt of the form."""

from __future__ import annotations

from vuon.cases.experiment_lines import Lines, labelled, line, written
from vuon.errors import N_, Words
from vuon.toml.table import Text
from vuon.trials.figures import Day, gain, level, plainly
from vuon.trials.plans import cells_of, foresee
from vuon.trials.protocol import (
    LESS,
    LOTS,
    NEW,
    NONE,
    OLD,
    ROLES,
    SECTIONS,
    Arm,
    Protocol,
    Rail,
)
from vuon.trials.record import DRAWN, Record

#: Bands of the form, with the smallest number of each.
BANDS = (
    (1000, "More than 1,000"), (100, "100-999"), (50, "50-99"), (10, "10-49"), (2, "2-9"), (1, "1")
)  # fmt: skip
ASSIGNED, NOT_ASSIGNED = "Random assignment", "non-random assignment"
DIFFERENT = "Yes, a different group entirely"
BEFORE = "Yes, the same group but before the intervention"
RANDOMISED = "Fully Randomised (RCTs, etc.)"
EXPERIMENTAL = "Experimental (Randomised assignment and/or control group)"
QUASI = "Quasi Experimental (Analytical, observations, etc)"

_ROLES = dict(zip(ROLES, (N_("decides"), N_("beside it"), N_("only looked at")), strict=True))
_KINDS = {
    "number": N_("a number"),
    "yes_no": N_("yes or no"),
    "count": N_("a count"),
    "ordinal": N_("steps of a scale"),
}
_CARE = {
    "notice": N_("notice, version {version}, to which people agree (consent)"),
    "leaving": N_("leaving"),
    "complaints": N_("complaints"),
    "harm_plan": N_("if somebody is harmed"),
    "pays": N_("who pays"),
}


def choices(plan: Protocol) -> dict[str, str]:
    """The answers of the form that are chosen, as far as the plan says them."""
    if plan.lot.kind == NONE:
        return {"assignment": NOT_ASSIGNED, "experiment_type": QUASI} | _band(len(plan.lot.units))
    alone = not plan.lot.over_time
    return {
        "assignment": ASSIGNED,
        "control_group": DIFFERENT,
        "experiment_type": RANDOMISED if alone else EXPERIMENTAL,
    } | _band(len(cells_of(plan.lot)))


def _band(count: int) -> dict[str, str]:
    """The band of the size: of what was drawn, since that is what can be read."""
    found = next((name for least, name in BANDS if count >= least), "")
    return {"sample_size": found} if found else {}


def answers(record: Record) -> dict[str, Lines]:
    """The written answers of the form on question and design."""
    plan = record.protocol
    return {
        "related_question": written(plan.need.question),
        "learning_intent": [
            *written(plan.need.question),
            *labelled(Words(N_("why a trial")), plan.need.why),
            *labelled(Words(SECTIONS["objectives"]), plan.section("objectives")),
        ],
        "hypothesis": _hypothesis(plan),
        "actions": [*_actions(record), *_rules(plan), *_care(plan)],
        "unit": _unit(plan),
        "data_collection": [*_outcomes(plan), *_reading(record)],
        "timeline": _timeline(record),
        "other_resources": _caps(plan),
    }


def arm(plan: Protocol, key: str) -> Arm:
    """One of the two ways; without texts where the plan does not have it."""
    return next((each for each in plan.arms if each.key == key), Arm(key))


def _hypothesis(plan: Protocol) -> Lines:
    primary, changes = plan.primary, arm(plan, NEW).changes
    if primary is None or primary.worthwhile is None:
        return written(changes)
    sentence = (
        N_("IF: {text} THEN less of “{text2}”: at least {gain}, seen against the usual way.")
        if primary.better == LESS
        else N_("IF: {text} THEN more of “{text2}”: at least {gain}, seen against the usual way.")
    )
    return [line(sentence, changes, primary.name or Text(primary.key), gain=gain(primary))]


def _actions(record: Record) -> Lines:
    plan, lot = record.protocol, record.protocol.lot
    new, old = arm(plan, NEW), arm(plan, OLD)
    found = [
        *labelled(Words(N_("new way")), new.changes or new.name),
        *labelled(Words(N_("usual way")), old.changes),
        *labelled(Words(N_("what those get who waited")), old.benefit_return),
        *labelled(Words(SECTIONS["participants"]), plan.section("participants")),
        *labelled(Words(SECTIONS["selection"]), plan.section("selection")),
        *labelled(Words(SECTIONS["scope"]), plan.section("scope")),
    ]
    found.append(line(N_("How groups are formed: {lot}."), lot=Words(LOTS[lot.kind])))
    if lot.kind == NONE:
        return found
    found += labelled(Words(N_("public number of the lot")), lot.public_number)
    if lot.drawn_on is not None:
        found.append(line(N_("Day of the lot: {day}."), day=Day.of(lot.drawn_on)))
    found += labelled(Words(N_("if the number does not come")), lot.substitute)
    for event in record.events(DRAWN):
        found.append(line(N_("The lot was drawn from the number {number}."),
                          number=event["number"]))  # fmt: skip
    return found


def _rules(plan: Protocol) -> Lines:
    """Conditions, authority, guardrails, stop rules, what is set aside, and the end."""
    keys = ("conditions", "authority", "procedures", "control")
    found = [each for key in keys for each in labelled(Words(SECTIONS[key]), plan.section(key))]
    for rail in plan.rails:
        name = rail.name or Text(rail.key)
        found.append(line(N_("Guardrail: {text}, limit {limit}."), name, limit=_limit(rail)))
    for stop in plan.stops:
        found += labelled(Words(N_("stop rule")), stop)
    for each in plan.exemptions:
        found += labelled(Words(N_("rule set aside")), each.rule)
    return [*found, *labelled(Words(N_("how it ends")), plan.exit_plan)]


def _limit(rail: Rail) -> Words:
    if rail.method == "share":
        return Words(N_("{limit}%"), {"limit": plainly(100 * rail.limit)})
    return plainly(rail.limit)


def _care(plan: Protocol) -> Lines:
    version = {"version": plan.care.notice_version or "–"}
    return [
        each
        for key, label in _CARE.items()
        for each in labelled(Words(label, version), getattr(plan.care, key))
    ]


def _unit(plan: Protocol) -> Lines:
    found = [line(N_("Drawn and read: {unit}."), unit=level(plan.unit.level))]
    if plan.unit.in_groups:
        found.append(line(N_("Measured within it: {unit}."), unit=level(plan.unit.measured)))
    if plan.lot.kind != NONE:
        found.append(line(N_("So many of them: {count}."), count=len(cells_of(plan.lot))))
    return found


def _outcomes(plan: Protocol) -> Lines:
    found: Lines = []
    for each in plan.outcomes:
        told = {"role": Words(_ROLES[each.role]), "kind": Words(_KINDS[each.kind])}
        sentence = N_("Outcome: {text} ({role}; {kind}).")
        found.append(line(sentence, each.name or Text(each.key), **told))
        found += labelled(Words(N_("its unit")), each.unit)
        found += labelled(Words(N_("where it comes from")), each.source)
        if each.worthwhile is not None:
            found.append(line(N_("It is worth it from {gain} on."), gain=gain(each)))
        if each.lag_days:
            found.append(line(N_("Days after the new way: {days}."), days=each.lag_days))
    return found


def _reading(record: Record) -> Lines:
    """How it is read, and that the plan was written down beforehand."""
    plan = record.protocol
    return [
        line(N_("{words}"), words=foresee(plan).words),
        line(N_("The plan was sealed (pre-registered) on {day}; its hash: {hash}"),
             day=Day.of(record.sealed_on), hash=record.sealed.sha256),
    ]  # fmt: skip


def _timeline(record: Record) -> Lines:
    plan, found = record.protocol, []
    if plan.begins and plan.ends:
        found.append(
            line(N_("From {first} to {last}: {days} days."), first=Day.of(plan.begins),
                 last=Day.of(plan.ends), days=plan.days)
        )  # fmt: skip
    if plan.lot.periods:
        found.append(line(N_("Periods measured: {count}."), count=plan.lot.periods))
    if plan.looks:
        found.append(line(N_("Planned looks before the end: {count}."), count=len(plan.looks)))
    return found


def _caps(plan: Protocol) -> Lines:
    found: Lines = []
    for value, sentence in (
        (plan.caps.people, N_("At most so many people: {value}.")),
        (plan.caps.days, N_("At most so many days: {value}.")),
        (plan.caps.million_dong, N_("At most so many million đồng: {value}.")),
    ):
        if value:
            found.append(line(sentence, value=plainly(value)))
    return [*found, *labelled(Words(N_("only in")), plan.caps.area)]
