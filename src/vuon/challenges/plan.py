"""Plans: a view that knows what a plan is, new documents of a form, and pairs of plans."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vuon.challenges.clean import escape, writable
from vuon.challenges.document import MADE_WITH, Answer, Document
from vuon.challenges.edit import add_group, set_answer, set_tags
from vuon.challenges.forms import Form, forms
from vuon.challenges.markdown import read
from vuon.challenges.spacing import document_lines
from vuon.challenges.values import SDGS, sdg_number


@dataclass(frozen=True)
class Sdg:
    """A sustainable development goal as a tag names it; `number` is None if none is known."""

    number: int | None
    name: str


@dataclass(frozen=True)
class Partner:
    """A partner as answered: raw answers, nothing split. `key` is the key of its name's answer.

    `sector` and `is_new` are "" where the answer was lost at the source or never given: unknown,
    which is not "No".
    """

    key: str
    name: str
    description: str
    sector: str = ""
    is_new: str = ""


@dataclass(frozen=True)
class LearningQuestion:
    """A learning question with its stages ("Sense", "Explore", "Test", "Grow") and answers."""

    key: str
    text: str
    stages: tuple[str, ...]
    methods: str
    gaps: str


@dataclass(frozen=True)
class Plan:
    """What an action learning plan says, as a person reads it; "" where nothing is answered."""

    title: str
    challenge: str
    background: str
    quantitative_evidence: tuple[Answer, ...]
    qualitative_evidence: tuple[Answer, ...]
    value: str
    summary: str
    partners: tuple[Partner, ...]
    questions: tuple[LearningQuestion, ...]
    leads_to_grow: str
    methods: tuple[str, ...]
    datasources: tuple[str, ...]
    sdgs: tuple[Sdg, ...]
    thematic_areas: tuple[str, ...]
    country: str
    countries: tuple[str, ...]
    year: int | None

    @classmethod
    def from_document(cls, document: Document) -> Plan:
        """The plan in a document of any kind; what the document does not ask stays empty."""
        countries = document.tag_values("country")
        years = [int(year) for year in document.tag_values("year") if re.fullmatch(r"\d{4}", year)]
        return cls(
            title=document.title,
            challenge=_text(document, "challenge"),
            background=_text(document, "background"),
            quantitative_evidence=_given(document, "quantitative_evidence"),
            qualitative_evidence=_given(document, "qualitative_evidence"),
            value=_text(document, "value"),
            summary=_text(document, "summary"),
            partners=partners_of(document),
            questions=questions_of(document),
            leads_to_grow=_text(document, "leads_to_grow"),
            methods=document.tag_values("methods"),
            datasources=document.tag_values("datasources"),
            sdgs=tuple(_sdg(value) for value in document.tag_values("sdgs")),
            thematic_areas=document.tag_values("thematic_areas"),
            country=countries[0] if countries else "",
            countries=countries,
            year=years[0] if years else None,
        )


def _text(document: Document, prompt_id: str) -> str:
    return "\n\n".join(answer.text for answer in document.answers(prompt_id) if answer.text)


def _given(document: Document, prompt_id: str) -> tuple[Answer, ...]:
    return tuple(answer for answer in document.answers(prompt_id) if answer.is_given)


def _sdg(value: str) -> Sdg:
    number = sdg_number(value)
    return Sdg(number, SDGS[number] if number else value)


def _said(answer: Answer | None) -> str:
    if answer is None:
        return ""
    return ", ".join(answer.choices) or answer.text


def partners_of(document: Document) -> tuple[Partner, ...]:
    """The partners in the order of the document, each as its group answers; empty ones left out."""
    groups: dict[int, dict[str, Answer]] = {}
    wanted = ("partner_name", "partner_sector", "partner_description", "partner_new")
    for answer in document.every_answer:
        if answer.prompt_id in wanted and answer.group is not None:
            groups.setdefault(answer.group, {}).setdefault(answer.prompt_id, answer)
    found = []
    for fields in groups.values():
        name = fields.get("partner_name")
        description = fields.get("partner_description")
        if not (_said(name) or _said(description)):
            continue
        found.append(
            Partner(
                key=name.key if name else "",
                name=_said(name),
                description=_said(description),
                sector=_said(fields.get("partner_sector")),
                is_new=_said(fields.get("partner_new")),
            )
        )
    return tuple(found)


def questions_of(document: Document) -> tuple[LearningQuestion, ...]:
    """The learning questions in the order of the document; empty ones left out."""
    found: list[dict[str, Answer]] = []
    for answer in document.every_answer:
        if answer.prompt_id == "learning_question":
            found.append({"learning_question": answer})
        elif answer.prompt_id in ("stages", "usage_of_methods", "data_gaps"):
            if not found or answer.prompt_id in found[-1]:
                found.append({})
            found[-1][answer.prompt_id] = answer
    questions = []
    for fields in found:
        if not any(answer.is_given for answer in fields.values()):
            continue
        question, stages = fields.get("learning_question"), fields.get("stages")
        questions.append(
            LearningQuestion(
                key=question.key if question else "",
                text=_said(question),
                stages=(stages.choices or tuple(stages.text.split())) if stages else (),
                methods=_said(fields.get("usage_of_methods")),
                gaps=_said(fields.get("data_gaps")),
            )
        )
    return tuple(questions)


def form_for(kind: str) -> Form:
    """The form that new documents of a kind take, or the form with this id.

    Raises:
        ValueError: no form of this kind is known.
    """
    known = forms()
    if kind in known:
        return known[kind]
    for form in known.values():
        if form.kind == kind:
            return form
    raise ValueError(f"no form of kind {kind!r}")


def new(form: str, title: str, language: str, *, year: int | None = None) -> Document:
    """An empty document of a form with every prompt, in the exporter's spacing (R6).

    Args:
        form: "opening", "closing" or "experiment" (or the id of a form).
        title: its title; it also answers the prompt for the name.
        language: the language that answers will be in; other than "en" it is written as a tag, so
            that nobody takes a translation for the original. Prompts stay in the form's English,
            by which any reader of the Commons knows them; screens show labels.
        year: the year tag, if known.

    Raises:
        ValueError: no such form.

    >>> document = new("opening", "Giảm thời gian chờ", "vi", year=2026)
    >>> document.kind, document.tag_values("language"), len(document.sections)
    ('opening', ('vi',), 6)
    """
    chosen = form_for(form)
    name = " ".join(writable(title).split()) or "-"
    head = f"# {escape(name)}\n"
    if year is not None:
        head += f"\n[[year:{year}]]\n"
    head += f"\n[[type:{chosen.type}]]\n\n"
    if language and language != "en":
        head += f"[[language:{language}]]\n"
    head += f"[[{MADE_WITH}:vuon]]\n"
    document = read(document_lines(chosen, head).encode("utf-8"), "document.md")
    for key in ("name#1", "experiment_name#1"):
        if any(answer.key == key for answer in document.every_answer):
            document = set_answer(document, key, name)
    return document


CLOSING_TITLE = "Closing form: {title}"


def closing_from(opening: Document, language: str, *, year: int | None = None) -> Document:
    """The closing form of a plan: title, country, methods, data sources and partners carried over.

    Everything else is empty: what was learned must be written, not copied.

    Args:
        opening: the opening form of the plan.
        language: as for `new`.
        year: as for `new`.
    """
    title = CLOSING_TITLE.format(title=opening.title)
    closing = new("closing", title, language, year=year)
    for key in ("methods", "datasources", "country", "latlng"):
        values = [tag.value for tag in opening.tags if tag.key == key]
        closing = set_tags(closing, key, values)
    partners = partners_of(opening)
    for number, partner in enumerate(partners, start=1):
        if number > 1:
            closing = add_group(closing, "partners")
        closing = set_answer(closing, f"partner_name#{number}", partner.name)
        if partner.sector:
            closing = set_answer(closing, f"partner_sector#{number}", choices=[partner.sector])
        closing = set_answer(closing, f"partner_description#{number}", partner.description)
    return closing


@dataclass(frozen=True)
class Pair:
    """An opening and a closing form that may be one plan; a person confirms.

    `likeness` is the share of words of the titles that agree, 0.8 to 1.
    """

    opening: Document
    closing: Document
    likeness: float


_CLOSING_WORDS = re.compile(
    r"\bclosing\s+forms?\b(?:\s+20\d\d)?|^\s*closing(?:\s+of)?\b[\s:–—-]*|\(\s*closing\s*\)"
    r"|\bclosing\s*$|\bmẫu kết thúc\b",
    re.IGNORECASE,
)
LIKE_ENOUGH = 0.8


def bare_title(title: str) -> frozenset[str]:
    """The words of a title without those that only say "closing form".

    >>> sorted(bare_title("Closing form: Safer roads"))
    ['roads', 'safer']
    """
    words = re.findall(r"\w+", _CLOSING_WORDS.sub(" ", title).casefold())
    return frozenset(words)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Twice the shared words over all words (Dice), 0 to 1."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0


def propose_pairs(documents: Iterable[Document]) -> tuple[Pair, ...]:
    """Openings and closings whose titles and countries agree, the likest first.

    Closing forms carry no thematic tags, so the title is the main key; a country that both name
    must agree. An opening or a closing can stand in more than one proposal.

    Args:
        documents: any documents; only openings and closings are paired.
    """
    every = tuple(documents)
    openings = [
        (document, bare_title(document.title), set(document.tag_values("country")))
        for document in every
        if document.kind == "opening"
    ]
    pairs = []
    for closing in every:
        if closing.kind != "closing":
            continue
        words, countries = bare_title(closing.title), set(closing.tag_values("country"))
        for opening, other, at in openings:
            like = likeness(words, other)
            if like >= LIKE_ENOUGH and (not countries or not at or countries & at):
                pairs.append(Pair(opening, closing, round(like, 3)))
    return tuple(sorted(pairs, key=lambda pair: -pair.likeness))
