"""Practice places on the web."""

from __future__ import annotations

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "vuon_web.practice"
    label = "practice"
    verbose_name = "Practice"
