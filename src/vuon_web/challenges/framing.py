"""The frame of a task in ten minutes: its questions as one page, kept as answers of the plan."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuon.challenges.document import Answer, Document
from vuon.challenges.forms import forms as plan_forms
from vuon.challenges.forms import prompt_of
from vuon.challenges.readiness import READY, Frame
from vuon_web.challenges import actions, queries
from vuon_web.challenges.actions import LONGEST
from vuon_web.challenges.models import AnswerVersion, Plan

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

SECTION = "Frame"
PARTNERS = 3
#: What is written, by prompt: the question, what helps to answer it, how many lines.
TEXTS: dict[str, tuple[Any, Any, int]] = {
    "challenge": (
        _("What goes wrong, and for whom? One sentence."),
        _("For example: “Parents of newborns come three times for one set of papers.”"),
        3,
    ),
    "frame_who": (
        _("Who suffers from it most?"),
        _("People, not files. For example: “People over 60 who live far away.”"),
        2,
    ),
    "frame_assumptions": (
        _("What do we take for granted without having checked it? One a line."),
        _("For example: “People do not read the leaflet.”"),
        3,
    ),
    "learning_question": (
        _("What would you have to find out first?"),
        _("One question. For example: “At which step do they learn which paper is missing?”"),
        2,
    ),
}
#: What is asked first; the rest waits behind a tap.
FIRST = ("challenge", "frame_who")
ANSWERS = {
    "Yes": _("Yes"),
    "Partly": _("Partly"),
    "No": _("No"),
    "Not known": _("Not known yet"),
    "Unsure": _("Not sure"),
    "Understand why": _("Understand why it happens"),
    "Choose a way": _("Choose a way to solve it"),
    "Try a way": _("Try a way on a small scale"),
    "Write the paper": _("Write the paper for a superior"),
}
NEED = ("frame_need",)
RULES = ("frame_rule", "frame_uncovered")
CHOICES = (*NEED, *(f"frame_{key}" for key in READY), *RULES)


def is_open(found: Document) -> bool:
    """Whether the plan has the section of the frame."""
    form = plan_forms().get(found.form)
    section = form.section_of(SECTION) if form else None
    return section is not None and any(
        form.section_of(each.title) == section for each in found.sections if form
    )


def has_frame(plan: Plan) -> bool:
    """Whether the form of a plan knows the frame at all: closing forms do not."""
    return plan.form == "opening"


class FrameForm(forms.Form):
    """Everything the frame asks, with the version that each text was written on."""

    def __init__(self, *args: Any, plan: Plan, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = _asked(queries.document(plan))
        for name, answer in self.answers.items():
            if answer.prompt_id in CHOICES:
                self.fields[name] = _choice(answer, language)
                continue
            self.fields[name] = _text(answer)
            self.fields[f"base-{name}"] = forms.UUIDField(required=False, widget=forms.HiddenInput)


def _asked(found: Document) -> dict[str, Answer]:
    """The answers on the page, by the name of their field."""
    asked = {}
    for prompt_id in (*TEXTS, *CHOICES):
        answers = found.answers(prompt_id)
        if answers:
            asked[prompt_id] = answers[0]
    for number, answer in enumerate(found.answers("partner_name")[:PARTNERS], 1):
        asked[f"partner-{number}"] = answer
    return asked


def _text(answer: Answer) -> forms.CharField:
    label, hint, rows = TEXTS.get(answer.prompt_id, (_("Partner"), "", 1))
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
    )


def _choice(answer: Answer, language: str) -> forms.ChoiceField:
    known = prompt_of("opening", answer.prompt_id)
    assert known is not None
    return forms.ChoiceField(
        label=known.label(language),
        required=False,
        choices=[(option, ANSWERS[option]) for option in known.options],
        widget=forms.RadioSelect,
    )


def page(plan: Plan, actor: Actor | None, language: str, sent: QueryDict | None) -> dict[str, Any]:
    """The page of the frame, with drafts where somebody was typing."""
    found = queries.document(plan)
    standing = _heads(plan)
    first: dict[str, Any] = {}
    for name, answer in _asked(found).items():
        if answer.prompt_id in CHOICES:
            first[name] = answer.choices[0] if answer.choices else ""
            continue
        draft = queries.draft_of(plan, answer.key, actor)
        head = standing.get(answer.key)
        first[name] = draft.text if draft else answer.text
        first[f"base-{name}"] = draft.base if draft else (head.pk if head else None)
    form = FrameForm(sent, plan=plan, language=language, initial=first)

    def rows(names: Any) -> list[dict[str, Any]]:
        return [
            {"field": form[name], "key": form.answers[name].key, "base": _base(form, name)}
            for name in names
            if name in form.answers
        ]

    return {
        "plan": plan,
        "challenge": plan.challenge,
        "form": form,
        "texts": rows(FIRST),
        "further": rows(name for name in TEXTS if name not in FIRST),
        "partners": rows(f"partner-{number}" for number in range(1, PARTNERS + 1)),
        "need": rows(NEED),
        "ready": rows(f"frame_{key}" for key in READY),
        "rules": rows(RULES),
        "further_open": _further(form, first),
        "route": route(plan, language),
        "back": reverse("challenges:challenge", args=[plan.challenge_id]),
    }


def _further(form: FrameForm, first: dict[str, Any]) -> bool:
    """Whether something stands already in what waits behind a tap."""
    shown = {*FIRST, *NEED, *RULES}
    asked = [name for name in form.answers if name not in shown]
    return any(first.get(name) for name in asked) or any(name in form.errors for name in asked)


def route(plan: Plan, language: str) -> list[str]:
    """What the answers about rules come to, as sentences; none before the first of them."""
    found = queries.document(plan)
    if not any(each.choices for name in RULES for each in found.answers(name)):
        return []
    return [each.say(language) for each in Frame.from_document(found).route.words]


def _base(form: FrameForm, name: str) -> Any:
    return form[f"base-{name}"] if f"base-{name}" in form.fields else None


def _heads(plan: Plan) -> dict[str, AnswerVersion]:
    """The version that stands, for each answer that has versions."""
    by_key: dict[str, list[AnswerVersion]] = {}
    for version in plan.versions.all():
        by_key.setdefault(version.key, []).append(version)
    return {key: queries.heads(versions)[0] for key, versions in by_key.items()}


def keep(plan: Plan, form: FrameForm, by: Actor) -> list[str]:
    """Keep everything that was changed on the page; returns the keys for which two texts stand."""
    clashes = []
    for name, answer in form.answers.items():
        value = form.cleaned_data.get(name, "")
        if answer.prompt_id in CHOICES:
            if value and (not answer.choices or answer.choices[0] != value):
                keep_choice(plan, answer.key, value, by)
            continue
        base: uuid.UUID | None = form.cleaned_data.get(f"base-{name}")
        if value.replace("\r\n", "\n").strip() == answer.text:
            actions.drop_draft(plan=plan, key=answer.key, by=by)
            continue
        kept = actions.keep_answer(plan=plan, key=answer.key, text=value, base=base, by=by)
        if kept.other:
            clashes.append(answer.key)
    return clashes


def keep_choice(plan: Plan, key: str, value: str, by: Actor) -> None:
    """Keep one ticked answer; the later tick stands, the former is in the history."""
    standing = queries.heads(list(plan.versions.filter(key=key)))
    base = standing[0].pk if standing else None
    actions.keep_answer(plan=plan, key=key, text="", choices=[value], base=base, by=by)


def summary(plan: Plan, language: str) -> dict[str, Any]:
    """What the frame says, for the page of the task."""
    frame = Frame.from_document(queries.document(plan))
    labels = {key: prompt_of("opening", f"frame_{key}") for key in READY}
    return {
        "frame": frame,
        "ready": [
            {
                "label": known.label(language),
                "answer": ANSWERS[frame.ready[key]],
                "good": frame.ready[key] == "Yes",
            }
            for key, known in labels.items()
            if known and key in frame.ready
        ],
        "gaps": [words.say(language) for _key, words in frame.gaps],
        "route": [words.say(language) for words in frame.route.words] if frame.route.letter else [],
    }
