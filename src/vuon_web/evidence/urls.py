"""Addresses of stage 2."""

from __future__ import annotations

from django.urls import path

from vuon_web.evidence.views import capturing, marking, sheets, weighing, withdrawing

app_name = "evidence"

urlpatterns = [
    path("<uuid:corpus_id>/", capturing.corpus, name="corpus"),
    path("<uuid:corpus_id>/note/", capturing.note, name="note"),
    path("<uuid:corpus_id>/draft/", capturing.draft, name="draft"),
    path("<uuid:corpus_id>/search/", capturing.search, name="search"),
    path("<uuid:corpus_id>/sheet/", sheets.new, name="sheet"),
    path("<uuid:corpus_id>/finding/", weighing.new, name="new"),
    path("<uuid:corpus_id>/need/", weighing.need, name="need"),
    path("<uuid:corpus_id>/thread/<str:ref>/", weighing.thread, name="thread"),
    path("sources/<uuid:source_id>/", capturing.source, name="source"),
    path("sources/<uuid:source_id>/check/", capturing.check, name="check"),
    path("sources/<uuid:source_id>/correct/", capturing.correct, name="correct"),
    path("sources/<uuid:source_id>/photo/", capturing.photo, name="photo"),
    path("sources/<uuid:source_id>/columns/", marking.columns, name="columns"),
    path("sources/<uuid:source_id>/mark/", marking.mark, name="mark"),
    path("sources/<uuid:source_id>/rows/", sheets.rows, name="rows"),
    path("sources/<uuid:source_id>/sheet.csv", sheets.export, name="export"),
    path("sources/<uuid:source_id>/withdraw/", withdrawing.source, name="withdraw"),
    path("codes/<uuid:code_id>/", marking.code, name="code"),
    path("findings/<uuid:finding_id>/", weighing.finding, name="finding"),
    path("findings/<uuid:finding_id>/opposite/", weighing.opposite, name="opposite"),
    path("findings/<uuid:finding_id>/answer/", weighing.answer, name="answer"),
    path("findings/<uuid:finding_id>/delete/", weighing.delete, name="delete"),
    path("people/<uuid:participant_id>/", withdrawing.person, name="person"),
    path("receipts/<uuid:withdrawal_id>/", withdrawing.receipt, name="receipt"),
]
