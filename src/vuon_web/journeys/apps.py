"""The app of stage 3."""

from __future__ import annotations

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Puts the map on the page of a task, and its steps into the thread."""

    name = "vuon_web.journeys"
    label = "journeys"

    def ready(self) -> None:
        from vuon_web.journeys import behind

        behind.register()
