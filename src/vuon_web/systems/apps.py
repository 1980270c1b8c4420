"""The app of stage 4."""

from __future__ import annotations

from django.apps import AppConfig


class SystemsConfig(AppConfig):
    """Puts the sketch on the page of a task, and its arrows into the thread."""

    name = "vuon_web.systems"
    label = "systems"

    def ready(self) -> None:
        from vuon_web.systems import behind

        behind.register()
