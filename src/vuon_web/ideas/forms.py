"""What is said of an idea, of a change, of a prototype."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vuon.challenges.readiness import NO, UNSURE, YES
from vuon.futures.outlook import Watch
from vuon.ideas.model import Change, Idea, Rule
from vuon.toml.table import Text
from vuon.vietnamese import nfc
from vuon_web.futures.telling import clause
from vuon_web.ideas.edits import FACTORS
from vuon_web.ideas.models import Prototype

ANSWERS = ((YES, _("Yes")), (NO, _("No")), (UNSURE, _("Not sure")))
EDITS = (
    ("step", _("a step: done otherwise, by somebody else, or not at all")),
    ("paper", _("a paper: dropped, reused, in other words")),
    ("hour", _("hours: when a counter is open or somebody is there")),
    ("channel", _("a channel: at home, by telephone, online, at the counter")),
    ("word", _("words: what is written or said")),
)


class NewForm(forms.Form):
    """An idea in two lines."""

    name = forms.CharField(
        label=_("What do you call it?"),
        max_length=120,
        error_messages={"required": _("Give it a name first.")},
    )
    text = forms.CharField(
        label=_("What will be different, and for whom? One sentence."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class IdeaForm(NewForm):
    """An idea: who owns it, what it costs, how far one may go."""

    owner = forms.CharField(
        label=_("Who would look after it?"),
        help_text=_("An office or a role, never a person."),
        max_length=200,
        required=False,
    )
    days = forms.FloatField(
        label=_("Days to set it up"), min_value=0, max_value=3650, required=False
    )
    million_dong = forms.FloatField(
        label=_("Million đồng"), min_value=0, max_value=1_000_000, required=False
    )
    hours_a_week = forms.FloatField(
        label=_("Hours of staff a week"), min_value=0, max_value=10_000, required=False
    )
    rule = forms.ChoiceField(
        label=_("Does it change or set aside any written rule?"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        required=False,
    )
    uncovered = forms.ChoiceField(
        label=_("Does it let an organisation or firm do what the law does not cover yet?"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, idea: Idea, language: str, **kwargs: Any) -> None:
        said = {"A": (NO, NO), "B": (YES, NO), "C": ("", YES)}.get(idea.route, ("", ""))
        kwargs["initial"] = {
            "name": idea.name.say(language),
            "text": idea.text.say(language),
            "owner": idea.owner.say(language),
            "days": f"{idea.cost.days:g}" if idea.cost.days else None,
            "million_dong": f"{idea.cost.million_dong:g}" if idea.cost.million_dong else None,
            "hours_a_week": f"{idea.cost.hours_a_week:g}" if idea.cost.hours_a_week else None,
            "rule": idea.extra.get("answered_rule", said[0]),
            "uncovered": idea.extra.get("answered_uncovered", said[1]),
        }
        super().__init__(*args, **kwargs)


def _percent(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=500, required=False)


class ChangeForm(forms.Form):
    """One change to a service."""

    edit = forms.ChoiceField(label=_("What does it change?"), choices=EDITS)
    target = forms.ChoiceField(label=_("Where on the map?"), required=False)
    text = forms.CharField(
        label=_("What will be different there? One sentence."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what will be different.")},
    )
    service_factor = _percent(_("Time at that step"))
    gives_up_factor = _percent(_("People who give up there"))
    rework_factor = _percent(_("People who have to come back from there"))

    def __init__(
        self,
        *args: Any,
        change: Change,
        targets: list[tuple[str, str]],
        language: str,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {
            "edit": change.edit,
            "target": change.target,
            "text": change.text.say(language),
            **{name: round(100 * change.values[name]) for name in FACTORS if name in change.values},
        }
        super().__init__(*args, **kwargs)
        known = [key for key, _words in targets]
        own = [(change.target, change.target)] if change.target not in ("", *known) else []
        self.fields["target"] = forms.ChoiceField(
            label=_("Where on the map?"),
            choices=[("", _("not at one step")), *targets, *own],
            required=False,
        )

    @property
    def factors(self) -> list[forms.BoundField]:
        """The fields that let the change run."""
        return [self[name] for name in FACTORS]


#: The choice that leaves a review clause as it was signed.
KEEP = "-"


class RuleForm(forms.Form):
    """One change of a rule."""

    article = forms.CharField(
        label=_("Which article of which document?"),
        max_length=300,
        error_messages={"required": _("Name the article, or the document.")},
    )
    binds = forms.CharField(label=_("Whom does it bind?"), max_length=300, required=False)
    text = forms.CharField(
        label=_("What would it say instead?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what will be different.")},
    )
    side_effects = forms.CharField(
        label=_("What else would happen, and to whom?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    signs = forms.CharField(label=_("Who must sign?"), max_length=200, required=False)
    review = forms.DateField(
        label=_("On which day is it looked at again?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    signpost = forms.ChoiceField(
        label=_("And before that day, when this is seen"),
        help_text=_("The clause is written down as the signpost says it today."),
        required=False,
    )

    def __init__(
        self, *args: Any, change: Change, watches: list[Watch], language: str, **kwargs: Any
    ) -> None:
        rule = change.rule or Rule()
        kwargs["initial"] = {
            "article": rule.article.say(language),
            "binds": rule.binds.say(language),
            "text": change.text.say(language),
            "side_effects": rule.side_effects.say(language),
            "signs": rule.signs.say(language),
            "review": rule.review,
            "signpost": KEEP if rule.when else "",
        }
        super().__init__(*args, **kwargs)
        self._watches = {each.key: each for each in watches}
        kept = [(KEEP, rule.when.say(language))] if rule.when else []
        self.fields["signpost"].choices = [  # type: ignore[attr-defined]
            ("", gettext("nothing but the day")),
            *kept,
            *((each.key, clause(each).say(language)) for each in watches),
        ]
        # Where there is nothing to choose from, nothing is asked.
        if not watches and not kept:
            del self.fields["signpost"]

    def clean(self) -> dict[str, Any]:
        """With the clause in both languages; None keeps the one that stands."""
        found = super().clean() or {}
        key = found.get("signpost", "")
        watch = self._watches.get(key)
        found["when"] = None if key == KEEP else clause(watch) if watch else Text()
        found["signpost"] = watch.key if watch else ""
        return found


class PrototypeForm(forms.Form):
    """What was shown to whom, what happened, what changed."""

    shown = forms.CharField(
        label=_("What did you show?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what was shown.")},
    )
    to_whom = forms.CharField(
        label=_("To whom? How many, of which group; no names."),
        max_length=200,
        error_messages={"required": _("Say to whom, without names.")},
    )
    happened = forms.CharField(
        label=_("What happened?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    changed = forms.CharField(
        label=_("What did you change then?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    day = forms.DateField(
        label=_("When"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, card: Prototype | None, **kwargs: Any) -> None:
        names = ("shown", "to_whom", "happened", "changed", "day")
        kwargs["initial"] = (
            {name: getattr(card, name) for name in names} if card else {"day": timezone.localdate()}
        )
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """In composed letters."""
        found = super().clean() or {}
        return {
            key: nfc(value) if isinstance(value, str) else value for key, value in found.items()
        }
