"""What moves and ideas cost, and why one cannot be afforded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vuon.errors import N_, VuonError, Words
from vuon.practice.material import TIMES
from vuon.practice.place import Choice, Move, Place

if TYPE_CHECKING:
    from vuon.practice.game import State

#: Of a game, as in `vuon.practice.game`; here to keep imports downwards.
TASTER, TASTER_MOVES = "taster", 3


def _refusal(code: str, what: str, do: str, **named: Any) -> VuonError:
    return VuonError(code, Words(what, named), Words(do, named))


def chosen(place: Place, key: str, choice: str) -> tuple[Move, Choice | None]:
    """The move with this key, and the way of making it where it has several.

    Raises:
        VuonError: `game.move` or `game.choice`.
    """
    move = next((each for each in place.moves if each.key == key), None)
    if move is None:
        raise _refusal(
            "game.move", N_("There is no such way to find out."), N_("Load the page again.")
        )
    way = move.choice(choice)
    if move.choices and way is None:
        raise _refusal(
            "game.choice",
            N_("Say how you will do it."),
            N_("Mark one of the ways, then send again."),
        )
    return move, way


def why_not_move(
    place: Place, state: State, move: Move, choice: Choice | None = None
) -> VuonError | None:
    """Why this move cannot be made now; None if it can."""
    made, left = len(state.made(move.key)), place.purse.working_days - state.days
    staff = move.staff + (choice.staff if choice else 0)
    elsewhere = N_("Choose another way to find out, or go on with what you know.")
    if state.mode == TASTER and (not move.taster or len(state.found) >= TASTER_MOVES):
        return _refusal(
            "game.taster_moves",
            N_("The short game has three moves, and they are made."),
            N_("Lay the beans once more."),
        )
    if made >= TIMES:
        return _refusal("game.twice", N_("This has been done twice already."), elsewhere)
    if move.first and state.days > 0:
        return _refusal("game.first_day", N_("This could only be had on the first day."), elsewhere)
    if move.days > left:
        return _refusal(
            "game.days",
            N_("This takes {days} days, and {left} are left."),
            elsewhere,
            days=move.days,
            left=left,
        )
    if move.money > state.money:
        return _refusal(
            "game.money",
            N_("This costs {money} million đồng, and {left} are left."),
            elsewhere,
            money=_plain(move.money),
            left=_plain(state.money),
        )
    if state.staff + staff < 0:
        return _refusal(
            "game.staff", N_("The staff would not go along with this any more."), elsewhere
        )
    if state.sponsor + move.sponsor < 0:
        return _refusal(
            "game.sponsor", N_("The leader would not go along with this any more."), elsewhere
        )
    return None


def _plain(number: float) -> int | float:
    return int(number) if number == int(number) else number


def known_ideas(place: Place, keys: Any, mode: str) -> tuple[str, ...]:
    """The ideas with these keys, in the place's order, each once.

    Raises:
        VuonError: `game.ideas` for none, too many, or one that this game does not have.
    """
    wanted = set(keys) if isinstance(keys, list | tuple) else set()
    most = 1 if mode == TASTER else place.limits.ideas
    found = tuple(
        idea.key for idea in place.ideas if idea.key in wanted and (mode != TASTER or idea.taster)
    )
    if not found or len(found) != len(wanted):
        raise _refusal("game.ideas", N_("No idea is chosen."), N_("Mark one, then send again."))
    if len(found) > most:
        raise _refusal(
            "game.ideas",
            N_("{count} ideas are chosen, and at most {most} can be set up together."),
            N_("Take one back."),
            count=len(found),
            most=most,
        )
    return found


def setup_days(place: Place, ideas: Iterable[str]) -> int:
    """Working days until these ideas run: the longest, and some more for a second one.

    Nothing takes no time.
    """
    chosen_ideas = [place.idea(key) for key in ideas]
    if not chosen_ideas:
        return 0
    more = place.limits.second_idea_days * (len(chosen_ideas) - 1)
    return max(idea.days for idea in chosen_ideas) + more


def after_ideas(
    place: Place, state: State, ideas: Sequence[str], before: Sequence[str] = ()
) -> State:
    """The state once these ideas are set up; those in `before` are paid for already."""
    new = [place.idea(key) for key in ideas if key not in before]
    return replace(
        state,
        days=state.days + setup_days(place, [idea.key for idea in new]),
        money=state.money - sum(idea.money for idea in new),
        staff=min(state.staff + sum(idea.staff for idea in new), 10.0),
        sponsor=min(state.sponsor + sum(idea.sponsor for idea in new), 10.0),
    )


def why_not_ideas(
    place: Place,
    state: State,
    ideas: Sequence[str],
    before: Sequence[str] = (),
    *,
    pilot_days: int = 0,
) -> VuonError | None:
    """Why these ideas cannot be set up now, with a pilot of so many days; None if they can."""
    chosen_ideas = [place.idea(key) for key in ideas]
    after, limits = after_ideas(place, state, ideas, before), place.limits
    hours = sum(idea.hours for idea in chosen_ideas)
    lighter = N_("Choose lighter ideas, or one instead of two.")
    if hours > limits.hours:
        return _refusal(
            "game.hours",
            N_("This takes {hours} hours of staff a week, and {most} can be had."),
            lighter,
            hours=_plain(hours),
            most=_plain(limits.hours),
        )
    if after.money < 0:
        return _refusal(
            "game.money",
            N_("This costs {money} million đồng, and {left} are left."),
            lighter,
            money=_plain(state.money - after.money),
            left=_plain(state.money),
        )
    new = any(key not in before for key in ideas)
    if new and after.staff < limits.goodwill_least:
        what = N_("The staff have been asked for too much already.")
        return _refusal("game.staff", what, lighter)
    if new and after.sponsor < limits.goodwill_least:
        what = N_("The leader has been asked for too much already.")
        return _refusal("game.sponsor", what, lighter)
    if pilot_days and after.days + pilot_days > place.purse.working_days:
        return _refusal(
            "game.days",
            N_("Set-up and pilot take {days} days, and {left} are left."),
            N_("Choose what is set up sooner, or a shorter pilot."),
            days=after.days - state.days + pilot_days,
            left=place.purse.working_days - state.days,
        )
    return None
