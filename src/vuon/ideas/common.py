"""Common changes of a service as templates: choose what it is about, give a number, and it runs.

Each becomes an ordinary change of an idea, which can be read and changed like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vuon.errors import N_, VuonError, Words
from vuon.ideas.model import Change
from vuon.journeys import applying
from vuon.journeys.applying import apply
from vuon.journeys.levers import WHERE
from vuon.journeys.model import Journey
from vuon.toml.table import Text


@dataclass(frozen=True)
class Asked:
    """A number that a template asks for.

    Args:
        name: of the value of the change.
        label: what is asked, in English; translated where it is shown.
        usual: what is offered.
        low, high: bounds, both allowed.
        per: what the typed number is divided by: 100 for a percentage, 1 otherwise.
    """

    name: str
    label: str
    usual: float
    low: int
    high: int
    per: float = 1


@dataclass(frozen=True)
class Common:
    """A template of a change.

    Args:
        key: stable name.
        name: what it is called, in English; translated where it is shown.
        sentence: what will be different, with {part} and {other}.
        about: "document", "held" (a paper that an office has), "resource", "two" (two pools of
            desks), "step", "desk", "asks" (a step that asks for papers) or "arrivals".
        edit: the kind of change, one of `vuon.ideas.model.EDITS`.
        asked: numbers to give.
        values: what is always set.
        lacking: what a map needs first where there is nothing that it could be about.
    """

    key: str
    name: str
    sentence: str
    about: str
    edit: str
    asked: tuple[Asked, ...] = ()
    values: tuple[tuple[str, float], ...] = ()
    lacking: str = N_("The map has no such step yet.")


_PAPER = N_("No paper stands on the map yet: write it under “Papers that are asked for”.")
_DESKS = N_("No step is at a desk yet.")
COMMON = (
    Common(
        "remove_paper",
        N_("Ask for one paper less"),
        N_("“{part}” is no longer asked for."),
        "document",
        "paper",
        values=(("remove", 1.0),),
        lacking=_PAPER,
    ),
    Common(
        "reuse",
        N_("Take data from the office that has it"),
        N_("“{part}” is taken from the office that has it; nobody is asked for it."),
        "held",
        "paper",
        values=(("reuse", 1.0),),
        lacking=N_("For no paper is it known yet which office has it: see “Papers”."),
    ),
    Common(
        "notice",
        N_("Tell people beforehand which papers they need"),
        N_("Before they come to “{part}” people get the list of exactly their papers."),
        "asks",
        "word",
        (Asked("missing_factor", N_("Of 100 who lack a paper today, how many still will?"),
               60, 0, 100, 100),),
        lacking=_PAPER,
    ),
    Common(
        "help_desk",
        N_("A help desk before the counter"),
        N_("Somebody looks through the papers before people take a number for “{part}”."),
        "asks",
        "channel",
        (Asked("missing_factor", N_("Of 100 who lack a paper today, how many still will?"),
               40, 0, 100, 100),
         Asked("service_factor", N_("Of 100 minutes at the counter, how many are left?"),
               90, 10, 200, 100)),
        lacking=_PAPER,
    ),
    Common(
        "plain_words",
        N_("Plain words"),
        N_("The form and the leaflet at “{part}” are written in plain words."),
        "step",
        "word",
        (Asked("service_factor", N_("Of 100 minutes there, how many are left?"), 85, 10, 200, 100),
         Asked("gives_up_factor", N_("Of 100 who give up there, how many still will?"),
               80, 0, 200, 100)),
    ),
    Common(
        "merge",
        N_("Two counters become one queue"),
        N_("“{part}” and “{other}” have one queue; whoever is free takes the next."),
        "two",
        "channel",
        lacking=N_("The map has fewer than two pools of desks: see “Desks and hours”."),
    ),
    Common(
        "hours",
        N_("Other hours"),
        N_("“{part}” opens and closes at other hours."),
        "resource",
        "hour",
        (Asked("move_minutes", N_("How many minutes later? Earlier is below 0."), -30, -240, 240),),
        lacking=_DESKS,
    ),
    Common(
        "desk_at_the_peak",
        N_("One more desk when most people come"),
        N_("“{part}” has {desks} desks more from {from_hour} to {to_hour}."),
        "resource",
        "hour",
        (Asked("desks", N_("How many desks more?"), 1, 1, 20),
         Asked("from_hour", N_("From which hour? 7.5 is 7:30."), 7.5, 0, 24),
         Asked("to_hour", N_("Until which hour?"), 9.5, 0, 24)),
        lacking=_DESKS,
    ),
    Common(
        "appointment",
        N_("Appointments"),
        N_("Part of those who come have an appointment at a time of their own."),
        "arrivals",
        "hour",
        (Asked("appointments", N_("How many of 100 get an appointment?"), 40, 5, 95, 100),
         Asked("no_show", N_("How many of 100 with an appointment do not come?"),
               10, 0, 90, 100)),
    ),
    Common(
        "remove_step",
        N_("One step less"),
        N_("“{part}” is no longer needed."),
        "step",
        "step",
        values=(("remove", 1.0),),
    ),
)  # fmt: skip


def common(key: str) -> Common:
    """The template with this key; `KeyError` if there is none."""
    return {each.key: each for each in COMMON}[key]


def parts(template: Common, journey: Journey) -> tuple[tuple[str, Text], ...]:
    """What of a journey a template can be about: keys with their names; none if it fits nowhere."""
    match template.about:
        case "document" | "held":
            asked = {key for step in journey.steps for key in step.documents}
            papers = [each for each in journey.documents if each.key in asked]
            held = template.about == "held"
            return tuple((e.key, e.name) for e in papers if e.held_by or not held)
        case "resource" | "two":
            used = {step.resource for step in journey.steps}
            desks = tuple((e.key, e.name) for e in journey.resources if e.key in used)
            return desks if template.about == "resource" or len(desks) > 1 else ()
        case "asks":
            return tuple((each.key, each.title) for each in journey.steps if each.documents)
        case "step":
            return tuple((each.key, each.title) for each in journey.steps if each.kind != "end")
    return (("arrivals", Text("Người đến", "Who comes")),) if journey.arrivals else ()


def made(
    template: Common,
    journey: Journey,
    target: str,
    numbers: Mapping[str, float],
    other: str = "",
) -> Change:
    """The change that a template makes of a part of a journey.

    Args:
        target: the key of what it is about, one of `parts`.
        numbers: what was typed, by the names of `Common.asked`; what is left out is the usual. A
            number for a figure that the map does not have there is left out of the change.
        other: the pool of desks that the first is merged into.

    Raises:
        VuonError: `change.gone` if the target is not one of the parts, or both are the same;
            `change.hours` if it ends before it begins.

    >>> from vuon.journeys.file import read
    >>> way = read('''format = 1
    ... [[step]]
    ... key = "form"
    ... title = { vi = "Đơn", en = "Form" }
    ... service = { family = "const", value = 20 }
    ... ''')
    >>> change = made(common("plain_words"), way, "form", {"service_factor": 70})
    >>> change.text.en, dict(change.values)
    ('The form and the leaflet at “Form” are written in plain words.', {'service_factor': 0.7})
    """
    known = dict(parts(template, journey))
    two = template.about == "two"
    if target not in known or (two and (other not in known or other == target)):
        raise VuonError(
            "change.gone",
            Words(N_("This journey no longer has what the change is about: {keys}."),
                  {"keys": target or "—"}),
            Words(N_("Choose what it is about now, or take the change out.")),
        )  # fmt: skip
    values = dict(template.values)
    for each in template.asked:
        number = min(each.high, max(each.low, numbers.get(each.name, each.usual)))
        values[each.name] = number / each.per
        alone = {**dict(template.values), each.name: values[each.name]}
        if each.name not in WHERE and not _has(journey, target, alone):
            del values[each.name]
    if two:
        values[f"into_{other}"] = 1.0
    if values.get("to_hour", 24.0) <= values.get("from_hour", 0.0):
        raise VuonError(
            "change.hours",
            Words(N_("It ends before it begins.")),
            Words(N_("Write the earlier hour first.")),
        )
    said = {name: _hour(v) if name in WHERE else f"{v:g}" for name, v in values.items()}
    names = {
        language: {"part": known[target].say(language) or target,
                   "other": known[other].say(language) if two else "", **said}
        for language in ("vi", "en")
    }  # fmt: skip
    text = Text(*(Words(template.sentence, names[lang]).say(lang) for lang in ("vi", "en")))
    return Change(target, text, edit=template.edit, values=values)


def _hour(hour: float) -> str:
    return f"{int(hour)}:{round(60 * (hour % 1)):02}"


def _has(journey: Journey, target: str, values: Mapping[str, float]) -> bool:
    """Whether the journey has the figures there that the values change."""
    try:
        apply(journey, [applying.Change(target, "", values)])
    except VuonError:
        return False
    return True
