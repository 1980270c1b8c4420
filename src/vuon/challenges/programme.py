"""From a plan to a programme: the fewest activities that answer all that a plan calls for.

`propose` joins what the plan says (`calls.Calls`) with what activities serve (`Serves`). Every
activity it proposes names the tag, stage, sentence or rule that called it, and every tag of the
plan is either served or listed with the reason why nothing serves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vuon.challenges.calls import Called, Calls, Vocabulary, vocabulary
from vuon.errors import N_, Words

#: The nine stages, in their order.
STAGES = (
    "frame",
    "listen",
    "journey",
    "system",
    "futures",
    "ideas",
    "sandbox",
    "learn",
    "grow",
)

#: Needs that a programme has whatever the plan says, each with its reason.
RULES: Mapping[str, str] = {
    "who-sees-what": N_("Before anybody writes anything, everybody knows who will see it."),
    "challenge": N_("A programme starts from one sentence: what goes wrong, and for whom."),
    "next-step": N_("A programme ends with a next step that has an owner and a date."),
}

#: Asked for in addition when the plan names no method, data source or stage at all.
RULE_WITHOUT_TAGS = (
    "practice",
    N_(
        "The plan names no method, data source or stage, so the group first practises "
        "where nothing can break."
    ),
)

#: An activity joined to others: the need, the needs that must both be called, the reason.
_FUTURES_RULE = (
    "idea-futures",
    frozenset({"ideas", "scenarios"}),
    N_("An idea is tried across the scenarios before anybody proposes it."),
)

_WHY_OUTSIDE: Mapping[str, str] = {
    "figures": N_(
        "No activity works with figures of this kind yet. Bring them as a table, with their "
        "source, and write them beside the challenge."
    ),
    "survey": N_("No activity prepares a survey yet; the pilot page only counts before and after."),
    "technology": N_(
        "Vuon does not build technology. An idea that uses it can be described, tried on "
        "paper and tested with people."
    ),
    "crowd": N_("No activity gathers contributions from the public at large yet."),
    "mapping": N_("No activity maps what a community or an area already has yet."),
    "reading": N_(
        "No activity works through studies and legal texts yet. Write what they say, and "
        "where, beside the challenge."
    ),
    "behaviour": N_("No activity is devoted to behaviour yet."),
    "people": N_("This is the work of people beside the programme; no activity stands in for it."),
    "deviance": N_(
        "No activity looks for those who already do well under the same conditions yet."
    ),
    "theme": N_(
        "No practice place is about this subject yet; the activities work on the plan's own "
        "challenge."
    ),
}
_WHY_UNKNOWN = N_("Vuon does not know this word, and no activity names it.")
_WHY_NO_PLACE = N_("It calls for a practice place that does not exist yet: {place}.")
_WHY_NO_ACTIVITY = N_("No activity here serves it.")

#: Practice places that plans ask for and that do not exist yet.
PLACES_TO_COME: Mapping[str, str] = {
    "office": N_("a young official's idea inside an office, before five layers of approval"),
}

#: Kinds of reasons, in the order in which they are told.
_KINDS = ("tag", "stage", "sentence", "rule")

_REASON_WORDS: Mapping[str, str] = {
    "methods": N_("The plan names the method “{value}”."),
    "datasources": N_("The plan names the data source “{value}”."),
    "stages": N_("The learning question is at the stage “{value}”."),
    "sdgs": N_("The plan serves the goal “{value}”."),
    "thematic_areas": N_("The plan is about “{value}”."),
    "sentence": N_("The plan says: “{quote}”"),
}


@dataclass(frozen=True)
class Serves:
    """What an activity offers to a programme.

    `serves` are need keys of `data/calls.toml`; `after` are keys of activities that come before
    this one if both are in the programme; `together` means that it is best done with
    the group in one room.
    """

    key: str
    stage: str
    minutes: int
    serves: frozenset[str]
    after: frozenset[str] = frozenset()
    together: bool = False


@dataclass(frozen=True)
class Reason:
    """Why an activity is proposed.

    `kind` is "tag", "stage", "sentence" or "rule". `key` is the kind of tag, the prompt of the
    sentence, or the rule. `value` is the tag as it stands in the plan, or the words that called;
    `quote` is the sentence they stand in.
    """

    kind: str
    key: str
    value: str
    quote: str = ""

    @property
    def words(self) -> Words:
        """The reason as a sentence for the reader."""
        if self.kind == "rule":
            joined = {
                RULE_WITHOUT_TAGS[0]: RULE_WITHOUT_TAGS[1],
                _FUTURES_RULE[0]: _FUTURES_RULE[2],
            }
            return Words({**RULES, **joined}[self.key])
        sentence = _REASON_WORDS["sentence" if self.kind == "sentence" else self.key]
        return Words(sentence, {"value": self.value, "quote": self.quote})


@dataclass(frozen=True)
class Step:
    """One activity of the programme; `weight` is how much the plan's stages stress its stage."""

    card: str
    stage: str
    minutes: int
    weight: int
    together: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Unserved:
    """A tag (`kind` as in the plan), sentence or rule that no activity serves, and why."""

    kind: str
    value: str
    why: Words


@dataclass(frozen=True)
class Later:
    """A practice place that the plan asks for and that does not exist yet."""

    place: str
    title: Words
    called_by: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """A programme: its activities in order, what nothing serves, what is to come, remarks."""

    steps: tuple[Step, ...]
    unserved: tuple[Unserved, ...] = ()
    later: tuple[Later, ...] = ()
    remarks: tuple[Words, ...] = ()

    @property
    def minutes(self) -> int:
        """The minutes of all activities together."""
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True)
class Account:
    """Which needs of a plan are served, what calls each activity, what nothing serves."""

    needs: frozenset[str]
    reasons: Mapping[str, tuple[Reason, ...]]
    unserved: tuple[Unserved, ...]
    later: tuple[Later, ...]
    remarks: tuple[Words, ...]


@dataclass
class _Hearing:
    """What has been heard so far, while the plan is read."""

    reasons: dict[str, list[Reason]] = field(default_factory=dict)
    unserved: list[Unserved] = field(default_factory=list)
    places: dict[str, list[str]] = field(default_factory=dict)

    def call(self, need: str, reason: Reason) -> None:
        self.reasons.setdefault(need, []).append(reason)


def propose(called: Calls, cards: Sequence[Serves]) -> Proposal:
    """The smallest programme that serves everything `called`, with a reason for each activity.

    The fewest activities are chosen that serve every need which at least one of them serves.
    Among equally few, those win which the plan's stages stress most, then the shorter ones, then
    the earlier in `cards`. They stand in the order of the nine stages and of their relations.

    Args:
        called: tags and answers of the plan. Tags nobody knows are allowed.
        cards: what the activities serve, in the order of the catalogue, keys different.

    Returns:
        A proposal in which every tag of `called` is a reason of a step or is `unserved`.

    >>> card = Serves("watch", "listen", 45, frozenset({"observation"}))
    >>> proposal = propose(Calls(methods=("Observation", "Blockchain")), [card])
    >>> [(step.card, step.reasons[0].value) for step in proposal.steps]
    [('watch', 'Observation')]
    >>> [gap.value for gap in proposal.unserved if gap.kind == "methods"]
    ['Blockchain']
    """
    told = account(called, cards)
    emphasis = vocabulary().emphasis(called.stages)
    chosen = _cover(told.needs, cards, emphasis)
    steps = tuple(
        Step(
            card.key,
            card.stage,
            card.minutes,
            1 + emphasis.get(card.stage, 0),
            card.together,
            told.reasons[card.key],
        )
        for card in _in_order(chosen, cards)
    )
    return Proposal(steps, told.unserved, told.later, told.remarks)


def account(called: Calls, cards: Sequence[Serves]) -> Account:
    """What calls each of `cards`, and what none of them serves; nothing is chosen.

    For a programme that people have changed: it says why each activity stands there, and which
    tags of the plan are left without one.

    >>> card = Serves("watch", "listen", 45, frozenset({"observation"}))
    >>> account(Calls(methods=("Observation",)), [card]).reasons["watch"][0].value
    'Observation'
    """
    words = vocabulary()
    offered = frozenset(need for card in cards for need in card.serves)
    hearing = _hear(called, words, offered)
    reasons = {
        card.key: tuple(
            dict.fromkeys(
                reason
                for kind in _KINDS
                for need, heard in hearing.reasons.items()
                if need in card.serves
                for reason in heard
                if reason.kind == kind
            )
        )
        for card in cards
    }
    later = tuple(
        Later(place, Words(PLACES_TO_COME[place]), tuple(values))
        for place, values in hearing.places.items()
    )
    remarks = () if any(called.tags()) else (Words(RULE_WITHOUT_TAGS[1]),)
    needs = frozenset(hearing.reasons) & offered
    return Account(needs, reasons, tuple(dict.fromkeys(hearing.unserved)), later, remarks)


def _hear(called: Calls, words: Vocabulary, offered: frozenset[str]) -> _Hearing:
    """Every need of the plan with its reasons, and every tag that nothing serves."""
    hearing = _Hearing()
    for kind, value in called.tags():
        heard = words.look_up(kind, value)
        served = [need for need in heard.needs if need in offered]
        for need in served:
            reason_kind = "stage" if kind == "stages" else "tag"
            hearing.call(need, Reason(reason_kind, kind, value, value))
        if not served:
            hearing.unserved.append(Unserved(kind, value, _why(heard)))
        if heard.missing_place:
            hearing.places.setdefault(heard.missing_place, []).append(value)
    for sentence in called.sentences:
        for found in words.read(sentence.text):
            if found.need in offered:
                reason = Reason("sentence", sentence.prompt_id, found.phrase, found.quote)
                hearing.call(found.need, reason)
            else:
                gap = Unserved("sentence", found.quote, Words(_WHY_NO_ACTIVITY))
                hearing.unserved.append(gap)
    rules = [*RULES] if any(called.tags()) else [*RULES, RULE_WITHOUT_TAGS[0]]
    if _FUTURES_RULE[1] <= hearing.reasons.keys():
        rules.append(_FUTURES_RULE[0])
    for need in rules:
        if need in offered:
            hearing.call(need, Reason("rule", need, need))
        else:
            hearing.unserved.append(Unserved("rule", need, Words(_WHY_NO_ACTIVITY)))
    return hearing


def _why(heard: Called) -> Words:
    """Why nothing serves what was heard."""
    if heard.missing_place:
        place = Words(PLACES_TO_COME[heard.missing_place])
        return Words(_WHY_NO_PLACE, {"place": place})
    if heard.outside:
        return Words(_WHY_OUTSIDE[heard.outside])
    return Words(_WHY_NO_ACTIVITY if heard.needs else _WHY_UNKNOWN)


# --- The smallest set ------------------------------------------------------------------------

_Cost = tuple[int, int, int, tuple[int, ...]]


def _cover(
    needs: frozenset[str], cards: Sequence[Serves], emphasis: Mapping[str, int]
) -> list[Serves]:
    """The cheapest cards serving all `needs`: fewest, then stressed, short, early ones.

    Exact branch and bound: the need with the fewest servers is branched on, so needs that only
    one card serves cost nothing; a branch ends when it cannot be shorter than the best so far.
    """

    def cost(chosen: frozenset[int]) -> _Cost:
        stressed = sum(emphasis.get(cards[at].stage, 0) for at in chosen)
        minutes = sum(cards[at].minutes for at in chosen)
        return len(chosen), -stressed, minutes, tuple(sorted(chosen))

    servers = {need: [at for at, card in enumerate(cards) if need in card.serves] for need in needs}
    widest = max((len(card.serves & needs) for card in cards), default=1)
    best: list[tuple[_Cost, frozenset[int]]] = []
    seen: set[frozenset[int]] = set()

    def search(chosen: frozenset[int], open_needs: frozenset[str]) -> None:
        if chosen in seen:
            return
        seen.add(chosen)
        if not open_needs:
            if not best or cost(chosen) < best[0][0]:
                best[:] = [(cost(chosen), chosen)]
            return
        at_least = len(chosen) + -(-len(open_needs) // max(widest, 1))
        if best and at_least > best[0][0][0]:
            return
        need = min(open_needs, key=lambda name: (len(servers[name]), name))
        for at in servers[need]:
            search(chosen | {at}, open_needs - cards[at].serves)

    search(frozenset(), needs)
    return [cards[at] for at in sorted(best[0][1])]


def _in_order(chosen: Iterable[Serves], cards: Sequence[Serves]) -> list[Serves]:
    """The chosen cards by stage and catalogue order, each after those it must follow.

    Relations reach through cards that were not chosen: if b follows a and c follows b, then c
    follows a. A circle of relations is broken at the earliest card rather than refused.
    """
    rank = {
        card.key: (STAGES.index(card.stage) if card.stage in STAGES else len(STAGES), at)
        for at, card in enumerate(cards)
    }
    after = {card.key: card.after for card in cards}

    def before(key: str) -> frozenset[str]:
        reached: set[str] = set()
        ahead = list(after.get(key, ()))
        while ahead:
            other = ahead.pop()
            if other not in reached:
                reached.add(other)
                ahead.extend(after.get(other, ()))
        return frozenset(reached)

    waiting = sorted(chosen, key=lambda card: rank[card.key])
    ordered: list[Serves] = []
    while waiting:
        left = {card.key for card in waiting}
        ready = next((c for c in waiting if not before(c.key) & (left - {c.key})), waiting[0])
        ordered.append(ready)
        waiting.remove(ready)
    return ordered
