"""The app of labs."""

from __future__ import annotations

from django.apps import AppConfig


class LabsConfig(AppConfig):
    """Registers what one-time links grant, and the panels of people on the lab's page."""

    name = "vuon_web.labs"

    def ready(self) -> None:
        from vuon_web.accounts import grants
        from vuon_web.labs import people, places
        from vuon_web.labs.actions import links

        grants.register(links.LabLinks())
        people.register()
        places.register()
