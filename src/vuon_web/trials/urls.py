"""Addresses of stage 7; those with one letter stand on paper and lead in without an account."""

from __future__ import annotations

from django.urls import path

from vuon_web.trials import views

app_name = "trials"
urlpatterns = [
    path("review/", views.review, name="review"),
    path("<uuid:challenge_id>/", views.trials, name="trials"),
    path("<uuid:challenge_id>/advise/", views.advise, name="advise"),
    path("<uuid:challenge_id>/bring/", views.bring, name="bring"),
    path("t/<uuid:trial_id>/", views.trial, name="trial"),
    path("t/<uuid:trial_id>/act/", views.act, name="act"),
    path("t/<uuid:trial_id>/plan/", views.plan, name="plan"),
    path("t/<uuid:trial_id>/plan/<str:key>/", views.part, name="part"),
    path("t/<uuid:trial_id>/trial.toml", views.toml, name="toml"),
    path("t/<uuid:trial_id>/seal/", views.seal, name="seal"),
    path("t/<uuid:trial_id>/seal.pdf", views.seal_pdf, name="seal_pdf"),
    path("t/<uuid:trial_id>/procedure.pdf", views.procedure_pdf, name="procedure_pdf"),
    path("t/<uuid:trial_id>/links/<str:purpose>.pdf", views.sheet_pdf, name="sheet_pdf"),
    path("t/<uuid:trial_id>/links/", views.links, name="links"),
    path("t/<uuid:trial_id>/sheet.csv", views.blank, name="blank"),
    path("t/<uuid:trial_id>/entries/", views.entries, name="entries"),
    path("t/<uuid:trial_id>/entries/<int:number>/", views.correct, name="correct"),
    path("t/<uuid:trial_id>/reports/", views.reports, name="reports"),
    path("t/<uuid:trial_id>/reading/", views.reading, name="reading"),
    path("t/<uuid:trial_id>/rows.csv", views.rows, name="rows"),
    path("t/<uuid:trial_id>/end/", views.end, name="end"),
    path("t/<uuid:trial_id>/procedure/", views.procedure, name="procedure"),
    path("t/<uuid:trial_id>/procedure.json", views.procedure_json, name="procedure_json"),
    path("t/<uuid:trial_id>/experiment.md", views.experiment, name="experiment"),
    path("t/<uuid:trial_id>/trial.record", views.the_record, name="record"),
    path("a/<str:token>/", views.approve, name="approve"),
    path("e/<str:token>/", views.enter, name="enter"),
    path("e/<str:token>/<uuid:entry_id>/", views.entered, name="entered"),
    path("c/<str:token>/", views.complain, name="complain"),
    path("l/<str:token>/", views.lot, name="lot"),
]
