"""Addresses of stage 6."""

from __future__ import annotations

from django.urls import path

from vuon_web.ideas import views

app_name = "ideas"
urlpatterns = [
    path("<uuid:challenge_id>/", views.ideas, name="ideas"),
    path("<uuid:challenge_id>/new/", views.new, name="new"),
    path("<uuid:challenge_id>/rounds/", views.rounds, name="rounds"),
    path("<uuid:challenge_id>/bring/", views.bring, name="bring"),
    path("<uuid:challenge_id>/futures/", views.together, name="together"),
    path("<uuid:challenge_id>/<str:key>/", views.idea, name="idea"),
    path("<uuid:challenge_id>/<str:key>/act/", views.act, name="act"),
    path("<uuid:challenge_id>/<str:key>/common/", views.common_change, name="common"),
    path("<uuid:challenge_id>/<str:key>/futures/", views.many_futures, name="futures"),
    path("<uuid:challenge_id>/<str:key>/watch/", views.watch, name="watch"),
    path("<uuid:challenge_id>/<str:key>/try/sheet/", views.sheet_of, name="sheet"),
    path("<uuid:challenge_id>/<str:key>/try/", views.try_idea, name="try"),
    path("<uuid:challenge_id>/<str:key>/levers/", views.levers, name="levers"),
    path("<uuid:challenge_id>/<str:key>/idea.toml", views.file, name="file"),
    path("<uuid:challenge_id>/<str:key>/changes/<int:number>/", views.change, name="change"),
    path("<uuid:challenge_id>/<str:key>/prototypes/", views.prototype, name="prototype"),
    path("<uuid:challenge_id>/<str:key>/prototypes/<uuid:card_id>/", views.prototype, name="card"),
]
