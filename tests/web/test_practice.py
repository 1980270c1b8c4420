"""Arriving in a practice place, and a game from the first beans to the private sentence."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.web.practice_games import BEANS, PLAN, Player, begun, finished, sealed, taster

from vuon.practice.game import Event as GameEvent
from vuon.practice.game import replay
from vuon.practice.worlds import KERNEL, TABLES, open_world
from vuon_web import shipped
from vuon_web.accounts.models import Actor
from vuon_web.audit.models import Event
from vuon_web.practice import folds
from vuon_web.practice.models import Game, Sentence, Step

pytestmark = pytest.mark.django_db
GUESS = "/practice/song-an/guess/"


# --- arriving


@pytest.mark.view("practice:arrive", "works")
@pytest.mark.view("practice:voices", "works")
@pytest.mark.view("practice:letter", "works")
@pytest.mark.parametrize(
    ("step", "vietnamese", "english"),
    [
        ("", "sáng thứ Hai", "Monday morning"),
        ("voices/", "đứng chờ", "I stand and wait"),
        ("letter/", "thêm một quầy", "one more"),
        ("guess/", "20 hạt", "20 beans"),
    ],
)
def test_each_scene_in_both_languages(
    client: Client, step: str, vietnamese: str, english: str
) -> None:
    assert vietnamese in client.get(f"/practice/song-an/{step}").content.decode()
    client.cookies["vuon_language"] = "en"
    html = client.get(f"/practice/song-an/{step}").content.decode()
    assert english in html
    assert "Practice place" in html


def test_looking_around_makes_nobody(client: Client) -> None:
    for step in ("", "voices/", "letter/", "guess/"):
        client.get(f"/practice/song-an/{step}")
    assert not Actor.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("step", ["", "voices/", "letter/", "guess/"])
def test_a_place_that_is_not_there(client: Client, step: str) -> None:
    assert client.get(f"/practice/elsewhere/{step}").status_code == 404


@pytest.mark.view("practice:guess", "works")
def test_laying_the_beans_begins_a_game_without_a_name(client: Client) -> None:
    response = client.post(GUESS, BEANS, follow=True)
    game, actor = Game.objects.get(), Actor.objects.get()
    assert response.redirect_chain == [(f"/practice/g/{game.pk}/look/", 302)]
    assert (game.mode, actor.user) == ("taster", None)
    assert "Chỉ mình anh/chị xem được" in response.content.decode()
    assert Step.objects.get().event["beans"] == {"words": 9, "data": 5, "load": 4, "extra": 2}


def test_a_form_sent_twice_makes_one_actor(client: Client) -> None:
    client.get(GUESS)
    seat = client.cookies["vuon_seat"].value
    for _ in range(2):
        again = Client()
        again.cookies["vuon_seat"] = seat
        again.post(GUESS, BEANS)
    assert Actor.objects.count() == 1


@pytest.mark.parametrize(
    ("beans", "said"),
    [
        ({"beans-words": "13"}, "Còn 7 hạt"),
        ({"beans-words": "20", "beans-load": "3"}, "Thừa 3 hạt"),
        ({"beans-words": "21"}, "Tất cả chỉ có 20 hạt"),
        ({"beans-words": "-1", "beans-load": "20"}, "ghi 0"),
        ({"beans-words": "many"}, "số nguyên"),
        ({}, "Còn 20 hạt"),
    ],
)
def test_beans_that_do_not_add_up_are_given_back(
    client: Client, beans: dict[str, str], said: str
) -> None:
    response = client.post(GUESS, beans)
    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    for value in beans.values():
        assert f'value="{value}"' in html
    assert not Game.objects.exists()
    assert not Actor.objects.exists()


# --- a game


@pytest.mark.view("practice:game", "works")
@pytest.mark.view("practice:look", "works")
@pytest.mark.view("practice:move", "works")
@pytest.mark.view("practice:found", "works")
@pytest.mark.view("practice:notebook", "works")
def test_a_move_costs_and_brings_something_to_read() -> None:
    player = begun()
    assert player.get("game")["Location"].endswith("/look/")
    assert "Ngồi cạnh quầy, bấm giờ" in player.text("look")
    assert "4 ngày" in player.text("move", "observe")
    response = player.post("move", "observe")
    assert response["Location"].endswith("/found/0/")
    state = player.played.state
    assert (state.days, state.staff) == (4, 6.5)
    page = player.text("found", 0)
    for piece in state.found[0].material.pieces:
        assert piece.text.vi in page
    assert state.found[0].material.pieces[0].text.vi in player.text("notebook")
    assert ">86<" in player.text("look")


@pytest.mark.view("practice:rows", "works")
def test_a_table_is_counted_and_taken_along() -> None:
    player = begun("full")
    player.post("move", "tickets")
    page = player.get("found", 0, by="day", against="outcome").content.decode()
    assert page.index("Thứ Hai</th>") < page.index("Thứ Tư</th>") < page.index("Thứ Sáu</th>")
    assert "progress" in player.get("found", 0, by="day").content.decode()
    assert player.get("found", 0, by="nothing", against="day").status_code == 200
    rows = player.get("rows", 0).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 61
    player.post("move", "interviews")
    assert player.get("rows", 1).status_code == 404
    assert player.get("found", 9).status_code == 404


def test_a_game_keeps_the_world_that_it_began_in() -> None:
    """What a game of the tables' world has shown is shown again, and a fork of it goes on there;
    new games, and only they, have weeks that ran."""
    old, new = begun("full", seed=12), begun("full", seed=12)
    Game.objects.filter(pk=old.game.pk).update(world=TABLES)
    assert new.game.world == KERNEL
    for player in (old, new):
        for move in ("tickets", "observe"):
            player.post("move", move)
    tables = open_world(shipped("places") / "song-an", TABLES)
    events = [each.kept() for each in old.played.events]
    as_before = replay(tables, tables.draw(12), "full", [GameEvent.of(each) for each in events])
    folds._states.clear()
    assert old.played.state == as_before
    assert old.get("rows", 1).status_code == 404, "nobody stopped the time in the first world"
    assert len(new.get("rows", 1).content.decode("utf-8-sig").splitlines()) > 20
    assert "Giờ gọi số" not in old.text("found", 0)
    assert "Giờ gọi số" in new.text("found", 0)
    for player in (old, new):
        world = player.played.game.world
        signals = [found.signal for found in player.played.state.found]
        finished(player)
        player.post("again", **{"from": "2"})
        forked = Game.objects.get(forked_from=player.game)
        assert forked.world == world
        assert [found.signal for found in folds.folded(forked).state.found] == signals[:1]


@pytest.mark.view("practice:map", "works")
@pytest.mark.view("practice:pin", "works")
def test_what_is_pinned_stands_on_the_map() -> None:
    player = begun()
    player.post("move", "interviews")
    piece = player.played.state.found[0].material.pieces[2]
    player.post("pin", piece="0-2", step="gather")
    assert piece.who.vi in player.text("map")
    player.post("pin", piece="0-2", step="")
    assert piece.who.vi not in player.text("map")
    player.post("pin", piece="9-9", step="gather")
    assert player.played.state.pins == ()


@pytest.mark.view("practice:beans", "works")
@pytest.mark.view("practice:ideas", "works")
@pytest.mark.view("practice:try", "works")
@pytest.mark.view("practice:tried", "works")
@pytest.mark.view("practice:decide", "works")
@pytest.mark.view("practice:year", "works")
@pytest.mark.view("practice:debrief", "works")
def test_the_taster_in_a_straight_line() -> None:
    player = begun(seed=8)
    for move in ("observe", "interviews", "shadow"):
        player.post("move", move)
    assert player.get("ideas")["Location"].endswith("/beans/"), "first the beans again"
    assert "Lần đoán đầu" not in player.text("beans")
    wrong = player.post("beans", **{"beans-words": "3"})
    assert wrong.status_code == 422
    response = player.post("beans", **{"beans-words": "15", "beans-load": "5"})
    assert response["Location"].endswith("/ideas/")
    page = player.text("ideas")
    assert "phương án có sẵn" in page
    assert "Vận động nộp trực tuyến" not in page
    response = player.post("try", ideas=["checklist"], predicted="61")
    page = player.text("tried", 0)
    assert ">61<" in page
    assert player.get("tried", 5).status_code == 404
    assert "Làm ngay ở mọi nơi" in player.text("decide")
    response = player.post("decide", decision="adopt", ideas=["checklist"])
    assert response["Location"].endswith("/year/")
    year = player.text("year")
    assert year.count("mail-letter") == 3
    debrief = player.text("debrief")
    cause = player.played.world.place.cause(player.played.draw.cause)
    assert cause.title.vi in debrief
    assert player.get("look")["Location"].endswith("/year/")
    assert Game.objects.get().over


@pytest.mark.view("practice:pilot", "works")
@pytest.mark.view("practice:sealed", "works")
@pytest.mark.view("practice:halfway", "works")
@pytest.mark.view("practice:reading", "works")
def test_the_whole_cycle() -> None:
    player = begun("full", seed=4)
    player.post("beans", **BEANS)
    player.post("try", ideas=["checklist", "precheck"], predicted="60")
    page = player.text("pilot")
    assert "64" in page
    coarse = player.get("pilot", **{**PLAN, "design": "side_by_side"}).content.decode()
    assert "chưa thể kết luận" in coarse
    refused = player.post("pilot", **{**PLAN, "sites": []})
    assert refused.status_code == 200
    assert "Đánh dấu thêm một điểm" in refused.content.decode()
    assert player.post("pilot", **PLAN)["Location"].endswith("/sealed/")
    pilot = player.played.state.pilot
    assert pilot
    page = player.text("sealed")
    assert all(word in page for word in pilot.sealed.words)
    assert pilot.sealed.sha256 in page
    assert player.get("pilot")["Location"].endswith("/halfway/")
    assert "Nửa chặng" in player.text("halfway")
    answer = "decline" if "decline" in pilot.answers else "go_on"
    assert player.post("halfway", answer=answer)["Location"].endswith("/reading/")
    page = player.text("reading")
    reading = player.played.state.pilot and player.played.state.pilot.reading
    assert reading
    assert reading.verdict.title.say("vi") in page
    assert "Điều chỉnh" in player.text("decide")
    player.post("decide", decision="adapt", ideas=["checklist"])
    assert player.played.state.adopted == ("checklist",)
    assert "Đợt thử đã làm" in player.text("debrief")


@pytest.mark.parametrize("decision", ["adopt", "repeat", "drop"])
def test_every_decision_has_its_year(decision: str) -> None:
    player = sealed(begun("full", seed=6))
    pilot = player.played.state.pilot
    assert pilot
    player.post("halfway", answer=pilot.answers[0])
    player.post("decide", decision=decision)
    assert player.played.state.decision == decision
    assert player.get("year").status_code == 200
    assert player.get("debrief").status_code == 200


@pytest.mark.view("practice:sentence", "works")
def test_one_private_sentence() -> None:
    player = taster(begun())
    player.post("sentence", text="  Thứ Hai tôi sẽ hỏi người dân trước. ")
    assert Sentence.objects.get().text == "Thứ Hai tôi sẽ hỏi người dân trước."
    assert "hỏi người dân trước" in player.text("sentence")
    player.post("sentence", text="")
    assert not Sentence.objects.exists()


@pytest.mark.view("practice:again", "works")
def test_playing_again_from_before_a_move() -> None:
    player = taster(begun(seed=3))
    response = player.post("again", **{"from": "2"})
    forked = Game.objects.exclude(pk=player.game.pk).get()
    assert str(forked.pk) in response["Location"]
    again = Player(forked, player.client)
    assert (forked.seed, forked.forked_from) == (3, player.game)
    assert [found.move for found in again.played.state.found] == ["observe"]
    again.post("move", "interviews")
    assert again.played.state.found[1].material == player.played.state.found[1].material, (
        "the same world"
    )
    assert player.post("again", **{"from": ""})["Location"] == "/practice/song-an/"


# --- several phones, bad input


@pytest.mark.view("practice:team", "works")
@pytest.mark.view("practice:join", "works")
@pytest.mark.view("practice:pulse", "works")
@pytest.mark.view("practice:mine", "works")
def test_a_second_phone_joins_by_code() -> None:
    player = begun()
    code = player.game.code
    assert code in player.text("team")
    other = Client()
    assert code in other.get(f"/practice/join/?code={code}").content.decode()
    assert Actor.objects.count() == 1, "a link makes nobody"
    response = other.post("/practice/join/", {"code": code.lower()})
    assert response["Location"] == f"/practice/g/{player.game.pk}/"
    second = Player(player.game, other)
    assert "Chỉ nhóm xem được" in second.text("look")
    assert second.get("pulse").json() == {"at": 1, "held": False}
    player.post("move", "observe")
    assert second.get("pulse").json()["at"] == 2
    assert str(player.game.pk) in other.get("/practice/mine/").content.decode()
    wrong = Client().post("/practice/join/", {"code": "BCFGH2"})
    assert wrong.status_code == 422


def test_two_phones_making_the_same_move_make_it_once() -> None:
    player = begun()
    for _ in range(2):
        response = player.post("move", "observe", at=1)
        assert response["Location"].endswith("/found/0/")
    assert len(player.played.state.found) == 1
    assert player.played.state.days == 4


def test_two_phones_making_different_moves() -> None:
    """The second one sees what the first did, and loses nothing but the tap."""
    player = begun()
    player.post("move", "observe", at=1)
    response = player.post("move", "shadow", at=1)
    page = player.client.get(response["Location"]).content.decode()
    assert "Có người trong nhóm đã nhanh hơn" in page
    assert [found.move for found in player.played.state.found] == ["observe"]


@pytest.mark.parametrize("at", ["", "x", "-1", "999999999"])
def test_a_page_that_cannot_be_right_adds_nothing(at: str) -> None:
    player = begun()
    player.client.post(f"/practice/g/{player.game.pk}/moves/observe/", {"at": at})
    assert player.played.at == 1


def test_what_cannot_be_afforded_is_said() -> None:
    player = begun("full")
    for move in ("interviews", "interviews", "survey", "survey", "shadow", "shadow", "legal"):
        player.post("move", move, choice="review")
    page = player.text("look")
    assert "đã làm 2 lần" in page
    refused = player.post("move", "survey")
    assert "hai lần" in player.client.get(refused["Location"]).content.decode()


def test_a_place_that_was_rewritten_says_so() -> None:
    player = begun()
    Step.objects.create(game=player.game, number=1, event={"kind": "move", "move": "gone"})
    response = player.get("look")
    assert response.status_code == 409
    assert "đã thay đổi" in response.content.decode()


@pytest.mark.view("practice:leave", "works")
def test_leaving_deletes_a_game_that_nobody_plays() -> None:
    player = taster(begun())
    player.post("sentence", text="Hỏi trước.")
    assert "xóa" in player.text("leave")
    player.post("leave")
    assert not Game.objects.exists()
    assert not Step.objects.exists()
    assert not Sentence.objects.exists()


def test_a_game_goes_on_on_another_device_by_the_resume_code() -> None:
    player = begun()
    player.post("move", "observe")
    page = player.client.post("/me/code/").content.decode()
    listed = re.search(r'<ol class="code-words".*?</ol>', page, re.S)
    assert listed
    words = " ".join(re.findall(r"<li>(.*?)</li>", listed.group()))
    other = Client()
    response = other.post("/resume/", {"words": words}, follow=True)
    assert "/practice/mine/" in response.content.decode()
    assert str(player.game.pk) in other.get("/practice/mine/").content.decode()
    assert other.get("/practice/")["Location"] == f"/practice/g/{player.game.pk}/"
    assert Player(player.game, other).post("move", "shadow")["Location"].endswith("/found/1/")


def test_the_letter_can_be_read_again() -> None:
    player = begun("full")
    assert "thiếu quầy" in player.text("notebook")
    page = player.text("look")
    assert page.index("Xin lãnh đạo ký một trang") < page.index("Ngồi cạnh quầy")
    player.post("move", "ontime")
    page = player.text("look")
    assert page.index("Xin lãnh đạo ký một trang") > page.index("Ngồi cạnh quầy")


# --- not yours

PAGES = (
    "game", "look", "notebook", "map", "beans", "ideas", "pilot", "sealed", "halfway", "reading",
    "decide", "year", "debrief", "sentence", "team", "pulse", "leave",
)  # fmt: skip


@pytest.mark.view("practice:guess", "not yours")
@pytest.mark.view("practice:game", "not yours")
@pytest.mark.view("practice:look", "not yours")
@pytest.mark.view("practice:move", "not yours")
@pytest.mark.view("practice:found", "not yours")
@pytest.mark.view("practice:rows", "not yours")
@pytest.mark.view("practice:notebook", "not yours")
@pytest.mark.view("practice:map", "not yours")
@pytest.mark.view("practice:pin", "not yours")
@pytest.mark.view("practice:beans", "not yours")
@pytest.mark.view("practice:ideas", "not yours")
@pytest.mark.view("practice:try", "not yours")
@pytest.mark.view("practice:tried", "not yours")
@pytest.mark.view("practice:pilot", "not yours")
@pytest.mark.view("practice:sealed", "not yours")
@pytest.mark.view("practice:halfway", "not yours")
@pytest.mark.view("practice:reading", "not yours")
@pytest.mark.view("practice:decide", "not yours")
@pytest.mark.view("practice:year", "not yours")
@pytest.mark.view("practice:debrief", "not yours")
@pytest.mark.view("practice:sentence", "not yours")
@pytest.mark.view("practice:again", "not yours")
@pytest.mark.view("practice:team", "not yours")
@pytest.mark.view("practice:pulse", "not yours")
@pytest.mark.view("practice:leave", "not yours")
@pytest.mark.view("practice:mine", "not yours")
@pytest.mark.view("practice:join", "not yours")
def test_nobody_else_gets_into_a_game() -> None:
    """Somebody without a seat, and somebody who plays another game, by every address there is."""
    player = taster(begun())
    before = player.played.at
    stranger, neighbour = Client(), begun().client
    for other in (stranger, neighbour):
        intruder = Player(player.game, other)
        for name in PAGES:
            assert intruder.get(name).status_code == 404, name
        for name, args in (("move", ["observe"]), ("found", [0]), ("rows", [0]), ("tried", [0])):
            assert intruder.get(name, *args).status_code == 404, name
        for name in ("pin", "try", "again", "sentence", "leave", "decide", "halfway", "beans"):
            assert intruder.post(name, text="x", decision="drop").status_code == 404, name
        assert str(player.game.pk) not in other.get("/practice/mine/").content.decode()
        assert other.post("/practice/join/", {"code": player.game.code}).status_code == 422, "over"
    assert player.played.at == before
    assert player.game.players.count() == 1


def test_a_sentence_is_nobody_elses_in_the_team() -> None:
    player = taster(begun())
    other = Client()
    Game.objects.filter(pk=player.game.pk).update(over=False)
    other.post("/practice/join/", {"code": player.game.code})
    Game.objects.filter(pk=player.game.pk).update(over=True)
    player.post("sentence", text="Chỉ mình tôi biết.")
    for name in ("sentence", "debrief", "year"):
        assert "Chỉ mình tôi biết" not in Player(player.game, other).text(name)


def test_the_record_knows_that_somebody_played_not_what() -> None:
    player = finished(begun("full"))
    player.post("sentence", text="Hỏi người dân trước.")
    details = [str(event.detail) + event.verb + event.kind for event in Event.objects.all()]
    said = " ".join(details)
    for word in ("words", "observe", "checklist", "adopt", "Hỏi", "seed", str(player.game.seed)):
        assert word not in said
    assert "played" in said


def test_pages_of_a_game_stay_in_no_cache() -> None:
    player = begun()
    assert "no-store" in player.get("look")["Cache-Control"]


def test_vietnamese_pages_hold_no_english() -> None:
    """A sentence that was not translated would show: the English sources are looked for."""
    player = finished(begun("full"))
    pages = " ".join(player.text(name) for name in ("year", "debrief", "notebook", "map", "team"))
    for english in ("Of 100", "What ", "The pilot", "Notebook", "Most beans", "nothing done"):
        assert english not in re.sub(r"<[^>]+>", " ", pages)
