"""The app of stage 9."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Shows the papers on the page of a task, and where their figures lead."""

    name = "vuon_web.cases"

    def ready(self) -> None:
        from vuon_web.accounts.who_sees import keeps_apart
        from vuon_web.cases import ends

        ends.register()
        keeps_apart(
            _("What papers for the desk take from conversations and counts"),
            _("the team of the task; others get the same paper without it"),
        )
