"""`vuon place`: write a practice place, check it, run its queue, play it, prove that it teaches."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vuon.errors import N_, VuonError, Where, Words, terminal_language

if TYPE_CHECKING:
    from vuon.practice.arithmetic import Arithmetic
    from vuon.practice.prove import Proof
    from vuon.practice.teams import Team

Commands = Any  # what argparse returns from add_subparsers, which has no public name
#: As in `vuon.practice.teams`, which is imported only when a team plays.
NAMES = ("guesser", "listener", "lucky", "tester", "tool-lover")
#: Where shipped places lie: beside the sources, and in an installed wheel.
SHIPPED = (
    Path(__file__).parents[3] / "places",
    Path(__file__).parents[2] / "vuon_web" / "shipped" / "places",
)


def add(commands: Commands) -> None:
    """Add `place` to the command line."""
    parser = commands.add_parser("place", help="practice places: new, check, queue, play, prove")
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    new = parts.add_parser("new", help="write a small place to start from")
    new.add_argument("folder", type=Path, help="a folder that is not there yet")
    new.set_defaults(run=_new)
    checks = parts.add_parser("check", help="find what does not teach")
    checks.add_argument("place", help="a folder, or the name of a shipped place")
    checks.add_argument("--json", action="store_true", help="as one line of JSON")
    checks.set_defaults(run=_check)
    plays = parts.add_parser("play", help="let a simulated team play")
    plays.add_argument("place", help="a folder, or the name of a shipped place")
    plays.add_argument("--seed", type=int, required=True, help="which world, a whole number")
    plays.add_argument("--team", choices=NAMES, required=True, help="who plays")
    plays.add_argument("--json", action="store_true", help="the whole game as one line of JSON")
    plays.set_defaults(run=_play)
    queues = parts.add_parser("queue", help="print the queue.toml of a place")
    queues.add_argument("place", help="a folder, or the name of a shipped place")
    queues.set_defaults(run=_queue)
    proves = parts.add_parser("prove", help="play many times with every team")
    proves.add_argument("place", help="a folder, or the name of a shipped place")
    proves.add_argument("--seeds", type=int, default=200, help="how many worlds (200)")
    proves.add_argument("--json", action="store_true", help="as one line of JSON")
    proves.set_defaults(run=_prove)


def _folder(name: str) -> Path:
    for folder in (Path(name), *(shipped / name for shipped in SHIPPED)):
        if folder.is_dir():
            return folder.resolve()
    raise VuonError(
        "place.no_place",
        Words(N_("There is no place called {name}."), {"name": name}),
        Words(N_("Name the folder of a place, or make one with: vuon place new FOLDER")),
        where=Where(name),
    )


def _new(parsed: argparse.Namespace) -> int:
    from vuon.practice.new import new_place

    new_place(parsed.folder)
    told = Words(
        N_("{folder} is written. Change it, and ask now and then: vuon place check {folder}"),
        {"folder": parsed.folder},
    )
    print(told.say(terminal_language()))
    return 0


def _check(parsed: argparse.Namespace) -> int:
    from vuon.practice.check import check

    language = terminal_language()
    found = check(_folder(parsed.place))
    if parsed.json:
        rows = [
            {
                "code": f.code,
                "file": f.where.file,
                "line": f.where.line,
                "message": f.words.say("en"),
            }
            for f in found
        ]
        print(json.dumps({"teaches": not found, "faults": rows}, ensure_ascii=False))
        return bool(found)
    for fault in found:
        print(fault.say(language))
    if not found:
        told = Words(
            N_("Nothing was found that keeps this place from teaching. Now: vuon place prove")
        )
        print(told.say(language))
    return bool(found)


def _queue(parsed: argparse.Namespace) -> int:
    from vuon.practice.arithmetic import open_world
    from vuon.practice.waiting import written

    folder = _folder(parsed.place)
    world = open_world(folder)
    if world.truth.counter is None:
        raise VuonError(
            "place.no_counter",
            Words(N_("The truth of this place says nothing of a counter.")),
            Words(N_("Write [counter] in truth.toml; places/song-an shows how.")),
            where=Where(f"{folder.name}/truth.toml"),
        )
    for part in written(world):
        print(part, flush=True)
    return 0


def _prove(parsed: argparse.Namespace) -> int:
    from vuon.practice.prove import prove
    from vuon.practice.worlds import open_world

    if parsed.seeds < 2:
        raise VuonError(
            "place.seeds",
            Words(N_("One world proves nothing.")),
            Words(N_("Take at least two seeds, better 200.")),
        )
    world = open_world(_folder(parsed.place))
    proof = prove(world, range(1, parsed.seeds + 1), progress=_progress(parsed.seeds))
    print(json.dumps(_proof(proof), ensure_ascii=False) if parsed.json else _told(proof))
    return 0 if proof.teaches else 1


def _progress(whole: int) -> Callable[[int], None]:
    if not sys.stderr.isatty():
        return lambda done: None
    return lambda done: print(
        f"\r{done}/{whole}", end="" if done < whole else "\r", file=sys.stderr, flush=True
    )


def _proof(proof: Proof) -> dict[str, Any]:
    return {
        "teaches": proof.teaches,
        "seeds": proof.seeds,
        "teams": {
            each.team: {"mean": each.mean, "low": each.low, "high": each.high}
            for each in proof.scores
        },
        "beliefs": {"start": proof.brier_start, "end": proof.brier_end},
        "best": [{"ideas": list(ideas), "share": share} for ideas, share in proof.best],
        "reasons": [reason.say("en") for reason in proof.reasons],
    }


def _told(proof: Proof) -> str:
    language = terminal_language()
    lines = [
        Words(
            N_(
                "{seeds} worlds; of 100 people so many finish at the first visit in the year later:"
            ),
            {"seeds": proof.seeds},
        ).say(language)
    ]
    lines += [
        f"  {each.team:<11} {100 * each.mean:5.1f}   {100 * each.low:.1f}–{100 * each.high:.1f}"
        for each in sorted(proof.scores, key=lambda score: -score.mean)
    ]
    lines.append(
        Words(
            N_("Testers' distance from the truth (Brier): {start} at the start, {end} at the end."),
            {"start": round(proof.brier_start, 3), "end": round(proof.brier_end, 3)},
        ).say(language)
    )
    ideas, share = proof.best[0]
    lines.append(
        Words(
            N_("The plan that is best most often: {ideas}, in {share}% of the worlds."),
            {"ideas": " + ".join(ideas), "share": round(100 * share)},
        ).say(language)
    )
    lines += [reason.say(language) for reason in proof.reasons]
    if proof.teaches:
        lines.append(
            Words(N_("This place teaches: whoever looks and tests serves more people.")).say(
                language
            )
        )
    return "\n".join(lines)


# --- one game


def _play(parsed: argparse.Namespace) -> int:
    from vuon import canonical
    from vuon.practice.teams import play
    from vuon.practice.worlds import open_world

    folder = _folder(parsed.place)
    world = open_world(folder)
    team = play(world, parsed.seed, parsed.team)
    log = game_log(world, folder, team)
    if parsed.json:
        print(json.dumps({**log, "digest": canonical.digest(log)}, ensure_ascii=False))
        return 0
    print("\n".join(_story(world, team, log, terminal_language())))
    return 0


def _story(world: Arithmetic, team: Team, log: dict[str, Any], language: str) -> list[str]:
    """A game as one would tell it: what was found, tried, decided, and what was true."""
    place, state = world.place, team.state
    lines = []
    for number, found in enumerate(state.found, 1):
        lines.append(f"\n{number}. {place.move(found.move).title.say(language)}")
        lines += [
            f"   {piece.who.say(language)}: {piece.text.say(language)}"
            for piece in found.material.pieces
        ]
        if found.material.rows:
            rows = found.material.rows
            lines.append(f"   {rows.title.say(language)} ({len(rows.rows)})")
    pilot = state.pilot
    if pilot and pilot.reading:
        told = Words(
            N_("Pilot over {weeks} weeks: {points} points, {verdict}."),
            {
                "weeks": pilot.ended,
                "points": round(100 * pilot.reading.estimate, 1),
                "verdict": pilot.reading.verdict.title,
            },
        )
        lines += ["", told.say(language)]
    ideas = " + ".join(place.idea(key).title.say(language) for key in state.adopted)
    end = log["end"]
    told = Words(
        N_(
            "In force: {ideas}. Of 100 people {first} finish at the first visit, without it {none}."
        ),
        {
            "ideas": ideas or "–",
            "first": round(100 * end["year"]["total"]["first"], 1),
            "none": round(100 * end["nothing"]["total"]["first"], 1),
        },
    )
    true = Words(
        N_("What was true: {cause}."), {"cause": place.cause(end["cause"]).title.say(language)}
    )
    return [*lines, "", told.say(language), true.say(language)]


def game_log(world: Arithmetic, folder: Path, team: Team) -> dict[str, Any]:
    """The whole game of a team as plain values: the same on every machine.

    Args:
        world: the place, read from `folder`.
        team: a finished game.
    """
    from vuon.practice.beliefs import posterior, prior, shares_of
    from vuon.practice.later import read_stories, year_later

    state, draw = team.state, team.draw
    later = year_later(world, read_stories(folder, world.place), draw, state)
    pilot = state.pilot
    return {
        "place": world.place.key,
        "seed": team.seed,
        "events": [event.kept() for event in team.events],
        "material": [_plain(found.material) for found in state.found],
        "beliefs": {
            "start": prior(world.place),
            "weighed": posterior(world, state.found),
            "laid": shares_of(state.beans) if state.beans else {},
        },
        "pilot": {
            "plan": pilot.sealed.text,
            "hash": pilot.sealed.sha256,
            "rows": [_plain(row) for row in pilot.rows],
            # The last digits of a matrix product may differ between machines.
            "estimate": round(pilot.reading.estimate, 9) if pilot.reading else None,
        }
        if pilot
        else None,
        "end": {
            "cause": draw.cause,
            "decision": state.decision,
            "ideas": list(state.adopted),
            "days": state.days,
            "goodwill": [state.staff, state.sponsor],
            "nothing": _plain(later.nothing),
            "year": _plain(later.yours),
            "letters": [letter.who.en for letter in later.letters],
        },
    }


def _plain(value: Any) -> Any:
    """Frozen data as plain values."""
    from vuon.toml.table import Text

    if isinstance(value, Text):
        return value.en
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value
