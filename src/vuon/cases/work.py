"""From the work already done to the values of a paper: frame, findings, sheets, quotes, ideas.

Every figure keeps its source; nobody is named, and few people are never counted out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from vuon.cases.desk_templates import Template, grounds, phrases
from vuon.cases.facts import MONTHS, Fact, Piece, Value, has_figure
from vuon.cases.filling import DOTS
from vuon.cases.slip import written
from vuon.challenges.readiness import Frame
from vuon.evidence.observation import Figure
from vuon.evidence.thread import Level
from vuon.ideas.model import Idea

#: Fewer people of one kind are not counted out: in a small ward they would be recognised.
FEW = 3
_IDEAS, LONGEST_QUOTE = 3, 240


@dataclass(frozen=True)
class Held:
    """A finding with what stands behind it.

    Args:
        ref: its name in the thread.
        residents, officials: people behind it; `seen` are witnesses without a person.
        kinds: how many sources of each kind.
        first, last: the days on which they were collected.
        places: where, coarsely.
    """

    ref: str
    statement: str
    level: Level = Level.SOUND
    residents: int = 0
    officials: int = 0
    seen: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    places: tuple[str, ...] = ()

    @property
    def weight(self) -> tuple[int, int]:
        """What is told first: what holds best, then what most people stand behind."""
        return int(self.level), self.residents + self.officials + self.seen

    @property
    def is_told(self) -> bool:
        """Whether anything stands behind it; an assumption is no figure of a paper."""
        return self.level > Level.ASSUMED and self.residents + self.officials + self.seen > 0


@dataclass(frozen=True)
class Timed:
    """A stopwatch sheet with its figures."""

    ref: str
    title: str
    day: date
    place: str = ""
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Quoted:
    """Words that may leave the team as they were said; `by` is "resident", "official" or
    "document"."""

    ref: str
    text: str
    by: str
    day: date


@dataclass(frozen=True)
class Stuck:
    """A step of the citizen's way at which it stops, with what is pinned there."""

    ref: str
    step: str
    office: str
    why: str
    map_title: str


@dataclass(frozen=True)
class Work:
    """What there is of a task, as far as the asking person may see it."""

    title: str = ""
    agency: str = ""
    frame: Frame = field(default_factory=Frame)
    findings: tuple[Held, ...] = ()
    sheets: tuple[Timed, ...] = ()
    quotes: tuple[Quoted, ...] = ()
    ideas: tuple[Idea, ...] = ()
    stuck: tuple[Stuck, ...] = ()


@dataclass(frozen=True)
class Told:
    """The values of a paper.

    Args:
        values: by field.
        rests: by field, the references of the evidence that it rests on.
        refs: by the text of a fact, the reference that it leads to; ask `ref_of`.
    """

    values: Mapping[str, Value]
    rests: Mapping[str, tuple[str, ...]]
    refs: Mapping[str, str]

    def ref_of(self, text: str) -> str:
        """What a printed text rests on; empty where it is nothing of the thread."""
        return self.refs.get(_key(text), "")


def told(work: Work, template: Template, day: date) -> Told:
    """What the work says for the fields of `template`, in its language.

    >>> from vuon.cases.desk import template as form
    >>> paper = form("one-page", "", date(2026, 11, 26))
    >>> told(Work(frame=Frame(sentence="Chờ lâu.")), paper, date(2026, 11, 26)).values["problem"]
    'Chờ lâu.'
    """
    telling = _Telling(work, template, day)
    values = {**telling.of_the_frame(), **telling.of_the_ideas()}
    figures = telling.figures()
    if figures:
        values["figures"] = figures
    suggested = grounds(template.route, day) if template.language == "vi" else ()
    if suggested:
        values["grounds"] = suggested
    kept = {name: each for name, each in values.items() if name in template.fields and each}
    rests = {"figures": tuple(telling.rests)} if "figures" in kept else {}
    return Told(kept, rests, telling.refs)


def facts(value: Value) -> dict[str, Fact]:
    """The facts in a value, by their text."""
    if isinstance(value, Fact):
        return {value.text: value}
    if isinstance(value, str):
        return {}
    return {text: fact for each in value for text, fact in facts(each).items()}


def plain(value: Value) -> str:
    """A value as a person would type it: a line a line, cells between `|`, without sources."""
    if isinstance(value, str):
        return value
    if isinstance(value, Fact):
        return value.text
    return "\n".join(_line(each) for each in value)


def _line(line: object) -> str:
    if isinstance(line, Fact):
        return line.text
    if isinstance(line, tuple):
        nested = any(isinstance(each, tuple) for each in line)
        return (" | " if nested else " ").join(_line(each) for each in line)
    return str(line)


class _Telling:
    """Tells the work in the words of one paper."""

    def __init__(self, work: Work, template: Template, day: date) -> None:
        self.work, self.template, self.day = work, template, day
        self.language, self.route = template.language, template.route
        self.words = phrases()[template.language]
        self.refs: dict[str, str] = {}
        self.rests: dict[str, None] = {}

    def say(self, key: str, **fields: object) -> str:
        """A phrase with its fields."""
        return self.words[key].format(**fields)

    def of_the_frame(self) -> dict[str, Value]:
        """What was said in ten minutes."""
        frame = self.work.frame
        found: dict[str, Value] = {
            "subject": _inner(self.work.title),
            "agency": self.work.agency,
            "problem": frame.sentence,
            "who": "; ".join(_ended(line) for line in frame.who.splitlines() if line.strip()),
            "partners": ", ".join(frame.partners),
            "question": frame.question,
            "risks": tuple(self.say("assumption", text=each) for each in frame.assumptions),
        }
        if frame.question:
            found["request"] = self.say("request_question", question=_ended(_inner(frame.question)))
        return found

    def of_the_ideas(self) -> dict[str, Value]:
        """What is proposed: the first idea; all of them are the options."""
        if not self.work.ideas:
            return {}
        idea = self.work.ideas[0]
        name = _ended(idea.name.say(self.language))
        rules = [each.rule for each in idea.changes if each.rule]
        asides = [text for rule in rules if (text := rule.side_effects.say(self.language))]
        days = [rule.review for rule in rules if rule.review]
        assumed = self.of_the_frame()["risks"]
        assert isinstance(assumed, tuple)
        found: dict[str, Value] = {
            "subject": self.say(f"do_{self.route}", name=name),
            "proposal": self._proposal(idea),
            "rules": "; ".join(text for r in rules if (text := r.article.say(self.language))),
            "options": tuple(self._options()),
            "owner": idea.owner.say(self.language),
            "request": self.say(f"request_{self.route}", name=name),
            "review_date": written(min(days), self.language) if days else "",
            "risks": (*assumed, *(self.say("side_effects", text=_ended(each)) for each in asides)),
        }
        return {key: each for key, each in found.items() if each} | self._means(idea)

    def _proposal(self, idea: Idea) -> Value:
        said = [idea.text.say(self.language) or idea.name.say(self.language)]
        said += [text for each in idea.changes if (text := each.text.say(self.language))]
        lines = list(dict.fromkeys(line.strip() for line in said))
        if not any(has_figure(line) for line in lines):
            return "\n".join(lines)
        return (tuple(self._estimate(idea, f"{_ended(line)}.") for line in lines),)

    def _estimate(self, idea: Idea, text: str) -> Piece:
        """A figure of an idea is what the team thinks, measured by nobody."""
        if not has_figure(text):
            return text
        return Fact(text, self.say("idea", name=idea.name.say(self.language)), "assumed")

    def _means(self, idea: Idea) -> dict[str, Value]:
        costs = self._costs(idea)
        found: dict[str, Value] = {}
        for key, name in (("million", "money"), ("hours", "people"), ("days", "schedule")):
            if key in costs:
                found[name] = costs[key]
        ready = f"money_{self.work.frame.ready.get('money', '')}"
        if "money" in found and ready in self.words:
            found["money"] = ((costs["million"], f"; {self.words[ready]}"),)
        return found

    def _costs(self, idea: Idea) -> dict[str, Fact]:
        """What is known of the cost, each with its source."""
        cost = idea.cost
        known = {"million": cost.million_dong, "days": cost.days, "hours": cost.hours_a_week}
        source = self.say("idea", name=idea.name.say(self.language))
        return {
            key: Fact(self.say(key, n=self._number(n)), source, "assumed")
            for key, n in known.items()
            if n
        }

    def _options(self) -> Iterator[tuple[Piece | tuple[Piece, ...], ...]]:
        yield tuple((self.words[key],) for key in ("keep", "keep_for", "keep_cost"))
        for idea in self.work.ideas[:_IDEAS]:
            rule = self.words["bends" if idea.bends_rule else "within"]
            costs = self._costs(idea).values()
            cost: Piece = DOTS
            if costs:
                # One figure and one footnote for what stands on one card.
                first = next(iter(costs))
                cost = Fact(", ".join(each.text for each in costs), first.source, first.light)
            # What speaks for it and against it nobody has written down: that is left open.
            yield ((_ended(idea.name.say(self.language)),), (f"{rule}; {DOTS}",), (cost,))

    def figures(self) -> tuple[tuple[Piece, ...], ...]:
        """Figures and findings, each with its footnote; then words that may be quoted.

        A paper of one page has room for half as many as one of two.
        """
        found: list[Piece] = []
        for sheet in self.work.sheets:
            found += self._timed(sheet)
        found = found[: self.template.pages]
        best = sorted((each for each in self.work.findings if each.is_told),
                      key=lambda each: each.weight, reverse=True)  # fmt: skip
        found += [self._held(each) for each in best[: 2 * self.template.pages]]
        found += [self._stuck(each) for each in self.work.stuck[: self.template.pages]]
        short = [each for each in self.work.quotes if len(each.text) <= LONGEST_QUOTE]
        found += [self._quoted(each) for each in short[: self.template.pages]]
        return tuple((each,) for each in found)

    def _fact(self, text: str, source: str, ref: str, light: str, *, figure: bool = True) -> Fact:
        self.refs[_key(text)] = ref
        self.rests[ref] = None
        return Fact(text, source, light, figure)

    def _timed(self, sheet: Timed) -> Iterator[Fact]:
        for each in sheet.figures:
            if each.group or each.median is None or each.p90 is None:
                continue
            beside = "".join(
                self.say(key, n=n)
                for key, n in (("gave_up", each.gave_up), ("censored", each.censored))
                if n
            )
            text = self.say(
                each.quantity,
                median=self._number(each.median),
                p90=self._number(each.p90),
                n=each.n,
                beside=beside,
            )
            where = f"{sheet.place}, " if sheet.place else ""
            day = written(sheet.day, self.language)
            source = self.say("sheet", title=sheet.title, where=where, day=day, n=each.n)
            yield self._fact(text, source, sheet.ref, "measured")

    def _held(self, each: Held) -> Fact:
        people = each.residents + each.officials
        parts = [self.say(kind, n=n) for kind, n in each.kinds.items() if n and kind in self.words]
        if each.first and each.last:
            first, last = (written(day, self.language) for day in (each.first, each.last))
            parts.append(self.say("on" if first == last else "between", first=first, last=last))
        if each.places:
            parts.append(self.say("at", where=", ".join(each.places[:2])))
        parts.append(self._by(each))
        if each.level is not Level.SOUND:
            parts.append(self.words[f"level_{each.level.name.lower()}"])
        text = f"{_ended(each.statement)} ({self._by(each)})"
        return self._fact(text, ", ".join(parts), each.ref, "said" if people else "measured")

    def _stuck(self, each: Stuck) -> Fact:
        office = self.say("of_office", office=each.office) if each.office else ""
        text = self.say("stuck", step=_ended(each.step), office=office, why=_ended(each.why))
        text = " ".join(text.split()).replace(" :", ":")
        source = self.say("mapped", title=each.map_title)
        return self._fact(text, source, each.ref, "said", figure=False)

    def _by(self, each: Held) -> str:
        residents, officials = each.residents, each.officials
        if not residents + officials:
            return self.words["seen"]
        if residents + officials < FEW:
            return self.words["few"]
        if residents >= FEW and officials >= FEW:
            return self.say("both", residents=residents, officials=officials)
        if not officials:
            return self.say("residents", n=residents)
        if not residents:
            return self.say("officials", n=officials)
        return self.say("people", n=residents + officials)

    def _quoted(self, each: Quoted) -> Fact:
        month = self.say(
            "month", month=each.day.month, year=each.day.year, name=MONTHS[each.day.month - 1]
        )
        key = "quote_published" if each.by == "document" else "quote_source"
        text = self.say(f"quote_{each.by}", text=" ".join(each.text.split()))
        return self._fact(text, self.say(key, month=month), each.ref, "said", figure=False)

    def _number(self, number: float) -> str:
        said = f"{round(number, 1):g}" if number < 1_000_000 else f"{number:.0f}"
        return said.replace(".", self.words["decimal"])


def _key(text: str) -> str:
    """A text as it is known again on the paper, where its ends may differ."""
    return _ended(text).casefold()


def _ended(text: str) -> str:
    """A text without the full stop at its end, for the middle of a sentence."""
    return text.strip().rstrip(" .;,:")


def _inner(text: str) -> str:
    """A text as it stands within a sentence: no stop, no capital unless it is a name of letters.

    >>> _inner("Người dân chờ lâu."), _inner("UBND phường")
    ('người dân chờ lâu', 'UBND phường')
    """
    text = _ended(text)
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
