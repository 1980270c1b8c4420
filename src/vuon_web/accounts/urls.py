"""Addresses about oneself."""

from __future__ import annotations

from django.urls import path

from vuon_web.accounts import views

app_name = "accounts"

urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/code/", views.code, name="code"),
    path("me/code/revoke/", views.revoke, name="revoke"),
    path("me/devices/", views.devices, name="devices"),
    path("me/forget/", views.forget, name="forget"),
    path("me/sign-in/", views.sign_in, name="sign_in"),
    path("resume/", views.resume, name="resume"),
    path("who-sees/", views.who_sees_what, name="who_sees"),
    path("facilitate/<str:token>/", views.facilitate, name="facilitate"),
]
