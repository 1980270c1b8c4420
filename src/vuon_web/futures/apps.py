"""The app of stage 5."""

from __future__ import annotations

from django.apps import AppConfig


class FuturesConfig(AppConfig):
    """Puts what may come on the page of a task."""

    name = "vuon_web.futures"
    label = "futures"

    def ready(self) -> None:
        from vuon_web.futures import behind

        behind.register()
