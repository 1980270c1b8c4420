"""What a plan still lacks before it can be submitted, and where it goes beyond its profile."""

from __future__ import annotations

from dataclasses import dataclass

from vuon.errors import N_, Words
from vuon.trials.protocol import NEW, NONE, OLD, SECTIONS, Protocol
from vuon.trials.regimes import Profile, profile

#: Codes of gaps that do not keep a plan from being submitted.
WORTH_KNOWING = "known"


@dataclass(frozen=True)
class Gap:
    """Something missing or too much: where in the plan, and in words."""

    code: str
    field: str
    words: Words

    @property
    def blocks(self) -> bool:
        """Whether the plan cannot be submitted like this."""
        return self.code != WORTH_KNOWING


def _gap(code: str, field: str, words: str, **named: object) -> Gap:
    return Gap(code, field, Words(words, named))


def gaps(protocol: Protocol) -> tuple[Gap, ...]:
    """Everything that is missing, in the order of the plan.

    >>> [gap.code for gap in gaps(Protocol("x"))][:2]
    ['need', 'need']
    """
    found = [*_need(protocol), *_sections(protocol), *_outcome(protocol), *_lot(protocol)]
    found += [*_care(protocol), *_limits(protocol, profile(protocol.profile))]
    return tuple(found)


def _need(plan: Protocol) -> list[Gap]:
    found = []
    if not plan.need.question:
        found.append(_gap("need", "need.question", N_("What is to be found out is not said.")))
    if not plan.need.instead:
        found.append(
            _gap(
                "need", "need.instead", N_("Nothing lighter is named that was done or considered.")
            )
        )
    if not plan.need.why:
        found.append(
            _gap(
                "need",
                "need.why",
                N_("It is not said why something lighter, such as a user test, is not enough."),
            )
        )
    if not plan.exit_plan:
        found.append(_gap("exit", "exit_plan", N_("What happens at the end is not said.")))
    return found


def _sections(plan: Protocol) -> list[Gap]:
    return [
        _gap("section", f"sections.{key}", N_("A section the law asks for is empty: {section}."),
             section=Words(words))
        for key, words in SECTIONS.items()
        if not plan.section(key)
    ]  # fmt: skip


def _outcome(plan: Protocol) -> list[Gap]:
    primary = plan.primary
    if primary is None:
        return [_gap("outcome", "outcome", N_("No outcome decides."))]
    found = []
    if primary.worthwhile is None:
        found.append(
            _gap(
                "outcome",
                "outcome.worthwhile",
                N_("It is not said from which gain it would be worth it."),
            )
        )
    if not primary.name or not primary.source:
        found.append(
            _gap(
                "outcome",
                "outcome.source",
                N_("What decides has no name, or nobody says where it is read."),
            )
        )
    if primary.bounds is None:
        found.append(
            _gap(
                WORTH_KNOWING,
                "outcome.low",
                N_("The outcome has no bounds: if a single value is missing, nothing can be read."),
            )
        )
    return found


def _lot(plan: Protocol) -> list[Gap]:
    found = []
    if {arm.key for arm in plan.arms} != {NEW, OLD}:
        found.append(_gap("arms", "arm", N_("It is not said who does not get the new way.")))
    elif not next(arm for arm in plan.arms if arm.key == OLD).benefit_return:
        found.append(
            _gap("arms", "arm.benefit_return", N_("What those get later who waited is not said."))
        )
    if not plan.lot.units:
        found.append(_gap("unit", "lot.units", N_("The units are not named or counted.")))
    if plan.lot.kind == NONE:
        found.append(
            _gap(
                WORTH_KNOWING,
                "lot",
                N_("Nothing is drawn by lot: the result can fit, and never decide."),
            )
        )
    elif not plan.lot.public_number or not plan.lot.substitute:
        found.append(
            _gap(
                "lot",
                "lot.public_number",
                N_("The public number of the lot, or its substitute, is not named."),
            )
        )
    return found


def _care(plan: Protocol) -> list[Gap]:
    care = plan.care
    asked = (
        (care.notice, "notice", N_("The notice to those who take part is empty.")),
        (care.notice_version, "notice_version", N_("The notice has no version.")),
        (
            care.leaving,
            "leaving",
            N_("How people leave, and what becomes of their data, is not said."),
        ),
        (care.complaints, "complaints", N_("Where to complain without an account is not said.")),
        (care.harm_plan, "harm_plan", N_("What is done if somebody is harmed is not said.")),
        (care.pays, "pays", N_("Who makes good a harm, and how, is not said.")),
    )
    found = [_gap("care", f"care.{key}", words) for said, key, words in asked if not said]
    if not plan.rails and not plan.stops:
        found.append(
            _gap("care", "guardrail", N_("Neither a guardrail nor a stop rule is written."))
        )
    return found


def _limits(plan: Protocol, rules: Profile) -> list[Gap]:
    found = []
    if not plan.caps.people or plan.days is None:
        found.append(
            _gap("caps", "caps", N_("How many people, or from when to when, is not limited."))
        )
    if plan.caps.days and plan.days is not None and plan.days > plan.caps.days:
        found.append(
            _gap("caps", "ends", N_("It runs {days} days; its own limit is {cap}."),
                 days=plan.days, cap=plan.caps.days)
        )  # fmt: skip
    asked = (
        ("max_months", (plan.days or 0) / 30.44, "ends"),
        ("people", plan.caps.people, "caps.people"),
        ("million_dong", plan.caps.million_dong, "caps.million_dong"),
    )
    for key, wanted, field in asked:
        limit = rules.limit(key)
        if limit.value is None:
            found.append(Gap(WORTH_KNOWING, field, limit.words))
        elif wanted > limit.value:
            found.append(
                _gap("profile", field, N_("The plan goes beyond its profile: {limit}."),
                     limit=limit.words)
            )  # fmt: skip
    return found
