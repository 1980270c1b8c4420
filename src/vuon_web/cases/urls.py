"""Addresses of the papers for the desk."""

from __future__ import annotations

from django.urls import path

from vuon_web.cases import views

app_name = "cases"

urlpatterns = [
    path("<uuid:challenge_id>/", views.desk, name="desk"),
    path("<uuid:challenge_id>/<slug:key>/", views.paper, name="paper"),
    path("<uuid:challenge_id>/<slug:key>/word/", views.download, name="download"),
    path("<uuid:challenge_id>/<slug:key>/undo/", views.undo, name="undo"),
]
