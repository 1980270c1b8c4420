"""A review in lines for people, and as plain values for machines."""

from __future__ import annotations

from typing import Any

from vuon.errors import N_, Words
from vuon.trials.figures import Chance
from vuon.trials.review import BEFORE, DIFFERENT, NOTHING, Review, best_p

_COMPARISONS = {
    DIFFERENT: N_("another group"),
    BEFORE: N_("the same people before"),
    NOTHING: N_("nothing"),
}
STRENGTHS = {
    "test": N_("test"),
    "comparison": N_("comparison"),
    "before_after": N_("before and after"),
    "story": N_("story"),
    "no_result": N_("no result"),
}


def lines(found: Review) -> list[tuple[str, Words]]:
    """What to print of a review: a mark and a sentence each."""
    compared = Words(_COMPARISONS.get(found.comparison, N_("not told")))
    told = [
        ("", Words(N_("“{title}”: {strength}"),
                   {"title": found.title, "strength": Words(STRENGTHS[found.strength])})),
        ("· ", Words(N_("Compared with: {what}"), {"what": compared})),
    ]  # fmt: skip
    if found.by_lot is not None:
        told.append(("· ", Words(N_("By lot: yes") if found.by_lot else N_("By lot: no"))))
    if found.units:
        told.append(("· ", Words(N_("Units: {low} to {high}"), dict(zip(
            ("low", "high"), found.units, strict=True)))))  # fmt: skip
    told += [("· ", words) for words in _limits(found)]
    if found.counted:
        count, noun = found.counted
        named = {"count": count, "noun": noun, "p": Chance.of(best_p(count))}
        told.append(
            ("· ", Words(N_("It names {count} {noun}: drawn whole, p is {p} at best."), named))
        )
    told.append(("→ ", found.rests_on))
    if found.can_confirm:
        told.append(("✓ ", Words(N_("A lot and another group: such a trial can confirm."))))
    told += [("! ", words) for words in found.contradictions]
    if found.missing:
        told.append(("✗ ", Words(N_("Missing: {what}"), {"what": listed(found.missing)})))
    told += [("+ ", words) for words in found.would_help]
    return told


def _limits(found: Review) -> list[Words]:
    if not found.smallest_p or not found.detectable:
        return []
    best, worst = (Chance.of(p) for p in found.smallest_p)
    told = [Words(N_("If all had been drawn, p is at best {best}, with the fewest {worst}."),
                  {"best": best, "worst": worst})]  # fmt: skip
    small, large = found.detectable
    if small is None:
        told.append(Words(N_("So few can find no effect in four of five trials.")))
    elif large is None:
        told.append(Words(N_("Found in four of five trials: at best {small} standard deviations."),
                          {"small": f"{small:g}"}))  # fmt: skip
    else:
        told.append(
            Words(N_("Found in four of five trials: {small} to {large} standard deviations."),
                  {"small": f"{small:g}", "large": f"{large:g}"})
        )  # fmt: skip
    return told


def listed(words: tuple[Words, ...]) -> Words:
    """Several parts of a sentence, one after the other."""
    if len(words) == 1:
        return words[0]
    return Words("{first}, {rest}", {"first": words[0], "rest": listed(words[1:])})


def plain(found: Review, language: str) -> dict[str, Any]:
    """A review as plain values, sentences in one language."""
    return {
        "title": found.title,
        "comparison": found.comparison,
        "by_lot": found.by_lot,
        "units": list(found.units) if found.units else None,
        "smallest_p": [float(p) for p in found.smallest_p] if found.smallest_p else None,
        "detectable": list(found.detectable) if found.detectable else None,
        "groups": found.groups,
        "counted": list(found.counted) if found.counted else None,
        "strength": found.strength,
        "can_confirm": found.can_confirm,
        "rests_on": found.rests_on.say(language),
        "missing": [each.say(language) for each in found.missing],
        "would_help": [each.say(language) for each in found.would_help],
        "contradictions": [each.say(language) for each in found.contradictions],
    }
