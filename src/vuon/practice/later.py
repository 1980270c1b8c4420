"""A year later: what became of people under what was decided, and what is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from vuon import seeds
from vuon.practice.game import ADAPT, DROP, REPEAT, State
from vuon.practice.place import Place
from vuon.practice.world import WEEKS_BY_LOT, Draw, Future, Outcomes, PilotPlan, World
from vuon.toml.table import Table, Text

if TYPE_CHECKING:
    from vuon.practice.pilot import Reading

FILE = "year.toml"
RESULTS = ("first", "back", "gave_up")
#: Weeks of a pilot that is repeated larger, in all points.
REPEAT_WEEKS = 12
DAYS_A_WEEK = 5
#: A gain in first-visit finish, as a share, from which a headline speaks.
MUCH, SOME, NOTHING = 0.20, 0.05, -0.02
GAINS = ("much_better", "better", "same", "worse")


@dataclass(frozen=True)
class Headline:
    """What is read or heard of it in the ward."""

    when: str
    text: Text
    source: Text


@dataclass(frozen=True)
class LetterHome:
    """What a resident writes a year later."""

    group: str
    result: str
    cause: str
    face: str
    who: Text
    text: Text


@dataclass(frozen=True)
class Stories:
    """All that can be told of a place a year later."""

    headlines: tuple[Headline, ...]
    letters: tuple[LetterHome, ...]


def read_stories(folder: Path, place: Place) -> Stories:
    """The headlines and letters in the folder's `year.toml`.

    Raises:
        VuonError: as `vuon.practice.read`.
    """
    table = Table.read(folder / FILE, f"{folder.name}/{FILE}")
    causes = [cause.key for cause in place.causes]
    moments = [*GAINS, *(shock.key for shock in place.shocks)]
    stories = Stories(
        tuple(
            Headline(item.among("when", moments), item.text("text"), item.text("source"))
            for item in table.items("headline")
        ),
        tuple(
            LetterHome(
                item.among("group", [group.key for group in place.groups]),
                item.among("result", RESULTS),
                item.among("cause", causes) if "cause" in item else "",
                item.name("face", ""),
                item.text("who"),
                item.text("text"),
            )
            for item in table.items("letter")
        ),
    )
    table.finish()
    return stories


@dataclass(frozen=True)
class Adopted:
    """What is in force in the year later: ideas, how well they are kept to, what comes late."""

    ideas: tuple[str, ...]
    adherence: float
    late_weeks: int
    lapsing: tuple[str, ...]
    repeated: Reading | None = None


def adopted(world: World, draw: Draw, state: State) -> Adopted:
    """What the decision of a finished game puts in force.

    A pilot that is repeated runs twelve weeks at all points; what it tries stays if it comes out
    ahead. Ideas that need the leader lapse where the leader's goodwill is used up.
    """
    place = world.place
    lapsing = tuple(
        key
        for key in state.adopted
        if place.idea(key).needs_leader and state.sponsor < place.limits.goodwill_least
    )
    adherence = world.adherence(state.staff)
    late = -(-state.late_days // DAYS_A_WEEK)
    if state.decision == DROP or not state.adopted:
        return Adopted((), adherence, 0, ())
    if state.decision == REPEAT:
        again = _repeat(world, draw, state, adherence)
        kept = state.adopted if again.estimate > 0 else ()
        return Adopted(kept, adherence, REPEAT_WEEKS // 2, lapsing, again)
    if state.decision == ADAPT and state.pilot:
        late += _new_weeks(place, state)
    return Adopted(state.adopted, adherence, late, lapsing)


def _new_weeks(place: Place, state: State) -> int:
    """Weeks until an idea that was not in the pilot runs."""
    assert state.pilot
    new = [key for key in state.adopted if key not in state.pilot.plan.ideas]
    return max((-(-place.idea(key).days // DAYS_A_WEEK) for key in new), default=0)


def _repeat(world: World, draw: Draw, state: State, adherence: float) -> Reading:
    from vuon.practice.pilot import BLOCK, read_rows, space_of
    from vuon.practice.world import NEW, OLD

    plan = PilotPlan(
        ideas=state.adopted,
        design=WEEKS_BY_LOT,
        sites=tuple(site.key for site in world.place.sites),
        weeks=REPEAT_WEEKS,
        worthwhile=state.pilot.plan.worthwhile if state.pilot else 0.1,
    )
    calm = replace(draw.future, shocks={})
    arms = {}
    for site in plan.sites:
        for block in range(REPEAT_WEEKS // BLOCK):
            first_new = seeds.uniform(draw.seed, "repeat", site, block) < 0.5
            for week in range(BLOCK):
                arms[site, block * BLOCK + week + 1] = NEW if (week == 0) == first_new else OLD
    other = replace(draw, seed=seeds.whole(draw.seed, "repeat", low=0, high=2**62), future=calm)
    rows = world.pilot(other, plan, arms, adherence)
    assert space_of(plan) is not None
    return read_rows(plan, rows, REPEAT_WEEKS)


def year_of(world: World, draw: Draw, what: Adopted, future: Future | None = None) -> Outcomes:
    """The year under what was adopted, in the drawn future or in another."""
    return world.year(
        draw,
        what.ideas,
        what.adherence,
        late_weeks=what.late_weeks,
        lapsing=what.lapsing,
        future=future,
    )


def gain_word(before: float, after: float) -> str:
    """Which headline a change of the share that finishes at the first visit calls for.

    >>> gain_word(0.38, 0.60), gain_word(0.38, 0.45), gain_word(0.38, 0.38), gain_word(0.38, 0.3)
    ('much_better', 'better', 'same', 'worse')
    """
    gain = after - before
    for word, least in zip(GAINS, (MUCH, SOME, NOTHING), strict=False):
        if gain >= least:
            return word
    return GAINS[-1]


@dataclass(frozen=True)
class YearLater:
    """What a team sees of the year: headlines, one letter of each group, figures by group."""

    headlines: tuple[Headline, ...]
    letters: tuple[LetterHome, ...]
    nothing: Outcomes
    yours: Outcomes
    adopted: Adopted


def year_later(world: World, stories: Stories, draw: Draw, state: State) -> YearLater:
    """The year later of a finished game.

    Whoever writes is drawn by the figures: where 6 of 10 finish at the first visit, 6 of 10
    letters tell of it.
    """
    what = adopted(world, draw, state)
    yours = year_of(world, draw, what)
    nothing = year_of(world, draw, Adopted((), 0, 0, ()))
    words = [gain_word(nothing.total.first, yours.total.first)]
    words += ["rule"] if draw.future.rule_week is not None else []
    headlines = [
        seeds.shuffled([each for each in stories.headlines if each.when == word], draw.seed, word)
        for word in words
    ]
    letters = tuple(
        _letter(world, stories, draw, yours, group.key, number)
        for number, group in enumerate(world.place.groups)
    )
    return YearLater(tuple(each[0] for each in headlines if each), letters, nothing, yours, what)


def _letter(
    world: World, stories: Stories, draw: Draw, yours: Outcomes, group: str, number: int
) -> LetterHome:
    outcome = yours.groups[group]
    shares = [
        ("first", outcome.first),
        ("back", outcome.completed - outcome.first),
        ("gave_up", 1 - outcome.completed),
    ]
    result = seeds.choose(shares, draw.seed, "letter", group) or "gave_up"
    fits = [
        each
        for each in stories.letters
        if each.group == group and each.result == result and each.cause in ("", draw.cause)
    ]
    of_the_cause: Sequence[LetterHome] = [each for each in fits if each.cause]
    pool = of_the_cause if of_the_cause and number == 0 else fits
    return seeds.shuffled(pool or list(stories.letters), draw.seed, "letter", group, "which")[0]
