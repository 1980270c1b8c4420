"""The app of activities."""

from __future__ import annotations

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Puts the programme on the lab's page, and the next steps on that of a task."""

    name = "vuon_web.activities"

    def ready(self) -> None:
        from vuon_web.activities import panels, steps

        panels.register()
        steps.register()
