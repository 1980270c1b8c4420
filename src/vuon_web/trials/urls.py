"""Addresses of stage 7; those with one letter stand on paper and lead in without an account."""

from __future__ import annotations

from django.urls import path

from vuon_web.trials import views
from vuon_web.trials.views.standing_still import whole

app_name = "trials"
urlpatterns = [
    path("review/", views.review, name="review"),
    path("<uuid:challenge_id>/", views.trials, name="trials"),
    path("<uuid:challenge_id>/advise/", views.advise, name="advise"),
    path("<uuid:challenge_id>/bring/", views.bring, name="bring"),
    path("t/<uuid:trial_id>/", whole(views.trial), name="trial"),
    path("t/<uuid:trial_id>/act/", whole(views.act), name="act"),
    path("t/<uuid:trial_id>/plan/", whole(views.plan), name="plan"),
    path("t/<uuid:trial_id>/plan/<str:key>/", whole(views.part), name="part"),
    path("t/<uuid:trial_id>/trial.toml", whole(views.toml), name="toml"),
    path("t/<uuid:trial_id>/seal/", whole(views.seal), name="seal"),
    path("t/<uuid:trial_id>/seal.pdf", whole(views.seal_pdf), name="seal_pdf"),
    path("t/<uuid:trial_id>/procedure.pdf", whole(views.procedure_pdf), name="procedure_pdf"),
    path("t/<uuid:trial_id>/links/<str:purpose>.pdf", whole(views.sheet_pdf), name="sheet_pdf"),
    path("t/<uuid:trial_id>/links/", whole(views.links), name="links"),
    path("t/<uuid:trial_id>/sheet.csv", whole(views.blank), name="blank"),
    path("t/<uuid:trial_id>/entries/", whole(views.entries), name="entries"),
    path("t/<uuid:trial_id>/entries/<int:number>/", whole(views.correct), name="correct"),
    path("t/<uuid:trial_id>/reports/", whole(views.reports), name="reports"),
    path("t/<uuid:trial_id>/reading/", whole(views.reading), name="reading"),
    path("t/<uuid:trial_id>/rows.csv", whole(views.rows), name="rows"),
    path("t/<uuid:trial_id>/end/", whole(views.end), name="end"),
    path("t/<uuid:trial_id>/procedure/", whole(views.procedure), name="procedure"),
    path("t/<uuid:trial_id>/procedure.json", whole(views.procedure_json), name="procedure_json"),
    path("t/<uuid:trial_id>/experiment.md", whole(views.experiment), name="experiment"),
    path("t/<uuid:trial_id>/trial.record", whole(views.the_record), name="record"),
    path("a/<str:token>/", whole(views.approve), name="approve"),
    path("e/<str:token>/", whole(views.enter), name="enter"),
    path("e/<str:token>/<uuid:entry_id>/", whole(views.entered), name="entered"),
    path("c/<str:token>/", whole(views.complain), name="complain"),
    path("l/<str:token>/", whole(views.lot), name="lot"),
]
