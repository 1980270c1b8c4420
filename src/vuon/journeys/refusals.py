"""What is said where a journey does not run, or runs but should be read with care."""

from __future__ import annotations

from dataclasses import dataclass

from vuon.errors import N_, Words


@dataclass(frozen=True)
class Refusal:
    """Why a journey does not run, or what to be wary of.

    Args:
        code: short stable name.
        part: "step", "edge", "resource", "group", "document", "arrivals", "calendar", "journey".
        key: its key; for an edge `source->target`; "" for the whole.
        what: what was found.
        do: what to do.
    """

    code: str
    part: str
    key: str
    what: Words
    do: Words

    def say(self, language: str = "en") -> str:
        """What was found and what to do, in one line."""
        return f"{self.what.say(language)} {self.do.say(language)}"


def refuse(code: str, part: str, key: str = "", **fields: object) -> Refusal:
    """The refusal with this code; `fields` go into its sentence.

    >>> refuse("no_duration", "step", "desk", step="Counter").say("en")[:40]
    'Nobody said how long “Counter” takes. Gi'
    """
    what, do = SAID[code]
    return Refusal(code, part, key, Words(what, {"key": key, **fields}), Words(do))


#: Each code with what was found and what to do.
SAID = {
    "no_steps": (N_("The journey has no steps."), N_("Draw the first one.")),
    "twice": (N_("The key {key} stands {count} times."), N_("Give each its own key.")),
    "too_many": (
        N_("The journey has {count} {parts}; at most {most} can run."),
        N_("Join what belongs together, or divide the journey."),
    ),
    "no_calendar": (
        N_("Nobody said which days are looked at."),
        N_("Give the first day, for how many days, and the opening hours."),
    ),
    "closed": (N_("The offices are never open."), N_("Give the opening hours.")),
    "no_groups": (
        N_("Nobody said who comes."),
        N_("Add at least one group of people, with its share."),
    ),
    "group_shares": (
        N_("The shares of the groups sum to {sum}, not to 1."),
        N_("Correct the shares."),
    ),
    "no_arrivals": (
        N_("Nobody said how many people come in a day."),
        N_("Give the number; a guess is enough to begin with."),
    ),
    "unknown_step": (
        N_("{step} is no step of this journey."),
        N_("Correct its spelling, or add the step."),
    ),
    "no_desks": (
        N_("Nobody said which desks serve “{step}”."),
        N_("Add the desks and how many are open, and name them here."),
    ),
    "unknown_resource": (
        N_("“{step}” names desks that are not there: {desks}."),
        N_("Correct the spelling, or add the desks."),
    ),
    "no_batch": (
        N_("“{step}” collects cases, but nobody said until when."),
        N_("Give the days on which they go on, or how many go together."),
    ),
    "unknown_document": (
        N_("“{step}” asks for a paper that is not listed: {paper}."),
        N_("Correct the spelling, or add the paper."),
    ),
    "negative_time": (N_("A time at “{step}” is negative."), N_("Correct the number.")),
    "no_duration": (
        N_("Nobody said how long “{step}” takes."),
        N_("Give the short, the usual and the long time, or one number; a guess will do at first."),
    ),
    "no_papers_edge": (
        N_("Nobody said where somebody goes who lacks a paper at “{step}”."),
        N_("Draw the way back and mark it as the one for missing papers."),
    ),
    "no_share": (
        N_("Nobody said how many go back from “{a}” to “{b}”."),
        N_("Say how many of ten; a guess will do at first."),
    ),
    "not_online": (
        N_("A way for those who need help online leads from “{step}”, which is not online."),
        N_("Say that the step is online, or unmark the way."),
    ),
    "unreached": (N_("No way leads to “{step}”."), N_("Draw the way to it, or take it out.")),
    "no_join": (
        N_("The ways that part at “{step}” never meet again."),
        N_("Let all of them lead to one step where they wait for each other."),
    ),
    "end_leads_on": (
        N_("“{step}” is an end, but a way leads on."),
        N_("Give it another kind, or take the way out."),
    ),
    "shares": (
        N_("Behind “{step}” the shares of {group} sum to {sum}, not to 1."),
        N_("Correct the shares, or leave one of them out: it takes what is left."),
    ),
    "for_ever": (
        N_("From “{step}” nobody of {group} ever comes to an end."),
        N_("Let some of them go on, finish or give up."),
    ),
    "end_before_start": (
        N_("A shift of “{name}” ends before it starts."),
        N_("Correct one of the two times."),
    ),
    "never_open": (
        N_("“{name}” is never open on the days that are looked at."),
        N_("Give its desks and their hours."),
    ),
    "load": (
        N_("“{name}” is asked for {percent}% of the minutes that it is open: the queue grows."),
        N_("Look at the days one by one; averages do not hold."),
    ),
    "few": (
        N_("Only about {count} of {group} come: little can be said of them."),
        N_("Look at more days, or at more replications."),
    ),
    "long_work": (
        N_("“{step}” counts as {hours} hours of people’s own work, and costs as much."),
        N_("If most of it is waiting, make it a wait, and write the minutes of work beside it."),
    ),
    "assumed": (
        N_("{count} of {all} figures are assumed."),
        N_("Measure first what the result hangs on most."),
    ),
}
