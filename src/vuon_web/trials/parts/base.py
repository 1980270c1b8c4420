"""What every part of a plan has: a form filled from the plan, and the edit that it makes."""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from collections.abc import Mapping
from typing import Any

from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import gettext_lazy as _

from vuon.toml.table import Text
from vuon.trials.protocol import KINDS, METHODS, Protocol
from vuon_web.labs.wording import worded
from vuon_web.trials.forms import Composed

Values = Mapping[str, Any]
_KINDS = (
    _("a number"),
    _("yes or no, each person, household or time"),
    _("a count"),
    _("steps of a scale"),
)
KIND_WORDS = dict(zip(KINDS, _KINDS, strict=True))
METHOD_WORDS = dict(
    zip(METHODS, (_("of 100 people, at most"), _("on average, at most"), _("so many times, stop")),
        strict=True)
)  # fmt: skip


#: Yes or no is what is asked most.
KIND_CHOICES = sorted(KIND_WORDS.items(), key=lambda row: row[0] != "yes_no")


class _Asked(ABCMeta, DeclarativeFieldsMetaclass):
    """A form of which something must be said by each kind of it."""


class PartForm(Composed, metaclass=_Asked):
    """A part of a plan; `plan` and `language` say what stands in it."""

    def __init__(self, *args: Any, plan: Protocol, language: str, **kwargs: Any) -> None:
        self.plan, self.language = plan, language
        kwargs["initial"] = self.initially()
        super().__init__(*args, **kwargs)

    @property
    def proposes(self) -> bool:
        """Whether words stand in the form that nobody has kept yet."""
        return False

    @abstractmethod
    def initially(self) -> dict[str, Any]:
        """What stands in the plan."""

    def said(self, text: Text) -> str:
        """A text of the plan in the page's language, else in any."""
        return text.say(self.language)

    def text(self, old: Text, words: str) -> Text:
        """Other words in the page's language."""
        return worded(old, words, self.language, longest=None)

    @abstractmethod
    def edit(self, plan: Protocol, values: Values) -> Protocol:
        """The plan with what the form says."""

    @abstractmethod
    def thing(self, plan: Protocol) -> Any:
        """What this form changes, to find out whether somebody else was faster."""
