"""The app of stage 1."""

from __future__ import annotations

from django.apps import AppConfig


class ChallengesConfig(AppConfig):
    """Registers the challenge as material that can be offered, and its panels on the lab's page."""

    name = "vuon_web.challenges"

    def ready(self) -> None:
        from vuon_web.challenges import behind, panels
        from vuon_web.labs import material

        material.register("challenge", "challenges.Challenge", behind.follow)
        panels.register()
        behind.register()
