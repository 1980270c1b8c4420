"""Addresses of the practice places and of the games in them."""

from __future__ import annotations

from django.urls import path

from vuon_web.practice.views import arrival, finding, ideas, looking, pilot, rooms, sharing, year

app_name = "practice"

urlpatterns = [
    path("", arrival.start, name="start"),
    path("places/", arrival.choose, name="places"),
    path("mine/", sharing.mine, name="mine"),
    path("join/", sharing.join, name="join"),
    path("rounds/<int:session_id>/open/", rooms.open_round, name="open_round"),
    path("rounds/<uuid:round_id>/", rooms.round_page, name="round"),
    path("rounds/<uuid:round_id>/enter/", rooms.enter, name="enter_round"),
    path("rounds/<uuid:round_id>/hold/", rooms.hold, name="hold_round"),
    path("g/<uuid:game_id>/", looking.game, name="game"),
    path("g/<uuid:game_id>/look/", looking.look, name="look"),
    path("g/<uuid:game_id>/moves/<slug:move>/", finding.move, name="move"),
    path("g/<uuid:game_id>/found/<int:number>/", finding.found, name="found"),
    path("g/<uuid:game_id>/found/<int:number>/rows.csv", finding.rows, name="rows"),
    path("g/<uuid:game_id>/notebook/", finding.notebook, name="notebook"),
    path("g/<uuid:game_id>/map/", finding.steps_map, name="map"),
    path("g/<uuid:game_id>/pin/", finding.pin, name="pin"),
    path("g/<uuid:game_id>/beans/", looking.beans, name="beans"),
    path("g/<uuid:game_id>/ideas/", ideas.ideas, name="ideas"),
    path("g/<uuid:game_id>/try/", ideas.try_ideas, name="try"),
    path("g/<uuid:game_id>/tried/<int:number>/", ideas.tried, name="tried"),
    path("g/<uuid:game_id>/pilot/", pilot.plan, name="pilot"),
    path("g/<uuid:game_id>/sealed/", pilot.sealed, name="sealed"),
    path("g/<uuid:game_id>/halfway/", pilot.halfway, name="halfway"),
    path("g/<uuid:game_id>/reading/", pilot.reading, name="reading"),
    path("g/<uuid:game_id>/decide/", pilot.decide, name="decide"),
    path("g/<uuid:game_id>/year/", year.year, name="year"),
    path("g/<uuid:game_id>/debrief/", year.debrief, name="debrief"),
    path("g/<uuid:game_id>/sentence/", year.sentence, name="sentence"),
    path("g/<uuid:game_id>/again/", year.again, name="again"),
    path("g/<uuid:game_id>/team/", sharing.team, name="team"),
    path("g/<uuid:game_id>/pulse/", sharing.pulse, name="pulse"),
    path("g/<uuid:game_id>/leave/", sharing.leave, name="leave"),
    path("<slug:place>/", arrival.arrive, name="arrive"),
    path("<slug:place>/voices/", arrival.voices, name="voices"),
    path("<slug:place>/letter/", arrival.letter, name="letter"),
    path("<slug:place>/guess/", arrival.guess, name="guess"),
]
