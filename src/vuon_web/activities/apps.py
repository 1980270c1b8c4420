"""The app of activities."""

from __future__ import annotations

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Puts the programme and its calendar on the lab's page."""

    name = "vuon_web.activities"

    def ready(self) -> None:
        from vuon_web.activities import panels

        panels.register()
