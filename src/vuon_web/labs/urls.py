"""Addresses of labs, sessions and joining."""

from __future__ import annotations

from django.urls import path

from vuon_web.labs.views import joining, lab, offering, partners, running

app_name = "labs"

urlpatterns = [
    path("labs/", lab.ours, name="ours"),
    path("labs/<slug:slug>/", lab.lab, name="lab"),
    path("labs/<slug:slug>/sessions/", running.sessions, name="sessions"),
    path("labs/<slug:slug>/staff/", running.staff, name="staff"),
    path("labs/<slug:slug>/partners/", partners.partners, name="partners"),
    path("labs/<slug:slug>/partners/add/", partners.add, name="add_partner"),
    path("partners/<int:agency_id>/", partners.partner, name="partner"),
    path("partners/<int:agency_id>/order/", partners.order, name="order"),
    path("partners/<int:agency_id>/split/", partners.split, name="split"),
    path("join/", joining.join, name="join"),
    path("join/<str:code>/", joining.join_code, name="join_code"),
    path("sessions/<int:session_id>/", joining.session, name="session"),
    path("sessions/<int:session_id>/team/", joining.team, name="team"),
    path("sessions/<int:session_id>/leave/", joining.leave, name="leave"),
    path("sessions/<int:session_id>/run/", running.run, name="run"),
    path("sessions/<int:session_id>/teams/", running.make_team, name="make_team"),
    path("sessions/<int:session_id>/close/", running.close, name="close"),
    path("sessions/<int:session_id>/poster/", running.poster, name="poster"),
    path("offer/<slug:kind>/<uuid:item_id>/", offering.offer, name="offer"),
    path("offer/<slug:kind>/<uuid:item_id>/agree/", offering.agree, name="agree"),
    path("offer/<slug:kind>/<uuid:item_id>/back/", offering.take_back, name="take_back"),
]
