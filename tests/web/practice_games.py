"""Games for tests, begun and played through the same pages as in life."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from vuon.practice import Place
from vuon_web.practice.folds import Played, folded
from vuon_web.practice.models import Game
from vuon_web.practice.places import places

BEANS = {"beans-words": "9", "beans-data": "5", "beans-load": "4", "beans-extra": "2"}
PLAN = {
    "ideas": ["checklist", "precheck"],
    "design": "weeks_by_lot",
    "sites": ["a", "b"],
    "weeks": "6",
    "worthwhile": "0.10",
    "guardrail": "0.25",
    "promise": "yes",
}


@dataclass
class Player:
    """Somebody with a browser, and the game they play."""

    game: Game
    client: Client = field(default_factory=Client)

    @property
    def played(self) -> Played:
        """The game as it stands in the database."""
        return folded(Game.objects.get(pk=self.game.pk))

    def get(self, name: str, *args: Any, **data: Any) -> Any:
        """A page of the game."""
        return self.client.get(reverse(f"practice:{name}", args=[self.game.pk, *args]), data)

    def post(self, name: str, *args: Any, at: int | None = None, **data: Any) -> Any:
        """A form of the game, as a page that was just loaded sends it."""
        sent = {"at": self.played.at if at is None else at, **data}
        return self.client.post(reverse(f"practice:{name}", args=[self.game.pk, *args]), sent)

    def text(self, name: str, *args: Any) -> str:
        """A page of the game as text."""
        response = self.get(name, *args)
        assert response.status_code == 200, (name, response.status_code, response.get("Location"))
        return str(response.content.decode())


def begun(
    mode: str = "taster",
    seed: int | None = None,
    client: Client | None = None,
    place: str = "song-an",
) -> Player:
    """A game whose first beans are laid; with `seed` the world is known to the test."""
    client = client or Client()
    beans = BEANS if place == "song-an" else beans_of(places()[place])
    response = client.post(f"/practice/{place}/guess/", {**beans, "mode": mode})
    assert response.status_code == 302, response.content.decode()[:2000]
    found = re.search(r"/g/([0-9a-f-]{36})/", response["Location"])
    assert found
    game = Game.objects.get(pk=found[1])
    if seed is not None:
        Game.objects.filter(pk=game.pk).update(seed=seed)
        game.refresh_from_db()
    return Player(game, client)


def beans_of(place: Place, most: int = 0) -> dict[str, str]:
    """Beans as a form sends them: one on each cause, the rest on the one numbered `most`."""
    rest = place.beans - len(place.causes) + 1
    return {
        f"beans-{cause.key}": str(rest if number == most else 1)
        for number, cause in enumerate(place.causes)
    }


def taster(player: Player) -> Player:
    """Three moves, beans, one idea, a decision."""
    for move in ("observe", "interviews", "shadow"):
        player.post("move", move)
    player.post("beans", **{**BEANS, "beans-words": "12", "beans-data": "2"})
    player.post("try", ideas=["checklist"], predicted="55")
    player.post("decide", decision="adopt", ideas=["checklist"])
    assert player.played.state.stage == "over"
    return player


def sealed(player: Player) -> Player:
    """Two moves, a pin, beans, a try and a sealed plan."""
    player.post("move", "observe")
    player.post("move", "cards", choice="alone")
    player.post("pin", piece="0-1", step="desk")
    player.post("beans", **BEANS)
    player.post("try", ideas=["checklist", "precheck"], predicted="60")
    player.post("pilot", **PLAN)
    assert player.played.state.stage == "pilot"
    return player


def finished(player: Player) -> Player:
    """The whole cycle."""
    sealed(player)
    pilot = player.played.state.pilot
    assert pilot
    player.post("halfway", answer="decline" if "decline" in pilot.answers else "go_on")
    player.post("decide", decision="adopt")
    assert player.played.state.stage == "over"
    return player
