"""What people see of a practice place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from vuon.ideas.model import Idea
from vuon.journeys.model import Journey, Step
from vuon.toml.table import Text


@dataclass(frozen=True)
class Scene:
    """One moment of the arrival."""

    key: str
    title: Text
    text: Text


@dataclass(frozen=True)
class Voice:
    """What somebody says at the start, when it does not yet point anywhere."""

    key: str
    who: Text
    says: Text


@dataclass(frozen=True)
class Cause:
    """A candidate reason for what goes wrong; `prior` is how often it is true, from 0 to 1."""

    key: str
    prior: float
    title: Text
    text: Text


@dataclass(frozen=True)
class Letter:
    """From a superior who already favours what would fit one cause."""

    sender: Text
    text: Text
    favours: str


@dataclass(frozen=True)
class Opening:
    """Of 100 people who come for the first time: three parts that add to 100.

    `returned_words` and `gave_up_words` say what befell those parts, where a place says it in
    words of its own.
    """

    finished: int
    returned: int
    gave_up: int
    returned_words: Text = field(default_factory=Text)
    gave_up_words: Text = field(default_factory=Text)


@dataclass(frozen=True)
class Purse:
    """What a team may spend: working days, million đồng, goodwill from 0 to 10."""

    working_days: int
    million_dong: int
    goodwill_staff: int
    goodwill_sponsor: int


@dataclass(frozen=True)
class Group:
    """People who may fare differently; `share` is theirs of all who come."""

    key: str
    share: float
    title: Text


@dataclass(frozen=True)
class Choice:
    """A way of making a move; it may cost more, or make people write in fear."""

    key: str
    title: Text
    staff: float = 0
    feared: bool = False


@dataclass(frozen=True)
class Move:
    """A way to find out, with its cost: days, million đồng, change of goodwill.

    `first` moves can only be made on day one; `listens` marks those that hear or watch people;
    `supersedes` names the shorter form of this one.
    """

    key: str
    title: Text
    text: Text
    icon: str
    scene: str
    days: int
    money: float
    staff: float
    sponsor: float
    taster: bool
    first: bool
    listens: bool
    supersedes: str
    choices: tuple[Choice, ...]

    def choice(self, key: str) -> Choice | None:
        """The choice with this key; None if there is none."""
        return next((choice for choice in self.choices if choice.key == key), None)


@dataclass(frozen=True)
class Offer:
    """An idea as this place offers it: its icon, what it does to goodwill, who meets it, whether
    it is already on the table and needs the leader's hand."""

    idea: Idea
    icon: str
    staff: float
    sponsor: float
    taster: bool
    favoured: bool
    needs_leader: bool

    @property
    def key(self) -> str:
        """The idea's key."""
        return self.idea.key

    @property
    def title(self) -> Text:
        """The idea's name."""
        return self.idea.name

    @property
    def text(self) -> Text:
        """What the idea is."""
        return self.idea.text

    @property
    def owner(self) -> Text:
        """Who owns it."""
        return self.idea.owner

    @property
    def route(self) -> str:
        """Its legal route."""
        return self.idea.route

    @property
    def days(self) -> int:
        """Working days to set it up."""
        return int(self.idea.cost.days)

    @property
    def money(self) -> float:
        """Million đồng."""
        return self.idea.cost.million_dong

    @property
    def hours(self) -> float:
        """Hours of staff a week."""
        return self.idea.cost.hours_a_week

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps it touches."""
        return self.idea.targets


@dataclass(frozen=True)
class Limits:
    """What holds for every plan of a team."""

    ideas: int
    hours: float
    pilot_days: int
    second_idea_days: int
    goodwill_least: float


@dataclass(frozen=True)
class Titled:
    """A point that takes part, an incident, a shock: a key, a title, a sentence."""

    key: str
    title: Text
    text: Text


_T = TypeVar("_T")


def _of(items: tuple[_T, ...], key: str) -> _T:
    return {getattr(item, "key"): item for item in items}[key]  # noqa: B009 - typed above


@dataclass(frozen=True)
class Place:
    """A practice place as far as it is shown to people; its truth is kept elsewhere.

    Places are listed by `order`, the first one for whoever has never played; `drawing` names the
    picture of its arrival.
    """

    key: str
    title: Text
    brief: Text
    beans: int
    opening: Opening
    purse: Purse
    scenes: tuple[Scene, ...]
    voices: tuple[Voice, ...]
    letter: Letter
    causes: tuple[Cause, ...]
    groups: tuple[Group, ...]
    journey: Journey
    moves: tuple[Move, ...]
    ideas: tuple[Offer, ...]
    limits: Limits
    sites: tuple[Titled, ...]
    incidents: tuple[Titled, ...]
    shocks: tuple[Titled, ...]
    questions: tuple[Text, ...]
    order: int = 100
    drawing: str = "ward"

    def scene(self, key: str) -> Scene:
        """The scene with this key; `KeyError` if there is none."""
        return _of(self.scenes, key)

    def cause(self, key: str) -> Cause:
        """The cause with this key; `KeyError` if there is none."""
        return _of(self.causes, key)

    def group(self, key: str) -> Group:
        """The group with this key; `KeyError` if there is none."""
        return _of(self.groups, key)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of a file's way, in order."""
        return self.journey.steps

    def step(self, key: str) -> Step:
        """The step with this key; `KeyError` if there is none."""
        return self.journey.step(key)

    def move(self, key: str) -> Move:
        """The move with this key; `KeyError` if there is none."""
        return _of(self.moves, key)

    def idea(self, key: str) -> Offer:
        """The idea with this key; `KeyError` if there is none."""
        return _of(self.ideas, key)

    def site(self, key: str) -> Titled:
        """The point with this key; `KeyError` if there is none."""
        return _of(self.sites, key)

    def incident(self, key: str) -> Titled:
        """The incident with this key; `KeyError` if there is none."""
        return _of(self.incidents, key)

    def shock(self, key: str) -> Titled:
        """The shock with this key; `KeyError` if there is none."""
        return _of(self.shocks, key)

    @property
    def favoured(self) -> str:
        """The idea that is already on the table."""
        return next(idea.key for idea in self.ideas if idea.favoured)
