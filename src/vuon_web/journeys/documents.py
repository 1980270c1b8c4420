"""Which papers are asked for, who lacks them, and where they go then: as a form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BaseFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuon.journeys import changes
from vuon.journeys.model import Document, Journey, Share
from vuon_web.journeys.actions import Edit
from vuon_web.journeys.forms import LIGHTS
from vuon_web.labs.wording import worded


class Head(forms.Form):
    """Where those go who lack a paper."""

    back_to = forms.ChoiceField(
        label=gettext_lazy("Who lacks a paper goes back to"), required=False
    )

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["back_to"] = forms.ChoiceField(
            label=_("Who lacks a paper goes back to"),
            choices=[("", _("as it is drawn now")), *steps],
            required=False,
        )


class Row(forms.Form):
    """One paper."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=gettext_lazy("Which paper?"), max_length=300, required=False)
    asked_at = forms.MultipleChoiceField(required=False)
    missing = forms.DecimalField(
        label=gettext_lazy("How many of 100 come without it?"),
        min_value=0,
        max_value=100,
        required=False,
    )
    light = forms.ChoiceField(
        label=gettext_lazy("What does this number rest on?"),
        choices=LIGHTS,
        initial="assumed",
        required=False,
    )
    minutes = forms.DecimalField(
        label=gettext_lazy("Minutes that getting it takes"),
        min_value=0,
        max_value=100_000,
        required=False,
    )
    money = forms.DecimalField(
        label=gettext_lazy("What getting it costs, in đồng"),
        min_value=0,
        max_value=100_000_000,
        required=False,
    )
    held_by = forms.CharField(
        label=gettext_lazy("Which office has it already?"),
        help_text=gettext_lazy("Then nobody need be asked for it."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked_at"] = forms.MultipleChoiceField(
            label=_("Which steps ask for it?"),
            choices=steps,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )


class Rows(BaseFormSet):  # type: ignore[type-arg]
    """All papers."""


def choices(found: Journey, language: str) -> list[tuple[str, str]]:
    """The steps to choose from."""
    return [(step.key, step.title.say(language)) for step in found.steps]


def initial(found: Journey, language: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the page shows before anybody types."""
    targets = {edge.target for edge in found.edges if edge.papers}
    head = {"back_to": targets.pop() if len(targets) == 1 else ""}
    rows = [
        {
            "key": each.key,
            "name": each.name.say(language),
            "asked_at": [step.key for step in found.steps if each.key in step.documents],
            "missing": f"{round(100 * each.missing.value, 2):.10g}",
            "light": each.missing.light,
            "minutes": f"{each.minutes:.10g}" if each.minutes else "",
            "money": f"{each.money:.10g}" if each.money else "",
            "held_by": each.held_by.say(language),
        }
        for each in found.documents
    ]
    return head, rows


def edit(head: dict[str, Any], rows: list[dict[str, Any]], language: str) -> Edit:
    """The map with these papers."""

    def made(found: Journey) -> Journey:
        old = {each.key: each for each in found.documents}
        papers: list[Document] = []
        asked: dict[str, list[str]] = {}
        for each in (row for row in rows if row.get("name")):
            taken = (*old, *(paper.key for paper in papers))
            before = old.get(each["key"]) or Document(changes.key_for(each["name"], taken))
            papers.append(_document(before, each, language))
            asked[papers[-1].key] = each["asked_at"]
        after = changes.set_documents(found, tuple(papers), asked)
        drawn_anew = head["back_to"] != initial(found, language)[0]["back_to"]
        for step in after.steps:
            here = any(e.papers and e.source == step.key for e in after.edges)
            asks_anew = step.documents != found.step(step.key).documents and not here
            if step.documents and (drawn_anew or asks_anew):
                if head["back_to"] not in ("", step.key):
                    after = changes.fetch_papers_at(after, step.key, head["back_to"])
            elif here and not step.documents:
                after = changes.fetch_papers_at(after, step.key, "")
        return after

    return made


def _document(old: Document, said: dict[str, Any], language: str) -> Document:
    share = float(said["missing"] or 0) / 100
    light = said["light"] or "assumed"
    missing = old.missing
    if abs(missing.value - share) > 0.0001 or missing.light != light:
        missing = Share(share, light)
    return replace(
        old,
        name=worded(old.name, said["name"], language),
        missing=missing,
        missing_for=old.missing_for if missing == old.missing else (),
        minutes=float(said["minutes"] or 0),
        money=float(said["money"] or 0),
        held_by=worded(old.held_by, said["held_by"], language),
    )


def thing(found: Journey) -> Any:
    """What of the map this page changes."""
    asked = tuple((step.key, step.documents) for step in found.steps)
    return found.documents, asked, tuple(edge for edge in found.edges if edge.papers)
