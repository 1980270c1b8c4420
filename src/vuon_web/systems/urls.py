"""Addresses of stage 4."""

from __future__ import annotations

from django.urls import path

from vuon_web.systems import views

app_name = "systems"
urlpatterns = [
    path("<uuid:challenge_id>/", views.sketch, name="sketch"),
    path("<uuid:challenge_id>/change/", views.change, name="change"),
    path("<uuid:challenge_id>/print/", views.printed, name="print"),
    path("<uuid:challenge_id>/system.toml", views.file, name="file"),
    path("<uuid:challenge_id>/bring/", views.bring, name="bring"),
    path("<uuid:challenge_id>/words/<str:key>/", views.word, name="word"),
    path("<uuid:challenge_id>/arrows/<str:source>/<str:target>/", views.arrow, name="arrow"),
]
