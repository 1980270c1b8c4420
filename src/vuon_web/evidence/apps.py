"""The app of stage 2."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    """Says who sees what people told us."""

    name = "vuon_web.evidence"
    label = "evidence"

    def ready(self) -> None:
        from vuon_web.accounts.who_sees import keeps_apart

        keeps_apart(
            _("Notes, interviews and photos of a task"),
            _("the team of the task; others see a quote only where its speaker allowed it"),
        )
        keeps_apart(
            _("A note that has not been checked for names yet"), _("you, until you have checked it")
        )
