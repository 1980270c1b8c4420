"""The parts of a plan, each on a page of its own.

Where nobody wrote anything yet a part may propose words; they count only once somebody has read
and kept them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from vuon.trials.gaps import Gap
from vuon_web.trials.parts.asking import OutcomeForm, QuestionForm
from vuon_web.trials.parts.base import PartForm
from vuon_web.trials.parts.drawing import ArmsForm, LotForm
from vuon_web.trials.parts.guarding import CareForm, SafetyForm
from vuon_web.trials.parts.ruling import EndForm, RulesForm


@dataclass(frozen=True)
class Part:
    """A part: its key in the address, its title, its form, the fields of gaps that it closes."""

    key: str
    title: Any
    form: Callable[..., PartForm]
    fields: tuple[str, ...]


PARTS = (
    Part("question", _("The question"), QuestionForm, ("need",)),
    Part("outcome", _("What is measured"), OutcomeForm, ("outcome",)),
    Part("units", _("Who or what, when, and the lot"), LotForm, ("lot", "ends")),
    Part("ways", _("The new way and the old"), ArmsForm, ("arm",)),
    Part("safety", _("How far it may go, and when it stops"), SafetyForm, ("caps", "guardrail")),
    Part("care", _("What people are told"), CareForm, ("care",)),
    Part("rules", _("What the law asks for"), RulesForm, ("sections",)),
    Part("end", _("The end, and looks before it"), EndForm, ("exit_plan",)),
)


def part_of(gap: Gap) -> str:
    """The part in which a gap is closed."""
    head = gap.field.split(".")[0]
    return next((part.key for part in PARTS if head in part.fields), PARTS[0].key)


__all__ = ["PARTS", "Part", "PartForm", "part_of"]
