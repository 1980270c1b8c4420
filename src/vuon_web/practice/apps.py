"""Practice places on the web."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticeConfig(AppConfig):
    """Registers the panels of a session, and says who sees a game."""

    name = "vuon_web.practice"
    label = "practice"
    verbose_name = "Practice"

    def ready(self) -> None:
        from vuon_web.accounts.who_sees import keeps_apart
        from vuon_web.practice import panels

        panels.register()
        keeps_apart(
            _("A practice game: every page of it"),
            _(
                "those who play it; in a round the facilitator sees where a team is, not what it "
                "does"
            ),
        )
        keeps_apart(
            _("The games of a round, once it is opened for all"),
            _("everybody in the room: beliefs by team, outcomes without names"),
        )
        keeps_apart(_("The sentence for Monday"), _("you"))
