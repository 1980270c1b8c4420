"""Addresses of stage 3."""

from __future__ import annotations

from django.urls import path

from vuon_web.journeys import views

app_name = "journeys"
urlpatterns = [
    path("<uuid:challenge_id>/", views.map, name="map"),
    path("<uuid:challenge_id>/change/", views.change, name="change"),
    path("<uuid:challenge_id>/run/", views.run, name="run"),
    path("<uuid:challenge_id>/print/", views.printed, name="print"),
    path("<uuid:challenge_id>/journey.toml", views.file, name="file"),
    path("<uuid:challenge_id>/journey.bpmn", views.process, name="process"),
    path("<uuid:challenge_id>/bring/", views.bring, name="bring"),
    path("<uuid:challenge_id>/about/<str:key>/", views.part, name="part"),
    path("<uuid:challenge_id>/steps/<str:key>/", views.step, name="step"),
    path("<uuid:challenge_id>/steps/<str:key>/measure/", views.measure, name="measure"),
]
