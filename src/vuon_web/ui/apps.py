"""The look: the frame of every page, its components, words for what went wrong."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "vuon_web.ui"
    label = "ui"
    verbose_name = "Look"
