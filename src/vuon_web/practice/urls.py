"""Addresses of the practice places."""

from __future__ import annotations

from django.urls import path

from vuon_web.practice import views

app_name = "practice"

urlpatterns = [
    path("", views.start, name="start"),
    path("<slug:place>/", views.arrive, name="arrive"),
    path("<slug:place>/voices/", views.voices, name="voices"),
    path("<slug:place>/letter/", views.letter, name="letter"),
    path("<slug:place>/guess/", views.guess, name="guess"),
    path("<slug:place>/after/", views.after, name="after"),
    path("<slug:place>/forget/", views.forget, name="forget"),
]
