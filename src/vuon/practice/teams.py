"""Simulated teams: five ways to go about it, played by the same rules as anybody's game.

- guesser takes the solution that is already on the table;
- tool-lover uses every tool once, then acts;
- listener hears people, then acts;
- tester looks, hears, tries with a lot and guardrails, then decides;
- lucky chooses at random.

They see what a team sees, and in addition know how to weigh it: beans by Bayes' rule. No key of a
place is named here, so that every place can be proved with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import exp, sqrt

from vuon import seeds
from vuon.practice import costs
from vuon.practice.beliefs import as_beans, posterior, prior
from vuon.practice.game import ADAPT, ADOPT, DROP, FULL, Event, Stage, State, apply, begin
from vuon.practice.pilot import DAYS_A_WEEK, GUARDRAILS, WORTHWHILE, most_weeks
from vuon.practice.plans import best_plan, every_plan
from vuon.practice.world import NEW, OLD, WEEKS_BY_LOT, Draw, World
from vuon.practice.worth import informative, worth_of

Shares = dict[str, float]
LISTENERS_MOVES, TESTERS_MOVES = 2, 3


@dataclass
class Team:
    """A team at play: its game so far."""

    world: World
    draw: Draw
    seed: int
    state: State = field(init=False)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = begin(self.world, FULL)

    def do(self, kind: str, **fields: object) -> None:
        """Add an event, as a page would."""
        event = Event(kind, fields)
        self.state = apply(self.world, self.draw, self.state, event)
        self.events.append(event)

    def lay(self, beliefs: Shares) -> None:
        """Lay the beans as one believes."""
        self.do("beans", beans=dict(as_beans(self.world.place, beliefs).beans))

    def look(self, moves: Sequence[str]) -> None:
        """Make the moves that can be afforded, each in its first way, and weigh what they show."""
        self.lay(prior(self.world.place))
        for key in moves:
            move = self.world.place.move(key)
            way = move.choices[0] if move.choices else None
            if costs.why_not_move(self.world.place, self.state, move, way) is None:
                self.do("move", move=key, choice=way.key if way else "")
        self.lay(posterior(self.world, self.state.found))

    def act(self, ideas: Sequence[str]) -> None:
        """Set up ideas at once, or leave it where they cannot be afforded."""
        if costs.why_not_ideas(self.world.place, self.state, ideas) is None:
            self.do("decide", decision=ADOPT, ideas=list(ideas))
        else:
            self.do("decide", decision=DROP)

    def act_as_believed(self) -> None:
        """Set up the plan that is best by what was found."""
        best = best_plan(self.world, self.state, posterior(self.world, self.state.found))
        self.act(best[0] if best else ())


def guesser(team: Team) -> None:
    """What is on the table already."""
    team.lay(prior(team.world.place))
    team.act([team.world.place.favoured])


def tool_lover(team: Team) -> None:
    """Every tool once; of two that look at the same thing only the longer."""
    team.look(every_tool(team.world))
    team.act_as_believed()


def every_tool(world: World) -> list[str]:
    """Every way to find out that is not an agreement with somebody, the longer of two forms."""
    moves = [move for move in world.place.moves if not move.first]
    return [move.key for move in moves if not any(other.supersedes == move.key for other in moves)]


def listener(team: Team) -> None:
    """Eyes and ears: the pair of voices that is worth most, then the plan that fits."""
    team.look(best_moves(team.world, LISTENERS_MOVES, listens=True))
    team.act_as_believed()


def tester(team: Team) -> None:
    """The best three, then a pilot that can show something, then a decision by its reading."""
    team.look(best_moves(team.world, TESTERS_MOVES))
    beliefs = posterior(team.world, team.state.found)
    best = best_plan(team.world, team.state, beliefs)
    if best is None:
        team.do("decide", decision=DROP)
        return
    weeks = most_weeks(team.world.place, team.state, best[0]) // 2 * 2
    team.do(
        "seal",
        ideas=list(best[0]),
        design=WEEKS_BY_LOT,
        sites=[site.key for site in team.world.place.sites],
        weeks=weeks,
        worthwhile=WORTHWHILE[1],
        guardrail=GUARDRAILS[1],
        promise=True,
    )
    assert team.state.stage == Stage.PILOT and team.state.pilot
    answers = team.state.pilot.answers
    team.do("halfway", answer="decline" if "decline" in answers else "go_on")
    _decide_by_the_reading(team, beliefs)


def _decide_by_the_reading(team: Team, beliefs: Shares) -> None:
    """Keep what works; where it does not, weigh the gain that was seen and choose again."""
    pilot = team.state.pilot
    assert pilot and pilot.reading
    after = weighed(team, beliefs)
    plan = pilot.plan.ideas
    options = _options(team, after)
    best = max(options, key=lambda ideas: options[ideas])
    if best == plan or options[best] - options[plan] < 0.02:
        team.do("decide", decision=ADOPT)
    else:
        team.do("decide", decision=ADAPT, ideas=list(best))


def weighed(team: Team, beliefs: Shares) -> Shares:
    """Beliefs after the pilot: causes under which its gain would surprise lose weight."""
    pilot = team.state.pilot
    assert pilot and pilot.reading
    error = _standard_error(team)
    start = team.world.expect(beliefs, (), 0).total.first
    weights = {}
    for cause, belief in beliefs.items():
        gain = team.world.expect({cause: 1.0}, pilot.plan.ideas, pilot.adherence).total.first
        off = (pilot.reading.estimate - (gain - start)) / error
        weights[cause] = belief * exp(-(off**2) / 2)
    whole = sum(weights.values())
    return {cause: weight / whole for cause, weight in weights.items()} if whole else beliefs


def _standard_error(team: Team) -> float:
    """Of the difference, from the spread of weeks within each arm."""
    pilot = team.state.pilot
    assert pilot
    parts = 0.0
    for arm in (NEW, OLD):
        shares = [row.share for row in pilot.shown if row.arm == arm and row.share is not None]
        mean = sum(shares) / len(shares)
        spread = sum((share - mean) ** 2 for share in shares) / max(1, len(shares) - 1)
        parts += spread / len(shares)
    return max(sqrt(parts), 0.02)


def _options(team: Team, beliefs: Shares) -> dict[tuple[str, ...], float]:
    """What each plan that can still be had would give in the year, as believed."""
    place, pilot = team.world.place, team.state.pilot
    assert pilot
    found = {}
    for ideas in every_plan(place):
        if costs.why_not_ideas(place, team.state, ideas, pilot.plan.ideas):
            continue
        after = costs.after_ideas(place, team.state, ideas, pilot.plan.ideas)
        share = team.world.expect(beliefs, ideas, team.world.adherence(after.staff)).total.first
        new = [place.idea(key).days for key in ideas if key not in pilot.plan.ideas]
        late = max(new, default=0) / DAYS_A_WEEK / 52
        start = team.world.expect(beliefs, (), 0).total.first
        found[ideas] = share - late * (share - start)
    return found or {pilot.plan.ideas: 0.0}


def lucky(team: Team) -> None:
    """Anything, at random."""
    place = team.world.place
    moves = seeds.shuffled([move.key for move in place.moves], team.seed, "lucky moves")
    team.look(moves[: seeds.whole(team.seed, "lucky", low=0, high=4)])
    plans = list(every_plan(place))
    team.act(seeds.shuffled(plans, team.seed, "lucky plans")[0])


TEAMS: dict[str, Callable[[Team], None]] = {
    "guesser": guesser,
    "tool-lover": tool_lover,
    "listener": listener,
    "tester": tester,
    "lucky": lucky,
}

#: The best sets of moves of a world; the world is kept with them, so that its id stays its own.
_best: dict[tuple[int, int, bool], tuple[World, tuple[str, ...]]] = {}


def best_moves(world: World, count: int, *, listens: bool = False) -> tuple[str, ...]:
    """The `count` moves that together are worth most; only those that listen to people, if asked.

    Every set is tried; a place has few ways to find out.
    """
    key = (id(world), count, listens)
    if key not in _best:
        known = [
            move for move in informative(world) if not listens or world.place.move(move).listens
        ]
        sets = combinations(known, min(count, len(known)))
        best = max(sets, key=lambda moves: worth_of(world, moves).first, default=())
        _best[key] = world, best
    return _best[key][1]


def play(world: World, seed: int, name: str) -> Team:
    """The finished game of a team.

    Args:
        world: the place.
        seed: of the draw; the same for all teams that are compared.
        name: one of `TEAMS`.
    """
    team = Team(world, world.draw(seed), seed)
    TEAMS[name](team)
    assert team.state.stage == Stage.OVER
    return team
