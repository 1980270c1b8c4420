"""What the pages of the desk show, put together from queries; nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vuon.cases import desk, work
from vuon.cases.desk import Template
from vuon.cases.facts import Fact, Value
from vuon.cases.own import Typed
from vuon.challenges.forms import prompt_of
from vuon.errors import VuonError
from vuon_web.accounts.requests import Request
from vuon_web.accounts.visibility import Audience
from vuon_web.cases import filling, preview, queries
from vuon_web.cases.filling import Made
from vuon_web.cases.forms import PaperForm, initial
from vuon_web.challenges import queries as challenges
from vuon_web.challenges import workplaces
from vuon_web.ideas.queries import ideas_of

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge

RULES = ("frame_rule", "frame_uncovered")
IDEAS_STAGE = 6


def around(challenge: Challenge, audience: Audience) -> dict[str, Any]:
    """What every page of the desk has."""
    corpus = filling.material(audience, challenge)
    return {
        "challenge": challenge,
        "lab": challenge.lab,
        "sees": challenge.tier_words,
        "can_edit": queries.can_edit(challenge, audience),
        "apart": challenge.corpus_id is not None and corpus is None,
    }


def letter(challenge: Challenge, language: str) -> str:
    """The legal route of the task, "" while it is not settled."""
    return filling.frame(challenge, language).route.letter


def template_for(challenge: Challenge, key: str, language: str) -> Template:
    """The template on the task's route.

    Raises:
        Http404: there is none of that name.
        VuonError: `desk.route` if it does not fit the route.
    """
    try:
        return desk.template(key, letter(challenge, language), timezone.localdate())
    except VuonError as error:
        if error.code == "desk.unknown":
            raise Http404 from None
        raise


def shelf(request: Request, challenge: Challenge, language: str) -> dict[str, Any]:
    """The papers that fit the route, those that do not yet, and what is missing in the work."""
    route = letter(challenge, language)
    page = around(challenge, request.audience) | {"route": route}
    page["missing"] = missing(request, challenge, language)
    try:
        fit = desk.templates(route, "", timezone.localdate())
    except VuonError as error:
        return page | {"refused": error.say(language), "rows": []}
    # The work is collected once for each language, not for each paper.
    work = {
        tongue: filling.collected(challenge, request.audience, tongue)
        for tongue in {each.language for each in fit}
    }
    page["rows"] = [
        _row(challenge, filling.make(challenge, each, *work[each.language]), language)
        for each in fit
    ]
    if not route:
        later = {each.key: each for each in desk.templates("A", "", timezone.localdate())}
        page["later"] = [
            {"key": key, "title": each.title.say(language)}
            for key, each in later.items()
            if key not in {one.key for one in fit}
        ]
        page["questions"] = unanswered(challenge, language)
    return page


def _row(challenge: Challenge, made: Made, language: str) -> dict[str, Any]:
    return {
        "title": made.template.title.say(language),
        "hint": made.template.hint.say(language),
        "url": reverse("cases:paper", args=[challenge.pk, made.template.key]),
        "word": reverse("cases:download", args=[challenge.pk, made.template.key]),
        **_counts(made),
    }


def _counts(made: Made) -> dict[str, Any]:
    return {
        "count": made.count,
        "all": len(made.template.fields),
        "empty": len(made.filled.missing),
        "unsourced": len(made.filled.unsourced),
        "pages": made.filled.pages,
        "most": made.template.pages,
        "long": made.filled.pages > made.template.pages,
    }


def unanswered(challenge: Challenge, language: str) -> list[str]:
    """The questions about rules that nobody has answered."""
    found = filling.document(challenge, language)
    asked = []
    for key in RULES:
        known = prompt_of("opening", key)
        said = found.answers(key) if found else ()
        if known and not any(each.choices for each in said):
            asked.append(known.label(language))
    return asked


def frame_address(challenge: Challenge, language: str) -> str:
    """Where the frame is filled in; empty if the task has none."""
    plan = challenges.plan_of(challenge, "opening", language)
    return reverse("challenges:frame", args=[plan.pk]) if plan else ""


def missing(request: Request, challenge: Challenge, language: str) -> list[dict[str, str]]:
    """What the work does not say yet, each with where it is done."""
    found, _addresses = filling.collected(challenge, request.audience, language)
    frame = frame_address(challenge, language)
    corpus = filling.material(request.audience, challenge)
    rows: list[dict[str, str]] = []

    def lacks(words: str, url: str) -> None:
        rows.append({"words": words, "url": url})

    if not found.frame.sentence:
        lacks(_("There is no sentence that says what goes wrong."), frame)
    if not found.frame.who:
        lacks(_("Nobody has said who suffers from it."), frame)
    if not found.frame.route.letter:
        lacks(_("The two questions about rules are not answered."), frame)
    if corpus is not None:
        if not any(each.is_told for each in found.findings):
            lacks(
                _("No finding has a voice behind it yet."),
                reverse("evidence:corpus", args=[corpus.pk]),
            )
        if not any(each.figures for each in found.sheets):
            lacks(
                _("Nothing has been counted yet; two hours with a stopwatch give a figure."),
                reverse("evidence:sheet", args=[corpus.pk]),
            )
    if not found.ideas:
        lacks(_("There is no idea yet that says what would change."), _ideas(request, challenge))
    return rows


def _ideas(request: Request, challenge: Challenge) -> str:
    places = workplaces.of(request, challenge)
    return next((each.url for each in places if each.stage == IDEAS_STAGE), "")


def paper(
    made: Made, challenge: Challenge, request: Request, language: str, form: PaperForm | None = None
) -> dict[str, Any]:
    """A paper: its preview, its slip, and the fields that can be written in."""
    kept = queries.paper(challenge, made.template.key)
    page = around(challenge, request.audience)
    form = form or form_of(made, challenge, request.GET, language)
    back, again = queries.steps(kept)
    return {
        **page,
        **_counts(made),
        "key": made.template.key,
        "title": made.template.title.say(language),
        "take": "take" in request.GET,
        "other": made.template.language != language,
        "asking": [
            {"key": key, "label": desk.fields()[key].label.say(language), "here": key in form.keys}
            for key in made.filled.asking
        ],
        "paper": made.filled.paper,
        "sheet": preview.sheet(made),
        "slip": preview.slip(made.filled.paper.slip),
        "form": form,
        "rows": _rows(made, form, language),
        "rest": _rest(made, form, language),
        "back": back and page["can_edit"],
        "again": again and page["can_edit"],
        "word": reverse("cases:download", args=[challenge.pk, made.template.key]),
        "bends": _bends(challenge, made.template.route),
    }


def _bends(challenge: Challenge, route: str) -> bool:
    """Whether the first idea changes a rule although the frame says that none is touched."""
    ideas = ideas_of(challenge)
    return route == "A" and bool(ideas) and (ideas[0].bends_rule or ideas[0].route in ("B", "C"))


def form_of(
    made: Made, challenge: Challenge, asked: QueryDict, language: str, sent: QueryDict | None = None
) -> PaperForm:
    """The fields that are empty, those that somebody typed, and those asked for by `own`."""
    empty = {each.field for each in made.filled.missing}
    wanted = empty | set(made.typed) | set(made.shared) | set(asked.getlist("own"))
    keys = [key for key in made.template.fields if key in wanted]
    if sent is not None:
        keys = [key for key in made.template.fields if f"text-{key}" in sent]
    first = {**_said(made), **made.shared, **made.typed}
    start = initial({key: first[key] for key in keys if key in first}, base(challenge, made))
    return PaperForm(sent, template=made.template, keys=keys, language=language, initial=start)


def _said(made: Made) -> dict[str, Typed]:
    """What the work says, as somebody would type it."""
    return {key: Typed(work.plain(value)) for key, value in made.told.values.items()}


def base(challenge: Challenge, made: Made) -> int:
    """The number of the version on the page."""
    return queries.number(queries.paper(challenge, made.template.key))


def sent(form: PaperForm, made: Made) -> dict[str, Typed]:
    """What was sent, without what only says again what the work or another paper says."""
    known = {**_said(made), **made.shared}
    found = {}
    for key, each in form.sent().items():
        if key not in made.typed and key in known and _same(each, known[key]):
            continue
        found[key] = each
    return found


def _same(one: Typed, other: Typed) -> bool:
    return one.text.replace("\r\n", "\n").strip() == other.text.strip() and (
        not one.source or one.source == other.source
    )


def _rows(made: Made, form: PaperForm, language: str) -> list[dict[str, Any]]:
    """The fields of the form, names first, each with what must be asked about it."""
    fields = desk.fields()
    rows = []
    for key in sorted(form.keys, key=lambda each: not fields[each].names):
        text = form[f"text-{key}"].value() or ""
        source = form[f"source-{key}"].value() if f"source-{key}" in form.fields else ""
        rows.append(
            {
                "key": key,
                "names": fields[key].names,
                "text": form[f"text-{key}"],
                "source": form[f"source-{key}"] if not fields[key].names else None,
                "light": form[f"light-{key}"] if not fields[key].names else None,
                # What the work filled in has its sources; they are lost when it is rewritten.
                "asks": not (fields[key].names or fields[key].decides)
                and (form.is_bound or key in made.typed or key in made.shared)
                and Typed(text, source or "").lacks_source,
                "open": bool(source),
                "mine": key in made.typed,
                "shared": key in made.shared and key not in made.typed,
                "work": key in made.told.values,
                "sourced": key in made.told.values and _sourced(made.told.values[key]),
            }
        )
    return rows


def _sourced(value: Value) -> bool:
    """Whether something in it names its source."""
    if isinstance(value, tuple):
        return any(_sourced(each) for each in value)
    return isinstance(value, Fact) and bool(value.source)


def _rest(made: Made, form: PaperForm, language: str) -> list[dict[str, str]]:
    """The fields that the work fills, which can be written differently."""
    return [
        {"key": key, "label": desk.fields()[key].label.say(language)}
        for key in made.template.fields
        if key not in form.keys
    ]


def conflict(
    form: PaperForm, theirs: dict[str, Typed | None], language: str
) -> list[dict[str, str]]:
    """The fields that two people wrote, with both texts."""
    said = form.sent()
    return [
        {
            "label": desk.fields()[key].label.say(language),
            "theirs": _both(text) if text else "",
            "mine": _both(said[key]),
        }
        for key, text in theirs.items()
        if key in said
    ]


def _both(typed: Typed) -> str:
    """A text with its source under it."""
    return f"{typed.text}\n({typed.source})" if typed.source else typed.text
