"""Sign-in of staff: of the accounts library only what is used, without a namespace, as it wants.

Addresses that it names but that make no sense without e-mail lead to the sign-in.
"""

from __future__ import annotations

from allauth.account import views
from django.urls import include, path
from django.views.generic import RedirectView

_to_login = RedirectView.as_view(pattern_name="account_login")

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("signup/", _to_login, name="account_signup"),
    path("email/", _to_login, name="account_email"),
    path("password/set/", _to_login, name="account_set_password"),
    path("password/reset/", _to_login, name="account_reset_password"),
]
