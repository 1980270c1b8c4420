"""What every part of a plan has: a form filled from the plan, and the edit that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from vuon.toml.table import Text
from vuon.trials.protocol import KINDS, METHODS, Protocol
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


class PartForm(Composed):
    """A part of a plan; `plan` and `language` say what stands in it."""

    def __init__(self, *args: Any, plan: Protocol, language: str, **kwargs: Any) -> None:
        self.plan, self.language = plan, language
        kwargs["initial"] = self.initially()
        super().__init__(*args, **kwargs)

    @property
    def proposes(self) -> bool:
        """Whether words stand in the form that nobody has kept yet."""
        return False

    def initially(self) -> dict[str, Any]:
        """What stands in the plan."""
        raise NotImplementedError

    def said(self, text: Text) -> str:
        """A text of the plan in the page's language, else in any."""
        return text.say(self.language)

    def text(self, old: Text, words: str) -> Text:
        """Other words in the page's language."""
        return _long(old, words, self.language)

    def edit(self, plan: Protocol, values: Values) -> Protocol:
        """The plan with what the form says."""
        raise NotImplementedError

    def thing(self, plan: Protocol) -> Any:
        """What this form changes, to find out whether somebody else was faster."""
        raise NotImplementedError


def _long(old: Text, words: str, language: str) -> Text:
    """As `worded`, without its limit of a line: sections of a plan may be longer."""
    clean = " ".join(words.split())
    return replace(old, **{"en" if language == "en" else "vi": clean})
