"""Sentences of the libraries' own code for which they have no Vietnamese.

Marked here so that our catalogue holds them; the libraries then find them there. Never imported.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

WORDS = (
    _("Username"),
    _("Password"),
    _("Remember Me"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("You must type the same password each time."),
    _("Code"),
    _("Authenticator code"),
    _("Passwordless"),
    _(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes "
        "additional requirements such as biometrics or PIN protection."
    ),
    _("Name"),
    _("Master key"),
    _("Backup key"),
    _("Key nr. {number}"),
    _("Incorrect code."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    # Django's own
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    _("Enter a complete value."),
    _("Enter a valid UUID."),
    _("Null characters are not allowed."),
)
