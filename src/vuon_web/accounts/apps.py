"""The app of people."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Nothing to prepare; upper apps register what a one-time link grants."""

    name = "vuon_web.accounts"
