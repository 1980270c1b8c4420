"""Practice places on the web."""

from __future__ import annotations

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Registers the panels of a session."""

    name = "vuon_web.practice"
    label = "practice"
    verbose_name = "Practice"

    def ready(self) -> None:
        from vuon_web.practice import panels

        panels.register()
