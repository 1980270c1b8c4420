"""Answers of an exported trial, line by line: one language, and the other one beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vuon.errors import N_, Words
from vuon.toml.table import Text
from vuon.trials.figures import Written


@dataclass(frozen=True)
class Line:
    """One line of an answer.

    Args:
        words: what it says.
        written: the texts in it that people wrote.
    """

    words: Words
    written: tuple[Text, ...] = ()

    @property
    def is_both(self) -> bool:
        """Whether people wrote all of it in both languages."""
        return all(text.vi and text.en for text in self.written)


Lines = list[Line]


def line(sentence: str, /, *texts: Text, **fields: object) -> Line:
    """A line of our own words, with fields; texts that people wrote are the fields text, text2 …

    >>> line("If {text}, then {text2}.", Text("a", "b"), Text("c", "d")).words.say("en")
    'If b, then d.'
    """
    named = {f"text{at if at > 1 else ''}": Written.of(text) for at, text in enumerate(texts, 1)}
    return Line(Words(sentence, {**named, **fields}), texts)


def labelled(label: Words, text: Text) -> Lines:
    """What people wrote under a label; nothing where they wrote nothing."""
    if not text:
        return []
    words = Words(N_("{label}: {text}"), {"label": label, "text": Written.of(text)})
    return [Line(words, (text,))]


def written(text: Text) -> Lines:
    """What people wrote, by itself; nothing where they wrote nothing."""
    return [Line(Written.of(text), (text,))] if text else []


def said(lines: Iterable[Line], language: str) -> str:
    """The lines in `language`, and below them in the other one.

    In Vietnamese the English stands below wherever people wrote it, and with our own sentences. In
    English the Vietnamese stands below where people wrote both: theirs is the original.

    >>> print(said(written(Text("chờ lâu", "long waits")), "en"))
    long waits
    <BLANKLINE>
    chờ lâu
    """
    known = list(lines)
    other = "en" if language == "vi" else "vi"
    beside = [each for each in known if each.is_both and (each.written or language == "vi")]
    blocks = [
        "\n".join(_said(each.words, spoken) for each in part)
        for part, spoken in ((known, language), (beside, other))
        if part
    ]
    return "\n\n".join(dict.fromkeys(blocks))


def _said(words: Words, language: str) -> str:
    """A sentence of ours begins with a capital; what people wrote stays as they wrote it."""
    text = words.say(language)
    return text if isinstance(words, Written) else text[:1].upper() + text[1:]
