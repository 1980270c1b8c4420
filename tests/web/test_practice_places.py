"""Several practice places: the choice among them, and each one played through its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from tests.web.practice_games import beans_of, begun

from vuon.practice import Place
from vuon.practice.plans import affordable
from vuon_web import shipped
from vuon_web.accounts.models import Actor
from vuon_web.practice.places import places
from vuon_web.practice.templatetags.practice import DRAWINGS, FACES
from vuon_web.practice.views import arrival

pytestmark = pytest.mark.django_db
KEYS = sorted(file.parent.name for file in shipped("places").glob("*/place.toml"))


@pytest.fixture(params=KEYS)
def place(request: pytest.FixtureRequest) -> Place:
    return places()[request.param]


# --- choosing


@pytest.mark.view("practice:start", "works")
@pytest.mark.view("practice:places", "works")
@pytest.mark.parametrize("address", ["/practice/", "/practice/places/"])
def test_places_stand_side_by_side_and_one_is_for_the_first_time(
    client: Client, address: str
) -> None:
    html = client.get(address).content.decode()
    at = [html.index(f'href="/practice/{key}/"') for key in places()]
    assert at == sorted(at)
    assert next(iter(places())) == "song-an"
    assert html.count("Nên thử trước") == 1 == html.count("button-primary")
    assert html.index("Nên thử trước") < at[0] < html.index(places()["ben-say"].brief.vi)
    client.cookies["vuon_language"] = "en"
    html = client.get(address).content.decode()
    assert all(each.brief.en in html for each in places().values())
    assert not Actor.objects.exists()


def test_the_only_place_is_gone_into_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in KEYS:
        monkeypatch.setattr(arrival, "places", lambda key=key: {key: places()[key]})
        for address in ("/practice/", "/practice/places/"):
            assert client.get(address)["Location"] == f"/practice/{key}/"


def test_without_a_place_it_says_what_to_do(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrival, "places", dict)
    assert "place.toml" in client.get("/practice/").content.decode()


def test_the_first_screen_leads_into_the_place_that_it_tells_of(client: Client) -> None:
    html = client.get("/").content.decode()
    (begin,) = re.findall(r'button-primary" href="([^"]+)"', html)
    assert client.get(begin)["Location"] == "/practice/song-an/"
    for unknown in ("elsewhere", "", "../etc"):
        response = client.get("/practice/", {"place": unknown})
        assert response.status_code == 200
        assert "Nên thử trước" in response.content.decode()


def test_a_game_that_goes_on_comes_first_and_leaves_the_choice_open() -> None:
    player = begun(place="ben-say")
    address = f"/practice/g/{player.game.pk}/"
    assert player.client.get("/practice/?place=song-an")["Location"] == address
    choice = player.client.get("/practice/places/").content.decode()
    assert address in choice
    assert 'href="/practice/song-an/"' in choice
    assert 'href="/practice/places/"' in player.client.get("/practice/mine/").content.decode()


def test_the_card_of_a_place_leads_into_it(client: Client, place: Place) -> None:
    html = client.get(f"/activities/cards/practice-{place.key}/").content.decode()
    (address,) = re.findall(r'href="(/practice/[^"]*)">\s*Làm ngay ở đây', html)
    assert client.get(address)["Location"] == f"/practice/{place.key}/"


# --- every place, through its pages


def test_each_scene_in_both_languages(client: Client, place: Place) -> None:
    for language in ("vi", "en"):
        client.cookies["vuon_language"] = language
        for path, key in (("", "morning"), ("voices/", "voices"), ("letter/", "letter")):
            html = client.get(f"/practice/{place.key}/{path}").content.decode()
            scene = place.scene(key)
            assert scene.title.say(language) in html
            assert scene.text.say(language) in html
        for paragraph in place.letter.text.say(language).split("\n\n"):
            assert paragraph.strip().replace("\n", "<br>") in html
        assert (
            f"<b>{place.opening.gave_up}</b>"
            in client.get(f"/practice/{place.key}/").content.decode()
        )


def test_what_it_names_is_drawn(place: Place) -> None:
    """A face or a picture that nobody has drawn would silently be somebody else's."""
    from vuon_web.practice.pages_look import ICONS
    from vuon_web.practice.places import stories, world

    assert place.drawing in DRAWINGS
    assert {voice.key for voice in place.voices} <= set(FACES)
    assert {each.icon for each in (*place.moves, *place.ideas)} <= set(ICONS)
    assert {letter.face for letter in stories(place.key).letters} <= set(FACES)
    here = world(place.key)
    for source in here.sources.values():  # type: ignore[attr-defined]
        for piece in (*source.idle, *(each for some in source.telling.values() for each in some)):
            assert piece.face in ("", *FACES), piece.face


def test_the_taster_from_arrival_to_the_private_sentence(place: Place) -> None:
    player = begun(place=place.key, seed=8)
    assert place.title.vi in player.text("look")
    moves = [move for move in place.moves if move.taster and not move.first][:3]
    for number, move in enumerate(moves):
        assert move.text.vi in player.text("move", move.key)
        choice = move.choices[0].key if move.choices else ""
        response = player.post("move", move.key, choice=choice)
        assert response["Location"].endswith(f"/found/{number}/")
        page = player.text("found", number)
        material = player.played.state.found[number].material
        assert all(piece.text.vi in page for piece in material.pieces)
    player.post("pin", piece="0-0", step=place.steps[0].key)
    assert player.played.state.found[0].material.pieces[0].who.vi in player.text("map")
    assert player.post("beans", **beans_of(place, 1))["Location"].endswith("/ideas/")
    page, ideas = player.text("ideas"), [idea for idea in place.ideas if idea.taster]
    assert [idea.title.vi in page for idea in place.ideas] == [idea.taster for idea in place.ideas]
    assert page.count("phương án có sẵn") == sum(idea.favoured for idea in ideas) == 1
    player.post("try", ideas=[ideas[0].key], predicted="55")
    assert place.cause(place.causes[0].key).title.vi in player.text("tried", 0)
    response = player.post("decide", decision="adopt", ideas=[ideas[0].key])
    assert response["Location"].endswith("/year/")
    year = player.text("year")
    assert year.count("mail-letter") == len(place.groups)
    assert all(group.title.vi in year for group in place.groups)
    debrief = player.text("debrief")
    assert place.cause(player.played.draw.cause).title.vi in debrief
    assert all(question.vi in debrief for question in place.questions)
    player.post("sentence", text="Tôi sẽ tìm người không đứng trong hàng.")
    assert "không đứng trong hàng" in player.text("sentence")


def test_the_whole_cycle_with_a_pilot(place: Place) -> None:
    player = begun("full", seed=4, place=place.key)
    for move in (move for move in place.moves if move.first):
        player.post("move", move.key)
    state = player.played.state
    pairs = [plan for plan in affordable(player.played.world, state) if len(plan) == 2]
    ideas = min(pairs, key=lambda plan: sum(place.idea(key).days for key in plan))
    player.post("beans", **beans_of(place))
    player.post("try", ideas=list(ideas), predicted="60")
    sites = [site.key for site in place.sites[:2]]
    plan = {
        "ideas": list(ideas), "design": "weeks_by_lot", "sites": sites, "weeks": "6",
        "worthwhile": "0.10", "guardrail": "0.25", "promise": "yes",
    }  # fmt: skip
    assert player.post("pilot", **plan)["Location"].endswith("/sealed/")
    assert all(site.title.vi in player.text("sealed") for site in place.sites[:2])
    pilot = player.played.state.pilot
    assert pilot
    half = player.text("halfway")
    for key in pilot.happened:
        assert next(e for e in (*place.shocks, *place.incidents) if e.key == key).title.vi in half
    player.post("halfway", answer="decline" if "decline" in pilot.answers else "go_on")
    assert player.get("reading").status_code == 200
    player.post("decide", decision="repeat")
    assert player.get("year").status_code == 200
    assert "Đợt thử đã làm" in player.text("debrief")


# --- Phường Bến Sậy


@pytest.fixture
def at_the_market(client: Client) -> Iterator[str]:
    yield client.get("/practice/ben-say/").content.decode()


def test_it_has_its_own_picture_and_says_what_becomes_of_people(at_the_market: str) -> None:
    assert "ĐĂNG KÝ" in at_the_market
    assert "MỘT CỬA" not in at_the_market
    assert "bỏ dở, cứ bán không giấy" in at_the_market
    assert "vì thiếu giấy" not in at_the_market
    assert "vì thiếu giấy" in Client().get("/practice/song-an/").content.decode()


def test_a_week_of_tickets_is_counted_by_day_and_outcome() -> None:
    """The seed is one where the crowd is the cause and the log shows it."""
    world = begun(place="ben-say").played.world
    seed = next(
        n
        for n in range(1, 200)
        if world.draw(n).cause == "peak"
        and world.signal(world.draw(n), "tickets", earlier=(), feared=False) == "peak"
    )
    player = begun(seed=seed, place="ben-say")
    player.post("move", "tickets")
    page = player.get("found", 0, by="day", against="outcome").content.decode()
    assert page.index("Thứ Hai</th>") < page.index("Thứ Sáu</th>")
    rows = player.played.state.found[0].material.rows
    assert rows
    done = {
        monday: [r[-1].vi == "xong" for r in rows.rows if (r[0].vi == "Thứ Hai") is monday]  # type: ignore[union-attr]
        for monday in (True, False)
    }
    assert sum(done[True]) / len(done[True]) < 0.2 < 0.45 < sum(done[False]) / len(done[False])
