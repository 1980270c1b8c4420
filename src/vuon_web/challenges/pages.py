"""What the pages of a challenge show, put together from queries; nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vuon.challenges import classify
from vuon.challenges.document import Answer, Document, Section
from vuon.challenges.forms import Prompt, forms, prompt_of
from vuon.challenges.markdown import read, write
from vuon.challenges.path import USUAL
from vuon.challenges.readiness import NEEDS
from vuon.challenges.report import check
from vuon_web.accounts.visibility import Audience, Tier
from vuon_web.challenges import framing, queries, workplaces
from vuon_web.challenges.forms import AnswerForm, ChoicesForm
from vuon_web.challenges.models import AnswerVersion, Challenge, Plan

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor
    from vuon_web.accounts.requests import Request
    from vuon_web.labs.models import Lab

#: The stage of the papers.
LAST_STAGE = 9
TAGS = {
    "methods": gettext_lazy("Methods"),
    "datasources": gettext_lazy("Data sources"),
    "sdgs": gettext_lazy("Sustainable development goals"),
    "thematic_areas": gettext_lazy("Themes"),
}
FORM_NAMES = {
    "opening": gettext_lazy("Plan"),
    "closing": gettext_lazy("Closing form"),
    "experiment": gettext_lazy("Experiment"),
}
EXPORT_KINDS = (("docx", "Word"), ("pdf", "PDF"), ("md", "Markdown"))
SEVERITIES = {
    "note": gettext_lazy("to know"),
    "repaired": gettext_lazy("repaired"),
    "lost": gettext_lazy("lost before it came here"),
}


def prompt(plan: Plan, answer: Answer) -> Prompt | None:
    """What is known of the question that `answer` answers."""
    return prompt_of(plan.document["form"], answer.prompt_id)


def label(found: Document, answer: Answer, language: str) -> str:
    """The short name of the question, with its number if it is answered more than once."""
    known = prompt_of(found.form, answer.prompt_id)
    name = known.label(language) if known else answer.prompt or _("Text")
    again = answer.group and len(found.answers(answer.prompt_id)) > 1
    return f"{name} {answer.group}" if again else name


def anchor(key: str) -> str:
    """The place of an answer in its page."""
    return "answer-" + key.replace("#", "-")


def reading_address(plan: Plan, key: str) -> str:
    """The page of the challenge, at the place of one answer."""
    there = reverse("challenges:challenge", args=[plan.challenge_id])
    place = key if key.startswith("tag-") else anchor(key)
    return f"{there}?form={plan.form}&in={plan.language}#{place}"


def writing_address(plan: Plan, key: str) -> str:
    """The page on which one answer is written."""
    return reverse("challenges:answer", args=[plan.pk]) + "?" + urlencode({"key": key})


def _answers(
    found: Document, section: Section, standing: dict[str, list[AnswerVersion]], language: str
) -> list[dict[str, Any]]:
    """The answers of a section, in the order of the form."""
    rows = []
    for answer in section.answers:
        known = prompt_of(found.form, answer.prompt_id)
        if answer.dropped or (known and known.kind in ("holder", "note")):
            continue
        rows.append(
            {
                "key": answer.key,
                "prompt_id": answer.prompt_id,
                "anchor": anchor(answer.key),
                "label": label(found, answer, language),
                "text": answer.text,
                "choices": [classify.label("stages", c, language) for c in answer.choices]
                if answer.prompt_id == "stages"
                else answer.choices,
                "filled": answer.is_given,
                "lost_at_source": answer.lost_at_source and not answer.is_given,
                "conflict": standing.get(answer.key, []),
            }
        )
    return rows


def _repeatable(found: Document, section: Section, language: str) -> list[dict[str, str]]:
    """What of a section can be answered once more: its repeated groups, or the whole section."""
    form = forms().get(found.form)
    known = form.section_of(section.title) if form else None
    asked = [p for a in section.answers if (p := prompt_of(found.form, a.prompt_id))]
    once_more = asked[:1] if known and known.repeats else [p for p in asked if p.group]
    first_of_group = {p.group: p for p in reversed(once_more)}
    return [
        {"prompt_id": p.id, "label": p.label(language)}
        for p in sorted(first_of_group.values(), key=asked.index)
    ]


def sections(plan: Plan, found: Document, language: str) -> list[dict[str, Any]]:
    standing = queries.conflicts(plan)
    form = forms().get(found.form)
    rows = []
    for section in found.sections:
        known = form.section_of(section.title) if form else None
        rows.append(
            {
                "label": known.label(language) if known else section.title or _("Text"),
                "answers": _answers(found, section, standing, language),
                "repeatable": _repeatable(found, section, language),
            }
        )
    return rows


def main_of(request: Request, lab: Lab) -> tuple[Challenge, Plan] | None:
    """The lab's own challenge and its plan in the reader's language, looked up once a page."""
    known: dict[int, tuple[Challenge, Plan] | None] = request.__dict__.setdefault("_main", {})
    if lab.pk not in known:
        found = queries.main_challenge(lab.pk, request.audience)
        plan = queries.plan_of(found, "opening", get_language() or "vi") if found else None
        known[lab.pk] = (found, plan) if found and plan else None
    return known[lab.pk]


def tag_rows(found: Document, language: str) -> list[dict[str, Any]]:
    """The tags that classify a plan, with a name in the reader's language."""
    return [
        {
            "key": key,
            "label": name,
            "values": [
                {"label": classify.label(key, value, language), "as_written": value}
                for value in found.tag_values(key)
            ],
        }
        for key, name in TAGS.items()
    ]


def given(found: Document) -> int:
    """How many answers hold something."""
    return sum(answer.is_given for answer in found.every_answer)


def reading(
    challenge: Challenge, plan: Plan, audience: Audience, actor: Actor | None, language: str
) -> dict[str, Any]:
    """The page of a challenge."""
    found = queries.document(plan)
    plan_forms = list(dict.fromkeys(p.form for p in challenge.plans.all()))
    own = audience.actor_id is not None and challenge.author_id == audience.actor_id
    return {
        "challenge": challenge,
        "plan": plan,
        "sections": sections(plan, found, language),
        "tags": tag_rows(found, language) if plan.form == "opening" else (),
        "conflicts": queries.conflicts(plan),
        "tabs": [
            {"form": form, "label": FORM_NAMES.get(form, form), "current": form == plan.form}
            for form in plan_forms
        ],
        "has_closing": "closing" in plan_forms,
        "other_language": plan.language != language,
        "can_edit": queries.can_edit(challenge, audience),
        "can_delete": own and challenge.tier == Tier.PRIVATE and not challenge.main,
        "export_kinds": EXPORT_KINDS,
        "count_in": given(found),
        "count_out": given(read(write(found).encode(), "")),
    }


def working(request: Request, challenge: Challenge, plan: Plan, language: str) -> dict[str, Any]:
    """What stands above the plan on the page of a task: the frame, the next steps, the places."""
    places = workplaces.of(request, challenge)
    so_far = workplaces.done(places)
    said = framing.summary(plan, language)
    more = "more" in request.GET
    return {
        "working": True,
        "places": places,
        "paper": next((each for each in places if each.stage == LAST_STAGE), None)
        if said["frame"].need == NEEDS[3] or so_far.ideas
        else None,
        "steps": workplaces.next_steps(challenge, said["frame"], so_far, 6 if more else USUAL),
        "more_steps": more,
        "plan_open": "form" in request.GET,
        **said,
    }


def reporting(challenge: Challenge, plan: Plan, language: str) -> dict[str, Any]:
    """The page of what the reader found in a plan."""
    found = queries.document(plan)
    report = check(found)
    return {
        "challenge": challenge,
        "plan": plan,
        "counts": (
            (_("questions"), report.found),
            (_("with an answer"), report.with_text),
            (_("lost before it came here"), report.lost_at_source),
        ),
        "issues": [
            {
                "line": issue.line,
                "code": issue.code,
                "found": issue.words.say(language),
                "done": issue.done.say(language),
                "severity": SEVERITIES[issue.severity],
            }
            for issue in found.issues
        ],
        "missing": [missing.label(language) for missing in report.missing],
    }


def writing(plan: Plan, key: str, actor: Actor | None, language: str) -> dict[str, Any]:
    """The page on which one answer is written."""
    document = queries.document(plan)
    found = queries.answer(plan, key)
    known = prompt(plan, found)
    if known and known.kind in ("holder", "note"):
        raise Http404
    standing = queries.heads(list(queries.history(plan, key)))
    page = {
        "plan": plan,
        "challenge": plan.challenge,
        "answer": found,
        "label": label(document, found, language),
        "draft": queries.draft_of(plan, key, actor),
        "conflict": standing if len(standing) > 1 else None,
        "back": reading_address(plan, key),
    }
    return {**page, "form": _form(plan, found, page, language)}


def _form(plan: Plan, found: Answer, page: dict[str, Any], language: str) -> AnswerForm:
    standing, draft = page["conflict"] or [], page["draft"]
    heads = standing or queries.heads(list(queries.history(plan, found.key)))
    first = {
        "text": draft.text if draft else (heads[0].text if heads else found.text),
        "base": draft.base if draft else (heads[0].pk if heads else None),
        "settles": heads[1].pk if len(heads) > 1 else None,
    }
    known = prompt(plan, found)
    if not (known and known.takes_choices):
        return AnswerForm(initial=first)
    ticked = list(heads[0].choices) if heads else list(found.choices)
    options = [(option, _option(known, option, language)) for option in known.options]
    others = [value for value in ticked if value not in known.options]
    first |= {"choices": ticked, "text": "\n".join(others)}
    return ChoicesForm(initial=first, options=options)


def _option(known: Prompt, option: str, language: str) -> str:
    key = "stages" if known.id == "stages" else known.id
    return classify.label(key, option, language)


def answer_form(plan: Plan, found: Answer, sent: QueryDict, language: str) -> AnswerForm:
    """The form of an answer, filled with what was sent."""
    known = prompt(plan, found)
    if known and known.takes_choices:
        options = [(option, _option(known, option, language)) for option in known.options]
        return ChoicesForm(sent, options=options)
    return AnswerForm(sent)


def cleaned(form: AnswerForm) -> dict[str, Any]:
    """What `actions.keep_answer` needs from a valid form."""
    kept = {key: form.cleaned_data[key] for key in ("text", "base", "settles")}
    if isinstance(form, ChoicesForm):
        return {**kept, "text": "", "choices": form.chosen()}
    return kept


def tagging(plan: Plan, key: str, sent: QueryDict | None, language: str) -> dict[str, Any]:
    """The page on which the values of one tag are ticked."""
    now = list(queries.document(plan).tag_values(key))
    known = classify.values(key)
    options = [(value, classify.label(key, value, language)) for value in known]
    first = {
        "choices": [value for value in now if value in known],
        "text": "\n".join(value for value in now if value not in known),
    }
    return {
        "plan": plan,
        "challenge": plan.challenge,
        "key": key,
        "label": TAGS[key],
        "back": reading_address(plan, f"tag-{key}"),
        "form": ChoicesForm(sent, initial=first, options=options),
    }
