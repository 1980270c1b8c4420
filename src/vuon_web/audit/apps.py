"""The app of the record."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Nothing to prepare; the record is written by `actions.record` alone."""

    name = "vuon_web.audit"
