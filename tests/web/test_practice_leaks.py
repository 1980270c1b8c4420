"""Nothing of the hidden truth reaches a page before the year later.

All traffic of a game is read: every page of it, in every stage, headers included. And two games
whose truths differ, but which have shown the same signals, send the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from tests.web.practice_games import PLAN, Player, beans_of, begun, sealed

from vuon.practice import Place
from vuon.practice.arithmetic import Arithmetic
from vuon.practice.plans import affordable
from vuon.practice.simulated import Simulated
from vuon.practice.world import Draw
from vuon.practice.worlds import KERNEL, TABLES
from vuon_web import shipped
from vuon_web.practice import folds
from vuon_web.practice.places import places, world

# What a page holds is not the database's doing: once is enough.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
KEYS = sorted(file.parent.name for file in shipped("places").glob("*/place.toml"))
#: Every place with the worlds it can be played in.
WORLDS = [(key, TABLES) for key in KEYS] + [
    (file.parent.name, KERNEL) for file in sorted(shipped("places").glob("*/queue.toml"))
]
#: Every page that can be looked at before a decision, whatever the stage.
PAGES = (
    "look", "notebook", "map", "beans", "ideas", "pilot", "sealed", "halfway", "reading",
    "decide", "team", "pulse", "leave", "year", "debrief", "sentence",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """States of other worlds must not be found in memory."""
    folds._states.clear()
    yield
    folds._states.clear()


def traffic(player: Player, response: Any) -> str:
    """One answer with its headers, without what differs between any two games."""
    head = "\n".join(f"{name}: {value}" for name, value in sorted(response.headers.items()))
    body = response.content.decode("utf-8-sig")
    text = f"{response.status_code}\n{head}\n{body}"
    text = text.replace(str(player.game.pk), "GAME").replace(player.game.code, "CODE")
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "TOKEN", text)
    text = re.sub(r"<svg[^>]*qr.*?</svg>|<div class=\"qr\">.*?</div>", "QR", text, flags=re.S)
    return re.sub(r"(Set-Cookie|Content-Length): .*", "", text)


def looked_at(player: Player) -> Iterator[str]:
    """Every page of the game as it stands."""
    for name in PAGES:
        yield traffic(player, player.get(name))
    place = player.played.world.place
    for move in place.moves:
        yield traffic(player, player.get("move", move.key))
    for number in range(len(player.played.state.found)):
        yield traffic(player, player.get("found", number))
        yield traffic(player, player.get("found", number, by="reason"))
        yield traffic(player, player.get("rows", number))
    for number in range(len(player.played.state.tries)):
        yield traffic(player, player.get("tried", number))


def four_moves(place: Place) -> list[tuple[str, str]]:
    """Somebody is listened to, tickets and slips are counted, cards are read: each with how it is
    done."""
    feared = next(move for move in place.moves if any(way.feared for way in move.choices))
    slips = next(move for move in place.moves if move.choices and move is not feared)
    listens = next(move for move in place.moves if move.listens)
    tickets = next(move for move in place.moves if move.icon == "ticket")
    return [
        (move.key, move.choices[0].key if move.choices else "")
        for move in (listens, tickets, slips, feared)
    ]


def played_through(player: Player, upto: str) -> Iterator[str]:
    """A whole game until a decision is due, looked at after every step."""
    yield from looked_at(player)
    place = player.played.world.place
    pairs = [
        plan for plan in affordable(player.played.world, player.played.state) if len(plan) == 2
    ]
    ideas = list(min(pairs, key=lambda plan: sum(place.idea(key).days for key in plan)))
    plan = {**PLAN, "ideas": ideas, "sites": [site.key for site in place.sites[:2]]}
    steps: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
        *(("move", (move,), {"choice": choice}) for move, choice in four_moves(place)),
        ("pin", (), {"piece": "0-0", "step": place.steps[-1].key}),
        ("beans", (), beans_of(place)),
        ("try", (), {"ideas": ideas, "predicted": "60"}),
    ]
    if upto == "reading":
        steps += [("pilot", (), plan), ("halfway", (), {"answer": "go_on"})]
    for name, args, fields in steps:
        if name == "halfway":
            pilot = player.played.state.pilot
            assert pilot
            fields = {"answer": "decline" if "decline" in pilot.answers else "go_on"}
        yield traffic(player, player.post(name, *args, **fields))
        yield from looked_at(player)


@pytest.mark.parametrize("place", KEYS)
@pytest.mark.parametrize("seed", [4])
def test_no_page_carries_cause_seed_hazard_or_future(seed: int, place: str) -> None:
    """The seed is a large one, so that its digits stand nowhere by chance."""
    large = 3_141_592_653_589_793_238 + seed
    player = begun("full", seed=large, place=place)
    draw, here = player.played.draw, player.played.world
    assert isinstance(here, Arithmetic)
    figures = [str(here.truth.main), f"{100 * here.truth.main:.1f}"]
    hazards = [form for each in figures for form in (each, each.replace(".", ","))]
    hazards += ["hazard", "signal", "prior", "telling"]
    secret = [str(large), hex(large)[2:], repr(draw.future.demand), *hazards]
    pages = list(played_through(player, "reading"))
    assert len(pages) > 200
    for page in pages:
        for word in secret:
            assert word not in page, word
    assert player.played.state.stage == "read"
    # Keys of causes stand in forms, where beans are laid; all alike, and nowhere else.
    causes = [cause.key for cause in here.place.causes]
    for page in pages:
        keys = {key: page.count(f'beans-{key}"') for key in causes}
        assert len(set(keys.values())) == 1, keys
        rest = re.sub(rf"beans-({'|'.join(causes)})", "", page)
        others = "|".join(key for key in causes if key != "data")
        assert not re.search(rf'(class|id|value|data-[a-z]+)="({others})"', rest)


class OtherTruth(Arithmetic):
    """The same world with another cause behind it, that shows the signals of the first."""

    truth_shown: str
    truth_drawn: str

    def draw(self, seed: int, *, blended: bool = False) -> Draw:
        return replace(super().draw(seed, blended=blended), cause=self.truth_drawn)

    def signal(self, draw: Draw, move: str, **more: Any) -> str | None:
        return super().signal(replace(draw, cause=self.truth_shown), move, **more)


class OtherTruthOfTheKernel(OtherTruth, Simulated):
    """The same where logs come from weeks that the kernel runs."""


def other_truth(place: str, shown: str, drawn: str, number: int) -> OtherTruth:
    here = world(place, number)
    assert isinstance(here, Arithmetic)
    made = OtherTruth(here.place, here.truth, here.sources)
    if isinstance(here, Simulated):
        made = OtherTruthOfTheKernel(here.place, here.truth, here.sources, here.waiting)
    object.__setattr__(made, "truth_shown", shown)
    object.__setattr__(made, "truth_drawn", drawn)
    return made


@pytest.mark.parametrize(("place", "number"), WORLDS)
def test_two_truths_that_showed_the_same_send_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch, place: str, number: int
) -> None:
    """Every page, *try* included, until a pilot is run: from then on people answer, and truths
    may differ."""
    sent = []
    causes = [cause.key for cause in places()[place].causes]
    for drawn in (causes[0], *causes[2:]):
        folds._states.clear()
        made = other_truth(place, causes[0], drawn, number)
        monkeypatch.setattr(folds, "world", lambda place, number, made=made: made)
        player = begun("full", seed=77, client=Client(), place=place)
        sent.append(list(played_through(player, "tried")))
        assert player.played.draw.cause == drawn
    for other in sent[1:]:
        assert len(other) == len(sent[0])
        for one, two in zip(sent[0], other, strict=True):
            assert one == two


def test_half_way_nothing_of_the_outcome_is_shown() -> None:
    player = sealed(begun("full", seed=4))
    pilot = player.played.state.pilot
    assert pilot
    page = player.text("halfway")
    for row in pilot.rows:
        assert f"{row.finished}/{row.seen}" not in page
    assert player.get("reading")["Location"].endswith("/halfway/")
