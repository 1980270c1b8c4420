"""What in a place does not teach: found before anybody plays it, with file, line and figures."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from vuon.errors import N_, VuonError, Where, Words
from vuon.practice import costs
from vuon.practice.arithmetic import Arithmetic
from vuon.practice.beliefs import prior
from vuon.practice.check_counter import faults, tells
from vuon.practice.fault import Fault
from vuon.practice.game import begin
from vuon.practice.later import RESULTS, Adopted, read_stories, year_of
from vuon.practice.material import TIMES
from vuon.practice.plans import affordable, every_plan
from vuon.practice.sources import NONE, Piece, Source
from vuon.practice.teams import best_moves
from vuon.practice.worlds import open_world
from vuon.practice.worth import firsts, informative, worth_of
from vuon.toml.table import Table, Text

#: A cause is hardly revealed if no source makes it this much likelier.
REVEALS = 1.5
#: One source must not put the truth on top more often than this.
ONE_SOURCE = 0.70
#: Evidence must be worth at least so much more than acting on the first guess, as a share.
EVIDENCE_PAYS = 0.02
LONGEST_SENTENCE = 34
LONGEST_PIECE = 90
SECONDS_A_YEAR = 0.2
#: Words with which staff would be blamed.
BLAME = ("cán bộ chậm", "cán bộ lười", "lazy staff", "slow staff", "corrupt", "tham nhũng")
_SENTENCE = re.compile(r"[.!?…:;]+[\s”\"]*|\n+")


def check(folder: Path) -> list[Fault]:
    """Everything that was found, file by file; empty if the place may be proved.

    Raises:
        VuonError: the folder holds no place at all.
    """
    try:
        world = open_world(folder)
        stories = read_stories(folder, world.place)
    except VuonError as error:
        if error.code in ("place.no_place", "toml.missing", "toml.encoding", "toml.syntax"):
            raise
        return [
            Fault(
                error.code, Words("{what} {do}", {"what": error.what, "do": error.do}), error.where
            )
        ]
    lines = {
        name: Table.read(folder / name, f"{folder.name}/{name}")
        for name in ("place.toml", "truth.toml")
    }
    found = [
        *_variants(world),
        *_texts(world, lines["place.toml"]),
        *_evidence(world, lines["truth.toml"]),
        *_symptom(world, lines["place.toml"]),
        *_purse(world, lines["place.toml"]),
        *_plans(world, lines["place.toml"]),
        *faults(world, folder.name),
        *_speed(world, lines["truth.toml"]),
    ]
    told = {(letter.group, letter.result) for letter in stories.letters if not letter.cause}
    found += [
        Fault(
            "check.letters",
            Words(
                N_("No letter tells how it went: group {group}, result {result}."),
                {"group": group.key, "result": result},
            ),
            Where(f"{folder.name}/year.toml"),
        )
        for group in world.place.groups
        for result in RESULTS
        if (group.key, result) not in told
    ]
    return found


# --- material


def _variants(world: Arithmetic) -> Iterator[Fault]:
    """Enough variants for every signal, none twice, and tables that differ from "nothing clear"."""
    seen: dict[str, str] = {}
    for move in world.place.moves:
        source = world.sources[move.key]
        where = Where(source.file)
        signals = {
            signal
            for shares in [
                *world.truth.signals.get(move.key, {}).values(),
                world.truth.feared.get(move.key, {}),
            ]
            for signal, share in shares.items()
            if share > 0
        }
        for signal in sorted(signals):
            yield from _enough(world, source, signal, where)
        least = TIMES * (source.idle_shown + source.telling_shown)
        if len(source.idle) < least:
            yield Fault(
                "check.idle",
                Words(
                    N_("{count} pieces point nowhere, and {least} are needed."),
                    {"count": len(source.idle), "least": least},
                ),
                where,
            )
        for piece in _pieces(source):
            for text in (piece.text.vi, piece.text.en):
                if text in seen:
                    yield Fault(
                        "check.twice",
                        Words(N_("This text stands also in {file}."), {"file": seen[text]}),
                        Where(source.file, piece.line),
                    )
                seen[text] = f"{source.file}:{piece.line}"


def _enough(world: Arithmetic, source: Source, signal: str, where: Where) -> Iterator[Fault]:
    least = TIMES * source.telling_shown
    count = len(source.telling.get(signal, ()))
    if count < least:
        yield Fault(
            "check.variants",
            Words(
                N_("Signal {signal} has {count} variants, and {least} are needed."),
                {"signal": signal, "count": count, "least": least},
            ),
            where,
        )
    readable = source.sheet and any(
        column.spread and signal in column.spread and column.spread[signal] != column.spread[NONE]
        for column in source.sheet.columns
    )
    if not source.telling_shown and not readable and not tells(world, source, signal):
        yield Fault(
            "check.silent",
            Words(
                N_("Signal {signal} cannot be told from nothing in what this source shows."),
                {"signal": signal},
            ),
            where,
        )


def _pieces(source: Source) -> Iterator[Piece]:
    for pieces in source.telling.values():
        yield from pieces
    yield from source.idle


def _texts(world: Arithmetic, table: Table) -> Iterator[Fault]:
    """Sentences that are too long to read aloud, and words that blame."""
    for source in world.sources.values():
        for piece in _pieces(source):
            yield from _readable(piece.text, Where(source.file, piece.line))
    for kind in ("move", "idea", "cause", "shock", "scene"):
        for item in table.items(kind, optional=True):
            if "text" in item:
                yield from _readable(item.text("text"), Where(item.file, item.line("text")))


def _readable(text: Text, where: Where) -> Iterator[Fault]:
    for said in (text.vi, text.en):
        longest = max((len(part.split()) for part in _SENTENCE.split(said)), default=0)
        # Vietnamese writes syllables apart, so its sentences count about a half more.
        most = LONGEST_SENTENCE * 3 // 2 if said == text.vi else LONGEST_SENTENCE
        if longest > most or len(said.split()) > LONGEST_PIECE * (2 if said == text.vi else 1):
            yield Fault(
                "check.hard",
                Words(
                    N_("Hard to read: a sentence of {words} words. Say it in two."),
                    {"words": longest},
                ),
                where,
            )
        for word in BLAME:
            if word in said.lower():
                yield Fault(
                    "check.blame",
                    Words(
                        N_("“{word}” blames people. Say what makes their work hard."),
                        {"word": word},
                    ),
                    where,
                )


# --- evidence


def _evidence(world: Arithmetic, table: Table) -> Iterator[Fault]:
    """Every cause can be revealed, no single source gives it away, and looking pays."""
    signals = Where(table.file, table.line("signals"))
    known = informative(world)
    for cause in prior(world.place):
        if not any(_reveals(world, move, cause) for move in known):
            yield Fault(
                "check.hidden",
                Words(N_("No evidence can reveal the cause {cause}."), {"cause": cause}),
                signals,
            )
    for move in known:
        right = worth_of(world, (move,)).right
        if right > ONE_SOURCE:
            yield Fault(
                "check.one_source",
                Words(
                    N_("{move} alone finds the truth in {share}% of worlds; {most}% is the most."),
                    {"move": move, "share": round(100 * right), "most": round(100 * ONE_SOURCE)},
                ),
                Where(table.file, table.inner("signals").line(move)),
            )
    sets = [best_moves(world, count) for count in range(1, min(3, len(known)) + 1)]
    best = max((worth_of(world, moves).first for moves in sets), default=0.0)
    gain = best - worth_of(world, ()).first
    if gain < EVIDENCE_PAYS:
        yield Fault(
            "check.no_use",
            Words(
                N_("Even the best moves serve only {gain} points more people than a first guess."),
                {"gain": round(100 * gain, 1)},
            ),
            signals,
        )


def _reveals(world: Arithmetic, move: str, cause: str) -> bool:
    """Whether some signal is clearly likelier under this cause than under the others on average."""
    weights = prior(world.place)
    for signal in [*weights, None]:
        under = {
            each: world.likelihood(move, each, signal, earlier=(), feared=False) for each in weights
        }
        rest = sum(weights[each] * under[each] for each in weights if each != cause)
        if under[cause] > REVEALS * rest / (1 - weights[cause]) and under[cause] >= 0.1:
            return True
    return False


def _symptom(world: Arithmetic, table: Table) -> Iterator[Fault]:
    """The same number of people finish under every cause, so that the symptom tells nothing."""
    shares = {cause: world.first(cause, (), 0) for cause in prior(world.place)}
    if max(shares.values()) - min(shares.values()) > 0.001:
        yield Fault(
            "check.symptom",
            Words(N_("The symptom gives the cause away: {shares}."), {"shares": _percents(shares)}),
            Where(table.file, table.line("opening")),
        )
    said = table.inner("opening").whole("finished")
    for cause, share in shares.items():
        if abs(100 * share - said) > 0.6:
            yield Fault(
                "check.opening",
                Words(
                    N_("The opening says {said} of 100, the truth gives {share} under {cause}."),
                    {"said": said, "share": round(100 * share, 1), "cause": cause},
                ),
                Where(table.file, table.line("opening")),
            )


def _percents(shares: Mapping[str, float]) -> str:
    return ", ".join(f"{key} {100 * share:.1f}%" for key, share in shares.items())


# --- plans and purse


def _purse(world: Arithmetic, table: Table) -> Iterator[Fault]:
    where = Where(table.file, table.line("purse"))
    start = begin(world, "full")
    plans = affordable(world, start)
    every = list(every_plan(world.place))
    moves = [
        move
        for move in world.place.moves
        if costs.why_not_move(world.place, start, move, move.choices[0] if move.choices else None)
        is None
    ]
    if not plans or not moves:
        yield Fault("check.poor", Words(N_("With this purse nothing is possible.")), where)
    elif (
        len(plans) == len(every)
        and sum(m.days for m in world.place.moves)
        + max(costs.setup_days(world.place, plan) for plan in every)
        + world.place.limits.pilot_days
        <= world.place.purse.working_days
    ):
        yield Fault("check.rich", Words(N_("With this purse everything is possible.")), where)


def _plans(world: Arithmetic, table: Table) -> Iterator[Fault]:
    """No idea wins under every cause, and the favoured one is sometimes right."""
    where = Where(table.file, table.line("idea"))
    under = firsts(world, begin(world, "full"))
    causes = list(prior(world.place))
    best = {cause: max(under, key=lambda plan: under[plan][cause], default=()) for cause in causes}
    if len(causes) > 1 and len(set(best.values())) == 1:
        yield Fault(
            "check.one_plan",
            Words(
                N_("One plan wins under every cause: {ideas}."),
                {"ideas": " + ".join(best[causes[0]])},
            ),
            where,
        )
    single = {plan: firsts_ for plan, firsts_ in under.items() if len(plan) == 1}
    favoured = (world.place.favoured,)
    if favoured in single and not any(
        single[favoured][cause] >= max(each[cause] for each in single.values()) - 0.02
        for cause in causes
    ):
        yield Fault(
            "check.cynical",
            Words(
                N_("What the superior favours is never right: that teaches cynicism, not looking.")
            ),
            where,
        )


def _speed(world: Arithmetic, table: Table) -> Iterator[Fault]:
    draw, began = world.draw(1), time.perf_counter()
    year_of(world, draw, Adopted((world.place.ideas[0].key,), 0.9, 0, ()))
    took = time.perf_counter() - began
    if took > SECONDS_A_YEAR:
        yield Fault(
            "check.slow",
            Words(N_("One year takes {seconds} seconds to compute."), {"seconds": round(took, 1)}),
            Where(table.file),
        )
