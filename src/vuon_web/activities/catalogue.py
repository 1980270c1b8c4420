"""The activities of Vuon: one card a file in `cards/`, in Vietnamese and English, read whole.

A card is content, not code: what people do, in how many minutes, with which paper. How a card
is written stands in `docs/reference/activities.md`. A broken card is refused with its file, its
line and what to do; no other card is then shown, so that a catalogue is never half right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from vuon.challenges.programme import STAGES, Serves
from vuon.errors import N_
from vuon_web.activities.card import Card, CardSource

__all__ = ["CARDS", "Card", "Catalogue", "card", "has", "load", "serves"]

CARDS = Path(__file__).with_name("cards")
_UNIQUE = N_("Give it a key of its own.")
_OTHER_KEY = N_("Write the key of another card, or take it out.")
_TAKE_OUT = N_("Take one of them out of “after” or “before”.")


@dataclass(frozen=True)
class Catalogue:
    """All cards, in the order of the nine stages and of their `order`."""

    cards: tuple[Card, ...]

    def __iter__(self) -> Iterator[Card]:
        return iter(self.cards)

    def __len__(self) -> int:
        return len(self.cards)

    @cached_property
    def _by_key(self) -> Mapping[str, Card]:
        return {card.key: card for card in self.cards}

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def card(self, key: str) -> Card:
        """The card with this key; `KeyError` if there is none."""
        return self._by_key[key]

    def of_stage(self, stage: str) -> tuple[Card, ...]:
        """The cards of one of the nine stages."""
        return tuple(card for card in self.cards if card.stage == stage)

    @cached_property
    def serves(self) -> tuple[Serves, ...]:
        """What `vuon.challenges.programme.propose` needs to know of the cards."""
        return tuple(card.serves_as for card in self.cards)


@lru_cache(maxsize=4)
def load(folder: Path = CARDS) -> Catalogue:
    """The catalogue in `folder`, read and checked.

    Raises:
        VuonError: `toml.*` or `card.*` with file and line, at the first card that is not right.
    """
    sources = [CardSource(path) for path in sorted(folder.glob("*.toml"))]
    after: dict[str, set[str]] = {}
    for source in sources:
        if source.key in after:
            raise source.error("card.key", "key", N_("Another card has the same key."), _UNIQUE)
        after[source.key] = set(source.names("after"))
    for source in sources:
        for key in source.names("after") + source.names("before"):
            if key not in after:
                what = N_("It names an activity that is not there: “{value}”.")
                raise source.error("card.relation", key, what, _OTHER_KEY, value=key)
        for key in source.names("before"):
            after[key].add(source.key)
    _refuse_circles(sources, after)
    cards = [source.card(frozenset(after[source.key])) for source in sources]
    return Catalogue(
        tuple(sorted(cards, key=lambda card: (STAGES.index(card.stage), card.order, card.key)))
    )


def card(key: str) -> Card:
    """The shipped card with this key; `KeyError` if there is none."""
    return load().card(key)


def has(key: str) -> bool:
    """Whether a shipped card has this key."""
    return key in load()


def serves() -> tuple[Serves, ...]:
    """What the shipped cards serve, for `vuon.challenges.programme.propose`."""
    return load().serves


def _refuse_circles(sources: list[CardSource], after: dict[str, set[str]]) -> None:
    """Refuses cards that, by their relations, would each have to come before themselves."""
    left = {key: set(before) for key, before in after.items()}
    while ready := [key for key, before in left.items() if not before & left.keys()]:
        for key in ready:
            del left[key]
    if not left:
        return
    walked = [min(left)]
    while (following := min(left[walked[-1]] & left.keys())) not in walked:
        walked.append(following)
    circle = sorted(walked[walked.index(following) :])
    source = next(source for source in sources if source.key == circle[0])
    what = N_("These activities wait for each other: {value}.")
    raise source.error("card.circle", "after", what, _TAKE_OUT, value=", ".join(circle))
