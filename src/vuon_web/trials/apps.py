"""The app of stage 7."""

from __future__ import annotations

from django.apps import AppConfig


class TrialsConfig(AppConfig):
    """Puts the trials on the page of a task."""

    name = "vuon_web.trials"
    label = "trials"

    def ready(self) -> None:
        from vuon_web.trials import behind

        behind.register()
