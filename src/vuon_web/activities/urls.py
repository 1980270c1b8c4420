"""Addresses of programmes, activities and their paper."""

from __future__ import annotations

from django.urls import path

from vuon_web.activities import views

app_name = "activities"

urlpatterns = [
    path("programmes/<int:programme_id>/", views.programme, name="programme"),
    path("programmes/<int:programme_id>/change/", views.change, name="change"),
    path("programmes/<int:programme_id>/dates/", views.dates, name="dates"),
    path("open/", views.open_lab, name="open_lab"),
    path("cards/", views.cards, name="cards"),
    path("cards/<slug:key>/", views.card, name="card"),
    path("cards/<slug:key>/canvas-<slug:size>.pdf", views.canvas_pdf, name="canvas"),
    path("labs/<slug:slug>/export.<slug:kind>", views.export_lab, name="export_lab"),
]
