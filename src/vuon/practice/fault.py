"""Something that keeps a place from teaching."""

from __future__ import annotations

from dataclasses import dataclass

from vuon.errors import Where, Words


@dataclass(frozen=True)
class Fault:
    """Something that keeps a place from teaching."""

    code: str
    words: Words
    where: Where

    def say(self, language: str) -> str:
        """Where and what."""
        place = self.where.say()
        return f"{place}: {self.words.say(language)}" if place else self.words.say(language)
