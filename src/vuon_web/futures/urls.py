"""Addresses of stage 5."""

from __future__ import annotations

from django.urls import path

from vuon_web.futures import views

app_name = "futures"
urlpatterns = [
    path("<uuid:challenge_id>/", views.outlook, name="outlook"),
    path("<uuid:challenge_id>/act/", views.act, name="act"),
    path("<uuid:challenge_id>/signals/", views.signal, name="new_signal"),
    path("<uuid:challenge_id>/signals/<str:key>/", views.signal, name="signal"),
    path("<uuid:challenge_id>/drivers/", views.driver, name="new_driver"),
    path("<uuid:challenge_id>/drivers/<str:key>/", views.driver, name="driver"),
    path("<uuid:challenge_id>/signposts/<str:key>/", views.signpost, name="signpost"),
    path("<uuid:challenge_id>/signposts/<str:key>/read/", views.reading, name="reading"),
]
