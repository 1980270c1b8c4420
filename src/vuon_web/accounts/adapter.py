"""How sign-in of staff differs from what the library does by itself."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Nobody signs up; an account comes from a one-time link."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask a facilitator of the lab."),
        "enter_current_password": _("Type the password you have now."),
        "incorrect_code": _(
            "This code is not right, or its half minute is over. Take the next one."
        ),
        "incorrect_password": _("This password is not right."),
        "invalid_login": _("This sign-in did not work. Try again."),
        "rate_limited": _("Too many attempts in a short time. Wait a minute, then try again."),
        "too_many_login_attempts": _(
            "Too many attempts in a short time. Wait a few minutes, then try again."
        ),
        "username_password_mismatch": _("User name or password is not right."),
        "unverified_primary_email": _("This sign-in did not work. Try again."),
        "same_as_current": _("This is the password you have now. Choose another one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page that follows says what happened; no further message."""
