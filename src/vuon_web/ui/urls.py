"""Addresses of the frame itself."""

from __future__ import annotations

from django.urls import path

from vuon_web.ui import views

app_name = "ui"

urlpatterns = [
    path("", views.first, name="first"),
    path("components/", views.components, name="components"),
    path("check/", views.check, name="check"),
    path("language/", views.language, name="language"),
]
