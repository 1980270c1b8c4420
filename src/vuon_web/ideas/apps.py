"""The app of stage 6."""

from __future__ import annotations

from django.apps import AppConfig


class IdeasConfig(AppConfig):
    """Puts the ideas on the page of a task, and into the thread."""

    name = "vuon_web.ideas"
    label = "ideas"

    def ready(self) -> None:
        from vuon_web.ideas import behind

        behind.register()
