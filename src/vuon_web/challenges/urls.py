"""Addresses of stage 1."""

from __future__ import annotations

from django.urls import path

from vuon_web.challenges import views

app_name = "challenges"

urlpatterns = [
    path("", views.tasks, name="tasks"),
    path("begin/", views.begin, name="begin"),
    path("import/", views.import_plan, name="import"),
    path("<uuid:challenge_id>/", views.challenge, name="challenge"),
    path("<uuid:challenge_id>/report/", views.report, name="report"),
    path("<uuid:challenge_id>/closing/", views.open_closing, name="closing"),
    path("<uuid:challenge_id>/evidence/", views.evidence, name="evidence"),
    path("<uuid:challenge_id>/delete/", views.delete, name="delete"),
    path("<uuid:challenge_id>/export/<slug:form>.<slug:kind>", views.export, name="export"),
    path("plans/<uuid:plan_id>/frame/", views.frame, name="frame"),
    path("plans/<uuid:plan_id>/answer/", views.answer, name="answer"),
    path("plans/<uuid:plan_id>/draft/", views.draft, name="draft"),
    path("plans/<uuid:plan_id>/history/", views.history, name="history"),
    path("plans/<uuid:plan_id>/tags/", views.tags, name="tags"),
    path("plans/<uuid:plan_id>/more/", views.more, name="more"),
]
